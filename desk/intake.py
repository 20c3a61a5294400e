"""Intake: from a message and its meaning to what is done about it.

What can be told from the message alone comes first: a button, a tick, a paper in hand, a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk.asked import FEW, settled
from desk.buttons import pressed
from desk.checking import Checking
from desk.conversation import Conversation
from desk.decider import Decider
from desk.decision import Add, AskBack, Decision, Near, ReceiptStatus, Settled, Tell
from desk.halls import hall_in
from desk.mask import without_masks
from desk.message import Message
from desk.next_step import step_after
from desk.papers import Brought
from desk.receipts.numbers import find_number
from desk.stations import AT_STATIONS, Stations
from desk.telling import STEP_ON
from desk.topics import Topic, Topics
from facts.model import Hall
from intents.tokens import words
from intents.understanding import Meaning, Understanding


class Intake:
    """Decides about messages, of whatever kind they are."""

    def __init__(
        self,
        halls: Sequence[Hall],
        topics: Topics,
        understanding: Understanding,
        decider: Decider,
        checking: Checking,
        stations: Stations,
    ) -> None:
        self._halls = halls
        self._topics = topics
        self._understanding = understanding
        self._decider = decider
        self._checking = checking
        self._stations = stations

    def decide(
        self,
        message: Message,
        meaning: Meaning,
        conversation: Conversation,
        brought: Brought | None,
        at: datetime,
    ) -> list[Decision]:
        """One decision, or one for each question where several were asked.

        `brought` are the papers that the message says to have; `meaning` is then of the rest.
        """
        decisions = self._decisions(message, meaning, conversation, brought, at)
        return [
            each
            for decision in decisions
            for each in self._checking.held(decision, conversation, at)
        ]

    def _decisions(
        self,
        message: Message,
        meaning: Meaning,
        conversation: Conversation,
        brought: Brought | None,
        at: datetime,
    ) -> list[Decision]:
        if message.choice and (button := self._pressed(message.choice, conversation, at)):
            conversation.adding = None
            return [button]
        if conversation.adding and words(meaning.folded):
            return [Add(conversation.adding, text=True)]
        if of_list := self._of_list(message.text, conversation, brought, at):
            return [of_list]
        if brought:
            spoken = words(meaning.folded)
            first = self._decider.decide(meaning, conversation) if spoken else AskBack((), ())
            return self._checking.decided(first, brought, conversation, at)
        if message.location:
            return [Near(message.location, self._last(conversation))]
        if not words(meaning.folded):
            return [AskBack((), ())]
        if decided := self._at_station(message, conversation):
            return decided
        if number := find_number(message.text):
            return [_of_receipt(number, meaning)]
        first = self._decider.decide(meaning, conversation)
        if not isinstance(first, Tell):
            return [first]
        others = [self._decider.decide(each, Conversation()) for each in meaning.rest]
        return [first, *(each for each in others if isinstance(each, Tell))]

    def _of_list(
        self, text: str, conversation: Conversation, brought: Brought | None, at: datetime
    ) -> Decision | None:
        """What ticks the list that was shown, or asks whether a paper is on it."""
        ticked = self._checking.numbers(text, conversation, at)
        return ticked or (None if brought else self._checking.wanted(text, conversation, at))

    def _pressed(self, choice: str, conversation: Conversation, at: datetime) -> Decision | None:
        if choice == STEP_ON and (step := step_after(self._topics, conversation)):
            return step
        key, _, rest = choice.partition(":")
        topic = self._topics.by_key(key)
        check = self._checking.pressed(topic, rest, conversation, at) if topic else None
        return check or pressed(choice, self._topics)

    def _at_station(self, message: Message, conversation: Conversation) -> list[Decision] | None:
        """What to do where a station is named; None where none is, or no more than it."""
        _, text = hall_in(self._halls, without_masks(message.text), conversation)
        stood = self._stations.named(text, conversation.hall)
        if stood is None:
            return None
        meaning = self._understanding.understand(stood.rest)
        first = self._decider.decide(meaning, conversation)
        return self._stations.decided(stood, meaning, first, self._last(conversation))

    def _last(self, conversation: Conversation) -> Topic | None:
        """The service or case last spoken of."""
        last = self._topics.find(conversation.case) or self._topics.find(conversation.topic)
        return last if last and last.kind in AT_STATIONS else None


def _of_receipt(number: str, meaning: Meaning) -> Decision:
    """What is said about a receipt that is named by its number."""
    said = settled(meaning)
    if said is not None:
        return Settled(settled=said, receipt=number)
    if "addition" in meaning.intents:
        return Add(number, text=meaning.content > FEW)
    return ReceiptStatus()
