"""Replies: what is said to the decisions about one message, and done for them in the ledger."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from desk.asked import DANGER
from desk.composer import Composer
from desk.conversation import Conversation
from desk.decision import (
    Add,
    Because,
    Categorise,
    Decision,
    Erase,
    Later,
    OwnData,
    Rate,
    ReceiptStatus,
    Register,
    Settled,
    Talk,
)
from desk.elsewhere import some_phone
from desk.fast_lane import before
from desk.message import Message, Outcome
from desk.receipts.aftercare import Aftercare
from desk.receipts.numbers import find_number
from desk.receipts.taking import Receipts
from desk.said import Said
from desk.wording import Wording
from facts.model import Hall
from intents.understanding import Meaning
from ledger.records import LedgerError

LOG = logging.getLogger("shouwen.desk")
PARTING = ("thanks", "goodbye", "praise")
"""After these a rating is offered, if anything was answered."""


class Replies:
    """Puts decisions into words, and takes down, adds to and settles what they want."""

    def __init__(self, composer: Composer, receipts: Receipts, aftercare: Aftercare) -> None:
        self._composer = composer
        self._receipts = receipts
        self._aftercare = aftercare

    def said(
        self,
        say: Wording,
        hall: Hall,
        decisions: Sequence[Decision],
        message: Message,
        meaning: Meaning,
        conversation: Conversation,
    ) -> Said:
        """What is said; danger and hurry come before everything else."""
        said = self._said(say, hall, decisions, message, conversation)
        if not message.choice:
            lane = self._composer.fast_lane(say, hall, decisions[0], meaning.signs)
            said.lines = before(lane, said.lines)
        if DANGER in meaning.intents and said.about != (DANGER,):
            said.lines[:0] = self._composer.compose(say, hall, Talk(DANGER)).lines
        return said

    def _said(
        self,
        say: Wording,
        hall: Hall,
        decisions: Sequence[Decision],
        message: Message,
        conversation: Conversation,
    ) -> Said:
        first = decisions[0]
        if isinstance(first, Settled | Add | Rate | Because | Categorise | Erase | OwnData):
            return self._later(say, hall, first, message, conversation)
        said, *others = [self._composer.compose(say, hall, each) for each in decisions]
        if said.outcome is Outcome.CHOOSE and conversation.asked(said.offered, said.about):
            said = self._composer.compose(say, hall, Register("question"))
        if isinstance(first, ReceiptStatus):
            named = first.receipt or message.text
            said.lines = self._receipts.status(say, hall, named, conversation)
            said.next = self._receipts.next(say, find_number(named) or conversation.receipt)
        if said.register:
            self._receipts.take_down(say, hall, said, message, conversation)
        if said.outcome is Outcome.TALK and set(said.about) & set(PARTING):
            self._aftercare.offer_rating(say, said, conversation)
        for other in others:
            said.lines += ["", *other.lines]
            said.about = tuple(dict.fromkeys((*said.about, *other.about)))
        return said

    def _later(
        self,
        say: Wording,
        hall: Hall,
        decision: Later,
        message: Message,
        conversation: Conversation,
    ) -> Said:
        """What is about a question that was answered or taken down before."""
        try:
            said = self._aftercare.said(say, hall, decision, message, conversation)
        except LedgerError as error:
            LOG.error("a receipt could not be dealt with: %s", error)
            phone = say.phone(some_phone(hall))
            return Said(outcome=Outcome.TALK, lines=[say("later_failed", phone=phone)])
        if said.register:
            self._receipts.take_down(say, hall, said, message, conversation)
        return said
