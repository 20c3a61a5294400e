"""When a matter is done at the latest, if it is accepted now: terms told as dates (L3)."""

from __future__ import annotations

from datetime import datetime

from desk.wording import Wording
from facts.calendar import Calendar
from facts.model import Duration, Hours, Text, TimeLimit

WITH_TIME = ("working hours", "hours")
"""Terms so short that their end is told with the time of day."""


def due_lines(
    say: Wording,
    calendar: Calendar,
    limit: TimeLimit,
    window: str | None,
    hours: Hours | Text | None = None,
) -> list[str]:
    """The last day of the promised and the statutory term, counted on the window's days.

    Accepted is meant now, else when it opens next by the service's own hours or the window's.
    Nothing is told where hours are not known or stand in words, nor of what is done on the spot.
    """
    terms = [each for each in (limit.promised, limit.statutory) if each]
    if isinstance(hours, Text) or any(each.unit == "on the spot" for each in terms):
        return []
    opened = calendar.opened(say.at, window, hours or ())
    accepted = calendar.local(say.at) if opened.now else opened.again
    if accepted is None:
        return []
    ends = [(term, calendar.due(accepted, term, window)) for term in terms]
    told = [(_end(say, term, due, accepted), due.year) for term, due in ends if due]
    if not told:
        return []
    day = _accepted(say, calendar, accepted)
    line = say("due", accepted=day, due=told[0][0])
    if len(told) > 1:
        line = say("due_both", accepted=day, due=told[0][0], statutory=told[1][0])
    unsettled = sorted({year for _, year in told if not calendar.is_published(year)})
    return [line, *(say("unpublished", year=year) for year in unsettled)]


def _accepted(say: Wording, calendar: Calendar, when: datetime) -> str:
    days = (when.date() - calendar.local(say.at).date()).days
    if days < 2:
        return say(("accepted_today", "accepted_tomorrow")[days])
    return say("accepted_on", day=say.day(when))


def _end(say: Wording, term: Duration, due: datetime, accepted: datetime) -> str:
    day = say.day(due, accepted)
    return say("due_time", day=day, time=f"{due:%H:%M}") if term.unit in WITH_TIME else day
