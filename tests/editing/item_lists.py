"""Lists of items as halls keep them, written as workbooks and text by the tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from editing.exchange.importing import Outcome, import_list
from facts.guides import check_guides
from facts.model import Hall, Service

Cells = Sequence[Sequence[Any]]

HEADER = ["主管部门", "事项名称", "申请材料", "承诺办结时限", "收费标准"]


def workbook(
    folder: Path, rows: Cells, *, merged: Sequence[str] = (), name: str = "items.xlsx",
    sheet: str = "Sheet1", change: Callable[[Any], None] | None = None,
) -> Path:  # fmt: skip
    """A workbook of one sheet with these rows and merged areas."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    if change:
        change(book)
    book.save(folder / name)
    return folder / name


def text(folder: Path, contents: str | bytes, name: str = "items.csv") -> Path:
    """A file of text."""
    file = folder / name
    file.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    return file


@dataclass(frozen=True)
class Imported:
    """What an import said, and the hall it made."""

    outcome: Outcome
    folder: Path

    @property
    def said(self) -> str:
        return "\n".join(self.outcome.lines)

    @property
    def hall(self) -> Hall:
        [hall] = check_guides(self.folder).halls
        return hall

    @property
    def errors(self) -> list[str]:
        problems = check_guides(self.folder).problems
        return [each.render("en") for each in problems if each.severity == "error"]

    @property
    def services(self) -> list[Service]:
        return [service for _, service in self.hall.services()]

    def service(self, name: str) -> Service:
        return next(each for each in self.services if each.name.say("zh") == name)

    def yaml(self) -> str:
        return "".join(each.read_text("utf-8") for each in sorted(self.folder.glob("*.yaml")))


def imported(file: Path, **given: Any) -> Imported:
    """The list imported into a new hall beside it; it must pass the check without errors."""
    folder = file.parent / "guides" / given.pop("hall", "hedong")
    outcome = import_list(file, folder.parent, hall=folder.name, **given)
    found = Imported(outcome, folder)
    assert found.errors == []
    return found


def one(folder: Path, **cells: Any) -> Imported:
    """An import of one item with these cells, `办理` being its name."""
    columns = {"事项名称": "办理", **cells}
    return imported(workbook(folder, [list(columns), list(columns.values())]))
