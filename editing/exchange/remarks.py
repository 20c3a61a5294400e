"""What an import has to say: where, what, and what to do about it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desk.texts import Texts
from editing.whole import reason
from editing.words import Say
from facts.problems import Problem

SHOWN = 40
"""Characters of a cell that a remark quotes."""


@functools.cache
def texts() -> Texts:
    """The words of the exchange, in every language it speaks."""
    return Texts(Path(__file__).parent / "texts")


def say(key: str, language: str, **values: object) -> str:
    """A text of the exchange, filled in."""
    return texts().say(key, language.partition("-")[0], **values)


class Refused(Exception):  # noqa: N818 - the file is at fault, not the program
    """A file or an argument that cannot be used at all; `place` is its name."""

    def __init__(self, place: str, kind: str, /, **values: object) -> None:
        super().__init__(kind)
        self.place = place
        self.kind = kind
        self.values = values

    def render(self, language: str) -> str:
        """One line: `items.xlsx: what, and what to do`."""
        words = Say.of(language)
        values = {
            name: reason(value, words) if isinstance(value, OSError) else value
            for name, value in self.values.items()
        }
        told = say(self.kind, language, **values)
        return f"{self.place}: {told}" if self.place else told


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at; `place` is a cell (`items.xlsx: Sheet1!G14`), a sheet or a file.

    `problem` is what the check of guides says of it.
    """

    place: str
    kind: str
    values: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None

    def render(self, language: str) -> str:
        """One line; a value that begins with `advice-` is said in the language."""
        values = {
            name: say(value, language) if value.startswith("advice-") else value
            for name, value in self.values.items()
        }
        if self.problem:
            values |= {
                "what": self.problem.what(language),
                "remedy": self.problem.remedy(language),
            }
        return f"{self.place}: {say(self.kind, language, **values)}"


def shown(text: str) -> str:
    """A text as a remark quotes it: one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
