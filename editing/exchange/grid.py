"""A sheet as rows of texts that know where they stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff\ufffd]")
_ENDINGS = re.compile("\r\n|\r|\u2028|\u2029|\x0b|\x85")


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with its place, e.g. `items.xlsx: Sheet1!G14`; all cells of a merged area are one.

    `half` tells that characters could not be read; a `formula` is never evaluated.
    """

    text: str = ""
    place: str = ""
    half: bool = False
    formula: bool = False


EMPTY = Cell()
Row = list[Cell]


@dataclass(slots=True)
class Grid:
    """The rows of one sheet, from the first; `name` is the sheet's, "" where there is only one."""

    file: str
    name: str
    rows: list[Row] = field(default_factory=list)

    def place(self, row: int, column: int) -> str:
        """Where a cell stands; both are counted from 0."""
        at = f"{letters(column)}{row + 1}"
        return f"{self.file}: {self.name}!{at}" if self.name else f"{self.file}: {at}"

    def cell(self, text: str, row: int, column: int, *, formula: bool = False) -> Cell:
        """A cell at this place, its text made clean."""
        cleaned = clean(text)
        half = bool(_HALF.search(cleaned))
        if half:
            cleaned = _HALF.sub("", cleaned).strip()
        if not cleaned and not half:
            return EMPTY
        return Cell(cleaned, self.place(row, column), half, formula)


def clean(text: str) -> str:
    """The text without control characters and blank ends, its line ends made one kind."""
    text = _ENDINGS.sub("\n", ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    return _CONTROL.sub("", text).replace("\u00a0", " ").strip(" \t\n\u3000")


def letters(column: int) -> str:
    """A column's letters, counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def folded(text: str) -> str:
    """A heading as it is compared: plain signs, lower case, no blanks, marks or brackets."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]", "", text)
    return re.sub(r"[\s*:：.。·_\-]+", "", text)
