"""When a hall and its windows are open, and how working time runs.

The nearer hours replace the farther whole: the window's, else its office's, else the hall's.
Public holidays and make-up working days come from the `holidays` library unless the hall keeps
none; what the hall writes under `closed` comes first.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from facts.model import Closure, Duration, Hall, Hours, Opening, Span, Text

if TYPE_CHECKING:
    import holidays

LOOK_AHEAD = 60
"""Days that are searched for the next opening."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Whether a window is open at a time, until when, and when it opens again (None: not known).

    `why` is the reason of a closure of this day, if the hall gave one.
    """

    now: bool
    until: datetime | None = None
    again: datetime | None = None
    why: Text | None = None


@functools.lru_cache(maxsize=16)
def _public(country: str) -> holidays.HolidayBase:
    import holidays  # noqa: PLC0415 - 200 ms that a hall without holidays need not pay

    code, _, part = country.partition("-")
    return holidays.country_holidays(code, subdiv=part or None)


class Calendar:
    """The working time of one hall."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.zone = ZoneInfo(hall.time_zone)

    def local(self, at: datetime) -> datetime:
        """The time on the hall's clock."""
        return at.astimezone(self.zone)

    def hours(self, window: str | None = None) -> Hours:
        """The hours that count at a window, or of the hall."""
        found = self._hall.window(window)
        if found is None:
            return self._hall.hours
        owner = next(iter((found.office, *found.offices)), None)
        office = self._hall.office(owner)
        return found.hours or (office.hours if office else ()) or self._hall.hours

    def spans(self, day: date, window: str | None = None, hours: Hours = ()) -> list[Span]:
        """The times of this day at which a window (or the hall) is open, in order."""
        opening = self._on(day, hours or self.hours(window))
        spans = sorted(opening, key=lambda span: span.start)
        for closure in self._closures(day, window):
            spans = [part for span in spans for part in _without(span, closure.hours)]
        return spans

    def opened(self, at: datetime, window: str | None = None, hours: Hours = ()) -> Opened:
        """Whether a window is open at this time, and until or from when."""
        local = self.local(at)
        clock = local.time()
        for span in self.spans(local.date(), window, hours):
            if span.start <= clock < span.end:
                until = self._time(local.date(), span.end)
                return Opened(now=True, until=until, again=self._next(until, window, hours))
        shut = self._closures(local.date(), window)
        why = next((each.reason for each in shut if _covers(each, clock)), None)
        return Opened(now=False, again=self._next(local, window, hours), why=why)

    def due(self, at: datetime, term: Duration) -> datetime | None:
        """When a term ends that begins now; None where the hall's hours are not known.

        Working days are counted from the next one and end when the hall closes.
        """
        local = self.local(at)
        if term.unit == "working hours":
            return self._after_hours(local, timedelta(hours=term.amount))
        if term.unit == "working days":
            return self._after_days(local, term.amount)
        days = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 30, "years": 365}
        return local + timedelta(days=term.amount * days.get(term.unit, 0))

    def half(self, at: datetime, due: datetime) -> datetime:
        """When half of the working time between two moments has passed."""
        return at + (due - at) / 2

    def _on(self, day: date, hours: Hours) -> Iterable[Span]:
        weekday = day.weekday()
        if self._hall.holidays not in (None, "none"):
            public = _public(self._hall.holidays or "")
            if day in public:
                return ()
            if day in public.weekend_workdays:
                weekday = 4
        fitting = [each for each in hours if weekday in each.days and _in_season(each, day)]
        dated = [each for each in fitting if each.from_ or each.to]
        return [span for opening in dated or fitting for span in opening.open]

    def _closures(self, day: date, window: str | None) -> list[Closure]:
        return [
            each
            for each in self._hall.closed
            if each.date <= day <= (each.until or each.date)
            and (not each.windows or window in each.windows)
        ]

    def _next(self, local: datetime, window: str | None, hours: Hours) -> datetime | None:
        for ahead in range(LOOK_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for span in self.spans(day, window, hours):
                if ahead or span.start > local.time():
                    return self._time(day, span.start)
        return None

    def _after_hours(self, local: datetime, left: timedelta) -> datetime | None:
        for ahead in range(LOOK_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for span in self.spans(day):
                start = max(self._time(day, span.start), local)
                end = self._time(day, span.end)
                if end - start >= left:
                    return start + left
                left -= max(end - start, timedelta())
        return None

    def _after_days(self, local: datetime, left: int) -> datetime | None:
        day = local.date()
        for _ in range(LOOK_AHEAD + 3 * left):
            day += timedelta(days=1)
            spans = self.spans(day)
            left -= bool(spans)
            if spans and left <= 0:
                return self._time(day, spans[-1].end)
        return None

    def _time(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)


def _covers(closure: Closure, clock: time) -> bool:
    """Whether a closure of this day is why it is closed at this time."""
    return not closure.hours or any(span.start <= clock < span.end for span in closure.hours)


def _in_season(opening: Opening, day: date) -> bool:
    start, end = opening.from_ or (1, 1), opening.to or (12, 31)
    today = (day.month, day.day)
    return start <= today <= end if start <= end else today >= start or today <= end


def _without(span: Span, closed: tuple[Span, ...]) -> list[Span]:
    """What is left of a span where the hall is closed in these; without any, nothing is left."""
    if not closed:
        return []
    left = [span]
    for shut in closed:
        left = [
            part
            for each in left
            for part in (
                Span(each.start, min(each.end, shut.start)),
                Span(max(each.start, shut.end), each.end),
            )
            if part.start < part.end
        ]
    return left
