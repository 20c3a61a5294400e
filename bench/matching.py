"""Matching: our scorer beside RapidFuzz's on public question sets, in one run.

A set is a folder with `train_10.tsv` (ten phrases a label) and `test.tsv`, lines of
`question<TAB>label`. Every method sees the same phrases; RapidFuzz takes the nearest phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from rapidfuzz import fuzz, process, utils

from bench.slips import Slips
from intents.lexicon import lexicons
from intents.scorer import Phrase, Score, Scorer
from intents.understanding import Understanding

Pairs = list[tuple[str, str]]


def measure(folder: Path) -> None:
    """Print accuracy and milliseconds for every set in the folder, clean and with typed errors."""
    sets = sorted(file.parent for file in folder.glob("*/train_10.tsv"))
    if not sets:
        print(f"no question sets in {folder}: expected <set>/train_10.tsv and <set>/test.tsv")
    print(
        f"\n{'set':14}{'method':26}{'accuracy %':>11}{'typed errors %':>16}{'ms p50':>9}{'p99':>9}"
    )
    for each in sets:
        _measure_set(each)


def _measure_set(folder: Path) -> None:
    train, test = _read(folder / "train_10.tsv"), _read(folder / "test.tsv")
    slips = Slips()
    typed = [(slips.letters(text), label) for text, label in test]
    for name, scorer in _scorers(train):
        right, times = _run(scorer, test)
        wrong_letters, _ = _run(scorer, typed)
        hundredths = quantiles(times, n=100)
        print(
            f"{folder.name:14}{name:26}{100 * right:11.1f}{100 * wrong_letters:16.1f}"
            f"{median(times):9.2f}{hundredths[98]:9.2f}",
            flush=True,
        )


def _scorers(train: Pairs) -> Iterator[tuple[str, Scorer]]:
    began = perf_counter()
    understanding = Understanding(
        [Phrase(label, text, name=False) for text, label in train], lexicons()
    )
    build = perf_counter() - began
    yield f"ours (built in {build:.2f} s)", understanding
    phrases = [utils.default_process(text) for text, _ in train]
    labels = [label for _, label in train]
    for scorer in (fuzz.ratio, fuzz.token_set_ratio, fuzz.WRatio):
        yield f"RapidFuzz {scorer.__name__}", Nearest(scorer, phrases, labels)


class Nearest:
    """The nearest phrase by one of RapidFuzz's scorers."""

    def __init__(
        self, scorer: Callable[..., float], phrases: Sequence[str], labels: Sequence[str]
    ) -> None:
        self._scorer = scorer
        self._phrases = phrases
        self._labels = labels

    def rank(self, text: str) -> list[Score]:
        """The label of the nearest phrase."""
        prepared = utils.default_process(text)
        found = process.extractOne(prepared, self._phrases, scorer=self._scorer)
        if not found:
            return []
        nearness = found[1] / 100
        label = self._labels[found[2]]
        return [Score(label, nearness, found[2], nearness, nearness, nearness, 0.0, 0.0)]


def _run(scorer: Scorer, test: Pairs) -> tuple[float, list[float]]:
    """The share answered right, and the CPU milliseconds of each question."""
    right, times = 0, []
    for text, label in test:
        began = process_time()
        ranked = scorer.rank(text)
        right += bool(ranked) and ranked[0].label == label
        times.append((process_time() - began) * 1000)
    return right / len(test), times


def _read(file: Path) -> Pairs:
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if "\t" in line)
    return [(row[0], row[1]) for row in rows]
