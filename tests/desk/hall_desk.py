"""The desk of the hall in `hall/`, at nine on a Monday morning, and conversations with it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from desk.desk import Desk
from desk.message import Choice, Message, Turn
from facts.guides import Guides, read_guides
from facts.model import Hall
from ledger.memory import MemoryLedger
from ledger.records import Ledger

HERE = Path(__file__).parent
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
SESSIONS = itertools.count(1)


@functools.cache
def hall() -> Hall:
    """The hall of `hall/`."""
    (found,) = read_guides(HERE / "hall").halls
    return found


@functools.cache
def neighbour() -> Hall:
    """The hall of `neighbour/`, which has some of the same services."""
    (found,) = read_guides(HERE / "neighbour").halls
    return found


def open_desk(*halls: Hall, ledger: Ledger | None = None, at: datetime = AT) -> Desk:
    """A desk of these halls (ours without any), at this time."""
    return Desk(Guides(halls or (hall(),)), ledger or MemoryLedger(), lambda: at)


@functools.cache
def shared_desk() -> Desk:
    """One desk for all tests that leave nothing behind but their own conversation."""
    return open_desk()


def on_the(day: str) -> datetime:
    """Nine in the morning of another day."""
    return datetime.combine(date.fromisoformat(day), AT.timetz())


class Conversation:
    """A citizen at a desk."""

    def __init__(
        self, desk: Desk | None = None, language: str | None = None, at: datetime | None = None
    ) -> None:
        self.desk = desk or shared_desk()
        self.session = f"session {next(SESSIONS)}"
        self.turns: list[Turn] = []
        self._language = language
        self._at = at

    def say(self, text: str, choice: str | None = None) -> Turn:
        """What the desk says to a text (or a button's key)."""
        message = Message(
            text=text,
            session=self.session,
            door="test",
            language=self._language,
            at=self._at,
            choice=choice,
        )
        turn = self.desk.answer(message)
        self.turns.append(turn)
        return turn

    def all(self, texts: Iterable[str]) -> Turn:
        """What the desk says to the last of several texts."""
        for text in texts:
            self.say(text)
        return self.turns[-1]

    def press(self, choice: Choice) -> Turn:
        """What the desk says to a pressed button."""
        return self.say(choice.label, choice.key)


def ask(text: str, *, at: datetime | None = None, language: str | None = None) -> Turn:
    """What the desk says to one question."""
    return Conversation(at=at, language=language).say(text)


def without(found: Hall, **facts: object) -> Hall:
    """The hall with other facts."""
    return replace(found, **facts)  # type: ignore[arg-type]
