"""Public matters: which topic of a hall is which matter of the catalogue, and which has none.

A hall's topic that is a known matter is also found by what people call it elsewhere. A matter
that the hall does not have is known as such, and not taken for its nearest neighbour.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from desk.linked import Linked, Links, called, written
from desk.linking import Link, Linker
from desk.topics import Topic, Topics
from facts.catalogue import Catalogue, files, read_catalogue
from facts.model import Matter
from intents.cache import Cache
from intents.encoder import VectorStore
from intents.kept import Listed
from intents.scorer import Phrase, topic_of

LINKED = 0.5
"""From this probability on a topic is taken for a matter."""
PREFIX = "matter/"
_OF_CATALOGUE = ("catalogue", "_said", "_linker")
"""What is made of the catalogue alone."""


class Matters:
    """The matters of the catalogues in some folders, and the topics they are linked to.

    The files are read only where it is not known already what follows from them.
    """

    def __init__(
        self,
        topics: Topics,
        folders: Sequence[Path] = (),
        cache: Cache | None = None,
        store: VectorStore | None = None,
        before: Matters | None = None,
    ) -> None:
        """What hangs on the catalogue alone is taken over from `before`, if that is the same."""
        self._topics = [each for each in topics if each.kind in ("service", "elsewhere")]
        self._cases = [each for each in topics if each.kind == "case"]
        self._folders = tuple(folders)
        self._cache = cache
        self._store = store
        self.digest = self._digest()
        if before and before._folders == self._folders and before.digest == self.digest:
            known = before.__dict__
            self.__dict__.update({name: known[name] for name in _OF_CATALOGUE if name in known})

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The matters and what is wrong in their files."""
        return read_catalogue(*self._folders)

    @property
    def links(self) -> Links:
        """Each matter with the topics of each hall that are it, by name or by the editor."""
        return {} if not self._folders else self._found.links

    @functools.cached_property
    def _found(self) -> Linked:
        if self._cache is None:
            return self._linked()
        every = (*self._topics, *self._cases)
        names = (f"{each.label}\t{called(each)}\t{written(each)}" for each in every)
        parts = ("links", str(self._store is None), self.digest, *names)
        return self._cache.kept(parts, self._linked, Linked.restored)

    @property
    def store(self) -> VectorStore | None:
        """By which likeness of meaning is measured, where there is an encoder."""
        return self._store

    @property
    def kin(self) -> Mapping[str, float]:
        """How likely each matter is a topic's all the same that is linked to none, by its label."""
        return {} if not self._folders else self._found.kin

    def find(self, label: str | None) -> Matter | None:
        """The matter with this label among phrases."""
        if not label or not label.startswith(PREFIX):
            return None
        return self.catalogue.matters.get(label.removeprefix(PREFIX))

    def phrases(self) -> Iterator[Phrase]:
        """What people say of each matter: phrases of the topics it is linked to, or its own."""
        for name, matter in self.catalogue.matters.items():
            for label in self.links.get(name) or (PREFIX + name,):
                yield from (each._replace(label=label) for each in _said_of(name, matter))

    def phrases_of(self, topic: str) -> list[Phrase]:
        """What people say of one topic, with its cases; of a matter that has none, its own."""
        linked = [(at, label) for at, of in self.links.items() for label in of]
        found = [each for each in linked if topic_of(each[1]) == topic]
        own = topic.removeprefix(PREFIX) if topic.startswith(PREFIX) else ""
        if own and own not in self.links:
            found.append((own, topic))
        said = self._said if found else {}
        return [each._replace(label=label) for at, label in found for each in said.get(at, ())]

    @functools.cached_property
    def _said(self) -> Mapping[str, Sequence[Phrase]]:
        """What people say of each matter, by its id; kept, so that its files need not be read."""
        if self._cache is None:
            return self._all_said().by_label()
        return self._cache.kept(("said", self.digest), self._all_said, Listed.restored).by_label()

    def _all_said(self) -> Listed:
        matters = self.catalogue.matters.items()
        return Listed(tuple(each for at, matter in matters for each in _said_of(at, matter)))

    def _digest(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        for file in files(*self._folders):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def renewed(
        self, topics: Topics, catalogue: Sequence[Path], others: Set[str], *, linking: bool
    ) -> Matters | None:
        """The same matters beside other topics; None where the catalogue is another by now.

        `others` are the ids of all topics that may be called otherwise. `linking` (the first time
        two seconds) also links those that are, each held against those alone that are linked to
        the same matters: `Matters` made anew holds every topic against all.
        """
        made = Matters(topics, catalogue, self._cache, self._store, self)
        if made._folders != self._folders or made.digest != self.digest:
            return None
        if not self._folders:
            return made
        before, after = self._linked_by(others), made._linked_by(others)
        changed = {each for each in others if before.get(each) != after.get(each)}
        found = self._found
        if changed and linking:
            found = made._relinked(found, changed)
        elif changed:
            there = {each.label for each in (*made._topics, *made._cases)}
            kept = {at: tuple(filter(there.__contains__, of)) for at, of in found.links.items()}
            found = found._replace(links={at: of for at, of in kept.items() if of})
        made.__dict__["_found"] = found
        return made

    def says_as(self, other: Matters) -> bool:
        """Whether it says the same of every topic."""
        return self.digest == other.digest and self._found == other._found

    def said_otherwise(self, other: Matters) -> set[str]:
        """The ids of the topics, and of matters that are none here, of which it says other than
        another does of the same matters."""
        if not self._folders:
            return set()
        mine, theirs = self._found.links, other._found.links
        found: set[str] = set()
        for at in mine.keys() | theirs:
            here, there = (of.get(at) or (PREFIX + at,) for of in (mine, theirs))
            if here != there:
                found.update(map(topic_of, {*here} ^ {*there}))
        return found

    def _linked_by(self, wanted: Set[str]) -> dict[str, list[object]]:
        """All by which each of these topics is linked, with its cases."""
        found: dict[str, list[object]] = {}
        for each in (*self._topics, *self._cases):
            if each.id in wanted:
                told = (each.label, called(each), written(each))
                found.setdefault(each.id, []).append(told)
        return found

    @functools.cached_property
    def _linker(self) -> Linker:
        return Linker(self.catalogue.matters, self._store)

    def _linked(self) -> Linked:
        matters = self.catalogue.matters
        linker = Linker(matters, self._store)
        topics = self._by_hall(self._topics) if matters else ()
        links = [link for of_hall in topics for link in linker.links(of_hall)]
        return self._settled(linker, links, {each.id for each in self._topics}, Linked({}, {}))

    def _relinked(self, before: Linked, changed: Set[str]) -> Linked:
        """The links where some topics have changed."""
        linker = self._linker
        kept = {
            matter: tuple(each for each in of if each.partition("#")[0] not in changed)
            for matter, of in before.links.items()
        }
        links: list[Link] = []
        for topics in self._by_hall(each for each in self._topics if each.id in changed):
            near = {link.matter for link in linker.links(topics)}
            rivals = {each.partition("#")[0] for matter in near for each in kept.get(matter, ())}
            hall = topics[0].hall
            others = [each for each in self._topics if each.id in rivals and each.hall is hall]
            found = linker.links([*topics, *others])
            links += [link for link in found if link.topic.id in changed]
        return self._settled(linker, links, changed, Linked(kept, before.kin))

    def _settled(
        self, linker: Linker, links: Iterable[Link], fresh: Set[str], known: Linked
    ) -> Linked:
        """What is known, with the links of fresh topics: the editors' own and the likely ones."""
        found = {matter: dict.fromkeys(of) for matter, of in known.links.items()}
        kin = {each.removeprefix(PREFIX): like for each, like in known.kin.items()}
        said = {each.label: written(each) for each in self._topics if each.id in fresh}
        for label, named in said.items():
            for matter in named:
                found.setdefault(matter, {})[label] = None
        for topic, matter, probability in links:
            kin[matter] = max(probability, kin.get(matter, 0.0))
            if probability >= LINKED and not said[topic.label]:
                cases = [each for each in self._cases_of(topic) if not written(each)]
                case = linker.case_of(cases, matter)
                found.setdefault(matter, {})[(case or topic).label] = None
        for case in self._cases:
            for matter in written(case) if case.id in fresh else ():
                found.setdefault(matter, {})[case.label] = None
        matters = self.catalogue.matters
        links_found = {matter: tuple(found[matter]) for matter in matters if found.get(matter)}
        strange = {PREFIX + each: like for each, like in kin.items() if each not in links_found}
        return Linked(links_found, strange)

    def _by_hall(self, topics: Iterable[Topic]) -> Iterable[list[Topic]]:
        halls: dict[str, list[Topic]] = {}
        for topic in topics:
            halls.setdefault(topic.hall.id, []).append(topic)
        return halls.values()

    def _cases_of(self, topic: Topic) -> list[Topic]:
        return [each for each in self._cases if each.label.startswith(f"{topic.label}#")]


def _said_of(at: str, matter: Matter) -> Iterator[Phrase]:
    """What people say of a matter."""
    for text in (*matter.name.words.values(), *matter.names, *matter.also):
        yield Phrase(at, text)
    for text in matter.ask:
        yield Phrase(at, text, name=False)
