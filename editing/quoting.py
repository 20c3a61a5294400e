"""The line of a guide that a problem is about, with the place marked under it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from facts import source
from facts.problems import Fault, Problem

WIDEST = 96
"""Columns of a quoted line; of a longer one the part around the place is shown."""
BEFORE = 40
"""Characters shown before the place in a longer line."""

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML 1.1, by which places are counted."""


class Quotes:
    """Quotes lines of the files under a folder; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, tuple[str, ...]] = {}

    def quote(self, problem: Problem) -> list[str]:
        """Two lines: what stands there, and a mark below it; none where it cannot be shown."""
        lines = self._lines(problem.file)
        if not 0 < problem.line <= len(lines):
            return []
        row, at = _around(lines[problem.line - 1], problem.column - 1)
        if not row.strip():
            return []
        number = str(problem.line)
        space = "".join(_blank(each) for each in row[:at])
        mark = "^" * (_width(row[at]) if at < len(row) else 1)
        return [f"  {number} | {row}", f"  {' ' * len(number)} | {space}{mark}"]

    def _lines(self, name: str) -> tuple[str, ...]:
        if name not in self._read:
            self._read[name] = self._open(name)
        return self._read[name]

    def _open(self, name: str) -> tuple[str, ...]:
        try:
            text = source.text_of(self._root / name, self._root)
        except Fault:
            return ()
        return tuple(_LINE_END.split(text))


def _around(row: str, at: int) -> tuple[str, int]:
    """The part of a line around a place that fits, and the place within it."""
    row = row.rstrip()
    at = max(0, min(at, len(row)))
    start = at - BEFORE if sum(map(_width, row[: WIDEST + 1])) > WIDEST and at > BEFORE else 0
    part: list[str] = []
    used = 0
    for character in row[start:]:
        used += _width(character)
        if used > WIDEST:
            return _cut("".join(part), start, at)
        part.append(character)
    return ("…" if start else "") + "".join(part), at - start + bool(start)


def _cut(part: str, start: int, at: int) -> tuple[str, int]:
    return ("…" if start else "") + part + "…", at - start + bool(start)


def _width(character: str) -> int:
    """The columns that a terminal gives a character (UAX #11)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _blank(character: str) -> str:
    """What takes as much room as a character and shows nothing."""
    return "\t" if character == "\t" else " " * _width(character)
