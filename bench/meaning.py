"""Nearest by meaning: the graph of neighbours beside looking at every topic.

Vectors are those of the names of items (`*-zh/items.tsv`, `*-en/items.tsv`); where they are too
few, more are made by moving these at random by half their length or so.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.sets import items
from bench.slips import SEED
from bench.speed import resident
from bench.times import middle_and_worst, timed
from intents.encoder import WIDTH, installed, scaled
from intents.fold import fold
from intents.neighbours import Neighbours

SIZES = (10_000, 100_000)
QUESTIONS, FOUND = 200, 12
MOVED = 0.6
"""How far a vector is moved, of its length."""


def measure(folder: Path) -> None:
    """Print build, memory, milliseconds by the clock and the share of the nearest found."""
    encoder = installed()
    names = {fold(name) for name, _ in items(folder, "zh") + items(folder, "en")}
    if encoder is None or not names:
        print(f"no encoder, or no *-zh/items.tsv or *-en/items.tsv in {folder}")
        return
    chance = np.random.default_rng(SEED)
    own = encoder.encode(sorted(names))
    print(
        f"Meaning: the {FOUND} nearest of {QUESTIONS} moved vectors, seed {SEED}\n"
        f"{'vectors':>9}{'build s':>9}{'MB more':>9}{'found %':>9}{'ms p50':>9}{'p99':>9}"
        f"{'every one, ms p50':>19}{'p99':>9}",
        flush=True,
    )
    for size in SIZES:
        more = own[chance.integers(0, len(own), max(size - len(own), 0))]
        vectors = np.concatenate((own, _moved(more, chance)))[:size]
        asked = _moved(vectors[chance.integers(0, size, QUESTIONS)], chance)
        before = resident()
        graph, build = timed(Neighbours, vectors)
        memory = resident() - before
        found = [timed(graph.near, each[None]) for each in asked]
        every = [timed(_nearest, vectors, each) for each in asked]
        shared = sum(
            len({*wanted} & {*near}) for (wanted, _), (near, _) in zip(every, found, strict=True)
        )
        middle, worst = middle_and_worst([1000 * spent for _, spent in found])
        middle_of_every, worst_of_every = middle_and_worst([1000 * spent for _, spent in every])
        print(
            f"{size:9}{build:9.1f}{memory:9.0f}{100 * shared / (FOUND * QUESTIONS):9.1f}"
            f"{middle:9.2f}{worst:9.2f}{middle_of_every:19.2f}{worst_of_every:9.2f}",
            flush=True,
        )


def _moved(vectors: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    by = chance.normal(scale=MOVED / WIDTH**0.5, size=vectors.shape)
    return scaled((vectors + by).astype(np.float32))


def _nearest(vectors: NDArray[np.float32], asked: NDArray[np.float32]) -> list[int]:
    found: list[int] = np.argpartition(-(vectors @ asked), FOUND)[:FOUND].tolist()
    return found
