"""Sight: which receipts somebody sees, in which order, and whose phone numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from desk.receipts.cards import Card
from desk.receipts.terms import GRIEVANCES
from doors.web.staff.users import User

HANDLERS = ("staff", "head")
"""The roles that the staff page is for."""


class Group(NamedTuple):
    """Cards under one heading: `own`, `others`, `late` or `rest`."""

    key: str
    cards: list[Card]


def groups(user: User, cards: Iterable[Card]) -> list[Group]:
    """For staff their windows' receipts first, for heads those that are late; each by its term."""
    seen = [each for each in cards if sees(user, each)]
    first, second = ("late", "rest") if user.role == "head" else ("own", "others")
    is_first = is_late if user.role == "head" else lambda card: serves(user, card)
    return [
        Group(first, [each for each in seen if is_first(each)]),
        Group(second, [each for each in seen if not is_first(each)]),
    ]


def sees(user: User, card: Card) -> bool:
    """Whether somebody may see a receipt, and deal with it: any of their hall; a grievance is
    confidential, and seen by the window that answers it and the head alone."""
    if user.role not in HANDLERS or user.hall not in (None, card.hall.id):
        return False
    return serves(user, card) or card.receipt.kind not in GRIEVANCES


def serves(user: User, card: Card) -> bool:
    """Whether a receipt is somebody's own to answer: then its phone number is shown too."""
    if user.role == "head":
        return user.hall in (None, card.hall.id)
    return user.hall == card.hall.id and card.receipt.window in user.windows


def is_late(card: Card) -> bool:
    """Whether its term is over."""
    return card.left is not None and card.left <= timedelta()
