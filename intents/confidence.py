"""Confidence: how likely each topic is the one that is meant, and how likely none of them is.

A choice among the topics that come near and "none of these", each judged by a sum of weighted
figures (the conditional logit of McFadden 1974). The weights stand in `weights.json`; they were
fitted on development halls and questions that are no part of any test (`bench/calibrate.py`).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from math import exp, log, log1p
from pathlib import Path
from typing import NamedTuple

from intents.scorer import Score
from intents.stages import compared

Weights = Mapping[str, float]

TALK = "talk/"
"""Before the intent in the label of small talk."""

NAMED, ASKED, WHOLLY, ALONE = 6.0, 3.0, 0.97, 0.75
"""What speaks for a topic of whose name so much stands in the text, or in a clause that asks, with
so little beside it. This was not fitted: hardly anybody wrote bare names among the questions."""


ALIGNED, UNLIKE = 6.0, 0.8
"""What speaks for a topic whose name the text is letter by letter; less the less like it is."""


LED = ("score", "evidence", "weight", "held", "covered")
LED_BY_MEANING = (*LED, "nearest", "softly", "middle", "clause")
"""Figures of which it also counts how far a topic is ahead of every other."""
AHEAD = {name: f"{name}, ahead" for name in LED_BY_MEANING}


class Told(NamedTuple):
    """What is judged of a text itself: tokens that tell of a topic, the share of it that stands
    in any known phrase, its length in characters, whether it asks for several matters, its
    language (Chinese is compared by characters, all else by words), the stages it speaks of, and
    whether matters that the hall does not have are among the topics."""

    content: int
    familiar: float
    length: int
    whole: bool = False
    language: str = "zh"
    stages: frozenset[str] = frozenset()
    rivals: bool = True


def figures(score: Score, told: Told, *, meaning: bool) -> dict[str, float]:
    """What a topic is judged by alone; with `meaning`, also by how like its phrases the text is.

    A topic with many phrases comes nearer by chance: what is near counts beside their number.
    """
    many = log(score.phrases) / 5
    found = {
        "score": score.score,
        "evidence": score.evidence,
        "nearest clause": max(score.clause - score.score, 0.0),
        "weight": log1p(score.weight),
        "held": score.held,
        "explained": score.explained,
        "covered": score.covered,
        "phrases": many,
        "score, many phrases": score.score * many,
        "held, many phrases": score.held * many,
        "covered, many phrases": score.covered * many,
        "evidence, many phrases": score.evidence * many,
        "talk": float(score.label.startswith(TALK)),
        "not here": float(not score.here),
        "not here, kin": 0.0 if score.here else score.kin,
        "not here, kin squared": 0.0 if score.here else score.kin**2,
        "whole": float(score.whole),
        "whole asked for": float(score.whole and told.whole),
        **compared(told.stages, score.stages),
    }
    if meaning:
        nearest = max(score.alike.nearest, 0.0)
        found |= {
            "nearest": score.alike.nearest,
            "softly": score.alike.softly,
            "middle": score.alike.middle,
            "nearest squared": nearest**2,
            "score squared": score.score**2,
            "nearest and score": nearest * score.score,
            "nearest, many phrases": nearest * many,
            "clause": score.alike.clause,
        }
    return found


def _lead(
    labels: Sequence[str], found: Sequence[dict[str, float]], *, meaning: bool, rivals: bool
) -> None:
    """Add to the figures of topics how far each is ahead of every other topic.

    The same topic of another hall is no other. Without `rivals` nobody knows of matters that the
    hall does not have; one is thought of that comes as near as the best.
    """
    same = [label.rpartition(":")[2] for label in labels]
    for name in LED_BY_MEANING if meaning else LED:
        best: dict[str, float] = {}
        for topic, each in zip(same, found, strict=True):
            best[topic] = max(each[name], best.get(topic, each[name]))
        first, second, *_ = (*sorted(best.values(), reverse=True), 0.0, 0.0)
        second, ahead = second if rivals else first, AHEAD[name]
        for topic, each in zip(same, found, strict=True):
            of = best[topic]
            each[ahead] = of - (second if of == first else first)


def figures_of_none(told: Told) -> dict[str, float]:
    """What "none of these" is judged by."""
    return {
        "none": 1.0,
        "none: content": log1p(told.content),
        "none: familiar": told.familiar,
        "none: length": log1p(told.length) / 3,
    }


def judged(scores: Sequence[Score], told: Told, *, meaning: bool) -> tuple[list[Score], float]:
    """The topics with what speaks for each, likeliest first, and what speaks for none of them."""
    weights = topics_weights(told.language, meaning=meaning)
    every = [figures(score, told, meaning=meaning) for score in scores]
    _lead([score.label for score in scores], every, meaning=meaning, rivals=told.rivals)
    found = [
        score._replace(figures=each, logit=logit(each, weights) + _named(score))
        for score, each in zip(scores, every, strict=True)
    ]
    found.sort(key=lambda each: -each.logit)
    return found, logit(figures_of_none(told), weights)


def shares(score: Score, told: Told, *, meaning: bool) -> dict[str, float]:
    """What each channel says for a topic: words, meaning, stage, kind and whole name, as logits."""
    weights = _weights()[topics_weights(told.language, meaning=meaning)]
    found = dict.fromkeys(("by_words", "by_meaning", "by_stage", "by_kind", "by_name"), 0.0)
    for name, figure in score.figures.items():
        found[_channel(name)] += weights.get(name, 0.0) * figure
    found["by_name"] = _named(score)
    return found


def _channel(figure: str) -> str:
    if figure.startswith("stage"):
        return "by_stage"
    if figure in ("talk", "phrases", "whole", "whole asked for") or figure.startswith("not here"):
        return "by_kind"
    by_meaning = figure.startswith(("nearest", "softly", "middle", "clause"))
    return "by_meaning" if by_meaning and figure != "nearest clause" else "by_words"


def is_named(score: Score) -> bool:
    """Whether a text is the whole name of a topic, with little beside it."""
    return score.held >= WHOLLY and score.explained >= ALONE


def _named(score: Score) -> float:
    """What speaks for a topic that the text, or a clause of it that asks, names."""
    aligned = ALIGNED * max(score.aligned - UNLIKE, 0.0) / (1 - UNLIKE)
    if is_named(score):
        return NAMED + aligned
    return aligned + (ASKED if score.asked else 0.0)


def topics_weights(language: str, *, meaning: bool) -> str:
    """The name of the weights by which topics are judged of a text in this language."""
    return f"topics{' by meaning' if meaning else ''}, {_compared(language)}"


def parts_weights(language: str, *, meaning: bool) -> str:
    """The name of the weights by which a topic's parts are judged."""
    return f"parts{' by meaning' if meaning else ''}, {_compared(language)}"


def _compared(language: str) -> str:
    return "Chinese" if language == "zh" else "words"


def probabilities(logits: Sequence[float], none: float) -> list[float]:
    """The probability (0 to 1) of each; what is missing to 1 is that of none."""
    most = max([none, *logits])
    each = [exp(logit - most) for logit in logits]
    whole = sum(each) + exp(none - most)
    return [one / whole for one in each]


def logit(found: Mapping[str, float], name: str) -> float:
    """The weighted sum of figures, by the weights of this name."""
    weights = _weights()[name]
    return sum([weights.get(each, 0.0) * figure for each, figure in found.items() if figure])


@functools.cache
def _weights() -> Mapping[str, Weights]:
    told: Mapping[str, Weights] = json.loads(
        (Path(__file__).parent / "weights.json").read_text("utf-8")
    )
    return told
