"""The scorer: which of the known phrases, and so which topic, a text comes nearest to.

Every topic is a label with phrases. A phrase is scored by how much of it the text holds and how
much of the text it explains, each feature weighted by how few topics share it (inverse document
frequency, Spärck Jones 1972). `Scorer` is the interface under which others are measured.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from intents.features import Features

Integers = NDArray[np.integer[Any]]
Numbers = NDArray[np.floating[Any]]


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
"""How much of a feature's general frequency its frequency in a topic is held against."""
UNSEEN = 30
"""Topics that people also speak of and the hall does not have: in a hall of three matters a word
that only one of them has tells nearly as much as in a hall of a hundred."""
SCORED = 8
"""Topics whose phrases are scored one by one: those for which most of the text speaks."""


class Index:
    """Phrases by their features, for ranking topics.

    A text is first held against each topic as a whole: every feature speaks for a topic by the
    logarithm of how much more frequent it is there than in general. The phrases of the topics
    for which most speaks are then scored one by one. All arrays are flat, grouped by feature.
    """

    def __init__(self, phrases: Iterable[tuple[str, bool, Features]], unseen: int = UNSEEN) -> None:
        """Phrases as label, whether it is a name, and features with their stress.

        `unseen` is how many more topics are thought of than the phrases have; 1 is none.
        """
        self._unseen = unseen
        self._features: dict[str, int] = {}
        labels: dict[str, int] = {}
        names, owner, lengths = [], array("i"), array("i")
        feature, stress = array("i"), array("d")
        for label, name, features in phrases:
            names.append(name)
            owner.append(labels.setdefault(label, len(labels)))
            lengths.append(len(features))
            for each, weight in features.items():
                feature.append(self._features.setdefault(each, len(self._features)))
                stress.append(weight)
        self._labels = list(labels)
        self._names = np.array(names, dtype=bool)
        self._owner = np.frombuffer(owner, dtype=np.int32) if owner else np.zeros(0, np.int32)
        rows = np.repeat(np.arange(len(owner), dtype=np.int32), lengths)
        self._set(np.array(feature, np.int64), np.array(stress), rows)

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Index:
        """An index from what `arrays` gave. Raises KeyError where something is missing."""
        index = cls(())
        index._labels = _unpacked(arrays["labels"])
        features = _unpacked(arrays["features"])
        index._features = {feature: place for place, feature in enumerate(features)}
        index._names, index._owner, index._mass = (
            arrays[each] for each in ("names", "owner", "mass")
        )
        index._tells, index._most = arrays["tells"], arrays["most"]
        index._unknown, index._certain = arrays["unknown"].tolist()
        index._topics = _Postings(*(arrays[f"topics_{each}"] for each in range(3)))
        index._phrases = _Postings(*(arrays[f"phrases_{each}"] for each in range(3)))
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The index as plain arrays, for keeping."""
        kept: dict[str, NDArray[Any]] = {
            "labels": _packed(self._labels),
            "features": _packed(self._features),
            "names": self._names,
            "owner": self._owner,
            "mass": self._mass,
            "tells": self._tells,
            "most": self._most,
            "unknown": np.array([self._unknown, self._certain]),
        }
        for name, postings in (("topics", self._topics), ("phrases", self._phrases)):
            for place, each in enumerate(postings):
                kept[f"{name}_{place}"] = each
        return kept

    def _set(self, feature: Integers, stress: Numbers, rows: Integers) -> None:
        topics, count = len(self._labels), len(self._features)
        pairs, place = np.unique(feature * topics + self._owner[rows], return_inverse=True)
        spoken_by, spoken_for = pairs // max(topics, 1), pairs % max(topics, 1)
        owners = np.bincount(spoken_by, minlength=count)
        self._tells = _tells(topics + self._unseen, owners)
        self._unknown = float(_tells(topics + self._unseen, np.zeros(1))[0])
        weight = stress * self._tells[feature]
        self._mass = np.maximum(np.bincount(rows, weight, len(self._owner)), 1e-9)
        length = np.sqrt(np.bincount(rows, weight**2, len(self._owner)))
        share = weight / np.maximum(length, 1e-9)[rows]
        own = np.bincount(place, share, len(pairs))
        total = np.bincount(self._owner[rows], share, topics)
        whole = max(float(own.sum()), 1e-9) * (1 + (self._unseen - 1) / max(topics, 1))
        general = np.bincount(spoken_by, own, count) * DOUBT / whole
        odds = np.log1p(own / total[spoken_for] / general[spoken_by])
        self._topics = _grouped(spoken_by, spoken_for, odds, count)
        self._phrases = _grouped(feature, rows, weight, count)
        self._most = np.zeros(count)
        np.maximum.at(self._most, spoken_by, odds)
        self._certain = float(self._most.max(initial=1.0))

    def __contains__(self, feature: str) -> bool:
        return feature in self._features

    def __len__(self) -> int:
        return len(self._owner)

    def features(self) -> Iterable[str]:
        """Every feature that stands in a phrase."""
        return self._features.keys()

    def familiar(self, features: Features) -> float:
        """The share of a text's features (by their stress) that stand in any phrase at all."""
        known = sum(stress for feature, stress in features.items() if feature in self)
        return known / (sum(features.values()) or 1.0)

    def rank(self, features: Features) -> list[Score]:
        """The topics for which most of the text speaks, nearest first."""
        known = [
            (self._features[each], weight) for each, weight in features.items() if each in self
        ]
        if not known:
            return []
        place = np.array([each for each, _ in known])
        weight = np.array([stress for _, stress in known]) * self._tells[place]
        strange = sum(features.values()) - sum(stress for _, stress in known)
        whole = float(weight.sum()) + strange * self._unknown
        most = float(weight @ self._most[place]) + strange * self._unknown * self._certain
        topic, odds, of = self._topics.of(place)
        evidence = np.bincount(topic, odds * weight[of], len(self._labels))
        likely = np.argsort(-evidence, kind="stable")[:SCORED]
        return self._scored(likely[evidence[likely] > 0], evidence, most, place, weight, whole)

    def _scored(
        self,
        likely: Integers,
        evidence: NDArray[Any],
        most: float,
        place: Integers,
        weight: Numbers,
        whole: float,
    ) -> list[Score]:
        """The likely topics by their nearest phrases and by what speaks for them altogether."""
        wanted = np.zeros(len(self._labels), dtype=bool)
        wanted[likely] = True
        row, mass, of = self._phrases.of(place)
        kept = wanted[self._owner[row]]
        matched = np.bincount(row[kept], weight[of[kept]], len(self))
        rows = np.flatnonzero(matched)
        explained = matched[rows] / whole
        held = np.bincount(row[kept], mass[kept], len(self))[rows] / self._mass[rows]
        near = np.where(
            self._names[rows],
            held**NAME_HELD * explained**NAME_EXPLAINED,
            np.sqrt(held * explained),
        )
        order = np.argsort(-near, kind="stable")
        topics, first = np.unique(self._owner[rows[order]], return_index=True)
        ranked = []
        for topic, best in zip(topics.tolist(), order[first].tolist(), strict=True):
            nearness = float(near[best])
            spoken = float(evidence[topic])
            mixed = (1 - EVIDENCE) * nearness + EVIDENCE * sqrt(nearness * spoken / most)
            by = (float(held[best]), float(explained[best]), spoken / most, spoken)
            ranked.append(Score(self._labels[topic], mixed, int(rows[best]), *by))
        ranked.sort(key=lambda each: -each.score)
        return ranked


