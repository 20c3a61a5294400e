"""What names a window, an office, a topic or a matter that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from facts.catalogue import Catalogue
from facts.model import Hall
from facts.parts import Part
from facts.problems import Problem
from facts.reading import Reading
from facts.slips import shown
from facts.values import is_nothing

Named = tuple[object, str, Iterable[str | None]]
"""A record, its field, and what is named there."""


class Topics:
    """The topics of all halls that are read; those of lost files are not known to be missing."""

    def __init__(self, halls: Iterable[Hall], lost: Mapping[str, Iterable[str]]) -> None:
        self._halls = {hall.id: hall for hall in halls}
        self._known: dict[str, frozenset[str]] = {}
        self._lost = {hall: frozenset(names) for hall, names in lost.items()}

    def fault(self, hall: str, topic: str) -> tuple[str, dict[str, str]] | None:
        """The kind of fault in naming this topic in a hall, with its values; None if there is."""
        other, colon, rest = topic.rpartition(":")
        hall = other if colon else hall
        if hall not in self._halls:
            return "hall-not-loaded", {"hall": shown(hall)}
        known = self._topics_of(hall)
        if rest in known or rest.partition("/")[0] in self._lost.get(hall, ()):
            return None
        return "unknown-topic", {"topic": shown(topic), "nearest": nearest(rest, known)}

    def _topics_of(self, hall: str) -> frozenset[str]:
        if hall not in self._known:
            self._known[hall] = self._halls[hall].topic_ids()
        return self._known[hall]


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
        for holder, field, topic in _named(reading, _named_topics):
            fault = known.fault(reading.hall.id, topic) if reading.hall else None
            if fault:
                kind, told = fault
                yield reading.spots.problem(holder, field, kind, topic, **told)


def _named(
    reading: Reading, named: Callable[[Part], Iterable[Named]]
) -> Iterator[tuple[object, str, str]]:
    """All that is named in a hall, with the record and the field that name it."""

    def one_by_one(part: Part) -> Iterator[tuple[object, str, str]]:
        every = named(part)
        yield from ((holder, field, each) for holder, field, of in every for each in of if each)

    return (each for part in reading.parts for each in part.once(named.__name__, one_by_one))


def _named_topics(part: Part) -> Iterator[Named]:
    for telling in part.tellings():
        yield telling.holder, "related", telling.facts.get("related", ())
    for material in (*part.materials(), *part.brought_elsewhere()):
        yield material, "topic", (material.topic,)
    yield from ((each, "services", each.services) for each in part.hall.stations)
    for journey in part.hall.journeys:
        yield from ((step, "topic", (step.topic,)) for step in journey.steps)


def windows(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Numbers of windows that the hall does not have."""
    known = {window.number: None for window in hall.windows}
    kind = "unknown-window" if known else "no-windows"
    for holder, field, number in _named(reading, _named_windows):
        if number not in known:
            told = {"number": shown(number), "known": shown(", ".join(known))}
            yield reading.spots.problem(holder, field, kind, number, **told)


def _named_windows(part: Part) -> Iterator[Named]:
    hall = part.hall
    yield hall, "lead_window", (hall.lead_window,)
    if hall.complaints:
        yield hall.complaints, "window", (hall.complaints.window,)
    yield from ((each, "windows", each.windows) for each in hall.closed)
    yield from ((each, "window", each.window) for each in hall.offices)
    for telling in part.tellings():
        yield telling.holder, "window", telling.facts.get("window", ())
    yield from ((each, "lead", (each.lead,)) for each in hall.journeys)


def offices(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Ids of offices that have no file."""
    known = {office.id for office in hall.offices}
    for kind, named in (
        ("unknown-office", _named_offices),
        ("unknown-joint-office", _named_joints),
    ):
        for holder, field, office in _named(reading, named):
            if office not in known and office not in reading.lost:
                told = {"office": shown(office), "nearest": nearest(office, known)}
                yield reading.spots.problem(holder, field, kind, office, **told)


def _named_offices(part: Part) -> Iterator[Named]:
    return ((window, "", window.offices) for window in part.hall.windows)


def _named_joints(part: Part) -> Iterator[Named]:
    for telling in part.tellings():
        for joint in telling.facts.get("joint", ()):
            yield joint, "office", (joint.office,)


def matters(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    """Ids of matters that the catalogue does not have."""
    for holder, field, matter in named_matters(reading):
        if not catalogue.may_have(matter):
            told = {"matter": shown(matter), "nearest": catalogue.nearest(matter)}
            yield reading.spots.problem(holder, field, "unknown-matter", matter, **told)


def named_matters(reading: Reading) -> Iterator[tuple[object, str, str]]:
    """Where a hall's guides say which matter something is; `none` names nothing."""
    return _named(reading, _matters)


def _matters(part: Part) -> Iterator[Named]:
    told = [(each.holder, each.facts.get("matter", ())) for each in part.tellings()]
    told += [(each, each.matter) for each in part.hall.elsewhere]
    for holder, named in told:
        yield holder, "matter", [matter for matter in named if not is_nothing(matter)]
