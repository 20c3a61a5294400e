"""What every ledger does, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from ledger_samples import ENTRY, LONG_AGO, NOON, RECEIPT

from ledger.records import Entry, Event, Ledger, LedgerError, Notice, NumberTaken

pytest_plugins = ["ledger_fixtures"]
Register = Callable[[], list[Entry]]
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def register(ledger: Ledger) -> Register:
    return lambda: list(ledger.turns(LONG_AGO, LATER))


def test_a_turn_is_registered_with_everything_that_was_said_about_it(
    ledger: Ledger, register: Register
) -> None:
    ledger.record(ENTRY)
    assert register() == [ENTRY]


def test_turns_stand_in_the_order_in_which_they_came(ledger: Ledger, register: Register) -> None:
    texts = [f"第{number}问" for number in range(5)]
    for text in texts:
        ledger.record(replace(ENTRY, text=text))
    assert [entry.text for entry in register()] == texts


def test_a_turn_of_no_hall_topic_or_window_is_registered_too(
    ledger: Ledger, register: Register
) -> None:
    bare = replace(ENTRY, hall=None, topic=None, window=None, about=(), text="")
    ledger.record(bare)
    assert register() == [bare]


def test_a_turn_names_the_receipt_it_ended_in(ledger: Ledger, register: Register) -> None:
    ledger.take_down(RECEIPT)
    ledger.record(replace(ENTRY, receipt=RECEIPT.number))
    assert register()[0].receipt == RECEIPT.number


def test_a_turn_cannot_name_a_receipt_that_nobody_took_down(
    ledger: Ledger, register: Register
) -> None:
    with pytest.raises(LedgerError):
        ledger.record(replace(ENTRY, receipt="XXXXX"))
    assert register() == []


@pytest.mark.parametrize(
    "receipt",
    [
        pytest.param(RECEIPT, id="a question"),
        pytest.param(replace(RECEIPT, due=None), id="no promised time"),
        pytest.param(replace(RECEIPT, topic=None, window=None), id="owner unclear"),
        pytest.param(replace(RECEIPT, kind="complaint", state="closed"), id="a closed complaint"),
        pytest.param(replace(RECEIPT, text="好" * 5000 + "😀'\"\\\n;--"), id="a long odd text"),
    ],
)
def test_a_receipt_is_found_again_by_its_number(ledger: Ledger, receipt: object) -> None:
    assert isinstance(receipt, type(RECEIPT))
    ledger.take_down(receipt)
    assert ledger.receipt(receipt.number) == receipt


def test_an_unknown_number_finds_no_receipt(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    assert ledger.receipt("ZZZZZ") is None


def test_a_number_is_given_out_once_and_the_first_receipt_stays(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    with pytest.raises(NumberTaken):
        ledger.take_down(replace(RECEIPT, text="另一个问题"))
    assert ledger.receipt(RECEIPT.number) == RECEIPT


def test_a_time_of_another_zone_is_the_same_moment(ledger: Ledger) -> None:
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    ledger.take_down(replace(RECEIPT, at=beijing, due=beijing))
    found = ledger.receipt(RECEIPT.number)
    assert found is not None
    assert found.due == NOON
    assert found.at.utcoffset() is not None


def test_nothing_is_known_of_a_new_conversation(ledger: Ledger) -> None:
    assert ledger.conversation("s1") is None


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"topic": "social_card", "language": "zh"},
        {"asked": ["a", "b"], "turn": 3, "sure": 0.5, "human": False, "case": None},
        {"办理": {"步骤": [1, 2, {"三": "😀"}]}},
    ],
    ids=str,
)
def test_a_conversation_is_kept_as_it_was(ledger: Ledger, state: dict[str, object]) -> None:
    ledger.keep("s1", state, NOON)
    assert ledger.conversation("s1") == state


def test_the_last_state_of_a_conversation_replaces_the_one_before(ledger: Ledger) -> None:
    ledger.keep("s1", {"topic": "a", "case": "b"}, NOON)
    ledger.keep("s2", {"topic": "other"}, NOON)
    ledger.keep("s1", {"topic": "c"}, NOON)
    assert ledger.conversation("s1") == {"topic": "c"}
    assert ledger.conversation("s2") == {"topic": "other"}


@pytest.mark.parametrize(
    ("before", "left"),
    [
        (NOON, {"old", "new"}),
        (NOON + timedelta(seconds=1), {"new"}),
        (NOON + timedelta(days=2), set()),
    ],
    ids=["none is older", "one is older", "both are older"],
)
def test_conversations_are_forgotten_when_they_are_old(
    ledger: Ledger, before: datetime, left: set[str]
) -> None:
    ledger.keep("old", {}, NOON)
    ledger.keep("new", {}, NOON + timedelta(days=1))
    assert ledger.forget(before, LONG_AGO, LONG_AGO) == 2 - len(left)
    assert {name for name in ("old", "new") if ledger.conversation(name) is not None} == left


def test_a_conversation_that_goes_on_is_not_old(ledger: Ledger) -> None:
    ledger.keep("s1", {"turn": 1}, NOON)
    ledger.keep("s1", {"turn": 2}, NOON + timedelta(days=1))
    assert ledger.forget(NOON + timedelta(hours=1), LONG_AGO, LONG_AGO) == 0
    assert ledger.conversation("s1") == {"turn": 2}


def test_a_notice_is_dropped_at_its_own_address_only(ledger: Ledger) -> None:
    told = [Notice(to=to, at=NOON, kind="taken", text="有人办了") for to in ("web:a", "web:b")]
    event = Event(receipt=RECEIPT.number, at=NOON, kind="taken_down", by="citizen")
    ledger.take_down(RECEIPT, event, told)
    (first,), (second,) = (ledger.claim(each.to, NOON, NOON) for each in told)
    ledger.sent("web:a", [first.id, second.id])
    assert ledger.claim("web:a", NOON, NOON) == []
    assert ledger.claim("web:b", NOON, NOON) == [second]


def test_a_receipt_that_is_closed_loses_its_contact(ledger: Ledger) -> None:
    ledger.take_down(RECEIPT)
    ledger.put_contact(RECEIPT.number, "secret")
    event = Event(receipt=RECEIPT.number, at=NOON, kind="answered", by="王")
    assert ledger.change(RECEIPT.number, ("open",), {"state": "answered"}, event)
    assert ledger.contact(RECEIPT.number) == "secret"
    closed = {"state": "closed", "closed_at": NOON}
    assert not ledger.change(RECEIPT.number, ("open",), closed, event)
    assert ledger.contact(RECEIPT.number) == "secret"
    assert ledger.change(RECEIPT.number, ("answered",), closed, event)
    assert ledger.contact(RECEIPT.number) is None
