"""Whether the hall, or a window, is open on the day that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hall_desk import AT, Conversation, ask, hall, on_the, open_desk, without

from facts.model import Closure

NOT_YET = "2027年的放假安排还没公布，以届时公告为准。"
ALL_DAY = "上班，08:30-12:00、14:00-17:30。"
STOCKTAKING = f"12月31日（周四）不上班（年终盘点），下次上班是2027年1月4日（周一）08:30。{NOT_YET}"
STOCKTAKING_EN = (
    "Closed on Thursday 31 December (year-end stocktaking); opens next on Monday 4 January 2027 at "
    "08:30. The public holidays of 2027 are not announced yet, so this date may change."
)
SATURDAY = "11月28日（周六）不上班，下次上班是11月30日（周一）08:30。"
SATURDAY_EN = "Closed on Saturday 28 November; opens next on Monday 30 November at 08:30."
TUESDAY_EN = "Open on Tuesday 24 November: 08:30-12:00, 14:00-17:30."
FIRST_LINES = {
    "今天上班吗": f"11月23日（周一）{ALL_DAY}现在开着，到12:00，14:00再开。",
    "明天开门吗": f"11月24日（周二）{ALL_DAY}",
    "后天上班不": f"11月25日（周三）{ALL_DAY}",
    "周六上班吗": SATURDAY,
    "礼拜六开不开门": SATURDAY,
    "周一上班吗": f"11月23日（周一）{ALL_DAY}现在开着，到12:00，14:00再开。",
    "下周六上班吗": "12月5日（周六）不上班，下次上班是12月7日（周一）08:30。",
    "周末上班吗": "11月28日（周六）、11月29日（周日）不上班，下次上班是11月30日（周一）08:30。",
    "12月31日上班吗": STOCKTAKING,
    "31号办公吗": STOCKTAKING,
    "2026-12-31开门吗": STOCKTAKING,
    "12月3号上班吗": "12月3日（周四）上班，08:30-12:00。",
    "2号上班吗": f"12月2日（周三）{ALL_DAY}",
    "元旦上班吗": f"2027年1月1日（周五）不上班，下次上班是2027年1月4日（周一）08:30。{NOT_YET}",
    "明天呢": f"11月24日（周二）{ALL_DAY}",
    "居住证周六能办吗": SATURDAY,
    "办居住证12月31日上班吗": STOCKTAKING,
    "2号窗口31号上班吗": STOCKTAKING,
    "A4窗口周五开门吗": "11月27日（周五）不上班，下次上班是11月30日（周一）09:30。",
    "2020年1月2日上班吗": "现在开着，到12:00，14:00再开。",
    "2099年1月2日上班吗": "现在开着，到12:00，14:00再开。",
    "2月30日上班吗": "现在开着，到12:00，14:00再开。",
    "周一到周五几点上班": "现在开着，到12:00，14:00再开。",
    "are you open on 31 December": STOCKTAKING_EN,
    "are you open on Dec 31": STOCKTAKING_EN,
    "is the hall open on the 31st": STOCKTAKING_EN,
    "open on Saturday?": SATURDAY_EN,
    "residence permit, open on Saturday?": SATURDAY_EN,
    "tomorrow?": TUESDAY_EN,
    "are you open tomorrow": TUESDAY_EN,
    "are you open at Christmas": "Open on Friday 25 December: 08:30-12:00, 14:00-17:30.",
}


@pytest.mark.parametrize(("text", "expected"), FIRST_LINES.items(), ids=FIRST_LINES)
def test_the_answer_begins_with_the_day(text: str, expected: str) -> None:
    assert ask(text).reply.splitlines()[0] == expected


@pytest.mark.parametrize(("text", "head"), [
    ("周六上班吗", "清水镇政务服务中心的办公时间："),
    ("居住证周六能办吗", "“居住证申领”办公时间："),
])  # fmt: skip
def test_the_usual_hours_follow(text: str, head: str) -> None:
    assert ask(text).reply.splitlines()[1:3] == [head, "· 周一到周五 08:30-12:00、14:00-17:30"]


OTHER_DAYS = {
    "a make-up Saturday": ("2026-10-08", "周六上班吗", f"10月10日（周六）{ALL_DAY}"),
    "a public holiday": (
        "2026-09-21",
        "国庆节上班吗",
        "10月1日（周四）不上班，下次上班是10月8日（周四）08:30。",
    ),
    "in its midst": (
        "2026-10-02",
        "国庆上班吗",
        "10月2日（周五）不上班，下次上班是10月8日（周四）08:30。",
    ),
    "a day of the next month": ("2026-09-21", "20号上班吗", f"10月20日（周二）{ALL_DAY}"),
    "a date of the next year": ("2026-02-24", "2月23日上班吗", f"2027年2月23日（周二）{ALL_DAY}"),
}


@pytest.mark.parametrize(("day", "text", "expected"), OTHER_DAYS.values(), ids=OTHER_DAYS)
def test_the_next_such_day_is_told(day: str, text: str, expected: str) -> None:
    assert ask(text, at=on_the(day)).reply.splitlines()[0].startswith(expected)


def test_a_hall_closed_for_long_tells_no_next_day() -> None:
    closed = (Closure(date=AT.date(), until=date(2028, 1, 1)),)
    citizen = Conversation(open_desk(without(hall(), closed=closed, holidays="none")))
    assert citizen.say("明天上班吗").reply.startswith("11月24日（周二）不上班。\n")


def test_a_hall_of_no_known_hours_tells_no_day() -> None:
    citizen = Conversation(open_desk(without(hall(), hours=())))
    assert citizen.say("明天上班吗").reply.startswith("办公时间请打电话问：")


def test_a_holiday_that_the_hall_does_not_keep_leaves_the_answer_as_it_is() -> None:
    citizen = Conversation(open_desk(without(hall(), holidays="none")))
    assert citizen.say("春节上班吗").reply.startswith("现在开着，")


def test_a_day_in_a_question_about_a_matter_is_not_taken_for_hours() -> None:
    turn = ask("12月31日前办居住证晚不晚")
    assert turn.topic is not None
    assert "hours" not in turn.about
