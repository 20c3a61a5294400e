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
    handles = matter.authority or (other.name if other else None)
    topic = say.text(matter.name)
    if handles:
        head = say("elsewhere", topic=topic, authority=say.text(handles))
    else:
        key = "elsewhere_unknown" if has_hotline(hall) else "elsewhere_unknown_plain"
        head = say(key, topic=topic, hotline=LAST_RESORT)
    known = dict(_known(say, hall, matter))
    asked = list(_asked(say, matter, about, known))
    if asked:
        known = {key: told for key, told in known.items() if key in ("place", "contact")}
    lines = [head, *asked, *(line for told in known.values() for line in told)]
    if other and matter.authority:
        lines.append(say("elsewhere_hall", hall=say.text(other.name)))
    if matter.help_here:
        lines.append(say("elsewhere_help", text=say.text(matter.help_here)))
    if not matter.phone and has_hotline(hall):
        lines.append(say("elsewhere_12345", hotline=LAST_RESORT))
    return lines


def has_hotline(hall: Hall) -> bool:
    """Whether the hall stands where 12345 is answered."""
    return hall.currency == "CNY" and hall.time_zone in ("Asia/Shanghai", "Asia/Urumqi")


def some_phone(hall: Hall) -> str | None:
    """The hall's phone, else the hotline where there is one."""
    return hall.phone or (LAST_RESORT if has_hotline(hall) else None)


def _known(say: Wording, hall: Hall, matter: Elsewhere) -> Iterator[tuple[str, list[str]]]:
    if matter.address:
        yield "place", [say("elsewhere_address", text=say.text(matter.address))]
    if matter.phone:
        yield "contact", [say("elsewhere_phone", text=matter.phone)]
    if matter.hours:
        told = matter.hours
        hours = say.text(told) if isinstance(told, Text) else say("semicolon").join(say.hours(told))
        yield "hours", [say("elsewhere_hours", text=hours)]
    if matter.bring:
        yield "materials", [say("elsewhere_bring_head"), *say.materials(matter.bring, hall)]
    if matter.fee is not None:
        yield "fee", say.fee("", matter.fee, hall)
    limit = matter.time_limit
    term = (limit.promised or limit.statutory) if limit else None
    if term:
        yield "duration", [say("elsewhere_duration", text=say.duration(term))]
    if matter.online:
        yield "online", [say("elsewhere_online", text=say.text(matter.online))]
    if matter.note:
        yield "note", [say.text(matter.note) + say("full_stop")]


def _asked(
    say: Wording, matter: Elsewhere, about: Iterable[str], known: dict[str, list[str]]
) -> Iterator[str]:
    """What was asked and is known stands first; what is not known leads to their phone."""
    for intent in about:
        if intent in known:
            yield from known.pop(intent)
        elif intent not in TOLD_ANYWAY:
            phone = say("missing_phone", phone=matter.phone) if matter.phone else ""
            yield say("elsewhere_missing", what=say(f"what_{intent}"), phone=phone)


TOLD_ANYWAY = ("overview", "untold", "nearest", "notice", "checklist", "urgent", "steps")
"""What the whole answer tells as well as this desk can."""
