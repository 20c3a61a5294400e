"""The desk as a whole: the ledger, faults, strange input, several halls, many citizens at once."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hall_desk import AT, Conversation, hall, neighbour, open_desk, shared_desk
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.desk import Desk
from desk.message import Message, Outcome, Turn
from desk.topics import Topic, Topics
from facts.guides import Guides
from facts.model import Duration, Hall, Text
from intents.encoder import VectorStore, installed
from ledger.memory import MemoryLedger
from ledger.records import Entry, Event, Ledger, LedgerError, Notice, NumberTaken, Receipt

NOBODYS = "楼上邻居天天半夜弹钢琴，吵得孩子写不了作业"


# What is written down


def test_a_question_of_nobody_s_is_taken_down_with_window_and_term() -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(ledger=ledger))
    turn = citizen.say(NOBODYS)
    (receipt,) = ledger.taken_down.values()
    assert receipt == Receipt(
        number=turn.receipt or "",
        at=AT,
        hall="hall",
        door="test",
        session=citizen.session,
        language="zh",
        text=NOBODYS,
        topic=None,
        window="1",
        due=datetime(2026, 11, 24, 17, 30, tzinfo=AT.tzinfo),
        kind="question",
        remind_at=receipt.remind_at,
    )
    assert receipt.remind_at is not None
    assert receipt.due is not None
    assert AT < receipt.remind_at < receipt.due


def test_the_citizen_is_told_number_window_phone_term_and_where_to_complain() -> None:
    turn = Conversation().say(NOBODYS)
    wanted = [turn.receipt, "1号窗口", "0000-5550101", "11月24日", "17:30", "0000-5550109"]
    assert [each for each in wanted if str(each) not in turn.reply] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_hall_without_a_term_answers_within_a_working_day(language: str) -> None:
    desk = open_desk(replace(hall(), reply_within=None))
    turn = Conversation(desk, language=language).say(NOBODYS)
    assert turn.receipt
    assert re.search(r"24日|24 November", turn.reply)


def test_a_hall_without_hours_tells_the_term_itself() -> None:
    desk = open_desk(replace(hall(), hours=(), reply_within=Duration(4, "working hours")))
    assert "4个工作时" in Conversation(desk).say(NOBODYS).reply


def test_a_receipt_is_found_again_by_its_number() -> None:
    citizen = Conversation(open_desk())
    number = citizen.say(NOBODYS).receipt
    turn = citizen.say(f"回执 {number} 办得怎么样了")
    assert turn.about == ("receipt_status",)
    assert number is not None
    assert number in turn.reply
    assert "1号窗口" in turn.reply


def test_a_receipt_is_found_again_by_its_number_alone_and_in_small_letters() -> None:
    desk = open_desk()
    number = Conversation(desk).say(NOBODYS).receipt or ""
    assert number in Conversation(desk).say(number.lower()).reply


def test_a_number_that_was_never_given_is_not_confirmed() -> None:
    turn = Conversation(open_desk()).say("回执 7K2FM4 办得怎么样了")
    assert turn.about == ("receipt_status",)
    assert "0000-5550100" in turn.reply


def test_a_complaint_goes_to_the_window_of_complaints() -> None:
    ledger = MemoryLedger()
    Conversation(open_desk(ledger=ledger)).say("我要投诉，工作人员态度很差")
    (receipt,) = ledger.taken_down.values()
    assert (receipt.kind, receipt.window) == ("complaint", "1")


def test_the_wish_for_a_person_takes_down_what_it_is_about() -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(ledger=ledger))
    citizen.say("居住证要带什么")
    citizen.say("找工作人员", choice="about:human")
    (receipt,) = ledger.taken_down.values()
    assert receipt.kind == "human"
    assert receipt.topic == "residence/permit"


def test_every_turn_is_recorded() -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(ledger=ledger))
    turns = [citizen.say(text) for text in ("居住证要带什么", "多少钱", NOBODYS, "谢谢")]
    assert [entry.text for entry in ledger.entries] == [turn.text for turn in turns]
    first, _, third, last = ledger.entries
    assert first == Entry(
        at=AT,
        hall="hall",
        door="test",
        session=citizen.session,
        language="zh",
        text="居住证要带什么",
        outcome="answered",
        topic="residence/permit",
        case=None,
        about=("materials",),
        window="2",
        confidence=turns[0].confidence,
        milliseconds=first.milliseconds,
    )
    assert first.milliseconds > 0
    assert (third.outcome, third.receipt) == ("registered", turns[2].receipt)
    assert (last.outcome, last.about) == ("talk", ("thanks",))


def test_the_time_of_the_question_counts_before_the_clock() -> None:
    at = datetime(2026, 11, 27, 18, 0, tzinfo=AT.tzinfo)
    ledger = MemoryLedger()
    turn = Conversation(open_desk(ledger=ledger), at=at).say("居住证在哪办")
    assert ledger.entries[0].at == at
    assert "11月30日" in turn.reply


def test_a_receipt_number_that_is_taken_is_replaced_by_another() -> None:
    class Crowded(MemoryLedger):
        tried = 0

        def take_down(
            self, receipt: Receipt, event: Event | None = None, notices: Collection[Notice] = ()
        ) -> None:
            self.tried += 1
            if self.tried == 1:
                raise NumberTaken(receipt.number)
            super().take_down(receipt, event, notices)

    ledger = Crowded()
    turn = Conversation(open_desk(ledger=ledger)).say(NOBODYS)
    assert turn.receipt in ledger.taken_down


# Faults


class BrokenLedger(MemoryLedger):
    """A ledger that cannot be reached."""

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name not in vars(Ledger):
            return super().__getattribute__(name)
        return self._unreachable

    def _unreachable(self, *_: object) -> None:
        raise LedgerError("no disk")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("居住证要带什么", "居民身份证"),
        ("我要办护照", "县公安局"),
        ("你们大厅几点上班", "08:30"),
        ("你好", "您好"),
    ],
)
def test_without_a_ledger_the_citizen_is_still_answered(
    text: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    turn = Conversation(open_desk(ledger=BrokenLedger())).say(text)
    assert told in turn.reply
    assert any(record.levelno >= logging.ERROR for record in caplog.records)
    assert all(text not in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("text", [NOBODYS, "我要投诉，态度差", "转人工"])
def test_without_a_ledger_a_phone_is_told_instead_of_a_receipt(text: str) -> None:
    turn = Conversation(open_desk(ledger=BrokenLedger())).say(text)
    assert turn.receipt is None
    assert "0000-5550101" in turn.reply
    assert "回执号" not in turn.reply


def test_without_a_ledger_and_a_phone_the_hotline_is_told() -> None:
    bare = Hall(id="bare", name=Text({"zh": "某镇大厅"}))
    turn = Conversation(open_desk(bare, ledger=BrokenLedger())).say(NOBODYS)
    assert "12345" in turn.reply


def test_without_a_ledger_a_question_about_a_receipt_leads_to_the_phone() -> None:
    turn = Conversation(open_desk(ledger=BrokenLedger())).say("回执 7K2FM4 办得怎么样了")
    assert re.search("0000-55501", turn.reply)


def test_without_a_ledger_the_welcome_is_still_said() -> None:
    turn = open_desk(ledger=BrokenLedger()).welcome("s", "test", None)
    assert "清水镇政务服务中心" in turn.reply


class Bursting(MemoryLedger):
    """A ledger with a fault in its program."""

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("language", "told"), [("zh", "对不住|抱歉"), ("en", "sorry"), ("fr", "sorry")]
)
def test_a_fault_inside_costs_nobody_an_answer(
    language: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    turn = Conversation(open_desk(ledger=Bursting()), language=language).say("居住证要带什么")
    assert re.search(told, turn.reply)
    assert "0000-5550100" in turn.reply
    assert "ZeroDivisionError" not in turn.reply
    assert "ZeroDivisionError" in caplog.text
    assert "居住证" not in caplog.text


def test_a_fault_inside_is_answered_where_the_hall_has_no_phone() -> None:
    bare = Hall(id="bare", name=Text({"zh": "某镇大厅"}))
    turn = Conversation(open_desk(bare, ledger=Bursting())).say("居住证")
    assert turn.reply


def test_a_conversation_kept_by_another_version_is_begun_anew() -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(ledger=ledger))
    ledger.keep(citizen.session, {"topic": "gone/away", "offered": ["x"], "mood": "good"}, AT)
    assert citizen.say("居住证多少钱").topic == "residence/permit"
    assert citizen.say("多少钱").topic == "residence/permit"


# Strange input


@pytest.mark.parametrize("text", ["", " ", "\n\t", "。", "？？？", "\u200b", "😀", "\x00\x07\x1b"])
def test_a_message_without_words_is_asked_back_politely(text: str) -> None:
    turn = Conversation().say(text)
    assert turn.outcome is Outcome.CHOOSE
    assert turn.topic is None
    assert turn.reply


@pytest.mark.parametrize(
    "text",
    ["居住证多少钱 " * 12_000, "办" * 100_000, "a" * 100_000, "1" * 100_000, "不是，" * 33_000],
    ids=["a question again and again", "a character", "a letter", "a digit", "a negation"],
)
def test_a_message_of_a_hundred_thousand_characters_has_an_ending(text: str) -> None:
    turn = Conversation().say(text)
    assert turn.outcome in Outcome
    assert not re.search("对不住|sorry", turn.reply)


def test_a_long_question_is_still_answered() -> None:
    encoder = installed()
    assert encoder
    desk = Desk(Guides((hall(),)), MemoryLedger(), store=VectorStore(encoder))
    text = "您好，麻烦问一下，" + "我们一家五口人都住在镇上，" * 6 + "居住证多少钱"
    assert Conversation(desk).say(text).topic == "residence/permit"


@pytest.mark.parametrize(
    "text",
    [
        "居住证\x00多少钱",
        "居住证\r\n多少钱",
        "\ufeff居住证多少钱",
        "居住证\ud83d多少钱",
        "居\u202e住证多少钱",
    ],
)
def test_controls_and_broken_characters_do_no_harm(text: str) -> None:
    turn = Conversation().say(text)
    assert (turn.topic, turn.about) == ("residence/permit", ("fee",))


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{0}", "{topic}", "%s %d", "'; DROP TABLE turns;--", "../../etc"],
)
def test_text_that_is_code_elsewhere_is_only_text_here(text: str) -> None:
    turn = Conversation().say(text)
    assert not re.search("对不住|sorry", turn.reply)
    assert turn.outcome in Outcome


@pytest.mark.parametrize(
    "choice",
    ["", ":", "nonsense", "about:nonsense", "language:xx", "about:", "0" * 64, "ffffffffffff:fee"],
)
def test_a_button_that_nobody_knows_is_taken_as_its_text(choice: str) -> None:
    turn = Conversation().say("居住证多少钱", choice=choice)
    assert not re.search("对不住|sorry", turn.reply)


@pytest.mark.parametrize(
    "label",
    [
        pytest.param("elsewhere/passport"),
        "residence/permit",
        "journeys/eatery",
    ],
)
def test_a_button_with_a_spoilt_question_does_no_harm(label: str) -> None:
    citizen = Conversation()
    name = {"elsewhere/passport": "护照", "residence/permit": "居住证"}.get(label, "开小吃店")
    citizen.say(name)
    key = next(each.key for each in every_topic() if each.label == label)
    turn = citizen.say("x", choice=f"{key}:nonsense+fee")
    assert turn.topic == label
    assert not re.search("对不住|sorry", turn.reply)


def every_topic() -> list[Topic]:
    return list(Topics((hall(),)))


@given(
    st.text(st.characters() | st.sampled_from("居住证食品带什么多少钱12第二个不是,。"), max_size=60)
)
@settings(max_examples=120, deadline=None)
def test_any_message_has_an_ending(text: str) -> None:
    turn = shared_desk().answer(Message(text=text, session="any", door="test"))
    assert turn.outcome in Outcome
    assert turn.reply
    assert 0 <= turn.confidence <= 1
    assert all(len(each.key.encode()) <= 64 for each in (*turn.choices, *turn.next))
    assert not turn.reply.startswith(("对不住，系统", "I am sorry, something"))


# The menu


@pytest.mark.parametrize(
    ("choice", "outcome", "about", "told"),
    [
        ("about:hall_hours", Outcome.ANSWERED, "hall_hours", "08:30"),
        ("about:hall_place", Outcome.LED, "hall_place", "人民路8号"),
        ("about:hall_services", Outcome.ANSWERED, "hall_services", "居住证申领"),
        ("about:help", Outcome.TALK, "help", "清水镇政务服务中心"),
        ("about:human", Outcome.REGISTERED, "human", "回执号"),
    ],
)
def test_the_keys_of_the_menu(choice: str, outcome: Outcome, about: str, told: str) -> None:
    turn = Conversation().say("", choice=choice)
    assert (turn.outcome, turn.about) == (outcome, (about,))
    assert told in turn.reply


def test_every_button_that_is_offered_can_be_pressed() -> None:
    pressed = 0
    for text in (
        "居住证",
        "食品许可证",
        "我要办护照",
        "开小吃店",
        "你好",
        "2号窗口",
        "你们能办什么",
    ):
        citizen = Conversation()
        turn = citizen.say(text)
        for choice in (*turn.choices, *turn.next):
            after = Conversation().press(choice)
            assert choice.topic is None or after.topic == choice.topic
            assert choice.about is None or choice.about in (*after.about, "notice")
            pressed += 1
    assert pressed > 15


# Several halls


@pytest.fixture(scope="module")
def two() -> Desk:
    return open_desk(hall(), neighbour())


def test_topics_of_several_halls_bear_the_name_of_their_hall(two: Desk) -> None:
    assert Conversation(two).say("食品许可证多少钱").topic == "hall:shops/food"
    assert Conversation(two).say("水库钓鱼要登记吗").topic == "neighbour:residence/fishing"


TWO = "the service of one hall is told as if the other had none"


def test_a_service_that_two_halls_have_is_asked_for_with_its_hall(two: Desk) -> None:
    turn = Conversation(two).say("居住证多少钱")
    assert turn.outcome is Outcome.CHOOSE
    offered = {choice.topic: choice.label for choice in turn.choices}
    assert set(offered) == {"hall:residence/permit", "neighbour:residence/permit"}
    assert "清水镇" in offered["hall:residence/permit"]
    assert "白云镇" in offered["neighbour:residence/permit"]


@pytest.mark.parametrize("answer", ["1", "2"])
def test_the_chosen_hall_answers(two: Desk, answer: str) -> None:
    citizen = Conversation(two)
    first = [choice.topic for choice in citizen.say("居住证多少钱").choices]
    fees = {"hall:residence/permit": "20元", "neighbour:residence/permit": "35元"}
    assert fees[first[int(answer) - 1] or ""] in citizen.say(answer).reply


@pytest.mark.parametrize(
    "answer",
    [
        "白云",
        "白云镇",
        pytest.param("白云镇政务服务中心"),
        "白云的",
    ],
)
def test_a_hall_is_chosen_by_its_name(two: Desk, answer: str) -> None:
    citizen = Conversation(two)
    citizen.say("居住证多少钱")
    assert citizen.say(answer).topic == "neighbour:residence/permit"


def test_a_hall_that_is_named_with_the_service_is_not_asked_for(two: Desk) -> None:
    turn = Conversation(two).say("白云镇的居住证多少钱")
    assert turn.topic == "neighbour:residence/permit"
    assert "35元" in turn.reply


def test_the_hall_once_spoken_of_is_kept(two: Desk) -> None:
    citizen = Conversation(two)
    citizen.say("水库钓鱼登记要钱吗")
    assert citizen.say("那居住证多少钱").topic == "neighbour:residence/permit"


def test_a_question_about_a_hall_is_about_the_one_named(two: Desk) -> None:
    turn = Conversation(two).say("白云政务中心几点上班")
    assert "09:00" in turn.reply


def test_with_one_hall_topics_bear_no_name_of_it() -> None:
    assert Conversation().say("居住证多少钱").topic == "residence/permit"


def test_a_receipt_goes_to_the_hall_spoken_of(two: Desk) -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(hall(), neighbour(), ledger=ledger))
    citizen.say("水库钓鱼登记要钱吗")
    citizen.say(NOBODYS)
    (receipt,) = ledger.taken_down.values()
    assert receipt.hall == "neighbour"


# Many at once


def test_many_citizens_at_once_keep_their_own_conversations() -> None:
    desk = open_desk()
    matters = {"居住证要带什么": "residence/permit", "食品许可证要带什么": "shops/food"}

    def talk(number: int) -> tuple[str, list[Turn]]:
        text = list(matters)[number % 2]
        citizen = Conversation(desk)
        return matters[text], [citizen.say(each) for each in (text, "多少钱", "谢谢", "在哪办")]

    with ThreadPoolExecutor(8) as pool:
        for topic, turns in pool.map(talk, range(40)):
            assert [turn.topic for turn in turns] == [topic, topic, None, topic]


def test_messages_of_one_citizen_at_once_are_each_recorded() -> None:
    ledger = MemoryLedger()
    desk = open_desk(ledger=ledger)

    def say(number: int) -> Turn:
        return desk.answer(Message(text=f"居住证多少钱{number}", session="one", door="test"))

    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(say, range(40)))
    assert {turn.topic for turn in turns} == {"residence/permit"}
    assert len(ledger.entries) == 40


def test_the_guides_are_at_hand_for_the_doors() -> None:
    guides = Guides((hall(),))
    assert Desk(guides, MemoryLedger(), lambda: AT).guides is guides


@pytest.mark.parametrize("text", ["residence permit", "居住证"])
def test_a_matter_that_several_halls_have_is_no_window_of_that_name(text: str) -> None:
    turn = Conversation(open_desk(hall(), neighbour())).say(text)
    assert {choice.topic for choice in turn.choices} == {
        "hall:residence/permit",
        "neighbour:residence/permit",
    }
