"""Examples: labels that have no names and are known by examples alone, as a chat bot's intents are.

Kernel logistic regression (Zhu & Hastie 2005): how like the examples a text is, by n-grams and by
meaning, weighted so that the labels of the examples come out. Where there are many examples, a
text is held against some of them alone, the landmarks (Williams & Seeger 2001). The weights are
found by Newton's steps with a fixed bound of the Hessian (Böhning 1992), sped up as by Nesterov
(1983). Where labels have names and few examples, the nearest phrase is better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from intents.confidence import probabilities
from intents.encoder import VectorStore, scaled
from intents.grams import Grams
from intents.scorer import Score
from intents.spelling import Spelling

LEAST, MOST, LABELS = 5, 50_000, 300
"""Examples a label must have on the average, those of all labels together at the most, and labels
at the most: a bot has some dozens of intents, and what has more are lists of names in use."""
LANDMARKS, CELLS = 3_000, 60_000_000
"""Landmarks at the most, and likenesses of examples to landmarks (4 bytes each)."""
STEPS, FEW_STEPS, WORK = 60, 12, 600_000_000
"""Steps at the most and at the least, and likenesses that all steps together may look at."""
BY_GRAMS = 0.35
"""The share of n-grams in likeness; without an encoder they are all of it."""
POWER = 2
"""To this power the cosine of meaning counts."""
HELD_BACK = 0.02
"""How strongly great weights are held back."""
BOUND = 0.25
"""More than the Hessian of the softmax is where two labels are not torn evenly between."""
NONE = 3.0
"""The logit of none."""
SHOWN = 12
BATCH = 512
"""Texts that are held against the landmarks at once."""
Numbers = NDArray[np.float32]


class Examples:
    """Examples with their labels."""

    def __init__(
        self, labels: Sequence[str], texts: Sequence[str], store: VectorStore | None
    ) -> None:
        """One label and the folded text of each example."""
        self._labels = list(dict.fromkeys(labels))
        count = len(texts)
        # Evenly spaced, for examples of one label commonly stand together.
        some = np.linspace(0, count - 1, min(count, LANDMARKS, CELLS // count)).astype(int)
        self._grams = Grams(texts, [texts[at] for at in some.tolist()])
        self._store = store
        vectors = store.vectors(texts).rows(np.arange(count)) if store else None
        self._landmarks = None if vectors is None else vectors[some]
        kernel = self._likeness(self._grams.like(texts), vectors)
        place = {label: at for at, label in enumerate(self._labels)}
        wanted = np.zeros((count, len(place)), np.float32)
        wanted[np.arange(count), [place[label] for label in labels]] = 1
        self._weights = _fitted(kernel, kernel[some], wanted)
        self._by_gram = self._grams.told(self._weights)
        self._spelling = Spelling(texts)

    def rank(self, typed: str, repaired: str) -> tuple[list[Score], float]:
        """The likeliest labels with what speaks for each, and what speaks for none.

        `typed` is the text as it was typed; how it was `repaired` by all that is known counts
        beside it, for a repair may be wrong, and twice how the words of the examples repair it.
        """
        spelt = self._spelling.repaired(typed)
        told = self._by_grams(Counter((typed, repaired, spelt, spelt)))
        if self._store and self._landmarks is not None:
            told *= BY_GRAMS
            # The encoder hears through slips better than through words read wrongly.
            every = tuple(dict.fromkeys((typed, repaired)))
            vector = scaled(self._store.fresh(every).mean(axis=0, keepdims=True))
            told += (1 - BY_GRAMS) * (_meant(vector, self._landmarks) @ self._weights)[0]
        best = np.argsort(-told, kind="stable")[:SHOWN].tolist()
        logits = [float(told[at]) for at in best]
        near = zip(best, logits, probabilities(logits, NONE), strict=True)
        return [self._score(*each) for each in near], NONE

    def _score(self, at: int, logit: float, near: float) -> Score:
        return Score(
            self._labels[at], near, 0, near, near, near, near, near, here=True, logit=logit
        )

    def _by_grams(self, texts: Mapping[str, int]) -> Numbers:
        """What the n-grams of texts say for each label, each text as often as it counts."""
        rows = [self._grams.row(text) for text in texts]
        grams = np.concatenate([places for places, _ in rows])
        often = np.repeat([*texts.values()], [len(places) for places, _ in rows])
        weights = np.concatenate([weights for _, weights in rows]) * often
        said = weights @ self._by_gram[grams]
        found: Numbers = said / sum(texts.values())
        return found

    def _likeness(self, shared: Numbers, vectors: Numbers | None) -> Numbers:
        """How like each landmark these texts are (0 to 1); takes the place of what they share."""
        if vectors is None or self._landmarks is None:
            return shared
        shared *= BY_GRAMS
        for start in range(0, len(shared), BATCH):
            rows = slice(start, start + BATCH)
            shared[rows] += (1 - BY_GRAMS) * _meant(vectors[rows], self._landmarks)
        return shared


def _meant(vectors: Numbers, landmarks: Numbers) -> Numbers:
    """How like each landmark these vectors are (0 to 1)."""
    found: Numbers = np.maximum(vectors @ landmarks.T, 0) ** POWER
    return found


def _fitted(kernel: Numbers, among: Numbers, wanted: Numbers) -> Numbers:
    """The weight of each landmark for each label.

    `kernel` is how like the landmarks (columns) each example is, `among` how like each other the
    landmarks are, `wanted` which label each example has.
    """
    landmarks = len(among)
    curved = BOUND * (kernel.T @ kernel) + HELD_BACK * among
    curved[np.diag_indices(landmarks)] += 1e-6 * float(np.trace(curved)) / landmarks + 1e-3
    step = np.linalg.inv(curved)
    weights = ahead = np.zeros((landmarks, wanted.shape[1]), np.float32)
    speed = 1.0
    for _ in range(min(STEPS, max(FEW_STEPS, WORK // kernel.size))):
        likely = kernel @ ahead
        likely -= likely.max(axis=1, keepdims=True)
        np.exp(likely, out=likely)
        likely /= likely.sum(axis=1, keepdims=True)
        likely -= wanted
        moved = ahead - step @ (kernel.T @ likely + HELD_BACK * (among @ ahead))
        faster = (1 + sqrt(1 + 4 * speed**2)) / 2
        ahead = moved + (speed - 1) / faster * (moved - weights)
        weights, speed = moved, faster
    return weights
