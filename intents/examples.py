"""Examples: labels that have no names and are known by examples alone, as a chat bot's intents are.

Label weighting by kernel ridge regression in closed form (Saunders et al. 1998): how like the
examples a text is, by shared features and by meaning, weighted so that the labels of the examples
come out. Where labels have names and few examples, the nearest phrase is better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from intents.encoder import VectorStore, scaled
from intents.features import Features
from intents.scorer import Score

LEAST, MOST = 5, 6_000
"""Examples a label must have on the average, and those of all labels together: the weights take
some seconds and 300 MB at the most."""
BY_WORDS = 0.3
"""The share of shared features in likeness; without an encoder they are all of it."""
HELD_BACK, HELD_BACK_WORDS = 0.1, 0.3
"""How strongly great weights are held back, with meaning and without."""
POWER, POWER_WORDS = 2.0, 1.5
"""To this power likeness counts, with meaning and without."""
SHARP, NONE = 10.0, 3.0
"""From weights to logits, and the logit of none."""
SHOWN = 12
Numbers = NDArray[np.float32]


class Examples:
    """Examples with their labels."""

    def __init__(
        self,
        labels: Sequence[str],
        read: Sequence[Features],
        texts: Sequence[str],
        store: VectorStore | None,
    ) -> None:
        """One label, the features, and the folded text of each example."""
        self._labels = list(dict.fromkeys(labels))
        place = {label: at for at, label in enumerate(self._labels)}
        self._count = len(read)
        sharing = Counter(feature for features in read for feature in features)
        self._tells = {
            feature: log((1 + self._count) / (1 + count)) + 1 for feature, count in sharing.items()
        }
        rows: dict[str, tuple[list[int], list[float]]] = {}
        for at, features in enumerate(read):
            for feature, weight in self._weighed(features).items():
                places, weights = rows.setdefault(feature, ([], []))
                places.append(at)
                weights.append(weight)
        self._rows = {
            feature: (np.array(places), np.array(weights, np.float32))
            for feature, (places, weights) in rows.items()
        }
        self._store = store
        self._vectors: Numbers | None = None
        if store:
            self._vectors = store.vectors(texts).rows(np.arange(len(texts)))
        wanted = np.zeros((self._count, len(self._labels)), np.float32)
        wanted[np.arange(self._count), [place[label] for label in labels]] = 1
        wanted -= wanted.mean(axis=0)
        kernel = self._likeness(self._shared_by_all(), self._vectors)
        kernel[np.diag_indices(self._count)] += HELD_BACK if store else HELD_BACK_WORDS
        self._weights: Numbers = np.linalg.solve(kernel, wanted)

    def rank(self, features: Features, texts: Sequence[str]) -> tuple[list[Score], float]:
        """The likeliest labels with what speaks for each, and what speaks for none.

        `texts` are the text as it was typed and as it was repaired, for a repair may be wrong.
        """
        vectors = None
        if self._store:
            made = self._store.fresh(tuple(dict.fromkeys(texts)))
            vectors = scaled(made.mean(axis=0, keepdims=True))
        told = (self._likeness(self._shared(features), vectors) @ self._weights)[0]
        best = np.argsort(-told, kind="stable")[:SHOWN].tolist()
        return [self._score(at, float(told[at])) for at in best], NONE

    def _score(self, at: int, told: float) -> Score:
        near = min(max(told, 0.0), 1.0)
        return Score(
            self._labels[at], near, 0, near, near, near, near, near, here=True, logit=SHARP * told
        )

    def _weighed(self, features: Features) -> Features:
        """The features that any example has, weighed by how much they tell, at length 1."""
        found = {
            feature: stress * self._tells[feature]
            for feature, stress in features.items()
            if feature in self._tells
        }
        length = max(sqrt(sum(weight**2 for weight in found.values())), 1e-9)
        return {feature: weight / length for feature, weight in found.items()}

    def _shared(self, features: Features) -> Numbers:
        """What a text shares with each example, as one row."""
        shared = np.zeros((1, self._count), np.float32)
        for feature, weight in self._weighed(features).items():
            places, weights = self._rows[feature]
            shared[0, places] += weight * weights
        return shared

    def _shared_by_all(self) -> Numbers:
        """What each example shares with each."""
        shared = np.zeros((self._count, self._count), np.float32)
        for places, weights in self._rows.values():
            shared[np.ix_(places, places)] += np.outer(weights, weights)
        return shared

    def _likeness(self, shared: Numbers, vectors: Numbers | None) -> Numbers:
        """How like each example these texts are (0 to 1), as it counts."""
        if vectors is None or self._vectors is None:
            return shared**POWER_WORDS
        meant = np.maximum(vectors @ self._vectors.T, 0)
        both: Numbers = (BY_WORDS * shared + (1 - BY_WORDS) * meant) ** POWER
        return both
