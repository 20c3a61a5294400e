"""The record: what the desk keeps of a turn and of a conversation, and what it does without."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from desk.conversation import Conversation
from desk.message import Message, Turn
from desk.retention import Retention
from facts.model import Hall
from ledger.memory import MemoryLedger
from ledger.records import Entry, Ledger, LedgerError

LOG = logging.getLogger("shouwen.desk")
A_DAY = timedelta(days=1)
SPARE = 10_000
"""Conversations remembered while the ledger cannot be reached."""


class Record:
    """Writes into the ledger; where that fails, the citizen is answered all the same."""

    def __init__(self, ledger: Ledger, retention: Retention) -> None:
        self._ledger = ledger
        self._retention = retention
        self._forgotten: datetime | None = None
        self._spare = MemoryLedger()

    def conversation(self, session: str) -> Conversation:
        """The state of a conversation: a new one where there is none yet."""
        spare = self._spare.conversations.pop(session, None)
        try:
            return Conversation.read(spare or self._ledger.conversation(session))
        except LedgerError as error:
            LOG.error("a conversation could not be read: %s", error)
            return Conversation.read(spare)

    def answered(self, message: Message) -> Turn | None:
        """The turn that answered this very message before, where its door named it."""
        if message.id is None:
            return None
        try:
            entry = self._ledger.answered(message.session, message.id)
        except LedgerError:
            return None
        if entry is None:
            return None
        if entry.reply is None:
            return Turn.known_to(message.session, entry.text, entry.language)
        return Turn.read(entry.reply)

    def told(self, session: str, message: str) -> None:
        """Write that the reply to a message has reached the citizen."""
        try:
            self._ledger.told(session, message)
        except LedgerError as error:
            LOG.error("it could not be recorded that a reply was sent: %s", error)

    def forget(self, at: datetime) -> bool:
        """Delete what is past its term; whether it was time for it, which it is once a day.

        Raises `LedgerError`.
        """
        if self._forgotten is not None and at - self._forgotten < A_DAY:
            return False
        self._retention.apply(self._ledger, at)
        self._forgotten = at
        return True

    def note(self, hall: Hall, message: Message, turn: Turn, at: datetime) -> None:
        """Write that a fault ended a question, without what was asked: it may not be masked."""
        self.write(hall, replace(message, id=None), turn, None, at, 0.0)

    def write(
        self,
        hall: Hall,
        message: Message,
        turn: Turn,
        conversation: Conversation | None,
        at: datetime,
        milliseconds: float,
        *,
        unnamed: bool = False,
    ) -> None:
        """Write one turn and the state of its conversation; `unnamed` the turn without what tells
        whose it is, and without a conversation without its text too.

        A turn that only takes the place of the one before is no turn of its own.
        """
        entry = Entry(
            at=at,
            hall=hall.id,
            door=message.door,
            session=message.session,
            language=turn.language,
            text=turn.text,
            outcome=turn.outcome,
            topic=turn.topic,
            case=turn.case,
            about=turn.about,
            window=turn.window,
            confidence=turn.confidence,
            milliseconds=milliseconds,
            receipt=turn.receipt,
            message=message.id,
            reply=turn.plain() if message.id else None,
        )
        if conversation is None:
            entry = replace(entry, text="")
        if conversation is None or unnamed:
            entry = replace(entry, session="", message=None, reply=None)
        plain = conversation.plain() if conversation else None
        try:
            if plain and turn.in_place:
                self._ledger.keep(message.session, plain, at)
            elif plain and not entry.session:
                self._ledger.record(entry)
                self._ledger.keep(message.session, plain, at)
            else:
                self._ledger.record(entry, plain)
        except LedgerError as error:
            LOG.error("a turn could not be recorded: %s", error)
            if plain and len(self._spare.conversations) < SPARE:
                self._spare.keep(message.session, plain, at)
