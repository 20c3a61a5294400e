"""Questions out of scope: known when to refuse, on a set that has such questions (CLINC150).

A set is a folder with `train.tsv`, `valid.tsv`, `test.tsv`, `oos_valid.tsv` and `oos_test.tsv`,
lines of `question<TAB>label`. Whatever is less sure than a threshold is refused. Two thresholds
are measured, both chosen on the valid files: "mean" has the highest mean of in-scope accuracy and
out-of-scope recall, "in scope" the highest recall with an in-scope accuracy of `KEPT`. The test
files choose nothing. No question out of scope is seen before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench import peers
from bench.matching import ours
from bench.sets import Pairs, pairs
from bench.times import timed
from intents.confidence import probabilities
from intents.understanding import Understanding

KEPT = 0.94
"""In-scope accuracy kept on the valid files by the second threshold."""
Guess = tuple[str, float]
Guesser = Callable[[str], Guess]


def measure(folder: Path) -> None:
    """Print in-scope accuracy and out-of-scope recall for every such set in the folder."""
    sets = sorted(file.parent for file in folder.glob("*/oos_test.tsv"))
    if not sets:
        print(f"no set with oos_test.tsv in {folder}")
        return
    print(
        "Scope: phrases of train; thresholds chosen on valid and oos_valid; questions of test"
        "\nand oos_test; no chance, so no seed\n"
        f"{'set':12}{'method':26}{'chosen by':10}{'threshold':>10}{'in-scope accuracy %':>21}"
        f"{'out-of-scope recall %':>23}{'(valid: both %)':>17}{'build s':>9}"
    )
    for each in sets:
        train = pairs(each / "train.tsv")
        for name, make in _makers():
            guess, build = timed(make, train)
            valid, test = Sure.of(guess, each, "valid"), Sure.of(guess, each, "test")
            thresholds = {"mean": valid.best_threshold(), "in scope": valid.threshold_that_keeps()}
            for chosen, threshold in thresholds.items():
                if threshold is None:
                    print(f"{each.name:12}{name:26}{chosen:10} never {100 * KEPT:.0f} % on valid")
                    continue
                accuracy, recall = test.at(threshold)
                before = " / ".join(f"{100 * share:.1f}" for share in valid.at(threshold))
                print(
                    f"{each.name:12}{name:26}{chosen:10}{threshold:10.3f}{100 * accuracy:21.1f}"
                    f"{100 * recall:23.1f}{before:>17}{build:9.1f}",
                    flush=True,
                )


class Sure(NamedTuple):
    """How sure each guess was in scope, whether it was right, and how sure out of scope."""

    inside: NDArray[np.float64]
    right: NDArray[np.bool_]
    outside: NDArray[np.float64]

    @classmethod
    def of(cls, guess: Guesser, folder: Path, split: str) -> Sure:
        """The guesses on one split of a set."""
        asked = pairs(folder / f"{split}.tsv")
        found = [guess(text) for text, _ in asked]
        strange = [guess(text)[1] for text, _ in pairs(folder / f"oos_{split}.tsv")]
        right = [label == wanted for (label, _), (_, wanted) in zip(found, asked, strict=True)]
        return cls(np.array([sure for _, sure in found]), np.array(right), np.array(strange))

    def at(self, threshold: float) -> tuple[float, float]:
        """In-scope accuracy and out-of-scope recall where less than this is refused (shares)."""
        told = self.right & (self.inside >= threshold)
        return float(told.mean()), float((self.outside < threshold).mean())

    def best_threshold(self) -> float:
        """The least threshold with the highest mean of both."""
        every = np.unique(np.concatenate((self.inside, self.outside)))
        return max(map(float, every), key=lambda each: sum(self.at(each)))

    def threshold_that_keeps(self, accuracy: float = KEPT) -> float | None:
        """The greatest threshold with at least this in-scope accuracy, if there is any."""
        every = np.unique(np.concatenate((self.inside, self.outside)))
        return max((float(each) for each in every if self.at(each)[0] >= accuracy), default=None)


def _makers() -> Iterator[tuple[str, Callable[[Pairs], Guesser]]]:
    for name, make in ours():
        yield name, partial(_ours, make)
    if peers.has_scikit_learn():
        yield "n-grams, linear SVM", _support_vectors


def _ours(make: Callable[[Pairs], Understanding], train: Pairs) -> Guesser:
    """The likeliest label of the set and its probability; small talk is none of the set's."""
    engine = make(train)

    def guess(text: str) -> Guess:
        meaning = engine.understand(text)
        logits = [each.logit for each in meaning.topics]
        likely = zip(meaning.topics, probabilities(logits, meaning.none), strict=True)
        known = [(each.label, sure) for each, sure in likely if each.here]
        return max(known, key=lambda each: each[1], default=("", 0.0))

    return guess


def _support_vectors(train: Pairs) -> Guesser:
    machine = peers.support_vectors(train)

    def guess(text: str) -> Guess:
        best = machine.rank(text)[0]
        return best.label, best.score

    return guess
