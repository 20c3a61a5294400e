"""Reminding: the first-asked keeps urging until there is an answer (duty Q11).

At half of the term the responsible clerks are reminded; at its end once more, and the citizen is
told that it is late; a working hour later the lead window and the head of the hall are told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desk.receipts.letters import Letters
from desk.receipts.terms import Terms
from ledger.records import CLOSED, OPEN, Event, Ledger, Notice, Receipt

HALF, END, ESCALATED = 0, 1, 2
"""Reminders that a receipt has had before each."""
SILENT = timedelta(days=15)
"""So long after an answer to which nothing was said its receipt is closed; it can be reopened."""
KINDS = ("half", "late", "escalated")


class Reminders:
    """What is due at a moment. Any number of processes may ask: each reminder is given once."""

    def __init__(
        self, ledger: Ledger, letters: Letters, terms: Terms, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._letters = letters
        self._terms = terms
        self._clock = clock

    def remind(self) -> int:
        """Write the notices that are due now; how many receipts they are about.

        Raises `LedgerError`; what was not written is written at the next call.
        """
        at = self._clock()
        return sum(self._remind(each, at) for each in self._ledger.due(at))

    def close_silent(self) -> int:
        """Close what was answered long ago and nobody has said is not settled; how many.

        Raises `LedgerError`. Until it is closed a receipt keeps its contact, and is kept itself.
        """
        at = self._clock()
        return sum(self._close(each, at) for each in self._ledger.receipts(("answered",)))

    def _close(self, receipt: Receipt, at: datetime) -> bool:
        last = max((each.at for each in self._ledger.events(receipt.number)), default=receipt.at)
        if at - last < SILENT:
            return False
        event = Event(
            receipt=receipt.number, at=at, kind="closed", by="clock", window=receipt.window
        )
        values = {"state": CLOSED, "closed_at": at}
        return self._ledger.change(receipt.number, ("answered",), values, event)

    def _remind(self, receipt: Receipt, at: datetime) -> bool:
        stage = self._stage(receipt, at)
        values: dict[str, Any] = {"reminders": stage + 1, "remind_at": self._next(receipt, stage)}
        kind = KINDS[stage]
        event = Event(receipt=receipt.number, at=at, kind=kind, by="clock", window=receipt.window)
        told = self._notices(replace(receipt, **values), stage, at)
        return self._ledger.change(
            receipt.number, OPEN, values, event, told, reminders=receipt.reminders
        )

    def _stage(self, receipt: Receipt, at: datetime) -> int:
        """Which reminder it is; after a long sleep the half of a term that is over is left out."""
        if receipt.reminders == HALF and receipt.due and receipt.due <= at:
            return END
        return min(receipt.reminders, ESCALATED)

    def _next(self, receipt: Receipt, stage: int) -> datetime | None:
        hall = self._letters.hall(receipt)
        if stage == HALF:
            return receipt.due or _a_day_after(receipt)
        if stage == END:
            end = receipt.due or receipt.remind_at or receipt.at
            return self._terms.escalated(hall, end)
        return None

    def _notices(self, receipt: Receipt, stage: int, at: datetime) -> list[Notice]:
        if stage == ESCALATED:
            return self._letters.to_head(receipt, "escalated", at)
        notices = self._letters.to_staff(receipt, KINDS[stage], at)
        if stage == END:
            notices += self._letters.to_citizen(receipt, "late", at)
        return notices


def _a_day_after(receipt: Receipt) -> datetime:
    return (receipt.remind_at or receipt.at) + timedelta(days=1)
