"""What the ledger keeps, and what every ledger can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One turn in the register. `text` is masked; `milliseconds` is the time inside the desk."""

    at: datetime
    hall: str | None
    door: str
    session: str
    language: str
    text: str
    outcome: str
    topic: str | None
    case: str | None
    about: tuple[str, ...]
    window: str | None
    confidence: float
    milliseconds: float
    receipt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A question taken down: who is responsible, and by when it is answered.

    `due` is None where the hall's hours are unknown; `within` is then the promised working time.
    """

    number: str
    at: datetime
    hall: str
    door: str
    session: str
    language: str
    text: str
    topic: str | None
    window: str | None
    due: datetime | None
    kind: str = "question"
    state: str = "open"


class LedgerError(Exception):
    """The ledger cannot be read or written now."""


class NumberTaken(LedgerError):  # noqa: N818 - not a fault: the caller takes another number
    """There is a receipt with this number already."""


class Ledger(Protocol):
    """A register of turns, receipts and conversations. Every method may raise `LedgerError`."""

    def record(self, entry: Entry) -> None:
        """Write one turn. The receipt it names, if any, has been taken down before."""

    def take_down(self, receipt: Receipt) -> None:
        """Write one receipt. Raises `NumberTaken` where there is one with its number."""

    def receipt(self, number: str) -> Receipt | None:
        """The receipt with this number."""

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """What the desk last kept of this conversation (plain JSON values)."""

    def keep(self, session: str, conversation: Mapping[str, Any], at: datetime) -> None:
        """Keep the state of a conversation in place of the last one."""

    def forget(self, before: datetime) -> int:
        """Drop the conversations last kept before this time; returns how many there were."""


class MemoryLedger:
    """A ledger that lasts as long as the process: for a question in a terminal, and for trials."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.receipts: dict[str, Receipt] = {}
        self.conversations: dict[str, Mapping[str, Any]] = {}
        self._kept: dict[str, datetime] = {}

    def record(self, entry: Entry) -> None:
        """Write one turn."""
        if entry.receipt is not None and entry.receipt not in self.receipts:
            raise LedgerError(f"there is no receipt {entry.receipt}")
        self.entries.append(entry)

    def take_down(self, receipt: Receipt) -> None:
        """Write one receipt. Raises `NumberTaken` where there is one with its number."""
        if receipt.number in self.receipts:
            raise NumberTaken(f"there is a receipt {receipt.number} already")
        self.receipts[receipt.number] = receipt

    def receipt(self, number: str) -> Receipt | None:
        """The receipt with this number."""
        return self.receipts.get(number)

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """What was last kept of this conversation."""
        return self.conversations.get(session)

    def keep(self, session: str, conversation: Mapping[str, Any], at: datetime) -> None:
        """Keep the state of a conversation in place of the last one."""
        self.conversations[session] = conversation
        self._kept[session] = at

    def forget(self, before: datetime) -> int:
        """Drop the conversations last kept before this time; returns how many there were."""
        old = [session for session, at in list(self._kept.items()) if at < before]
        for session in old:
            del self.conversations[session], self._kept[session]
        return len(old)
