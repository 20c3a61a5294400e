"""Parts: which part of a topic a text speaks of, by what only this part is called.

What the parts share tells nothing here: each topic's parts are held against one another alone.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log1p
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from intents.confidence import logit, parts_weights, probabilities
from intents.encoder import VectorStore
from intents.features import Features
from intents.fold import fold, has_han
from intents.index import Index
from intents.scorer import Phrase
from intents.stages import NONE, Stages, compared

T = TypeVar("T")

SURE = 0.9
"""From this probability on, of a part or of none, meaning is not asked."""


APART = 1.1
"""How much more must speak for a part than for the next, where its words alone are asked."""


class Part(NamedTuple):
    """A part of a topic and the probability (0 to 1) that the text speaks of it."""

    label: str
    confidence: float


class Figures(NamedTuple):
    """What each part is judged by, and what "none of them is told" is."""

    parts: list[dict[str, float]]
    none: dict[str, float]


class AskedOf(NamedTuple):
    """A text, its features, and the stages it speaks of."""

    text: str
    features: Features
    stages: frozenset[str] = NONE

    @property
    def language(self) -> str:
        """Chinese where it holds Chinese characters; `en` stands for all else."""
        return "zh" if has_han(self.text) else "en"


class Parts:
    """The parts of topics: what they are called alone, and phrases that speak of topic and part.

    `read` gives the features of a phrase.
    """

    def __init__(
        self,
        names: Iterable[Phrase],
        phrases: Callable[[], Iterable[Phrase]],
        read: Callable[[Phrase], Features],
        stages: Stages,
        store: VectorStore | None = None,
    ) -> None:
        self._names = _by_label(names)
        self._make = phrases
        self._read = read
        self._stages = stages
        self._store = store
        self._indexes: dict[tuple[str, ...], Index] = {}
        self._vectors: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}

    def replaced(
        self,
        topic: str,
        names: Iterable[Phrase],
        phrases: Iterable[Phrase],
        every: Callable[[], Iterable[Phrase]],
    ) -> Parts:
        """The same with other parts of one topic; `every` gives the phrases of all."""

        def others(found: Mapping[str, T]) -> dict[str, T]:
            return {at: of for at, of in dict(found).items() if at.partition("#")[0] != topic}

        made = copy.copy(self)
        made._names = others(self._names) | _by_label(names)
        made._make = every
        if "_phrases" in made.__dict__:
            made.__dict__["_phrases"] = others(self._phrases) | _by_label(phrases)
        made._indexes = {
            labels: index
            for labels, index in dict(self._indexes).items()
            if len(others(dict.fromkeys(labels))) == len(labels)
        }
        made._vectors = others(self._vectors)
        return made

    def beside(self, every: Callable[[], Iterable[Phrase]]) -> Parts:
        """The same with the phrases of all from elsewhere."""
        made = copy.copy(self)
        made._make = every
        return made

    @functools.cached_property
    def _phrases(self) -> Mapping[str, list[Phrase]]:
        return _by_label(self._make())

    def choose(self, asked: AskedOf, labels: Sequence[str], *, meaning: bool = True) -> list[Part]:
        """These parts, likeliest first; what is missing to 1 is that the text tells none."""
        if not labels:
            return []
        by_meaning = meaning and self._store is not None
        told = self.figures(asked, labels, meaning=False)
        if not by_meaning and not _told_apart(told.parts):
            return []
        sure = _judged(told, asked.language, meaning=False)
        if by_meaning and max(*sure, 1 - sum(sure)) < SURE:
            told = self.figures(asked, labels, meaning=True)
            sure = _judged(told, asked.language, meaning=True)
        parts = [Part(*each) for each in zip(labels, sure, strict=True)]
        return sorted(parts, key=lambda each: -each.confidence)

    def warm_up(self, choices: Iterable[Sequence[str]]) -> None:
        """Make now what `choose` wants for each of these groups of labels."""
        groups = [tuple(labels) for labels in choices]
        for labels in groups:
            self._index(labels)
        self._encode([label for labels in groups for label in labels])

    def figures(self, asked: AskedOf, labels: Sequence[str], *, meaning: bool) -> Figures:
        """What the parts are judged by."""
        index = self._index(tuple(labels))
        scores = {each.label: each for each in index.rank(asked.features)}
        weights = [scores[each].weight if each in scores else 0.0 for each in labels]
        near = [scores[each].score if each in scores else 0.0 for each in labels]
        # A part that stands alone always has the whole share, which then says nothing.
        whole = (sum(weights) or 1.0) if len(labels) > 1 else float("inf")
        stages = [self._stages.of_names(n.text for n in self._names.get(e, ())) for e in labels]
        parts = [
            {"weight": log1p(weight), "share": weight / whole, "score": score}
            | compared(asked.stages, of)
            for weight, score, of in zip(weights, near, stages, strict=True)
        ]
        none = {
            "none": 1.0,
            "none: weight": log1p(max(weights)),
            "none: stage": float(bool(asked.stages) and not asked.stages & NONE.union(*stages)),
        }
        if meaning and self._store:
            vector = self._store.vector(asked.text)
            alike = [self._alike(vector, each) for each in labels]
            for at, part in enumerate(parts):
                for name, of in (("name", 0), ("phrases", 1)):
                    own = alike[at][of]
                    others = [each[of] for each in (*alike[:at], *alike[at + 1 :])]
                    part[f"alike, {name}"] = own
                    part[f"lead in meaning, {name}"] = own - max(others, default=0.0)
            none["none: alike"] = max(each[1] for each in alike)
        return Figures(parts, none)

    def _alike(self, vector: NDArray[np.float32], label: str) -> tuple[float, float]:
        """How like its name, and how like the nearest of all its phrases, a text is."""
        if label not in self._vectors:
            self._encode([label])
        names_of, rows = self._vectors[label]
        return (
            float((names_of @ vector).max(initial=0.0)),
            float((rows @ vector).max(initial=0.0)),
        )

    def _encode(self, labels: Sequence[str]) -> None:
        """The vectors of what these parts are called and of all their phrases, in one reading."""
        if self._store is None:
            return
        names = [self._names.get(label, []) for label in labels]
        every = [[*own, *self._phrases.get(at, [])] for own, at in zip(names, labels, strict=True)]
        made = self._store.vectors([fold(each.text) for own in every for each in own])
        start = 0
        for label, own, phrases in zip(labels, names, every, strict=True):
            rows = made.rows(np.arange(start, start + len(phrases)))
            self._vectors[label] = rows[: len(own)], rows
            start += len(phrases)

    def _index(self, labels: tuple[str, ...]) -> Index:
        if labels not in self._indexes:
            read = (
                (each.label, each.name, self._read(each))
                for label in labels
                for each in (*self._names.get(label, ()), *self._phrases.get(label, ()))
            )
            self._indexes[labels] = Index(read, unseen=1)
        return self._indexes[labels]


def _told_apart(parts: Sequence[Mapping[str, float]]) -> bool:
    """Whether a text speaks for one part more than for the next."""
    told = sorted((part["weight"] for part in parts), reverse=True)
    agreeing = sum(part["stage agrees"] for part in parts)
    return len(told) < 2 or told[0] > told[1] * APART or agreeing == 1


def _judged(told: Figures, language: str, *, meaning: bool) -> list[float]:
    """The probability of each part."""
    weights = parts_weights(language, meaning=meaning)
    logits = [logit(each, weights) for each in told.parts]
    return probabilities(logits, logit(told.none, weights))


def _by_label(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.label, []).append(phrase)
    return found
