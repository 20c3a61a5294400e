"""Which column of a sheet holds what: header rows found and matched with the national names."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from editing.exchange.grid import EMPTY, Cell, Grid, Row, folded

FIRST_ROWS = 40
"""Rows among which a header is looked for."""
MOST_HEADER_ROWS = 3
NEAR = 80
"""How like a known name (of 100) a heading of five characters or more must be."""

_APART = re.compile(r"[/／、|]|及|和|或")


@functools.cache
def names() -> Mapping[str, tuple[str, ...]]:
    """What each column may be called; an English name begins with `|`."""
    read = yaml.safe_load((Path(__file__).parent / "columns.yaml").read_text("utf-8"))
    return {column: tuple(called) for column, called in read.items()}


def heading(column: str, language: str) -> str:
    """What a column is called in an exported list."""
    english = not language.startswith("zh")
    called = next(each for each in names()[column] if each.startswith("|") == english)
    return called.lstrip("|")


@functools.cache
def _known() -> Mapping[str, str]:
    return {folded(name.lstrip("|")): column for column, all_ in names().items() for name in all_}


@functools.cache
def column_of(title: str) -> str | None:
    """What a heading stands for, None where nobody knows."""
    whole = folded(title)
    if whole in _known():
        return _known()[whole]
    for part in _APART.split(title):
        if folded(part) in _known():
            return _known()[folded(part)]
    return _near(whole)


def _near(title: str) -> str | None:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only an odd heading pays for the import

    if not 5 <= len(title) <= 20:
        return None
    found = process.extractOne(title, list(_known()), scorer=fuzz.ratio, score_cutoff=NEAR)
    return _known()[found[0]] if found else None


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: the columns by number, those nobody knows, and where rows begin."""

    columns: Mapping[int, str]
    titles: Mapping[int, Cell]
    start: int
    end: int
    texts: frozenset[tuple[str, ...]] = field(default_factory=frozenset)

    @property
    def known(self) -> int:
        """How many columns are known, none where none of them names the service."""
        return len(set(self.columns.values())) if "name" in self.columns.values() else 0

    def repeats(self, row: Row) -> bool:
        """Whether a row is one of the header's, printed once more on another page."""
        return _texts(row) in self.texts

    def unknown(self) -> Mapping[int, Cell]:
        """The titles that nobody knows."""
        return {n: cell for n, cell in self.titles.items() if n not in self.columns}


def find(grid: Grid) -> Header | None:
    """The header of a sheet: at least the service's name and one column more are known."""
    best: Header | None = None
    for start in range(min(FIRST_ROWS, len(grid.rows))):
        for depth in range(1, MOST_HEADER_ROWS + 1):
            rows = grid.rows[start : start + depth]
            if len(rows) < depth or any(not _texts(row) for row in rows):
                break
            header = _read(rows, start)
            if _rank(header) > (_rank(best) if best else (1, 0)):
                best = header
    return best


def _rank(header: Header) -> tuple[int, int]:
    """How good a reading of the header is: more columns before fewer rows."""
    return header.known, header.start - header.end


def fits(grid: Grid) -> int:
    """How many columns of a sheet are known."""
    header = find(grid)
    return header.known if header else 0


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row if cell is not EMPTY)


def _read(rows: Sequence[Row], start: int) -> Header:
    columns: dict[int, str] = {}
    titles: dict[int, Cell] = {}
    for number in range(max(map(len, rows))):
        cells = [row[number] for row in rows if number < len(row) and row[number] is not EMPTY]
        cells = list(dict.fromkeys(cells))
        if not cells:
            continue
        titles[number] = cells[-1]
        column = _of_cells([cell.text for cell in cells])
        if column and column not in columns.values():
            columns[number] = column
    texts = frozenset(_texts(row) for row in rows)
    return Header(columns, titles, start, start + len(rows), texts)


def _of_cells(texts: Sequence[str]) -> str | None:
    """A column by its headings one above another: both together, the lower, then the upper one."""
    lower, upper = texts[-1], texts[-2] if len(texts) > 1 else ""
    if not upper:
        return column_of(lower)
    if column_of(upper) == "materials" or "材料" in upper:
        own = {"名称": "材料名称", "原件": "原件", "说明": "材料说明", "备注": "材料备注"}
        return column_of(own.get(lower, lower)) or column_of("材料" + lower)
    if "时限" in upper and lower[:2] in ("法定", "承诺"):
        return column_of(lower[:2] + "办结时限")
    for each in (upper + lower, lower, lower + upper, upper):
        column = column_of(each)
        if column:
            return column
    return None
