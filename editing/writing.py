"""Writing into guides: what is written must load, else the file is put back as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from editing import whole
from editing.insertion import NoPlace
from editing.whole import ChangedMeanwhile, Unwritable, contents_of
from editing.words import Say
from facts.guides import Guides, read_guides
from facts.problems import Fault, Problem, report
from facts.source import decode

MARK = b"\xef\xbb\xbf"
"""A byte order mark; a file that has one keeps it."""
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class NotWritten(Exception):  # noqa: N818 - nothing is broken: the file is as it was
    """The file is as it was, and why."""


def tidy(text: str) -> str:
    """A citizen's text as it can stand in a guide: on one line, without what cannot be read."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def write(
    file: Path,
    root: Path,
    change: Callable[[str], str],
    holds: Callable[[Guides], bool],
    say: Say,
) -> Guides:
    """Change a file of the guides in `root`; gives the guides as they are then.

    `holds` is whether the guides tell what was to be written. Raises `NotWritten`.
    """
    before = _errors(read_guides(root).problems)
    try:
        contents = contents_of(file)
        mark = MARK if contents and contents.startswith(MARK) else b""
        made = mark + change(decode(contents or b"")).encode()
        whole.write({file: made}, {file: contents})
    except Unwritable as unwritable:
        raise NotWritten(unwritable.render(say.language)) from unwritable
    except (OSError, ChangedMeanwhile, Fault, NoPlace, yaml.YAMLError) as error:
        raise NotWritten(say("not_written", file=file.name, why=_reason(error, say))) from error
    guides = read_guides(root)
    problems = [
        problem
        for problem in guides.problems
        if problem.severity == "error" and _without_place(problem) not in before
    ]
    if not problems and holds(guides):
        return guides
    why = "\n".join(report(problems, say.language)) or say("not_held")
    _put_back(file, contents, made, say)
    raise NotWritten(say("not_written", file=file.name, why=why))


def _errors(problems: tuple[Problem, ...]) -> set[tuple[str, ...]]:
    return {_without_place(each) for each in problems if each.severity == "error"}


def _without_place(problem: Problem) -> tuple[str, ...]:
    return (problem.file, problem.kind, *map(str, problem.values.values()))


def _reason(error: Exception, say: Say) -> str:
    match error:
        case NoPlace():
            return say("no_place")
        case ChangedMeanwhile():
            return say("changed_meanwhile")
        case Fault():
            return Problem("", error.line, error.column, error.kind, error.values).what(
                say.language
            )
        case _:
            return " ".join(str(error).split())


def _put_back(file: Path, contents: bytes | None, made: bytes, say: Say) -> None:
    """Undo what was written, unless somebody has written over it. Raises `NotWritten`."""
    try:
        if contents is not None:
            whole.write({file: contents}, {file: made})
        elif contents_of(file) == made:
            file.unlink()
    except (OSError, Unwritable, ChangedMeanwhile) as error:
        told = say("not_put_back", file=file.name, why=_reason(error, say))
        raise NotWritten(told) from error
