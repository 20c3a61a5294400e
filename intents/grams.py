"""N-grams: how like known texts a text is by its words and its letters, wrong ones among them.

Words, pairs of words that follow each other or with one between, and pieces of 2 to 4 letters of
a word, weighted by TF-IDF with a logarithmic term frequency and compared by their cosine (Salton &
Buckley 1988). A text's first and last word are told apart by its edges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.tokens import words

SHORTEST, LONGEST = 2, 4
"""Letters of a piece of a word, its edges counted."""
BY_WORDS = 1 / 3
"""The share of words in likeness; the rest are pieces."""
Numbers = NDArray[np.float32]
Integers = NDArray[np.integer[Any]]


class Grams:
    """Known texts by their n-grams."""

    def __init__(self, texts: Sequence[str], held: Sequence[str]) -> None:
        """How much an n-gram tells is learnt from `texts`; others are held against `held`."""
        sharing = Counter(gram for text in texts for part in _counted(text) for gram in part)
        self._unseen = log(1 + len(texts)) + 1
        self._tells = {gram: self._unseen - log(1 + count) for gram, count in sharing.items()}
        self._place = {gram: place for place, gram in enumerate(self._tells)}
        self._count = len(held)
        rows = [self._row(text) for text in held]
        lengths = [len(places) for places, _ in rows]
        grams = np.concatenate([places for places, _ in rows])
        weights = np.concatenate([found for _, found in rows])
        order = np.argsort(grams, kind="stable")
        self._weight = weights[order]
        self._text = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)[order]
        counts = np.bincount(grams, minlength=len(self._place))
        self._start = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))

    def like(self, texts: Sequence[str]) -> Numbers:
        """How like each text (row) is to each that is held (0 to 1)."""
        found = np.empty((len(texts), self._count), np.float32)
        for at, text in enumerate(texts):
            found[at] = self._like(text)
        return found

    def _like(self, text: str) -> Numbers:
        grams, weights = self._row(text)
        starts, lengths = self._start[grams], self._start[grams + 1] - self._start[grams]
        before = np.cumsum(lengths) - lengths
        cells = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
        told = np.repeat(weights, lengths) * self._weight[cells]
        return np.asarray(np.bincount(self._text[cells], told, self._count), np.float32)

    def _row(self, text: str) -> tuple[Integers, Numbers]:
        """The places of a text's known n-grams, and their weights."""
        places: list[int] = []
        found: list[float] = []
        for part, share in zip(_counted(text), (BY_WORDS, 1 - BY_WORDS), strict=True):
            told = {
                gram: (1 + log(count)) * self._tells.get(gram, self._unseen)
                for gram, count in part.items()
            }
            length = sqrt(sum(each**2 for each in told.values()) / share)
            for gram, weight in told.items():
                if gram in self._place:
                    places.append(self._place[gram])
                    found.append(weight / length)
        return np.array(places, np.int64), np.array(found, np.float32)


def _counted(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each word or pair of words, and each piece of a word, stands in a text."""
    spoken = words(text)
    edged = ("<", *spoken, ">")
    pairs = [f"{one} {other}" for one, other in pairwise(edged)]
    skipping = [f"{one} _ {other}" for one, other in zip(edged, edged[2:], strict=False)]
    pieces: Counter[str] = Counter()
    for word in spoken:
        whole = f"^{word}$"
        for size in range(SHORTEST, LONGEST + 1):
            pieces.update(whole[at : at + size] for at in range(len(whole) - size + 1))
    return Counter((*(f"={word}" for word in spoken), *pairs, *skipping)), pieces
