"""What this door asks of the desk."""

from __future__ import annotations

from typing import Protocol

from desk.message import Message, Turn
from desk.notices import Notices
from desk.receipts.handling import Handling
from facts.model import Hall


class Guides(Protocol):
    """The halls of the desk."""

    @property
    def halls(self) -> tuple[Hall, ...]:
        """All halls, the first of them the desk's own."""


class Desk(Protocol):
    """The desk. What it does is called in a thread of its own."""

    notices: Notices
    handling: Handling

    @property
    def guides(self) -> Guides:
        """What the desk answers from."""

    def answer(self, message: Message) -> Turn:
        """What the desk says to a message."""

    def told(self, session: str, message: str) -> None:
        """The reply to a message has reached the citizen."""

    def welcome(self, session: str, door: str, language: str | None) -> Turn:
        """How the desk greets."""
