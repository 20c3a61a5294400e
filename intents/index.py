"""The index: the phrases of all topics by their features, in flat arrays.

A phrase is scored by how much of it the text holds and how much of the text it explains, each
feature weighted by how few topics share it (inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

import copy
import functools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from intents.cache import packed, unpacked
from intents.features import Features
from intents.postings import (
    Integers,
    Numbers,
    Postings,
    Table,
    greatest,
    joined,
    narrow,
    ranges,
    spliced,
    starts,
)
from intents.scorer import Score

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
AT_ONCE = 100_000
"""Features of all phrases, one by one, that are counted anew for every change (20 ms)."""
OFTEN = 0.1
"""Once so great a share of the topics has changed, everything is counted anew (half a second for
a hundred thousand phrases)."""


class Index:
    """Phrases by their features, for ranking topics.

    A text is first held against each topic as a whole: every feature speaks for a topic by the
    logarithm of how much more frequent it is there than in general. The phrases of the topics
    for which most speaks are then scored one by one. Features are known by their CRC-32 alone;
    all arrays are flat. An index never changes: threads may share it.
    """

    def __init__(self, phrases: Iterable[tuple[str, bool, Features]], unseen: int = UNSEEN) -> None:
        """Phrases as label, whether it is a name, and features with their stress.

        `unseen` is how many more topics are thought of than the phrases have; 1 is none. A
        phrase without features says nothing and is left out.
        """
        read = _Read.of(phrases)
        self._labels = read.labels
        self._unseen, self._changes = unseen, 0
        order = np.argsort(read.owner, kind="stable")
        start = starts(read.lengths)
        cells = ranges(start[:-1][order], start[1:][order])
        self._codes, self._stresses = Table.of(read.codes), Table.of(read.stresses)
        self._feature, self._stress = read.feature[cells], read.stress[cells]
        self._names = read.names[order]
        self._start = starts(read.lengths[order])
        self._first = starts(np.bincount(read.owner, minlength=len(self._labels)))
        self._count()
        self._weigh()

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Index:
        """An index from what `arrays` gave. Raises KeyError where something is missing."""
        index = cls.__new__(cls)
        index._labels = unpacked(arrays["labels"])
        for name in _KEPT:
            setattr(index, f"_{name}", arrays[name])
        index._codes, index._stresses = Table.of(arrays["codes"]), Table.of(arrays["stresses"])
        index._shares = Postings(*(arrays[f"shares_{each}"] for each in range(3)))
        index._unseen, index._changes = arrays["unseen"].tolist()
        index._weigh()
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The index as plain arrays, for keeping."""
        kept: dict[str, NDArray[Any]] = {name: getattr(self, f"_{name}") for name in _KEPT}
        kept |= {f"shares_{place}": each for place, each in enumerate(self._shares)}
        kept |= {"codes": self._codes.values, "stresses": self._stresses.values}
        kept |= {"labels": packed(self._labels), "unseen": np.array([self._unseen, self._changes])}
        return kept

    def replaced(self, label: str, phrases: Iterable[tuple[bool, Features]]) -> Index:
        """An index with these phrases of a topic and no others; without any it has no such topic.

        This one stays as it is. A topic that was not known comes last. The other is as if built
        anew, but for one thing in a large index: what share of another topic's phrases a feature
        is stays as it was counted, though features that both topics have may tell a little more or
        less now. Once a tenth of the topics has changed, that is counted anew too.
        """
        read = _Read.of((label, name, features) for name, features in phrases)
        at = self._place.get(label, len(self._labels))
        known = at < len(self._labels)
        made = copy.copy(self)
        made._labels = [*self._labels[:at], *read.labels, *self._labels[at + 1 :]]
        if len(read.labels) != known:
            del made.__dict__["_place"]
        made._changes += 1
        cells = made._splice(at, read, known=known)
        if len(made._feature) <= AT_ONCE or made._changes > OFTEN * len(made._labels):
            made._changes = 0
            made._count()
        else:
            made._recount(at, cells, known=known)
        made._weigh()
        return made

    @functools.cached_property
    def _place(self) -> Mapping[str, int]:
        return {label: place for place, label in enumerate(self._labels)}

    def _splice(self, at: int, read: _Read, *, known: bool) -> slice:
        """Put what was read where the topic at a place stood or would stand; its cells now."""
        rows = slice(*self._first[[at, at + known]].tolist())
        cells = slice(*self._start[[rows.start, rows.stop]].tolist())
        self._codes, feature = self._codes.having(read.codes)
        self._stresses, stress = self._stresses.having(read.stresses)
        self._feature = spliced(self._feature, cells, narrow(feature)[read.feature])
        self._stress = spliced(self._stress, cells, narrow(stress)[read.stress])
        self._names = spliced(self._names, rows, read.names)
        self._start = starts(spliced(np.diff(self._start), rows, read.lengths))
        phrases = np.full(len(read.labels), len(read.names))
        self._first = starts(spliced(np.diff(self._first), slice(at, at + known), phrases))
        return slice(cells.start, cells.start + len(read.feature))

    def _count(self) -> None:
        """Count what share of each topic's phrases each feature is."""
        topics = len(self._labels)
        owner = np.repeat(np.arange(topics, dtype=np.int32), np.diff(self._start[self._first]))
        # The cells stand by topic; sorted by feature they then stand by both.
        order = np.argsort(self._feature, kind="stable")
        feature, owner = self._feature[order], owner[order]
        first = np.ones(len(order), bool)
        first[1:] = (feature[1:] != feature[:-1]) | (owner[1:] != owner[:-1])
        pairs = np.flatnonzero(first)
        place = owner[pairs]
        start = starts(np.bincount(feature[pairs], minlength=len(self._codes.values)))
        self._tells = _tells(topics + self._unseen, np.diff(start)).astype(np.float32)
        told = self._told(slice(None), np.diff(self._start))[order]
        own = np.add.reduceat(told, pairs) if len(pairs) else told
        self._total = np.bincount(place, own, topics)
        self._shares = Postings(start, place, (own / self._total[place]).astype(np.float32))

    def _recount(self, at: int, cells: slice, *, known: bool) -> None:
        """Count what share of one topic's phrases each feature is."""
        shares = self._shares.without(at) if known else self._shares
        total = np.delete(self._total, at) if known else self._total
        if cells.start < cells.stop:
            feature, of = np.unique(self._feature[cells], return_inverse=True)
            owners = np.zeros(len(self._codes.values), np.int64)
            owners[: len(shares.start) - 1] = shares.owners
            owners[feature] += 1
            self._tells = _tells(len(self._labels) + self._unseen, owners).astype(np.float32)
            lengths = np.diff(self._start[self._first[at] : self._first[at + 1] + 1])
            own = np.bincount(of, self._told(cells, lengths))
            shares = shares.having(at, feature, (own / own.sum()).astype(np.float32), owners)
            total = np.insert(total, at, own.sum())
        self._shares, self._total = shares, total

    def _told(self, cells: slice, lengths: Integers) -> Numbers:
        """How much each cell tells in rows of these lengths, each row scaled to length 1."""
        weight = self._weight(cells)
        row = np.repeat(np.arange(len(lengths)), lengths)
        length = np.sqrt(np.bincount(row, weight**2, len(lengths)))
        told: Numbers = weight / np.maximum(length, 1e-9)[row]
        return told

    def _weight(self, cells: slice | Integers) -> Numbers:
        weight: Numbers = self._stresses.values[self._stress[cells]]
        return weight * self._tells[self._feature[cells]]

    @functools.cached_property
    def _weights(self) -> tuple[Numbers, Numbers]:
        """What each cell weighs, and what each phrase does; made when first asked for, as a change
        that another follows at once does not need it."""
        weights = self._weight(slice(None))
        masses = np.add.reduceat(weights, self._start[:-1]) if len(weights) else weights
        return weights, np.maximum(masses, 1e-9)

    def _weigh(self) -> None:
        """How much each feature tells, and speaks for each topic, by the shares that were counted.

        What it speaks is the logarithm of how much more frequent it is there than in general.
        """
        topics, (start, place, share) = len(self._labels), self._shares
        owners = self._shares.owners
        self._tells = _tells(topics + self._unseen, owners).astype(np.float32)
        self._unknown = float(_tells(topics + self._unseen, np.zeros(1))[0])
        whole = max(float(self._total.sum()), 1e-9)
        whole *= 1 + (self._unseen - 1) / max(topics, 1)
        held = np.flatnonzero(owners)
        first = start[held]
        general = np.add.reduceat(share * self._total[place], first) if len(held) else np.ones(0)
        frequency = (general * DOUBT / whole).astype(np.float32)
        odds = np.log1p(share / np.repeat(frequency, owners[held]))
        self._topics = self._shares._replace(weight=odds)
        self._most = np.zeros(len(owners), np.float32)
        self._most[held] = np.maximum.reduceat(odds, first) if len(held) else odds
        self._certain = float(self._most.max(initial=1.0))
        self.__dict__.pop("_weights", None)

    @property
    def labels(self) -> Sequence[str]:
        """The topics."""
        return self._labels

    def __len__(self) -> int:
        return len(self._names)

    def warm_up(self) -> None:
        """Make now what the first text would otherwise wait for."""
        _ = self._weights

    def familiar(self, features: Features) -> float:
        """The share of a text's features (by their stress) that stand in any phrase at all."""
        _, stress = self._known(features)
        return float(stress.sum()) / (sum(features.values()) or 1.0)

    def _known(self, features: Features) -> tuple[Integers, Numbers]:
        """The places of the features that stand in any phrase, and their stress in the text."""
        place, known = self._codes.find(np.fromiter(map(code, features), np.uint32, len(features)))
        start = self._topics.start
        known &= start[place] < start[place + known]
        stress = np.fromiter(features.values(), np.float64, len(features))
        return place[known], stress[known]

    def rank(self, features: Features) -> list[Score]:
        """The topics for which most of the text speaks, nearest first."""
        found = self._scores(features, None)
        found.sort(key=lambda each: -each.score)
        return found

    def scores(self, features: Features, labels: Iterable[str]) -> list[Score]:
        """How near these topics are, where they have phrases here."""
        wanted = [self._place[each] for each in labels if each in self._place]
        return self._scores(features, np.array(wanted, np.int64)) if wanted else []

    def _scores(self, features: Features, wanted: Integers | None) -> list[Score]:
        place, stress = self._known(features)
        weight = stress * self._tells[place]
        strange = sum(features.values()) - float(stress.sum())
        whole = max(float(weight.sum()) + strange * self._unknown, 1e-9)
        most = float(weight @ self._most[place]) + strange * self._unknown * self._certain
        topic, odds, lengths = self._topics.of(place)
        told = np.repeat(weight, lengths)
        evidence = np.bincount(topic, odds * told, len(self._labels))
        covered = np.bincount(topic, told, len(self._labels)) / whole
        likely = greatest(evidence, SCORED) if wanted is None else wanted
        text = np.zeros(len(self._tells), np.float32)
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
        first, end = self._first[likely], self._first[likely + 1]
        rows, phrases = ranges(first, end), end - first
        row = starts(self._start[rows + 1] - self._start[rows])[:-1]
        cells = [*zip(self._start[first].tolist(), self._start[end].tolist(), strict=True)]
        weights, masses = self._weights
        weighed = joined(weights, cells)
        found = text.take(joined(self._feature, cells))
        explained = np.add.reduceat(found, row) / whole
        held = np.add.reduceat(weighed * (found > 0), row) / masses[rows]
        near = np.where(
            self._names[rows],
            held**NAME_HELD * explained**NAME_EXPLAINED,
            np.sqrt(held * explained),
        )
        begins, ends = starts(phrases)[:-1].tolist(), np.cumsum(phrases).tolist()
        within = [int(near[a:b].argmax()) for a, b in zip(begins, ends, strict=True)]
        best = [begin + at for begin, at in zip(begins, within, strict=True)]
        columns = (likely, evidence, covered, phrases, near[best], held[best], explained[best])
        told = zip(within, *(each.tolist() for each in columns), strict=True)
        return [
            Score(
                label=self._labels[topic],
                score=(1 - EVIDENCE) * nearness + EVIDENCE * sqrt(nearness * weight / most),
                phrase=at,
                held=holds,
                explained=explains,
                covered=covers,
                evidence=weight / most,
                weight=weight,
                phrases=count,
            )
            for at, topic, weight, covers, count, nearness, holds, explains in told
        ]


