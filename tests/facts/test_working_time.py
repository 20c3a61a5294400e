"""When terms end, and when half of them has passed: cases worked out by hand on a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from facts.calendar import Calendar
from facts.hours import opening, spans
from facts.model import Closure, Hall, Hours, MonthDay, Office, Opening, Text, Window
from facts.values import duration

NAME = Text({"zh": "清水镇政务服务中心"})


def hours(
    *lines: str, season: tuple[MonthDay, MonthDay] | tuple[None, None] = (None, None)
) -> Hours:
    return tuple(
        Opening(days=days, open=open_, from_=season[0], to=season[1])
        for days, open_ in map(opening, lines)
    )


WEEK = hours("Mon-Fri 08:30-12:00, 14:00-17:30")
PLAIN = Hall(name=NAME, hours=WEEK, holidays="none")
SAME = replace(PLAIN, count_from="same day")
CHINA = replace(PLAIN, holidays="CN")
CHINA_SAME = replace(CHINA, count_from="same day")
UNMOVED = replace(PLAIN, ends_on="any day")
SUMMER = replace(
    PLAIN, hours=WEEK + hours("Mon-Fri 08:00-12:00, 15:00-18:00", season=((5, 1), (9, 30)))
)
LONDON = replace(PLAIN, time_zone="Europe/London", hours=hours("Mon-Fri 09:00-17:00"))
NIGHT = replace(LONDON, hours=hours("daily 00:00-24:00"))
NEW_YORK = replace(LONDON, time_zone="America/New_York")
NO_HOURS = replace(PLAIN, hours=())
WINDOWS = replace(
    PLAIN,
    offices=(Office(id="elders", office=NAME, hours=hours("Mon-Fri 10:00-11:00")),),
    windows=(
        Window(number="1", hours=hours("Tue 09:00-10:00")),
        Window(number="2", office="elders"),
        Window(number="3"),
    ),
)


def closed(hall: Hall, day: str, until: str = "", at: str = "", windows: str = "") -> Hall:
    closure = Closure(
        date=date.fromisoformat(day),
        until=date.fromisoformat(until or day),
        hours=spans(at) if at else (),
        windows=tuple(windows),
    )
    return replace(hall, closed=(closure,))


class Case(NamedTuple):
    """A term that begins at a moment (on the hall's clock, else with its offset), and its end."""

    hall: Hall
    at: str
    term: str
    expected: str | None
    window: str | None = None


MONDAY, FRIDAY = "2026-11-23 09:00", "2026-11-27 18:00"
DAY = "1 working day"
ENDS = {
    "a day, begun in the morning": Case(PLAIN, MONDAY, DAY, "2026-11-24 17:30"),
    "a day, begun before opening": Case(PLAIN, "2026-11-23 07:00", DAY, "2026-11-24 17:30"),
    "a day, begun over lunch": Case(PLAIN, "2026-11-23 12:45", DAY, "2026-11-24 17:30"),
    "a day, begun in the evening": Case(PLAIN, "2026-11-23 20:00", DAY, "2026-11-24 17:30"),
    "a day, begun on Friday evening": Case(PLAIN, FRIDAY, DAY, "2026-11-30 17:30"),
    "two days, begun on Friday evening": Case(PLAIN, FRIDAY, "2 working days", "2026-12-01 17:30"),
    "a day, begun on Saturday": Case(PLAIN, "2026-11-28 10:00", DAY, "2026-11-30 17:30"),
    "five days, begun on Sunday": Case(
        PLAIN, "2026-11-29 23:59", "5 working days", "2026-12-04 17:30"
    ),
    "twenty days": Case(PLAIN, MONDAY, "20个工作日", "2026-12-21 17:30"),
    "sixty days": Case(PLAIN, MONDAY, "60个工作日", "2027-02-15 17:30"),
    "a year of working days": Case(PLAIN, MONDAY, "260个工作日", "2027-11-22 17:30"),
    "more days than a calendar holds": Case(PLAIN, MONDAY, "99999 working days", None),
    "no day at all is today": Case(PLAIN, MONDAY, "0 working days", "2026-11-23 17:30"),
    "today counts": Case(SAME, MONDAY, DAY, "2026-11-23 17:30"),
    "today counts over lunch": Case(SAME, "2026-11-23 12:45", DAY, "2026-11-23 17:30"),
    "today counts to the last minute": Case(SAME, "2026-11-23 17:29", DAY, "2026-11-23 17:30"),
    "today is over at closing time": Case(SAME, "2026-11-23 17:30", DAY, "2026-11-24 17:30"),
    "a Friday evening is no today": Case(SAME, FRIDAY, DAY, "2026-11-30 17:30"),
    "a Saturday is no today": Case(SAME, "2026-11-28 10:00", DAY, "2026-11-30 17:30"),
    "five days with today": Case(SAME, MONDAY, "5 working days", "2026-11-27 17:30"),
    "four calendar days": Case(PLAIN, MONDAY, "4 days", "2026-11-27 17:30"),
    "five calendar days, the last a Saturday": Case(PLAIN, MONDAY, "5 days", "2026-11-30 17:30"),
    "five calendar days with today": Case(SAME, MONDAY, "5 days", "2026-11-27 17:30"),
    "a last Saturday that stays the last day": Case(UNMOVED, MONDAY, "5 days", "2026-11-28 09:00"),
    "a last working day where none is moved": Case(UNMOVED, MONDAY, "4 days", "2026-11-27 17:30"),
    "the last day within National Day": Case(
        CHINA, "2026-09-03 09:00", "30 days", "2026-10-08 17:30"
    ),
    "the last day a make-up Saturday": Case(
        CHINA, "2026-09-10 09:00", "30 days", "2026-10-10 17:30"
    ),
    "a week that ends on New Year's Day": Case(
        CHINA, "2026-12-25 09:00", "1 week", "2027-01-04 17:30"
    ),
    "the last day a closure": Case(
        closed(PLAIN, "2026-11-27"), MONDAY, "4 days", "2026-11-30 17:30"
    ),
    "the last day a make-up day that the hall closes": Case(
        closed(CHINA, "2026-10-10"), "2026-09-10 09:00", "30 days", "2026-10-12 17:30"
    ),
    "the last day one on which the window is shut": Case(
        WINDOWS, MONDAY, "3 days", "2026-12-01 10:00", "1"
    ),
    "the last day of a hall that stays closed": Case(
        closed(PLAIN, "2026-11-24", until="2027-11-24"), MONDAY, "5 days", "2026-11-28 09:00"
    ),
    "three months that end on a Sunday": Case(
        PLAIN, "2026-10-17 09:00", "3个月", "2027-01-18 17:30"
    ),
    "the last day there is": Case(PLAIN, "9999-12-30 09:00", "1 day", "9999-12-31 17:30"),
    "before National Day": Case(CHINA, "2026-09-30 09:00", DAY, "2026-10-08 17:30"),
    "two days before it": Case(CHINA, "2026-09-30 09:00", "2 working days", "2026-10-09 17:30"),
    "onto the make-up Saturday": Case(
        CHINA, "2026-09-30 09:00", "3 working days", "2026-10-10 17:30"
    ),
    "over the Sunday behind it": Case(
        CHINA, "2026-09-30 09:00", "4 working days", "2026-10-12 17:30"
    ),
    "begun on National Day": Case(CHINA, "2026-10-01 10:00", DAY, "2026-10-08 17:30"),
    "begun on the make-up Saturday": Case(CHINA, "2026-10-10 09:00", DAY, "2026-10-12 17:30"),
    "today on the make-up Saturday": Case(CHINA_SAME, "2026-10-10 09:00", DAY, "2026-10-10 17:30"),
    "onto the make-up Sunday": Case(CHINA, "2026-09-18 09:00", DAY, "2026-09-20 17:30"),
    "over the make-up Sunday": Case(
        CHINA, "2026-09-18 09:00", "2 working days", "2026-09-21 17:30"
    ),
    "over the Mid-Autumn Festival": Case(CHINA, "2026-09-24 09:00", DAY, "2026-09-28 17:30"),
    "an hour over National Day": Case(
        CHINA, "2026-09-30 17:00", "1 working hour", "2026-10-08 09:00"
    ),
    "over the turn of the year": Case(PLAIN, "2026-12-31 09:00", DAY, "2027-01-01 17:30"),
    "over New Year's Day": Case(CHINA, "2026-12-31 09:00", DAY, "2027-01-04 17:30"),
    "onto a make-up Sunday of the new year": Case(
        CHINA, "2025-12-31 09:00", DAY, "2026-01-04 17:30"
    ),
    "over a day of closure": Case(closed(PLAIN, "2026-11-24"), MONDAY, DAY, "2026-11-25 17:30"),
    "over a week of closure": Case(
        closed(PLAIN, "2026-11-24", until="2026-11-27"), MONDAY, DAY, "2026-11-30 17:30"
    ),
    "onto a day that closes at noon": Case(
        closed(PLAIN, "2026-11-24", at="14:00-17:30"), MONDAY, DAY, "2026-11-24 12:00"
    ),
    "hours around an hour of closure": Case(
        closed(PLAIN, "2026-11-23", at="10:00-11:00"), MONDAY, "2 working hours", "2026-11-23 12:00"
    ),
    "a window that is closed": Case(
        closed(WINDOWS, "2026-11-24", windows="3"), MONDAY, DAY, "2026-11-25 17:30", "3"
    ),
    "a window beside the closed one": Case(
        closed(WINDOWS, "2026-11-24", windows="3"), MONDAY, DAY, "2026-11-24 11:00", "2"
    ),
    "a hall that closes on the make-up day": Case(
        closed(CHINA, "2026-10-10"), "2026-09-30 09:00", "3 working days", "2026-10-12 17:30"
    ),
    "a hall that stays closed": Case(
        closed(PLAIN, "2026-11-24", until="2027-11-24"), MONDAY, DAY, None
    ),
    "a window of one day a week": Case(WINDOWS, MONDAY, DAY, "2026-11-24 10:00", "1"),
    "two of its days": Case(WINDOWS, MONDAY, "2 working days", "2026-12-01 10:00", "1"),
    "twenty of its days": Case(WINDOWS, MONDAY, "20 working days", "2027-04-06 10:00", "1"),
    "a window with its office's hours": Case(WINDOWS, MONDAY, DAY, "2026-11-24 11:00", "2"),
    "a window with the hall's hours": Case(WINDOWS, MONDAY, DAY, "2026-11-24 17:30", "3"),
    "the hall of such windows": Case(WINDOWS, MONDAY, DAY, "2026-11-24 17:30"),
    "into the summer": Case(SUMMER, "2026-04-30 09:00", DAY, "2026-05-01 18:00"),
    "out of the summer": Case(SUMMER, "2026-09-30 09:00", DAY, "2026-10-01 17:30"),
    "an hour into the summer": Case(
        SUMMER, "2026-04-30 17:00", "1 working hour", "2026-05-01 08:30"
    ),
    "hours over lunch": Case(PLAIN, "2026-11-23 11:00", "4 working hours", "2026-11-23 17:00"),
    "hours begun on Friday evening": Case(PLAIN, FRIDAY, "4 working hours", "2026-11-30 14:30"),
    "a month": Case(PLAIN, "2026-01-15 09:00", "1 month", "2026-02-16 17:30"),
    "a month from the 31st": Case(PLAIN, "2026-01-31 09:00", "1 month", "2026-03-02 17:30"),
    "a month from the 31st of a leap year": Case(
        PLAIN, "2028-01-31 09:00", "1 month", "2028-02-29 17:30"
    ),
    "two months over the turn of the year": Case(
        PLAIN, "2026-12-31 09:00", "2 months", "2027-03-01 17:30"
    ),
    "twelve months": Case(PLAIN, "2026-12-31 09:00", "12 months", "2027-12-31 17:30"),
    "a year from 29 February": Case(PLAIN, "2028-02-29 09:00", "1 year", "2029-02-28 17:30"),
    "two weeks": Case(PLAIN, MONDAY, "2 weeks", "2026-12-07 17:30"),
    "more years than there are": Case(PLAIN, MONDAY, "99999 years", None),
    "working hours while clocks go back": Case(
        LONDON, "2026-10-23 16:00", "2 working hours", "2026-10-26 10:00"
    ),
    "hours while clocks go back": Case(LONDON, "2026-10-23 16:00", "48 hours", "2026-10-25 15:00"),
    "days while clocks go back": Case(LONDON, "2026-10-23 16:00", "3 days", "2026-10-26 17:00"),
    "open while clocks go back": Case(
        NIGHT, "2026-10-25 00:30", "2 working hours", "2026-10-25 01:30"
    ),
    "open while clocks go forward": Case(
        NIGHT, "2026-03-29 00:30", "2 working hours", "2026-03-29 03:30"
    ),
    "asked from China in the morning there": Case(
        NEW_YORK, "2026-11-23 22:00+08:00", DAY, "2026-11-24 17:00"
    ),
    "asked from China after closing there": Case(
        NEW_YORK, "2026-11-24 06:30+08:00", DAY, "2026-11-24 17:00"
    ),
    "working days of no known hours": Case(NO_HOURS, MONDAY, DAY, None),
    "working hours of no known hours": Case(NO_HOURS, MONDAY, "1 working hour", None),
    "calendar days of no known hours": Case(NO_HOURS, MONDAY, "1 day", "2026-11-24 09:00"),
}
HALVES = {
    "of a day, at noon": Case(PLAIN, "2026-11-23 08:30", "2026-11-23 17:30", "2026-11-23 12:00"),
    "of two days": Case(PLAIN, MONDAY, "2026-11-24 17:30", "2026-11-24 08:45"),
    "over a weekend": Case(PLAIN, "2026-11-27 16:30", "2026-11-30 17:30", "2026-11-30 11:30"),
    "begun on Saturday": Case(PLAIN, "2026-11-28 10:00", "2026-11-30 17:30", "2026-11-30 12:00"),
    "over National Day": Case(CHINA, "2026-09-30 17:00", "2026-10-08 12:00", "2026-10-08 10:00"),
    "over a closure": Case(
        closed(PLAIN, "2026-11-24"), "2026-11-23 17:00", "2026-11-25 09:30", "2026-11-25 08:45"
    ),
    "at a window": Case(WINDOWS, MONDAY, "2026-11-24 10:00", "2026-11-24 09:30", "1"),
    "while clocks go back": Case(
        LONDON, "2026-10-23 16:00", "2026-10-26 10:00", "2026-10-23 17:00"
    ),
    "of no working time": Case(PLAIN, "2026-11-28 10:00", "2026-11-29 10:00", "2026-11-28 22:00"),
    "of no known hours": Case(NO_HOURS, MONDAY, "2026-11-23 19:00", "2026-11-23 14:00"),
    "of what is over": Case(PLAIN, MONDAY, "2026-11-20 09:00", MONDAY),
}


def moment(hall: Hall, text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(hall.time_zone))


def clock(when: datetime | None) -> str | None:
    return f"{when:%Y-%m-%d %H:%M}" if when else None


@pytest.mark.parametrize("case", ENDS.values(), ids=ENDS)
def test_a_term_ends(case: Case) -> None:
    due = Calendar(case.hall).due(moment(case.hall, case.at), duration(case.term), case.window)
    assert clock(due) == case.expected


@pytest.mark.parametrize("case", HALVES.values(), ids=HALVES)
def test_half_of_the_working_time(case: Case) -> None:
    at, due = moment(case.hall, case.at), moment(case.hall, case.term)
    assert clock(Calendar(case.hall).half(at, due, case.window)) == case.expected


@pytest.mark.parametrize(
    ("holidays", "year", "expected"),
    [
        ("CN", 2025, True),
        ("CN", 2026, True),
        ("CN", 2099, False),
        ("HU", 2099, False),
        ("GB-ENG", 2099, True),
        ("UA", 2099, True),
        ("none", 2099, True),
        (None, 2099, True),
    ],
)
def test_a_year_is_published_unless_its_days_are_moved_by_a_decree_to_come(
    holidays: str | None, year: int, expected: bool
) -> None:
    assert Calendar(replace(PLAIN, holidays=holidays)).is_published(year) is expected
