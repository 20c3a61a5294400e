"""Neighbours: which of very many vectors lie nearest to one, found without looking at them all.

A hierarchical navigable small world graph (Malkov & Yashunin 2016, https://arxiv.org/abs/1603.09320)
as built by `voyager`. Not all of the nearest are found: see `python -m bench --only meaning`.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

LINKS, BUILT, SOUGHT = 12, 100, 100
"""Links of each vector, and vectors that are looked at for them and for each question: more find
hardly more and take longer."""


class Neighbours:
    """Vectors of length 1 by their places. Building takes 0.1 to 0.4 ms a vector."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        from voyager import Index, Space  # noqa: PLC0415 - few halls have so many topics

        self._graph: Any = Index(
            Space.InnerProduct,
            num_dimensions=vectors.shape[1],
            M=LINKS,
            ef_construction=BUILT,
            max_elements=len(vectors),
        )
        self._graph.add_items(vectors, num_threads=1)

    def array(self) -> NDArray[np.uint8]:
        """All of it, for keeping."""
        return np.frombuffer(self._graph.as_bytes(), np.uint8)

    @classmethod
    def restored(cls, array: NDArray[np.uint8]) -> Neighbours:
        """What `array` gave. Raises ValueError for what it cannot have given."""
        from voyager import Index  # noqa: PLC0415 - few halls have so many topics

        kept = cls.__new__(cls)
        try:
            kept._graph = Index.load(io.BytesIO(array.tobytes()))
        except RuntimeError as error:
            raise ValueError(str(error)) from error
        return kept

    def near(self, vectors: NDArray[np.float32]) -> list[int]:
        """The places nearest to any of these vectors, `SOUGHT` of each at the most."""
        count = min(SOUGHT, len(self._graph))
        places, _ = self._graph.query(vectors, k=count, num_threads=1, query_ef=SOUGHT)
        return [int(each) for each in np.unique(places)]
