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
from zoneinfo import ZoneInfo

from facts import public_holidays
from facts.model import Closure, Duration, Hall, Hours, Opening, Span, Text
from facts.working_time import LOOK_AHEAD, WorkingTime

DAYS_KNOWN = 4096
"""Days, by window, whose times are remembered."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Whether a window is open at a time, until when, and when it opens again (None: not known).

    `why` is the reason of a closure of this day, if the hall gave one. `settled` is whether the
    public holidays of the year in which it opens again are published yet.
    """

    now: bool
    until: datetime | None = None
    again: datetime | None = None
    why: Text | None = None
    settled: bool = True


class Calendar:
    """The working time of one hall."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.zone = ZoneInfo(hall.time_zone)
        self._known_spans = functools.lru_cache(maxsize=DAYS_KNOWN)(self._spans)

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

    def spans(self, day: date, window: str | None = None, hours: Hours = ()) -> tuple[Span, ...]:
        """The times of this day at which a window (or the hall) is open, in order."""
        # A term of months is counted day by day, for every question about it.
        return self._known_spans(day, window, hours)

    def _spans(self, day: date, window: str | None, hours: Hours) -> tuple[Span, ...]:
        opening = self._on(day, hours or self.hours(window))
        spans = sorted(opening, key=lambda span: span.start)
        for closure in self._closures(day, window):
            spans = [part for span in spans for part in _without(span, closure.hours)]
        return tuple(spans)

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
        again = self._next(local, window, hours)
        settled = again is None or self.is_published(again.year)
        return Opened(now=False, again=again, why=why, settled=settled)

    def working_time(self, window: str | None = None) -> WorkingTime:
        """How terms run at a window (or in the hall): its own days and hours count."""
        same_day = self._hall.count_from == "same day"
        moved = self._hall.ends_on == "working day"
        return WorkingTime(lambda day: self.spans(day, window), self.zone, same_day, moved)

    def due(self, at: datetime, term: Duration, window: str | None = None) -> datetime | None:
        """When a term ends that begins now at a window; None where its hours are not known."""
        return self.working_time(window).due(at, term)

    def half(self, at: datetime, due: datetime, window: str | None = None) -> datetime:
        """When half of the working time between two moments has passed, e.g. for a reminder."""
        return self.working_time(window).half(at, due)

    def is_published(self, year: int) -> bool:
        """Whether the public holidays that the hall keeps are settled for this year."""
        country = self._hall.holidays
        return country in (None, "none") or public_holidays.is_published(country or "", year)

    def holiday(self, name: str, since: date) -> date | None:
        """The next day from `since` on that is this public holiday, by its English name.

        None where the hall keeps no such holiday.
        """
        if self._hall.holidays in (None, "none"):
            return None
        return public_holidays.next_named(self._hall.holidays or "", name, since)

    def _on(self, day: date, hours: Hours) -> Iterable[Span]:
        weekday = day.weekday()
        if self._hall.holidays not in (None, "none"):
            year = public_holidays.year_of(self._hall.holidays or "", day.year)
            if day in year.days_off:
                return ()
            if day in year.workdays:
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
