"""What no single value shows: contradictions and doubts within a hall and between halls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from facts import contradictions, doubts, questions, references
from facts.catalogue import KnownCatalogue, own_folders
from facts.model import Hall
from facts.parts import Part
from facts.problems import Problem
from facts.reading import Reading
from facts.sheet import MOST
from facts.slips import shown

_OF_HALLS = (references.windows, references.offices, doubts.names, doubts.also)
"""Checks that hold the files of a hall against each other."""
_OF_PARTS = (
    contradictions.ids,
    contradictions.limits,
    contradictions.dates,
    contradictions.seasons,
    contradictions.vague_materials,
    doubts.phrases,
    doubts.cases,
    doubts.missing,
    doubts.suspended,
    doubts.windows_on_plan,
)
"""Checks of each part by itself."""


def check(readings: Sequence[Reading]) -> Iterator[Problem]:
    """The problems within each hall, and the topics that no hall has."""
    yield from islice(references.topics(readings), MOST)
    halls = [reading.hall for reading in readings if reading.hall]
    topics = references.Topics(halls, {each.hall.id: each.lost for each in readings if each.hall})
    for reading in readings:
        if reading.hall is None:
            continue
        for find in _OF_HALLS:
            yield from islice(find(reading, reading.hall), MOST)
        for alone in _OF_PARTS:
            yield from islice(_of_parts(reading, alone), MOST)
        asked = questions.check(reading.questions, [reading.hall.id], topics, reading.spots)
        yield from islice(asked, MOST)


def _of_parts(
    reading: Reading, find: Callable[[Part, Hall], Iterator[Problem]]
) -> Iterator[Problem]:
    for part in reading.parts:
        yield from part.once(find.__name__, lambda part: islice(find(part, part.hall), MOST))


def check_matters(
    readings: Sequence[Reading], root: Path, known: KnownCatalogue
) -> Iterator[Problem]:
    """Matters that nobody knows, and what is wrong with the halls' own.

    The catalogue is read (a second) only where one is named or a hall has its own, and it is not
    `known`.
    """
    halls = [reading.hall for reading in readings if reading.hall]
    named = any(True for each in readings for _ in references.named_matters(each))
    if not (named or own_folders(halls)):
        return
    catalogue = known.of(halls, root)
    yield from catalogue.problems
    for reading in readings:
        yield from islice(references.matters(reading, catalogue), MOST)


def check_holidays(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """A country, or a part of one, whose holidays nobody knows; needs the library (70 ms)."""
    import holidays  # noqa: PLC0415 - slow, and only this check wants it

    country, _, part = (hall.holidays or "none").partition("-")
    if country == "none":
        return
    parts = holidays.list_supported_countries(include_aliases=True).get(country)
    if parts is None or (part and part not in parts):
        told = {"country": shown(hall.holidays or "")}
        yield reading.spots.problem(hall, "holidays", "unknown-holidays", **told)
