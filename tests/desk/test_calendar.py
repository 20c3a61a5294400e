"""When halls and windows are open, and when a term ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from facts.calendar import Calendar
from facts.hours import opening, spans
from facts.model import Closure, Duration, Hall, Hours, Office, Opening, Span, Text, Window

CHINA = timezone(timedelta(hours=8))
NAME = Text({"zh": "清水镇政务服务中心"})
WEEK = "Mon-Fri 08:30-12:00, 14:00-17:30"


def hours(*lines: str, season: tuple[tuple[int, int], tuple[int, int]] | None = None) -> Hours:
    from_, to = season or (None, None)
    return tuple(
        Opening(days=days, open=open_, from_=from_, to=to) for days, open_ in map(opening, lines)
    )


HALL = Hall(id="hall", name=NAME, hours=hours(WEEK), holidays="none")
MONDAY = "2026-11-23"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def told(hall: Hall, at: str, window: str | None = None) -> str:
    """`until 12:00`, or from when it is open again."""
    found = Calendar(hall).opened(moment(at), window)
    if found.now:
        assert found.until is not None
        return f"until {found.until:%H:%M}"
    return f"{found.again:%Y-%m-%d %H:%M}" if found.again else "unknown"


WEEKDAYS = {
    "in the morning": ("2026-11-23 09:00", "until 12:00"),
    "at the minute of opening": ("2026-11-23 08:30", "until 12:00"),
    "a minute before opening": ("2026-11-23 08:29", "2026-11-23 08:30"),
    "at the minute of closing": ("2026-11-23 12:00", "2026-11-23 14:00"),
    "over lunch": ("2026-11-23 12:45", "2026-11-23 14:00"),
    "in the afternoon": ("2026-11-23 14:00", "until 17:30"),
    "in the evening": ("2026-11-23 20:00", "2026-11-24 08:30"),
    "just after midnight": ("2026-11-23 00:10", "2026-11-23 08:30"),
    "on Friday evening": ("2026-11-27 18:00", "2026-11-30 08:30"),
    "on Saturday": ("2026-11-28 10:00", "2026-11-30 08:30"),
    "on New Year's Eve": ("2026-12-31 18:00", "2027-01-01 08:30"),
}


@pytest.mark.parametrize(("at", "expected"), WEEKDAYS.values(), ids=WEEKDAYS)
def test_a_hall_of_weekdays_with_a_lunch_break(at: str, expected: str) -> None:
    assert told(HALL, at) == expected


SUMMER = replace(
    HALL,
    hours=hours(WEEK) + hours("Mon-Fri 08:00-12:00, 15:00-18:00", season=((5, 1), (9, 30))),
)
WINTER = replace(HALL, hours=hours(WEEK) + hours("Mon-Fri 09:00-16:00", season=((11, 15), (2, 28))))
SEASONS = {
    "before the season": (SUMMER, "2026-04-30 14:30", "until 17:30"),
    "on its first day": (SUMMER, "2026-05-01 14:30", "2026-05-01 15:00"),
    "on its last day": (SUMMER, "2026-09-30 14:30", "2026-09-30 15:00"),
    "after the season": (SUMMER, "2026-10-01 14:30", "until 17:30"),
    "before a season over the new year": (WINTER, "2026-11-13 08:45", "until 12:00"),
    "in the old year": (WINTER, "2026-12-31 08:45", "2026-12-31 09:00"),
    "in the new year": (WINTER, "2027-01-04 12:30", "until 16:00"),
    "on its last day of the new year": (WINTER, "2028-02-28 12:30", "until 16:00"),
    "after a season over the new year": (WINTER, "2027-03-01 12:30", "2027-03-01 14:00"),
}


@pytest.mark.parametrize(("hall", "at", "expected"), SEASONS.values(), ids=SEASONS)
def test_hours_of_a_season_count_instead_of_the_undated_ones(
    hall: Hall, at: str, expected: str
) -> None:
    assert told(hall, at) == expected


def test_a_hall_open_in_a_season_only_opens_with_the_season() -> None:
    hall = replace(HALL, hours=hours(WEEK, season=((12, 1), (2, 28))))
    assert told(hall, "2026-11-23 09:00") == "2026-12-01 08:30"


def closed(**told_: object) -> Hall:
    told_.setdefault("date", date(2026, 11, 23))
    return replace(HALL, closed=(Closure(**told_),))  # type: ignore[arg-type]


CLOSURES = {
    "the whole day": (closed(), "2026-11-23 09:00", None, "2026-11-24 08:30"),
    "several days": (
        closed(until=date(2026, 11, 25)),
        "2026-11-24 09:00",
        None,
        "2026-11-26 08:30",
    ),
    "over the new year": (
        closed(date=date(2026, 12, 31), until=date(2027, 1, 2)),
        "2027-01-01 09:00",
        None,
        "2027-01-04 08:30",
    ),
    "the afternoon, in the morning": (
        closed(hours=spans("14:00-17:30")),
        "2026-11-23 09:00",
        None,
        "until 12:00",
    ),
    "the afternoon, over lunch": (
        closed(hours=spans("14:00-17:30")),
        "2026-11-23 12:30",
        None,
        "2026-11-24 08:30",
    ),
    "an hour, before it": (
        closed(hours=spans("10:00-11:00")),
        "2026-11-23 09:00",
        None,
        "until 10:00",
    ),
    "an hour, in it": (
        closed(hours=spans("10:00-11:00")),
        "2026-11-23 10:30",
        None,
        "2026-11-23 11:00",
    ),
    "an hour, after it": (
        closed(hours=spans("10:00-11:00")),
        "2026-11-23 11:00",
        None,
        "until 12:00",
    ),
    "two times of a day": (
        closed(hours=spans("08:30-09:30, 11:00-12:00")),
        "2026-11-23 09:00",
        None,
        "2026-11-23 09:30",
    ),
    "one window, that one": (closed(windows=("3",)), "2026-11-23 09:00", "3", "2026-11-24 08:30"),
    "one window, another": (closed(windows=("3",)), "2026-11-23 09:00", "2", "until 12:00"),
    "one window, the hall": (closed(windows=("3",)), "2026-11-23 09:00", None, "until 12:00"),
    "the day after": (closed(), "2026-11-24 09:00", None, "until 12:00"),
}


@pytest.mark.parametrize(("hall", "at", "window", "expected"), CLOSURES.values(), ids=CLOSURES)
def test_a_closure(hall: Hall, at: str, window: str | None, expected: str) -> None:
    windows = (Window(number="2"), Window(number="3"))
    assert told(replace(hall, windows=windows), at, window) == expected


def test_a_closure_tells_its_reason_on_its_day_only() -> None:
    reason = Text({"zh": "年终盘点"})
    calendar = Calendar(closed(reason=reason))
    assert calendar.opened(moment("2026-11-23 09:00")).why == reason
    assert calendar.opened(moment("2026-11-24 19:00")).why is None


def test_a_closure_of_the_afternoon_is_no_reason_before_the_morning() -> None:
    calendar = Calendar(closed(hours=spans("14:00-17:30"), reason=Text({"zh": "消防演练"})))
    assert calendar.opened(moment("2026-11-23 08:00")).why is None


CHINESE = replace(HALL, holidays="CN")
BRITISH = replace(HALL, holidays="GB-ENG", time_zone="Europe/London")
HOLIDAYS = {
    "National Day is closed": (CHINESE, "2026-10-01 09:00", "2026-10-08 08:30"),
    "the make-up Saturday after it works": (CHINESE, "2026-10-10 09:00", "until 12:00"),
    "the Sunday after that is closed": (CHINESE, "2026-10-11 09:00", "2026-10-12 08:30"),
    "an ordinary Saturday is closed": (CHINESE, "2026-11-28 09:00", "2026-11-30 08:30"),
    "New Year's Day is closed": (CHINESE, "2026-01-01 09:00", "2026-01-04 08:30"),
    "the eve of the Spring Festival is closed": (CHINESE, "2026-02-16 09:00", "2026-02-24 08:30"),
    "a hall that keeps none works on National Day": (HALL, "2026-10-01 09:00", "until 12:00"),
    "a hall that keeps none keeps its Saturdays": (HALL, "2026-10-10 09:00", "2026-10-12 08:30"),
}


@pytest.mark.parametrize(("hall", "at", "expected"), HOLIDAYS.values(), ids=HOLIDAYS)
def test_public_holidays(hall: Hall, at: str, expected: str) -> None:
    assert told(hall, at) == expected


def test_a_make_up_day_keeps_the_window_of_every_weekday_open() -> None:
    hall = replace(CHINESE, windows=(Window(number="1", hours=hours("Mon-Fri 09:00-11:00")),))
    assert told(hall, "2026-10-10 09:30", "1") == "until 11:00"


def test_a_country_with_parts_keeps_the_holidays_of_its_part() -> None:
    boxing_day = datetime(2026, 12, 28, 10, tzinfo=ZoneInfo("Europe/London"))
    august = datetime(2026, 8, 31, 10, tzinfo=ZoneInfo("Europe/London"))
    scottish = replace(BRITISH, holidays="GB-SCT")
    assert not Calendar(BRITISH).opened(boxing_day).now
    assert not Calendar(BRITISH).opened(august).now
    assert Calendar(scottish).opened(august).now


def test_the_time_is_the_hall_s_and_not_the_citizen_s() -> None:
    assert Calendar(HALL).opened(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)).now
    assert not Calendar(HALL).opened(datetime(2026, 11, 23, 9, 45, tzinfo=UTC)).now
    assert not Calendar(BRITISH).opened(moment("2026-11-23 09:00")).now


def test_the_day_is_the_hall_s_too() -> None:
    sunday_evening = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    again = Calendar(HALL).opened(sunday_evening).again
    assert again == moment("2026-11-23 08:30")


@pytest.mark.parametrize(("day", "utc"), [("2026-07-01", 8), ("2026-12-01", 9)])
def test_summer_time_is_kept(day: str, utc: int) -> None:
    hall = replace(BRITISH, hours=hours("Mon-Fri 09:00-17:00"))
    at = datetime.fromisoformat(day).replace(hour=utc, tzinfo=UTC)
    assert Calendar(hall).opened(at).now
    assert not Calendar(hall).opened(at - timedelta(minutes=1)).now


OWN = hours("Tue 09:00-10:00")
WINDOWED = replace(
    HALL,
    offices=(
        Office(id="elders", office=NAME, hours=hours("Mon-Fri 10:00-11:00")),
        Office(id="shops", office=NAME),
    ),
    windows=(
        Window(number="1", office="elders", hours=OWN),
        Window(number="2", office="elders"),
        Window(number="3", office="shops"),
        Window(number="4"),
    ),
)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("1", "2026-11-24 09:00"),
        ("2", "until 11:00"),
        ("3", "until 12:00"),
        ("4", "until 12:00"),
        (None, "until 12:00"),
        ("99", "until 12:00"),
    ],
)
def test_the_nearer_hours_replace_the_farther_whole(window: str | None, expected: str) -> None:
    assert told(WINDOWED, "2026-11-23 10:30", window) == expected


def test_hours_of_a_service_replace_those_of_its_window() -> None:
    found = Calendar(WINDOWED).opened(moment("2026-11-23 08:00"), "3", hours("Wed 14:00-15:00"))
    assert found.again == moment("2026-11-25 14:00")


def test_spans_written_in_disorder_are_put_in_order() -> None:
    hall = replace(HALL, hours=hours("Mon 14:00-17:30, 08:30-12:00"))
    assert [each.start.hour for each in Calendar(hall).spans(date(2026, 11, 23))] == [8, 14]


def test_a_hall_without_hours_never_guesses() -> None:
    assert told(replace(HALL, hours=()), "2026-11-23 09:00") == "unknown"


def test_a_hall_closed_for_a_year_does_not_tell_when_it_opens() -> None:
    assert told(closed(until=date(2027, 11, 23)), "2026-11-23 09:00") == "unknown"


DUE = {
    "hours within the morning": ("2026-11-23 09:00", 2, "working hours", "2026-11-23 11:00"),
    "hours up to lunch": ("2026-11-23 09:00", 3, "working hours", "2026-11-23 12:00"),
    "hours over lunch": ("2026-11-23 11:00", 4, "working hours", "2026-11-23 17:00"),
    "hours asked over lunch": ("2026-11-23 13:00", 1, "working hours", "2026-11-23 15:00"),
    "hours over night": ("2026-11-23 17:00", 4, "working hours", "2026-11-24 12:00"),
    "hours over the weekend": ("2026-11-27 17:00", 1, "working hours", "2026-11-30 09:00"),
    "hours asked on Sunday": ("2026-11-29 10:00", 4, "working hours", "2026-11-30 14:30"),
    "a day": ("2026-11-23 09:00", 1, "working days", "2026-11-24 17:30"),
    "a day asked in the evening": ("2026-11-23 20:00", 1, "working days", "2026-11-24 17:30"),
    "a day over the weekend": ("2026-11-27 09:00", 1, "working days", "2026-11-30 17:30"),
    "a day asked on Saturday": ("2026-11-28 09:00", 1, "working days", "2026-11-30 17:30"),
    "twenty days": ("2026-11-23 09:00", 20, "working days", "2026-12-21 17:30"),
}


@pytest.mark.parametrize(("at", "amount", "unit", "expected"), DUE.values(), ids=DUE)
def test_a_term_ends(at: str, amount: int, unit: str, expected: str) -> None:
    due = Calendar(HALL).due(moment(at), Duration(amount, unit))  # type: ignore[arg-type]
    assert due == moment(expected)


def test_working_days_count_make_up_saturdays_and_no_holidays() -> None:
    due = Calendar(CHINESE).due(moment("2026-09-30 09:00"), Duration(3, "working days"))
    assert due == moment("2026-10-10 17:30")


def test_working_hours_leave_out_closures() -> None:
    due = Calendar(closed()).due(moment("2026-11-23 09:00"), Duration(1, "working hours"))
    assert due == moment("2026-11-24 09:30")


def test_calendar_terms_run_through_weekends_until_the_hall_closes() -> None:
    due = Calendar(HALL).due(moment("2026-11-23 09:00"), Duration(2, "weeks"))
    assert due == moment("2026-12-07 17:30")


@pytest.mark.parametrize("unit", ["working hours", "working days"])
def test_a_hall_without_hours_promises_no_moment(unit: str) -> None:
    term = Duration(1, unit)  # type: ignore[arg-type]
    assert Calendar(replace(HALL, hours=())).due(moment("2026-11-23 09:00"), term) is None


def test_a_span_is_half_open() -> None:
    span: Span = spans("08:30-12:00")[0]
    assert Calendar(HALL).spans(date(2026, 11, 23))[0] == span
