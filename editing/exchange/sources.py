"""The file that is imported: its sheets, whatever their form."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from editing.exchange import columns, delimited, items, supplement, workbook
from editing.exchange.grid import Grid
from editing.exchange.items import Listing
from editing.exchange.remarks import Refused, Remark
from editing.exchange.supplement import Supplement

LARGEST = 20_000_000
"""Bytes of a file."""


@dataclass(slots=True)
class Source:
    """What stands in a file: lists, and the supplement of an exported workbook."""

    listings: list[Listing] = field(default_factory=list)
    supplement: Supplement = field(default_factory=Supplement)
    remarks: list[Remark] = field(default_factory=list)


def read(file: Path) -> Source:
    """The sheets of a file; raises `Refused`."""
    contents = _contents(file)
    source = Source()
    for grid in _grids(contents, file.name, source):
        if supplement.read(grid, source.supplement):
            continue
        listing = items.read(grid)
        if listing is not None:
            source.listings.append(listing)
            source.remarks += listing.remarks
        elif any(cell.text for row in grid.rows for cell in row):
            place = f"{grid.file}: {grid.name}" if grid.name else grid.file
            source.remarks.append(Remark(place, "no-header"))
    if not any(each.entries for each in source.listings) and not source.supplement.parts:
        told = [remark.render("en") for remark in source.remarks if remark.kind == "no-header"]
        raise Refused(file.name, "no-header" if told else "nothing-found")
    return source


def _contents(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            limit = str(LARGEST // 1_000_000)
            raise Refused(file.name, "too-large", size=f"{size / 1e6:.0f}", limit=limit)
        contents = file.read_bytes()
    except OSError as error:
        raise Refused(str(file), "no-file", reason=error) from None
    if not contents.strip():
        raise Refused(file.name, "empty")
    return contents


def _grids(contents: bytes, name: str, source: Source) -> list[Grid]:
    try:
        is_workbook = workbook.is_workbook(contents)
    except Refused as refused:
        raise Refused(name, refused.kind) from None
    if not is_workbook:
        return [delimited.read(contents, name, columns.fits)]
    grids, remarks = workbook.read(contents, name)
    source.remarks += remarks
    return grids
