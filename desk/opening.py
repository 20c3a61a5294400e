"""Whether a window is open: now, or on the days that a question names."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from desk.wording import Wording
from facts.calendar import Calendar
from facts.model import Hours
from intents.named_days import NamedDay

AHEAD = timedelta(days=731)
"""Farther days are not told of: nobody knows the hours of a hall then."""
TOLD = 3
"""So many days are told of in one answer."""


def open_line(say: Wording, calendar: Calendar, number: str | None, hours: Hours = ()) -> str:
    """Whether a window is open where its hours are known: on the days asked about, else now."""
    if not (hours or calendar.hours(number)):
        return ""
    today = calendar.local(say.at).date()
    days = days_meant(say.days, calendar, today)
    now = say.opened(calendar.opened(say.at, number, hours))
    if not days:
        return now
    lines = day_lines(say, calendar, days, number, hours)
    if today in days and calendar.spans(today, number, hours):
        lines.append(now)
    return functools.reduce(
        lambda first, second: say("sentences", first=first, second=second), lines
    )


def days_meant(named: Iterable[NamedDay], calendar: Calendar, today: date) -> list[date]:
    """The next such days from today on, in order; what names none is left out."""
    found = {day for each in named if (day := _meant(each, calendar, today))}
    return sorted(day for day in found if today <= day <= today + AHEAD)[:TOLD]


def _meant(named: NamedDay, calendar: Calendar, today: date) -> date | None:
    if named.ahead is not None:
        return today + timedelta(days=named.ahead)
    if named.weekday is not None:
        monday = today - timedelta(days=today.weekday())
        if named.next_week:
            return monday + timedelta(days=7 + named.weekday)
        return today + timedelta(days=(named.weekday - today.weekday()) % 7)
    if named.holiday:
        return calendar.holiday(named.holiday, today)
    return next((day for day in _dates(named, today) if day >= today), None)


def _dates(named: NamedDay, today: date) -> Iterator[date]:
    years = (named.year,) if named.year else (today.year, today.year + 1)
    for year in years:
        for month in (named.month,) if named.month else range(1, 13):
            try:
                yield date(year, month, named.day or 0)
            except ValueError:  # no such day in this month
                continue


def day_lines(
    say: Wording, calendar: Calendar, days: Iterable[date], window: str | None, hours: Hours
) -> list[str]:
    """Whether it is open on each of these days; those that are alike stand together."""
    lines = []
    for told, alike in itertools.groupby(
        days, lambda day: _told(say, calendar, day, window, hours)
    ):
        every = [_midnight(calendar, day) for day in alike]
        spans, why = told
        named = say.joined(say.day(day) for day in every)
        if spans:
            lines.append(say("day_open", day=named, spans=spans))
            unsettled = [day.year for day in every if not calendar.is_published(day.year)]
        else:
            opened = calendar.opened(every[-1], window, hours)
            again = opened.again
            key, on = ("day_shut_again", say.day(again)) if again else ("day_shut", "")
            at = f"{again:%H:%M}" if again else ""
            lines.append(say(key, day=named, why=why, again=on, time=at))
            unsettled = [again.year] if again and not opened.settled else []
        lines += [say("unpublished", year=year) for year in unsettled[:1]]
    return lines


def _told(
    say: Wording, calendar: Calendar, day: date, window: str | None, hours: Hours
) -> tuple[str, str]:
    """The times of a day, or why it is closed all day where the hall tells that."""
    spans = calendar.spans(day, window, hours)
    if spans:
        return say.joined(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in spans), ""
    why = calendar.opened(_midnight(calendar, day), window, hours).why
    return "", say("in_brackets", text=say.text(why)) if why else ""


def _midnight(calendar: Calendar, day: date) -> datetime:
    return datetime.combine(day, time.min, calendar.zone)
