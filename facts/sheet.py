"""One file while it is read: its language, what is wrong in it, and where each fact stands."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from facts.nodes import Fields, Items, Node, Scalar
from facts.problems import Fault, Problem
from facts.slips import shown

MOST = 200
"""Problems told of one file; whoever has more has one problem that repeats."""

_FORBIDDEN = re.compile(
    "不知道|不清楚|不归我管|不归我们管|找别人去|自己看|[不没]关我事"
    r"|\b(?:I|we) (?:don't|do not) know\b|\bnot (?:our|my) (?:job|business|problem)\b"
    r"|\bask (?:someone|somebody) else\b|\bsee for yourself\b",
    re.IGNORECASE,
)


class Spot(NamedTuple):
    """Where a record was read: the record itself, its file, its node and those of its fields."""

    record: object
    file: str
    node: Node
    places: Mapping[str, Node]


class Spots:
    """Where each record and each of its fields stands."""

    def __init__(self) -> None:
        self._spots: dict[int, Spot] = {}
        self._others: list[Spots] = []

    def note(self, record: object, file: str, node: Node, places: Mapping[str, Node]) -> None:
        """Remembers where a record was read (and the record, so that no other takes its place)."""
        self._spots[id(record)] = Spot(record, file, node, places)

    def note_as(self, record: object, known: object) -> None:
        """Remembers that a record stands where a known one does."""
        self._spots[id(record)] = self._spot(known)._replace(record=record)

    def update(self, others: Spots) -> None:
        """Remembers what others know."""
        self._others.append(others)

    def problem(
        self, record: object, field: str, kind: str, at: str | None = None, /, **values: str
    ) -> Problem:
        """A problem with a field of a record (or the record, where the field is not written).

        `at` is the text within the field to point at.
        """
        spot = self._spot(record)
        node = spot.places.get(field, spot.node)
        if at is not None:
            node = _holding(node, at) or node
        return Problem(spot.file, node.line, node.column, kind, values)

    def _spot(self, record: object) -> Spot:
        known = (each._spots for each in (self, *self._others))
        return next(each[id(record)] for each in known if id(record) in each)

    def place(self, record: object) -> str:
        """Where a record begins: `file:line`."""
        spot = self._spot(record)
        return f"{spot.file}:{spot.node.line}"


def _holding(node: Node, text: str) -> Node | None:
    """The first scalar of this text under a node."""
    if isinstance(node, Scalar):
        return node if node.text.strip() == text else None
    within: Sequence[Node] = ()
    if isinstance(node, Items):
        within = node.nodes
    elif isinstance(node, Fields):
        within = [value for _, value in node.pairs]
    return next(filter(None, (_holding(each, text) for each in within)), None)


class Sheet:
    """A file being read; `languages` are the hall's, the first is that of plain texts."""

    def __init__(self, file: str, folder: Path, languages: Sequence[str], spots: Spots) -> None:
        self.file = file
        self.folder = folder
        self.problems: list[Problem] = []
        self.spots = spots
        self._known = set(languages) | {"zh", "en"}
        self.language = languages[0]

    @property
    def full(self) -> bool:
        """Whether no more problems are told of this file."""
        return len(self.problems) > MOST

    def add(self, fault: Fault) -> None:
        """Notes a fault in this file."""
        self._told(Problem(self.file, fault.line, fault.column, fault.kind, fault.values))

    def _told(self, problem: Problem) -> None:
        if len(self.problems) < MOST:
            self.problems.append(problem)
        elif len(self.problems) == MOST:
            self.problems.append(dataclasses.replace(problem, kind="more-problems"))

    def note(self, record: object, node: Node, places: Mapping[str, Node]) -> None:
        """Remembers where a record and its fields stand."""
        self.spots.note(record, self.file, node, places)

    def double(self, record: object, name: str, first: object) -> None:
        """Notes that a record has the name of one that was read before."""
        field = "number" if hasattr(record, "number") else "id"
        told = {"id": shown(name), "place": self.spots.place(first)}
        self._told(self.spots.problem(record, field, "double-id", **told))

    def draft(self) -> Sheet:
        """A sheet of the same file whose problems do not count."""
        return Sheet(self.file, self.folder, [self.language], self.spots)

    def speak(self, languages: Sequence[str]) -> None:
        """Sets the hall's languages, once they are read."""
        self.language = languages[0]
        self._known.update(languages)

    def hear(self, tag: str, node: Node) -> None:
        """Warns of a language that is not the hall's, once each."""
        if tag not in self._known and tag.partition("-")[0] not in self._known:
            self._known.add(tag)
            self.add(node.fault("language-not-listed", language=tag))

    def doubt(self, node: Node, text: str) -> None:
        """Warns of a phrase that the desk must never say."""
        found = _FORBIDDEN.search(text)
        if found:
            self.add(node.fault("forbidden-phrase", phrase=shown(found[0])))
