"""One thing in a citizen's life that crosses offices (一件事), with the window that leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from desk.topics import Topic
from desk.wording import Wording
from facts.counts import window_phone, windows_of
from facts.model import Case, Elsewhere, Hall, Journey, Material


def journey_lines(
    say: Wording, hall: Hall, journey: Journey, steps: Sequence[Topic | None], about: Iterable[str]
) -> list[str]:
    """The steps in order with their windows, the materials told once, the window that leads."""
    lines = [say("journey", topic=say.text(journey.name))]
    for n, (step, topic) in enumerate(zip(journey.steps, steps, strict=True), 1):
        if topic is None:
            continue
        where = _where(say, hall, topic)
        lines.append(say("journey_step", n=n, name=step_name(say, topic), window=where))
        if step.note:
            lines.append(say("journey_note", note=say.text(step.note)))
    lines += lead_line(say, hall, journey)
    materials = shared_materials((topic for topic in steps if topic), say.at.date())
    if materials and {"materials", "checklist"} & set(about):
        lines += [say("journey_materials"), *say.materials(materials, hall)]
    return lines


def lead_line(say: Wording, hall: Hall, journey: Journey) -> list[str]:
    """The window that leads, where there is one."""
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


def shared_materials(topics: Iterable[Topic], day: date) -> list[Material]:
    """The materials of all steps, each told once (T2)."""
    found: dict[str, Material] = {}
    for topic in topics:
        for material in _wanted(topic, day):
            name = next(iter(material.name.words.values()), "")
            found.setdefault(name, material)
    return list(found.values())


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
