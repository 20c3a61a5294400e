"""Taking down: a question under a receipt, with who is responsible and by when it is answered."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from desk.conversation import Conversation
from desk.elsewhere import some_phone
from desk.message import Choice, Message, Outcome
from desk.receipts.categories import ask_category
from desk.receipts.letters import Letters
from desk.receipts.numbers import find_number, new_number
from desk.receipts.terms import COMPLAINT, QUESTION, RATING, Terms, responsible
from desk.said import Said
from desk.wording import Wording
from facts.counts import window_phone
from facts.model import Hall
from ledger.records import OPEN, Event, Ledger, LedgerError, NumberTaken, Receipt

LOG = logging.getLogger("shouwen.desk")
TRIES = 5
CITIZEN = "citizen"
"""Who did it, in the history of a receipt."""
EARLIER = 4


class Receipts:
    """Takes questions down in the ledger, and tells how they stand."""

    def __init__(self, ledger: Ledger, letters: Letters, terms: Terms) -> None:
        self._ledger = ledger
        self._letters = letters
        self._terms = terms

    def take_down(
        self, say: Wording, hall: Hall, said: Said, message: Message, conversation: Conversation
    ) -> None:
        """Add a receipt to what is said; where that fails, the phone instead."""
        try:
            receipt = (
                self._known(message)
                or self._open_call(say, said, message, conversation)
                or self._new(say, hall, said, message, conversation)
            )
        except LedgerError as error:
            LOG.error("a question could not be taken down: %s", error)
            window, phone = _window(say, hall, said.window)
            said.lines = [say("receipt_failed", window=window, phone=phone)]
            said.outcome, said.register = Outcome.LED, None
            return
        said.receipt = receipt.number
        said.window = receipt.window
        said.lines += self._told(say, hall, receipt)
        said.next = (
            Choice(key=f"add:{receipt.number}", label=say("next_add")),
            Choice(key=f"receipt:{receipt.number}", label=say("next_receipt")),
        )
        if receipt.kind == COMPLAINT and receipt.category is None:
            ask_category(say, said)

    def status(self, say: Wording, hall: Hall, text: str, conversation: Conversation) -> list[str]:
        """How the receipt stands that is named, or the last one of the conversation; from then on
        the conversation is about it."""
        number = find_number(text) or conversation.receipt
        if number is None:
            return [say("receipt_which")]
        try:
            receipt = self._ledger.receipt(number)
            events = self._ledger.events(number)
        except LedgerError as error:
            LOG.error("a receipt could not be looked up: %s", error)
            return [say("receipt_unreadable", phone=say.phone(some_phone(hall)))]
        if receipt is None:
            return [say("receipt_unknown", phone=say.phone(some_phone(hall)))]
        conversation.receipt = number
        own = self._letters.hall(receipt)
        window, phone = _window(say, own, receipt.window)
        lines = [say(f"receipt_{receipt.state}", number=number, window=window, phone=phone)]
        if receipt.state in OPEN:
            late = receipt.due is not None and receipt.due < say.at
            lines.append(say("receipt_late") if late else self._promise(say, own, receipt))
        history = self._letters.history(say, receipt, events)
        return [*lines, *history] if len(history) > 1 else lines

    def next(self, say: Wording, number: str | None) -> tuple[Choice, ...]:
        """What can be pressed beside how a receipt stands."""
        try:
            receipt = self._ledger.receipt(number) if number else None
        except LedgerError:
            return ()
        if receipt is None or receipt.state == "closed":
            return ()
        keys = ("add",) if receipt.state in OPEN else ("settled", "unsettled")
        return tuple(
            Choice(key=f"{each}:{receipt.number}", label=say(f"next_{each}")) for each in keys
        )

    def _known(self, message: Message) -> Receipt | None:
        """The receipt of this very message, where it comes a second time."""
        return self._ledger.receipt_for(message.session, message.id) if message.id else None

    def _open_call(
        self, say: Wording, said: Said, message: Message, conversation: Conversation
    ) -> Receipt | None:
        """The open receipt of the same complaint, wish for a person, or question in this
        conversation; what is new in it is added. Another grievance has a receipt of its own."""
        receipt = self._ledger.receipt(conversation.receipt) if conversation.receipt else None
        if receipt is None or receipt.kind != said.register or receipt.state not in OPEN:
            return None
        text = _question(said, message, conversation)
        same = text == receipt.text
        other = receipt.kind in (QUESTION, RATING) or said.complained not in (None, receipt.about)
        if said.anonymous or (other and not same):
            return None
        if not same and not message.choice:
            self.add(receipt, say.at, text)
        return receipt

    def add(self, receipt: Receipt, at: datetime, text: str) -> bool:
        """Add what the citizen says to an open receipt, and tell the clerks; False where it is
        open no longer."""
        told = self._letters.to_staff(receipt, "added", at, text=text)
        event = Event(
            receipt=receipt.number,
            at=at,
            kind="added",
            by=CITIZEN,
            window=receipt.window,
            text=text or None,
        )
        return self._ledger.change(receipt.number, OPEN, {}, event, told)

    def _new(
        self, say: Wording, hall: Hall, said: Said, message: Message, conversation: Conversation
    ) -> Receipt:
        kind = said.register or QUESTION
        window = responsible(hall, kind, said.window, said.complained)
        term = self._terms.of(hall, kind, say.at, of_others=said.of_others)
        receipt = Receipt(
            number=new_number(),
            at=say.at,
            hall=hall.id,
            door=message.door,
            session="" if said.anonymous else message.session,
            language=say.language,
            text=_question(said, message, conversation),
            topic=said.topic.id if said.topic else None if said.of_others else conversation.topic,
            window=window.number if window else None,
            due=term.due,
            kind=kind,
            message=None if said.anonymous else message.id,
            remind_at=term.remind_at,
            about=said.complained,
            category=said.category,
        )
        turns = self._ledger.turns_of(message.session, EARLIER) if not said.anonymous else ()
        for _ in range(TRIES):
            event = Event(
                receipt=receipt.number,
                at=say.at,
                kind="taken_down",
                by=CITIZEN,
                window=receipt.window,
                due=receipt.due,
            )
            notices = self._letters.to_staff(receipt, "new", say.at, turns)
            try:
                self._ledger.take_down(receipt, event, notices)
            except NumberTaken:
                receipt = replace(receipt, number=new_number())
                continue
            return receipt
        raise LedgerError("no free receipt number was found")

    def _told(self, say: Wording, hall: Hall, receipt: Receipt) -> list[str]:
        window, phone = _window(say, hall, receipt.window)
        lines = [
            say("receipt", number=receipt.number),
            self._letters.question(say, receipt),
            say("receipt_window", window=window, phone=phone),
            self._promise(say, hall, receipt),
            say("receipt_ask" if receipt.session else "receipt_ask_anonymous"),
        ]
        if hall.complaints and hall.complaints.phone:
            lines.append(say("receipt_complain", phone=hall.complaints.phone))
        return lines

    def _promise(self, say: Wording, hall: Hall, receipt: Receipt) -> str:
        if receipt.due:
            due = self._letters.local(hall, receipt.due)
            return say("receipt_due", when=say.moment(due))
        term = self._terms.of(hall, receipt.kind, say.at)
        return say("receipt_due_none", within=say.duration(term.within))


def _question(said: Said, message: Message, conversation: Conversation) -> str:
    return said.question or conversation.question or message.text


def _window(say: Wording, hall: Hall, number: str | None) -> tuple[str, str]:
    window = hall.window(number)
    if window is None:
        return say.text(hall.name), say.phone(some_phone(hall))
    return say.window(window), say.phone(window_phone(hall, window) or some_phone(hall))
