"""Reminders: at half of the term, at its end, then to those above; each once, whoever asks."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hall_desk import AT
from service_hall import NOBODYS, Office, staffed

from ledger.database import DatabaseLedger, file_url
from ledger.records import OPEN, Event

ROOT = Path(__file__).parents[2]
END = datetime(2026, 11, 24, 17, 30, tzinfo=AT.tzinfo)
ABOVE = datetime(2026, 11, 25, 9, 30, tzinfo=AT.tzinfo)
"""A working hour after the end."""


def test_clerks_then_citizen_then_those_above_are_told_each_once() -> None:
    office = Office()
    citizen = office.citizen()
    citizen.say("居住证要带什么")
    turn = citizen.say("没解决")
    office.told("staff:w2")
    seen: list[tuple[datetime, str, str]] = []
    moment = AT
    while moment < AT + timedelta(days=5):
        office.at = moment
        office.desk.keep_up()
        for to in ("staff:w1", "staff:w2", "staff:head", citizen.session):
            seen += [(moment, to, kind) for kind in office.kinds(to)]
        moment += timedelta(minutes=30)
    assert [each[1:] for each in seen] == [
        ("staff:w2", "half"),
        ("staff:w2", "late"),
        (citizen.session, "late"),
        ("staff:w1", "escalated"),
        ("staff:head", "escalated"),
    ]
    half, *end, above, _ = [at for at, _, _ in seen]
    assert AT < half < END
    assert end == [END, END]
    assert above == ABOVE
    assert office.events(turn) == ["taken_down", "half", "late", "escalated"]


@pytest.mark.parametrize("to", ["1", "2"])
def test_the_late_citizen_hears_that_it_is_late_and_who_is_pressed(to: str) -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    if to != "1":
        office.handling.pass_on(turn.receipt or "", "李", to, "属于居住")
        office.told(citizen.session)
    office.at = END
    office.desk.keep_up()
    (letter,) = office.told(citizen.session)
    assert str(turn.receipt) in letter.text
    assert f"{to}号窗口" in letter.text
    office.at = END + timedelta(minutes=1)
    assert "过了说好的时间" in citizen.say(str(turn.receipt)).reply


@pytest.mark.parametrize(
    "settle",
    [
        lambda office, number: office.handling.answer(number, "李", "好"),
        lambda office, number: office.handling.not_ours(number, "李", "县局", "噪声法第五条"),
        lambda office, number: office.handling.refuse(number, "李", "年龄不到", "优待办法第二条"),
    ],
)
def test_nobody_is_reminded_of_what_is_answered(settle: object) -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    settle(office, turn.receipt)  # type: ignore[operator]
    office.at = AT + timedelta(days=9)
    assert office.desk.keep_up() == 0


def test_what_is_taken_is_reminded_of_all_the_same() -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    office.handling.take(turn.receipt or "", "李")
    for day in range(1, 5):
        office.at = AT + timedelta(days=day)
        office.desk.keep_up()
    assert office.events(turn) == ["taken_down", "taken", "half", "late", "escalated"]


def test_after_a_long_sleep_the_half_is_left_out() -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    office.at = AT + timedelta(days=9)
    assert [office.desk.keep_up() for _ in range(3)] == [1, 1, 0]
    assert office.events(turn) == ["taken_down", "late", "escalated"]


def test_an_extension_moves_the_reminders() -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    office.handling.extend(turn.receipt or "", "李", AT + timedelta(days=9), "等上级")
    office.at = END
    assert office.desk.keep_up() == 0
    office.at = AT + timedelta(days=9)
    office.desk.keep_up()
    assert office.events(turn)[-1] == "late"


def test_a_reopened_question_has_a_new_term_and_new_reminders() -> None:
    office = Office()
    citizen = office.citizen()
    turn = citizen.say(NOBODYS)
    office.at = END
    office.desk.keep_up()
    office.handling.answer(turn.receipt or "", "李", "好了")
    citizen.say("没解决")
    receipt = office.receipt(turn)
    assert (receipt.state, receipt.reminders, receipt.closed_at) == ("reopened", 0, None)
    assert receipt.due is not None
    assert receipt.due > END
    office.at = receipt.due
    office.desk.keep_up()
    assert office.events(turn)[-1] == "late"


def test_where_there_is_nobody_above_the_clerks_themselves_are_told_once_more() -> None:
    office = Office(staffed(head=None))
    office.citizen().say(NOBODYS)
    for day in range(1, 5):
        office.at = AT + timedelta(days=day)
        office.desk.keep_up()
    assert office.kinds("staff:w1") == ["new", "half", "late", "escalated"]


@pytest.mark.parametrize("facts", [{"hours": ()}, {"windows": ()}])
def test_a_hall_without_hours_or_windows_is_reminded_too(facts: dict[str, object]) -> None:
    office = Office(staffed(**facts))  # type: ignore[arg-type]
    turn = office.citizen().say(NOBODYS)
    for day in range(1, 6):
        office.at = AT + timedelta(days=day)
        office.desk.keep_up()
    assert office.events(turn)[1:] == ["half", "late", "escalated"]


PROCESS = """
import sys
sys.path[:0] = [".", "tests/desk"]
from datetime import timedelta
from hall_desk import AT
from service_hall import Office
from ledger.database import DatabaseLedger
office = Office(ledger=DatabaseLedger.open(sys.argv[1], 60))
sys.stdin.readline()
for hours in range(0, 96, 2):
    office.at = AT + timedelta(hours=hours)
    office.desk.keep_up()
"""


def test_of_two_processes_and_after_a_restart_each_reminder_is_given_once(tmp_path: Path) -> None:
    url = file_url(tmp_path / "ledger.db")
    ledger = DatabaseLedger.open(url, 60)
    office = Office(ledger=ledger)
    turns = [office.citizen().say(f"{NOBODYS}，第{n}天了") for n in range(10)]
    command = [sys.executable, "-W", "error", "-c", PROCESS, url]
    running = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE) for _ in range(2)
    ]
    for process in running:
        process.communicate("begin\n", timeout=120)
        assert process.returncode == 0
    office.at = AT + timedelta(days=9)
    assert office.desk.keep_up() == 0
    for turn in turns:
        assert office.events(turn) == ["taken_down", "half", "late", "escalated"]
    assert len(office.told("staff:head")) == len(turns)
    ledger.close()


def test_a_receipt_that_changes_hands_meanwhile_is_reminded_of_once() -> None:
    office = Office()
    turn = office.citizen().say(NOBODYS)
    office.at = AT + timedelta(days=1)
    event = Event(receipt=turn.receipt or "", at=office.at, kind="half", by="clock")
    assert office.ledger.change(event.receipt, OPEN, {"reminders": 1}, event, reminders=0)
    assert not office.ledger.change(event.receipt, OPEN, {"reminders": 1}, event, reminders=0)
