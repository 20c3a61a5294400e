"""Aftercare: settled or not, ratings, what is kept about somebody, and its erasure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hall_desk import AT, Conversation
from service_hall import NOBODYS, Office, lacking

from desk.message import Outcome, Turn
from desk.retention import Retention
from ledger.records import STATES

LATER = AT + timedelta(days=365 * 50)
LEVELS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")


def answered(office: Office, text: str = "请联系社区") -> tuple[Conversation, Turn]:
    """A citizen whose question was taken down and answered."""
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    office.handling.answer(turn.receipt or "", "李", text)
    return citizen, turn


def rated(office: Office) -> list[int]:
    return [each.level for each in office.ledger.ratings(AT, LATER)]


# Settled or not


@pytest.mark.parametrize("text", ["解决了", "问题解决", "that solved it"])
def test_settled_closes_the_receipt(text: str) -> None:
    office = Office()
    citizen, turn = answered(office)
    said = citizen.say(text)
    receipt = office.receipt(turn)
    assert (receipt.state, receipt.closed_at) == ("closed", AT)
    assert office.events(turn)[-1] == "settled"
    assert str(turn.receipt) in said.reply


@pytest.mark.parametrize("text", ["解决了吗", "解决了没有"])
def test_asking_whether_it_is_settled_closes_nothing(text: str) -> None:
    office = Office()
    citizen, turn = answered(office)
    citizen.say(text)
    assert office.receipt(turn).state == "answered"


def test_not_settled_opens_it_again_and_the_second_answer_reaches_the_citizen() -> None:
    office = Office()
    citizen, turn = answered(office)
    again = citizen.say("没解决，社区不管")
    assert (again.outcome, again.receipt) == (Outcome.REGISTERED, turn.receipt)
    notices = office.told("staff:w1")
    assert [each.kind for each in notices] == ["new", "reopened"]
    assert "没解决，社区不管" in notices[-1].text
    assert "经办" not in notices[-1].text
    office.handling.answer(turn.receipt or "", "王", "已请派出所上门")
    *_, letter = office.told(citizen.session)
    assert "已请派出所上门" in letter.text
    citizen.say("解决了", choice=letter.choices[0][0])
    assert office.receipt(turn).state == "closed"
    assert office.events(turn) == ["taken_down", "answered", "reopened", "answered", "settled"]


def test_the_buttons_of_an_answer_name_their_receipt() -> None:
    office = Office()
    citizen, first = answered(office)
    second = citizen.say("楼下烧烤摊的油烟熏得睡不着觉，找谁管")
    (letter,) = [each for each in office.told(citizen.session) if each.kind == "answered"]
    citizen.say("没解决", choice=letter.choices[1][0])
    assert office.receipt(first).state == "reopened"
    assert second.receipt != first.receipt


def test_a_later_question_is_meant_before_an_earlier_receipt() -> None:
    office = Office()
    citizen, first = answered(office)
    office.at += timedelta(hours=1)
    citizen.say("居住证要带什么")
    second = citizen.say("没解决")
    assert office.receipt(first).state == "answered"
    assert office.receipt(second).text == "居住证要带什么"


# Ratings


@pytest.mark.parametrize("level", [5, 4, 3, 2, 1])
def test_the_five_levels_are_offered_once_and_low_ones_open_a_case(level: int) -> None:
    office = Office()
    citizen, turn = answered(office)
    offer = citizen.say("解决了")
    assert tuple(each.label for each in offer.next) == LEVELS
    said = citizen.press(offer.next[5 - level])
    assert rated(office) == [level]
    (rating,) = office.ledger.ratings(AT, LATER)
    assert (rating.window, rating.receipt, rating.session) == ("1", turn.receipt, citizen.session)
    if level > 2:
        assert (said.outcome, said.receipt) == (Outcome.TALK, None)
        return
    case = office.receipt(said)
    assert (case.kind, case.about, case.window) == ("rating", "1", "3")
    assert case.due is not None
    assert lacking(said, [said.receipt, "3号窗口"]) == []
    citizen.press(said.next[1])
    assert [each.text for each in office.ledger.events(case.number)][-1] == "态度不好"
    assert office.kinds("staff:w3") == ["new", "added"]


def test_the_reason_may_be_in_own_words() -> None:
    office = Office()
    citizen, _ = answered(office)
    said = citizen.press(citizen.say("解决了").next[4])
    citizen.press(said.next[-1])
    citizen.say("让我跑了三趟")
    assert office.ledger.events(said.receipt or "")[-1].text == "让我跑了三趟"


def test_a_service_is_rated_once_and_nobody_is_asked_again() -> None:
    office = Office()
    citizen, _ = answered(office)
    offer = citizen.say("解决了")
    citizen.press(offer.next[0])
    assert "评过了" in citizen.press(offer.next[4]).reply
    assert rated(office) == [5]
    assert citizen.say("谢谢").next == ()


def test_nobody_is_asked_while_the_question_is_open_and_asked_after_its_answer() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    assert citizen.say("谢谢").next == ()
    office.handling.answer(turn.receipt or "", "李", "好了")
    assert len(citizen.say("解决了").next) == 5


def test_whoever_asked_nothing_is_not_asked_to_rate() -> None:
    assert Office().citizen().say("谢谢").next == ()


def test_a_rating_of_an_answer_belongs_to_the_window_of_its_topic() -> None:
    office = Office()
    citizen = office.citizen()
    citizen.say("居住证要带什么")
    citizen.press(citizen.say("谢谢").next[0])
    (rating,) = office.ledger.ratings(AT, LATER)
    assert (rating.window, rating.topic, rating.receipt) == ("2", "residence/permit", None)


# What is kept, and its end


def test_the_first_contact_tells_who_speaks_who_is_behind_and_what_is_kept() -> None:
    greeting = Office().desk.welcome("s", "web").reply
    wanted = ("自动", "1号窗口", "0000-5550101", "登记备查")
    assert [each for each in wanted if each not in greeting] == []


def test_what_is_written_down_is_masked() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(f"{NOBODYS}，我的电话13800138000，身份证110101199003070134")
    citizen.say("补充", choice=f"add:{turn.receipt}")
    citizen.say("也可以打13900139000")
    kept = [
        office.receipt(turn).text,
        *(each.text for each in office.ledger.turns_of(citizen.session, 9)),
        *(each.text or "" for each in office.ledger.events(turn.receipt or "")),
        *(each.text for each in office.told("staff:w1")),
        str(office.ledger.conversation(citizen.session)),
    ]
    assert [each for each in kept for n in ("13800138000", "9900307", "1390013") if n in each] == []


@pytest.mark.parametrize("text", ["我的记录有哪些", "what have you kept about me"])
def test_somebody_can_see_what_is_kept_of_them_and_of_nobody_else(text: str) -> None:
    office = Office()
    citizen, turn = answered(office)
    office.citizen().say("养犬登记要多少钱")
    said = citizen.say(text)
    assert lacking(said, [NOBODYS, turn.receipt]) == []
    assert "养犬登记" not in said.reply


def test_nothing_is_erased_without_a_yes() -> None:
    office = Office()
    citizen, turn = answered(office)
    ask = citizen.say("删除我的记录")
    yes, no = ask.next
    citizen.press(no)
    assert office.receipt(turn)
    assert len(office.ledger.turns_of(citizen.session, 9)) == 3
    citizen.press(yes)
    assert list(office.ledger.turns_of(citizen.session, 9)) == []
    assert office.ledger.conversation(citizen.session) is None
    assert list(office.ledger.receipts(STATES)) == []
    assert office.told(citizen.session) == []


def test_an_open_receipt_stays_for_the_window_but_leads_to_nobody() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    said = citizen.press(citizen.say("删除我的记录").next[0])
    assert str(turn.receipt) in said.reply
    receipt = office.receipt(turn)
    assert (receipt.state, receipt.session) == ("open", "")
    office.handling.answer(receipt.number, "李", "好了")
    assert office.told(citizen.session) == []
    assert "好了" in citizen.say(receipt.number).reply


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (29, (True, True, True)),
        (31, (False, True, True)),
        (181, (False, False, True)),
        (383, (False, False, False)),
    ],
)
def test_conversations_turns_and_answered_receipts_end_with_their_terms(
    days: int, left: tuple[bool, bool, bool]
) -> None:
    office = Office()
    citizen, turn = answered(office)
    # What nobody objects to is closed after some days; the terms of receipts run from there.
    for passed in sorted({min(days, 16), days}):
        office.at = AT + timedelta(days=passed)
        office.desk.keep_up()
    kept = (
        office.ledger.conversation(citizen.session) is not None,
        bool(office.ledger.turns_of(citizen.session, 9)),
        office.ledger.receipt(turn.receipt or "") is not None,
    )
    assert kept == left


def test_an_open_receipt_is_never_forgotten_nor_one_that_was_opened_again() -> None:
    office = Office()
    first = office.citizen().say(NOBODYS)
    citizen, second = answered(office)
    citizen.say("解决了")
    citizen.say("没解决", choice=f"unsettled:{second.receipt}")
    office.at = AT + timedelta(days=3000)
    office.desk.keep_up()
    assert {each.number for each in office.ledger.receipts()} == {first.receipt, second.receipt}


@pytest.mark.parametrize(
    ("setting", "days"),
    [({}, (30, 180, 365)), ({"KEEP_TURNS_DAYS": "7", "KEEP_RECEIPTS_DAYS": "90"}, (30, 7, 90))],
)
def test_the_terms_are_settings(setting: dict[str, str], days: tuple[int, int, int]) -> None:
    kept = Retention.of(setting)
    assert (kept.conversations.days, kept.turns.days, kept.receipts.days) == days


@pytest.mark.parametrize("days", ["", "0", "-1", "ein", "1e9", "²"])
def test_a_term_that_is_no_number_of_days_is_refused_by_its_name(days: str) -> None:
    with pytest.raises(ValueError, match="KEEP_TURNS_DAYS"):
        Retention.of({"KEEP_TURNS_DAYS": days})
