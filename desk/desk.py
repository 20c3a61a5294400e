"""The desk: one message in, one turn out.

A message goes down a visible list of steps (mask, understand, decide, answer, record) and
comes back as a turn whose ending is one of `Outcome`.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from desk.asked import DANGER, wanted_language
from desk.composer import Composer
from desk.conversation import Conversation
from desk.decider import Decider
from desk.decision import (
    Add,
    AskBack,
    Because,
    Decision,
    Erase,
    Later,
    OfHall,
    OwnData,
    Rate,
    ReceiptStatus,
    Register,
    Settled,
    Talk,
    Tell,
)
from desk.elsewhere import some_phone
from desk.mask import mask, without_masks
from desk.matters import Matters
from desk.message import Message, Outcome, Turn
from desk.notices import Notices
from desk.places import ABOUT_HALL
from desk.receipts.aftercare import REASONS, Aftercare
from desk.receipts.contacts import Contacts
from desk.receipts.handling import Handling
from desk.receipts.letters import Letters
from desk.receipts.numbers import find_number
from desk.receipts.reminding import Reminders
from desk.receipts.taking import Receipts
from desk.receipts.terms import Terms
from desk.record import Record
from desk.retention import Retention
from desk.said import Said
from desk.telling import TOLD
from desk.texts import Texts
from desk.topics import Topics
from desk.why import Why
from desk.wording import Wording
from facts.calendar import Calendar
from facts.guides import Guides
from facts.model import Hall
from intents.cache import Cache
from intents.encoder import VectorStore
from intents.fold import fold, has_han
from intents.lexicon import lexicons
from intents.tokens import words
from intents.understanding import Meaning, Understanding
from ledger.records import Ledger, LedgerError

LOG = logging.getLogger("shouwen.desk")
TEXTS = Texts(Path(__file__).parent / "texts")
RETENTION = Retention()
LOCKS = 256
A_DAY = timedelta(days=1)
PARTING = ("thanks", "goodbye", "praise")
"""After these a rating is offered, if anything was answered."""
KIND_OF_PLACE = "[镇乡县区市]?"
"""What may stand behind a hall's short name and belongs to it."""
PRESSED: dict[str, Decision] = {
    "language:zh": Talk("language"),
    "language:en": Talk("language"),
    "about:help": Talk("help"),
    "about:human": Register("human"),
    "about:none": Register("question"),
    "about:forget": Erase(),
    "forget:yes": Erase(confirmed=True),
    "forget:no": Talk("help"),
    "about:my_data": OwnData(),
    "about:receipt_status": ReceiptStatus(),
    "about:unsettled": Settled(settled=False),
    "about:settled": Settled(settled=True),
    **{f"rate:{level}": Rate(level) for level in range(1, 6)},
    **{f"reason:{each}": Because(each) for each in REASONS},
    **{f"about:{intent}": OfHall(intent) for intent in ABOUT_HALL},
}
"""What a button stands for that names no topic."""
OF_RECEIPT: dict[str, Callable[[str], Decision]] = {
    "settled": lambda number: Settled(settled=True, receipt=number),
    "unsettled": lambda number: Settled(settled=False, receipt=number),
    "add": Add,
    "receipt": ReceiptStatus,
}
"""What a button stands for that names a receipt."""


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Desk:
    """Answers messages from the guides and writes every turn into the ledger. Thread-safe."""

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
        self.guides = guides
        self._clock = clock
        self._ledger = ledger
        self._retention = retention
        self._topics = Topics(guides.halls)
        known = lexicons()
        calendars = {hall.id: Calendar(hall) for hall in guides.halls}
        self._matters = Matters(self._topics, catalogue, cache, store)
        self._understanding = Understanding(
            self._topics.phrases(),
            known,
            self._matters,
            self._topics.parts(),
            self._topics.journeys(),
            cache,
            store,
        )
        self._decider = Decider(self._topics, self._understanding, known.values())
        self._composer = Composer(self._topics, calendars, self._matters)
        letters, terms = Letters(self._topics, calendars, TEXTS), Terms(calendars)
        self._receipts = Receipts(ledger, letters, terms)
        self._aftercare = Aftercare(self._topics, ledger, letters, terms, self._receipts)
        self._record = Record(ledger)
        languages = [each for hall in guides.halls for each in hall.languages]
        self.contacts = Contacts.of(ledger, contact_key)
        self.handling = Handling(ledger, letters, terms, languages, clock, self.contacts)
        self._reminders = Reminders(ledger, letters, terms, clock)
        self.notices = Notices(ledger, clock)
        self._forgotten: datetime | None = None
        self._locks = [threading.Lock() for _ in range(LOCKS)]

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        cases = ([case.label for case in self._topics.cases(topic)] for topic in self._topics)
        self._understanding.warm_up(filter(None, cases))

    def answer(self, message: Message) -> Turn:
        """The turn that answers a message; it never raises."""
        with self._locks[hash(message.session) % LOCKS]:
            try:
                return self._record.answered(message) or self._answer(message)
            except Exception:
                LOG.exception("the desk could not answer (door %s)", message.door)
                return self._fault(message)

    def keep_up(self) -> int:
        """Write the reminders that are due, close what was answered long ago, and delete what is
        past its term; how many were due.

        Raises `LedgerError` where the ledger cannot be reached.
        """
        at = self._clock()
        if self._forgotten is None or at - self._forgotten >= A_DAY:
            self._reminders.close_silent()
            self._retention.apply(self._ledger, at)
            self._forgotten = at
        return self._reminders.remind()

    def told(self, session: str, message: str) -> None:
        """A door says that the reply to a message it named has reached the citizen."""
        self._record.told(session, message)

    def why(self, question: str, language: str) -> Iterator[str]:
        """What is made of a question and why, line by line, for editors."""
        why = Why(self._topics, self._matters, self._understanding, self._decider, TEXTS)
        return why.lines(without_masks(mask(question)), _known(language))

    def welcome(self, session: str, door: str, language: str | None = None) -> Turn:  # noqa: ARG002 - every door says where it stands
        """The greeting: who speaks, what may be asked, and who stands behind."""
        hall = self.guides.halls[0]
        conversation = self._record.conversation(session)
        chosen = conversation.set_language or language or conversation.language
        say = Wording(TEXTS, _known(chosen or hall.languages[0]), self._clock())
        return _turn(session, "", say, self._composer.hello(say, hall))

    def _answer(self, message: Message) -> Turn:
        began = perf_counter()
        message = replace(message, text=mask(message.text))
        conversation = self._record.conversation(message.session)
        hall, text = self._hall_in(without_masks(message.text), conversation)
        meaning = self._understanding.understand(text)
        say = Wording(
            TEXTS, self._language(message, conversation, meaning), message.at or self._clock()
        )
        decisions = self._decide(message, meaning, conversation)
        said = self._said(say, hall, decisions, message, conversation)
        if DANGER in meaning.intents and said.about != (DANGER,):
            said.lines[:0] = self._composer.compose(say, hall, Talk(DANGER)).lines
        turn = _turn(message.session, message.text, say, said)
        _remember(conversation, say, said, turn)
        kept = None if said.erased else conversation
        spent = (perf_counter() - began) * 1000
        self._record.write(said.hall or hall, message, turn, kept, say.at, spent)
        return turn

    def _decide(
        self, message: Message, meaning: Meaning, conversation: Conversation
    ) -> list[Decision]:
        """What to do: one decision, or one for each question where several were asked."""
        if message.choice and (pressed := self._pressed(message.choice)):
            return [pressed]
        if conversation.adding and not message.choice:
            return [Add(conversation.adding, text=True)]
        if not words(meaning.folded):
            return [AskBack((), ())]
        if find_number(message.text):
            return [ReceiptStatus()]
        first = self._decider.decide(meaning, conversation)
        if not isinstance(first, Tell):
            return [first]
        others = [self._decider.decide(each, Conversation()) for each in meaning.rest]
        return [first, *(each for each in others if isinstance(each, Tell))]

    def _pressed(self, choice: str) -> Decision | None:
        """What a button stands for; None where it is older than the guides."""
        if choice in PRESSED:
            return PRESSED[choice]
        key, _, about = choice.partition(":")
        if key in OF_RECEIPT and (number := find_number(about)):
            return OF_RECEIPT[key](number)
        topic = self._topics.by_key(key)
        return (
            Tell(topic, tuple(filter(TOLD.__contains__, about.split("+"))), 1.0) if topic else None
        )

    def _said(
        self,
        say: Wording,
        hall: Hall,
        decisions: Sequence[Decision],
        message: Message,
        conversation: Conversation,
    ) -> Said:
        first = decisions[0]
        if isinstance(first, Settled | Add | Rate | Because | Erase | OwnData):
            return self._later(say, hall, first, message, conversation)
        said, *others = [self._composer.compose(say, hall, each) for each in decisions]
        if said.outcome is Outcome.CHOOSE and conversation.asked(said.offered, said.about):
            said = self._composer.compose(say, hall, Register("question"))
        if isinstance(first, ReceiptStatus):
            named = first.receipt or message.text
            said.lines = self._receipts.status(say, hall, named, conversation)
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

    def _language(self, message: Message, conversation: Conversation, meaning: Meaning) -> str:
        """What the citizen has set, else the language of the text, else of the talk so far."""
        if (message.choice or "").startswith("language:"):
            return _known((message.choice or "").removeprefix("language:"))
        if wanted := wanted_language(meaning):
            return wanted
        read = not message.choice and _tells_language(meaning)
        return _known(
            message.language
            or conversation.set_language
            or (meaning.language if read else conversation.language)
            or conversation.language
            or self.guides.halls[0].languages[0]
        )

    def _hall_in(self, text: str, conversation: Conversation) -> tuple[Hall, str]:
        """The hall that the text names, else the one spoken of, else the first; and the rest.

        A hall that is named counts from then on. Its name is no part of the question, unless
        the question is nothing else.
        """
        halls = self.guides.halls
        folded = fold(text) if len(halls) > 1 else ""
        for hall in halls:
            name = max((name for name in _names(hall) if name in folded), key=len, default="")
            if name:
                conversation.hall = hall.id
                rest = re.sub(re.escape(name) + KIND_OF_PLACE, " ", folded)
                return hall, rest.strip() or text
        spoken = [hall for hall in halls if hall.id == conversation.hall]
        return [*spoken, *halls][0], text

    def _fault(self, message: Message) -> Turn:
        hall = self.guides.halls[0]
        language = _known(message.language or hall.languages[0])
        plain = TEXTS.say("fault_plain", language)
        reply = TEXTS.say("fault", language, phone=hall.phone) if hall.phone else plain
        return Turn(
            session=message.session,
            text="",
            language=language,
            outcome=Outcome.REFERRED,
            reply=reply,
            window=hall.lead_window,
        )


