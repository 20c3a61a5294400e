"""The desk: one message in, one turn out.

A message goes down a visible list of steps (mask, understand, decide, answer, record) and
comes back as a turn whose ending is one of `Outcome`.
"""

from __future__ import annotations

import copy
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from desk import checking
from desk.editors import Editors
from desk.halls import Halls, hall_in
from desk.knowledge import TEXTS, Knowledge
from desk.languages import known as spoken
from desk.languages import language_of
from desk.mask import mask, without_masks
from desk.message import Message, Outcome, Turn
from desk.next_step import remember_step
from desk.notices import Notices
from desk.receipts.aftercare import Aftercare
from desk.receipts.contacts import Contacts
from desk.receipts.handling import Handling
from desk.receipts.letters import Letters
from desk.receipts.reminding import Reminders
from desk.receipts.taking import Receipts
from desk.receipts.terms import Terms
from desk.record import Record
from desk.replies import Replies
from desk.retention import Retention
from desk.why import Explanation, Why
from desk.wording import Wording
from facts.guides import Guides
from intents.cache import Cache
from intents.encoder import VectorStore
from intents.fold import LONGEST
from ledger.records import Ledger

LOG = logging.getLogger("shouwen.desk")
RETENTION = Retention()
LOCKS = 256


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class _Served(NamedTuple):
    """What is known, and what is said and urged of it over the ledger: exchanged together."""

    knowledge: Knowledge
    replies: Replies
    reminders: Reminders


