"""A desk with clerks: the hall of `hall/` with keys for its windows, and a clock that one sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hall_desk import AT, Conversation, hall

from desk.desk import Desk
from desk.message import Turn
from facts.guides import Guides
from facts.model import Complaints, Hall
from ledger.memory import MemoryLedger
from ledger.records import Ledger, Notice, Receipt

NOBODYS = "楼上邻居天天半夜弹钢琴，吵得孩子写不了作业"
COMPLAINTS = Complaints(phone="0000-5550109", window="3")


def staffed(complaints: Complaints | None = COMPLAINTS, **facts: object) -> Hall:
    """The hall with clerks at every window, `w1` to `wA4`, and a head."""
    windows = tuple(replace(each, staff=f"w{each.number}") for each in hall().windows)
    own: dict[str, object] = {"windows": windows, "head": "head", "complaints": complaints}
    return replace(hall(), **{**own, **facts})  # type: ignore[arg-type]


class Office:
    """A desk, its clerks and its clock."""

    def __init__(self, *halls: Hall, ledger: Ledger | None = None, at: datetime = AT) -> None:
        self.at = at
        self.ledger = ledger or MemoryLedger()
        self.desk = Desk(Guides(halls or (staffed(),)), self.ledger, lambda: self.at)
        self.handling = self.desk.handling

    def citizen(self, language: str | None = None) -> Conversation:
        """Somebody who comes for the first time."""
        return Conversation(self.desk, language)

    def told(self, to: str) -> list[Notice]:
        """What has come for somebody, fetched once."""
        found = [each for each in self.desk.notices.claim(to) if each.to == to]
        for each in found:
            self.desk.notices.sent(each)
        return found

    def kinds(self, to: str) -> list[str]:
        """The kinds of what has come for somebody."""
        return [each.kind for each in self.told(to)]

    def receipt(self, turn: Turn | str) -> Receipt:
        """The receipt of a turn, as it stands in the ledger."""
        number = turn if isinstance(turn, str) else turn.receipt or ""
        found = self.ledger.receipt(number)
        assert found is not None
        return found

    def events(self, turn: Turn) -> list[str]:
        """What happened to the receipt of a turn."""
        return [each.kind for each in self.ledger.events(turn.receipt or "")]


def lacking(turn: Turn, wanted: Iterable[str | None]) -> list[str | None]:
    """What of this is not in the reply."""
    return [each for each in wanted if str(each) not in turn.reply]
