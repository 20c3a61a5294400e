"""Retention: how long what is kept stays (settings of the operator)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from ledger.records import Ledger


@dataclass(frozen=True, slots=True)
class Retention:
    """The terms: of a conversation after its last turn, of turns, of receipts after closing."""

    conversations: timedelta = timedelta(days=30)
    turns: timedelta = timedelta(days=180)
    receipts: timedelta = timedelta(days=365)

    @classmethod
    def of(cls, env: Mapping[str, str]) -> Self:
        """The terms that the environment sets in days. Raises ValueError for what is no number."""
        terms = {}
        for name in ("conversations", "turns", "receipts"):
            days = env.get(f"KEEP_{name.upper()}_DAYS")
            if days is None:
                continue
            if not days.isdecimal() or not 0 < int(days) < 100_000:
                raise ValueError(f"KEEP_{name.upper()}_DAYS is a number of days, not {days!r}")
            terms[name] = timedelta(days=int(days))
        return cls(**terms)

    def apply(self, ledger: Ledger, at: datetime) -> int:
        """Delete what is past its term; how many rows. Raises `LedgerError`."""
        turns = min(self.turns, self.receipts)  # no turn outlives the receipt that it names
        return ledger.forget(at - self.conversations, at - turns, at - self.receipts)
