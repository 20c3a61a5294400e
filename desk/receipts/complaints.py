"""Complaints: the citizen says what one is about (duty C2)."""

from __future__ import annotations

from desk.message import Outcome
from desk.receipts.categories import CATEGORIES
from desk.receipts.taking import CITIZEN
from desk.receipts.terms import COMPLAINT
from desk.said import Said
from desk.wording import Wording
from ledger.records import OPEN, Event, Ledger


def categorise(say: Wording, ledger: Ledger, number: str, category: str) -> Said:
    """Note what an open complaint is about. Raises `LedgerError`."""
    receipt = ledger.receipt(number)
    if receipt is None or receipt.kind != COMPLAINT or category not in CATEGORIES:
        return Said(outcome=Outcome.TALK, lines=[say("receipt_which")], about=("complaint",))
    event = Event(
        receipt=number,
        at=say.at,
        kind="categorised",
        by=CITIZEN,
        window=receipt.window,
        text=say(f"category_{category}"),
    )
    ledger.change(number, OPEN, {"category": category}, event)
    return Said(
        outcome=Outcome.TALK,
        lines=[say("categorised")],
        about=("complaint",),
        anonymous=not receipt.session,
        confidence=1.0,
    )
