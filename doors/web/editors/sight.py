"""Sight: what somebody sees of the guides: halls, their files, and the entries of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from doors.web.staff.users import User
from editing.completeness import Signs, of_elsewhere, of_journey, of_service
from editing.guidebook import Guidebook
from facts.calendar import Calendar
from facts.guides import Guides
from facts.model import Elsewhere, Hall, Journey, Question, Service
from facts.problems import Fault, Problem
from facts.values import plain

_ORDER = {"hall": 0, "elsewhere": 2, "journeys": 3, "questions": 4}
"""Where a file stands among the others; offices stand at 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a file: what it tells, how old that is, and its faults."""

    id: str
    name: str
    searched: str
    signs: Signs
    verified_on: date | None = None
    review_by: date | None = None
    overdue: bool = False
    faults: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a hall with its entries, and the faults that are none of theirs."""

    name: str
    title: str
    entries: Sequence[Entry]
    faults: Sequence[Problem]


class Sight:
    """The guides as `user` sees them at a time, in a language."""

    def __init__(self, book: Guidebook, user: User, language: str, at: datetime) -> None:
        self._book = book
        self._user = user
        self._language = language
        self._at = at

    def halls(self) -> Iterator[tuple[str, str, list[File]]]:
        """Each hall's id and name, with its files."""
        guides = self._book.guides()
        for hall, files in self._book.halls().items():
            if self._user.hall not in (None, hall):
                continue
            read = guides.hall(hall)
            name = read.name.say(self._language) if read else hall
            ordered = sorted(files, key=lambda each: _ORDER.get(each, 1))
            yield hall, name, [self._file(guides, read, hall, each) for each in ordered]

    def _file(self, guides: Guides, hall: Hall | None, folder: str, name: str) -> File:
        relative = self._book.relative(folder, name)
        faults = [each for each in guides.problems if each.file == relative]
        passages: Mapping[str, range] = {}
        if faults:
            try:
                passages = self._book.lines(folder, name)
            except Fault:
                passages = {}
        placed: dict[str, list[Problem]] = {}
        rest: list[Problem] = []
        for each in sorted(faults, key=lambda each: (each.line, each.column)):
            at = next((topic for topic, lines in passages.items() if each.line in lines), None)
            (placed.setdefault(at, []) if at else rest).append(each)
        entries = self._entries(guides, hall, name, placed) if hall else []
        return File(name=name, title=self._title(hall, name), entries=entries, faults=rest)

    def _title(self, hall: Hall | None, name: str) -> str:
        office = hall.office(name) if hall else None
        return office.office.say(self._language) if office else ""

    def _entries(
        self, guides: Guides, hall: Hall, name: str, faults: Mapping[str, Sequence[Problem]]
    ) -> list[Entry]:
        questions = guides.questions.get(hall.id, ())
        day = Calendar(hall).local(self._at).date()
        return [
            self._entry(item, signs, faults.get(item.id, ()), day)
            for item, signs in _items(hall, name, questions)
        ]

    def _entry(
        self,
        item: Service | Elsewhere | Journey,
        signs: Signs,
        faults: Sequence[Problem],
        day: date,
    ) -> Entry:
        verified, review = (
            (item.verified_on, item.review_by) if isinstance(item, Service) else (None, None)
        )
        said = (item.id, *item.name.words.values(), *item.also)
        return Entry(
            id=item.id,
            name=item.name.say(self._language),
            searched=" ".join(map(plain, said)),
            signs=signs,
            verified_on=verified,
            review_by=review,
            overdue=review is not None and review < day,
            faults=faults,
        )


def _items(
    hall: Hall, name: str, questions: Sequence[Question]
) -> Iterator[tuple[Service | Elsewhere | Journey, Signs]]:
    if name == "elsewhere":
        yield from ((each, of_elsewhere(hall, each, questions)) for each in hall.elsewhere)
    elif name == "journeys":
        yield from ((each, of_journey(hall, each, questions)) for each in hall.journeys)
    elif office := hall.office(name):
        for service in office.services:
            yield service, of_service(hall, office, service, questions)
