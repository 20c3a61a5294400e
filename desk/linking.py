"""Linking: how likely each topic of a hall is which matter of the catalogue, by what both are
called and by what is meant.

Judged by a logistic regression whose weights stand in `intents/weights.json`; they were fitted on
links that people judged (`bench/links.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.topics import Topic
from facts.model import Case, Elsewhere, Matter, Service
from intents.confidence import logit
from intents.encoder import VectorStore
from intents.fold import fold
from intents.lexicon import lexicons
from intents.names import Names
from intents.stages import Stages

NAMED = 8
"""Names of a topic that are held against those of matters; the first are the most usual."""
CONSIDERED = 8
"""Matters that are considered for a topic: those that are nearest."""
ALSO, BOTH_ALSO = 0.9, 0.8
"""How much what one side, or both, are also called counts beside names."""
_COUNTS = {"name, name": 1.0, "name, also": ALSO, "also, name": ALSO, "also, also": BOTH_ALSO}
CASE_NAMED = 0.72
"""From this likeness of names on a matter is that of one case of a service."""
Figures = dict[str, float]


class Link(NamedTuple):
    """A topic, a matter it may be, and the probability (0 to 1) that it is, wholly or in part."""

    topic: Topic
    matter: str
    probability: float


class _Near(NamedTuple):
    """How near a matter is to a topic: as a sum, and by figure."""

    near: float
    figures: Figures


class Linker:
    """Judges links between topics and matters; with a `store`, also by meaning."""

    def __init__(self, matters: Mapping[str, Matter], store: VectorStore | None = None) -> None:
        self._matters = matters
        self._labels = list(matters)
        self._place = {matter: at for at, matter in enumerate(matters)}
        self._store = store
        self._official = Names(
            (label, text) for label, matter in matters.items() for text in _official(matter)
        )
        self._also = Names((label, text) for label, each in matters.items() for text in each.also)
        self._middles = self._middle_of_each(store) if store else None
        self._stages = Stages(lexicons())

    def links(self, topics: Sequence[Topic]) -> list[Link]:
        """The likeliest matters of each topic of one hall, however likely they are."""
        name = self.weights
        return [
            Link(topic, matter, 1 / (1 + exp(-logit(figures, name))))
            for topic, matter, figures in self.figures(topics)
        ]

    @property
    def weights(self) -> str:
        """The name of the weights by which links are judged."""
        return "links by meaning" if self._store else "links"

    def figures(self, topics: Sequence[Topic]) -> Iterator[tuple[Topic, str, Figures]]:
        """What each of the nearest matters of each topic of one hall is judged by."""
        near = {topic.label: self._nearest(topic) for topic in topics}
        claims: dict[str, list[float]] = {}
        for found in near.values():
            for matter, each in found.items():
                claims.setdefault(matter, []).append(each.near)
        for topic in topics:
            found = near[topic.label]
            most = max((each.near for each in found.values()), default=0.0)
            for matter, each in found.items():
                others = list(claims[matter])
                others.remove(each.near)
                best = max(others, default=0.0)
                yield (
                    topic,
                    matter,
                    {
                        **each.figures,
                        "one": 1.0,
                        "behind": most - each.near,
                        "ahead": each.near - max(best, 1.0),
                        "nearest": float(each.near >= best),
                    },
                )

    def case_of(self, cases: Sequence[Topic], matter: str) -> Topic | None:
        """The one case of a service that a matter is: that of its stage, or of its name."""
        names = self._matters[matter].name.words.values()
        stages = self._stages.of_names(names)
        of_stage = [each for each in cases if stages & self._stages.of_names(_of_case(each))]
        if len(of_stage) == 1:
            return of_stage[0]
        likeness = [self._official.most_like(_of_case(each)).get(matter, 0.0) for each in cases]
        most = max(likeness, default=0.0)
        return cases[likeness.index(most)] if most >= CASE_NAMED else None

    def _nearest(self, topic: Topic) -> dict[str, _Near]:
        """The matters that are considered for a topic, nearest first."""
        names, also = names_of(topic)
        words = {
            "name, name": self._alike(self._official, names),
            "name, also": self._alike(self._also, names),
            "also, name": self._alike(self._official, also),
            "also, also": self._alike(self._also, also),
        }
        told = np.maximum.reduce([counts * words[name] for name, counts in _COUNTS.items()])
        middle, whole = (each.astype(np.float64) for each in self._by_meaning(topic, names, also))
        if self._store:
            words |= {"middle": middle, "whole": whole}
        near = told + middle + whole
        nearest = np.argsort(-near, kind="stable")[:CONSIDERED]
        return {
            self._labels[at]: _Near(
                float(near[at]), {name: float(found[at]) for name, found in words.items()}
            )
            for at in nearest
            if near[at] > 0
        }

    def _alike(self, of: Names, texts: Sequence[str]) -> NDArray[np.float64]:
        """How like any of these texts the names of each matter are."""
        alike = np.zeros(len(self._labels))
        alike[[self._place[owner] for owner in of.owners]] = of.likeness(texts)
        return alike

    def _by_meaning(
        self, topic: Topic, names: list[str], also: list[str]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """How like the middle of each matter a topic's name, and its phrases on the whole, are."""
        if self._store is None or self._middles is None:
            nothing = np.zeros(len(self._matters), np.float32)
            return nothing, nothing
        every = tuple(fold(text) for text in (*names, *also, *getattr(topic.item, "ask", ())))
        made = self._store.fresh(every)
        middle = made.mean(axis=0)
        of_names = self._middles @ made[: len(names)].T
        return (
            of_names.max(axis=1, initial=-1.0),
            self._middles @ (middle / max(float(np.linalg.norm(middle)), 1e-9)),
        )

    def _middle_of_each(self, store: VectorStore) -> NDArray[np.float32]:
        phrases = [tuple(map(fold, _said(matter))) for matter in self._matters.values()]
        made = store.vectors([text for each in phrases for text in each])
        middles = []
        start = 0
        for each in phrases:
            middle = made.rows(np.arange(start, start + len(each))).mean(axis=0)
            middles.append(middle / max(float(np.linalg.norm(middle)), 1e-9))
            start += len(each)
        return np.array(middles, np.float32)


def names_of(topic: Topic) -> tuple[list[str], list[str]]:
    """A topic's names, and what it is also called."""
    item = topic.item
    if isinstance(item, (Service, Elsewhere)):
        return list(filter(None, item.name.words.values())), list(item.also[:NAMED])
    return [], []


def _of_case(topic: Topic) -> list[str]:
    """The names of a case, with its service's name before them."""
    item = topic.item
    if not isinstance(item, Case) or topic.service is None:
        return []
    services = filter(None, topic.service.name.words.values())
    cases = [*filter(None, item.name.words.values()), *item.also][:NAMED]
    return [f"{service} {case}" for service in services for case in cases]


def _official(matter: Matter) -> list[str]:
    return [*matter.name.words.values(), *matter.names]


def _said(matter: Matter) -> list[str]:
    return [*_official(matter), *matter.also, *matter.ask]
