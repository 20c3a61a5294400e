"""Receipts: what is taken down, for whom, until when, and how a citizen asks after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hall_desk import AT
from service_hall import COMPLAINTS, NOBODYS, Office, lacking, staffed

from desk.message import Message, Outcome
from facts.model import Complaints, Duration, Hall, Text

UNSETTLED = ("没解决", "还是没解决啊", "答非所问", "not settled", "that didn't help")


def beijing(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=AT.tzinfo)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_receipt_tells_number_question_window_phone_term_and_where_to_complain(
    language: str,
) -> None:
    turn = Office().citizen(language).say(NOBODYS)
    wanted = [turn.receipt, NOBODYS, "0000-5550101", "17:30", "0000-5550109"]
    assert lacking(turn, wanted) == []
    assert len(turn.receipt or "") == 6
    assert [each.key.partition(":")[0] for each in turn.next] == ["add", "receipt"]


def test_a_receipt_tells_the_topic_that_was_spoken_of() -> None:
    citizen = Office().citizen()
    citizen.say("居住证要带什么")
    turn = citizen.say("没解决")
    assert turn.outcome is Outcome.REGISTERED
    assert lacking(turn, [turn.receipt, "居住证要带什么", "居住证申领", "2号窗口"]) == []


@pytest.mark.parametrize("text", UNSETTLED)
def test_a_question_that_was_not_settled_is_taken_down_for_the_window_of_its_topic(
    text: str,
) -> None:
    office = Office()
    citizen = office.citizen()
    citizen.say("居住证要带什么")
    receipt = office.receipt(citizen.say(text))
    assert (receipt.text, receipt.window, receipt.topic) == (
        "居住证要带什么",
        "2",
        "residence/permit",
    )
    assert office.kinds("staff:w2") == ["new"]


def test_the_last_question_is_taken_down_even_where_an_earlier_one_waits() -> None:
    office = Office()
    citizen = office.citizen()
    first = citizen.say(NOBODYS)
    citizen.say("居住证要带什么")
    second = citizen.say("没解决")
    assert second.receipt not in (None, first.receipt)
    assert office.receipt(second).text == "居住证要带什么"


def test_unsettled_without_any_question_asks_for_the_matter() -> None:
    turn = Office().citizen().say("没解决")
    assert (turn.outcome, turn.receipt) == (Outcome.CHOOSE, None)


def test_the_very_same_question_is_taken_down_once() -> None:
    citizen = Office().citizen()
    assert citizen.say(NOBODYS).receipt == citizen.say(NOBODYS).receipt


@pytest.mark.parametrize("number", [f"m{n}" for n in range(2)])
def test_a_message_that_comes_twice_is_taken_down_once(number: str) -> None:
    office = Office()
    message = Message(text=NOBODYS, session="s", door="telegram", id=number)
    first, second = office.desk.answer(message), office.desk.answer(message)
    assert first.receipt == second.receipt
    assert len(office.ledger.receipts()) == 1


@pytest.mark.parametrize(
    ("facts", "window"),
    [
        pytest.param({}, "1", id="the lead window takes what no other takes"),
        pytest.param({"lead_window": None}, "1", id="without one, any window"),
        pytest.param({"windows": ()}, None, id="without windows, the hall"),
    ],
)
def test_somebody_is_responsible(facts: dict[str, object], window: str | None) -> None:
    office = Office(staffed(**facts))  # type: ignore[arg-type]
    turn = office.citizen().say(NOBODYS)
    assert office.receipt(turn).window == window
    assert lacking(turn, ["负责的是", "0000-5550"]) == []


@pytest.mark.parametrize(
    ("text", "facts", "within"),
    [
        (NOBODYS, {"reply_within": None}, beijing(24, 17, 30)),
        (NOBODYS, {"reply_within": Duration(2, "working hours")}, beijing(23, 11)),
        ("转人工", {"reply_within": None}, beijing(24, 17, 30)),
        ("我要投诉，态度差", {}, beijing(30, 17, 30)),
        (
            "我要投诉，态度差",
            {"complaints": replace(COMPLAINTS, reply_within=Duration(2, "working days"))},
            beijing(25, 17, 30),
        ),
    ],
)
def test_every_kind_has_its_term_and_a_hall_sets_its_own(
    text: str, facts: dict[str, object], within: datetime
) -> None:
    office = Office(staffed(**facts))  # type: ignore[arg-type]
    receipt = office.receipt(office.citizen().say(text))
    assert receipt.due == within
    assert receipt.remind_at is not None
    assert AT < receipt.remind_at < within


# Asking after it, in any channel


def test_another_channel_finds_it_by_its_number_and_can_add_to_it() -> None:
    office = Office()
    number = office.citizen().say(NOBODYS).receipt or ""
    elsewhere = office.citizen()
    turn = elsewhere.say(number)
    assert lacking(turn, [number, "1号窗口", "0000-5550101", "11月24日"]) == []
    (add,) = turn.next
    elsewhere.press(add)
    added = elsewhere.say("他昨天弹到两点")
    assert (added.outcome, added.receipt) == (Outcome.REGISTERED, number)
    event = office.ledger.events(number)[-1]
    assert (event.kind, event.text) == ("added", "他昨天弹到两点")
    assert office.kinds("staff:w1") == ["new", "added"]


@pytest.mark.parametrize(
    "text", ["补充一下 {} 他昨天又弹到半夜两点，孩子整夜没睡", "{} 我再补充：三楼的老人也受不了了"]
)
def test_an_addition_may_stand_beside_the_number(text: str) -> None:
    office = Office()
    number = office.citizen().say(NOBODYS).receipt or ""
    text = text.format(number)
    assert office.citizen().say(text).receipt == number
    assert office.ledger.events(number)[-1].text == text


@pytest.mark.parametrize("text", ["{} 没解决", "回执 {} 还没解决"])
def test_an_answered_receipt_is_opened_again_by_its_number_from_any_channel(text: str) -> None:
    office = Office()
    first = office.citizen().say(NOBODYS)
    number = first.receipt or ""
    office.handling.answer(number, "李", "已经联系社区")
    turn = office.citizen().say(text.format(number))
    assert (turn.outcome, turn.receipt) == (Outcome.REGISTERED, number)
    assert office.receipt(number).state == "reopened"


@pytest.mark.parametrize("text", ["{} 解决了吗", "{} 办好没有", "{}"])
def test_asking_whether_it_is_settled_does_not_close_it(text: str) -> None:
    office = Office()
    number = office.citizen().say(NOBODYS).receipt or ""
    office.handling.answer(number, "李", "已经联系社区")
    turn = office.citizen().say(text.format(number))
    assert turn.about == ("receipt_status",)
    assert office.receipt(number).state == "answered"
    assert "已经联系社区" in turn.reply


def test_a_button_pressed_leaves_the_addition_and_the_next_text_is_a_question() -> None:
    citizen = Office().citizen()
    add, status = citizen.say(NOBODYS).next
    citizen.press(add)
    citizen.press(status)
    assert citizen.say("居住证要带什么").topic == "residence/permit"


def test_nothing_can_be_added_to_what_is_closed() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    office.handling.answer(turn.receipt or "", "李", "好了")
    citizen.say("补充", choice=f"add:{turn.receipt}")
    assert "added" not in office.events(turn)


# Complaints


@pytest.mark.parametrize(
    ("complaints", "lead", "text", "window"),
    [
        pytest.param("3", "1", "我要投诉，态度太差", "3", id="to the window of complaints"),
        pytest.param("3", "1", "我要投诉3号窗口", "1", id="not to itself but to the lead window"),
        pytest.param("1", "1", "我要投诉1号窗口", "2", id="nor where it is both"),
        pytest.param("A4", "1", "我要投诉A4窗口", "1", id="whatever its letter"),
        pytest.param("3", "1", "投诉商铺窗口的人态度差", "1", id="named by its name"),
        pytest.param(None, "1", "我要投诉1号窗口", "2", id="no window of complaints"),
    ],
)
def test_a_complaint_never_goes_to_the_window_complained_about(
    complaints: str | None, lead: str, text: str, window: str
) -> None:
    own = Complaints(phone="0000-5550109", window=complaints) if complaints else None
    office = Office(staffed(own, lead_window=lead))
    receipt = office.receipt(office.citizen().say(text))
    assert (receipt.kind, receipt.window) == ("complaint", window)
    assert office.kinds(f"staff:w{window}") == ["new"]
    if receipt.about:
        assert office.kinds(f"staff:w{receipt.about}") == []


@pytest.mark.parametrize("complained", ["1", "3"])
def test_its_clerks_hear_of_it_at_no_stage(complained: str) -> None:
    office = Office(staffed(Complaints(window="1")))
    turn = office.citizen().say(f"我要投诉{complained}号窗口")
    office.handling.pass_on(turn.receipt or "", "李", "2", "避嫌")
    for day in range(1, 30):
        office.at = AT + timedelta(days=day)
        office.desk.keep_up()
    assert "escalated" in office.events(turn)
    assert office.kinds(f"staff:w{complained}") == []
    assert office.kinds("staff:head") == ["escalated"]


def test_it_cannot_be_passed_on_to_the_window_complained_about() -> None:
    office = Office()
    turn = office.citizen().say("我要投诉2号窗口")
    number = turn.receipt or ""
    assert not office.handling.pass_on(number, "李", "2", "是你们的事").done
    assert "2" not in [each.number for each in office.handling.windows(number)]
    assert office.receipt(turn).window == "3"


def test_a_hall_with_that_one_window_tells_the_head() -> None:
    one = staffed(windows=staffed().windows[:1])
    office = Office(replace(one, complaints=Complaints(window="1")))
    office.citizen().say("我要投诉1号窗口")
    assert office.kinds("staff:w1") == []
    assert office.kinds("staff:head") == ["new"]


def test_another_complaint_has_a_receipt_of_its_own_and_more_of_the_same_is_added() -> None:
    office = Office()
    citizen = office.citizen()
    first = citizen.say("我要投诉2号窗口")
    more = citizen.say("投诉2号窗口，还把我的材料弄丢了")
    second = citizen.say("我要投诉3号窗口")
    assert (first.receipt == more.receipt, first.receipt == second.receipt) == (True, False)
    assert office.events(first) == ["taken_down", "added"]
    assert office.receipt(second).about == "3"


def test_an_anonymous_complaint_leads_to_nobody() -> None:
    office = Office()
    citizen = office.citizen()
    citizen.say("居住证要带什么")
    turn = citizen.say("匿名投诉2号窗口态度差")
    receipt = office.receipt(turn)
    assert (receipt.session, receipt.message) == ("", None)
    assert [each.receipt for each in office.ledger.turns_of(citizen.session, 9)] == [None]
    kept = office.ledger.conversation(citizen.session)
    assert kept is not None
    assert turn.receipt not in kept.values()
    assert str(turn.receipt) not in citizen.say("我的记录").reply
    office.handling.answer(receipt.number, "李", "已经批评教育")
    assert office.told(citizen.session) == []
    assert "已经批评教育" in citizen.say(receipt.number).reply


# What the register is told


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("居住证要带什么", Outcome.ANSWERED),
        ("3号窗口在哪", Outcome.LED),
        ("你们大厅在哪里", Outcome.LED),
        ("养犬登记要多少钱", Outcome.LED),
        ("我要办护照", Outcome.REFERRED),
        ("办证", Outcome.CHOOSE),
        (NOBODYS, Outcome.REGISTERED),
        ("谢谢", Outcome.TALK),
    ],
)
def test_every_question_is_recorded_with_its_ending(text: str, ending: Outcome) -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(text)
    (entry,) = office.ledger.turns_of(citizen.session, 9)
    assert (turn.outcome, entry.outcome) == (ending, ending)
    assert turn.outcome.contract == ("answered" if ending is Outcome.LED else ending)


def test_a_fault_ends_at_the_phone_and_is_recorded_without_the_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office()
    monkeypatch.delattr(office.desk.knowledge, "intake")
    turn = office.citizen().say("我的电话13800138000，居住证要带什么")
    (entry,) = office.ledger.turns(AT, AT + timedelta(seconds=1))
    assert (turn.outcome, entry.outcome, entry.text) == (Outcome.LED, Outcome.LED, "")
    assert "0000-5550100" in turn.reply


def test_a_hall_of_nothing_but_a_name_still_takes_questions_down() -> None:
    office = Office(Hall(id="bare", name=Text({"zh": "某镇大厅"})))
    turn = office.citizen().say(NOBODYS)
    assert lacking(turn, [turn.receipt, "某镇大厅", "1个工作日"]) == []
    assert office.receipt(turn).remind_at == AT + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("我要投诉2号窗口，态度差", "manner"),
        ("我要投诉，等了一上午没人办", "wait"),
        ("投诉！乱收费", "charges"),
        ("匿名投诉，窗口要红包", "conduct"),
        ("I want to complain, I was overcharged", "charges"),
    ],
)
def test_what_a_complaint_tells_it_is_about_is_not_asked(text: str, category: str) -> None:
    office = Office()
    turn = office.citizen().say(text)
    assert office.receipt(turn).category == category
    assert not any(each.key.startswith("category:") for each in turn.next)


@pytest.mark.parametrize("text", ["我要投诉2号窗口", "匿名投诉2号窗口"])
def test_else_it_is_asked_once_and_noted_for_the_clerks(text: str) -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(text)
    pressed = next(each for each in turn.next if each.key.endswith(":papers"))
    said = citizen.press(pressed)
    assert (said.outcome, said.reply) == ("talk", "谢谢，记下了。")
    assert office.receipt(turn).category == "papers"
    (card,) = office.handling.cards()
    assert "投诉类别：多要材料、多跑路" in card.lines


def test_what_is_no_complaint_has_no_category() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    citizen.say("乱收费", f"category:{turn.receipt}:charges")
    assert office.receipt(turn).category is None


@pytest.mark.parametrize("reason", ["in_court", "2", "已经在复议、诉讼、仲裁或者信访办理当中"])
def test_a_complaint_is_not_accepted_for_one_of_the_fixed_reasons_alone(reason: str) -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say("我要投诉2号窗口")
    number = turn.receipt or ""
    refused = office.handling.refuse(number, "李", "没空", "某条")
    assert not refused.done
    assert "1. 不是本大厅和窗口人员的事" in refused.text
    assert office.handling.refuse(number, "李", reason, "信访条例第十四条").done
    (letter,) = office.told(citizen.session)
    assert "不予受理，原因：已经在复议、诉讼、仲裁或者信访办理当中。" in letter.text
    assert "依据：信访条例第十四条。" in letter.text
    assert "行政复议" in letter.text
