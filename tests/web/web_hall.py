"""A real desk of a small hall, on a clock that tests set, for what takes more than one turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desk.desk import Desk
from desk.message import Message
from desk.receipts.contacts import new_key
from facts.guides import read_guides
from ledger.memory import MemoryLedger
from ledger.records import Receipt

HALL = Path(__file__).parents[1] / "desk" / "hall"
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
NOBODYS = "我想给我家的鸽子办一张身份证"


class OpenHall:
    """The desk, its ledger and its clock; `key` opens phones, and there is one unless told."""

    def __init__(self, *, phones: bool = True) -> None:
        self.at = MORNING
        self.ledger = MemoryLedger()
        key = new_key() if phones else None
        self.desk = Desk(read_guides(HALL), self.ledger, lambda: self.at, contact_key=key)

    def left(
        self,
        text: str = "找人工",
        *,
        session: str | None = None,
        choice: str | None = "about:human",
    ) -> Receipt:
        """A question that a citizen has left, another one each time unless named, under its
        receipt."""
        session = session or f"web:{len(self.ledger.taken_down):032}"
        message = Message(text=text, session=session, door="web", choice=choice)
        number = self.desk.answer(message).receipt
        assert number is not None
        return self.receipt(number)

    def receipt(self, number: str) -> Receipt:
        found = self.ledger.receipt(number)
        assert found is not None
        return found

    def receipts(self) -> Sequence[Receipt]:
        return list(self.ledger.taken_down.values())
