"""Answers about a service whose cases (情形) differ: each case is told with its own facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.answers import (
    ANSWERS,
    IN_OVERVIEW,
    Lines,
    Subject,
    capital,
    missing,
    summary,
    window_line,
)
from desk.wording import Wording, dotted
from facts.model import Materials

IN_CASE_ALONE = ("overview",)
"""What is put together from other answers, of which each asks for itself."""


def answer_lines(say: Wording, subject: Subject, cases: Sequence[Subject], intent: str) -> Lines:
    """The answer to one intent, told for each case where the cases differ."""
    answer = ANSWERS[intent]
    if intent == "overview" and apart(say, subject, cases, intent):
        return _overview_by_case(say, subject, cases)
    cases = _with_the_rest(say, subject, cases, intent)
    if intent == "overview" or not _differs(say, cases, intent):
        one = cases[0] if cases else subject
        return answer(say, replace(one, name=subject.name))
    if intent in ("materials", "checklist"):
        return _materials_by_case(say, subject, cases)
    grouped: dict[tuple[str, ...], list[str]] = {}
    for each in cases:
        told = _answer(say, each, intent) or missing(say, each, intent)
        grouped.setdefault(tuple(told), []).append(_case_name(say, each))
    lines = [say("by_case")]
    for (first, *rest), names in grouped.items():
        lines.append("· " + _of_case(say, say.joined(names), first))
        lines += [f"  {line}" for line in rest]
    return lines


def apart(say: Wording, subject: Subject, cases: Sequence[Subject], intent: str) -> bool:
    """Whether the answer depends on the case."""
    if intent in IN_CASE_ALONE:
        return any(apart(say, subject, cases, each) for each in IN_OVERVIEW)
    return _differs(say, _with_the_rest(say, subject, cases, intent), intent)


def window_lines(say: Wording, subject: Subject, cases: Sequence[Subject]) -> Lines:
    """Where it is done; each case by itself where they have windows of their own."""
    grouped: dict[str, list[str]] = {}
    for each in cases:
        grouped.setdefault(window_line(say, each), []).append(_case_name(say, each))
    if len(grouped) < 2:
        return [next(iter(grouped), None) or window_line(say, subject)]
    return ["· " + _of_case(say, say.joined(names), line) for line, names in grouped.items()]


def _answer(say: Wording, subject: Subject, intent: str) -> Lines:
    """The answer without the name, put into words once a turn."""
    key = (intent, id(subject.service))
    if key not in say.told:
        say.told[key] = (subject.service, ANSWERS[intent](say, replace(subject, name="")))
    return say.told[key][1]


def _with_the_rest(
    say: Wording, subject: Subject, cases: Sequence[Subject], intent: str
) -> Sequence[Subject]:
    """The cases, and the service itself where it tells what none of its cases does."""
    if not cases or intent in IN_CASE_ALONE:
        return cases
    own = _answer(say, subject, intent)
    told = [_answer(say, each, intent) for each in cases]
    return cases if not own or own in told else [*cases, subject]


def _differs(say: Wording, cases: Sequence[Subject], intent: str) -> bool:
    """Whether the answer to an intent is not the same in all cases."""
    told = {tuple(_answer(say, each, intent)) for each in cases}
    return len(told) > 1


def _of_case(say: Wording, case: str, line: str) -> str:
    if line.endswith((":", "：")):
        return case + say("case_head", text=line[:1].lower() + line[1:])
    return say("case_line", case=case, text=line)


def _case_name(say: Wording, subject: Subject) -> str:
    return say.text(subject.case.name) if subject.case else say("other_cases")


def _materials_by_case(say: Wording, subject: Subject, cases: Sequence[Subject]) -> Lines:
    """What every case wants, then what each wants besides."""
    lists: list[Materials] = [each.service.materials or () for each in cases]
    common = [each for each in lists[0] if all(each in other for other in lists[1:])]
    lines: Lines = []
    if common:
        lines.append(capital(say("materials_common", doing=say.doing(subject.name))))
        lines += say.materials(common, subject.hall)
    else:
        lines.append(say("by_case"))
    more = say("materials_more" if common else "materials_only")
    grouped: dict[tuple[str, ...], list[str]] = {}
    for each, materials in zip(cases, lists, strict=True):
        rest = (material for material in materials if material not in common)
        told = tuple(say.material(material, subject.hall) for material in rest)
        grouped.setdefault(told, []).append(_case_name(say, each))
    for told, names in grouped.items():
        if told:
            lines.append(say("materials_case", case=say.joined(names), more=more))
            lines += dotted(told)
    return lines


def _overview_by_case(say: Wording, subject: Subject, cases: Sequence[Subject]) -> Lines:
    """What it is, and what is the same in every case; the rest waits for the case."""
    lines, unnamed = summary(say, subject)
    for intent in IN_OVERVIEW:
        if not apart(say, subject, cases, intent):
            lines += answer_lines(say, unnamed, cases, intent)
    return [*lines, say("overview_by_case")]
