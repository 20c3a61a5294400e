"""The desk: one message in, one turn out.

A message goes down a visible list of steps (mask, understand, decide, answer, record) and
comes back as a turn whose ending is one of `Outcome`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from desk.composer import Composer, Said
from desk.conversation import Conversation
from desk.decision import AskBack, Decider, Decision, OfHall, Register, Talk, Tell
from desk.elsewhere import LAST_RESORT, has_hotline
from desk.mask import mask
from desk.message import Message, Outcome, Turn
from desk.places import ABOUT_HALL
from desk.receipts import find_number, new_number
from desk.texts import Texts
from desk.topics import Topics
from desk.wording import Wording
from facts.counts import window_phone
from facts.guides import Guides
from facts.model import Hall
from intents.cache import IndexCache
from intents.lexicon import lexicons
from intents.understanding import Meaning, Understanding
from ledger.records import Entry, Ledger, LedgerError, Receipt

LOG = logging.getLogger("shouwen.desk")
TEXTS = Texts(Path(__file__).parent / "texts")
LOCKS = 256


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
        cache: IndexCache | None = None,
    ) -> None:
        self.guides = guides
        self._ledger = ledger
        self._clock = clock
        self._topics = Topics(guides.halls)
        known = lexicons()
        self._understanding = Understanding(self._topics.phrases(), known, cache)
        self._decider = Decider(self._topics, known.values())
        self._composer = Composer(self._topics)
        self._locks = [threading.Lock() for _ in range(LOCKS)]

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        self._understanding.warm_up()

    def answer(self, message: Message) -> Turn:
        """The turn that answers a message; it never raises."""
        with self._locks[hash(message.session) % LOCKS]:
            try:
                return self._answer(message)
            except Exception:  # noqa: BLE001 - a fault must not cost the citizen an answer
                LOG.exception("the desk could not answer (door %s)", message.door)
                return self._fault(message)

    def welcome(self, session: str, door: str, language: str | None = None) -> Turn:
        """The greeting: who speaks, what may be asked, and who stands behind."""
        hall = self.guides.halls[0]
        conversation = self._conversation(session)
        chosen = language or conversation.language or hall.languages[0]
        say = Wording(TEXTS, chosen, self._clock())
        lines = say("hello", hall=say.text(hall.name)).splitlines()
        lead = hall.window(hall.lead_window)
        if lead:
            phone = window_phone(hall, lead) or hall.phone
            lines.append(say("hello_behind", window=say.window(lead), phone=phone or LAST_RESORT))
        lines.append(say("hello_privacy"))
        lines += [
            say("notice", text=say.text(each.text))
            for each in hall.notices
            if each.counts(self._composer.calendar(hall).local(say.at).date())
        ]
        return Turn(
            session=session,
            text="",
            language=say.language,
            outcome=Outcome.TALK,
            reply="\n".join(lines),
            about=("greeting",),
            next=self._composer.menu(say),
            confidence=1.0,
        )

    def _answer(self, message: Message) -> Turn:
        began = perf_counter()
        text = mask(message.text)
        conversation = self._conversation(message.session)
        meaning = self._understanding.understand(text)
        language = self._language(message, conversation, meaning)
        decisions = self._decide(message, meaning, conversation)
        say = Wording(TEXTS, language, message.at or self._clock())
        hall = self._hall(conversation, meaning)
        said = self._said(say, hall, decisions, text, conversation)
        receipt = self._receipt(message, say, hall, said, text, conversation)
        turn = _turn(message, text, say, said, receipt)
        self._remember(message, conversation, say, said, turn)
        self._record(message, say, said, turn, (perf_counter() - began) * 1000)
        return turn

    def _decide(
        self, message: Message, meaning: Meaning, conversation: Conversation
    ) -> list[Decision]:
        if message.choice:
            pressed = self._pressed(message.choice)
            if pressed:
                return [pressed]
        if not meaning.folded:
            return [AskBack((), ())]
        first = self._decider.decide(meaning, conversation)
        rest = [self._decider.decide(each, Conversation()) for each in meaning.rest]
        told = [each for each in rest if isinstance(each, Tell)]
        return [first, *told] if isinstance(first, Tell) else [first]

    def _pressed(self, choice: str) -> Decision | None:
        """What a button stands for."""
        key, _, rest = choice.partition(":")
        if key == "language":
            return Talk("language")
        if key == "about" and rest in ABOUT_HALL:
            return OfHall(rest)
        if key == "about":
            return Register("human") if rest == "human" else Talk("help")
        topic = self._topics.by_key(key)
        return Tell(topic, tuple(rest.split("+")) or ("overview",), 1.0) if topic else None

    def _said(
        self,
        say: Wording,
        hall: Hall,
        decisions: Iterable[Decision],
        text: str,
        conversation: Conversation,
    ) -> Said:
        first, *rest = [self._composer.compose(say, hall, each) for each in decisions]
        if first.outcome is Outcome.CHOOSE and self._asked_already(first, conversation):
            first = self._composer.compose(say, hall, Register("question"))
        if first.about == ("receipt_status",):
            first.lines = self._status(say, hall, text, conversation)
        for other in rest:
            first.lines += ["", *other.lines]
            first.about = tuple(dict.fromkeys((*first.about, *other.about)))
        return first

    def _asked_already(self, said: Said, conversation: Conversation) -> bool:
        """Never twice the same question back in a row."""
        labels = [topic.label for topic in said.offered]
        same = bool(labels) and labels == conversation.offered
        return same or (not labels and conversation.asked_matter)

    def _status(self, say: Wording, hall: Hall, text: str, conversation: Conversation) -> list[str]:
        number = find_number(text) or conversation.receipt
        if number is None:
            return [say("receipt_which")]
        receipt = self._ledger.receipt(number)
        if receipt is None:
            return [say("receipt_unknown", phone=hall.phone or LAST_RESORT)]
        lines = [say("receipt_closed", number=number)]
        if receipt.state == "open":
            window, phone = self._window_words(say, hall, receipt.window)
            lines = [say("receipt_open", number=number, window=window, phone=phone)]
            if receipt.due:
                due = self._composer.calendar(hall).local(receipt.due)
                lines.append(say("receipt_due", when=say.moment(due)))
        return lines

    def _window_words(self, say: Wording, hall: Hall, number: str | None) -> tuple[str, str]:
        window = hall.window(number)
        if window is None:
            return say.text(hall.name), say.phone(hall.phone)
        return say.window(window), say.phone(window_phone(hall, window))

    def _receipt(
        self,
        message: Message,
        say: Wording,
        hall: Hall,
        said: Said,
        text: str,
        conversation: Conversation,
    ) -> str | None:
        """Take the question down where nobody's guide answers it; say so if that fails."""
        if said.register is None:
            return None
        calendar = self._composer.calendar(hall)
        due = calendar.due(say.at, hall.reply_within) if hall.reply_within else None
        window, phone = self._window_words(say, hall, said.window)
        receipt = Receipt(
            number=new_number(),
            at=say.at,
            hall=hall.id,
            door=message.door,
            session=message.session,
            language=say.language,
            text=text if said.register != "human" else conversation.question or text,
            topic=conversation.topic if said.register != "question" else None,
            window=said.window,
            due=due,
            kind=said.register,
        )
        try:
            self._ledger.take_down(receipt)
        except LedgerError as error:
            LOG.error("a question could not be taken down: %s", error)
            said.lines = [say("receipt_failed", window=window, phone=phone)]
            return None
        said.lines += [
            say("receipt", number=receipt.number),
            say("receipt_window", window=_capital(window), phone=phone),
            self._promise(say, hall, due),
            say("receipt_ask"),
        ]
        if hall.complaints and hall.complaints.phone:
            said.lines.append(say("receipt_complain", phone=hall.complaints.phone))
        if has_hotline(hall):
            said.lines.append(say("receipt_where"))
        return receipt.number

    def _promise(self, say: Wording, hall: Hall, due: datetime | None) -> str:
        if due:
            return say("receipt_due", when=say.moment(due))
        if hall.reply_within:
            return say("receipt_due_none", within=say.duration(hall.reply_within))
        return say("receipt_due_soon")

    def _conversation(self, session: str) -> Conversation:
        try:
            return Conversation.read(self._ledger.conversation(session))
        except LedgerError as error:
            LOG.error("a conversation could not be read: %s", error)
            return Conversation()

    def _language(self, message: Message, conversation: Conversation, meaning: Meaning) -> str:
        """What the citizen has set, else the language of the text, else of the talk so far."""
        chosen = (message.choice or "").partition("language:")[2]
        if chosen in TEXTS.languages:
            return chosen
        if "language" in meaning.intents and meaning.content <= 2:
            return _wanted_language(meaning)
        told = meaning.language if any(map(str.isalpha, meaning.folded)) else None
        found = (
            message.language or conversation.set_language or (told if not message.choice else None)
        )
        found = found or conversation.language or self.guides.halls[0].languages[0]
        return found if found in TEXTS.languages else "en"

    def _hall(self, conversation: Conversation, meaning: Meaning) -> Hall:
        halls = self.guides.halls
        named = (hall for hall in halls if _named(hall, meaning.folded)) if len(halls) > 1 else ()
        spoken = (hall for hall in halls if hall.id == conversation.hall)
        return next(iter(named), None) or next(spoken, halls[0])

    def _remember(
        self, message: Message, conversation: Conversation, say: Wording, said: Said, turn: Turn
    ) -> None:
        topic = said.topic
        if topic is not None:
            conversation.topic = topic.id
            conversation.case = topic.label if topic.case else None
        if said.hall is not None:
            conversation.hall = said.hall.id
        conversation.about = list(said.about)
        conversation.offered = [each.label for each in said.offered]
        conversation.asked_matter = said.outcome is Outcome.CHOOSE and not said.offered
        conversation.language = say.language
        if said.about == ("language",):
            conversation.set_language = say.language
        conversation.question = turn.text if said.outcome is not Outcome.TALK else ""
        conversation.receipt = turn.receipt or conversation.receipt
        try:
            self._ledger.keep(message.session, conversation.plain(), say.at)
        except LedgerError as error:
            LOG.error("a conversation could not be kept: %s", error)

    def _record(
        self, message: Message, say: Wording, said: Said, turn: Turn, milliseconds: float
    ) -> None:
        hall = said.hall or self.guides.halls[0]
        entry = Entry(
            at=say.at,
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

    def _fault(self, message: Message) -> Turn:
        hall = self.guides.halls[0]
        language = message.language or hall.languages[0]
        phone = hall.phone
        reply = (
            TEXTS.say("fault", language, phone=phone)
            if phone
            else TEXTS.say("fault_plain", language)
        )
        return Turn(
            session=message.session,
            text="",
            language=language,
            outcome=Outcome.REFERRED,
            reply=reply,
            window=hall.lead_window,
        )


def _turn(message: Message, text: str, say: Wording, said: Said, receipt: str | None) -> Turn:
    topic = said.topic
    return Turn(
        session=message.session,
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
        confidence=said.confidence,
        receipt=receipt,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(hall: Hall, folded: str) -> bool:
    names = (*hall.name.words.values(), *hall.also)
    return any(len(name) > 1 and name.lower() in folded for name in names)


def _wanted_language(meaning: Meaning) -> str:
    chinese = ("中文", "chinese", "汉语", "普通话")
    return "zh" if any(word in meaning.folded for word in chinese) else "en"
