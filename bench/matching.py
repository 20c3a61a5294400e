"""Matching few phrases a label, beside others in one run, on public question sets.

A set is a folder with `train_10.tsv` (the phrases) and `test.tsv` (the questions), lines of
`question<TAB>label`. Every method sees the same phrases, and nothing is chosen on the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

from bench import peers
from bench.peers import Maker
from bench.sets import Pairs, pairs
from bench.slips import SEED, Slips
from bench.times import middle_and_worst, timed
from intents.encoder import Encoder, SentenceEncoder, VectorStore, installed
from intents.lexicon import lexicons
from intents.scorer import Phrase, Scorer
from intents.understanding import Understanding


def measure(folder: Path) -> None:
    """Print accuracy and CPU milliseconds for every set in the folder, clean and with slips."""
    sets = sorted(file.parent for file in folder.glob("*/train_10.tsv"))
    if not sets:
        print(f"no question sets in {folder}: expected <set>/train_10.tsv and <set>/test.tsv")
        return
    print(
        f"Matching, ten phrases a label: phrases of train_10, questions of test, nothing chosen;"
        f"\ntyped errors: two a question, seed {SEED}; milliseconds of the processor\n"
        f"{'set':12}{'method':26}{'accuracy %':>11}{'typed errors %':>16}"
        f"{'ms p50':>9}{'p99':>9}{'build s':>9}"
    )
    makers = [*ours(), *peers.makers()]
    for each in sets:
        _measure_set(each, makers)


def ours() -> Iterator[tuple[str, Callable[[Pairs], Understanding]]]:
    """Our engine, with the encoder where it is installed and without.

    These labels are no public matters, so the encoder is also taken as it is, not adapted to them.
    """
    if encoder := installed():
        for name, each in (("ours", SentenceEncoder(adapted=False)), ("ours, adapted", encoder)):
            each.encode(["loaded before anything is timed"])
            yield name, partial(understanding, encoder=each)
    yield "ours, without encoder", understanding


def understanding(train: Pairs, encoder: Encoder | None = None) -> Understanding:
    """Our engine on these phrases, ready to answer. Vectors are made anew, so that time tells."""
    phrases = [Phrase(label, text, name=False) for text, label in train]
    store = VectorStore(encoder) if encoder else None
    made = Understanding(phrases, lexicons(), store=store)
    made.warm_up()
    return made


def _measure_set(folder: Path, makers: list[tuple[str, Maker]]) -> None:
    train, test = pairs(folder / "train_10.tsv"), pairs(folder / "test.tsv")
    slips = Slips()
    typed = [(slips.letters(text), label) for text, label in test]
    for name, make in makers:
        scorer, build = timed(make, train)
        right, times = _run(scorer, test)
        right_typed, _ = _run(scorer, typed)
        middle, worst = middle_and_worst(times)
        print(
            f"{folder.name:12}{name:26}{100 * right:11.1f}{100 * right_typed:16.1f}"
            f"{middle:9.2f}{worst:9.2f}{build:9.2f}",
            flush=True,
        )


def _run(scorer: Scorer, test: Pairs) -> tuple[float, list[float]]:
    """The share answered right, and the CPU milliseconds of each question."""
    right, times = 0, []
    for text, label in test:
        began = process_time()
        ranked = scorer.rank(text)
        times.append((process_time() - began) * 1000)
        right += bool(ranked) and ranked[0].label == label
    return right / len(test), times
