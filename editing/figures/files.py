"""Tables as files for spreadsheets: one CSV each, and one XLSX of all."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO

from editing.figures.table import Cell, Share, Table

SHEET = 31
"""Characters of the longest name of a sheet."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_A_NAME = re.compile(r"[\\/*?:\[\]]")


def csv_of(table: Table) -> bytes:
    """One table as UTF-8 with the mark by which spreadsheets know it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """All tables, each on a sheet of its own."""
    from openpyxl import Workbook  # noqa: PLC0415 - a third of a second, for this alone
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(_NOT_IN_A_NAME.sub(" ", table.title)[:SHEET])
        sheet.freeze_panes = "B2"
        sheet.column_dimensions["A"].width = 32
        rows: list[Sequence[Cell]] = [table.columns, *table.rows]
        for place, row in enumerate(rows):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, _value(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with = is no formula
                if isinstance(value, Share):
                    cell.number_format = "0.0%"
                if place == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _value(cell: Cell) -> str | float | None:
    if isinstance(cell, Share):
        return None if cell.value is None else round(cell.value, 4)
    if isinstance(cell, float):
        return round(cell, 2)
    return _UNPRINTABLE.sub(" ", cell) if isinstance(cell, str) else cell


def _plain(cell: Cell) -> str | float | None:
    """A cell of a CSV file: what a spreadsheet would take for a formula is marked as text."""
    value = _value(cell)
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
