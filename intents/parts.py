"""Parts: which part of a topic a text speaks of, by what only this part is called.

What the parts share tells nothing here: each topic's parts are held against one another alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.confidence import PARTS, PARTS_BY_MEANING, logit, probabilities
from intents.encoder import VectorStore
from intents.features import Features
from intents.fold import fold
from intents.scorer import Index, Phrase

SURE = 0.9
"""From this probability on, of a part or of none, meaning is not asked."""


class Part(NamedTuple):
    """A part of a topic and the probability (0 to 1) that the text speaks of it."""

    label: str
    confidence: float


class Figures(NamedTuple):
    """What each part is judged by, and what "none of them is told" is."""

    parts: list[dict[str, float]]
    none: dict[str, float]


class Parts:
    """The phrases of the parts of topics; `features` are those of a phrase as it is compared."""

    def __init__(
        self,
        phrases: Callable[[], Iterable[Phrase]],
        features: Callable[[Phrase], Features],
        store: VectorStore | None = None,
    ) -> None:
        self._phrases = phrases
        self._features = features
        self._store = store
        self._indexes: dict[tuple[str, ...], Index] = {}
        self._vectors: dict[str, NDArray[np.float32]] = {}

    @functools.cached_property
    def _by_label(self) -> Mapping[str, list[Phrase]]:
        found: dict[str, list[Phrase]] = {}
        for phrase in self._phrases():
            found.setdefault(phrase.label, []).append(phrase)
        return found

    def choose(self, text: str, found: Features, labels: Sequence[str]) -> list[Part]:
        """These parts, likeliest first; what is missing to 1 is that the text tells none."""
        if not labels:
            return []
        sure = self._judged(self.figures(text, found, labels, meaning=False), PARTS)
        if self._store and max(*sure, 1 - sum(sure)) < SURE:
            told = self.figures(text, found, labels, meaning=True)
            sure = self._judged(told, PARTS_BY_MEANING)
        parts = [Part(*each) for each in zip(labels, sure, strict=True)]
        return sorted(parts, key=lambda each: -each.confidence)

    def warm_up(self, labels: Sequence[str]) -> None:
        """Make now what `choose` wants for these labels, but for their meaning."""
        self._index(tuple(labels))

    def figures(
        self, text: str, found: Features, labels: Sequence[str], *, meaning: bool
    ) -> Figures:
        """What the parts are judged by."""
        scores = {each.label: each for each in self._index(tuple(labels)).rank(found)}
        weights = [scores[each].weight if each in scores else 0.0 for each in labels]
        near = [scores[each].score if each in scores else 0.0 for each in labels]
        whole = sum(weights) or 1.0
        parts = [
            {"weight": log1p(weight), "share": weight / whole, "score": score}
            for weight, score in zip(weights, near, strict=True)
        ]
        none = {"none": 1.0, "none: weight": log1p(max(weights))}
        if meaning and self._store:
            vector = self._store.vector(text)
            alike = [self._alike(vector, each) for each in labels]
            for at, part in enumerate(parts):
                others = max((*alike[:at], *alike[at + 1 :]), default=0.0)
                part |= {"alike": alike[at], "lead in meaning": alike[at] - others}
            none["none: alike"] = max(alike)
        return Figures(parts, none)

    def _judged(self, told: Figures, weights: str) -> list[float]:
        logits = [logit(each, weights) for each in told.parts]
        return probabilities(logits, logit(told.none, weights))

    def _alike(self, vector: NDArray[np.float32], label: str) -> float:
        if self._store is None or label not in self._by_label:
            return 0.0
        if label not in self._vectors:
            texts = [fold(each.text) for each in self._by_label[label]]
            made = self._store.vectors(texts)
            self._vectors[label] = made.rows(np.arange(len(texts)))
        return float((self._vectors[label] @ vector).max())

    def _index(self, labels: tuple[str, ...]) -> Index:
        if labels not in self._indexes:
            phrases = (phrase for label in labels for phrase in self._by_label.get(label, ()))
            read = ((each.label, each.name, self._features(each)) for each in phrases)
            self._indexes[labels] = Index(read, unseen=1)
        return self._indexes[labels]
