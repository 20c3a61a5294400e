"""The scorer: which of the known phrases, and so which topic, a text comes nearest to.

Every topic is a label with phrases. A phrase is scored by how much of it the text holds and how
much of the text it explains, each feature weighted by how few topics share it (inverse document
frequency, Spärck Jones 1972). `Scorer` is the interface under which others are measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt
from operator import itemgetter
from typing import NamedTuple, Protocol

from intents.features import Features


class Phrase(NamedTuple):
    """One way of saying a topic. A `name` holds nothing but the topic; a question holds more."""

    label: str
    text: str
    name: bool = True


class Score(NamedTuple):
    """How near a topic is (0 to 1), and why.

    `phrase` is the nearest phrase's place, `held` the share of it that stands in the text, and
    `explained` the share of the text that it explains; `evidence` is what speaks for the topic
    as a share of all that the text could say (0 to 1), `weight` the same as a sum.
    """

    label: str
    score: float
    phrase: int
    held: float
    explained: float
    evidence: float
    weight: float


class Scorer(Protocol):
    """Anything that ranks the labels of known phrases by their nearness to a text."""

    def rank(self, text: str) -> Sequence[Score]:
        """The labels, nearest first."""


NAME_HELD, NAME_EXPLAINED = 0.75, 0.45
EVIDENCE = 0.5
"""Share of a topic's score that all its phrases together give."""
DOUBT = 0.5
"""How much of a feature's general frequency is added to a topic's own, so that one phrase is no proof."""
SCORED = 16
"""Topics whose phrases are scored one by one: those for which most of the text speaks."""


class Index:
    """Phrases by their features, for ranking topics.

    A text is first held against each topic as a whole: every feature speaks for a topic by the
    logarithm of how much more frequent it is there than in general. The phrases of the topics
    for which most speaks are then scored one by one.
    """

    def __init__(self, phrases: Iterable[tuple[str, bool, Features]]) -> None:
        """Phrases as label, whether it is a name, and features with their stress."""
        rows = [(label, name, features) for label, name, features in phrases if features]
        self._labels: list[str] = list(dict.fromkeys(label for label, _, _ in rows))
        places = {label: place for place, label in enumerate(self._labels)}
        owned = [(places[label], features) for label, _, features in rows]
        owners: dict[str, set[int]] = {}
        for label, features in owned:
            for feature in features:
                owners.setdefault(feature, set()).add(label)
        self._unknown = self._weight(0)
        self._tells = {feature: self._weight(len(found)) for feature, found in owners.items()}
        self._speaks = _evidence(owned, self._tells, len(self._labels))
        self._most = {each: max(odds for _, odds in found) for each, found in self._speaks.items()}
        self._certain = max(self._most.values(), default=1.0)
        self._names = [name for _, name, _ in rows]
        self._masses: list[float] = []
        self._postings: list[dict[str, list[tuple[int, float]]]] = [{} for _ in self._labels]
        for row, (label, features) in enumerate(owned):
            self._masses.append(self._post(row, self._postings[label], features))

    def __contains__(self, feature: str) -> bool:
        return feature in self._tells

    def __len__(self) -> int:
        return len(self._masses)

    def rank(self, features: Features) -> list[Score]:
        """The topics for which most of the text speaks, nearest first."""
        tells, unknown = self._tells, self._unknown
        weights = {each: stress * tells.get(each, unknown) for each, stress in features.items()}
        whole = sum(weights.values())
        if not whole:
            return []
        spoken: dict[int, float] = {}
        most = 0.0
        for feature, weight in weights.items():
            most += weight * self._most.get(feature, self._certain)
            for label, odds in self._speaks.get(feature, ()):
                spoken[label] = spoken.get(label, 0.0) + weight * odds
        likely = nlargest(SCORED, spoken.items(), key=itemgetter(1))
        ranked = [self._score(label, sum_, most, weights, whole) for label, sum_ in likely]
        ranked.sort(key=lambda each: -each.score)
        return ranked

    def _weight(self, owners: int) -> float:
        """How much a feature tells: most where no topic or one has it, little where all have it."""
        return 0.2 + log((len(self._labels) + 1) / (owners + 0.5))

    def _post(
        self, row: int, postings: dict[str, list[tuple[int, float]]], features: Features
    ) -> float:
        mass = 0.0
        for feature, stress in features.items():
            weight = stress * self._tells[feature]
            mass += weight
            postings.setdefault(feature, []).append((row, weight))
        return mass or 1.0

    def _score(
        self, label: int, spoken: float, most: float, weights: Mapping[str, float], whole: float
    ) -> Score:
        """A topic by its nearest phrase, and by what speaks for it altogether."""
        held: dict[int, float] = {}
        matched: dict[int, float] = {}
        postings = self._postings[label]
        for feature, weight in weights.items():
            for row, mass in postings.get(feature, ()):
                held[row] = held.get(row, 0.0) + mass
                matched[row] = matched.get(row, 0.0) + weight
        best, nearest = 0.0, 0
        for row, mass in held.items():
            near = self._near(row, mass / self._masses[row], matched[row] / whole)
            if near > best:
                best, nearest = near, row
        evidence = spoken / most
        mixed = (1 - EVIDENCE) * best + EVIDENCE * sqrt(best * evidence)
        by = (held.get(nearest, 0.0) / self._masses[nearest], matched.get(nearest, 0.0) / whole)
        return Score(self._labels[label], mixed, nearest, *by, evidence, spoken)

    def _near(self, row: int, held: float, explained: float) -> float:
        if self._names[row]:
            return float(held**NAME_HELD * explained**NAME_EXPLAINED)
        return sqrt(held * explained)


def _evidence(
    owned: Iterable[tuple[int, Features]], tells: Mapping[str, float], labels: int
) -> dict[str, tuple[tuple[int, float], ...]]:
    """For each feature the topics it speaks for, and how strongly (log odds, positive only)."""
    counts: dict[str, dict[int, float]] = {}
    totals = [0.0] * labels
    for label, features in owned:
        weights = {feature: stress * tells[feature] for feature, stress in features.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for feature, weight in weights.items():
            share = weight / length
            totals[label] += share
            found = counts.setdefault(feature, {})
            found[label] = found.get(label, 0.0) + share
    whole = sum(totals) or 1.0
    speaks = {}
    for feature, found in counts.items():
        general = DOUBT * sum(found.values()) / whole
        odds = ((label, log(1 + own / totals[label] / general)) for label, own in found.items())
        speaks[feature] = tuple(odds)
    return speaks
