"""The record: what the desk keeps of a turn and of a conversation, and what it does without."""

from __future__ import annotations

import logging
from datetime import datetime

from desk.conversation import Conversation
from desk.message import Message, Turn
from facts.model import Hall
from ledger.records import Entry, Ledger, LedgerError, MemoryLedger

LOG = logging.getLogger("shouwen.desk")
SPARE = 10_000
"""Conversations remembered while the ledger cannot be reached."""


class Record:
    """Writes into the ledger; where that fails, the citizen is answered all the same."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._spare = MemoryLedger()

    def conversation(self, session: str) -> Conversation:
        """The state of a conversation: a new one where there is none yet."""
        spare = self._spare.conversations.pop(session, None)
        try:
            return Conversation.read(spare or self._ledger.conversation(session))
        except LedgerError as error:
            LOG.error("a conversation could not be read: %s", error)
            return Conversation.read(spare)

    def keep(self, session: str, conversation: Conversation, at: datetime) -> None:
        """Keep the state of a conversation."""
        try:
            self._ledger.keep(session, conversation.plain(), at)
        except LedgerError as error:
            LOG.error("a conversation could not be kept: %s", error)
            if len(self._spare.conversations) < SPARE:
                self._spare.keep(session, conversation.plain(), at)

    def write(
        self, hall: Hall, message: Message, turn: Turn, at: datetime, milliseconds: float
    ) -> None:
        """Write one turn."""
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
        )
        try:
            self._ledger.record(entry)
        except LedgerError as error:
            LOG.error("a turn could not be recorded: %s", error)
