"""What a clerk did where YAML does not parse: the parser's complaint as a fault in plain words."""

from __future__ import annotations

import re

import yaml

from facts.problems import Fault

LONGEST_SHOWN = 40
"""Characters of a guide that are quoted in a problem."""

_KEY_WITHOUT_SPACE = re.compile(r"^\s*(?:- +)*([^\s:'\"#\[{-][^\s:'\"]*):(?=[^\s:/])")
_WIDE_COLON = re.compile(r"^\s*(?:- +)*([^\s:：'\"#]+)：")
_DASH_WITHOUT_SPACE = re.compile(r"^\s*-(?=[^\s-])")
_TAB = re.compile(r"^\s*\t")
_QUOTED = re.compile(r"""^(?:[^'"]*:\s+|\s*-\s+)?["']""")


def shown(text: str) -> str:
    """A text as it is quoted in a problem: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"


def diagnose(text: str, error: yaml.MarkedYAMLError) -> Fault:
    """The fault behind a parser's error, at the line where the slip was made."""
    slip = _Slip(text, error)
    for look in (_tab, _quote, _bracket, _character, _colon, _beside):
        fault = look(slip)
        if fault is not None:
            return fault
    kind = _PLAIN.get(slip.problem, "yaml")
    place = slip.start if kind == "yaml-no-colon" and slip.start else (slip.line, slip.column)
    return slip.at(*place, kind, problem=slip.problem)


_PLAIN = {
    "did not find expected key": "yaml-indent",
    "did not find expected '-' indicator": "yaml-indent",
    "mapping values are not allowed in this context": "yaml-colon",
    "could not find expected ':'": "yaml-no-colon",
    "block sequence entries are not allowed in this context": "yaml-list-beside",
    "found unknown escape character": "yaml-escape",
    "did not find expected <document start>": "yaml-indent",
    "did not find expected hexdecimal number": "yaml-escape",
    "found invalid Unicode character escape code": "yaml-escape",
}


class _Slip:
    """The parser's complaint with the lines around it."""

    def __init__(self, text: str, error: yaml.MarkedYAMLError) -> None:
        self.lines = text.splitlines() or [""]
        self.problem = error.problem or ""
        self.line, self.column = _place(error.problem_mark)
        self.start = _place(error.context_mark) if error.context_mark else None

    def row(self, line: int) -> str:
        """The text of a line, counted from 1."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def character(self) -> str:
        """The character complained of."""
        return self.row(self.line)[self.column - 1 : self.column]

    def suspects(self) -> list[int]:
        """The lines where the slip may be: that complained of, where it began, the one before."""
        before = self.line - 1
        while before > 0 and not self.row(before).strip():
            before -= 1
        began = [self.start[0]] if self.start else []
        return [self.line, before, *began]

    def at(self, line: int, column: int, kind: str, /, **values: str) -> Fault:
        """A fault at this place, within the file."""
        return Fault(min(line, len(self.lines)), column, kind, **values)


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _tab(slip: _Slip) -> Fault | None:
    found = _TAB.match(slip.row(slip.line))
    if found and ("tab" in slip.problem or slip.problem in _ANY_TOKEN):
        return slip.at(slip.line, found.end(), "yaml-tab")
    return None


_ANY_TOKEN = frozenset(
    {
        "found character that cannot start any token",
        "mapping values are not allowed in this context",
        "could not find expected ':'",
        "did not find expected key",
    }
)


def _quote(slip: _Slip) -> Fault | None:
    if slip.problem == "found unexpected end of stream" and slip.start:
        return slip.at(*slip.start, "yaml-quote")
    if slip.problem == "did not find expected key" and _QUOTED.match(slip.row(slip.line)):
        return slip.at(slip.line, slip.column, "yaml-after-quote")
    return None


def _bracket(slip: _Slip) -> Fault | None:
    """A bracket that is never closed, or one that none opens."""
    ended = slip.problem == "did not find expected node content" and not slip.character()
    if slip.start and (ended or slip.problem.startswith("did not find expected ',' or")):
        return slip.at(*slip.start, "yaml-bracket")
    if slip.character() in ("]", "}"):
        return slip.at(slip.line, slip.column, "yaml-bracket")
    return None


def _character(slip: _Slip) -> Fault | None:
    """A sign at the start of a text that means something in YAML."""
    places = dict.fromkeys(_AT_ONCE, (slip.line, slip.column))
    places |= dict.fromkeys(_BEFORE, slip.start or (1, 1))
    place = places.get(slip.problem)
    if place is None:
        return None
    character = slip.row(place[0])[place[1] - 1 : place[1]]
    if character == "\t":
        return slip.at(*place, "yaml-tab")
    return slip.at(*place, "yaml-character", character=character or "…")


_AT_ONCE = ("found character that cannot start any token", "did not find expected node content")
_BEFORE = (
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
    "found unknown directive name",
)


def _colon(slip: _Slip) -> Fault | None:
    if slip.problem not in _PLAIN or slip.problem == "found unknown escape character":
        return None
    for line in slip.suspects():
        for kind, pattern in _AROUND_COLON:
            found = pattern.match(slip.row(line))
            if found:
                key = shown(found[1]) if found.groups() else ""
                return slip.at(line, found.end(), kind, key=key)
    return None


_AROUND_COLON = (
    ("yaml-wide-colon", _WIDE_COLON),
    ("yaml-space", _KEY_WITHOUT_SPACE),
    ("yaml-dash", _DASH_WITHOUT_SPACE),
)


def _beside(slip: _Slip) -> Fault | None:
    """A second `key: value` right of a value, or a line indented more than the one before."""
    if slip.problem != "mapping values are not allowed in this context":
        return None
    before = slip.row(slip.line)[: slip.column - 1]
    if re.search(r":\s", before) or re.match(r"\s*- .*:", before):
        return slip.at(slip.line, slip.column, "yaml-colon")
    return slip.at(slip.line, slip.column, "yaml-indent")
