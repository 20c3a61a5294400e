"""Likeness: which topics' phrases mean nearly what a text means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.encoder import WIDTH, Vectors

SHARP = 12.0
"""How much more the nearest of a topic's phrases count than the others."""


class Alike(NamedTuple):
    """How like a topic a text is (cosines, -1 to 1): its `nearest` phrase, all phrases softly,
    and their `middle`."""

    nearest: float
    softly: float
    middle: float


NOT_ALIKE = Alike(0.0, 0.0, 0.0)


class Likeness:
    """The vectors of all phrases, topic by topic."""

    def __init__(self, labels: Sequence[str], vectors: Vectors) -> None:
        """One label a vector."""
        places: dict[str, list[int]] = {}
        for place, label in enumerate(labels):
            places.setdefault(label, []).append(place)
        self._vectors = vectors
        self._rows: Mapping[str, NDArray[Any]] = {
            label: np.array(rows) for label, rows in places.items()
        }
        self._labels = list(places)
        self._middles = np.zeros((len(places), WIDTH), np.float32)
        for at, rows in enumerate(self._rows.values()):
            middle = vectors.rows(rows).mean(axis=0)
            self._middles[at] = middle / max(float(np.linalg.norm(middle)), 1e-9)
        self._place = {label: at for at, label in enumerate(self._labels)}

    def likely(self, vector: NDArray[np.float32], count: int) -> list[str]:
        """The labels whose phrases are most like this on the whole."""
        near = self._middles @ vector
        return [self._labels[at] for at in np.argsort(-near, kind="stable")[:count]]

    def alike(self, vector: NDArray[np.float32], labels: Iterable[str]) -> dict[str, Alike]:
        """How like these labels a text's vector is."""
        known = [label for label in labels if label in self._rows]
        if not known:
            return {}
        rows = [self._rows[label] for label in known]
        near = self._vectors.rows(np.concatenate(rows)) @ vector
        found = {}
        start = 0
        for label, of in zip(known, rows, strict=True):
            own = near[start : start + len(of)]
            start += len(of)
            softly = float(np.log(np.exp(SHARP * own).sum() / len(of) ** 0.5)) / SHARP
            middle = float(self._middles[self._place[label]] @ vector)
            found[label] = Alike(float(own.max()), softly, middle)
        return found
