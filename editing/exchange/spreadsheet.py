"""A hall as a workbook: the national list of its services, and a sheet with all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from editing.exchange import columns, listing, services, supplement
from editing.exchange.files import dump, plain
from editing.exchange.grid import ESCAPED, Grid
from editing.exchange.remarks import say
from editing.exchange.services import Around
from editing.exchange.supplement import LONGEST_CELL, Part
from facts import folders, schema
from facts.model import Elsewhere, Hall, Journey, Office, Service
from facts.nodes import compose
from facts.problems import Fault
from facts.reader import read_record
from facts.sheet import Sheet, Spots
from facts.source import decode

_HARMFUL = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet may take for a formula."""
_LISTS: Mapping[str, type] = {"elsewhere": Elsewhere, "journeys": Journey}


def around(hall: Hall) -> Around:
    """What a list of this hall's services is read with."""
    names = {
        text: window.number
        for window in hall.windows
        for text in (window.name.words.values() if window.name else ())
    }
    places = [hall.name, hall.address, *(w.place for w in hall.windows)]
    texts = [text for each in places if each for text in each.words.values()]
    numbers = frozenset(window.number for window in hall.windows)
    return Around(names, numbers, "\n".join(texts), new=False)


def workbook(hall: Hall) -> bytes:
    """The hall as XLSX; reading it gives the same facts."""
    import openpyxl  # noqa: PLC0415 - slow, and only workbooks want it

    language = hall.languages[0]
    book = openpyxl.Workbook()
    rows, parts = list_of(hall)
    titles = [columns.heading(column, language) for column in listing.COLUMNS]
    sheet = book.active
    sheet.title = say("sheet-items", language)
    _fill(sheet, titles, ([row.get(column, "") for column in listing.COLUMNS] for row in rows))
    rest = book.create_sheet(say("sheet-supplement", language))
    heads = [say(head, language) for head in supplement.HEADS]
    _fill(rest, heads, supplement.rows(parts), note=say("supplement-note", language))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def list_of(hall: Hall) -> tuple[list[listing.Row], list[Part]]:
    """The rows of the list, and the parts that it has no place for."""
    rows, parts = [], [*_files(hall)]
    for office in hall.offices:
        raw = _mapping(_tree(hall, office.id), Office)
        parts += [supplement.part(office.id, "", k, v) for k, v in raw.items() if k != "services"]
        known = _by_id(raw.get("services"), Service)
        for service in office.services:
            row = listing.row(hall, office, service)
            row = {column: text for column, text in row.items() if len(text) <= LONGEST_CELL}
            rows.append(row | {"id": service.id})
            parts += _beside(hall, office, service, row, known.get(service.id, {}))
    return rows, parts


def _beside(
    hall: Hall, office: Office, service: Service, row: listing.Row, raw: Mapping[str, Any]
) -> Iterator[Part]:
    """The keys of a service that its row does not tell, or not wholly."""
    read = _facts(hall, row, service.id)
    for key in schema.fields(Service):
        if key.name == "id":
            continue
        exact = read is not None and getattr(read, key.field) == getattr(service, key.field)
        if not exact:
            content = dump(raw[key.name]) if key.name in raw else ""
            yield Part(office.id, service.id, key.name, content, supplement.seal(row, key.name))


def _facts(hall: Hall, row: listing.Row, id_: str) -> Service | None:
    """The service that a row tells when it is read again."""
    grid = Grid("", "")
    told = {column: [grid.cell(text, 0, 0)] for column, text in row.items()}
    item = services.read(told, around(hall), {})
    sheet = Sheet("", hall.folder or Path(), hall.languages, Spots())
    node = compose(dump({"id": id_, "name": "-", **item.data}))
    try:
        read: Service | None = read_record(sheet, node, Service) if node else None
    except Fault:
        return None
    return read


def _files(hall: Hall) -> Iterator[Part]:
    """What stands in the files that are no office's."""
    yield Part("hall", "", "", hall.id)
    tree = _tree(hall, "hall")
    if isinstance(tree, dict):
        yield from (supplement.part("hall", "", key, value) for key, value in tree.items())
    offices = {office.id for office in hall.offices}
    for name, file in folders.files(hall.folder or Path()).items():
        if name == "hall" or name in offices:
            continue
        tree = _tree(hall, name)
        entries = _by_id(tree, _LISTS[name]) if name in _LISTS else {}
        if entries and len(entries) == len(tree):
            for id_, entry in entries.items():
                yield from (supplement.part(name, id_, k, v) for k, v in entry.items())
        else:
            yield Part(f"{name}.yaml", "", "", _read(file))
    yield from _others(hall)


def _others(hall: Hall) -> Iterator[Part]:
    """The hall's own matters, and its floor plan."""
    folder = hall.folder or Path()
    own = folders.matters(folder)
    found = sorted(own.rglob("*.y*ml")) if own else []
    if isinstance(hall.floor_plan, str):
        found.append(folder / hall.floor_plan)
    for file in found:
        yield Part(file.relative_to(folder).as_posix(), "", "", _read(file))


def _read(file: Path) -> str:
    return file.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n")


def _tree(hall: Hall, name: str) -> Any:
    file = folders.files(hall.folder or Path()).get(name)
    try:
        return plain(compose(decode(file.read_bytes()))) if file else None
    except (OSError, Fault):
        return None


def _mapping(tree: Any, owner: type) -> dict[str, Any]:
    """A mapping with its keys in English."""
    known = schema.keys(owner)
    told: dict[str, Any] = {}
    for key, value in tree.items() if isinstance(tree, dict) else ():
        name = known[key.strip()].name if key.strip() in known else key
        told.setdefault(name, value)
    return told


def _by_id(entries: Any, owner: type) -> dict[str, dict[str, Any]]:
    """The entries of a list by id; of two with one id the first. Empty where one has none."""
    told: dict[str, dict[str, Any]] = {}
    for entry in entries if isinstance(entries, list) else [entries]:
        mapping = _mapping(entry, owner)
        id_ = mapping.get("id")
        if isinstance(id_, str) and id_.strip():
            told.setdefault(id_.strip(), mapping)
    return told


def _fill(sheet: Any, titles: list[str], rows: Any, note: str = "") -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    if note:
        sheet.append([note])
    sheet.append(titles)
    head = sheet.max_row
    for number in range(1, len(titles) + 1):
        sheet.cell(head, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for at, row in enumerate(rows, head + 1):
        for number, text in enumerate(row, 1):
            if not text:
                continue
            cell = sheet.cell(at, number)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", _escaped(text))
            cell.data_type = "s"  # whatever it begins with, it is no formula
            cell.alignment = wrapped
            cell.quotePrefix = text.startswith(_HARMFUL)


def _escaped(text: str) -> str:
    """The text in which what looks like a character's code in XLSX is none."""
    return ESCAPED.sub(lambda found: "_x005F" + found[0], text)
