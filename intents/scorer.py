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
    """How near a topic is (0 to 1), by which phrase, and how much of the text the topic explains."""

    label: str
    score: float
    phrase: int
    explained: float


class Scorer(Protocol):
    """Anything that ranks the labels of known phrases by their nearness to a text."""

    def rank(self, text: str) -> Sequence[Score]:
        """The labels, nearest first."""


NAME_HELD, NAME_EXPLAINED = 0.75, 0.45
VOCABULARY = 0.25
"""Share of a topic's score that all its phrases together give, by what they explain."""
SCORED = 16
"""Topics whose phrases are scored one by one: those that explain most of the text."""


class Index:
    """Phrases by their features, for ranking topics.

    A text is first held against what each topic can explain at all, feature by feature; the
    phrases of the best topics are then scored one by one.
    """

    def __init__(self, phrases: Iterable[tuple[str, bool, Features]]) -> None:
        """Phrases as label, whether it is a name, and features with their stress."""
        rows = [(label, name, features) for label, name, features in phrases if features]
        self._labels: list[str] = list(dict.fromkeys(label for label, _, _ in rows))
        places = {label: place for place, label in enumerate(self._labels)}
        owners: dict[str, set[int]] = {}
        for label, _, features in rows:
            for feature in features:
                owners.setdefault(feature, set()).add(places[label])
        self._owners = {feature: tuple(found) for feature, found in owners.items()}
        self._unknown = self._weight(0)
        self._tells = {feature: self._weight(len(found)) for feature, found in owners.items()}
        self._names = [name for _, name, _ in rows]
        self._masses: list[float] = []
        self._postings: list[dict[str, list[tuple[int, float]]]] = [{} for _ in self._labels]
        for row, (label, _, features) in enumerate(rows):
            self._masses.append(self._post(row, self._postings[places[label]], features))

    def __contains__(self, feature: str) -> bool:
        return feature in self._owners

    def __len__(self) -> int:
        return len(self._masses)

    def rank(self, features: Features) -> list[Score]:
        """The topics that explain most of the text, nearest first."""
        tells, unknown = self._tells, self._unknown
        weights = {each: stress * tells.get(each, unknown) for each, stress in features.items()}
        whole = sum(weights.values())
        if not whole:
            return []
        explained: dict[int, float] = {}
        for feature, weight in weights.items():
            for label in self._owners.get(feature, ()):
                explained[label] = explained.get(label, 0.0) + weight
        likely = nlargest(SCORED, explained.items(), key=itemgetter(1))
        ranked = [self._score(label, share / whole, weights, whole) for label, share in likely]
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
        self, label: int, share: float, weights: Mapping[str, float], whole: float
    ) -> Score:
        """A topic by its nearest phrase and by all that its phrases explain together."""
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
        mixed = (1 - VOCABULARY) * best + VOCABULARY * sqrt(best) * share
        return Score(self._labels[label], mixed, nearest, share)

    def _near(self, row: int, held: float, explained: float) -> float:
        if self._names[row]:
            return float(held**NAME_HELD * explained**NAME_EXPLAINED)
        return sqrt(held * explained)
