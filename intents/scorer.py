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
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from intents.cache import packed, unpacked
from intents.features import Features
from intents.likeness import NOT_ALIKE, Alike

Integers = NDArray[np.integer[Any]]
Numbers = NDArray[np.floating[Any]]


class Phrase(NamedTuple):
    """One way of saying a topic. A `name` holds nothing but the topic; a question holds more.

    A label may name a part of its topic behind `#`.
    """

    label: str
    text: str
    name: bool = True


class Phrases(Protocol):
    """Phrases that are made only where they are wanted, known before by a digest."""

    digest: str

    @property
    def kin(self) -> Mapping[str, float]:
        """How like a known topic each of their own topics is (0 to 1), by its label."""

    def phrases(self) -> Iterable[Phrase]:
        """All of them."""


class Score(NamedTuple):
    """How near a topic is (0 to 1), and why.

    `phrase` is the nearest phrase's place, `held` the share of it that stands in the text, and
    `explained` the share of the text that it explains; `covered` is the share of the text that
    all phrases of the topic together explain. `evidence` is what speaks for the topic as a share
    of all that the text could say (0 to 1), `weight` the same as a sum; `phrases` is how many
    phrases the topic has, `here` whether answers are known for it, `kin` how likely it is a topic
    that answers are known for all the same, `whole` whether it is several matters at once,
    `stages` which stages its name speaks of, `clause` how near any clause of a long text is,
    `asked` whether one that asks names it, and `aligned` how like one of the names that its guide
    gives it the text is, character by character.
    `alike` is how like the phrases the text is in meaning, where that was looked at, and `logit`
    what all of this says together.
    """

    label: str
    score: float
    phrase: int
    held: float
    explained: float
    covered: float
    evidence: float
    weight: float
    phrases: int = 1
    here: bool = True
    kin: float = 0.0
    whole: bool = False
    stages: frozenset[str] = frozenset()
    clause: float = 0.0
    asked: bool = False
    aligned: float = 0.0
    alike: Alike = NOT_ALIKE
    logit: float = 0.0


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
SCORED = 12
"""Topics whose phrases are scored one by one: those for which most of the text speaks."""


