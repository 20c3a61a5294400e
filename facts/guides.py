"""Reading a folder of guides: every hall with all that its files tell, and what is wrong there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from facts import checks, folders, gaps
from facts.catalogue import KnownCatalogue
from facts.model import Hall, Question
from facts.problems import Problem
from facts.reading import NO_DRAFTS, Drafts, FileRead, Reading


@dataclass(frozen=True, slots=True)
class Guides:
    """All halls of a folder, and what is wrong in their files.

    `questions` are each hall's by its id, empty where they were not asked for.
    """

    halls: tuple[Hall, ...]
    problems: tuple[Problem, ...] = ()
    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)

    def hall(self, hall: str | None) -> Hall | None:
        """The hall with this id."""
        return next((each for each in self.halls if each.id == hall), None)


def read_guides(path: Path, *, questions: bool = False) -> Guides:
    """The guides in a hall's folder or in a folder of halls; never raises for what stands there.

    Files of questions are read only where `questions` are wanted.
    """
    return _read(path, questions=questions)[0]


def check_guides(path: Path, day: date | None = None, drafts: Drafts = NO_DRAFTS) -> Guides:
    """The guides with all that can be checked: questions, countries of holidays, matters, gaps.

    Reviews are overdue on this day; None leaves them out. `drafts` are checked in place of what
    stands in those files (resolved).
    """
    return check_readings(path, day, drafts)[0]


def check_readings(
    path: Path,
    day: date | None = None,
    drafts: Drafts = NO_DRAFTS,
    known: Mapping[str, FileRead] | None = None,
    catalogue: KnownCatalogue | None = None,
) -> tuple[Guides, list[Reading]]:
    """The checked guides as `check_guides` tells them, and where everything stands in them.

    Of files that are `known`, those of the catalogue too, only the ones in which something else
    stands now are read.
    """
    guides, readings = _read(path, questions=True, known=known, drafts=drafts)
    found = _checked(readings, path, catalogue or KnownCatalogue())
    for reading in readings:
        if reading.hall:
            found += gaps.check(reading, reading.hall, day)
    return replace(guides, problems=(*guides.problems, *found)), readings


class GuidesFolder:
    """A folder that is read again and again; only files in which something else stands now are.

    Not for several threads at once, but for `draft`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: Mapping[str, FileRead] = {}
        self._catalogue = KnownCatalogue()

    def read(self) -> Guides:
        """The guides with all that keeps them from being told, or is doubtful; never raises for
        what stands there. Questions are left out: they are for editors."""
        guides, readings = _read(self.path, questions=False, known=self._known)
        self._keep(readings)
        found = _checked(readings, self.path, self._catalogue)
        return replace(guides, problems=(*guides.problems, *found))

    def check(self) -> tuple[Guides, list[Reading]]:
        """The guides with all that can be checked, as `check_readings` tells them on no day."""
        guides, readings = check_readings(self.path, known=self._known, catalogue=self._catalogue)
        self._keep(readings)
        return guides, readings

    def draft(self, drafts: Drafts) -> tuple[Guides, list[Reading]]:
        """The same with drafts in place of what stands in those files (resolved)."""
        known, catalogue = self._known, self._catalogue
        return check_readings(self.path, drafts=drafts, known=known, catalogue=catalogue)

    def _keep(self, readings: Iterable[Reading]) -> None:
        self._known = {name: read for each in readings for name, read in each.files.items()}


def _checked(readings: list[Reading], path: Path, catalogue: KnownCatalogue) -> list[Problem]:
    """What is only known beside the public holidays and the catalogue."""
    found = [
        problem
        for reading in readings
        if reading.hall
        for problem in checks.check_holidays(reading, reading.hall)
    ]
    return [*found, *checks.check_matters(readings, Path(os.path.realpath(path)), catalogue)]


def _read(
    path: Path,
    *,
    questions: bool,
    known: Mapping[str, FileRead] | None = None,
    drafts: Drafts = NO_DRAFTS,
) -> tuple[Guides, list[Reading]]:
    root = Path(os.path.realpath(path))  # resolve() raises where links go round in a circle
    problems = list(folders.check(path))
    readings = [
        Reading(each, root, questions=questions, known=known, drafts=drafts)
        for each in folders.halls(root)
    ]
    for reading in readings:
        problems += reading.problems
    problems += checks.check(readings)
    halls = tuple(reading.hall for reading in readings if reading.hall)
    asked = {each.hall.id: each.questions for each in readings if each.hall and questions}
    return Guides(halls, tuple(problems), asked), readings
