"""Handling: what clerks do with a receipt, and what the citizen hears of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hall_desk import AT, Conversation
from service_hall import NOBODYS, Office

from desk.message import Turn
from desk.receipts.cards import Done
from desk.receipts.handling import Handling
from ledger.database import DatabaseLedger
from ledger.memory import MemoryLedger

DAY = timedelta(days=1)
Does = Callable[[Handling, str], Done]

TAKE: Does = lambda handling, number: handling.take(number, "李")  # noqa: E731
PASS: Does = lambda handling, number: handling.pass_on(number, "李", "2", "属于居住")  # noqa: E731
ANSWER: Does = lambda handling, number: handling.answer(number, "李", "请到社区")  # noqa: E731
NOT_OURS: Does = lambda handling, number: handling.not_ours(  # noqa: E731
    number, "李", "县城管局 依据 噪声法第五条。"
)
REFUSE: Does = lambda handling, number: handling.refuse(  # noqa: E731
    number, "李", "年龄不到", "优待办法第二条"
)
EXTEND: Does = lambda handling, number: handling.extend(  # noqa: E731
    number, "李", AT + 3 * DAY, "等上级答复"
)


def asked(office: Office) -> tuple[Conversation, Turn, str]:
    """A citizen whose question was taken down, and its number."""
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    office.told("staff:w1")
    return citizen, turn, turn.receipt or ""


@pytest.mark.parametrize(
    ("does", "state", "window", "event", "told"),
    [
        pytest.param(TAKE, "taken", "1", "taken", ["1号窗口"], id="take"),
        pytest.param(PASS, "open", "2", "passed", ["2号窗口", "属于居住"], id="pass"),
        pytest.param(ANSWER, "answered", "1", "answered", ["请到社区", "解决"], id="answer"),
        pytest.param(
            NOT_OURS,
            "answered",
            "1",
            "not_ours",
            ["由县城管局办理。\n依据：噪声法第五条。"],
            id="not ours",
        ),
        pytest.param(
            REFUSE,
            "answered",
            "1",
            "refused",
            [
                "原因：年龄不到。\n依据：优待办法第二条。",
                "投诉，电话 0000-5550109，也可以申请行政复议",
            ],
            id="refuse",
        ),
        pytest.param(EXTEND, "open", "1", "extended", ["11月26日", "等上级答复"], id="extend"),
    ],
)
def test_each_act_changes_the_receipt_and_is_told_to_the_citizen(
    does: Does, state: str, window: str, event: str, told: list[str]
) -> None:
    office = Office()
    citizen, turn, number = asked(office)
    done = does(office.handling, number)
    assert done.done
    assert number in done.text
    receipt = office.receipt(turn)
    assert (receipt.state, receipt.window) == (state, window)
    assert office.events(turn) == ["taken_down", event]
    (notice,) = office.told(citizen.session)
    assert [each for each in (number, *told) if each not in notice.text] == []
    assert bool(notice.choices) == (state == "answered")


@pytest.mark.parametrize(
    ("does", "said"),
    [
        (lambda h, n: h.take("ZZZZZ2", "李"), "没有这个回执号"),
        (lambda h, n: h.pass_on("ZZZZZ2", "李", "2", "因为"), "没有这个回执号"),
        (lambda h, n: h.answer("ZZZZZ2", "李", "好"), "没有这个回执号"),
        (lambda h, n: h.not_ours("ZZZZZ2", "李", "县局"), "没有这个回执号"),
        (lambda h, n: h.refuse("ZZZZZ2", "李", "年龄不到"), "没有这个回执号"),
        (lambda h, n: h.extend("ZZZZZ2", "李", AT + 9 * DAY, "因为"), "没有这个回执号"),
        (lambda h, n: h.pass_on(n, "李", "9", "因为"), "1 2 3 A4"),
        (lambda h, n: h.pass_on(n, "李", "1", "因为"), "本来就在"),
        (lambda h, n: h.pass_on(n, "李", "2", " "), "原因"),
        (lambda h, n: h.answer(n, "李", "  \n"), "空的"),
        (lambda h, n: h.not_ours(n, "李", ""), "哪个部门"),
        (lambda h, n: h.not_ours(n, "李", "县局"), "请写明依据"),
        (lambda h, n: h.not_ours(n, "李", "县局", " "), "请写明依据"),
        (lambda h, n: h.refuse(n, "李", "年龄不到"), "请写明依据"),
        (lambda h, n: h.refuse(n, "李", "", "优待办法第二条"), "请写明原因"),
        (lambda h, n: h.extend(n, "李", AT + 3 * DAY, " "), "原因"),
        (lambda h, n: h.extend(n, "李", AT + DAY / 2, "等"), "要比原来的晚"),
    ],
)
def test_what_lacks_something_is_refused_in_words_and_changes_nothing(
    does: Does, said: str
) -> None:
    office = Office()
    citizen, turn, number = asked(office)
    before = office.receipt(turn)
    done = does(office.handling, number)
    assert not done.done
    assert said in done.text
    assert office.receipt(turn) == before
    assert office.events(turn) == ["taken_down"]
    assert office.told(citizen.session) == []


@pytest.mark.parametrize("does", [TAKE, PASS, ANSWER, NOT_OURS, REFUSE, EXTEND])
def test_what_was_answered_is_answered_once(does: Does) -> None:
    office = Office()
    _, turn, number = asked(office)
    office.handling.answer(number, "王", "先答了")
    done = does(office.handling, number)
    assert (done.done, "已经答复过了" in done.text) == (False, True)
    assert office.receipt(turn).taker == "王"


def test_a_receipt_that_is_late_cannot_be_extended() -> None:
    office = Office()
    _, turn, number = asked(office)
    office.at = AT + 2 * DAY
    done = office.handling.extend(number, "李", AT + 9 * DAY, "来不及")
    assert (done.done, "不能再延" in done.text) == (False, True)
    assert office.receipt(turn).due < office.at  # type: ignore[operator]


def test_an_extension_begins_the_reminders_anew() -> None:
    office = Office()
    _, turn, number = asked(office)
    office.at = AT + DAY
    office.desk.keep_up()
    due = AT + 5 * DAY
    assert office.handling.extend(number, "李", due, "等上级答复").done
    receipt = office.receipt(turn)
    assert (receipt.due, receipt.reminders) == (due, 0)
    assert receipt.remind_at is not None
    assert office.at < receipt.remind_at < due


def test_the_window_it_goes_to_hears_the_reason_and_nobody_has_taken_it_there() -> None:
    office = Office()
    _, turn, number = asked(office)
    office.handling.take(number, "李")
    office.handling.pass_on(number, "李", "2", "属于居住，群众电话13800138000")
    receipt = office.receipt(turn)
    assert (receipt.state, receipt.taker, receipt.window) == ("open", None, "2")
    (notice,) = office.told("staff:w2")
    assert "属于居住" in notice.text
    assert NOBODYS in notice.text
    assert "13800138000" not in notice.text


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_of_several_who_take_it_at_once_one_wins_and_the_others_hear_who(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("ledger") / "ledger.db"
    ledger = MemoryLedger() if kind == "memory" else DatabaseLedger.open(f"sqlite:///{file}", 60)
    office = Office(ledger=ledger)
    citizen, turn, number = asked(office)
    names = [f"{n}号" for n in range(6)]
    with ThreadPoolExecutor(6) as pool:
        done = [*pool.map(lambda who: office.handling.take(number, who), names)]
    taker = office.receipt(turn).taker
    assert [name for name, each in zip(names, done, strict=True) if each.done] == [taker]
    assert all(f"已经由{taker}在办" in each.text for each in done if not each.done)
    assert office.kinds(citizen.session) == ["taken"]
    if isinstance(ledger, DatabaseLedger):
        ledger.close()


def test_no_clerk_is_named_to_the_citizen() -> None:
    office = Office()
    citizen, _, number = asked(office)
    office.handling.take(number, "欧阳")
    office.handling.answer(number, "欧阳", "请到社区")
    letters = [each.text for each in office.told(citizen.session)]
    assert "欧阳" not in "".join([*letters, citizen.say(number).reply])


def test_a_card_shows_what_was_asked_before_and_the_late_are_marked() -> None:
    office = Office()
    citizen = office.citizen()
    citizen.say("居住证要带什么")
    citizen.say(NOBODYS)
    (card,) = office.handling.cards()
    told = "\n".join(card.lines)
    assert [
        each for each in (NOBODYS, "居住证要带什么", "1号窗口", "11月24日") if each not in told
    ] == []
    pressed = [key.partition(":")[0] for key, _ in card.actions]
    assert pressed == ["take", "pass", "not_ours", "refuse"]
    assert not card.late
    office.at = AT + 2 * DAY
    (card,) = office.handling.cards()
    assert card.late


def test_cards_are_shown_by_window_and_none_of_what_is_answered() -> None:
    office = Office()
    citizen = office.citizen()
    citizen.say("居住证要带什么")
    first, second = citizen.say("没解决"), office.citizen().say(NOBODYS)
    numbers = [each.receipt.number for each in office.handling.cards({"hall": ["2"]})]
    assert numbers == [first.receipt]
    office.handling.answer(first.receipt or "", "李", "好")
    assert [each.receipt.number for each in office.handling.cards()] == [second.receipt]
    card = office.handling.card(first.receipt or "")
    assert card is not None
    assert card.actions == ()


def test_whom_nobody_knows_nothing_is_sent_and_the_clerk_hears_so() -> None:
    office = Office()
    turn = office.citizen().say("匿名投诉2号窗口态度差")
    done = office.handling.answer(turn.receipt or "", "李", "已经处理")
    assert (done.done, "没有留名" in done.text) == (True, True)


def test_a_hall_that_is_no_longer_in_the_guides_does_not_hide_its_receipts() -> None:
    office = Office()
    _, turn, number = asked(office)
    gone = replace(office.receipt(turn), number="AAAAA2", hall="gone")
    office.ledger.take_down(gone)
    assert {each.receipt.number for each in office.handling.cards()} == {number, "AAAAA2"}
    assert office.handling.answer("AAAAA2", "李", "好").done


@pytest.mark.parametrize(
    ("written", "authority", "basis"),
    [
        ("县城管局，电话 110 依据 噪声法第五条", "县城管局，电话 110", "噪声法第五条"),
        ("县城管局\n依据：噪声法第五条。", "县城管局", "噪声法第五条"),
        ("没有根据地说，县城管局。依据: 甲 依据 乙", "没有根据地说，县城管局", "甲 依据 乙"),
        ("City police, 110 basis Noise Act, s. 5", "City police, 110", "Noise Act, s. 5"),
    ],
)
def test_the_rule_stands_behind_its_word(written: str, authority: str, basis: str) -> None:
    office = Office()
    citizen, turn, number = asked(office)
    assert office.handling.not_ours(number, "李", written).done
    *_, event = office.ledger.events(number)
    assert (event.text, event.basis) == (authority, basis)
    assert basis in citizen.say(turn.receipt or "").reply
