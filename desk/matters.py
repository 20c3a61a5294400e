"""Public matters: which topic of a hall is which matter of the catalogue, and which has none.

A hall's topic that is a known matter is also found by what people call it elsewhere. A matter
that the hall does not have is known as such, and not taken for its nearest neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desk.topics import Topic, Topics
from facts.catalogue import Catalogue
from facts.model import Elsewhere, Matter, Service
from intents.names import Names
from intents.scorer import Phrase

LINKED = 0.8
"""From this likeness of names on (0 to 1) a topic is the matter."""
NONE = "none"
"""What an editor writes at `matter` where a topic is no matter of the catalogue."""
PREFIX = "matter/"
NAMED = 8
"""Names of a topic that are held against those of matters; the first are the most usual."""


@dataclass(frozen=True, slots=True)
class Matters:
    """The matters of a catalogue, and the labels of the topics each is linked to."""

    catalogue: Catalogue
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, label: str) -> Matter | None:
        """The matter with this label among phrases."""
        if not label.startswith(PREFIX):
            return None
        return self.catalogue.matters.get(label.removeprefix(PREFIX))

    def phrases(self) -> Iterator[Phrase]:
        """What people say of each matter: phrases of the topics it is linked to, or its own."""
        for name, matter in self.catalogue.matters.items():
            labels = self.links.get(name) or (PREFIX + name,)
            for label in labels:
                here = not label.startswith(PREFIX)
                for text in (*matter.name.words.values(), *matter.names, *matter.also):
                    yield Phrase(label, text, here=here)
                for text in matter.ask:
                    yield Phrase(label, text, name=False, here=here)


def link(topics: Topics, catalogue: Catalogue) -> Matters:
    """Each matter with the topics of each hall that are this matter, by name or by the editor."""
    return Matters(catalogue, _links(topics, catalogue))


def _links(topics: Topics, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    if not catalogue.matters:
        return {}
    best: dict[tuple[str, str], tuple[float, str]] = {}
    said: dict[str, list[str]] = {}
    names = Names(_names_of(catalogue))
    for topic in topics:
        item = topic.item
        if not isinstance(item, (Service, Elsewhere)):
            continue
        if item.matter:
            for matter in item.matter:
                if matter in catalogue.matters:
                    said.setdefault(matter, []).append(topic.label)
            continue
        for matter, likeness in names.most_like(_names(topic)):
            known = best.get((topic.hall.id, matter), (LINKED, ""))
            if likeness > known[0] or (likeness >= LINKED and not known[1]):
                best[topic.hall.id, matter] = (likeness, topic.label)
    found = {matter: list(labels) for matter, labels in said.items()}
    for (_, matter), (_, label) in best.items():
        if matter not in said:
            found.setdefault(matter, []).append(label)
    return {matter: tuple(labels) for matter, labels in found.items()}


def _names(topic: Topic) -> list[str]:
    item = topic.item
    if not isinstance(item, (Service, Elsewhere)):
        return []
    return [*filter(None, item.name.words.values()), *item.also][:NAMED]


def _names_of(catalogue: Catalogue) -> Iterable[tuple[str, str]]:
    for label, matter in catalogue.matters.items():
        for text in (*matter.name.words.values(), *matter.names, *matter.also):
            yield label, text
