"""The clerk's desk in the terminal: what is still to be answered, and a line for each thing to do.

Words of every language count for a command, whatever is spoken; they stand in the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TextIO

from desk.desk import Desk
from desk.receipts.cards import Card
from desk.receipts.numbers import find_number
from desk.texts import Texts
from facts.calendar import Calendar
from ledger.records import LedgerError

TEXTS = Texts(Path(__file__).parent / "texts")
COMMANDS = (
    "list",
    "show",
    "take",
    "answer",
    "pass",
    "not_ours",
    "refuse",
    "extend",
    "help",
    "quit",
)


class Clerk:
    """One clerk at the desk; `name` is who has taken, passed on or answered."""

    def __init__(self, desk: Desk, name: str, language: str) -> None:
        self._desk = desk
        self._name = name
        self._language = language if language in TEXTS else "en"
        self._listed: list[str] = []
        self._words = {
            word: command
            for command in COMMANDS
            for each in TEXTS.languages
            for word in TEXTS.say(f"clerk_word_{command}", each).split()
        }
        self._does: Mapping[str, Callable[[str, str], Iterator[str]]] = {
            "show": self._show,
            "take": self._take,
            "answer": self._answer,
            "pass": self._pass_on,
            "not_ours": self._not_ours,
            "refuse": self._refuse,
            "extend": self._extend,
        }

    def greet(self) -> Iterator[str]:
        """Who sits here, what waits, and how to ask for help."""
        hall = self._desk.guides.halls[0]
        yield self._say("clerk_hello", hall=hall.name.say(self._language), name=self._name)
        yield from self.list()

    def list(self) -> Iterator[str]:
        """What is still to be answered, late first."""
        cards = self._desk.handling.cards()
        cards.sort(key=lambda card: not card.late)
        self._listed = [card.receipt.number for card in cards]
        yield self._say("clerk_list", n=len(cards)) if cards else self._say("clerk_list_none")
        for place, card in enumerate(cards, 1):
            yield from self._card(f"{place}. ", card)

    def obey(self, line: str) -> Iterator[str]:
        """What is said to one line. Raises EOFError where the clerk leaves."""
        word, _, rest = line.strip().partition(" ")
        command = self._words.get(word.casefold())
        if command == "quit":
            raise EOFError
        if command == "list":
            yield from self.list()
        elif command == "help":
            yield self._say("clerk_help")
        elif command is None:
            yield self._say("clerk_command_missing", word=word)
        else:
            named, _, text = rest.strip().partition(" ")
            number = self._number(named)
            if number is None:
                yield self._say("clerk_number_missing")
            else:
                yield from self._does[command](number, text.strip())

    def _show(self, number: str, _: str) -> Iterator[str]:
        card = self._desk.handling.card(number)
        if card is None:
            yield self._desk.handling.told("receipt_missing").text
            return
        yield from self._card("", card)
        yield from (f"   {line}" for line in card.history)

    def _take(self, number: str, _: str) -> Iterator[str]:
        yield self._desk.handling.take(number, self._name).text

    def _answer(self, number: str, text: str) -> Iterator[str]:
        yield self._desk.handling.answer(number, self._name, text).text

    def _pass_on(self, number: str, text: str) -> Iterator[str]:
        window, _, reason = text.partition(" ")
        yield self._desk.handling.pass_on(number, self._name, window, reason).text

    def _not_ours(self, number: str, text: str) -> Iterator[str]:
        yield self._desk.handling.not_ours(number, self._name, text).text

    def _refuse(self, number: str, text: str) -> Iterator[str]:
        yield self._desk.handling.refuse(number, self._name, text).text

    def _extend(self, number: str, text: str) -> Iterator[str]:
        written, _, reason = text.partition(" ")
        due = self._due(number, written)
        if due is None:
            yield self._say("clerk_day_missing")
        else:
            yield self._desk.handling.extend(number, self._name, due, reason).text

    def _due(self, number: str, written: str) -> datetime | None:
        """The end of the hall's hours on a day, or the time that is written with it."""
        card = self._desk.handling.card(number)
        calendar = Calendar(card.hall if card else self._desk.guides.halls[0])
        with suppress(ValueError):
            day = date.fromisoformat(written)
            spans = calendar.spans(day)
            end = spans[-1].end if spans else None
            known = calendar.hours()
            if end is None and known:
                return None
            return datetime.combine(day, end or time(17), calendar.zone)
        with suppress(ValueError):
            at = datetime.fromisoformat(written)
            return at if at.tzinfo else at.replace(tzinfo=calendar.zone)
        return None

    def _number(self, named: str) -> str | None:
        """A receipt by its place in the list, or by its number."""
        if named.isdecimal() and 1 <= int(named) <= len(self._listed):
            return self._listed[int(named) - 1]
        return find_number(named)

    def _card(self, before: str, card: Card) -> Iterator[str]:
        late = self._say("clerk_late") if card.late else ""
        yield f"{before}{late}{card.receipt.number}"
        yield from (f"   {line}" for line in card.lines)

    def _say(self, key: str, **values: object) -> str:
        return TEXTS.say(key, self._language, **values)


def serve(desk: Desk, lines: Iterable[str], out: TextIO, name: str, language: str) -> None:
    """Work until the input ends or the clerk leaves."""
    clerk = Clerk(desk, name, language)
    _print(clerk.greet(), out)
    print("\n> ", end="", file=out, flush=True)
    for line in lines:
        try:
            _print(clerk.obey(line) if line.strip() else clerk.list(), out)
        except EOFError:
            return
        except LedgerError as error:
            print(TEXTS.say("clerk_ledger", language, error=error), file=out)
        print("\n> ", end="", file=out, flush=True)
    print(file=out)


def _print(said: Iterable[str], out: TextIO) -> None:
    for line in said:
        print(line, file=out)