class _Postings(NamedTuple):
    """For each feature the places where it stands and what it weighs there, feature by feature."""

    start: Integers
    place: Integers
    weight: Numbers

    def of(self, features: Integers) -> tuple[Integers, Numbers, Integers]:
        """The places and weights of these features, and for each which feature it is of."""
        starts, ends = self.start[features], self.start[features + 1]
        lengths = ends - starts
        of = np.repeat(np.arange(len(features)), lengths)
        within = np.arange(len(of)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        found = np.repeat(starts, lengths) + within
        return self.place[found], self.weight[found], of


def _grouped(feature: Integers, place: Integers, weight: Numbers, count: int) -> _Postings:
    order = np.argsort(feature, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(feature, minlength=count))))
    return _Postings(start, place[order].astype(np.int32), weight[order].astype(np.float32))


def _packed(texts: Iterable[str]) -> NDArray[Any]:
    joined = "\n".join(texts).encode("utf-8", "surrogatepass")
    return np.frombuffer(joined, dtype=np.uint8)


def _unpacked(packed: NDArray[Any]) -> list[str]:
    joined = packed.tobytes().decode("utf-8", "surrogatepass")
    return joined.split("\n") if joined else []


def _tells(topics: int, owners: Integers | Numbers) -> Numbers:
    """How much a feature tells: most where no topic or one has it, little where all have it."""
    told: Numbers = 0.2 + np.log(topics / (owners + 0.5))
    return told