class Index:
    """Phrases by their features, for ranking topics.

    A text is first held against each topic as a whole: every feature speaks for a topic by the
    logarithm of how much more frequent it is there than in general. The phrases of the topics
    for which most speaks are then scored one by one. Features are known by their CRC-32 alone;
    all arrays are flat.
    """

    def __init__(self, phrases: Iterable[tuple[str, bool, Features]], unseen: int = UNSEEN) -> None:
        """Phrases as label, whether it is a name, and features with their stress.

        `unseen` is how many more topics are thought of than the phrases have; 1 is none. A
        phrase without features says nothing and is left out.
        """
        self._place: Mapping[str, int] = {}
        labels: dict[str, int] = {}
        names, owner, lengths = array("b"), array("i"), array("i")
        codes, stress = array("I"), array("f")
        for label, name, features in phrases:
            if not features:
                continue
            names.append(name)
            owner.append(labels.setdefault(label, len(labels)))
            lengths.append(len(features))
            codes.extend(map(code, features))
            stress.extend(features.values())
        self._labels = list(labels)
        order = np.argsort(np.array(owner, np.int32), kind="stable")
        self._phrase = order.astype(np.int32)
        self._names = np.array(names, dtype=bool)[order]
        self._owner = np.array(owner, np.int32)[order]
        feature, told = _rows(
            np.array(lengths, np.int64),
            order,
            np.array(codes, np.uint32),
            np.array(stress, np.float32),
        )
        self._start = _starts(np.array(lengths, np.int64)[order])
        self._set(feature, told, unseen)

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Index:
        """An index from what `arrays` gave. Raises KeyError where something is missing."""
        index = cls(())
        index._labels = unpacked(arrays["labels"])
        for name in _KEPT:
            setattr(index, f"_{name}", arrays[name])
        index._topics = _Postings(*(arrays[f"topics_{each}"] for each in range(3)))
        index._unknown, index._certain = arrays["unknown"].tolist()
        index._first = _starts(np.bincount(index._owner, minlength=len(index._labels)))
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The index as plain arrays, for keeping."""
        kept: dict[str, NDArray[Any]] = {name: getattr(self, f"_{name}") for name in _KEPT}
        kept |= {f"topics_{place}": each for place, each in enumerate(self._topics)}
        kept["labels"] = packed(self._labels)
        kept["unknown"] = np.array([self._unknown, self._certain])
        return kept

    def _set(self, codes: Integers, stress: Numbers, unseen: int) -> None:
        topics = len(self._labels)
        self._codes, feature = np.unique(codes, return_inverse=True)
        count = len(self._codes)
        rows = np.repeat(np.arange(len(self._owner)), np.diff(self._start))
        pairs, place = np.unique(feature * topics + self._owner[rows], return_inverse=True)
        spoken_by, spoken_for = pairs // max(topics, 1), pairs % max(topics, 1)
        owners = np.bincount(spoken_by, minlength=count)
        self._tells = _tells(topics + unseen, owners).astype(np.float32)
        self._unknown = float(_tells(topics + unseen, np.zeros(1))[0])
        weight = stress * self._tells[feature]
        self._mass = np.maximum(np.bincount(rows, weight, len(self._owner)), 1e-9)
        length = np.sqrt(np.bincount(rows, weight**2, len(self._owner)))
        share = weight / np.maximum(length, 1e-9)[rows]
        own = np.bincount(place, share, len(pairs))
        total = np.bincount(self._owner[rows], share, topics)
        whole = max(float(own.sum()), 1e-9) * (1 + (unseen - 1) / max(topics, 1))
        general = np.bincount(spoken_by, own, count) * DOUBT / whole
        odds = np.log1p(own / total[spoken_for] / general[spoken_by])
        self._topics = _Postings(
            _starts(owners), spoken_for.astype(np.int32), odds.astype(np.float32)
        )
        self._feature, self._weight = feature.astype(np.int32), weight.astype(np.float32)
        self._first = _starts(np.bincount(self._owner, minlength=topics))
        self._most = np.zeros(count, np.float32)
        np.maximum.at(self._most, spoken_by, odds)
        self._certain = float(self._most.max(initial=1.0))

    def __len__(self) -> int:
        return len(self._owner)

    def familiar(self, features: Features) -> float:
        """The share of a text's features (by their stress) that stand in any phrase at all."""
        _, stress = self._known(features)
        return float(stress.sum()) / (sum(features.values()) or 1.0)

    def _known(self, features: Features) -> tuple[Integers, Numbers]:
        """The places of the features that stand in any phrase, and their stress in the text."""
        wanted = np.fromiter(map(code, features), np.uint32, len(features))
        place = np.searchsorted(self._codes, wanted)
        place[place == len(self._codes)] = 0
        known = self._codes[place] == wanted if len(self._codes) else np.zeros(len(place), bool)
        stress = np.fromiter(features.values(), np.float64, len(features))
        return place[known], stress[known]

    def rank(self, features: Features) -> list[Score]:
        """The topics for which most of the text speaks, nearest first."""
        found = self._scores(features, None)
        found.sort(key=lambda each: -each.score)
        return found

    def scores(self, features: Features, labels: Iterable[str]) -> list[Score]:
        """How near these topics are, where they have phrases here."""
        if len(self._place) != len(self._labels):
            self._place = {label: place for place, label in enumerate(self._labels)}
        wanted = [self._place[each] for each in labels if each in self._place]
        return self._scores(features, np.array(wanted, np.int64)) if wanted else []

    def _scores(self, features: Features, wanted: Integers | None) -> list[Score]:
        place, stress = self._known(features)
        weight = stress * self._tells[place]
        strange = sum(features.values()) - float(stress.sum())
        whole = max(float(weight.sum()) + strange * self._unknown, 1e-9)
        most = float(weight @ self._most[place]) + strange * self._unknown * self._certain
        topic, odds, of = self._topics.of(place)
        told = weight[of]
        evidence = np.bincount(topic, odds * told, len(self._labels))
        covered = np.bincount(topic, told, len(self._labels)) / whole
        likely = _greatest(evidence, SCORED) if wanted is None else wanted
        text = np.zeros(len(self._codes), np.float32)
        text[place] = weight
        spoken = (evidence[likely], covered[likely], max(most, 1e-9))
        return self._scored(likely, spoken, text, whole) if len(likely) else []

    def _scored(
        self,
        likely: Integers,
        spoken: tuple[NDArray[Any], NDArray[Any], float],
        text: Numbers,
        whole: float,
    ) -> list[Score]:
        """The likely topics by their nearest phrases and by what speaks for them altogether."""
        evidence, covered, most = spoken
        rows = [slice(*self._first[at : at + 2].tolist()) for at in likely.tolist()]
        cells = [slice(*self._start[[each.start, each.stop]].tolist()) for each in rows]
        lengths = [each.stop - each.start for each in rows]
        before = np.cumsum([0, *(each.stop - each.start for each in cells[:-1])])
        starts = np.concatenate(
            [
                self._start[row] - (cell.start - shift)
                for row, cell, shift in zip(rows, cells, before.tolist(), strict=True)
            ]
        )
        found = text[np.concatenate([self._feature[each] for each in cells])]
        weighed = np.concatenate([self._weight[each] for each in cells])
        mass = np.concatenate([self._mass[each] for each in rows])
        names = np.concatenate([self._names[each] for each in rows])
        explained = np.add.reduceat(found, starts) / whole
        held = np.add.reduceat(weighed * (found > 0), starts) / mass
        near = np.where(
            names,
            held**NAME_HELD * explained**NAME_EXPLAINED,
            np.sqrt(held * explained),
        )
        ranked = []
        begin = 0
        for at, topic in enumerate(likely.tolist()):
            within = int(near[begin : begin + lengths[at]].argmax())
            best = begin + within
            begin += lengths[at]
            nearness, weight = float(near[best]), float(evidence[at])
            mixed = (1 - EVIDENCE) * nearness + EVIDENCE * sqrt(nearness * weight / most)
            ranked.append(
                Score(
                    label=self._labels[topic],
                    score=mixed,
                    phrase=int(self._phrase[rows[at].start + within]),
                    held=float(held[best]),
                    explained=float(explained[best]),
                    covered=float(covered[at]),
                    evidence=weight / most,
                    weight=weight,
                    phrases=lengths[at],
                )
            )
        return ranked


