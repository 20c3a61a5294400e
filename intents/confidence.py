"""Confidence: how likely the best topic is the right one.

A logistic curve over four figures of the ranking. The weights were fitted on the development
halls of this project (no test questions); `bench/calibrate.py` fits them anew.
"""

from __future__ import annotations

from math import exp, log

from intents.scorer import Score

BIAS, NEAR, LEAD, CONTENT, WEIGHT = -7.6, 5.2, 2.5, 0.8, 0.95
"""Weights of: nearness, lead over the next topic, tokens that tell, and the evidence's sum."""


def figures(best: Score, second: Score | None, content: int) -> tuple[float, float, float, float]:
    """What confidence is judged by: nearness, relative lead, log of content, log of evidence."""
    lead = 1 - (second.score / best.score if second and best.score else 0.0)
    return best.score, lead, log(1 + content), log(1 + best.weight)


def confidence(best: Score, second: Score | None, content: int) -> float:
    """The probability (0 to 1) that the best topic is meant."""
    near, lead, told, weight = figures(best, second, content)
    odds = BIAS + NEAR * near + LEAD * lead + CONTENT * told + WEIGHT * weight
    return 1 / (1 + exp(-odds))
