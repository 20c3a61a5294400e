"""Terms: who is responsible for a receipt, by when it is answered, and when somebody is reminded.

The defaults are those of duty L5: one working day for a question, three where another authority
answers, five for a complaint or a bad rating. A hall sets its own under `reply_within`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from facts.calendar import Calendar
from facts.model import Duration, Hall, Window

QUESTION, COMPLAINT, HUMAN, RATING = "question", "complaint", "human", "rating"
GRIEVANCES = (COMPLAINT, RATING)
"""Kinds that never go to the window they are about."""
DEFAULTS = {
    QUESTION: Duration(1, "working days"),
    HUMAN: Duration(1, "working days"),
    COMPLAINT: Duration(5, "working days"),
    RATING: Duration(5, "working days"),
}
OF_OTHERS = Duration(3, "working days")
"""Where the answer has to be had from another authority."""
A_DAY = timedelta(days=1)
ONE_DAY = Duration(1, "working days")
WITHOUT_HOURS = timedelta(days=1)
"""After so long somebody is reminded where the hall's hours are not known."""
ESCALATED_AFTER = Duration(1, "working hours")
"""So long after the end of the term the lead window and the head of the hall are told."""


class Term(NamedTuple):
    """What is promised (None: nothing yet), its end (None: hours not known), the first reminder."""

    within: Duration
    due: datetime | None
    remind_at: datetime


class Terms:
    """The terms of the halls; a hall may also be one of guides that count no longer."""

    def __init__(self, calendars: Mapping[str, Calendar]) -> None:
        self._calendars = calendars

    def _of(self, hall: Hall) -> Calendar:
        return self._calendars.get(hall.id) or Calendar(hall)

    def of(self, hall: Hall, kind: str, at: datetime, *, of_others: bool = False) -> Term:
        """The term of a receipt taken down now."""
        within = _within(hall, kind, of_others=of_others)
        due = self._of(hall).due(at, within)
        if due is None:
            return Term(within, None, at + WITHOUT_HOURS)
        return Term(within, due, self.half(hall, at, due))

    def half(self, hall: Hall, at: datetime, due: datetime) -> datetime:
        """When half of the working time between these has passed."""
        return self._of(hall).half(at, due)

    def closing(self, hall: Hall, day: date) -> datetime:
        """When the hall closes on this day, or on the next on which it is open."""
        calendar = self._of(hall)
        start = datetime.combine(day, time.min, calendar.zone)
        return calendar.due(start - A_DAY, ONE_DAY) or start + A_DAY

    def escalated(self, hall: Hall, due: datetime) -> datetime:
        """When a receipt that is late is told to those above."""
        return self._of(hall).due(due, ESCALATED_AFTER) or due + WITHOUT_HOURS


def _within(hall: Hall, kind: str, *, of_others: bool) -> Duration:
    if kind in GRIEVANCES:
        own = hall.complaints.reply_within if hall.complaints else None
    else:
        own = hall.reply_within
    return own or (OF_OTHERS if of_others and kind == QUESTION else DEFAULTS[kind])


def responsible(
    hall: Hall, kind: str, window: str | None = None, about: str | None = None
) -> Window | None:
    """The window that takes it: its own, else the lead window, else any; for a grievance the
    window for complaints first, and never the window it is `about`."""
    grievance = kind in GRIEVANCES
    first = (hall.complaints.window if hall.complaints else None) if grievance else window
    wanted = (hall.window(first), hall.window(hall.lead_window), *hall.windows)
    barred = about if grievance else None
    return next((each for each in wanted if each and each.number != barred), None)


def staff_key(hall: Hall, window: str | None, about: str | None = None) -> str | None:
    """The key under which the clerks of a window are reached, else those of the lead window, else
    the head of the hall; never the clerks of the window that a grievance is `about`."""
    found = (hall.window(window), hall.window(hall.lead_window))
    keys = (*(each.staff for each in found if each), hall.head)
    complained = hall.window(about)
    barred = complained.staff if complained else None
    return next((each for each in keys if each and each != barred), None)