class Desk:
    """Answers messages from the guides and writes every turn into the ledger. Thread-safe.

    `handling` is what the people behind the desk see and do, `notices` are what the doors carry
    to them and to citizens without having been asked, and `editors` are told of their guides.
    `halls` are those of the guides that count whenever it is looked at.
    """

    def __init__(
        self,
        guides: Guides,
        ledger: Ledger,
        clock: Callable[[], datetime] = now,
        cache: Cache | None = None,
        catalogue: Sequence[Path] = (),
        store: VectorStore | None = None,
        retention: Retention = RETENTION,
        contact_key: str | None = None,
    ) -> None:
        self._clock = clock
        self._ledger = ledger
        self._record = Record(ledger, retention)
        self._now = self._served(Knowledge(guides, catalogue, cache, store))
        self.contacts = Contacts.of(ledger, contact_key)
        self.handling = Handling(ledger, self._letters, clock, self.contacts)
        self.notices = Notices(ledger, clock)
        self.editors = Editors(ledger, clock)
        self.halls = Halls(lambda: self.guides.halls)
        self._locks = [threading.Lock() for _ in range(LOCKS)]

    @property
    def knowledge(self) -> Knowledge:
        """What is known now."""
        return self._now.knowledge

    @property
    def guides(self) -> Guides:
        """The guides that count now."""
        return self._now.knowledge.guides

    def exchange(self, knowledge: Knowledge) -> None:
        """From the next message on this is known; who is being answered is answered from before."""
        self._now = self._served(knowledge)

    def _served(self, knowledge: Knowledge) -> _Served:
        letters, terms = knowledge.letters, knowledge.terms
        receipts = Receipts(self._ledger, letters, terms)
        aftercare = Aftercare(knowledge.topics, self._ledger, letters, terms, receipts)
        replies = Replies(knowledge.composer, receipts, aftercare)
        reminders = Reminders(self._ledger, letters, terms, self._clock)
        return _Served(knowledge, replies, reminders)

    def _letters(self) -> tuple[Letters, Terms]:
        return self._now.knowledge.letters, self._now.knowledge.terms

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        self._now.knowledge.warm_up()

    def answer(self, message: Message) -> Turn:
        """The turn that answers a message; it never raises."""
        with self._locks[hash(message.session) % LOCKS]:
            try:
                return self._record.answered(message) or self._answer(message)
            except Exception:
                LOG.exception("the desk could not answer (door %s)", message.door)
                return self._fault(message)

    def told(self, session: str, message: str) -> None:
        """A door says that the reply to a message it named has reached the citizen."""
        self._record.told(session, message)

    def keep_up(self) -> int:
        """Write the reminders that are due, close what was answered long ago, and delete what is
        past its term; how many were due.

        Raises `LedgerError` where the ledger cannot be reached.
        """
        reminders = self._now.reminders
        if self._record.forget(self._clock()):
            reminders.close_silent()
        return reminders.remind()

    def why(self, question: str, language: str) -> Iterator[str]:
        """What is made of a question and why, line by line, for editors."""
        return self._why().lines(without_masks(mask(question)), spoken(language, TEXTS))

    def explained(self, question: str, language: str) -> Explanation:
        """The same, part by part."""
        return self._why().explained(without_masks(mask(question)), spoken(language, TEXTS))

    def _why(self) -> Why:
        known = self._now.knowledge
        return Why(known.topics, known.matters, known.understanding, known.decider, TEXTS)

    def on_trial(self, guides: Guides, label: str, ledger: Ledger) -> Desk:
        """A desk on guides in which this topic alone is another, with a ledger of its own.

        It is made in a moment, and nobody who asks this desk notices.
        """
        made = copy.copy(self)
        made._ledger, made._record = ledger, Record(ledger, RETENTION)
        made._now = made._served(self.knowledge.with_topic(guides, label))
        return made

    def welcome(self, session: str, door: str, language: str | None = None) -> Turn:  # noqa: ARG002 - every door says where it stands
        """The greeting: who speaks, what may be asked, and who stands behind."""
        known = self._now.knowledge
        hall = known.guides.halls[0]
        conversation = self._record.conversation(session)
        chosen = conversation.set_language or language or conversation.language
        say = Wording(TEXTS, spoken(chosen or hall.languages[0], TEXTS), self._clock())
        return known.composer.hello(say, hall).turn(session, "", say.language)

    def _answer(self, message: Message) -> Turn:
        began = perf_counter()
        known, replies, _ = self._now
        # Cut before and after, so that no number is cut in two and then not known as one.
        message = replace(message, text=mask(message.text[: 2 * LONGEST])[:LONGEST])
        conversation = self._record.conversation(message.session)
        halls = known.guides.halls
        hall, text = hall_in(halls, without_masks(message.text), conversation)
        asks = not message.choice and not conversation.adding
        brought = known.checking.read(text, conversation) if asks else None
        meaning = known.understanding.understand(brought.rest if brought else text)
        language = language_of(message, conversation, meaning, halls[0].languages[0])
        at = message.at or self._clock()
        say = Wording(TEXTS, spoken(language, TEXTS), at, meaning.days)
        decisions = known.intake.decide(message, meaning, conversation, brought, say.at)
        said = replies.said(say, hall, decisions, message, meaning, conversation)
        turn = said.turn(message.session, message.text, say.language)
        remember_step(known.topics, conversation, said.topic)
        checking.remember(conversation, decisions, said, turn.text if brought else None)
        conversation.remember(said, turn)
        spent = (perf_counter() - began) * 1000
        kept = None if said.erased else conversation
        self._record.write(
            said.hall or hall, message, turn, kept, say.at, spent, unnamed=said.anonymous
        )
        return turn

    def _fault(self, message: Message) -> Turn:
        hall = self.guides.halls[0]
        language = spoken(message.language or hall.languages[0], TEXTS)
        plain = TEXTS.say("fault_plain", language)
        reply = TEXTS.say("fault", language, phone=hall.phone) if hall.phone else plain
        turn = Turn(
            session=message.session,
            text="",
            language=language,
            outcome=Outcome.LED,
            reply=reply,
            window=hall.lead_window,
        )
        with suppress(Exception):  # what broke the answer may break this too
            self._record.note(hall, message, turn, message.at or self._clock())
        return turn
