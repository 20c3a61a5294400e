"""What names a window, an office, a topic or a matter that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from facts.catalogue import Catalogue
from facts.model import Hall
from facts.problems import Problem
from facts.reading import Reading
from facts.slips import shown
from facts.values import is_nothing

Named = tuple[object, str, Iterable[str | None]]
"""A record, its field, and what is named there."""


class Topics:
    """The topics of all halls that are read; those of lost files are not known to be missing."""

    def __init__(self, halls: Iterable[Hall], lost: Mapping[str, Iterable[str]]) -> None:
        self._known = {hall.id: hall.topic_ids() for hall in halls}
        self._lost = {hall: frozenset(names) for hall, names in lost.items()}

    def fault(self, hall: str, topic: str) -> tuple[str, dict[str, str]] | None:
        """The kind of fault in naming this topic in a hall, with its values; None if there is."""
        other, colon, rest = topic.rpartition(":")
        hall = other if colon else hall
        if hall not in self._known:
            return "hall-not-loaded", {"hall": shown(hall)}
        if rest in self._known[hall] or rest.partition("/")[0] in self._lost.get(hall, ()):
            return None
        return "unknown-topic", {"topic": shown(topic), "nearest": nearest(rest, self._known[hall])}


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a faulty guide pays for the import

    found = process.extractOne(name, sorted(known), scorer=fuzz.ratio)
    return shown(found[0]) if found else "–"


def topics(readings: Sequence[Reading]) -> Iterator[Problem]:
    """Topics that no guide tells."""
    halls = [reading.hall for reading in readings if reading.hall]
    known = Topics(halls, {each.hall.id: each.lost for each in readings if each.hall})
    for reading in readings:
        for holder, field, named in _named_topics(reading):
            for topic in named:
                fault = known.fault(reading.hall.id, topic) if reading.hall and topic else None
                if fault:
                    kind, told = fault
                    yield reading.spots.problem(holder, field, kind, topic, **told)


def _named_topics(reading: Reading) -> Iterator[Named]:
    for telling in reading.tellings():
        yield telling.holder, "related", telling.facts.get("related", ())
    for material in (*reading.materials(), *reading.brought_elsewhere()):
        yield material, "topic", (material.topic,)
    if reading.hall:
        yield from ((each, "services", each.services) for each in reading.hall.stations)
        for journey in reading.hall.journeys:
            yield from ((step, "topic", (step.topic,)) for step in journey.steps)


def windows(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Numbers of windows that the hall does not have."""
    known = [window.number for window in hall.windows]
    kind = "unknown-window" if known else "no-windows"
    for holder, field, numbers in _named_windows(reading, hall):
        for number in numbers:
            if number and number not in known:
                told = {"number": shown(number), "known": shown(", ".join(known))}
                yield reading.spots.problem(holder, field, kind, number, **told)


def _named_windows(reading: Reading, hall: Hall) -> Iterator[Named]:
    yield hall, "lead_window", (hall.lead_window,)
    if hall.complaints:
        yield hall.complaints, "window", (hall.complaints.window,)
    yield from ((each, "windows", each.windows) for each in hall.closed)
    yield from ((each, "window", each.window) for each in hall.offices)
    for telling in reading.tellings():
        yield telling.holder, "window", telling.facts.get("window", ())
    yield from ((each, "lead", (each.lead,)) for each in hall.journeys)


def offices(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Ids of offices that have no file."""
    known = {office.id for office in hall.offices}
    for window in hall.windows:
        yield from _unknown(reading, (window, "", window.offices), known, "unknown-office")
    for telling in reading.tellings():
        for joint in telling.facts.get("joint", ()):
            named = (joint, "office", (joint.office,))
            yield from _unknown(reading, named, known, "unknown-joint-office")


def _unknown(reading: Reading, named: Named, known: set[str], kind: str) -> Iterator[Problem]:
    holder, field, ids = named
    for office in ids:
        if office and office not in known | reading.lost:
            told = {"office": shown(office), "nearest": nearest(office, known)}
            yield reading.spots.problem(holder, field, kind, office, **told)


def matters(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    """Ids of matters that the catalogue does not have."""
    for holder, field, named in named_matters(reading):
        for matter in named:
            if not catalogue.may_have(matter):
                told = {"matter": shown(matter), "nearest": catalogue.nearest(matter)}
                yield reading.spots.problem(holder, field, "unknown-matter", matter, **told)


def named_matters(reading: Reading) -> Iterator[tuple[object, str, list[str]]]:
    """Where a hall's guides say which matter something is; `none` names nothing."""
    told = [(each.holder, each.facts.get("matter", ())) for each in reading.tellings()]
    told += [(each, each.matter) for each in (reading.hall.elsewhere if reading.hall else ())]
    for holder, named in told:
        yield holder, "matter", [matter for matter in named if not is_nothing(matter)]
