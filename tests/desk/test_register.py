"""The register of a day: every question with its ending, every receipt with who answers when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hall_desk import AT, neighbour
from service_hall import NOBODYS, Office, staffed

from desk.message import Outcome
from desk.register import Register, lines, registers
from ledger.records import Receipt

DAY = timedelta(days=1)
QUESTIONS = {
    Outcome.ANSWERED: "居住证要带什么",
    Outcome.LED: "3号窗口在哪",
    Outcome.CHOOSE: "办证",
    Outcome.REFERRED: "我要办护照",
    Outcome.REGISTERED: NOBODYS,
    Outcome.TALK: "谢谢",
}
BAD = Receipt(
    number="AAAAA2",
    at=AT,
    hall="hall",
    door="test",
    session="s",
    language="zh",
    text="没人管的问题",
    topic=None,
    window="1",
    due=AT + DAY,
    remind_at=AT,
)


def register(office: Office, day: date | None = None) -> Register:
    (found,) = registers([staffed()], office.ledger, office.at, day)
    return found


def told(office: Office, language: str = "zh", day: date | None = None) -> str:
    return "\n".join(lines(register(office, day), language))


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "登记簿"), ("en", "Register"), ("fr", "Register")]
)
def test_every_ending_is_counted_and_the_whole_is_whole(language: str, title: str) -> None:
    office = Office()
    for text in QUESTIONS.values():
        office.citizen().say(text)
    found = register(office)
    assert found.whole
    assert {each.outcome for each in found.turns} == set(Outcome)
    written = told(office, language)
    assert title in written
    if language == "zh":
        counted = "答清1、带到窗口1、反问1、指到别处1、登记1、寒暄1、没有结果0"
        assert f"问题6个：{counted}" in written


def test_a_receipt_stands_with_number_window_term_state_taker_and_age() -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    office.handling.take(turn.receipt or "", "李")
    office.at = AT + timedelta(hours=3)
    written = told(office)
    wanted = [turn.receipt, NOBODYS, "1号窗口", "11月24日", "17:30", "正在办", "李", "3小时"]
    assert [each for each in wanted if str(each) not in written] == []
    assert "超时" not in written


@pytest.mark.parametrize("answered", [False, True])
def test_what_is_late_is_marked_and_stands_first(answered: bool) -> None:
    office = Office()
    late = office.citizen().say(NOBODYS)
    office.at = AT + 2 * DAY
    if answered:
        office.handling.answer(late.receipt or "", "李", "好了")
    fresh = office.citizen().say("楼下烧烤摊的油烟熏得睡不着觉，找谁管")
    written = told(office)
    assert "以前登记、当天还没答复的1件" in written
    line = next(each for each in written.splitlines() if str(late.receipt) in each)
    assert "【超时】" in line
    assert "【超时】" not in next(
        each for each in written.splitlines() if str(fresh.receipt) in each
    )


def test_a_day_that_is_past_shows_that_day() -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    office.at = AT + 3 * DAY
    office.citizen().say("居住证要带什么")
    assert [each.number for each in register(office, AT.date()).taken_down] == [turn.receipt]
    today = register(office)
    assert (len(today.turns), len(today.taken_down), len(today.earlier)) == (1, 0, 1)
    assert register(office, AT.date() - DAY).earlier == []


@pytest.mark.parametrize("hours", [-1, 0, 23, 24])
def test_a_day_is_one_of_the_halls_clock(hours: int) -> None:
    office = Office()
    midnight = AT.replace(hour=0)
    office.ledger.take_down(replace(BAD, at=midnight + timedelta(hours=hours)))
    assert len(register(office, AT.date()).taken_down) == (0 <= hours < 24)


@pytest.mark.parametrize(
    ("changes", "lacks", "said"),
    [
        ({"window": None}, ["window"], "没有负责的窗口"),
        ({"window": "77"}, ["window"], "没有负责的窗口"),
        ({"due": None, "remind_at": None}, ["term"], "没有答复时限"),
        ({"state": "lost"}, ["state"], "没有办理状态"),
        ({"due": None}, [], "1个工作日内"),
    ],
    ids=str,
)
def test_what_a_receipt_lacks_is_named(
    changes: dict[str, Any], lacks: list[str], said: str
) -> None:
    bad = replace(BAD, **changes)
    found = Register(hall=staffed(), day=AT.date(), at=AT, turns=[], taken_down=[bad], earlier=[])
    assert found.lacks(bad) == lacks
    assert found.whole is not bool(lacks)
    assert said in "\n".join(lines(found, "zh"))


@pytest.mark.parametrize(
    "changes", [{"outcome": "gone"}, {"outcome": ""}, {"outcome": "registered", "receipt": None}]
)
def test_a_question_without_an_ending_is_named(changes: dict[str, Any]) -> None:
    office = Office()
    office.citizen().say("居住证要带什么")
    (entry,) = office.ledger.turns(AT, AT + DAY)
    office.ledger.record(replace(entry, text="没有下文的问题", **changes))
    found = register(office)
    assert not found.whole
    assert [each.text for each in found.without_ending] == ["没有下文的问题"]
    written = told(office)
    assert "没有结果1" in written
    assert "没有下文的问题" in written


def test_erasing_and_forgetting_leave_no_gap() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    office.handling.answer(turn.receipt or "", "李", "好了")
    other = office.citizen()
    other.say(f"{turn.receipt} 没解决")
    office.handling.answer(turn.receipt or "", "李", "这回好了")
    citizen.press(citizen.say("删除我的记录").next[0])
    assert register(office).whole


def test_each_hall_has_its_own_register() -> None:
    halls = [staffed(), neighbour()]
    office = Office(*halls)
    office.citizen().say(NOBODYS)
    office.citizen().say("白云镇，楼下烧烤摊的油烟熏得睡不着觉，找谁管")
    found = list(registers(halls, office.ledger, office.at))
    assert [len(each.taken_down) for each in found] == [1, 1]


def test_complaints_are_counted_by_themselves_by_what_they_are_about() -> None:
    office = Office()
    for text in ("我要投诉，态度差", "投诉2号窗口的人骂人", "我要投诉2号窗口", NOBODYS):
        office.citizen().say(text)
    written = told(office)
    assert "其中投诉3件：服务态度2、没说类别1。" in written
    assert "投诉（服务态度）" in written
    assert "complaints: 3. Manner 2, not told 1" in told(office, "en")
    assert "投诉" not in told(Office())