def _tells_language(meaning: Meaning) -> bool:
    """Whether a text shows in which language it is written: a receipt number or "ok" does not."""
    return has_han(meaning.folded) or any(len(word) > 3 for word in words(meaning.folded))


def _known(language: str) -> str:
    """The language of the texts that serves for a tag such as `zh-Hans` or `en-GB`."""
    return next((each for each in (language, language.partition("-")[0]) if each in TEXTS), "en")


def _names(hall: Hall) -> list[str]:
    names = (fold(name) for name in (*hall.name.words.values(), *hall.also))
    return [name for name in names if len(name) > 1]


def _turn(session: str, text: str, say: Wording, said: Said) -> Turn:
    topic = said.topic
    return Turn(
        session=session,
        text=text,
        language=say.language,
        outcome=said.outcome,
        reply="\n".join(said.lines),
        topic=topic.id if topic else None,
        case=topic.case if topic else None,
        about=said.about,
        window=said.window,
        choices=said.choices,
        next=said.next,
        confidence=round(min(said.confidence, 1.0), 3),
        receipt=said.receipt,
    )


def _remember(conversation: Conversation, say: Wording, said: Said, turn: Turn) -> None:
    """What the next turn needs to know of this one."""
    if said.topic is not None:
        conversation.topic = said.topic.id
        conversation.case = said.topic.label if said.topic.case else None
    if said.hall is not None:
        conversation.hall = said.hall.id
    if said.outcome is not Outcome.TALK:
        conversation.about = list(said.about)
        conversation.offered = [topic.label for topic in said.offered]
    conversation.asks = said.outcome is Outcome.CHOOSE
    conversation.asked_matter = said.outcome is Outcome.CHOOSE and not said.offered
    conversation.language = say.language
    if said.about == ("language",):
        conversation.set_language = say.language
    conversation.question = turn.text if said.outcome is Outcome.CHOOSE else ""
    if said.outcome in (Outcome.ANSWERED, Outcome.REFERRED) and turn.text:
        conversation.last = turn.text
    conversation.receipt = said.receipt or conversation.receipt
