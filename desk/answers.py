"""Answers about a service: for each intent, the lines that answer it from the guide.

An answer function returns its lines, or none where the guide does not tell the fact. Where a
fact differs between the cases of a service, each case is told with its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desk.due_dates import due_lines
from desk.opening import open_line
from desk.wording import Wording, dotted, numbered
from facts.calendar import Calendar
from facts.counts import phone_of, window_phone, windows_of
from facts.model import Case, Form, Hall, Office, Service, Text, TimeLimit, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an answer is about: a service as it counts today, perhaps in one case.

    `starts_now` is whether it could be begun now, so that its terms can be told as dates.
    """

    hall: Hall
    office: Office
    service: Service
    case: Case | None = None
    calendar: Calendar
    name: str
    starts_now: bool = True

    @property
    def window(self) -> Window | None:
        """The window that handles it."""
        return next(iter(windows_of(self.hall, self.office, self.service)), None)

    @property
    def phone(self) -> str | None:
        """The phone that counts: the service's, else its window's, its office's, the hall's."""
        return phone_of(self.hall, self.office, self.service)


Lines = list[str]
Answer = Callable[[Wording, Subject], Lines]


def _text_answer(key: str) -> Answer:
    def answer(say: Wording, subject: Subject) -> Lines:
        text: Text | None = getattr(subject.service, key)
        if not text:
            return []
        return [say(key, of=say.of(subject.name), text=say.text(text))]

    return answer


def _materials(say: Wording, subject: Subject) -> Lines:
    materials = subject.service.materials
    if materials is None:
        return []
    doing = say.doing(subject.name)
    if not materials:
        return [capital(say("materials_none", doing=doing))]
    return [capital(say("materials", doing=doing)), *say.materials(materials, subject.hall)]


def _steps(say: Wording, subject: Subject) -> Lines:
    service = subject.service
    lines = numbered(say.text(step) for step in service.steps)
    if lines:
        lines.insert(0, say("steps", of=say.of(subject.name)))
    if service.visits:
        lines.append(say("visits", n=say.text(service.visits)))
    return lines


def _conditions(say: Wording, subject: Subject) -> Lines:
    service = subject.service
    lines: Lines = []
    if service.conditions:
        lines.append(say("conditions", of=say.of(subject.name)))
        lines += dotted(say.text(each) for each in service.conditions)
    lines += refused(say, subject)
    if service.audience and not service.conditions:
        who = say.joined(say(f"audience_{each}") for each in service.audience)
        lines.append(say("audience", list=who))
    if service.apply_when:
        lines.append(say("apply_when", text=say.text(service.apply_when)))
    return lines


def refused(say: Wording, subject: Subject) -> Lines:
    """The cases in which it is not possible."""
    if not subject.service.not_accepted:
        return []
    return [say("not_accepted"), *dotted(say.text(each) for each in subject.service.not_accepted)]


def _fee(say: Wording, subject: Subject) -> Lines:
    fee = subject.service.fee
    if fee is None:
        return []
    bases = dict.fromkeys(say.text(each.basis) for each in fee if each.basis)
    lines = say.fee(say.of(subject.name), fee, subject.hall)
    return lines + [say("fee_basis", text=basis) for basis in bases]


def _duration(say: Wording, subject: Subject) -> Lines:
    limit, of = subject.service.time_limit, say.of(subject.name)
    if limit is None:
        spot = subject.service.kind == "instant"
        return [say("duration_spot", of=of)] if spot else []
    lines = _terms(say, limit, of)
    if lines and subject.starts_now and subject.service.status == "active":
        number = subject.window.number if subject.window else None
        lines += due_lines(say, subject.calendar, limit, number, subject.service.hours)
    if limit.urgent:
        lines.append(say("duration_urgent", urgent=say.duration(limit.urgent)))
    if limit.note:
        lines.append(say("duration_note", text=say.text(limit.note)))
    return lines


def _terms(say: Wording, limit: TimeLimit, of: str) -> Lines:
    spot = limit.promised is not None and limit.promised.unit == "on the spot"
    told = {
        key: say.duration(term)
        for key, term in (("promised", limit.promised), ("statutory", limit.statutory))
        if term is not None
    }
    if spot and limit.statutory and limit.statutory.unit != "on the spot":
        return [say("duration_spot_both", of=of, statutory=told["statutory"])]
    if spot or set(told.values()) == {say("unit_on_the_spot")}:
        return [say("duration_spot", of=of)]
    if len(told) == 2:
        return [say("duration_both", of=of, **told)]
    return [say(f"duration_{key}", of=of, **told) for key in told]


def _forms(say: Wording, subject: Subject) -> Lines:
    forms = [_form(say, form) for form in subject.service.forms]
    forms += [
        say.text(each.form)
        for each in subject.service.materials or ()
        if each.form and not subject.service.forms
    ]
    if not forms:
        return []
    return [say("forms", list=say.joined(dict.fromkeys(forms))), say("forms_help")]


def _form(say: Wording, form: Form) -> str:
    name = say.text(form.name)
    if form.url:
        return say("form_where", name=name, url=form.url)
    return say("form_file", name=name)


def _urgent(say: Wording, subject: Subject) -> Lines:
    service = subject.service
    lines = [
        say(key, text=say.text(text))
        for key, text in (("urgent", service.urgent), ("green_channel", service.green_channel))
        if text
    ]
    limit = service.time_limit
    if limit and limit.urgent:
        lines.insert(0, say("duration_urgent", urgent=say.duration(limit.urgent)))
    if lines:
        return lines
    phone = say("missing_phone", phone=subject.phone) if subject.phone else ""
    return [say("urgent_none", of=say.of(subject.name), phone=phone)]


