"""What is wrong with a guide: where, what, and what to write instead."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

Severity = Literal["error", "warning"]

WARNINGS = frozenset(
    {
        "at-outside",
        "case-overrides-nothing",
        "double-also",
        "double-name",
        "draws-away",
        "empty-item",
        "empty-phrase",
        "folder-without-hall",
        "forbidden-phrase",
        "half-season",
        "hard-to-tell",
        "hall-not-loaded",
        "idle-window",
        "inline-comma-doubt",
        "language-not-listed",
        "missing-facts",
        "missing-floor-plan",
        "missing-translation",
        "no-question",
        "no-windows",
        "nothing-tells",
        "older-translation",
        "phrase-of-two-matters",
        "promised-above-service",
        "review-overdue",
        "stray-file",
        "suspended-without-alert",
        "unknown-joint-office",
        "unknown-office",
        "vague-material-doubt",
    }
)
"""The kinds of fault that are doubtful and still load; all others are errors."""


class Word(str):
    """A value that is said in the reader's language: its key under `words` in the texts."""

    __slots__ = ()


class Fault(Exception):  # noqa: N818 - a fault in a guide, not of the program
    """Something wrong at a place (both from 1), before it is known in which file."""

    def __init__(self, line: int, column: int, kind: str, /, **values: str) -> None:
        super().__init__(kind)
        self.line = line
        self.column = column
        self.kind = kind
        self.values = values


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a guide; `file` is relative to the folder that was read, line and column from 1.

    `kind` is the code of the fault and the key of its texts, which `values` fill.
    """

    file: str
    line: int
    column: int
    kind: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Whether it contradicts the format (error) or is only doubtful (warning)."""
        return "warning" if self.kind in WARNINGS else "error"

    def what(self, language: str) -> str:
        """What is wrong, in one sentence."""
        return self._say(language, "what")

    def remedy(self, language: str) -> str:
        """What to do about it."""
        return self._say(language, "remedy")

    def render(self, language: str) -> str:
        """One line: `file:line:column: error: what. remedy`."""
        words = texts(language)["words"]
        told = f"{self.what(language)}{words['stop']}{self.remedy(language)}"
        return f"{self.file}:{self.line}:{self.column}: {words[self.severity]}: {told}"

    def _say(self, language: str, part: str) -> str:
        said = texts(language)
        words = said["words"]
        values = {
            name: words.get(value, value) if isinstance(value, Word) else value
            for name, value in self.values.items()
        }
        return str(said[self.kind][part]).format(**values)


@functools.cache
def texts(language: str) -> Mapping[str, Any]:
    """The texts of the faults in this language, in English where it has no file."""
    folder = Path(__file__).parent / "texts"
    file = folder / f"{language.partition('-')[0]}.yaml"
    if not file.is_file():
        file = folder / "en.yaml"
    read: Mapping[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    return read


def report(problems: Iterable[Problem], language: str) -> list[str]:
    """The problems as lines, in the order of files and lines."""
    ordered = sorted(problems, key=lambda each: (each.file, each.line, each.column))
    return [problem.render(language) for problem in ordered]


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them is more than a warning."""
    return any(problem.severity == "error" for problem in problems)
