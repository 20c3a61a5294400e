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

from desk import checking
from desk.checking import Checking
from desk.composer import Composer
from desk.decider import Decider
from desk.halls import hall_in
from desk.intake import Intake
from desk.languages import known, language_of
from desk.mask import mask, without_masks
from desk.matters import Matters
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
from desk.stations import Stations
from desk.texts import Texts
from desk.topics import Topics
from desk.why import Explanation, Why
from desk.wording import Wording
from facts.calendar import Calendar
from facts.guides import Guides
from intents.cache import Cache
from intents.encoder import VectorStore
from intents.fold import LONGEST
from intents.lexicon import lexicons
from intents.ranker import topic_of
from intents.understanding import Understanding
from ledger.records import Ledger

LOG = logging.getLogger("shouwen.desk")
TEXTS = Texts(Path(__file__).parent / "texts")
RETENTION = Retention()
LOCKS = 256


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Desk:
    """Answers messages from the guides and writes every turn into the ledger. Thread-safe.

    `handling` is what the people behind the desk see and do, `notices` are what the doors carry
    to them and to citizens without having been asked.
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
        topics = Topics(guides.halls)
        self._matters = Matters(topics, catalogue, cache, store)
        understanding = Understanding(
            topics.phrases(),
            lexicons(),
            self._matters,
            topics.parts(),
            topics.journeys(),
            cache,
            store,
        )
        self._furnish(guides, topics, understanding, ledger, retention, contact_key)

    def _furnish(
        self,
        guides: Guides,
        topics: Topics,
        understanding: Understanding,
        ledger: Ledger,
        retention: Retention = RETENTION,
        contact_key: str | None = None,
    ) -> None:
        """Set up all that stands on the guides, on what understands them, and on the ledger."""
        self.guides, self._topics, self._understanding = guides, topics, understanding
        clock, spoken = self._clock, lexicons()
        calendars = {hall.id: Calendar(hall) for hall in guides.halls}
        self._checking = Checking(topics, calendars, spoken.values())
        self._decider = Decider(topics, self._understanding, spoken.values())
        self._intake = Intake(
            guides.halls,
            topics,
            self._understanding,
            self._decider,
            self._checking,
            Stations(topics, spoken.values()),
        )
        self._composer = Composer(topics, calendars, self._matters)
        letters, terms = Letters(topics, calendars, TEXTS), Terms(calendars)
        receipts = Receipts(ledger, letters, terms)
        aftercare = Aftercare(topics, ledger, letters, terms, receipts)
        self._replies = Replies(self._composer, receipts, aftercare)
        self._record = Record(ledger, retention)
        self._reminders = Reminders(ledger, letters, terms, clock)
        languages = [each for hall in guides.halls for each in hall.languages]
        self.contacts = Contacts.of(ledger, contact_key)
        self.handling = Handling(ledger, letters, terms, languages, clock, self.contacts)
        self.notices = Notices(ledger, clock)
        self._locks = [threading.Lock() for _ in range(LOCKS)]

    def on_trial(self, guides: Guides, label: str, ledger: Ledger) -> Desk:
        """A desk on guides in which this topic alone is another, with a ledger of its own.

        It is made in a moment, and nobody who asks this desk notices.
        """
        topics = Topics(guides.halls)
        understanding = self._understanding.replaced(
            label,
            (each for each in topics.phrases() if topic_of(each.label) == label),
            (each for each in topics.parts() if topic_of(each.label) == label),
            whole=label in topics.journeys(),
        )
        made = copy.copy(self)
        made._furnish(guides, topics, understanding, ledger)
        return made

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        cases = ([case.label for case in self._topics.cases(topic)] for topic in self._topics)
        self._understanding.warm_up(filter(None, cases))
        self._checking.warm_up()

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
        if self._record.forget(self._clock()):
            self._reminders.close_silent()
        return self._reminders.remind()

    def why(self, question: str, language: str) -> Iterator[str]:
        """What is made of a question and why, line by line, for editors."""
        return self._why().lines(without_masks(mask(question)), known(language, TEXTS))

    def explained(self, question: str, language: str) -> Explanation:
        """The same, part by part."""
        return self._why().explained(without_masks(mask(question)), known(language, TEXTS))

    def _why(self) -> Why:
        return Why(self._topics, self._matters, self._understanding, self._decider, TEXTS)

    def welcome(self, session: str, door: str, language: str | None = None) -> Turn:  # noqa: ARG002 - every door says where it stands
        """The greeting: who speaks, what may be asked, and who stands behind."""
        hall = self.guides.halls[0]
        conversation = self._record.conversation(session)
        chosen = conversation.set_language or language or conversation.language
        say = Wording(TEXTS, known(chosen or hall.languages[0], TEXTS), self._clock())
        return self._composer.hello(say, hall).turn(session, "", say.language)

    def _answer(self, message: Message) -> Turn:
        began = perf_counter()
        # Cut before and after, so that no number is cut in two and then not known as one.
        message = replace(message, text=mask(message.text[: 2 * LONGEST])[:LONGEST])
        conversation = self._record.conversation(message.session)
        halls = self.guides.halls
        hall, text = hall_in(halls, without_masks(message.text), conversation)
        asks = not message.choice and not conversation.adding
        brought = self._checking.read(text, conversation) if asks else None
        meaning = self._understanding.understand(brought.rest if brought else text)
        language = language_of(message, conversation, meaning, halls[0].languages[0])
        say = Wording(TEXTS, known(language, TEXTS), message.at or self._clock())
        decisions = self._intake.decide(message, meaning, conversation, brought, say.at)
        said = self._replies.said(say, hall, decisions, message, meaning, conversation)
        turn = said.turn(message.session, message.text, say.language)
        remember_step(self._topics, conversation, said.topic)
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
        language = known(message.language or hall.languages[0], TEXTS)
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
