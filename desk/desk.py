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
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from desk.asked import DANGER, wanted_language
from desk.checking import Checking, remember
from desk.composer import Composer
from desk.conversation import Conversation
from desk.decider import Decider
from desk.decision import (
    AskBack,
    Decision,
    Near,
    OfHall,
    ReceiptStatus,
    Register,
    Talk,
    Tell,
)
from desk.mask import mask, without_masks
from desk.matters import Matters
from desk.message import Message, Outcome, Turn
from desk.papers import Brought
from desk.places import ABOUT_HALL
from desk.receipts import Receipts, find_number
from desk.record import Record
from desk.said import Said
from desk.stations import AT_STATIONS, Stations
from desk.telling import TOLD
from desk.texts import Texts
from desk.topics import Topic, Topics
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
from ledger.records import Ledger

LOG = logging.getLogger("shouwen.desk")
TEXTS = Texts(Path(__file__).parent / "texts")
LOCKS = 256
KIND_OF_PLACE = "[镇乡县区市]?"
"""What may stand behind a hall's short name and belongs to it."""
PRESSED: dict[str, Decision] = {
    "language:zh": Talk("language"),
    "language:en": Talk("language"),
    "about:help": Talk("help"),
    "about:human": Register("human"),
    "about:none": Register("question"),
    "about:location": Talk("location"),
    **{f"about:{intent}": OfHall(intent) for intent in ABOUT_HALL},
}
"""What a button stands for that names no topic."""


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
    ) -> None:
        self.guides = guides
        self._clock = clock
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
        self._stations = Stations(self._topics, known.values())
        self._checking = Checking(self._topics, calendars, known.values())
        self._decider = Decider(self._topics, self._understanding, known.values())
        self._composer = Composer(self._topics, calendars, self._matters)
        self._receipts = Receipts(ledger, calendars)
        self._record = Record(ledger)
        self._locks = [threading.Lock() for _ in range(LOCKS)]

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        cases = ([case.label for case in self._topics.cases(topic)] for topic in self._topics)
        self._understanding.warm_up(filter(None, cases))
        self._checking.warm_up()

    def answer(self, message: Message) -> Turn:
        """The turn that answers a message; it never raises."""
        with self._locks[hash(message.session) % LOCKS]:
            try:
                return self._answer(message)
            except Exception:
                LOG.exception("the desk could not answer (door %s)", message.door)
                return self._fault(message)

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
        brought = None if message.choice else self._checking.read(text, conversation)
        meaning = self._understanding.understand(brought.rest if brought else text)
        say = Wording(
            TEXTS, self._language(message, conversation, meaning), message.at or self._clock()
        )
        decisions = [
            each
            for decision in self._decide(message, meaning, conversation, brought, say.at)
            for each in self._checking.held(decision, conversation, say.at)
        ]
        said = self._said(say, hall, decisions, message, conversation)
        if DANGER in meaning.intents and said.about != (DANGER,):
            said.lines[:0] = self._composer.compose(say, hall, Talk(DANGER)).lines
        turn = _turn(message.session, message.text, say, said)
        _remember(conversation, say, said, turn)
        remember(conversation, decisions, said, turn.text if brought else None)
        self._record.keep(message.session, conversation, say.at)
        spent = (perf_counter() - began) * 1000
        if not turn.in_place:
            self._record.write(said.hall or hall, message, turn, say.at, spent)
        return turn

    def _decide(
        self,
        message: Message,
        meaning: Meaning,
        conversation: Conversation,
        brought: Brought | None,
        at: datetime,
    ) -> list[Decision]:
        """What to do: one decision, or one for each question where several were asked."""
        if message.choice and (pressed := self._pressed(message.choice, conversation, at)):
            return [pressed]
        if ticked := self._checking.numbers(message.text, conversation, at):
            return [ticked]
        if brought:
            first = (
                self._decider.decide(meaning, conversation)
                if words(meaning.folded)
                else AskBack((), ())
            )
            return self._checking.decided(first, brought, conversation, at)
        if message.location:
            return [Near(message.location, self._last(conversation))]
        if not words(meaning.folded):
            return [AskBack((), ())]
        if decided := self._at_station(message, conversation):
            return decided
        if find_number(message.text):
            return [ReceiptStatus()]
        first = self._decider.decide(meaning, conversation)
        if not isinstance(first, Tell):
            return [first]
        others = [self._decider.decide(each, Conversation()) for each in meaning.rest]
        return [first, *(each for each in others if isinstance(each, Tell))]

    def _at_station(self, message: Message, conversation: Conversation) -> list[Decision] | None:
        """What to do where a station is named; None where none is, or no more than it."""
        _, text = self._hall_in(without_masks(message.text), conversation)
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

    def _pressed(self, choice: str, conversation: Conversation, at: datetime) -> Decision | None:
        """What a button stands for; None where it is older than the guides."""
        if choice in PRESSED:
            return PRESSED[choice]
        key, _, about = choice.partition(":")
        topic = self._topics.by_key(key)
        if topic and (check := self._checking.pressed(topic, about, conversation, at)):
            return check
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
        said, *others = [self._composer.compose(say, hall, each) for each in decisions]
        if said.outcome is Outcome.CHOOSE and conversation.asked(said.offered, said.about):
            said = self._composer.compose(say, hall, Register("question"))
        if said.about == ("receipt_status",):
            said.lines = self._receipts.status(say, hall, message.text, conversation)
        if said.register:
            self._receipts.take_down(say, hall, said, message, conversation)
        for other in others:
            said.lines += ["", *other.lines]
            said.about = tuple(dict.fromkeys((*said.about, *other.about)))
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
        checklist=said.checklist,
        in_place=said.in_place,
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
    conversation.receipt = said.receipt or conversation.receipt
