"""What clerks do with receipts on Telegram, and what they are told.

Everything that is needed later stands in a button's key or in the text of a message, so that
nothing is lost with the process.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.receipts.cards import Card, Done
from desk.receipts.handling import Handling
from desk.receipts.numbers import find_number
from desk.receipts.terms import staff_key
from desk.texts import Texts
from doors.telegram.replies import (
    Answer,
    Extend,
    NotOurs,
    PassOn,
    Refuse,
    Replies,
    Reply,
    window_label,
)
from facts.calendar import Calendar
from facts.model import Duration, Hall, Window

REASONS = ("theirs", "first", "together")
"""Fixed reasons to pass a receipt on."""
LISTED = 40
QUOTED = 30
"""Characters of a question in the list."""
WITHOUT_HOURS = time(17)
"""The end of a day where the hall's hours are not known."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Word:
    """What a clerk is told, and buttons as (key, label). `done` is whether the clerk did
    something just now, which the others in a group see with the clerk's name."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()
    done: bool = False


class Actions:
    """Presses and replies of clerks. Every method may raise `LedgerError`."""

    def __init__(self, handling: Handling, texts: Texts, language: str) -> None:
        """`language` is spoken where no hall's own is known."""
        self._handling = handling
        self._texts = texts
        self._language = language
        self._replies = Replies(texts)

    def press(self, key: str, who: str) -> Word:
        """A button that a clerk pressed."""
        action, number, *rest = key.split(":", 3)
        card = self._handling.card(number)
        if card is None:
            return Word(self._handling.told("receipt_missing").text)
        match action, rest:
            case "take", []:
                return self._take(card, who)
            case "pass", []:
                return self._which_window(card)
            case "pass_to", [window]:
                return self._why(card, window)
            case "pass_for", [reason, window] if reason in REASONS:
                # The reason is told to the citizen, in the citizen's language.
                told = self._texts.say(f"telegram_reason_{reason}", card.receipt.language)
                return _word(self._handling.pass_on(number, who, window, told))
            case "not_ours", []:
                return self._word(
                    card, "telegram_not_ours_mark", "telegram_not_ours", number=number
                )
            case "refuse", []:
                return self._why_not(card)
            case "refuse_for", [reason] if reason in self._handling.reasons(number):
                told = self._handling.reasons(number)[reason]
                return self._word(
                    card, "telegram_refuse_mark", "telegram_refuse_for", number=number, reason=told
                )
        return self._card(card)

    def reply(self, asked: str, text: str, who: str) -> Word | None:
        """A clerk's reply to a message of the bot; None where that is about no receipt."""
        number = find_number(asked)
        windows = self._handling.windows(number) if number else ()
        reasons = self._handling.reasons(number) if number else {}
        reply = self._replies.read(asked, text, windows, reasons)
        return self._replied(reply, who) if reply else None

    def open_receipts(self, keys: Collection[str]) -> Word:
        """The receipts that the clerks with these keys still have to answer."""
        own = [each for each in self._handling.cards() if _for(each, keys)]
        if not own:
            return Word(self._say("telegram_list_none", self._language))
        shown, more = own[:LISTED], len(own) - LISTED
        head = self._say("telegram_list_mark", self._language)
        lines = [head + self._say("telegram_list", self._language, count=len(own))]
        lines += [self._line(each) for each in shown]
        if more > 0:
            lines.append(self._say("telegram_list_more", self._language, count=more))
        numbers = (each.receipt.number for each in shown)
        return Word("\n".join(lines), tuple((f"card:{each}", each) for each in numbers))

    def _take(self, card: Card, who: str) -> Word:
        done = self._handling.take(card.receipt.number, who)
        if not done.done:
            return _word(done)
        now = self._handling.card(card.receipt.number) or card
        how = self._say("telegram_how", language_of(card.hall))
        return Word(f"{done.text}\n{how}", now.actions, done=True)

    def _which_window(self, card: Card) -> Word:
        number, language = card.receipt.number, language_of(card.hall)
        choices = tuple(
            (f"pass_to:{number}:{each.number}", window_label(each, language))
            for each in self._handling.windows(number)
        )
        word = self._word(card, "telegram_pass_mark", "telegram_pass", number=number)
        return Word(word.text, choices)

    def _why_not(self, card: Card) -> Word:
        """Ask why it cannot be done; of a complaint, for which of the fixed reasons."""
        number = card.receipt.number
        reasons = self._handling.reasons(number)
        key = "telegram_refuse_why" if reasons else "telegram_refuse"
        word = self._word(card, "telegram_refuse_mark", key, number=number)
        choices = ((f"refuse_for:{number}:{each}", told) for each, told in reasons.items())
        return Word(word.text, tuple(choices))

    def _why(self, card: Card, number: str) -> Word:
        window = self._window(card, number)
        if window is None:
            return self._which_window(card)
        language = language_of(card.hall)
        to = self._say("telegram_pass_to", language, window=window_label(window, language))
        receipt = card.receipt.number
        word = self._word(card, "telegram_pass_mark", "telegram_pass_why", number=receipt, to=to)
        return Word(
            word.text,
            tuple(
                (
                    f"pass_for:{receipt}:{each}:{number}",
                    self._say(f"telegram_reason_{each}", language),
                )
                for each in REASONS
            ),
        )

    def _replied(self, reply: Reply, who: str) -> Word:
        match reply:
            case Answer():
                return _word(self._handling.answer(reply.number, who, reply.text))
            case NotOurs():
                return _word(self._handling.not_ours(reply.number, who, reply.authority))
            case Refuse():
                return _word(self._handling.refuse(reply.number, who, reply.reason, reply.basis))
            case PassOn(window=None):
                return Word(self._say("telegram_pass_again", self._language))
            case PassOn(window=str(window)):
                return _word(self._handling.pass_on(reply.number, who, window, reply.reason))
            case Extend(day=date() as day):
                return self._extend(reply.number, who, day, reply.reason)
        return Word(self._say("telegram_extend_how", self._language))

    def _extend(self, number: str, who: str, day: date, reason: str) -> Word:
        card = self._handling.card(number)
        if card is None:
            return Word(self._handling.told("receipt_missing").text)
        due = end_of(day, card.hall)
        done = self._handling.extend(number, who, due, reason)
        if not done.done:
            return _word(done)
        until = self._say("telegram_extended", language_of(card.hall), when=f"{due:%Y-%m-%d %H:%M}")
        return Word(f"{done.text}\n{until}", done=True)

    def _card(self, card: Card) -> Word:
        head = self._say("telegram_card", language_of(card.hall), number=card.receipt.number)
        return Word("\n".join((head, *card.lines, "", *card.history)), card.actions)

    def _line(self, card: Card) -> str:
        receipt, zone = card.receipt, Calendar(card.hall)
        due = f"{zone.local(receipt.due):%m-%d %H:%M}" if receipt.due else ""
        question = receipt.text.replace("\n", " ")
        cut = f"{question[:QUOTED]}…" if len(question) > QUOTED else question
        return " ".join(filter(None, (receipt.number, due, cut, receipt.taker)))

    def _window(self, card: Card, number: str) -> Window | None:
        found = self._handling.windows(card.receipt.number)
        return next((each for each in found if each.number == number), None)

    def _word(self, card: Card, mark: str, key: str, **values: object) -> Word:
        language = language_of(card.hall)
        return Word(self._say(mark, language) + self._say(key, language, **values))

    def _say(self, key: str, language: str, **values: object) -> str:
        return self._texts.say(key, language, **values)


def language_of(hall: Hall) -> str:
    """The language in which the clerks of a hall are spoken to."""
    return hall.languages[0].partition("-")[0]


def end_of(day: date, hall: Hall) -> datetime:
    """When the hall closes on this day, or on the next one on which it opens."""
    calendar = Calendar(hall)
    before = datetime.combine(day - A_DAY, time(), calendar.zone)
    return calendar.due(before, Duration(1, "working days")) or datetime.combine(
        day, WITHOUT_HOURS, calendar.zone
    )


def _word(done: Done) -> Word:
    return Word(done.text, done=done.done)


def _for(card: Card, keys: Collection[str]) -> bool:
    return staff_key(card.hall, card.receipt.window) in keys or card.hall.head in keys
