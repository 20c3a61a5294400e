"""Names: which of many known names a name is most like, for finding one matter in two lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from intents.features import Features, features, stresses
from intents.fold import fold
from intents.lexicon import PhraseList, lexicons
from intents.tokens import tokens


class Names:
    """Names by whose they are, compared by the features they share.

    Two names are as like as Dice's coefficient says (twice what they share over what both hold),
    each feature weighted by how few owners share it.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Names as pairs of owner and name."""
        self._fillers = PhraseList.merged(each.fillers for each in lexicons().values())
        owner_of: dict[str, int] = {}
        told: list[Features] = []
        owner: list[int] = []
        for name, text in names:
            owner.append(owner_of.setdefault(name, len(owner_of)))
            told.append(self._features(text))
        self.owners = list(owner_of)
        sharing: dict[str, set[int]] = {}
        for place, each in zip(owner, told, strict=True):
            for feature in each:
                sharing.setdefault(feature, set()).add(place)
        count = max(len(self.owners), 1)
        self._tells = {
            feature: float(np.log1p(count / len(found))) for feature, found in sharing.items()
        }
        self._strange = float(np.log1p(count))
        postings: dict[str, tuple[list[int], list[float]]] = {}
        mass = np.zeros(len(told))
        for row, each in enumerate(told):
            for feature, stress in each.items():
                weight = stress * self._tells[feature]
                mass[row] += weight
                rows, weights = postings.setdefault(feature, ([], []))
                rows.append(row)
                weights.append(weight)
        self._postings = {
            feature: (np.array(rows), np.array(weights))
            for feature, (rows, weights) in postings.items()
        }
        self._owner, self._mass = np.array(owner, np.int64), mass

    def most_like(self, texts: Sequence[str]) -> Mapping[str, float]:
        """How like any of these the names of each owner are (0 to 1), where they share anything."""
        best = self.likeness(texts)
        return {self.owners[at]: float(best[at]) for at in np.flatnonzero(best)}

    def likeness(self, texts: Sequence[str]) -> np.ndarray:
        """How like any of these the names of each of the `owners` are, in their order."""
        best = np.zeros(len(self.owners))
        for text in texts:
            np.maximum.at(best, self._owner, self._likeness(self._features(text)))
        return best

    def _likeness(self, named: Features) -> np.ndarray:
        shared = np.zeros(len(self._mass))
        own = 0.0
        for feature, stress in named.items():
            weight = stress * self._tells.get(feature, self._strange)
            own += weight
            if feature in self._postings:
                rows, weights = self._postings[feature]
                shared[rows] += np.minimum(weights, weight)
        likeness: np.ndarray = 2 * shared / np.maximum(self._mass + own, 1e-9)
        return likeness

    def _features(self, text: str) -> Features:
        sequence = tokens(fold(text))
        return features(sequence, stresses(sequence, self._fillers))
