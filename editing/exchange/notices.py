"""Printed notices (一次性告知书): everything about a service on paper, in the order of the rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import desk
from desk.answers import Subject, window_line
from desk.notice import OPTIONAL, SECTIONS
from desk.texts import Texts
from desk.wording import Wording
from editing.exchange.remarks import say as own
from facts.calendar import Calendar
from facts.model import Hall, Office, Service

HEAD = 130
"""Characters of a notice that a QR code holds where the notice has no address."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in one language; `sections` are titles with their lines, `foot` its dates."""

    topic: str
    language: str
    title: str
    whose: str
    code: str
    alerts: Sequence[str]
    sections: Sequence[tuple[str, Sequence[str]]]
    rights: Sequence[str]
    foot: Sequence[str]

    @property
    def file(self) -> str:
        """Where it lies below the folder of notices."""
        return f"{self.topic}.{self.language}.html"

    def head(self) -> str:
        """The beginning of its text, for those who take only a picture of it along."""
        lines = [self.title, *(line for _, lines in self.sections for line in lines)]
        told = "\n".join(lines)
        return told if len(told) <= HEAD else f"{told[: HEAD - 1]}…"


def notices(hall: Hall, at: datetime) -> Iterator[Notice]:
    """The notices of every service that is not cancelled, in each language the desk speaks."""
    texts = Texts(Path(desk.__file__).parent / "texts")
    spoken = [each for each in hall.languages if each.partition("-")[0] in texts] or ["en"]
    calendar = Calendar(hall)
    for language in spoken:
        say = Wording(texts, language.partition("-")[0], at)
        for office, service in hall.services():
            if service.status != "cancelled":
                yield _notice(say, hall, office, service, calendar)


def _notice(
    say: Wording, hall: Hall, office: Office, service: Service, calendar: Calendar
) -> Notice:
    day = calendar.local(say.at).date()
    subject = Subject(
        hall=hall, office=office, service=service.facts(day), calendar=calendar, name="",
        starts_now=False,
    )  # fmt: skip
    cases = [
        replace(subject, service=service.facts(day, case.id), case=case) for case in service.cases
    ]
    sections = list(_sections(say, subject, cases))
    version = hashlib.blake2b(repr(sections).encode(), digest_size=3).hexdigest()
    facts = subject.service
    return Notice(
        topic=f"{office.id}/{service.id}",
        language=say.language,
        title=say.text(facts.name),
        whose=own(
            "page_of_hall", say.language, hall=say.text(hall.name), office=say.text(office.office)
        ),
        code=own("code", say.language) + f" {facts.code}" if facts.code else "",
        alerts=[say.text(each.text) for each in facts.alert if each.counts(day)],
        sections=sections,
        rights=_rights(say, hall, facts),
        foot=_foot(say, facts, version),
    )


def _sections(
    say: Wording, subject: Subject, cases: Sequence[Subject]
) -> Iterator[tuple[str, Sequence[str]]]:
    numbers = iter(say("notice_numbers").split())
    phone = say("missing_phone", phone=subject.phone) if subject.phone else ""
    for key, section in SECTIONS:
        told = _place(say, subject) if key == "notice_place" else section(say, subject, cases)
        told = [line for line in told if line != say("rights")]
        if key != "notice_other" and len(told) > 1 and told[0].endswith((":", "：")):
            told = told[1:]
        if told or key not in OPTIONAL:
            title = say("notice_section", number=next(numbers), title=say(key))
            yield title, told or [say("not_told", phone=phone)]


def _place(say: Wording, subject: Subject) -> list[str]:
    """The windows, the hall's address, and all opening hours: paper knows no day."""
    hall, window = subject.hall, subject.window
    lines = [window_line(say, subject, with_hours=False)]
    if hall.address:
        where = say.text(hall.name) + say("address_is", address=say.text(hall.address))
        lines.append(where + say("full_stop"))
    hours = subject.service.hours or subject.calendar.hours(window.number if window else None)
    if isinstance(hours, tuple) and hours:
        lines += [say("hours", of=""), *(f"· {line}" for line in say.hours(hours))]
    elif hours and not isinstance(hours, tuple):
        lines.append(say("hours", of="") + say.text(hours))
    return lines


def _rights(say: Wording, hall: Hall, service: Service) -> list[str]:
    lines = [say("rights")]
    at = hall.complaints
    if not service.complaint and at:
        told = [each for each in (at.phone, say.text(at.online)) if each]
        if told:
            lines.append(say("complaint_at", text=say("semicolon").join(told)))
    return lines


def _foot(say: Wording, service: Service, version: str) -> list[str]:
    language = say.language
    lines = [own("version", language, version=version)]
    if service.verified_on:
        lines.append(own("verified", language, date=say.date(service.verified_on)))
    else:
        lines.append(own("unverified", language))
    if service.review_by:
        lines.append(own("review", language, date=say.date(service.review_by)))
    return [*lines, own("made_on", language, date=say.date(say.at.date()))]
