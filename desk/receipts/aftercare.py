"""Aftercare: what a citizen says about a question that was answered or taken down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from desk.conversation import Conversation
from desk.decision import Add, Because, Categorise, Erase, Later, OwnData, Rate, Settled
from desk.mask import without_masks
from desk.message import Choice, Message, Outcome
from desk.receipts.complaints import categorise
from desk.receipts.letters import Letters
from desk.receipts.taking import CITIZEN, Receipts
from desk.receipts.terms import QUESTION, RATING, Terms
from desk.said import Said
from desk.topics import Topics
from desk.wording import Wording, dotted
from facts.counts import windows_of
from facts.model import Hall
from ledger.records import OPEN, Event, Ledger, Rating, Receipt

LEVELS = (5, 4, 3, 2, 1)
"""The five levels of 好差评, best first; they are fixed."""
LOW = 2
"""A rating up to here is asked for a reason, and opens a case."""
REASONS = ("wait", "manner", "unclear", "wrong", "papers", "other")
RECENT = 20
"""Turns in which the last answered question is looked for."""
SHOWN = 50
"""Turns that are told of what is kept about somebody; the rest is counted."""


class Aftercare:
    """Settles, reopens and adds to receipts, takes ratings, and tells or erases what is kept."""

    def __init__(
        self, topics: Topics, ledger: Ledger, letters: Letters, terms: Terms, receipts: Receipts
    ) -> None:
        self._topics = topics
        self._ledger = ledger
        self._letters = letters
        self._terms = terms
        self._receipts = receipts

    def said(
        self,
        say: Wording,
        hall: Hall,
        decision: Later,
        message: Message,
        conversation: Conversation,
    ) -> Said:
        """What is said, and done, about it. Raises `LedgerError` where nothing could be done."""
        match decision:
            case Settled(settled=True):
                return self._settled(say, decision.receipt, conversation)
            case Settled():
                return self._unsettled(say, hall, decision.receipt, message, conversation)
            case Add():
                return self._add(say, decision, message, conversation)
            case Rate():
                return self._rate(say, hall, decision, message, conversation)
            case Because():
                return self._because(say, decision, conversation)
            case Categorise():
                return categorise(say, self._ledger, decision.receipt, decision.category)
            case Erase():
                return self._erase(say, decision, message)
            case OwnData():
                return self._own_data(say, message)

    def offer_rating(self, say: Wording, said: Said, conversation: Conversation) -> None:
        """Offer to rate what was given, once in a conversation, without pressing (duty R1)."""
        what, _ = self._given(conversation)
        if conversation.asked_to_rate or not what or what in conversation.rated:
            return
        conversation.asked_to_rate = True
        said.lines += ["", say("rate")]
        said.next = tuple(
            Choice(key=f"rate:{level}", label=say(f"rate_{level}")) for level in LEVELS
        )

    def _settled(self, say: Wording, number: str | None, conversation: Conversation) -> Said:
        receipt = self._answered(number, conversation)
        if receipt:
            event = _event(receipt, say.at, "settled")
            values = {"state": "closed", "closed_at": say.at}
            self._ledger.change(receipt.number, ("answered",), values, event)
            conversation.asked_to_rate = False
        key = "settled_receipt" if receipt else "settled"
        number = receipt.number if receipt else ""
        said = _talk([say(key, number=number)], "settled")
        self.offer_rating(say, said, conversation)
        return said

    def _unsettled(
        self,
        say: Wording,
        hall: Hall,
        number: str | None,
        message: Message,
        conversation: Conversation,
    ) -> Said:
        receipt = self._answered(number, conversation)
        if receipt:
            return self._reopened(say, receipt, message)
        named = number or ("" if conversation.last else self._open(conversation.receipt))
        if named:
            lines = self._receipts.status(say, hall, named, conversation)
            after = self._receipts.next(say, named)
            about = ("receipt_status",)
            return Said(outcome=Outcome.ANSWERED, lines=lines, about=about, next=after)
        if not conversation.last:
            return Said(outcome=Outcome.CHOOSE, lines=[say("which_matter")])
        topic = self._topics.find(conversation.case or conversation.topic)
        windows = windows_of(hall, topic.office, topic.service) if topic and topic.office else ()
        return Said(
            outcome=Outcome.REGISTERED,
            lines=[say("registered_unsettled")],
            window=next((each.number for each in windows), None),
            register=QUESTION,
            question=conversation.last,
        )

    def _reopened(self, say: Wording, receipt: Receipt, message: Message) -> Said:
        hall = self._letters.hall(receipt)
        term = self._terms.of(hall, receipt.kind, say.at)
        values: dict[str, Any] = {
            "state": "reopened",
            "due": term.due,
            "remind_at": term.remind_at,
            "reminders": 0,
            "taker": None,
            "closed_at": None,  # else it would be forgotten while somebody works on it
        }
        text = "" if message.choice else message.text
        again = replace(receipt, **values)
        told = self._letters.to_staff(again, "reopened", say.at, text=text)
        event = _event(receipt, say.at, "reopened", text)
        self._ledger.change(receipt.number, ("answered", "closed"), values, event, told)
        status = self._receipts.status(say, hall, receipt.number, Conversation())
        return Said(
            outcome=Outcome.REGISTERED,
            lines=[say("reopened"), *status[:2]],
            window=receipt.window,
            receipt=receipt.number,
            next=(Choice(key=f"add:{receipt.number}", label=say("next_add")),),
        )

    def _add(
        self, say: Wording, decision: Add, message: Message, conversation: Conversation
    ) -> Said:
        number = decision.receipt or conversation.receipt
        receipt = self._ledger.receipt(number) if number else None
        if receipt is None or receipt.state not in OPEN:
            return self._not_added(say, receipt, number, conversation)
        if not decision.text:
            conversation.adding = receipt.number
            return _talk([say("add", number=receipt.number)], "addition")
        if not self._receipts.add(receipt, say.at, message.text):
            return self._not_added(say, receipt, number, conversation)
        conversation.adding = None
        return Said(
            outcome=Outcome.REGISTERED,
            lines=[say("added", number=receipt.number)],
            about=("addition",),
            window=receipt.window,
            receipt=receipt.number,
        )

    def _not_added(
        self, say: Wording, receipt: Receipt | None, number: str | None, conversation: Conversation
    ) -> Said:
        conversation.adding = None
        if receipt is None and number:
            lines = self._receipts.status(say, self._topics.halls[0], number, conversation)
            return _talk(lines, "addition")
        said = _talk([say("add_nothing" if receipt is None else "add_closed")], "addition")
        said.next = self._receipts.next(say, number)
        return said

    def _given(self, conversation: Conversation) -> tuple[str, Receipt | None]:
        """The service that a citizen can rate: the receipt that was answered, else the topic that
        was answered; nothing while the question is still open."""
        number = conversation.receipt
        receipt = self._ledger.receipt(number) if number else None
        if receipt and receipt.kind != RATING and not conversation.last:
            return ("", None) if receipt.state in OPEN else (receipt.number, receipt)
        return conversation.topic or "", None

    def _rate(
        self,
        say: Wording,
        hall: Hall,
        decision: Rate,
        message: Message,
        conversation: Conversation,
    ) -> Said:
        what, receipt = self._given(conversation)
        if not what or what in conversation.rated:
            return _talk([say("rated_before" if what else "rate_nothing")], "rating")
        topic = self._topics.find((receipt.topic if receipt else None) or conversation.topic)
        office_windows = (
            windows_of(hall, topic.office, topic.service) if topic and topic.office else ()
        )
        window = receipt.window if receipt else next((each.number for each in office_windows), None)
        rating = Rating(
            at=say.at,
            hall=receipt.hall if receipt else hall.id,
            session=message.session,
            window=window,
            topic=topic.id if topic else None,
            receipt=receipt.number if receipt else None,
            level=decision.level,
        )
        self._ledger.rate(rating)
        conversation.rated.append(what)
        if decision.level > LOW:
            return _talk([say("rated")], "rating")
        level = say(f"rate_{decision.level}")
        about = topic.name(say.language) if topic else ""
        said = Said(
            outcome=Outcome.REGISTERED,
            lines=[say("rated_low")],
            about=("rating",),
            register=RATING,
            complained=window,
            question=say("rating_case", level=level, topic=about),
        )
        self._receipts.take_down(say, hall, said, message, conversation)
        said.lines += ["", say("reason")]
        said.next = tuple(
            Choice(key=f"reason:{each}", label=say(f"reason_{each}")) for each in REASONS
        )
        said.register = None
        return said

    def _because(self, say: Wording, decision: Because, conversation: Conversation) -> Said:
        receipt = self._ledger.receipt(conversation.receipt) if conversation.receipt else None
        if receipt is None or receipt.kind != RATING or receipt.state not in OPEN:
            return _talk([say("rated")], "rating")
        if decision.reason == "other":
            conversation.adding = receipt.number
            return _talk([say("reason_words")], "rating")
        self._receipts.add(receipt, say.at, say(f"reason_{decision.reason}"))
        return _talk([say("reason_added")], "rating")

    def _erase(self, say: Wording, decision: Erase, message: Message) -> Said:
        if not decision.confirmed:
            said = _talk([say("erase")], "forget")
            said.next = (
                Choice(key="forget:yes", label=say("erase_yes")),
                Choice(key="forget:no", label=say("erase_no")),
            )
            return said
        open_ = [each.number for each in self._ledger.receipts(OPEN, message.session)]
        self._ledger.erase(message.session)
        lines = [say("erased")]
        if open_:
            lines.append(say("erased_but", numbers=say.joined(open_)))
        said = _talk(lines, "forget")
        said.erased = True
        return said

    def _own_data(self, say: Wording, message: Message) -> Said:
        turns = self._ledger.turns_of(message.session, SHOWN)
        states = (*OPEN, "answered", "closed")
        receipts = self._ledger.receipts(states, message.session)
        if not turns and not receipts:
            return _talk([say("own_data_none")], "my_data")
        phone = any(self._ledger.contact(each.number) for each in receipts)
        lines = [
            say("own_data", turns=len(turns), receipts=len(receipts)),
            say("own_data_phone" if phone else "own_data_no_phone"),
        ]
        lines += dotted(
            say(
                "own_turn",
                when=say.moment(self._at(each.hall, each.at)),
                text=without_masks(each.text),
            )
            for each in turns
        )
        lines += dotted(
            say(
                "own_receipt",
                number=each.number,
                when=say.moment(self._at(each.hall, each.at)),
                text=each.text,
            )
            for each in receipts
        )
        said = _talk([*lines, say("own_data_erase")], "my_data")
        said.next = (Choice(key="about:forget", label=say("erase_yes")),)
        return said

    def _at(self, hall: str | None, at: datetime) -> datetime:
        found = next((each for each in self._topics.halls if each.id == hall), None)
        return self._letters.local(found or self._topics.halls[0], at)

    def _answered(self, number: str | None, conversation: Conversation) -> Receipt | None:
        """The receipt that was answered: the one named, or the last one of the conversation unless
        a later question was answered since."""
        wanted = number or conversation.receipt
        receipt = self._ledger.receipt(wanted) if wanted else None
        if receipt is None or receipt.state not in ("answered", "closed"):
            return None
        if number:
            return receipt
        later = receipt.state == "closed" or self._asked_since(receipt, conversation)
        return None if later else receipt

    def _asked_since(self, receipt: Receipt, conversation: Conversation) -> bool:
        """Whether the last question that the desk answered came after this receipt's answer."""
        if not (conversation.last and receipt.closed_at and receipt.session):
            return bool(conversation.last)
        asked = self._ledger.turns_of(receipt.session, RECENT)
        return any(each.at > receipt.closed_at and each.text == conversation.last for each in asked)

    def _open(self, number: str | None) -> str:
        """The number, where its receipt is open."""
        receipt = self._ledger.receipt(number) if number else None
        return receipt.number if receipt and receipt.state in OPEN else ""


def _talk(lines: list[str], about: str) -> Said:
    return Said(outcome=Outcome.TALK, lines=lines, about=(about,), confidence=1.0)


def _event(receipt: Receipt, at: datetime, kind: str, text: str = "") -> Event:
    return Event(
        receipt=receipt.number,
        at=at,
        kind=kind,
        by=CITIZEN,
        window=receipt.window,
        text=text or None,
    )
