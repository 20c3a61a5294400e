"""Confidence: how likely the best topic is the right one.

A logistic curve over five figures of the ranking. The weights were fitted on development halls
and questions that are no part of any test; `bench/calibrate.py` fits them anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

from intents.scorer import Score

BIAS = -5.4
WEIGHTS = (9.5, 0.36, 0.71, -4.9, 1.9)


def figures(ranked: Sequence[Score], content: int) -> tuple[float, float, float, float, float]:
    """What confidence is judged by, of topics ranked likeliest first.

    The best topic's nearness; the logarithms of the tokens that tell and of the evidence for it;
    what its nearest phrase explains (less is better at the same nearness: it is then not one
    lucky phrase); and by what share its evidence leads the others'.
    """
    best = ranked[0]
    others = max((each.weight for each in ranked[1:]), default=0.0)
    lead = 1 - others / best.weight if best.weight else 0.0
    return best.score, log(1 + content), log(1 + best.weight), best.explained, lead


def confidence(ranked: Sequence[Score], content: int) -> float:
    """The probability (0 to 1) that the best topic is meant; 0 where there is none."""
    if not ranked:
        return 0.0
    told = zip(WEIGHTS, figures(ranked, content), strict=True)
    odds = BIAS + sum(weight * figure for weight, figure in told)
    return 1 / (1 + exp(-odds))