_KEPT = ("names", "first", "start", "feature", "stress", "total")
"""The arrays of an index that are kept as they are."""


class _Read(NamedTuple):
    """Phrases as they were read: the topic of each, whether it is a name, how many features it has;
    for each feature its place in `codes`, and that of its stress in `stresses`."""

    labels: list[str]
    owner: Integers
    names: NDArray[np.bool]
    lengths: Integers
    codes: NDArray[np.uint32]
    feature: Integers
    stresses: Numbers
    stress: Integers

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, bool, Features]]) -> _Read:
        """What is read of these phrases."""
        labels, features, stresses = _Numbered[str](), _Numbered[str](), _Numbered[float]()
        owner, names, lengths = array("i"), array("b"), array("i")
        feature, stress = array("i"), array("i")
        for label, name, found in phrases:
            if not found:
                continue
            owner.append(labels[label])
            names.append(name)
            lengths.append(len(found))
            feature.extend(map(features.__getitem__, found))
            stress.extend(map(stresses.__getitem__, found.values()))
        # Features whose codes are alike are one feature.
        codes, of_code = np.unique(np.array([*map(code, features)], np.uint32), return_inverse=True)
        told, of_told = np.unique(np.array([*stresses], np.float32), return_inverse=True)
        return cls(
            list(labels),
            np.array(owner, np.int32),
            np.array(names, bool),
            np.array(lengths, np.int64),
            codes,
            narrow(of_code)[np.array(feature, np.int32)],
            told,
            narrow(of_told)[np.array(stress, np.int32)],
        )


T = TypeVar("T")


class _Numbered(dict[T, int]):
    """Things by their numbers, which they get as they come."""

    def __missing__(self, key: T) -> int:
        return self.setdefault(key, len(self))


def code(feature: str) -> int:
    """The number by which a feature is known."""
    return crc32(feature.encode("utf-8", "surrogatepass"))


def _tells(topics: int, owners: Integers | Numbers) -> Numbers:
    """How much a feature tells: most where no topic or one has it, little where all have it."""
    told: Numbers = 0.2 + np.log(topics / (owners + 0.5))
    return told