_KEPT = (
    "codes",
    "tells",
    "most",
    "phrase",
    "names",
    "owner",
    "start",
    "feature",
    "weight",
    "mass",
)
"""The arrays of an index that are kept as they are."""


class _Postings(NamedTuple):
    """For each feature the places where it stands and what it weighs there, feature by feature."""

    start: Integers
    place: Integers
    weight: Numbers

    def of(self, features: Integers) -> tuple[Integers, Numbers, Integers]:
        """The places and weights of these features, and for each which feature it is of."""
        starts, ends = self.start[features], self.start[features + 1]
        found = _ranges(starts, ends)
        return (
            self.place[found],
            self.weight[found],
            np.repeat(np.arange(len(features)), ends - starts),
        )


def code(feature: str) -> int:
    """The number by which a feature is known."""
    return crc32(feature.encode("utf-8", "surrogatepass"))


def _starts(lengths: Integers) -> Integers:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def _ranges(starts: Integers, ends: Integers) -> Integers:
    """All whole numbers of the ranges, range by range."""
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    numbers: Integers = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return numbers


def _rows(
    lengths: Integers, order: Integers, codes: Integers, stress: Numbers
) -> tuple[Integers, Numbers]:
    """The cells of rows in another order."""
    start = _starts(lengths)
    cells = _ranges(start[:-1][order], start[1:][order])
    return codes[cells], stress[cells]


def _greatest(values: NDArray[Any], count: int) -> Integers:
    """The places of the greatest positive values, greatest first."""
    if len(values) > 4 * count:
        some = np.argpartition(-values, count)[:count]
        some.sort()
    else:
        some = np.arange(len(values))
    some = some[np.argsort(-values[some], kind="stable")][:count]
    return some[values[some] > 0]


def _tells(topics: int, owners: Integers | Numbers) -> Numbers:
    """How much a feature tells: most where no topic or one has it, little where all have it."""
    told: Numbers = 0.2 + np.log(topics / (owners + 0.5))
    return told
