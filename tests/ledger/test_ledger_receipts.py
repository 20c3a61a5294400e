"""Receipts, notices, ratings and erasure: what every ledger does, whichever it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from ledger_samples import ENTRY, LONG_AGO, NOON, RECEIPT

from ledger.records import (
    OPEN,
    STATES,
    Event,
    Ledger,
    LedgerError,
    Notice,
    NumberTaken,
    Rating,
    Receipt,
)

pytest_plugins = ["ledger_fixtures"]
HOUR = timedelta(hours=1)
NUMBER = RECEIPT.number
TAKEN = Event(receipt=NUMBER, at=NOON + HOUR, kind="taken", by="Li", window="5")
NOTICE = Notice(
    to="telegram:7",
    at=NOON,
    kind="answered",
    text="三号窗口答复您",
    receipt=NUMBER,
    choices=(("settled:K7M4Q", "解决了"), ("unsettled:K7M4Q", "没解决")),
)
RATING = Rating(
    at=NOON, hall="taiping", session="s1", window="5", topic="pension", receipt=NUMBER, level=2
)


def told(ledger: Ledger, to: str = "") -> list[str]:
    """The texts of the notices that wait for somebody, as they are given out."""
    return [each.text for each in ledger.claim(to, NOON, LONG_AGO)]


def numbers(found: Any) -> list[str]:
    return [each.number for each in found]


# Taking down, changing


def test_taking_down_writes_the_event_and_the_notices_with_the_receipt(ledger: Ledger) -> None:
    first = Event(receipt=NUMBER, at=NOON, kind="taken_down", by="citizen", due=RECEIPT.due)
    ledger.take_down(RECEIPT, first, [NOTICE])
    assert list(ledger.events(NUMBER)) == [first]
    assert told(ledger) == [NOTICE.text]


def test_a_number_that_is_taken_leaves_no_event_and_no_notice(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    with pytest.raises(NumberTaken):
        ledger.take_down(replace(RECEIPT, text="另一个"), TAKEN, [NOTICE])
    assert list(ledger.events(NUMBER)) == []
    assert told(ledger) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("wanted", [("open",), OPEN, ("answered", "closed"), ()], ids=str)
def test_a_receipt_changes_only_from_the_states_that_are_named(
    ledger: Ledger, state: str, wanted: tuple[str, ...]
) -> None:
    ledger.take_down(replace(RECEIPT, state=state))
    changed = ledger.change(NUMBER, wanted, {"state": "taken", "taker": "Li"}, TAKEN, [NOTICE])
    after = ledger.receipt(NUMBER)
    assert changed is (state in wanted)
    assert after == replace(
        RECEIPT, state="taken" if changed else state, taker="Li" if changed else None
    )
    assert list(ledger.events(NUMBER)) == [TAKEN] * changed
    assert told(ledger) == [NOTICE.text] * changed


def test_a_receipt_that_is_not_there_is_not_changed(ledger: Ledger) -> None:
    assert ledger.change("ZZZZZ", STATES, {"state": "taken"}, TAKEN) is False
    assert list(ledger.events("ZZZZZ")) == []


@pytest.mark.parametrize(("had", "expected", "changed"), [(0, 0, True), (1, 0, False)])
def test_a_reminder_counts_only_after_as_many_as_were_expected(
    ledger: Ledger, had: int, expected: int, changed: bool
) -> None:
    ledger.take_down(replace(RECEIPT, reminders=had))
    done = ledger.change(NUMBER, OPEN, {"reminders": expected + 1}, TAKEN, reminders=expected)
    found = ledger.receipt(NUMBER)
    assert (done, found and found.reminders) == (changed, 1)


def test_events_stand_in_the_order_in_which_they_happened(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    ledger.take_down(replace(RECEIPT, number="OTHER"))
    for kind in ("taken", "passed", "extended"):
        due = RECEIPT.due if kind == "extended" else None
        event = replace(TAKEN, kind=kind, text=f"因为{kind}", due=due)
        assert ledger.change(NUMBER, OPEN, {"taker": "Li"}, event)
    happened = ledger.events(NUMBER)
    assert [each.kind for each in happened] == ["taken", "passed", "extended"]
    assert happened[2].due == RECEIPT.due


@pytest.mark.parametrize("times", [2, 8])
def test_of_many_who_take_at_once_one_wins(ledger: Ledger, times: int) -> None:
    ledger.take_down(RECEIPT)

    def take(who: str) -> bool:
        values = {"state": "taken", "taker": who}
        return ledger.change(NUMBER, ("open",), values, replace(TAKEN, by=who), [NOTICE])

    names = [f"clerk {number}" for number in range(times)]
    with ThreadPoolExecutor(times) as pool:
        won = [who for who, done in zip(names, pool.map(take, names), strict=True) if done]
    found = ledger.receipt(NUMBER)
    assert found is not None
    assert won == [found.taker]
    assert [each.by for each in ledger.events(NUMBER)] == won
    assert len(told(ledger)) == 1


# Finding


def test_receipts_are_found_by_state_and_citizen_those_due_first_first(ledger: Ledger) -> None:
    rows = [
        ("late", "open", "s1", 1),
        ("never", "open", "s1", None),
        ("soon", "taken", "s2", 2),
        ("again", "reopened", "s1", 3),
        ("done", "answered", "s1", 0),
        ("over", "closed", "s2", 0),
    ]
    for number, state, session, due in rows[::-1]:
        at = None if due is None else NOON + due * HOUR
        ledger.take_down(replace(RECEIPT, number=number, state=state, session=session, due=at))
    assert numbers(ledger.receipts()) == ["late", "soon", "again", "never"]
    assert numbers(ledger.receipts(session="s1")) == ["late", "again", "never"]
    assert set(numbers(ledger.receipts(("answered", "closed")))) == {"done", "over"}
    assert len(ledger.receipts(STATES)) == len(rows)
    assert numbers(ledger.receipts((), "s1")) == []


def test_a_receipt_is_found_by_the_message_it_came_from(ledger: Ledger) -> None:
    known = replace(RECEIPT, message="m7")
    ledger.take_down(known)
    ledger.take_down(replace(RECEIPT, number="OTHER"))
    assert ledger.receipt_for("s1", "m7") == known
    assert ledger.receipt_for("s2", "m7") is None
    assert ledger.receipt_for("s1", "m8") is None


@pytest.mark.parametrize(
    ("changes", "is_due"),
    [
        ({}, True),
        ({"remind_at": NOON - HOUR}, True),
        ({"remind_at": NOON + HOUR}, False),
        ({"remind_at": None}, False),
        ({"state": "taken"}, True),
        ({"state": "reopened"}, True),
        ({"state": "answered"}, False),
        ({"state": "closed"}, False),
    ],
    ids=str,
)
def test_what_is_open_and_past_its_reminder_is_due(
    ledger: Ledger, changes: dict[str, Any], is_due: bool
) -> None:
    ledger.take_down(replace(RECEIPT, **{"remind_at": NOON, **changes}))
    assert numbers(ledger.due(NOON)) == [NUMBER] * is_due


def test_the_turns_of_a_time_and_of_a_conversation_are_found_oldest_first(ledger: Ledger) -> None:
    for number in range(6):
        session = "s1" if number % 2 else "s2"
        entry = replace(ENTRY, at=NOON + number * HOUR, text=str(number), session=session)
        ledger.record(entry)
    assert [each.text for each in ledger.turns(NOON + HOUR, NOON + 4 * HOUR)] == ["1", "2", "3"]
    assert [each.text for each in ledger.turns_of("s1", 2)] == ["3", "5"]
    assert list(ledger.turns_of("s3", 2)) == []


# A message that comes a second time


def test_the_answer_to_a_message_is_kept_until_it_was_told(ledger: Ledger) -> None:
    answered = replace(ENTRY, message="m1", reply={"reply": "您好", "next": [{"key": "a"}]})
    ledger.record(answered)
    assert ledger.answered("s1", "m1") == answered
    assert ledger.answered("s2", "m1") is None
    ledger.told("s1", "m1")
    assert ledger.answered("s1", "m1") == replace(answered, reply=None)


# Notices


def test_a_notice_comes_out_as_it_went_in(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT, notices=[NOTICE])
    (found,) = ledger.claim("telegram:", NOON, LONG_AGO)
    assert replace(found, id=0) == NOTICE


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("telegram:", ["a", "b"]),
        ("telegram:7", ["a"]),
        ("telegram", []),
        ("TELEGRAM:", []),
        ("staff:", ["c", "d"]),
        ("staff:X", ["d"]),
        ("%", []),
        ("web:a_b", ["e"]),
        ("", ["a", "b", "c", "d", "e", "f"]),
    ],
)
def test_notices_are_claimed_by_address_or_kind(ledger: Ledger, to: str, found: list[str]) -> None:
    addresses = ("telegram:7", "telegram:8", "staff:x", "staff:X", "web:a_b", "web:acb")
    notices = [
        replace(NOTICE, to=each, text=text) for each, text in zip(addresses, "abcdef", strict=True)
    ]
    ledger.take_down(RECEIPT, notices=notices)
    assert told(ledger, to) == found


def test_a_notice_is_given_out_once_and_again_if_it_was_not_carried(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT, notices=[NOTICE, replace(NOTICE, text="第二封")])
    first, second = ledger.claim("telegram:", NOON, NOON - HOUR)
    assert list(ledger.claim("telegram:", NOON + HOUR / 2, NOON - HOUR / 2)) == []
    ledger.sent(first.to, [first.id])
    (again,) = ledger.claim("telegram:", NOON + HOUR, NOON)
    assert again == second
    ledger.sent(again.to, [again.id])
    assert list(ledger.claim("telegram:", NOON + 9 * HOUR, NOON + 8 * HOUR)) == []


def test_of_many_carriers_each_notice_is_given_to_one(ledger: Ledger) -> None:
    texts = [f"第{number}封" for number in range(30)]
    ledger.take_down(RECEIPT, notices=[replace(NOTICE, text=text) for text in texts])
    with ThreadPoolExecutor(6) as pool:
        given = [*pool.map(lambda _: told(ledger, "telegram:"), range(6))]
    assert sorted(text for each in given for text in each) == sorted(texts)


# Ratings and contacts


def test_ratings_of_a_time_are_found(ledger: Ledger) -> None:
    ratings = [replace(RATING, at=NOON + n * HOUR, level=n + 1) for n in range(4)]
    for each in ratings:
        ledger.rate(each)
    assert list(ledger.ratings(NOON + HOUR, NOON + 3 * HOUR)) == ratings[1:3]


def test_a_contact_belongs_to_a_receipt_and_the_last_one_counts(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    assert ledger.contact(NUMBER) is None
    for secret in ("first", "second"):
        ledger.put_contact(NUMBER, secret)
    assert ledger.contact(NUMBER) == "second"
    with pytest.raises(LedgerError):
        ledger.put_contact("ZZZZZ", "nobody's")


# Erasing and forgetting


def fill(ledger: Ledger, session: str, mark: str) -> Receipt:
    """All that can belong to a citizen; gives the open receipt."""
    open_ = replace(RECEIPT, number=f"{mark}open", session=session, message=f"{mark}m")
    closed = replace(open_, number=f"{mark}done", state="answered", message=None, closed_at=NOON)
    for each in (open_, closed):
        note = replace(NOTICE, to=session, receipt=each.number)
        staff = replace(NOTICE, to="staff:5", receipt=each.number, text=f"给窗口 {each.number}")
        ledger.take_down(each, replace(TAKEN, receipt=each.number), [note, staff])
        ledger.put_contact(each.number, "secret")
        ledger.record(replace(ENTRY, session=session, receipt=each.number))
    ledger.keep(session, {"topic": "pension"}, NOON)
    ledger.rate(replace(RATING, session=session))
    return open_


def test_erasing_takes_all_of_one_citizen_and_nothing_of_another(ledger: Ledger) -> None:
    mine, yours = fill(ledger, "s1", "a"), fill(ledger, "s2", "b")
    assert ledger.erase("s1") == 5
    assert list(ledger.turns_of("s1", 9)) == []
    assert ledger.conversation("s1") is None
    assert [each.session for each in ledger.ratings(NOON, NOON + HOUR)] == ["s2"]
    assert ledger.receipt(mine.number) == replace(mine, session="", message=None)
    assert ledger.receipt("adone") is None
    assert (ledger.contact(mine.number), ledger.contact("adone")) == (None, None)
    assert list(ledger.events("adone")) == []
    assert len(ledger.events(mine.number)) == 1
    assert told(ledger, "s1") == []
    assert told(ledger, "staff:") == ["给窗口 aopen", "给窗口 bopen", "给窗口 bdone"]
    assert ledger.receipt(yours.number) == yours
    assert ledger.contact(yours.number) == "secret"
    assert len(ledger.turns_of("s2", 9)) == 2
    assert ledger.conversation("s2") == {"topic": "pension"}
    assert ledger.erase("s1") == 0


@pytest.mark.parametrize(
    ("state", "closed_at", "stays"),
    [
        ("open", None, True),
        ("taken", None, True),
        ("reopened", NOON, True),
        ("answered", NOON, False),
        ("closed", NOON, False),
        ("closed", NOON + 2 * HOUR, True),
    ],
)
def test_a_receipt_is_forgotten_by_its_closing_and_never_while_it_is_open(
    ledger: Ledger, state: str, closed_at: Any, stays: bool
) -> None:
    ledger.take_down(replace(RECEIPT, state=state, closed_at=closed_at), TAKEN)
    ledger.put_contact(NUMBER, "secret")
    assert ledger.forget(LONG_AGO, LONG_AGO, NOON + HOUR) == (not stays)
    assert (ledger.receipt(NUMBER) is not None) == stays
    assert (ledger.contact(NUMBER) is not None) == stays
    assert len(ledger.events(NUMBER)) == stays


def test_turns_and_notices_are_forgotten_by_their_time(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    for at in (NOON, NOON + 2 * HOUR):
        ledger.record(replace(ENTRY, at=at))
        assert ledger.change(NUMBER, OPEN, {}, TAKEN, [replace(NOTICE, at=at)])
    assert ledger.forget(LONG_AGO, NOON + HOUR, LONG_AGO) == 2
    turns, notices = ledger.turns(NOON, NOON + 9 * HOUR), ledger.claim("", NOON, NOON)
    assert [each.at for each in turns] == [each.at for each in notices] == [NOON + 2 * HOUR]


def test_an_old_rating_stays_but_tells_no_longer_whose_it_is(ledger: Ledger) -> None:
    ledger.rate(RATING)
    assert ledger.forget(LONG_AGO, NOON + HOUR, LONG_AGO) == 0
    assert list(ledger.ratings(NOON, NOON + HOUR)) == [replace(RATING, session="")]
