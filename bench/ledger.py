"""What the ledger costs: a desk with a full SQLite ledger beside the same desk without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.speed import desk_on
from bench.times import middle_and_worst, timed
from desk.desk import Desk
from desk.message import Message
from desk.receipts.numbers import new_number
from facts.guides import read_guides
from ledger.database import DatabaseLedger, file_url
from ledger.memory import MemoryLedger
from ledger.records import Entry, Ledger, Receipt

TURNS, RECEIPTS = 100_000, 10_000
DUE = 20
"""Receipts of which somebody is to be reminded."""
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def measure(folder: Path) -> None:
    """Print the milliseconds a message, with the ledger and without, and those of reminders."""
    guides = read_guides(folder, questions=True)
    questions = [text for hall in guides.questions.values() for each in hall for text in each.ask]
    print(f"Ledger: SQLite with {TURNS} turns and {RECEIPTS} open receipts")
    with TemporaryDirectory() as home:
        ledger = DatabaseLedger.open(file_url(Path(home) / "bench.db"))
        _, filling = timed(_fill, ledger)
        print(f"filled in {filling:.0f} s\n{'':32}{'ms p50':>9}{'p99':>9}")
        without, with_ledger = (
            _milliseconds(desk_on(guides, each), questions) for each in (MemoryLedger(), ledger)
        )
        for name, times in (("a message, no ledger", without), ("a message, ledger", with_ledger)):
            middle, worst = middle_and_worst(times)
            print(f"{name:32}{middle:9.2f}{worst:9.2f}")
        middle, worst = middle_and_worst(
            [kept - plain for plain, kept in zip(without, with_ledger, strict=True)]
        )
        print(f"{'the ledger, message by message':32}{middle:9.2f}{worst:9.2f}")
        times = [1000 * timed(ledger.due, NOW)[1] for _ in range(100)]
        middle, worst = middle_and_worst(times)
        print(f"{'reminders that are due':32}{middle:9.2f}{worst:9.2f}   ({DUE} of {RECEIPTS})")
        ledger.close()


def _milliseconds(desk: Desk, questions: list[str]) -> list[float]:
    desk.warm_up()
    messages = (
        Message(text=text, session=f"bench {n % 50}", door="bench", id=str(n))
        for n, text in enumerate(questions)
    )
    return [1000 * timed(desk.answer, each)[1] for each in messages]


def _fill(ledger: Ledger) -> None:
    for receipt in _receipts():
        ledger.take_down(receipt)
    entry = Entry(
        at=NOW,
        hall="taiping",
        door="web",
        session="",
        language="zh",
        text="办低保要带什么",
        outcome="answered",
        topic="civil-affairs/dibao",
        case=None,
        about=("materials",),
        window="3",
        confidence=0.9,
        milliseconds=2.0,
    )
    for number in range(TURNS):
        at = NOW - timedelta(minutes=TURNS - number)
        state = {"topic": entry.topic, "about": ["materials"]}
        ledger.record(replace(entry, at=at, session=f"filled {number // 4}"), state)


def _receipts() -> Iterator[Receipt]:
    numbers: set[str] = set()
    while len(numbers) < RECEIPTS:
        numbers.add(new_number())
    for place, number in enumerate(sorted(numbers)):
        due = NOW + timedelta(minutes=1 + place)
        yield Receipt(
            number=number,
            at=NOW - timedelta(days=1),
            hall="taiping",
            door="web",
            session=f"filled {place}",
            language="zh",
            text="楼上漏水怎么办",
            topic=None,
            window="1",
            due=due,
            remind_at=NOW - timedelta(minutes=1) if place < DUE else due,
        )
