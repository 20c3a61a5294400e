"""Public matters: which topic of a hall is which matter of the catalogue, and which has none.

A hall's topic that is a known matter is also found by what people call it elsewhere. A matter
that the hall does not have is known as such, and not taken for its nearest neighbour.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from desk.topics import Topic, Topics
from facts.catalogue import Catalogue, files, read_catalogue
from facts.model import Case, Elsewhere, Matter, Service
from intents.cache import Arrays, Cache, packed, unpacked
from intents.encoder import VectorStore
from intents.names import Like, Names
from intents.scorer import Phrase

LINKED, LINKED_BY_BOTH = 0.72, 0.64
"""A topic is the matter from this likeness of names on (0 to 1) by their words, or on the mean of
that and of how like they are in meaning."""
PREFIX = "matter/"
ALSO = 0.9
"""How much what a topic is also called counts beside its name."""
NAMED = 8
"""Names of a topic that are held against those of matters; the first are the most usual."""

Links = Mapping[str, tuple[str, ...]]
"""The labels of the topics that each matter is linked to."""


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
    ) -> None:
        kinds = ("service", "case", "elsewhere")
        self._topics = [each for each in topics if each.kind in kinds]
        self._folders = tuple(folders)
        self._cache = cache
        self._store = store
        self.digest = self._digest()

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The matters and what is wrong in their files."""
        return read_catalogue(*self._folders)

    @property
    def links(self) -> Links:
        """Each matter with the topics of each hall that are it, by name or by the editor."""
        return {} if not self._folders else self._found.links

    @functools.cached_property
    def _found(self) -> _Linked:
        if self._cache is None:
            return self._linked()
        names = (f"{each.label}\t{_names(each)}\t{_written(each)}" for each in self._topics)
        parts = ("links", str(self._store is None), self.digest, *names)
        return self._cache.kept(parts, self._linked, _Linked.restored)

    @property
    def kin(self) -> Mapping[str, float]:
        """How like a topic's name each matter is that is linked to none, by its label."""
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
                for text in (*matter.name.words.values(), *matter.names, *matter.also):
                    yield Phrase(label, text)
                for text in matter.ask:
                    yield Phrase(label, text, name=False)

    def _digest(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        for file in files(*self._folders):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def _linked(self) -> _Linked:
        matters = self.catalogue.matters
        said: dict[str, list[str]] = {}
        kin: dict[str, float] = {}
        likest: dict[tuple[str, str], tuple[float, str]] = {}
        names = Names(
            (
                (label, text)
                for label, matter in matters.items()
                for text in (*matter.name.words.values(), *matter.names, *matter.also)
            ),
            self._store,
        )
        for topic in self._topics:
            if written := _written(topic):
                for matter in written:
                    said.setdefault(matter, []).append(topic.label)
                continue
            for matter, words, meaning in _likes(names, topic):
                kin[PREFIX + matter] = max(words, kin.get(PREFIX + matter, 0.0))
                both = (words + meaning) / 2
                likeness = max(words, both)
                linked = words >= LINKED or both >= LINKED_BY_BOTH
                if linked and likeness > likest.get((topic.hall.id, matter), (0.0, ""))[0]:
                    likest[topic.hall.id, matter] = (likeness, topic.label)
        for (_, matter), (_, label) in likest.items():
            if matter not in said or not any(_same_hall(label, each) for each in said[matter]):
                said.setdefault(matter, []).append(label)
        links = {matter: tuple(said[matter]) for matter in matters if matter in said}
        strange = {label: like for label, like in kin.items() if label[len(PREFIX) :] not in links}
        return _Linked(links, strange)


class _Linked(NamedTuple):
    """Links, and the likeness of what has none, so that they can be kept."""

    links: Links
    kin: Mapping[str, float]

    def arrays(self) -> Arrays:
        """All of it."""
        return {
            "links": packed("\t".join((matter, *of)) for matter, of in self.links.items()),
            "strange": packed(self.kin),
            "kin": np.array(list(self.kin.values())),
        }

    @classmethod
    def restored(cls, arrays: Arrays) -> _Linked:
        """What `arrays` gave."""
        rows = (row.split("\t") for row in unpacked(arrays["links"]))
        kin = zip(unpacked(arrays["strange"]), arrays["kin"].tolist(), strict=True)
        return cls({matter: tuple(of) for matter, *of in rows}, dict(kin))


def _written(topic: Topic) -> tuple[str, ...]:
    """The matters that an editor has named; `none` is none of them."""
    item = topic.item
    if isinstance(item, Case):
        own: tuple[str, ...] = item.overrides.get("matter", ())
        return own
    return item.matter if isinstance(item, (Service, Elsewhere)) else ()


def _likes(names: Names, topic: Topic) -> list[Like]:
    """The matters whose names are like a topic's; what it is also called counts a little less."""
    official, also = _names(topic)
    likes = {like.owner: like for like in names.most_like(official)}
    for owner, words, meaning in names.most_like(also) if also else ():
        known = likes.get(owner, Like(owner, 0.0, 0.0))
        likes[owner] = Like(
            owner, max(known.words, ALSO * words), max(known.meaning, ALSO * meaning)
        )
    return list(likes.values())


def _names(topic: Topic) -> tuple[list[str], list[str]]:
    """A topic's names, and what it is also called; a case by the service's name and its own."""
    item = topic.item
    if isinstance(item, Case) and topic.service:
        services = list(filter(None, topic.service.name.words.values()))
        cases = [*filter(None, item.name.words.values()), *item.also]
        return [f"{service} {case}" for service in services for case in cases[:NAMED]], []
    if isinstance(item, (Service, Elsewhere)):
        return list(filter(None, item.name.words.values())), list(item.also[:NAMED])
    return [], []


def _same_hall(label: str, other: str) -> bool:
    return label.rpartition(":")[0] == other.rpartition(":")[0]
