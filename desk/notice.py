"""The full notice (一次性告知): everything about a service at once, in the order of the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desk.answers import ANSWERS, Subject, refused, window_line
from desk.by_case import answer_lines
from desk.wording import Wording, dotted
from facts.model import Joint

Section = Callable[[Wording, Subject, Sequence[Subject]], list[str]]


def _of(*intents: str) -> Section:
    def section(say: Wording, subject: Subject, cases: Sequence[Subject]) -> list[str]:
        told = [answer_lines(say, subject, cases, i) for i in intents if _told(say, subject, i)]
        return [line for lines in told for line in lines]

    return section


def _told(say: Wording, subject: Subject, intent: str) -> bool:
    return bool(ANSWERS[intent](say, subject))


def _place(say: Wording, subject: Subject, cases: Sequence[Subject]) -> list[str]:
    return [window_line(say, cases[0] if cases else subject)]


def _remedy(say: Wording, subject: Subject, _: Sequence[Subject]) -> list[str]:
    service = subject.service
    lines = refused(say, subject)
    if service.appeal:
        lines.append(say("appeal", text=say.text(service.appeal)))
    lines.append(say("rights"))
    if service.complaint:
        lines.append(say("complaint_at", text=say.text(service.complaint)))
    return lines


def _joint(say: Wording, subject: Subject, _: Sequence[Subject]) -> list[str]:
    if not subject.service.joint:
        return []
    parts = [_part(say, subject, each) for each in subject.service.joint]
    return [say("joint", office=say.text(subject.office.office)), *dotted(parts)]


def _part(say: Wording, subject: Subject, joint: Joint) -> str:
    office = subject.hall.office(joint.office)
    who = say.text(office.office) if office else say.text(joint.authority) or (joint.office or "")
    return say("joint_line", who=who, does=say.text(joint.does)) if joint.does else who


def _other(say: Wording, subject: Subject, cases: Sequence[Subject]) -> list[str]:
    service = subject.service
    admitted = replace(subject, service=replace(service, not_accepted=()))
    lines = answer_lines(say, admitted, (), "conditions")
    lines += _of("forms", "proxy", "online", "appointment", "result", "validity")(
        say, subject, cases
    )
    lines += [
        say(key, text=say.text(text))
        for key, text in (("urgent", service.urgent), ("green_channel", service.green_channel))
        if text
    ]
    lines += ANSWERS["progress"](say, subject)
    if service.scope:
        lines.append(say("scope", text=say.text(service.scope)))
    if service.accepted_at and service.decided_at:
        accepted, decided = (
            say(f"level_{each}") for each in (service.accepted_at, service.decided_at)
        )
        lines.append(say("levels", accepted=accepted, decided=decided))
    return lines


SECTIONS: tuple[tuple[str, Section], ...] = (
    ("notice_basis", _of("basis")),
    ("notice_term", _of("duration")),
    ("notice_process", _of("steps")),
    ("notice_fee", _of("fee")),
    ("notice_place", _place),
    ("notice_contact", _of("contact")),
    ("notice_materials", _of("materials")),
    ("notice_remedy", _remedy),
    ("notice_joint", _joint),
    ("notice_other", _other),
)
"""The order is that of 一次性告知: basis, term, process, fee, place, contact, materials."""

OPTIONAL = frozenset({"notice_joint", "notice_other"})
"""Sections that are left out where there is nothing to tell."""


def notice(say: Wording, subject: Subject, cases: Sequence[Subject]) -> list[str]:
    """Every section of the notice; what the guide does not tell leads to the window's phone."""
    lines = [say("notice_title", topic=subject.name)]
    numbers = iter(say("notice_numbers").split())
    phone = say("missing_phone", phone=subject.phone) if subject.phone else ""
    unnamed = replace(subject, name="")
    for key, section in SECTIONS:
        told = section(say, unnamed, cases)
        if len(told) > 1 and told[0].endswith((":", "：")):
            told = told[1:]
        if told or key not in OPTIONAL:
            title = say("notice_section", number=next(numbers), title=say(key))
            lines += ["", title, *(told or [say("not_told", phone=phone)])]
    return lines
