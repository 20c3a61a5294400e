"""Fit the weights of confidence: `python -m bench.calibrate GUIDES QUESTIONS.tsv [GUIDES TSV …]`.

Questions are lines of `question<TAB>expected`. Each hall is judged with the weights that the
other halls gave; then `intents/weights.json` is written with those that all of them give. Needs
scikit-learn and scipy (`pip install -e .[bench]`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from desk.evaluation import read_lines
from desk.matters import Matters
from desk.ranking import PLACES
from desk.topics import Topics
from facts.catalogue import folders_for, vectors_in
from facts.guides import read_guides
from intents import confidence
from intents.cache import Cache
from intents.encoder import VectorStore, installed
from intents.lexicon import lexicons
from intents.scorer import Score
from intents.understanding import Understanding

CACHE = Path.home() / ".cache" / "shouwen"
SMOOTH = 1e-5
"""How strongly great weights are held back."""
WEIGHTS = Path(confidence.__file__).parent / "weights.json"
BINS = 10
LEAST = (0.4, 0.5, 0.6, 0.7, 0.8)
Figures = Mapping[str, float]


class Row(NamedTuple):
    """One question: the figures of its candidates and of none, and which of them are right.

    The last place stands for none. `here` are the candidates that may be answered about.
    """

    candidates: Sequence[Figures]
    none: Figures
    right: list[int]
    here: list[bool]


def main(arguments: list[str]) -> None:
    """Print right and wrong answers by threshold, then write the weights."""
    pairs = [(Path(a), Path(b)) for a, b in zip(arguments[::2], arguments[1::2], strict=True)]
    halls = {guides: Hall(guides) for guides, _ in pairs}
    weights = json.loads(WEIGHTS.read_text("utf-8"))
    makers: dict[str, Callable[[Hall, Path], Iterator[Row]]] = {
        confidence.topics_weights(language, meaning=meaning): partial(
            Hall.topics_of, language=language, meaning=meaning
        )
        for meaning in (False, True)
        for language in ("zh", "en")
    }
    makers |= {
        confidence.parts_weights(language, meaning=meaning): partial(
            Hall.parts_of, language=language, meaning=meaning
        )
        for meaning in (False, True)
        for language in ("zh", "en")
    }
    for name, rows in makers.items():
        print(name)
        found = [list(rows(halls[guides], file)) for guides, file in pairs]
        for place, (guides, file) in enumerate(pairs):
            others = [
                row for at, each in enumerate(found) for row in each if pairs[at][0] != guides
            ]
            if others and found[place]:
                report(file.stem, found[place], fitted(others))
        every = [row for each in found for row in each]
        weights[name] = {figure: round(w, 3) for figure, w in fitted(every).items()}
        report("all, fitted on all", every, weights[name])
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


class Hall:
    """A hall whose questions are judged, with meaning and without."""

    def __init__(self, guides: Path) -> None:
        halls = read_guides(guides).halls
        self._topics = Topics(halls)
        cache, encoder = Cache(CACHE), installed()
        store = VectorStore(encoder, CACHE, vectors_in(folders_for(halls))) if encoder else None
        matters = Matters(self._topics, folders_for(halls), cache, store)
        self._by_meaning = {
            meaning: Understanding(
                self._topics.phrases(),
                lexicons(),
                matters,
                self._topics.parts(),
                self._topics.journeys(),
                cache,
                store if meaning else None,
                sure=2.0,
            )
            for meaning in (False, True)
        }

    def topics_of(self, questions: Path, *, language: str, meaning: bool) -> Iterator[Row]:
        """Which topic each question in this language is about."""
        for text, wanted in _questions(questions):
            told = self._by_meaning[meaning].understand(text)
            if told.language != language:
                continue
            kept = [each for each in told.topics if not self._is_place(each.label)]
            if meaning and told.rest:  # the questions of one text are told apart by words alone
                continue
            outside = bool(wanted & {"register", "choose", "talk"})
            labels = {each.partition("#")[0] for each in wanted}
            right = [
                at
                for at, each in enumerate(kept)
                if (_outside(each, wanted) if outside else each.label in labels)
            ]
            yield Row(
                [each.figures for each in kept],
                confidence.figures_of_none(told.told),
                [*right, len(kept)] if not right or wanted & {"register", "choose"} else right,
                [each.here for each in kept],
            )

    def parts_of(self, questions: Path, *, language: str, meaning: bool) -> Iterator[Row]:
        """Which case each question in this language is in, of those of the topic it is about."""
        for asked, wanted in _questions(questions):
            text = self._by_meaning[False].understand(asked).folded
            if self._by_meaning[False].asked_of(text).language != language:
                continue
            topic = self._topics.find(next(iter(wanted)).partition("#")[0])
            labels = [each.label for each in self._topics.cases(topic)] if topic else []
            if len(wanted) > 1 or not labels:
                continue
            told = self._by_meaning[meaning].figures_of_parts(text, labels, meaning=meaning)
            right = [at for at, label in enumerate(labels) if label in wanted]
            yield Row(told.parts, told.none, right or [len(labels)], [True] * len(labels))

    def _is_place(self, label: str) -> bool:
        topic = self._topics.find(label)
        return topic is not None and topic.kind in PLACES


def _questions(file: Path) -> Iterator[tuple[str, set[str]]]:
    for case in read_lines(file):
        wanted = set(case.expect[0].split("|"))
        yield case.say[0], wanted


def _outside(score: Score, wanted: set[str]) -> bool:
    """Whether a topic that the hall does not have is right where none of its topics is."""
    return not score.here and score.label.startswith(confidence.TALK) == ("talk" in wanted)


def fitted(found: Sequence[Row]) -> dict[str, float]:
    """The weights under which the right choices are likeliest."""
    first = next(row for row in found if row.candidates)
    names, of_none = list(first.candidates[0]), list(first.none)
    cut = len(names)
    told = [
        (
            np.array([[each[name] for name in names] for each in row.candidates]).reshape(-1, cut),
            np.array([row.none[name] for name in of_none]),
            row.right,
        )
        for row in found
    ]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        whole, slope = 0.0, np.zeros(len(weights))
        for candidates, none, right in told:
            logits = np.append(candidates @ weights[:cut], none @ weights[cut:])
            each = np.exp(logits - logits.max())
            sure = each / each.sum()
            likely = sure[right].sum()
            whole -= np.log(likely + 1e-12)
            sure[right] -= sure[right] / (likely + 1e-12)
            slope[:cut] += candidates.T @ sure[:-1]
            slope[cut:] += none * sure[-1]
        count = len(told)
        return (
            float(whole / count + SMOOTH * weights @ weights),
            slope / count + 2 * SMOOTH * weights,
        )

    start = np.zeros(cut + len(of_none))
    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return dict(zip([*names, *of_none], best.tolist(), strict=True))


def _probabilities(row: Row, weights: Figures) -> list[float]:
    logits = [sum(weights[name] * figure for name, figure in x.items()) for x in row.candidates]
    none = sum(weights[name] * figure for name, figure in row.none.items())
    return confidence.probabilities(logits, none)


def report(name: str, found: Sequence[Row], weights: Figures) -> None:
    """Print the best topic's share of right, the calibration error, and answers by threshold."""
    told = []
    for row in found:
        each = zip(_probabilities(row, weights), row.here, strict=True)
        sure = [one if here else 0.0 for one, here in each]
        best = int(np.argmax(sure)) if sure else -1
        none = len(row.candidates) in row.right
        told.append((max(sure, default=0.0), best in row.right and not none, none, 1 - sum(sure)))
    columns = [np.array(column) for column in zip(*told, strict=True)]
    likely, right, outside, strange = columns
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    error = sum(
        abs(likely[bins == at].mean() - right[bins == at].mean()) * (bins == at).mean()
        for at in np.unique(bins)
    )
    shares = []
    for least in LEAST:
        told_of = likely >= least
        shares.append(f"{100 * (told_of & right).mean():.1f}/{100 * (told_of & ~right).mean():.1f}")
    refused = (strange[outside] >= 0.5).mean() if outside.any() else 0.0
    print(
        f"{name:20} {len(found):5} best right {100 * right[~outside].mean():5.1f} %  none of them "
        f"{100 * refused:5.1f} %  calibration error {error:.3f}  right/wrong from "
        f"{', '.join(map(str, LEAST))}: {'  '.join(shares)}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
