"""Matters of another authority: who handles it, where, and what this hall can still do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desk.wording import Wording
from facts.model import Elsewhere, Hall, Text

LAST_RESORT = "12345"
"""The government service hotline (12345政务服务便民热线) of every place in China."""


def elsewhere_lines(
    say: Wording, hall: Hall, matter: Elsewhere, about: Iterable[str], other: Hall | None = None
) -> list[str]:
    """The authority first, then what is asked, then the rest of what is known."""
    topic = say.quoted(say.text(matter.name))
    if matter.authority:
        head = say("elsewhere", topic=topic, authority=say.text(matter.authority))
    elif other:
        head = say("elsewhere", topic=topic, authority=say.text(other.name))
    else:
        head = say("elsewhere_unknown", topic=topic)
    known = dict(_known(say, hall, matter))
    lines = [head, *_missing(say, matter, about, known), *known.values()]
    if other and matter.authority:
        lines.append(say("elsewhere_hall", hall=say.text(other.name)))
    if matter.help_here:
        lines.append(say("elsewhere_help", text=say.text(matter.help_here)))
    if not matter.phone and has_hotline(hall):
        lines.append(say("elsewhere_12345"))
    return lines


def has_hotline(hall: Hall) -> bool:
    """Whether the hall stands where 12345 is answered."""
    return hall.currency == "CNY"


def _known(say: Wording, hall: Hall, matter: Elsewhere) -> Iterator[tuple[str, str]]:
    if matter.address:
        yield "place", say("elsewhere_address", text=say.text(matter.address))
    if matter.phone:
        yield "contact", say("elsewhere_phone", text=matter.phone)
    if matter.hours:
        told = matter.hours
        hours = say.text(told) if isinstance(told, Text) else say("semicolon").join(say.hours(told))
        yield "hours", say("elsewhere_hours", text=hours)
    if matter.bring:
        listed = say.joined(say.material(each) for each in matter.bring)
        yield "materials", say("elsewhere_bring", list=listed)
    if matter.fee is not None:
        charges = say.joined(say.charge(each, hall) for each in matter.fee)
        topic = say.quoted(say.text(matter.name))
        free = say("fee_free", topic=topic)
        yield "fee", say("fee_one", topic=topic, amount=charges) if matter.fee else free
    limit = matter.time_limit
    term = (limit.promised or limit.statutory) if limit else None
    if term:
        topic = say.quoted(say.text(matter.name))
        yield "duration", say("duration_promised", topic=topic, promised=say.duration(term))
    if matter.online:
        yield "online", say("elsewhere_online", text=say.text(matter.online))
    if matter.note:
        yield "note", say.text(matter.note)


def _missing(
    say: Wording, matter: Elsewhere, about: Iterable[str], known: dict[str, str]
) -> Iterator[str]:
    """What was asked and is known stands first; what is not known leads to their phone."""
    for intent in about:
        if intent in known:
            yield known.pop(intent)
        elif intent not in ("overview", "checklist", "urgent", "steps"):
            phone = say("missing_phone", phone=matter.phone) if matter.phone else ""
            yield say("elsewhere_missing", what=say(f"what_{intent}"), phone=phone)
