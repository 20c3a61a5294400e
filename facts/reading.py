"""One hall's folder read: its facts, what is wrong in its files, and where everything stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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


class Reading:
    """What was read in a hall's folder.

    `hall` is None where its hall.yaml cannot be read; `lost` are the names of the files of which
    nothing could be read, so that nobody is blamed for naming what stands there. `drafts` are read
    in place of files as they are.
    """

    def __init__(
        self, folder: Path, root: Path, *, questions: bool = False, drafts: Drafts = NO_DRAFTS
    ) -> None:
        self._folder = folder
        self._root = root
        self._drafts = drafts
        self._files = folders.files(folder)
        self._languages: Strings = ("zh",)
        self.problems: list[Problem] = []
        self.spots = Spots()
        self.lost: set[str] = set()
        self.hall = self._hall()
        self.questions: tuple[Question, ...] = self._list("questions") if questions else ()

    def tellings(self) -> Iterator[Telling]:
        """Every mapping that tells facts of a service."""
        for office, service in self.hall.services() if self.hall else ():
            yield from _tellings(office, service)

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
        sheet, node = self._open("hall")
        self._languages = _languages(sheet, node)
        sheet.speak(self._languages)
        offices = [name for name in self._files if name not in ("hall", *_LISTS)]
        facts = {
            "id": self._folder.name,
            "folder": self._folder,
            "offices": tuple(filter(None, map(self._office, offices))),
            "elsewhere": self._list("elsewhere"),
            "journeys": self._list("journeys"),
        }
        name = self._named(self._folder.name)
        hall: Hall | None = self._whole(sheet, node, Hall, name=name, **facts)
        return hall

    def _office(self, name: str) -> Office | None:
        sheet, node = self._open(name)
        office: Office | None = self._whole(sheet, node, Office, id=name, office=self._named(name))
        return office

    def _list(self, name: str) -> tuple[Any, ...]:
        if name not in self._files:
            return ()
        sheet, node = self._open(name)
        read = read_records(sheet, node, _LISTS[name]) if node else ()
        self.problems += sheet.problems
        return read

    def _open(self, name: str) -> tuple[Sheet, Node | None]:
        """A file's nodes; None where it is empty or cannot be read."""
        file = self._files[name]
        relative = file.relative_to(self._root).as_posix()
        sheet = Sheet(relative, self._folder, self._languages, self.spots)
        try:
            draft = self._drafts.get(file)
            if draft is not None:
                return sheet, compose(source.decode(draft))
            return sheet, source.read(file, self._root)
        except Fault as fault:
            sheet.add(fault)
            self.lost.add(name)
            return sheet, None

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
        self.problems += sheet.problems
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
