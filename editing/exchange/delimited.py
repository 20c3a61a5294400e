"""Tables of text: commas, tabs or semicolons; UTF-8, UTF-16 or GB 18030, whatever their name."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

from editing.exchange.grid import Grid
from editing.exchange.remarks import Refused

_DELIMITERS = (",", "\t", ";", "；", "|")
_LONGEST_FIELD = 1_000_000
_MOST_HALVES = 0.01
"""The share of characters that may be unreadable in a file that is still read."""


def read(contents: bytes, file: str, fits: Callable[[Grid], int]) -> Grid:
    """The table in these bytes; `fits` tells how well a reading of it can be understood.

    Raises `Refused`.
    """
    text = decoded(contents, file)
    if not text.strip("\ufeff \t\r\n,;"):
        raise Refused(file, "empty")
    grids = [_grid(text, file, delimiter) for delimiter in _DELIMITERS]
    return max(grids, key=fits)


def decoded(contents: bytes, file: str) -> str:
    """The text in these bytes; unreadable characters become U+FFFD. Raises `Refused`."""
    if contents.startswith((b"\xff\xfe", b"\xfe\xff")):
        return contents.decode("utf-16", "replace")
    if b"\0" in contents:
        raise Refused(file, "not-text")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return contents.decode(encoding)
        except UnicodeDecodeError:
            continue
    read = min(
        (contents.decode(encoding, "replace") for encoding in ("utf-8-sig", "gb18030")),
        key=lambda text: text.count("\ufffd"),
    )
    if read.count("\ufffd") > max(3, len(read) * _MOST_HALVES):
        raise Refused(file, "not-text")
    return read


def _grid(text: str, file: str, delimiter: str) -> Grid:
    grid = Grid(file, "")
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        for number, row in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter)):
            grid.rows.append([grid.cell(each, number, n) for n, each in enumerate(row)])
    except csv.Error:
        grid.rows = []
    return grid