def _basis(say: Wording, subject: Subject) -> Lines:
    if not subject.service.basis:
        return []
    head = say("basis", of=say.of(subject.name))
    return [head, *dotted(say.text(each) for each in subject.service.basis)]


def _contact(say: Wording, subject: Subject) -> Lines:
    if not subject.phone:
        return []
    return [say("contact", of=say.of(subject.name), phone=subject.phone)]


def _place(say: Wording, subject: Subject) -> Lines:
    return [window_line(say, subject)]


def _hours(say: Wording, subject: Subject) -> Lines:
    window = subject.window
    own = subject.service.hours
    head = say("hours", of=say.of(subject.name))
    if isinstance(own, Text):
        return [head + say.text(own)]
    number = window.number if window else None
    hours = own or subject.calendar.hours(number)
    if not hours:
        return []
    return [open_line(say, subject.calendar, number, own or ()), head, *dotted(say.hours(hours))]


def _checklist(say: Wording, subject: Subject) -> Lines:
    materials = subject.service.materials
    if not materials:
        return []
    head = capital(say("checklist", doing=say.doing(subject.name)))
    return [head, *(f"□ {say.material(each, subject.hall)}" for each in materials), say("rights")]


def summary(say: Wording, subject: Subject) -> tuple[Lines, Subject]:
    """What it is, in a line that names it; and the subject that needs no name after that."""
    text = subject.service.summary
    if not text:
        return refused(say, subject), subject
    unnamed = replace(subject, name="")
    line = say("summary", topic=subject.name, text=say.text(text))
    return [line, *refused(say, unnamed)], unnamed


def _overview(say: Wording, subject: Subject) -> Lines:
    """What it is in a line, then what to bring, the fee and the term: what most people need."""
    lines, unnamed = summary(say, subject)
    for intent in IN_OVERVIEW:
        lines += ANSWERS[intent](say, unnamed)
    return lines


IN_OVERVIEW = ("materials", "fee", "duration", "online")
"""What an overview tells after the summary."""

ANSWERS: dict[str, Answer] = {
    "overview": _overview,
    "materials": _materials,
    "checklist": _checklist,
    "steps": _steps,
    "conditions": _conditions,
    "place": _place,
    "hours": _hours,
    "fee": _fee,
    "duration": _duration,
    "validity": _text_answer("validity"),
    "forms": _forms,
    "proxy": _text_answer("proxy"),
    "online": _text_answer("online"),
    "appointment": _text_answer("appointment"),
    "result": _text_answer("result"),
    "progress": _text_answer("progress"),
    "urgent": _urgent,
    "basis": _basis,
    "contact": _contact,
}
"""What can be asked about a service, and what answers it."""

COMPANIONS: dict[str, tuple[str, ...]] = {
    "steps": ("duration",),
    "result": ("duration",),
    "urgent": ("duration",),
}
"""What is told with an answer because most people need it next."""


def window_line(say: Wording, subject: Subject, *, with_hours: bool = True) -> str:
    """Where it is done: number, place, phone, and whether it is open now."""
    windows = windows_of(subject.hall, subject.office, subject.service)
    if not windows:
        phone = say.phone(subject.phone)
        return say("window_none", hall=say.text(subject.hall.name), phone=phone)
    first = windows[0]
    names = say("or").join(say.window(each) for each in windows)
    line = say("window", window=names, place=say.place(first), phone=say.phone(subject.phone))
    return (line + _space(say) + _open(say, subject, first)).rstrip() if with_hours else line


def open_instead(say: Wording, subject: Subject) -> Lines:
    """A window that is open now while the service's own is shut: one that handles it too, else
    the first-question window. Nothing where another day is asked about.
    """
    if say.days or isinstance(subject.service.hours, Text) or not subject.window:
        return []
    if _is_open(say, subject, subject.window) is not False:
        return []
    windows = windows_of(subject.hall, subject.office, subject.service)
    lead = subject.hall.window(subject.hall.lead_window)
    for window in windows[1:]:
        if _is_open(say, subject, window):
            told = say("open_instead", window=say.window(window), place=say.place(window))
            return [capital(told)]
    if lead is None or lead in windows or not subject.calendar.opened(say.at, lead.number).now:
        return []
    phone = say.phone(window_phone(subject.hall, lead))
    told = say("open_lead", window=say.window(lead), place=say.place(lead), phone=phone)
    return [capital(told)]


def _is_open(say: Wording, subject: Subject, window: Window) -> bool | None:
    """Whether a window is open for the service now; None where its hours are not known."""
    own = subject.service.hours
    hours = () if own is None or isinstance(own, Text) else own
    if not (hours or subject.calendar.hours(window.number)):
        return None
    return subject.calendar.opened(say.at, window.number, hours).now


def _open(say: Wording, subject: Subject, window: Window) -> str:
    """Whether it is open now; hours that the guide tells in words stand as they are."""
    own = subject.service.hours
    if isinstance(own, Text):
        return say.text(own) + say("full_stop")
    return open_line(say, subject.calendar, window.number, own or ())


def _space(say: Wording) -> str:
    return "" if say.language == "zh" else " "


def missing(say: Wording, subject: Subject, intent: str) -> Lines:
    """That the guide does not tell it, and whom to ask."""
    phone = say("missing_phone", phone=subject.phone) if subject.phone else ""
    what = say(f"what_{intent}")
    return [say("missing", of=say.of(subject.name), what=what, phone=phone)]


def capital(line: str) -> str:
    """The line with a capital letter, whatever stood before was left out."""
    return line[:1].upper() + line[1:]
