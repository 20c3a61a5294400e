"""Adapt the encoder to public services: `python -m bench.adapt`.

The catalogue says which phrases speak of one matter. A linear map of the encoder's vectors is
fitted under which these lie nearer each other than phrases of other matters (neighbourhood
components analysis, Goldberger et al. 2004, on random batches), half of them with courtesy, the
words of a question and a slip around them. It is written to `intents/matters.npz`; afterwards
the vectors that come with the catalogue must be made anew (`python -m bench.vectors`) and the
weights fitted (`python -m bench.calibrate`). Nothing but the catalogue and the phrase lists is
read. About two minutes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from bench.slips import Slips
from facts.catalogue import SHIPPED, read_catalogue
from intents import lexicon
from intents.encoder import ADAPTED, WIDTH, SentenceEncoder, scaled
from intents.fold import fold, has_han

SEED = 0
STEPS, MATTERS, PHRASES = 900, 160, 8
"""Batches, and the matters and phrases of each that are in one."""
VARIED = 0.5
"""The share of a batch's phrases that are held against the others as they are asked."""
SHARP = 20.0
"""How much more a nearer phrase counts."""
RATE, NEAR_START = 1e-3, 1e-3
"""The step, and how strongly the map is held to what it was at first."""
MISTYPED, BEFORE, AFTER, FIRST = 0.25, 0.5, 0.75, 0.9
Numbers = NDArray[np.float32]


def main() -> None:
    """Fit the map and write it."""
    catalogues = [read_catalogue(each) for each in sorted(SHIPPED.iterdir()) if each.is_dir()]
    phrases: list[str] = []
    owners: list[list[NDArray[np.int64]]] = []
    for catalogue in catalogues:
        of_matters = []
        for matter in catalogue.matters.values():
            own = [*matter.name.words.values(), *matter.names, *matter.also, *matter.ask]
            of_matters.append(np.arange(len(phrases), len(phrases) + len(own)))
            phrases += own
        owners.append(of_matters)
    asked = list(_as_asked(phrases))
    encoder = SentenceEncoder(adapted=False)
    vectors = encoder.encode([fold(each) for each in phrases])
    varied = encoder.encode([fold(each) for each in asked])
    fitted = _fitted(vectors, varied, owners)
    np.savez_compressed(ADAPTED, map=fitted.astype(np.float16))
    print(f"{len(phrases)} phrases, map of {fitted.shape} written to {ADAPTED}")


def _as_asked(phrases: Sequence[str]) -> Iterator[str]:
    """Each phrase with courtesy, the words of a question, or a slip around it."""
    chance = random.Random(SEED)  # noqa: S311 - the same map from the same catalogue
    slips = Slips(phrases, SEED)
    lists = {}
    for language in ("zh", "en"):
        file = lexicon.file_of(language)
        told = yaml.safe_load(file.read_text("utf-8"))
        intents = [each for of in told["intents"].values() for each in of]
        lists[language] = (told["padding"], [each for each in intents if not lexicon.has_gap(each)])
    for phrase in phrases:
        language = "zh" if has_han(phrase) else "en"
        courtesies, intents = lists[language]
        gap = "" if language == "zh" else " "
        text = slips.any_slip(phrase) if chance.random() < MISTYPED else phrase
        question, where = chance.choice(intents), chance.random()
        if where < AFTER:
            text = f"{text}{gap}{question}"
        elif where < FIRST:
            text = f"{question}{gap}{text}"
        else:
            text = f"{text}, {question}"
        yield f"{chance.choice(courtesies)}{gap}{text}" if chance.random() < BEFORE else text


def _fitted(
    vectors: Numbers, varied: Numbers, owners: Sequence[Sequence[NDArray[np.int64]]]
) -> Numbers:
    """The map (columns of the encoder to `WIDTH`) under which phrases of a matter lie near."""
    chance = np.random.default_rng(SEED)
    some = vectors[chance.choice(len(vectors), min(8000, len(vectors)), replace=False)]
    start: Numbers = np.linalg.svd(some, full_matrices=False)[2][:WIDTH].T.astype(np.float32)
    weights = start.copy()
    mean, square = np.zeros_like(start), np.zeros_like(start)
    shares = np.array([len(each) for each in owners]) / sum(map(len, owners))
    for step in range(1, STEPS + 1):
        pool = owners[chance.choice(len(owners), p=shares)]
        picked = chance.choice(len(pool), min(MATTERS, len(pool)), replace=False)
        some_of = [_some(chance, pool[each]) for each in picked]
        rows = np.concatenate(some_of)
        owner = np.repeat(np.arange(len(some_of)), [len(each) for each in some_of])
        asked = np.where(chance.random(len(rows))[:, None] < VARIED, varied[rows], vectors[rows])
        slope = _slope(weights, asked, vectors[rows], owner)
        slope += 2 * NEAR_START * (weights - start)
        # Adam (Kingma and Ba 2015), its step falling to nothing like a cosine.
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        rate = RATE * (1 + np.cos(np.pi * step / STEPS)) / 2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def _some(chance: np.random.Generator, phrases: NDArray[np.int64]) -> NDArray[np.int64]:
    count = min(PHRASES, len(phrases))
    picked: NDArray[np.int64] = chance.choice(phrases, count, replace=False)
    return picked


def _slope(weights: Numbers, asked: Numbers, told: Numbers, owner: NDArray[Any]) -> Numbers:
    """The slope of the mean logarithm of the chance that a neighbour is of the same matter."""
    (left, left_length), (right, right_length) = (_mapped(each, weights) for each in (asked, told))
    near = SHARP * (left @ right.T)
    np.fill_diagonal(near, -np.inf)
    same = owner[:, None] == owner[None, :]
    np.fill_diagonal(same, val=False)
    every = np.exp(near - near.max(axis=1, keepdims=True))
    own = np.where(same, every, 0.0)
    every /= every.sum(axis=1, keepdims=True)
    own /= np.maximum(own.sum(axis=1, keepdims=True), 1e-12)
    pull = (every - own) * (SHARP / len(owner))
    of_left = _through_length(pull @ right, left, left_length)
    of_right = _through_length(pull.T @ left, right, right_length)
    slope: Numbers = asked.T @ of_left + told.T @ of_right
    return slope


def _mapped(vectors: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    made: Numbers = vectors @ weights
    return scaled(made), np.linalg.norm(made, axis=1, keepdims=True)


def _through_length(slope: Numbers, vectors: Numbers, length: Numbers) -> Numbers:
    """The slope before vectors were brought to length 1."""
    found: Numbers = (slope - vectors * (slope * vectors).sum(axis=1, keepdims=True)) / length
    return found


if __name__ == "__main__":
    main()
