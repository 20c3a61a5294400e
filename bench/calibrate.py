"""Fit the weights of confidence: `python -m bench.calibrate GUIDES QUESTIONS.tsv [GUIDES TSV …]`.

Questions are lines of `question<TAB>expected`. Each hall is judged with the weights that the
other halls gave; the last line fits all of them. Needs scikit-learn (`pip install -e .[bench]`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from desk.evaluation import ENDINGS, read_lines
from desk.ranking import rankings
from desk.topics import Topics
from facts.guides import read_guides
from intents.confidence import figures
from intents.lexicon import lexicons
from intents.understanding import Understanding

OUTSIDE = 2.0
"""How much a matter that the hall does not have counts beside one that it has."""

Row = tuple[tuple[float, ...], bool, float]


def main(arguments: list[str]) -> None:
    """Print right and wrong answers by threshold, then the weights."""
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    halls = [list(_rows(Path(guides), Path(questions))) for guides, questions in pairs]
    for place, (guides, _) in enumerate(pairs):
        others = [row for number, rows in enumerate(halls) if number != place for row in rows]
        if others:
            _print_hall(guides, halls[place], _fitted(others))
    whole = _fitted([row for rows in halls for row in rows])
    print("bias", whole.intercept_.round(2), "weights", whole.coef_.round(2))


def _rows(guides: Path, questions: Path) -> Iterator[Row]:
    """The figures of each question, whether the best topic is right, and what it counts."""
    topics = Topics(read_guides(guides).halls)
    understanding = Understanding(topics.phrases(), lexicons())
    for case in read_lines(questions):
        meaning = understanding.understand(case.say[0])
        found = rankings(meaning, topics, None)[0].candidates
        if found:
            wanted = {each.partition("#")[0] for each in case.expect[0].split("|")}
            told = figures([each.score for each in found], meaning.content)
            outside = bool(wanted & set(ENDINGS))
            yield told, found[0].topic.id in wanted, OUTSIDE if outside else 1.0


def _fitted(rows: list[Row]) -> LogisticRegression:
    told, right, counts = (list(column) for column in zip(*rows, strict=True))
    return LogisticRegression(C=10, max_iter=1000).fit(told, right, sample_weight=counts)


def _print_hall(name: str, rows: list[Row], fitted: LogisticRegression) -> None:
    sure = fitted.predict_proba([row[0] for row in rows])[:, 1]
    right = np.array([row[1] for row in rows])
    for least in (0.3, 0.6, 0.7, 0.8):
        told = sure >= least
        shares = 100 * (told & right).mean(), 100 * (told & ~right).mean()
        print(f"{name}  from {least}: right {shares[0]:.1f} %, wrong {shares[1]:.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
