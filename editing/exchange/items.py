"""The items of a sheet: rows put together to services, with their offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from editing.exchange import columns
from editing.exchange.columns import Header
from editing.exchange.grid import EMPTY, Cell, Grid, Row
from editing.exchange.remarks import Remark, shown

_SECTION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?\s*)?(.+?)(?:[（(]\D{0,3}\d+\s*[项个件].*[)）])?$"
)
_TITLE = re.compile(
    r"(?:政务|公共|便民)*(?:服务)?(?:事项|办事|权责)*(?:清单|目录|指南|一览表|汇总表|列表|表)"
    r"|[（(]\d{4}.*?[)）]|\d{4}年版?|[（(].{0,4}版[)）]"
)
_PLAIN_SHEET = re.compile(
    r"^(?:sheet|工作表|表)?\s*\d*$|清单|目录|指南|汇总|事项|services|items", re.IGNORECASE
)


@dataclass(slots=True)
class Entry:
    """The cells of one item by column, and those of columns that nobody knows."""

    told: dict[str, list[Cell]] = field(default_factory=dict)
    others: list[tuple[str, Cell]] = field(default_factory=list)

    def take(self, row: Row, header: Header) -> None:
        """Adds a row's cells; a merged cell counts once."""
        for number, cell in enumerate(row):
            if cell is EMPTY:
                continue
            column = header.columns.get(number)
            if column:
                told = self.told.setdefault(column, [])
                if cell not in told:
                    told.append(cell)
            elif all(cell is not other for _, other in self.others):
                title = header.titles.get(number, EMPTY).text.replace("\n", "")
                self.others.append((title, cell))


@dataclass(slots=True)
class Listing:
    """What a sheet lists: its items, the headings, its title, and the rows that are no items."""

    entries: list[Entry] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    strays: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read(grid: Grid) -> Listing | None:
    """The items of a sheet, None where it has no header."""
    header = columns.find(grid)
    if header is None:
        return None
    listing = Listing(titles=_titles(header), title=_title(grid, header))
    unknown: dict[int, Cell] = {}
    section = None if _PLAIN_SHEET.search(grid.name) or not grid.name else Cell(grid.name)
    name = next(n for n, column in header.columns.items() if column == "name")
    office = next((n for n, column in header.columns.items() if column == "office"), None)
    for row in _rows(grid, header):
        own = row[name] if name < len(row) else EMPTY
        heads = _section(row)
        if heads is not None and (office is None or own is EMPTY or heads is own):
            section = heads if office is None else section
            if office is not None:
                _stray(listing, row)
            continue
        entry = _entry(listing, own)
        if entry is None:
            _stray(listing, row)
            continue
        entry.take(row, header)
        if section is not None:
            entry.told.setdefault("office", [Cell(_plain_section(section.text), section.place)])
        unknown |= {n: cell for n, cell in header.unknown().items() if _has(row, n)}
    for cell in unknown.values():
        listing.remarks.append(Remark(cell.place, "unknown-column", {"name": shown(cell.text)}))
    return listing


def _rows(grid: Grid, header: Header) -> Iterator[Row]:
    for row in grid.rows[header.end :]:
        if any(cell is not EMPTY for cell in row) and not header.repeats(row):
            yield row


def _has(row: Row, number: int) -> bool:
    return number < len(row) and row[number] is not EMPTY


def _entry(listing: Listing, name: Cell) -> Entry | None:
    """The item to which a row belongs: a new one, or that above where no new name stands here."""
    last = listing.entries[-1] if listing.entries else None
    if name is EMPTY:
        return last
    if last is not None and name in last.told.get("name", ()):
        return last
    listing.entries.append(Entry())
    return listing.entries[-1]


def _section(row: Row) -> Cell | None:
    """The cell of a row that has no other: a heading between items."""
    cells = list(dict.fromkeys(cell for cell in row if cell is not EMPTY))
    if len(cells) != 1 or len(cells[0].text) > 40 or "\n" in cells[0].text:
        return None
    merged = sum(cell is cells[0] for cell in row) > 1
    return cells[0] if merged or row[0] is cells[0] else None


def _plain_section(text: str) -> str:
    found = _SECTION.match(text)
    return found[1] if found else text


def _stray(listing: Listing, row: Row) -> None:
    cells = list(dict.fromkeys(cell for cell in row if cell is not EMPTY))
    listing.remarks.append(Remark(cells[0].place, "stray-row"))
    listing.strays.append(f"{cells[0].place}: " + " | ".join(cell.text for cell in cells))


def _titles(header: Header) -> Mapping[str, str]:
    return {
        column: header.titles[number].text.replace("\n", "")
        for number, column in header.columns.items()
    }


def _title(grid: Grid, header: Header) -> str:
    """The hall's name where the rows above the header tell it, "" where they do not."""
    for row in grid.rows[: header.start]:
        cells = list(dict.fromkeys(cell for cell in row if cell is not EMPTY))
        if len(cells) == 1 and 4 <= len(cells[0].text) <= 40 and "：" not in cells[0].text:
            return _TITLE.sub("", cells[0].text).strip(" ·-—_")
    return ""
