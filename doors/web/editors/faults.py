"""Faults as the editors' page lists them: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from doors.web.staff.markup import Child, Markup, element
from editing.guidebook import Checked
from editing.opened import Opened
from facts.problems import Problem

Say = Callable[..., str]


def listed(say: Say, language: str, opened: Opened, checked: Checked) -> Markup:
    """The faults of a draft; each leads to its line."""
    errors, warnings = len(checked.errors), len(checked.warnings)
    if errors:
        told = say("errors", errors=errors, warnings=warnings)
    else:
        told = say("warnings", warnings=warnings) if warnings else say("no_faults")
    own = [_fault(say, language, each, here=True) for each in checked.own]
    others = [
        _fault(say, language, each, here=each.file == opened.relative and opened.whole)
        for each in checked.elsewhere
    ]
    kind = "bad" if errors else "doubtful" if warnings else "good"
    parts: list[Child] = [element("p", told, class_=f"verdict {kind}", role="status")]
    if own:
        parts.append(element("ul", *own, class_="faults"))
    if others:
        parts.append(element("h3", say("faults_elsewhere")))
        parts.append(element("ul", *others, class_="faults"))
    return element("div", *parts, id="faults")


def of_tree(say: Say, language: str, problems: Iterable[Problem]) -> Markup | None:
    """The faults at a place of the tree."""
    found = [_fault(say, language, each, here=False, named=False) for each in problems]
    return element("ul", *found, class_="faults") if found else None


def _fault(say: Say, language: str, problem: Problem, *, here: bool, named: bool = True) -> Markup:
    where = say("at", line=problem.line, column=problem.column)
    place = (
        element(
            "a",
            where,
            href="#text",
            data_line=str(problem.line),
            data_column=str(problem.column),
        )
        if here
        else element("span", f"{problem.file} {where}" if named else where, class_="more")
    )
    return element(
        "li",
        element("strong", say(problem.severity), class_=problem.severity),
        " ",
        place,
        " ",
        element("span", problem.what(language)),
        element("span", problem.remedy(language), class_="remedy"),
        class_=problem.severity,
    )
