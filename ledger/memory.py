"""A ledger that lasts as long as the process: for a question in a terminal, and for trials."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ledger.records import (
    CLOSED,
    OPEN,
    Entry,
    Event,
    LedgerError,
    Notice,
    NumberTaken,
    Rating,
    Receipt,
)

NEVER = datetime.max.replace(tzinfo=UTC)


class MemoryLedger:
    """A `Ledger` in plain lists."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.taken_down: dict[str, Receipt] = {}
        self.conversations: dict[str, Mapping[str, Any]] = {}
        self.happened: list[Event] = []
        self.notices: list[Notice] = []
        self.rated: list[Rating] = []
        self._contacts: dict[str, str] = {}
        self._kept: dict[str, datetime] = {}
        self._claimed: dict[int, datetime] = {}
        self._ids = itertools.count(1)
        self._lock = threading.RLock()

    def record(self, entry: Entry, conversation: Mapping[str, Any] | None = None) -> None:
        """Write one turn, and with it the state of its conversation."""
        with self._lock:
            if entry.receipt is not None and entry.receipt not in self.taken_down:
                raise LedgerError(f"there is no receipt {entry.receipt}")
            self.entries.append(entry)
            if conversation is not None:
                self.keep(entry.session, conversation, entry.at)

    def answered(self, session: str, message: str) -> Entry | None:
        """The turn that answered this message of a door, if one did."""
        key = (session, message)
        return next((each for each in self.entries if (each.session, each.message) == key), None)

    def told(self, session: str, message: str) -> None:
        """Drop the reply to a message: it has reached the citizen."""
        with self._lock:
            for at, each in enumerate(self.entries):
                if (each.session, each.message) == (session, message):
                    self.entries[at] = replace(each, reply=None)

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """What was last kept of this conversation."""
        return self.conversations.get(session)

    def keep(self, session: str, conversation: Mapping[str, Any], at: datetime) -> None:
        """Keep the state of a conversation in place of the last one."""
        with self._lock:
            self.conversations[session] = conversation
            self._kept[session] = at

    def turns_of(self, session: str, most: int) -> Sequence[Entry]:
        """The last turns of a conversation, oldest first."""
        return [each for each in self.entries if each.session == session][-most:]

    def turns(self, since: datetime, until: datetime) -> Sequence[Entry]:
        """The turns from one moment to before another, oldest first."""
        return [each for each in self.entries if since <= each.at < until]

    def take_down(
        self, receipt: Receipt, event: Event | None = None, notices: Collection[Notice] = ()
    ) -> None:
        """Write one receipt. Raises `NumberTaken` where there is one with its number."""
        with self._lock:
            if receipt.number in self.taken_down:
                raise NumberTaken(f"there is a receipt {receipt.number} already")
            self.taken_down[receipt.number] = receipt
            self._happen(event, notices)

    def receipt(self, number: str) -> Receipt | None:
        """The receipt with this number."""
        return self.taken_down.get(number)

    def receipt_for(self, session: str, message: str) -> Receipt | None:
        """The receipt under which this message of a door was taken down, if it was."""
        key = (session, message)
        every = self.taken_down.values()
        return next((each for each in every if (each.session, each.message) == key), None)

    def receipts(
        self, states: Collection[str] = OPEN, session: str | None = None
    ) -> Sequence[Receipt]:
        """The receipts in these states, of one citizen or of all, those due first first."""
        found = [
            each
            for each in self.taken_down.values()
            if each.state in states and session in (None, each.session)
        ]
        return sorted(found, key=lambda each: (each.due or NEVER, each.at))

    def change(
        self,
        number: str,
        states: Collection[str],
        values: Mapping[str, Any],
        event: Event,
        notices: Collection[Notice] = (),
        reminders: int | None = None,
    ) -> bool:
        """Change a receipt that is in one of these states, and tell what happened to whom."""
        with self._lock:
            found = self.taken_down.get(number)
            if found is None or found.state not in states:
                return False
            if reminders not in (None, found.reminders):
                return False
            self.taken_down[number] = replace(found, **dict(values))
            if values.get("state") == CLOSED:
                self._contacts.pop(number, None)
            self._happen(event, notices)
            return True

    def events(self, number: str) -> Sequence[Event]:
        """What happened to a receipt, oldest first."""
        return [each for each in self.happened if each.receipt == number]

    def due(self, at: datetime) -> Sequence[Receipt]:
        """The receipts of which somebody is to be reminded by this time."""
        return [each for each in self.receipts() if each.remind_at and each.remind_at <= at]

    def notify(self, notices: Collection[Notice]) -> None:
        """Keep notices that are about no receipt."""
        self._happen(None, notices)

    def claim(self, to: str, at: datetime, again: datetime) -> Sequence[Notice]:
        """Notices for one address, or for all of a kind, each given to one caller only."""
        kind = not to or to.endswith(":")
        with self._lock:
            found = [
                each
                for each in self.notices
                if (each.to == to or (kind and each.to.startswith(to)))
                and self._claimed.get(each.id, again) <= again
            ]
            self._claimed |= dict.fromkeys((each.id for each in found), at)
            return found

    def sent(self, to: str, ids: Collection[int]) -> None:
        """Drop notices to this address, by their ids: they have reached whom they were for."""
        with self._lock:
            self.notices = [each for each in self.notices if each.to != to or each.id not in ids]

    def rate(self, rating: Rating) -> None:
        """Write a rating."""
        self.rated.append(rating)

    def ratings(self, since: datetime, until: datetime) -> Sequence[Rating]:
        """The ratings from one moment to before another, oldest first."""
        return [each for each in self.rated if since <= each.at < until]

    def put_contact(self, receipt: str, secret: str) -> None:
        """Keep how the citizen of a receipt can be reached, encrypted."""
        if receipt not in self.taken_down:
            raise LedgerError(f"there is no receipt {receipt}")
        self._contacts[receipt] = secret

    def contact(self, receipt: str) -> str | None:
        """How the citizen of a receipt can be reached, encrypted."""
        return self._contacts.get(receipt)

    def erase(self, session: str) -> int:
        """Delete all that belongs to a citizen; an open receipt stays without its session."""
        with self._lock:
            before = len(self.entries) + len(self.rated) + len(self.taken_down)
            before += session in self.conversations
            closed = [
                each.number
                for each in self.taken_down.values()
                if each.session == session and each.state not in OPEN
            ]
            self.entries = [each for each in self.entries if each.session != session]
            self.rated = [each for each in self.rated if each.session != session]
            self.notices = [each for each in self.notices if each.to != session]
            self.conversations.pop(session, None)
            self._kept.pop(session, None)
            self._drop(closed)
            for receipt in self.receipts(OPEN, session):
                self._contacts.pop(receipt.number, None)
                self.taken_down[receipt.number] = replace(receipt, session="", message=None)
            return before - len(self.entries) - len(self.rated) - len(self.taken_down)

    def forget(
        self, talk_before: datetime, turns_before: datetime, receipts_before: datetime
    ) -> int:
        """Delete what is older than its term; returns how many rows."""
        with self._lock:
            old = [session for session, at in self._kept.items() if at < talk_before]
            for session in old:
                del self.conversations[session], self._kept[session]
            before = len(self.entries) + len(self.taken_down) + len(self.notices)
            self.entries = [each for each in self.entries if each.at >= turns_before]
            self.notices = [each for each in self.notices if each.at >= turns_before]
            self.rated = [
                replace(each, session="") if each.at < turns_before else each for each in self.rated
            ]
            after = len(self.notices)
            self._drop(
                [
                    each.number
                    for each in self.taken_down.values()
                    if each.state not in OPEN
                    and each.closed_at
                    and each.closed_at < receipts_before
                ]
            )
            return len(old) + before - len(self.entries) - len(self.taken_down) - after

    def _drop(self, numbers: Collection[str]) -> None:
        for number in numbers:
            del self.taken_down[number]
            self._contacts.pop(number, None)
        self.happened = [each for each in self.happened if each.receipt not in numbers]
        self.notices = [each for each in self.notices if each.receipt not in numbers]
        self.entries = [each for each in self.entries if each.receipt not in numbers]

    def _happen(self, event: Event | None, notices: Collection[Notice]) -> None:
        if event:
            self.happened.append(event)
        self.notices += [replace(each, id=next(self._ids)) for each in notices]
