"""One thing in a citizen's life that crosses offices (一件事), with the window that leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from desk.topics import Topic
from desk.wording import Wording
from facts.counts import window_phone, windows_of
from facts.model import (
    Case,
    Duration,
    Elsewhere,
    Hall,
    Journey,
    Material,
    TimeLimit,
    Unit,
)
from intents.fold import fold


def journey_lines(
    say: Wording, hall: Hall, journey: Journey, steps: Sequence[Topic | None], about: Iterable[str]
) -> list[str]:
    """The steps in order with their windows, the materials told once, the window that leads."""
    lines = [say("journey", topic=say.text(journey.name))]
    for n, (step, topic) in enumerate(zip(journey.steps, steps, strict=True), 1):
        if topic is None:
            continue
        where = _where(say, hall, topic)
        where += say("journey_with") if step.with_ and n > 1 else ""
        lines.append(say("journey_step", n=n, name=step_name(say, topic), window=where))
        if step.note:
            lines.append(say("journey_note", note=say.text(step.note)))
    today = say.at.astimezone(ZoneInfo(hall.time_zone)).date()
    if "duration" not in about:
        lines += in_all(say, journey, steps, today)
    lines += lead_line(say, hall, journey)
    materials = shared_materials((topic for topic in steps if topic), today)
    if materials and {"materials", "checklist"} & set(about):
        lines += [say("journey_materials"), *say.materials(materials, hall)]
    return lines


def lead_line(say: Wording, hall: Hall, journey: Journey) -> list[str]:
    """The one contact for all of it (T1), where there is one."""
    lead = hall.window(journey.lead or hall.lead_window)
    if lead is None:
        return []
    phone = say.phone(window_phone(hall, lead))
    line = say("journey_lead", window=say.window(lead), phone=phone)
    return [line[:1].upper() + line[1:]]


def step_name(say: Wording, topic: Topic) -> str:
    """What a step is called: the circumstance stands in brackets."""
    if isinstance(topic.item, Case) and topic.service:
        case = say.text(topic.item.name)
        return say("case_of", service=say.text(topic.service.name), case=case)
    return topic.name(say.language)


def step_lines(
    say: Wording, hall: Hall, journey: Journey, topic: Topic | None, number: int
) -> list[str]:
    """What stands before a step that is told alone; behind the last, that all were told."""
    name = say.text(journey.name)
    if topic is None:
        return [say("journey_told", topic=name), *lead_line(say, hall, journey)]
    step = journey.steps[number - 1]
    head = say(
        "journey_at",
        topic=name,
        n=number,
        total=len(journey.steps),
        name=step_name(say, topic),
    )
    return [head, *([say.text(step.note) + say("full_stop")] if step.note else [])]


def step_ends(say: Wording, journey: Journey, number: int) -> list[str]:
    """How to go on behind a step that was told alone."""
    if number > len(journey.steps):
        return []
    return [say("journey_last" if number == len(journey.steps) else "journey_next")]


def in_all(say: Wording, journey: Journey, steps: Sequence[Topic | None], day: date) -> list[str]:
    """How long all steps take together: one after another, but for those side by side."""
    days, untold, of_group = 0.0, 0, 0.0
    for step, topic in zip(journey.steps, steps, strict=True):
        if topic is None:
            continue
        term = _working_days(topic, day)
        untold += term is None
        if not step.with_:
            days, of_group = days + of_group, 0.0
        of_group = max(of_group, term or 0.0)
    days += of_group
    if not days:
        return []
    total = say.duration(Duration(ceil(days), "working days"))
    more = say("journey_in_all_more", n=untold) if untold else ""
    return [say("journey_in_all", total=total, more=more)]


WORKING_DAYS: Mapping[Unit, float] = {
    "working days": 1,
    "days": 5 / 7,
    "weeks": 5,
    "working hours": 1 / 8,
    "months": 21,
    "hours": 5 / 7 / 24,
    "years": 250,
    "on the spot": 0,
}
"""About how many working days a unit of a term has."""


def _working_days(topic: Topic, day: date) -> float | None:
    """The longest term of a step: its own, else that of any of its cases; None: not told."""
    if isinstance(topic.item, Elsewhere):
        return _longest([topic.item.time_limit])
    if topic.service is None:
        return None
    service = topic.service.facts(day, topic.case)
    if service.time_limit is None and service.kind == "instant":
        return 0.0
    cases = () if topic.case else service.cases
    limits = [topic.service.facts(day, case.id).time_limit for case in cases]
    return _longest([service.time_limit, *limits])


def _longest(limits: Iterable[TimeLimit | None]) -> float | None:
    terms = [limit.promised or limit.statutory for limit in limits if limit]
    return max((term.amount * WORKING_DAYS[term.unit] for term in terms if term), default=None)


def shared_materials(topics: Iterable[Topic], day: date) -> list[Material]:
    """The materials of all steps, each told once, by whichever of its names it goes (T2)."""
    found: list[Material] = []
    names: list[_Names] = []
    for topic in topics:
        for material in _wanted(topic, day):
            own = _Names.of(material)
            known = next((n for n, each in enumerate(names) if each.same(own)), None)
            if known is None:
                found.append(material)
                names.append(own)
            else:
                found[known] = _both(found[known], material)
    return found


class _Names(NamedTuple):
    """What a material is called, and what each of those is that may be brought for it."""

    called: frozenset[str]
    parts: list[frozenset[str]]

    @classmethod
    def of(cls, material: Material) -> Self:
        """The names of this material."""
        return cls(_called(material), [_called(each) for each in material.one_of])

    def same(self, other: _Names) -> bool:
        """Whether these are names of one material."""
        return not self.called.isdisjoint(other.called) and self.parts == other.parts


def _called(material: Material) -> frozenset[str]:
    names = (*material.name.words.values(), *material.also)
    return frozenset(filter(None, map(fold, names)))


def _both(one: Material, other: Material) -> Material:
    """A material as two steps want it: as strictly and as often as either does."""
    return replace(
        one,
        original=max(one.original or 0, other.original or 0) or None,
        copies=max(one.copies or 0, other.copies or 0) or None,
        electronic=(one.electronic and other.electronic) or None,
        when=one.when if one.when and other.when else None,
        need=min(one.need, other.need, key=NEEDS.index),
    )


NEEDS = ("required", "deferrable", "optional")
"""How much a material is needed, the strictest first."""


def _wanted(topic: Topic, day: date) -> Sequence[Material]:
    if isinstance(topic.item, Elsewhere):
        return topic.item.bring
    if topic.service is None:
        return ()
    return topic.service.facts(day, topic.case).materials or ()


def _where(say: Wording, hall: Hall, topic: Topic) -> str:
    if isinstance(topic.item, Elsewhere):
        authority = say.text(topic.item.authority)
        return say("journey_elsewhere", authority=authority) if authority else ""
    if topic.office is None:
        return ""
    window = next(iter(windows_of(hall, topic.office, topic.service)), None)
    return say("journey_window", window=say.window(window)) if window else ""
