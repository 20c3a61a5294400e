"""One hall's folder read: its facts, what is wrong in its files, and where everything stands."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from facts import conversions, folders, source
from facts.model import (
    Case,
    Elsewhere,
    Hall,
    Journey,
    Material,
    Office,
    Question,
    Service,
    Strings,
    Text,
)
from facts.nodes import Fields, Node, compose
from facts.problems import Fault, Problem
from facts.reader import read_record, read_records
from facts.schema import fields, keys
from facts.sheet import Sheet, Spots

_LISTS: Mapping[str, type] = {"elsewhere": Elsewhere, "journeys": Journey, "questions": Question}
"""The files that hold a list, and of what."""
Drafts = Mapping[Path, bytes]
"""What is to stand in files, by the file."""
NO_DRAFTS: Drafts = {}


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read of one file, and of what: its digest and the hall's languages.

    `lost` is whether nothing in it could be read.
    """

    of: tuple[bytes, Strings]
    facts: Any
    problems: tuple[Problem, ...]
    spots: Spots
    lost: bool


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

    def tellings(self) -> Sequence[Telling]:
        """Every mapping that tells facts of a service."""
        return self._told

    @functools.cached_property
    def _told(self) -> Sequence[Telling]:
        services = self.hall.services() if self.hall else ()
        return [each for office, of in services for each in _tellings(office, of)]

    def materials(self) -> Iterator[Material]:
        """Every material that services tell, also where one of several is enough."""
        told = [each.facts.get("materials") or () for each in self.tellings()]
        told += [each.holder.add_materials for each in self.tellings() if each.is_case]
        for materials in told:
            yield from _with_alternatives(materials)

    def brought_elsewhere(self) -> Iterator[Material]:
        """Every material that is told of matters that the hall does not handle."""
        for each in self.hall.elsewhere if self.hall else ():
            yield from _with_alternatives(each.bring)

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


class Telling(NamedTuple):
    """Facts that stand in one mapping: a service's, a case's, or those of a change."""

    office: Office
    service: Service
    holder: Any
    facts: Mapping[str, Any]

    @property
    def is_case(self) -> bool:
        """Whether these are a case's facts."""
        return isinstance(self.holder, Case)


def _records(sheet: Sheet, node: Node | None, name: str) -> tuple[Any, ...]:
    return read_records(sheet, node, _LISTS[name]) if node else ()


def _with_alternatives(materials: Iterable[Material]) -> Iterator[Material]:
    for material in materials:
        yield material
        yield from _with_alternatives(material.one_of)


def _tellings(office: Office, service: Service) -> Iterator[Telling]:
    names = [key.field for key in fields(Service)]
    yield Telling(office, service, service, {name: getattr(service, name) for name in names})
    changes = list((service.changes or {}).values())
    for case in service.cases:
        yield Telling(office, service, case, case.overrides)
        changes += (case.overrides.get("changes") or {}).values()
    yield from (Telling(office, service, change, change) for change in changes)


def _languages(sheet: Sheet, node: Node | None) -> Strings:
    """The hall's languages, which must be known before its texts are read."""
    known = keys(Hall)
    for key, value in node.pairs if isinstance(node, Fields) else ():
        if key.text in known and known[key.text].field == "languages":
            return conversions.languages(sheet.draft(), value) or ("zh",)
    return ("zh",)
