"""Workbooks (XLSX) read safely: sizes first, one row after another, nothing evaluated."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from editing.exchange.grid import EMPTY, Cell, Grid
from editing.exchange.remarks import Refused, Remark

LARGEST_INSIDE = 64_000_000
"""Bytes of all parts unpacked; a thousand items are about 5 MB."""
MOST_PARTS = 2_000
MOST_CELLS = 300_000
MOST_COLUMNS = 256
MOST_EMPTY = 2_000
"""Empty rows one after another at which a sheet ends."""
LARGEST_AREA = 20_000
"""Cells of a merged area that are filled."""

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])\d')
"""A cell right of the columns that are read."""
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)


def is_workbook(contents: bytes) -> bool:
    """Whether these bytes are a workbook, whatever the file is called; raises `Refused`."""
    if contents.startswith(_OLD_OR_ENCRYPTED):
        raise Refused("", "encrypted")
    return contents.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read(contents: bytes, file: str) -> tuple[list[Grid], list[Remark]]:
    """The sheets of a workbook, and what of them was not read; raises `Refused`."""
    import openpyxl  # noqa: PLC0415 - slow, and only workbooks want it

    try:
        archive = zipfile.ZipFile(BytesIO(contents))
        _check_sizes(archive, file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are not read
            book = openpyxl.load_workbook(
                BytesIO(contents), read_only=True, data_only=False, keep_links=False
            )
            return _grids(book, archive, file)
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - a broken workbook fails in any way it likes
        raise Refused(file, "not-workbook", reason=type(error).__name__) from None


def _check_sizes(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(file, "encrypted")
    size = sum(part.file_size for part in parts)
    if size > LARGEST_INSIDE or len(parts) > MOST_PARTS:
        limit = LARGEST_INSIDE // 1_000_000
        raise Refused(file, "too-large-inside", size=f"{size / 1e6:.0f}", limit=str(limit))
    for part in parts:
        if part.filename.endswith("sharedStrings.xml"):
            _check_strings(archive.read(part), file)
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(4096).replace(b"\0", b"").upper():
                    raise Refused(file, "not-workbook", reason="DOCTYPE")


def _check_strings(part: bytes, file: str) -> None:
    """The texts of all cells are read at once, whether a cell shows them or not."""
    if part.count(b"<si>") + part.count(b"<si ") + part.count(b":si>") // 2 > MOST_CELLS:
        raise Refused(file, "too-many-cells", limit=f"{MOST_CELLS:,}")


def _grids(book: Any, archive: zipfile.ZipFile, file: str) -> tuple[list[Grid], list[Remark]]:
    grids, remarks, left = [], [], MOST_CELLS
    for sheet in book.worksheets:
        grid = Grid(file, sheet.title)
        sheet.reset_dimensions()
        left, whole = _fill(grid, sheet, left)
        part = archive.read(sheet._worksheet_path)
        if not whole:
            place = grid.place(len(grid.rows), 0)
            remarks.append(Remark(place, "many-rows", {"limit": str(MOST_EMPTY)}))
        if _FAR.search(part):
            place = f"{file}: {sheet.title}"
            remarks.append(Remark(place, "many-columns", {"limit": str(MOST_COLUMNS)}))
        _merge(grid, part)
        grids.append(grid)
    return grids, remarks


def _fill(grid: Grid, sheet: Any, left: int) -> tuple[int, bool]:
    """Reads a sheet's rows; gives how many cells may still be read, and whether all rows were."""
    empty, whole = 0, True
    rows: list[list[Cell]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS)):
        row = [_cell(grid, each, number, column) for column, each in enumerate(cells)]
        while row and row[-1] is EMPTY:
            row.pop()
        left -= len(row)
        if left < 0:
            raise Refused(grid.file, "too-many-cells", limit=f"{MOST_CELLS:,}")
        empty = 0 if row else empty + 1
        if empty > MOST_EMPTY:
            whole = False
            break
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    grid.rows = rows
    return left, whole


def _cell(grid: Grid, cell: Any, row: int, column: int) -> Cell:
    value = cell.value
    if value is None:
        return EMPTY
    formula = cell.data_type == "f"
    text = str(getattr(value, "text", value)) if formula else _text(value, cell)
    return grid.cell(text, row, column, formula=formula)


def _text(value: Any, cell: Any) -> str:
    """A value as it is shown, or nearly so."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() | int() if "%" in str(cell.number_format or ""):
            return f"{round(value * 100, 6):g}%"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
    return str(value)


def _merge(grid: Grid, part: bytes) -> None:
    """Lets every cell of a merged area be its first."""
    for first, top, last, bottom in _areas(part, len(grid.rows)):
        if (last - first + 1) * (bottom - top + 1) > LARGEST_AREA or top >= len(grid.rows):
            continue
        row = grid.rows[top]
        origin = row[first] if first < len(row) else EMPTY
        if origin is EMPTY:
            continue
        for each in grid.rows[top : bottom + 1]:
            each.extend([EMPTY] * (last + 1 - len(each)))
            each[first : last + 1] = [origin] * (last + 1 - first)


def _areas(part: bytes, rows: int) -> Iterator[tuple[int, int, int, int]]:
    for found in _MERGED.finditer(part):
        top, bottom = int(found[2]) - 1, min(int(found[4]), rows) - 1
        first, last = (min(_column(found[n].decode()), MOST_COLUMNS) for n in (1, 3))
        yield first, top, last, bottom


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
