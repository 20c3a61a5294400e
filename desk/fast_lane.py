"""The fast lane (急办、绿色通道): told before all else to those in a hurry or served first (U1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desk.answers import Subject
from desk.topics import Topic
from desk.wording import Wording
from facts.counts import window_phone
from facts.model import Elsewhere, Hall, Journey, Window
from intents.fold import fold
from intents.signals import FIRST_IN_LINE, GONE, URGENCY, Sign

Lines = list[str]


def wanted(signs: Iterable[Sign], topic: Topic | None) -> frozenset[str]:
    """Whether somebody is in a hurry, and whether somebody is to be served first.

    What the matter itself is called tells nothing of who asks, and the dead do not come.
    """
    named = _names(topic) if topic else ""
    kinds = {each.kind for each in signs if each.text not in named}
    return frozenset(kinds & ({URGENCY} if GONE in kinds else {URGENCY, FIRST_IN_LINE}))


def lane(say: Wording, subjects: Sequence[Subject], kinds: frozenset[str]) -> Lines:
    """The fast lane that the guide has for a service: what is the same in all of its cases."""
    first, *others = (_lane(say, subject, kinds) for subject in subjects)
    return [line for line in first if all(line in other for other in others)]


def _lane(say: Wording, subject: Subject, kinds: frozenset[str]) -> Lines:
    service, limit = subject.service, subject.service.time_limit
    term = limit.urgent if limit else None
    urgent = [say("duration_urgent", urgent=say.duration(term))] if term else []
    urgent += [say("urgent", text=say.text(service.urgent))] if service.urgent else []
    green = service.green_channel
    first = [say("green_channel", text=say.text(green))] if green else []
    if kinds >= {URGENCY, FIRST_IN_LINE}:
        return first + urgent
    return (urgent or first) if URGENCY in kinds else (first or urgent)


def by_phone(
    say: Wording, hall: Hall, topic: Topic | None, phone: str | None, kinds: frozenset[str]
) -> Lines:
    """Whom to call, and the window that leads: where no fast lane is told."""
    item = topic.item if topic else None
    if isinstance(item, Elsewhere) and item.phone and URGENCY in kinds:
        return [say("fast_elsewhere", phone=item.phone)]
    lead = _lead(hall, item)
    name = say.window(lead) if lead else say.text(hall.name)
    if isinstance(item, Elsewhere) or phone is None:
        phone = (window_phone(hall, lead) if lead else None) or hall.phone
    key = "fast_urgency" if URGENCY in kinds else "fast_first"
    return [say(key, phone=phone, lead=name) if phone else say(f"{key}_plain", lead=name)]


def before(lines: Sequence[str], told: Sequence[str]) -> Lines:
    """The fast lane before what was told, each line once."""
    return [*lines, *(line for line in told if line not in lines)]


def _lead(hall: Hall, item: object) -> Window | None:
    own = item.lead if isinstance(item, Journey) else None
    return hall.window(own) or hall.window(hall.lead_window)


def _names(topic: Topic) -> str:
    items = [topic.item, *([topic.service] if topic.service else [])]
    names = [name for item in items if not isinstance(item, Window) for name in _called(item)]
    return fold(" | ".join(names))


def _called(item: object) -> Iterable[str]:
    name = getattr(item, "name", None) or getattr(item, "office", None)
    yield from (name.words.values() if name else ())
    yield from getattr(item, "also", ())
