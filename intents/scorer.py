"""The scorer: which of the known phrases, and so which topic, a text comes nearest to.

Every topic is a label with phrases. A phrase is scored by how much of it the text holds and how
much of the text it explains, each feature weighted by how few topics share it (inverse document
frequency, Spärck Jones 1972). `Scorer` is the interface under which others are measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from intents.features import Features


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying a topic. A `name` holds nothing but the topic; a question holds more."""

    label: str
    text: str
    name: bool = True


@dataclass(frozen=True, slots=True)
class Score:
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
ASK_HELD, ASK_EXPLAINED = 0.5, 0.5
VOCABULARY = 0.25
"""Share of a topic's score that all its phrases together give, by what they explain."""


class Index:
    """Phrases by their features, for ranking topics."""

    def __init__(self, phrases: Iterable[tuple[str, bool, Features]]) -> None:
        """Phrases as label, whether it is a name, and features with their stress."""
        rows = [(label, name, features) for label, name, features in phrases if features]
        self._labels: list[str] = list(dict.fromkeys(label for label, _, _ in rows))
        places = {label: place for place, label in enumerate(self._labels)}
        self._phrase_label = [places[label] for label, _, _ in rows]
        self._phrase_name = [name for _, name, _ in rows]
        owners: dict[str, set[int]] = {}
        for label, _, features in rows:
            for feature in features:
                owners.setdefault(feature, set()).add(places[label])
        self._owners = {feature: tuple(found) for feature, found in owners.items()}
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._mass: list[float] = []
        for row, (_, _, features) in enumerate(rows):
            mass = 0.0
            for feature, stress in features.items():
                weight = stress * self.tells(feature)
                mass += weight
                self._postings.setdefault(feature, []).append((row, weight))
            self._mass.append(mass or 1.0)

    def __contains__(self, feature: str) -> bool:
        return feature in self._owners

    def __len__(self) -> int:
        return len(self._mass)

    def tells(self, feature: str) -> float:
        """How much a feature tells: most where no topic or one has it, little where all have it."""
        return 0.2 + log((len(self._labels) + 1) / (len(self._owners.get(feature, ())) + 0.5))

    def rank(self, features: Features) -> list[Score]:
        """Every topic that shares a feature, nearest first."""
        weights = {feature: stress * self.tells(feature) for feature, stress in features.items()}
        whole = sum(weights.values())
        if not whole:
            return []
        explained: dict[int, float] = {}
        held: dict[int, float] = {}
        matched: dict[int, float] = {}
        for feature, weight in weights.items():
            for label in self._owners.get(feature, ()):
                explained[label] = explained.get(label, 0.0) + weight
            for row, mass in self._postings.get(feature, ()):
                held[row] = held.get(row, 0.0) + mass
                matched[row] = matched.get(row, 0.0) + weight
        best: dict[int, tuple[float, int]] = {}
        for row, mass in held.items():
            score = self._score(row, mass / self._mass[row], matched[row] / whole)
            label = self._phrase_label[row]
            if score > best.get(label, (-1.0, 0))[0]:
                best[label] = (score, row)
        return self._sorted(best, explained, whole)

    def _score(self, row: int, held: float, explained: float) -> float:
        if self._phrase_name[row]:
            return float(held**NAME_HELD * explained**NAME_EXPLAINED)
        return float(held**ASK_HELD * explained**ASK_EXPLAINED)

    def _sorted(
        self, best: Mapping[int, tuple[float, int]], explained: Mapping[int, float], whole: float
    ) -> list[Score]:
        ranked = []
        for label, (score, row) in best.items():
            share = explained[label] / whole
            mixed = (1 - VOCABULARY) * score + VOCABULARY * score**0.5 * share
            ranked.append(Score(self._labels[label], mixed, row, share))
        ranked.sort(key=lambda each: -each.score)
        return ranked
