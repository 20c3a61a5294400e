"""One hall's folder read: its facts, what is wrong in its files, and where everything stands."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from facts import conversions, folders, source
from facts.model import Elsewhere, Hall, Journey, Office, Question, Strings, Text
from facts.nodes import Fields, Node, compose
from facts.parts import Part, Telling
from facts.problems import Fault, Problem
from facts.reader import read_record, read_records
from facts.schema import keys
from facts.sheet import Sheet, Spots

_LISTS: Mapping[str, type] = {"elsewhere": Elsewhere, "journeys": Journey, "questions": Question}
"""The files that hold a list, and of what."""
Drafts = Mapping[Path, bytes]
"""What is to stand in files, by the file."""
NO_DRAFTS: Drafts = {}


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read of one file, and of what: its digest and the hall's languages.

    `lost` is whether nothing in it could be read; `found` is what checks have found in it alone.
    """

    of: tuple[bytes, Strings]
    facts: Any
    problems: tuple[Problem, ...]
    spots: Spots
    lost: bool
    found: dict[str, Any] = field(default_factory=dict)


class Reading:
    """What was read in a hall's folder.

    `hall` is None where its hall.yaml cannot be read; `lost` are the names of the files of which
    nothing could be read, so that nobody is blamed for naming what stands there. `files` are all
    files but hall.yaml by their names under `root`; of those `known` from an earlier reading only
    the ones in which something else stands now are read. `drafts` are read in place of files as
    they are.
    """

    def __init__(
        self,
        folder: Path,
        root: Path,
        *,
        questions: bool = False,
        known: Mapping[str, FileRead] | None = None,
        drafts: Drafts = NO_DRAFTS,
    ) -> None:
        self._folder = folder
        self._root = root
        self._drafts = drafts
        self._files = folders.files(folder)
        self._languages: Strings = ("zh",)
        self._known = known or {}
        self.files: dict[str, FileRead] = {}
        self.problems: list[Problem] = []
        self.spots = Spots()
        self.lost: set[str] = set()
        self.hall = self._hall()
        self.questions: tuple[Question, ...] = self._list("questions") if questions else ()

    @functools.cached_property
    def parts(self) -> Sequence[Part]:
        """What can be checked file by file: each office's file, and all the rest together."""
        if self.hall is None:
            return ()
        of_offices = (each for each in self.files.values() if isinstance(each.facts, Office))
        rest = replace(self.hall, offices=())
        self.spots.note_as(rest, self.hall)
        return (
            *(_alone(each, self.hall) for each in of_offices),
            Part(rest, self.spots, {}, is_rest=True),
        )

    def tellings(self) -> Iterator[Telling]:
        """Every mapping that tells facts of a service."""
        return (each for part in self.parts for each in part.tellings())

    def _hall(self) -> Hall | None:
        sheet = self._sheet("hall")
        node = self._tree(sheet, "hall")
        self._languages = _languages(sheet, node)
        sheet.speak(self._languages)
        offices = [name for name in self._files if name not in ("hall", *_LISTS)]
        facts = {
            "id": self._folder.name,
            "folder": self._folder,
            "offices": tuple(filter(None, (self._read(each, self._office) for each in offices))),
            "elsewhere": self._list("elsewhere"),
            "journeys": self._list("journeys"),
        }
        name = self._named(self._folder.name)
        hall: Hall | None = self._whole(sheet, node, Hall, name=name, **facts)
        self.problems += sheet.problems
        self.spots.update(sheet.spots)
        return hall

    def _office(self, sheet: Sheet, node: Node | None, name: str) -> Office | None:
        office: Office | None = self._whole(sheet, node, Office, id=name, office=self._named(name))
        return office

    def _list(self, name: str) -> tuple[Any, ...]:
        return self._read(name, _records) if name in self._files else ()

    def _read(self, name: str, read: Callable[[Sheet, Node | None, str], Any]) -> Any:
        """What a file tells, as it was told before where the same stands in it."""
        sheet = self._sheet(name)
        contents = self._contents(sheet, name)
        of = hashlib.blake2b(contents or b"", digest_size=16).digest(), self._languages
        known = self._known.get(sheet.file)
        if contents is None or known is None or known.of != of:
            node = self._composed(sheet, name, contents)
            facts = read(sheet, node, name)
            lost = name in self.lost
            known = FileRead(of, facts, tuple(sheet.problems), sheet.spots, lost)
        if known.lost:
            self.lost.add(name)
        if contents is not None:
            self.files[sheet.file] = known
        self.problems += known.problems
        self.spots.update(known.spots)
        return known.facts

    def _sheet(self, name: str) -> Sheet:
        relative = self._files[name].relative_to(self._root).as_posix()
        return Sheet(relative, self._folder, self._languages, Spots())

    def _tree(self, sheet: Sheet, name: str) -> Node | None:
        """A file's nodes; None where it is empty or cannot be read."""
        return self._composed(sheet, name, self._contents(sheet, name))

    def _contents(self, sheet: Sheet, name: str) -> bytes | None:
        try:
            draft = self._drafts.get(self._files[name])
            return source.contents_of(self._files[name], self._root) if draft is None else draft
        except Fault as fault:
            sheet.add(fault)
            self.lost.add(name)
            return None

    def _composed(self, sheet: Sheet, name: str, contents: bytes | None) -> Node | None:
        try:
            return None if contents is None else compose(source.decode(contents))
        except Fault as fault:
            sheet.add(fault)
            self.lost.add(name)
            return None

    def _whole(self, sheet: Sheet, node: Node | None, owner: type, **facts: Any) -> Any:
        """The facts of a file that holds one mapping."""
        read = None
        try:
            if node is not None:
                read = read_record(sheet, node, owner, **facts)
            elif not sheet.problems:
                raise Fault(1, 1, "empty-file", key="name" if owner is Hall else "office")
        except Fault as fault:
            sheet.add(fault)
        return read

    def _named(self, name: str) -> Text:
        return Text({self._languages[0]: name})


def _alone(file: FileRead, hall: Hall) -> Part:
    """An office's file."""
    alone = Hall(id=hall.id, name=hall.name, languages=hall.languages, offices=(file.facts,))
    return Part(alone, file.spots, file.found)


def _records(sheet: Sheet, node: Node | None, name: str) -> tuple[Any, ...]:
    return read_records(sheet, node, _LISTS[name]) if node else ()


def _languages(sheet: Sheet, node: Node | None) -> Strings:
    """The hall's languages, which must be known before its texts are read."""
    known = keys(Hall)
    for key, value in node.pairs if isinstance(node, Fields) else ():
        if key.text in known and known[key.text].field == "languages":
            return conversions.languages(sheet.draft(), value) or ("zh",)
    return ("zh",)
