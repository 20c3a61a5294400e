"""Cards: what a clerk sees of a receipt, and is told of what was done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from facts.model import Hall
from ledger.records import Receipt


@dataclass(frozen=True, slots=True)
class Done:
    """Whether something was done, and what the clerk is told."""

    done: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A receipt as a clerk sees it: `lines` in words, `actions` to press as (key, label); `late` is
    whether it is open and its term is over.

    `facts` are what the lines are made of, by `Letters.facts`; `left` is how long there is until
    the end of the term (negative where it is over, None where there is none yet); `phone` is what
    the citizen left to be called on; `reasons` are the only ones, by key, for which it may be
    refused, if any are fixed.
    """

    receipt: Receipt
    hall: Hall
    late: bool
    lines: tuple[str, ...]
    facts: Mapping[str, str]
    left: timedelta | None
    phone: str | None
    history: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]
    reasons: Mapping[str, str]
