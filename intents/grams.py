"""N-grams: how like known texts a text is by its words and its letters, wrong ones among them.

Words, the beginnings of words that follow each other or have one between, and pieces of 2 to 4
letters of a word, weighted by TF-IDF with a logarithmic term frequency and compared by their
cosine (Salton & Buckley 1988). A text's first and last word are told apart by its edges.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from intents.postings import Integers, Postings, starts
from intents.tokens import words

SHORTEST, LONGEST = 2, 4
"""Letters of a piece of a word, its edges counted."""
BEGINNING = 4
"""Letters by which a word is known beside others: its endings change."""
BY_WORDS = 0.4
"""The share of words in likeness; the rest are pieces."""
AT_ONCE = 200_000
"""Places of n-grams that are weighed at once for all labels."""
Numbers = NDArray[np.float32]


class Grams:
    """Known texts by their n-grams."""

    def __init__(self, texts: Sequence[str], held: Sequence[str]) -> None:
        """How much an n-gram tells is learnt from `texts`; others are held against `held`."""
        known = dict.fromkeys(chain.from_iterable(map(_distinct, held)))
        sharing = Counter(chain.from_iterable(map(_distinct, texts)))
        every = (*known, *(gram for gram in sharing if gram not in known))
        self._place = {gram: place for place, gram in enumerate(every)}
        self._known, self._held = len(known), len(held)
        # The last place is that of all that were never seen.
        shared = np.array([*(sharing[gram] for gram in every), 0])
        self._tells = 1 + np.log(1 + len(texts)) - np.log(1 + shared)
        rows = [self.row(text) for text in held]
        grams = np.concatenate([places for places, _ in rows])
        order = np.argsort(grams, kind="stable")
        owner = np.repeat(np.arange(len(rows), dtype=np.int32), [len(each) for each, _ in rows])
        self._postings = Postings(
            starts(np.bincount(grams, minlength=self._known)),
            owner[order],
            np.concatenate([weights for _, weights in rows])[order],
        )

    def like(self, texts: Sequence[str]) -> Numbers:
        """How like each text (row) is to each that is held (0 to 1)."""
        found = np.empty((len(texts), self._held), np.float32)
        for at, text in enumerate(texts):
            grams, weights = self.row(text)
            owner, weight, lengths = self._postings.of(grams)
            found[at] = np.bincount(owner, weight * np.repeat(weights, lengths), self._held)
        return found

    def told(self, weights: Numbers) -> Numbers:
        """What each n-gram (row) says for each label, if the texts held say so much for them.

        What a text says is then the weighted sum of its `row`, without looking at a text held.
        """
        start, owner, weight = self._postings
        found = np.zeros((self._known, weights.shape[1]), np.float32)
        step = max(AT_ONCE // weights.shape[1], 1)
        cuts = np.searchsorted(start, np.arange(0, len(owner), step))
        for first, last in pairwise(np.unique([*cuts, self._known]).tolist()):
            cells = slice(start[first], start[last])
            said = weight[cells, None] * weights[owner[cells]]
            found[first:last] = np.add.reduceat(said, start[first:last] - start[first])
        return found

    def row(self, text: str) -> tuple[Integers, Numbers]:
        """The places of a text's n-grams that stand in a text held, and their weights."""
        places, found = [], []
        for part, share in zip(_counted(text), (BY_WORDS, 1 - BY_WORDS), strict=True):
            if not part:
                continue
            place = np.fromiter(map(self._place.get, part, repeat(-1)), np.int64, len(part))
            often = np.fromiter(part.values(), np.float64, len(part))
            told = (1 + np.log(often)) * self._tells[place]
            told *= np.sqrt(share / (told @ told))
            known = (place >= 0) & (place < self._known)
            places.append(place[known])
            found.append(told[known])
        if not places:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        return np.concatenate(places), np.concatenate(found).astype(np.float32)


def _distinct(text: str) -> Iterable[str]:
    """Each n-gram of a text once."""
    return chain.from_iterable(_counted(text))


def _counted(text: str) -> tuple[Counter[str], Counter[str]]:
    """How often each word or pair of words, and each piece of a word, stands in a text."""
    spoken = words(text)
    edged = ("<", *(word[:BEGINNING] for word in spoken), ">")
    pairs = [f"{one} {other}" for one, other in pairwise(edged)]
    skipping = [f"{one} _ {other}" for one, other in zip(edged, edged[2:], strict=False)]
    pieces = chain.from_iterable(map(_pieces, spoken))
    return Counter((*(f"={word}" for word in spoken), *pairs, *skipping)), Counter(pieces)


@functools.lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    whole = f"^{word}$"
    return tuple(
        whole[at : at + size]
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(whole) - size + 1)
    )
