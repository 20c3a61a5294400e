"""What the ledger keeps, and what every ledger can do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

OPEN = ("open", "taken", "reopened")
"""The states of a receipt that somebody still has to answer."""
CLOSED = "closed"
"""The state of a receipt whose answer has settled it."""
STATES = (*OPEN, "answered", CLOSED)
"""All states of a receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One turn in the register. `text` is masked; `milliseconds` is the time inside the desk.

    `message` is what the door calls the message, where it may come a second time; `reply` is then
    the turn as plain values, kept until it has reached the citizen.
    """

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
    message: str | None = None
    reply: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A question taken down: who is responsible, and by when it is answered.

    `due` is None where the hall's hours are unknown. `state` is open, taken (by `taker`), answered
    (and the citizen asked whether it is settled), reopened or closed. `remind_at` is when somebody
    is reminded next, `reminders` how often that was done. `closed_at` is when it was answered or
    closed, None while it is open. `about` is the window that a grievance is about,
    `category` what a complaint is about. `session` is
    empty where the citizen wants to stay unknown.
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
    message: str | None = None
    taker: str | None = None
    remind_at: datetime | None = None
    reminders: int = 0
    closed_at: datetime | None = None
    about: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a receipt, and by whom: `citizen`, `clock`, or a clerk's name.

    `basis` is the rule on which a refusal rests.
    """

    receipt: str
    at: datetime
    kind: str
    by: str
    window: str | None = None
    text: str | None = None
    due: datetime | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something somebody is told without having asked now; kept until it has reached them.

    `to` is a citizen's session, or `staff:` and the key of a window's clerks or of the editors.
    `choices` are buttons, as (key, label).
    """

    to: str
    at: datetime
    kind: str
    text: str
    receipt: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a citizen thinks of a service given, from 5 (very satisfied) to 1."""

    at: datetime
    hall: str
    session: str
    window: str | None
    topic: str | None
    receipt: str | None
    level: int


class LedgerError(Exception):
    """The ledger cannot be read or written now."""


class NumberTaken(LedgerError):  # noqa: N818 - not a fault: the caller takes another number
    """There is a receipt with this number already."""


class Ledger(Protocol):
    """A register of turns, receipts and conversations. Every method may raise `LedgerError`.

    What one call writes is written whole or not at all.
    """

    def record(self, entry: Entry, conversation: Mapping[str, Any] | None = None) -> None:
        """Write one turn, and with it the state of its conversation.

        The receipt it names, if any, has been taken down before.
        """

    def answered(self, session: str, message: str) -> Entry | None:
        """The turn that answered this message of a door, if one did."""

    def told(self, session: str, message: str) -> None:
        """Drop the reply to a message: it has reached the citizen."""

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """What the desk last kept of this conversation (plain JSON values)."""

    def keep(self, session: str, conversation: Mapping[str, Any], at: datetime) -> None:
        """Keep the state of a conversation in place of the last one."""

    def turns_of(self, session: str, most: int) -> Sequence[Entry]:
        """The last turns of a conversation, oldest first."""

    def turns(self, since: datetime, until: datetime) -> Sequence[Entry]:
        """The turns from one moment to before another, oldest first."""

    def take_down(
        self, receipt: Receipt, event: Event | None = None, notices: Collection[Notice] = ()
    ) -> None:
        """Write one receipt. Raises `NumberTaken` where there is one with its number."""

    def receipt(self, number: str) -> Receipt | None:
        """The receipt with this number."""

    def receipt_for(self, session: str, message: str) -> Receipt | None:
        """The receipt under which this message of a door was taken down, if it was."""

    def receipts(
        self, states: Collection[str] = OPEN, session: str | None = None
    ) -> Sequence[Receipt]:
        """The receipts in these states, of one citizen or of all, those due first first."""

    def change(
        self,
        number: str,
        states: Collection[str],
        values: Mapping[str, Any],
        event: Event,
        notices: Collection[Notice] = (),
        reminders: int | None = None,
    ) -> bool:
        """Change a receipt that is in one of these states, and tell what happened to whom.

        False, and nothing is written, where it is in another state by now, or has had another
        number of reminders than `reminders`: of several who try at once, one succeeds. A receipt
        that is closed loses its contact.
        """

    def events(self, number: str) -> Sequence[Event]:
        """What happened to a receipt, oldest first."""

    def due(self, at: datetime) -> Sequence[Receipt]:
        """The receipts of which somebody is to be reminded by this time."""

    def notify(self, notices: Collection[Notice]) -> None:
        """Keep notices that are about no receipt until they have reached whom they are for."""

    def claim(self, to: str, at: datetime, again: datetime) -> Sequence[Notice]:
        """Notices for one address, for all that begin so where it ends in a colon (`staff:`), or,
        where it is empty, for all; oldest first, each given to one caller only.

        A notice that was claimed before `again` and never `sent` is given out once more.
        """

    def sent(self, to: str, ids: Collection[int]) -> None:
        """Drop notices to this address, by their ids: they have reached whom they were for."""

    def rate(self, rating: Rating) -> None:
        """Write a rating."""

    def ratings(self, since: datetime, until: datetime) -> Sequence[Rating]:
        """The ratings from one moment to before another, oldest first."""

    def put_contact(self, receipt: str, secret: str) -> None:
        """Keep how the citizen of a receipt can be reached, encrypted; one for each receipt."""

    def contact(self, receipt: str) -> str | None:
        """How the citizen of a receipt can be reached, encrypted."""

    def erase(self, session: str) -> int:
        """Delete all that belongs to a citizen; returns how many turns, conversations, ratings and
        receipts. An open receipt stays without its session, for somebody is responsible for it."""

    def forget(
        self, talk_before: datetime, turns_before: datetime, receipts_before: datetime
    ) -> int:
        """Delete what is older than its term: conversations by their last turn, receipts by their
        answer or closing, notices that nobody fetched with the turns; returns how many rows.
        Ratings older than the turns stay, without the session that gave them."""
