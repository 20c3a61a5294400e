"""Flat arrays: tables of values, and for each feature the places where it stands (postings)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK = 64
"""Values of which the greatest is looked at first."""
Integers = NDArray[np.integer[Any]]
Numbers = NDArray[np.floating[Any]]


class Table(NamedTuple):
    """Different values, each known by its place; `order` sorts them."""

    values: NDArray[Any]
    order: Integers

    @classmethod
    def of(cls, values: NDArray[Any]) -> Table:
        """The table of these different values."""
        return cls(values, np.argsort(values))

    def find(self, wanted: NDArray[Any]) -> tuple[Integers, NDArray[np.bool]]:
        """The places of these values, and which of them are there at all."""
        if not len(self.values):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
        at = np.searchsorted(self.values, wanted, sorter=self.order)
        at[at == len(self.values)] = 0
        place = self.order[at]
        return place, self.values[place] == wanted

    def having(self, wanted: NDArray[Any]) -> tuple[Table, Integers]:
        """The table with these sorted values too, and their places; the others keep theirs."""
        place, known = self.find(wanted)
        fresh = wanted[~known]
        places = len(self.values) + np.arange(len(fresh))
        place[~known] = places
        at = np.searchsorted(self.values, fresh, sorter=self.order)
        values = np.concatenate((self.values, fresh))
        return Table(values, np.insert(self.order, at, places)), place


class Postings(NamedTuple):
    """For each feature the places where it stands and what it weighs there, feature by feature."""

    start: Integers
    place: Integers
    weight: Numbers

    def of(self, features: Integers) -> tuple[Integers, Numbers, Integers]:
        """The places and weights of these features one after another, and how many each has."""
        begins, ends = self.start[features], self.start[features + 1]
        parts = [(0, 0), *zip(begins.tolist(), ends.tolist(), strict=True)]
        # What counts by places wants them this wide, and would widen them every time.
        places = joined(self.place, parts).astype(np.intp)
        return places, joined(self.weight, parts), ends - begins

    @property
    def owners(self) -> Integers:
        """How many places each feature has."""
        found: Integers = np.diff(self.start)
        return found

    def without(self, place: int) -> Postings:
        """The postings without a place; the places behind it move up."""
        gone = np.flatnonzero(self.place == place)
        start = self.start - np.searchsorted(gone, self.start)
        left = np.delete(self.place, gone)
        left -= left > place
        return Postings(start, left, np.delete(self.weight, gone))

    def having(
        self, place: int, features: Integers, weights: Numbers, owners: Integers
    ) -> Postings:
        """The postings with one place more, which has these sorted features.

        `owners` are how many places each feature then has; the places from it on move down.
        """
        behind = self.place >= place
        start = starts(owners)
        # Each of the features has one place more from here on, before those that move down.
        more = np.searchsorted(features, np.arange(len(start)))
        begins, ends = (start - more)[features], (start - more)[features + 1]
        moving = starts(behind.astype(np.int32))
        at = ends - (moving[ends] - moving[begins])
        return Postings(
            start,
            np.insert(self.place + behind, at, place).astype(np.int32),
            np.insert(self.weight, at, weights),
        )


def starts(lengths: Integers) -> Integers:
    """Where each of several ranges of these lengths starts that lie one after another."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def ranges(begins: Integers, ends: Integers) -> Integers:
    """All whole numbers of the ranges, range by range."""
    lengths = ends - begins
    before = np.cumsum(lengths) - lengths
    numbers: Integers = np.arange(int(lengths.sum())) + np.repeat(begins - before, lengths)
    return numbers


def joined(array: NDArray[Any], parts: Iterable[tuple[int, int]]) -> NDArray[Any]:
    """Some parts of an array, each from a place to before another, one after another.

    Many times quicker than to ask for every place of long parts.
    """
    return np.concatenate([array[begin:end] for begin, end in parts])


def narrow(numbers: Integers) -> Integers:
    """Whole numbers from 0 on in as few bytes as the greatest needs."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def spliced(array: NDArray[Any], gone: slice, more: NDArray[Any]) -> NDArray[Any]:
    """The array with more in place of what is gone."""
    return np.concatenate((array[: gone.start], more, array[gone.stop :]))


def greatest(values: NDArray[Any], count: int) -> Integers:
    """The places of the greatest positive values, greatest first."""
    blocks = len(values) // BLOCK
    some = np.arange(len(values))
    if blocks > count:
        # So many blocks reach this value, so that the greatest values do.
        most = values[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
        some = np.flatnonzero(values >= np.partition(most, -count)[-count])
    some = some[np.argsort(-values[some], kind="stable")][:count]
    return some[values[some] > 0]
