"""Fit the weights of confidence: `python -m bench.calibrate GUIDES QUESTIONS.tsv [GUIDES TSV …]`.

Questions are lines of `question<TAB>expected`. Each hall is judged with the weights that the
other halls gave; then `intents/weights.json` is written with those that all of them give. Needs
scikit-learn and scipy (`pip install -e .[bench]`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from desk.evaluation import ENDINGS, read_lines
from desk.matters import link
from desk.ranking import PLACES
from desk.topics import Topics
from facts.catalogue import catalogue_of
from facts.guides import read_guides
from intents import confidence
from intents.cache import IndexCache
from intents.encoder import VectorStore, installed
from intents.lexicon import lexicons
from intents.understanding import Understanding

CACHE = Path.home() / ".cache" / "shouwen"
SMOOTH = 1e-3
"""How strongly great weights are held back."""
WEIGHTS = Path(confidence.__file__).parent / "weights.json"
BINS = 10


class Row(NamedTuple):
    """One question: the figures of its candidates and of none, and which of them are right."""

    candidates: NDArray[np.float64]
    none: NDArray[np.float64]
    right: list[int]
    here: NDArray[np.bool_]
    outside: bool


def main(arguments: list[str]) -> None:
    """Print right and wrong answers by threshold, then write the weights."""
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    weights = {}
    for name, meaning in (("without meaning", False), ("with meaning", True)):
        print(name)
        halls = [rows(Path(guides), Path(file), meaning=meaning) for guides, file in pairs]
        for place, (guides, file) in enumerate(pairs):
            others = [
                row
                for number, found in enumerate(halls)
                if pairs[number][0] != guides
                for row in found
            ]
            if others:
                report(Path(file).stem, halls[place], fitted(others))
        names = [*_names(meaning=meaning)]
        whole = fitted([row for found in halls for row in found])
        report("all, fitted on all", [row for found in halls for row in found], whole)
        weights[name] = dict(zip(names, whole.round(3).tolist(), strict=True))
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


def rows(guides: Path, questions: Path, *, meaning: bool) -> list[Row]:
    """The figures of each question of a hall."""
    halls = read_guides(guides).halls
    topics = Topics(halls)
    matters = link(topics, catalogue_of(halls))
    encoder = installed()
    understanding = Understanding(
        (*topics.phrases(), *matters.phrases()),
        lexicons(),
        IndexCache(CACHE),
        VectorStore(encoder, CACHE) if meaning and encoder else None,
        sure=2.0,
    )
    found = []
    for case in read_lines(questions):
        told = understanding.understand(case.say[0])
        wanted = {each.partition("#")[0] for each in case.expect[0].split("|")}
        outside = bool(wanted & {"register", "choose"})
        if wanted & set(ENDINGS) and not outside:
            continue
        kept = [
            each
            for each in told.topics
            if (topic := topics.find(each.label)) is None or topic.kind not in PLACES
        ]
        here = np.array([each.here for each in kept], bool)
        right = [at for at, each in enumerate(kept) if each.label in wanted]
        if outside:
            right = [*np.flatnonzero(~here).tolist(), len(kept)]
        figures = [[*confidence.figures(each, meaning=meaning).values()] for each in kept]
        width = len(_names(meaning=meaning)) - 4
        none = confidence.figures_of_none(
            confidence.Told(told.content, told.familiar, len(told.folded))
        )
        found.append(
            Row(
                np.array(figures).reshape(-1, width),
                np.array([*none.values()]),
                right or [len(kept)],
                here,
                outside,
            )
        )
    return found


def _names(*, meaning: bool) -> list[str]:
    from intents.scorer import Score  # noqa: PLC0415

    score = Score("", 0, 0, 0, 0, 0, 0, 0)
    return [
        *confidence.figures(score, meaning=meaning),
        *confidence.figures_of_none(confidence.Told(0, 0, 0)),
    ]


def fitted(found: Sequence[Row]) -> NDArray[np.float64]:
    """The weights under which the right choices are likeliest."""
    width = found[0].candidates.shape[1] + len(found[0].none)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        whole, slope = 0.0, np.zeros(width)
        for row in found:
            sure = probabilities(row, weights)
            right = sure[row.right].sum()
            whole -= np.log(right + 1e-12)
            sure[row.right] -= sure[row.right] / (right + 1e-12)
            slope[: -len(row.none)] += row.candidates.T @ sure[:-1]
            slope[-len(row.none) :] += row.none * sure[-1]
        count = len(found)
        return (
            float(whole / count + SMOOTH * weights @ weights),
            slope / count + 2 * SMOOTH * weights,
        )

    best: NDArray[np.float64] = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B").x
    return best


def probabilities(row: Row, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each candidate, and last that of none."""
    cut = len(weights) - len(row.none)
    logits = np.append(row.candidates @ weights[:cut], row.none @ weights[cut:])
    each: NDArray[np.float64] = np.exp(logits - logits.max())
    return each / each.sum()


def report(name: str, found: Sequence[Row], weights: NDArray[np.float64]) -> None:
    """Print the best topic's share of right, the calibration error, and answers by threshold."""
    told = []
    for row in found:
        sure = probabilities(row, weights)[:-1]
        own = np.flatnonzero(row.here)
        best = own[sure[own].argmax()] if len(own) else -1
        likely = float(sure[best]) if len(own) else 0.0
        strange = 1 - float(sure[own].sum())
        told.append((likely, not row.outside and best in row.right, row.outside, strange))
    likely, right, outside, strange = (np.array(each) for each in zip(*told, strict=True))
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    error = sum(
        abs(likely[bins == at].mean() - right[bins == at].mean()) * (bins == at).mean()
        for at in np.unique(bins)
    )
    shares = "  ".join(
        f"{100 * ((likely >= least) & right).mean():.1f}/{100 * ((likely >= least) & ~right).mean():.1f}"
        for least in (0.4, 0.5, 0.6, 0.7, 0.8)
    )
    refused = (strange[outside] >= 0.5).mean() if outside.any() else 0.0
    print(
        f"{name:20} {len(found):5} best right {100 * right[~outside].mean():5.1f} %  refused "
        f"{100 * refused:5.1f} %  calibration error {error:.3f}  right/wrong from 0.4 0.5 0.6 0.7 "
        f"0.8: {shares}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
