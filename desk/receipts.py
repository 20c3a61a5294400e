"""Receipts (回执): a question taken down, with who is responsible and by when it is answered."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Mapping

from desk.conversation import Conversation
from desk.elsewhere import some_phone
from desk.message import Message
from desk.said import Said
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import window_phone
from facts.model import Hall
from ledger.records import Ledger, LedgerError, NumberTaken, Receipt

LOG = logging.getLogger("shouwen.desk")
ALPHABET = "23456789ACDEFGHJKMNPQRTWXY"
"""Without 0/O, 1/I/L, B, S, U, V and Z, which are misread or misheard."""
DIGITS = 8
LENGTH = 6
TRIES = 5
_HALF = rf"[{ALPHABET}]{{{LENGTH // 2}}}"
_NUMBER = re.compile(rf"(?<![0-9A-Z]){_HALF}[ -]?{_HALF}(?![0-9A-Z])")


def new_number(choice: Callable[[str], str] = secrets.choice) -> str:
    """A receipt number such as `4F7KM2`: one of 66 million, the last two a letter and a digit."""
    number = "".join(choice(ALPHABET) for _ in range(LENGTH - 2))
    return number + choice(ALPHABET[DIGITS:]) + choice(ALPHABET[:DIGITS])


def find_number(text: str) -> str | None:
    """The receipt number that stands in a text, if one does; it holds letters and digits."""
    for match in _NUMBER.findall(text.upper()):
        found = match.replace(" ", "").replace("-", "")
        if not found.isalpha() and not found.isdigit():
            return str(found)
    return None


class Receipts:
    """Takes questions down in the ledger, and tells how they stand."""

    def __init__(self, ledger: Ledger, calendars: Mapping[str, Calendar]) -> None:
        self._ledger = ledger
        self._calendars = calendars

    def take_down(
        self, say: Wording, hall: Hall, said: Said, message: Message, conversation: Conversation
    ) -> None:
        """Add a receipt to what is said; where that fails, the phone instead."""
        window, phone = _window(say, hall, said.window)
        try:
            receipt = self._open_call(said, conversation) or self._new(
                say, hall, said, message, conversation
            )
        except LedgerError as error:
            LOG.error("a question could not be taken down: %s", error)
            said.lines = [say("receipt_failed", window=window, phone=phone)]
            return
        said.receipt = receipt.number
        said.lines += [
            say("receipt", number=receipt.number),
            say("receipt_window", window=window, phone=phone),
            self._promise(say, hall, receipt),
            say("receipt_ask"),
        ]
        if hall.complaints and hall.complaints.phone:
            said.lines.append(say("receipt_complain", phone=hall.complaints.phone))

    def status(self, say: Wording, hall: Hall, text: str, conversation: Conversation) -> list[str]:
        """How the receipt stands that is named, or the last one of the conversation."""
        number = find_number(text) or conversation.receipt
        if number is None:
            return [say("receipt_which")]
        receipt = self._ledger.receipt(number)
        if receipt is None:
            return [say("receipt_unknown", phone=say.phone(some_phone(hall)))]
        if receipt.state != "open":
            return [say("receipt_closed", number=number)]
        window, phone = _window(say, hall, receipt.window)
        return [
            say("receipt_open", number=number, window=window, phone=phone),
            self._promise(say, hall, receipt),
        ]

    def _open_call(self, said: Said, conversation: Conversation) -> Receipt | None:
        """The open receipt of the same complaint, or wish for a person, in this conversation."""
        if said.register == "question" or conversation.receipt is None:
            return None
        receipt = self._ledger.receipt(conversation.receipt)
        asked = receipt and receipt.kind == said.register and receipt.state == "open"
        return receipt if asked else None

    def _new(
        self, say: Wording, hall: Hall, said: Said, message: Message, conversation: Conversation
    ) -> Receipt:
        calendar = self._calendars[hall.id]
        for _ in range(TRIES):
            receipt = Receipt(
                number=new_number(),
                at=say.at,
                hall=hall.id,
                door=message.door,
                session=message.session,
                language=say.language,
                text=conversation.question or message.text,
                topic=conversation.topic,
                window=said.window,
                due=calendar.due(say.at, hall.reply_within) if hall.reply_within else None,
                kind=said.register or "question",
            )
            try:
                self._ledger.take_down(receipt)
            except NumberTaken:
                continue
            return receipt
        raise LedgerError("no free receipt number was found")

    def _promise(self, say: Wording, hall: Hall, receipt: Receipt) -> str:
        if receipt.due:
            due = self._calendars[hall.id].local(receipt.due)
            return say("receipt_due", when=say.moment(due))
        if hall.reply_within:
            return say("receipt_due_none", within=say.duration(hall.reply_within))
        return say("receipt_due_soon")


def _window(say: Wording, hall: Hall, number: str | None) -> tuple[str, str]:
    window = hall.window(number)
    if window is None:
        return say.text(hall.name), say.phone(some_phone(hall))
    return say.window(window), say.phone(window_phone(hall, window) or some_phone(hall))
