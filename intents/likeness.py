"""Likeness: which topics' phrases mean nearly what a text means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.cache import Arrays, packed, unpacked
from intents.encoder import Vectors
from intents.neighbours import Neighbours
from intents.postings import spliced, starts

MANY = 20_000
"""From so many topics on a question is not held against the middle of each (2 ms)."""
SHARP = 12.0
"""How much more the nearest of a topic's phrases count than the others."""


class Alike(NamedTuple):
    """How like a topic a text is (cosines, -1 to 1): its `nearest` phrase, all phrases softly,
    and their `middle`; `clause` is how like its nearest phrase any clause of the text is."""

    nearest: float
    softly: float
    middle: float
    clause: float


NOT_ALIKE = Alike(0.0, 0.0, 0.0, 0.0)


class Likeness:
    """The vectors of all phrases, topic by topic."""

    def __init__(self, labels: Sequence[str], vectors: Vectors) -> None:
        """One label a vector."""
        place = {label: at for at, label in enumerate(dict.fromkeys(labels))}
        owner = np.array([place[label] for label in labels], np.int64)
        order = np.argsort(owner, kind="stable")
        middles = np.zeros((len(place), vectors.values.shape[1]), np.float32)
        rows = Vectors(vectors.values[order], vectors.scale[order])
        first = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(place)))))
        for at in range(len(place)):
            own = slice(first[at], first[at + 1])
            middles[at] = _middle(Vectors(rows.values[own], rows.scale[own]))
        graph = Neighbours(middles) if len(place) >= MANY else None
        self._set(list(place), first, rows, middles, graph)

    def _set(
        self,
        labels: list[str],
        first: NDArray[Any],
        vectors: Vectors,
        middles: NDArray[np.float32],
        graph: Neighbours | None,
    ) -> None:
        self._labels, self._first, self._vectors, self._middles = labels, first, vectors, middles
        self._place = {label: at for at, label in enumerate(labels)}
        self._graph = graph
        self._of_graph: Sequence[str] = labels
        self._changed: frozenset[str] = frozenset()

    def arrays(self) -> Arrays:
        """All of it as plain arrays, for keeping."""
        graph = {"graph": self._graph.array()} if self._graph else {}
        return graph | {
            "labels": packed(self._labels),
            "first": self._first,
            "values": self._vectors.values,
            "scale": self._vectors.scale,
            "middles": self._middles,
        }

    @classmethod
    def restored(cls, arrays: Arrays) -> Likeness:
        """What `arrays` gave. Raises KeyError where something is missing."""
        kept = cls.__new__(cls)
        vectors = Vectors(arrays["values"], arrays["scale"])
        labels = unpacked(arrays["labels"])
        graph = Neighbours.restored(arrays["graph"]) if len(labels) >= MANY else None
        kept._set(labels, arrays["first"], vectors, arrays["middles"], graph)
        return kept

    def replaced(self, label: str, vectors: Vectors) -> Likeness:
        """The same with these vectors of a topic and no others; without any it is not there.

        A graph of neighbours stays as it is; topics that have changed since are looked at one by
        one.
        """
        known = label in self._place
        at = self._place.get(label, len(self._labels))
        here = bool(len(vectors.scale))
        rows = slice(*self._first[[at, at + known]].tolist())
        of = slice(at, at + known)
        counts = np.full(int(here), len(vectors.scale))
        made = Likeness.__new__(Likeness)
        made._set(
            [*self._labels[:at], *([label] if here else []), *self._labels[at + known :]],
            starts(spliced(np.diff(self._first), of, counts)),
            Vectors(
                spliced(self._vectors.values, rows, vectors.values),
                spliced(self._vectors.scale, rows, vectors.scale),
            ),
            spliced(self._middles, of, _middle(vectors)[None] if here else self._middles[:0]),
            self._graph,
        )
        made._of_graph = self._of_graph
        made._changed = self._changed | {label}
        return made

    def likely(self, vectors: NDArray[np.float32], count: int) -> list[str]:
        """The labels whose phrases are most like any of these on the whole."""
        if self._graph is None:
            near = (self._middles @ vectors.T).max(axis=1, initial=-1.0)
            return [self._labels[at] for at in np.argsort(-near, kind="stable")[:count]]
        found = {self._of_graph[at] for at in self._graph.near(vectors)}
        places = sorted(self._place[at] for at in found | self._changed if at in self._place)
        near = (self._middles[places] @ vectors.T).max(axis=1, initial=-1.0)
        return [self._labels[places[at]] for at in np.argsort(-near, kind="stable")[:count]]

    def alike(self, vectors: NDArray[np.float32], labels: Iterable[str]) -> dict[str, Alike]:
        """How like these labels a text is; the first vector is the whole's, then its clauses'."""
        known = [label for label in labels if label in self._place]
        if not known:
            return {}
        places = [self._place[label] for label in known]
        rows = [np.arange(self._first[at], self._first[at + 1]) for at in places]
        every = self._vectors.rows(np.concatenate(rows)) @ vectors.T
        near, clause = every[:, 0], every.max(axis=1)
        found = {}
        start = 0
        for label, place, of in zip(known, places, rows, strict=True):
            own, any_clause = near[start : start + len(of)], clause[start : start + len(of)]
            start += len(of)
            softly = float(np.log(np.exp(SHARP * own).sum() / len(of) ** 0.5)) / SHARP
            middle = float(self._middles[place] @ vectors[0])
            found[label] = Alike(float(own.max()), softly, middle, float(any_clause.max()))
        return found


def _middle(vectors: Vectors) -> NDArray[np.float32]:
    """The middle of some vectors, at length 1."""
    middle = vectors.rows(np.arange(len(vectors.scale))).mean(axis=0)
    found: NDArray[np.float32] = middle / max(float(np.linalg.norm(middle)), 1e-9)
    return found
