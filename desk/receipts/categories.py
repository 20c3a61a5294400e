"""What complaints are about (投诉类别), and the reasons for which one is not accepted."""

from __future__ import annotations

from desk.message import Choice
from desk.said import Said
from desk.wording import Wording
from ledger.records import Receipt

CATEGORIES = ("manner", "wait", "refusal", "charges", "papers", "wrong", "conduct", "other")
"""What a complaint can be about, as citizens are offered it."""
NOT_ACCEPTED = ("not_of_hall", "in_court", "answered_before", "no_facts")
"""Why a complaint is not accepted; no other reason counts."""


def ask_category(say: Wording, said: Said) -> None:
    """Ask what the complaint is about that was just taken down."""
    said.lines += ["", say("category")]
    said.next = tuple(
        Choice(key=f"category:{said.receipt}:{each}", label=say(f"category_{each}"))
        for each in CATEGORIES
    )


def category_of(say: Wording, receipt: Receipt) -> str:
    """What a complaint is about, in words; nothing where that is not known, or it is none."""
    return say(f"category_{receipt.category}") if receipt.category in CATEGORIES else ""
