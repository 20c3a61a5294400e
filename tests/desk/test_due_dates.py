"""By when a matter is done that is accepted now: terms told as dates in answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hall_desk import AT, Conversation, ask, hall, open_desk, without

from desk.desk import Desk
from facts.model import CountFrom, Duration, EndsOn, Hall, Office, Service, Text, TimeLimit


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AT.tzinfo)


def timed(term: TimeLimit, **facts: object) -> Hall:
    """The hall with a service of this term at window 2."""
    service = Service(
        id="badge", name=Text({"zh": "胸牌制作", "en": "Badge"}), window=("2",), time_limit=term
    )
    office = Office(id="badges", office=Text({"zh": "证件办"}), services=(service,))
    return without(hall(), offices=(*hall().offices, office), **facts)


def lines(found: Hall | Desk, text: str, when: datetime = AT) -> list[str]:
    desk = found if isinstance(found, Desk) else open_desk(found)
    return Conversation(desk, at=when).say(text).reply.splitlines()


TOLD = {
    "both terms": (
        "居住证多久能办好",
        "2026-11-23 09:00",
        "今天受理的话，最迟11月30日（周一）办结，法定最迟12月21日（周一）。",
    ),
    "in English": (
        "how long does the residence permit take",
        "2026-11-23 09:00",
        "If accepted today, by Monday 30 November; by law Monday 21 December at the latest.",
    ),
    "over lunch": (
        "居住证多久能办好",
        "2026-11-23 12:30",
        "今天受理的话，最迟11月30日（周一）办结，法定最迟12月21日（周一）。",
    ),
    "in the evening": (
        "居住证多久能办好",
        "2026-11-23 19:00",
        "明天受理的话，最迟12月1日（周二）办结，法定最迟12月22日（周二）。",
    ),
    "on Friday evening": (
        "居住证多久能办好",
        "2026-11-27 19:00",
        "11月30日（周一）受理的话，最迟12月7日（周一）办结，法定最迟12月28日（周一）。",
    ),
    "on Saturday in English": (
        "how long does the residence permit take",
        "2026-11-28 19:00",
        "If accepted on Monday 30 November, by Monday 7 December;"
        " by law Monday 28 December at the latest.",
    ),
    "on National Day, before a make-up Saturday": (
        "居住证多久能办好",
        "2026-09-30 09:00",
        "今天受理的话，最迟10月13日（周二）办结，法定最迟11月3日（周二）。",
    ),
    "a month at a window of its own days": (
        "高龄津贴多久能办好",
        "2026-11-27 09:00",
        "11月30日（周一）受理的话，最迟12月30日（周三）办结。",
    ),
}


@pytest.mark.parametrize(("text", "when", "expected"), TOLD.values(), ids=TOLD)
def test_a_term_is_told_with_its_date(text: str, when: str, expected: str) -> None:
    told = ask(text, at=at(when)).reply.splitlines()
    place = next(n for n, line in enumerate(told) if expected in line)
    assert place == 1, "it stands behind the term"


def test_the_full_notice_tells_the_date() -> None:
    assert "今天受理的话，最迟11月30日（周一）办结" in ask("居住证一次性告知").reply


def test_each_case_has_the_date_of_its_own_term() -> None:
    told = ask("食品经营许可证多久办好").reply
    assert "最迟12月7日（周一）" in told
    assert "最迟11月26日（周四）" in told


@pytest.mark.parametrize("text", ["老年优待证多久办好", "摆摊备案多久能办好", "住址登记要多久"])
def test_what_is_done_on_the_spot_has_no_date(text: str) -> None:
    assert "受理的话" not in ask(text).reply


@pytest.mark.parametrize(
    ("count_from", "due"),
    [("next working day", "11月25日（周三）"), ("same day", "11月24日（周二）")],
)
def test_the_hall_sets_which_day_counts_first(count_from: CountFrom, due: str) -> None:
    found = timed(TimeLimit(promised=Duration(2, "working days")), count_from=count_from)
    assert lines(found, "胸牌制作多久办好")[1] == f"今天受理的话，最迟{due}办结。"


@pytest.mark.parametrize(
    ("ends_on", "due"),
    [("working day", "11月30日（周一）"), ("any day", "11月28日（周六）")],
)
def test_a_term_in_calendar_days_that_ends_on_a_day_off_is_moved(ends_on: EndsOn, due: str) -> None:
    found = timed(TimeLimit(promised=Duration(5, "days")), ends_on=ends_on)
    assert lines(found, "胸牌制作多久办好")[1] == f"今天受理的话，最迟{due}办结。"


def test_a_term_in_hours_ends_at_a_time_of_day() -> None:
    found = timed(TimeLimit(promised=Duration(4, "working hours")))
    assert lines(found, "胸牌制作多久办好")[1] == "今天受理的话，最迟11月23日（周一）15:00办结。"
    told = lines(found, "how long does a badge take")
    assert told[1] == "If accepted today, by 15:00 on Monday 23 November at the latest."


def test_a_hall_without_hours_tells_no_date() -> None:
    term = TimeLimit(promised=Duration(2, "working days"))
    assert not any("最迟" in line for line in lines(timed(term, hours=()), "胸牌制作多久办好"))


def test_a_service_whose_hours_stand_in_words_tells_no_date() -> None:
    found = timed(TimeLimit(promised=Duration(2, "working days")))
    *others, office = found.offices
    service = replace(office.services[0], hours=Text({"zh": "每月一号"}))
    found = without(found, offices=(*others, replace(office, services=(service,))))
    assert not any("最迟" in line for line in lines(found, "胸牌制作多久办好"))


def test_a_suspended_service_tells_no_date() -> None:
    found = timed(TimeLimit(promised=Duration(2, "working days")))
    *others, office = found.offices
    service = replace(office.services[0], status="suspended")
    found = without(found, offices=(*others, replace(office, services=(service,))))
    assert not any("最迟" in line for line in lines(found, "胸牌制作多久办好"))


FAR = Duration(900, "months")
"""A term that ends in a year whose public holidays nobody has published."""


@pytest.mark.parametrize(
    ("text", "due", "warned"),
    [
        ("胸牌制作多久办好", "2101年11月23日", "2101年的放假安排还没公布，以届时公告为准。"),
        (
            "how long does a badge take",
            "23 November 2101",
            "The public holidays of 2101 are not announced yet, so this date may change.",
        ),
    ],
)
def test_a_date_in_a_year_not_published_yet_says_so(text: str, due: str, warned: str) -> None:
    _, line, warning, *_ = lines(timed(TimeLimit(promised=FAR)), text)
    assert due in line
    assert warning == warned


def test_a_hall_that_keeps_no_holidays_needs_no_such_warning() -> None:
    found = timed(TimeLimit(promised=FAR), holidays="none")
    assert not any("放假安排" in line for line in lines(found, "胸牌制作多久办好"))


def test_an_opening_in_a_year_not_published_yet_says_so() -> None:
    told = ask("大厅几点上班", at=at("2098-12-31 20:00")).reply
    assert "2099年的放假安排还没公布" in told


def test_an_opening_in_a_published_year_needs_no_such_warning() -> None:
    assert "放假安排" not in ask("大厅几点上班", at=at("2026-11-28 09:00")).reply
