"""Reading a folder of guides: every hall with all that its files tell, and what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from facts import source
from facts.conversions import languages
from facts.model import Elsewhere, Hall, Journey, Office, Question, Text
from facts.nodes import Fields, Items, Node
from facts.problems import Fault, Problem
from facts.reader import read_record, read_records
from facts.sheet import Sheet, Spots

T = TypeVar("T")

_LISTS: Mapping[str, type] = {"elsewhere": Elsewhere, "journeys": Journey, "questions": Question}
_ENDINGS = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Guides:
    """All halls of a folder, and what is wrong in their files.

    `questions` are those of each hall by its id, where they were asked for.
    """

    halls: tuple[Hall, ...]
    problems: tuple[Problem, ...] = ()
    questions: Mapping[str, tuple[Question, ...]] | None = None

    def hall(self, hall: str | None) -> Hall | None:
        """The hall with this id."""
        return next((each for each in self.halls if each.id == hall), None)


def read_guides(path: Path, *, questions: bool = False) -> Guides:
    """The guides in a hall's folder or in a folder of halls; never raises for what stands there.

    Files of questions are read only where `questions` are wanted.
    """
    reading = Reading(path)
    folders = reading.folders()
    halls = tuple(filter(None, (reading.hall(folder, questions) for folder in folders)))
    checked = checks.check(halls, reading)
    return Guides(halls, (*reading.problems, *checked), reading.questions if questions else None)
