"""What a clerk means by a reply to one of the bot's messages, read from the two texts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from desk.receipts.numbers import find_number
from desk.texts import Texts
from facts.model import Window

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the citizen."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class PassOn:
    """Why it goes to another window (None: to a window that is not there any more)."""

    number: str
    window: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class NotOurs:
    """The authority whose matter it is."""

    number: str
    authority: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Why it cannot be done and by which rule; the rule alone behind a fixed reason."""

    number: str
    reason: str
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Extend:
    """A later day (None: none that can be read), and why."""

    number: str
    day: date | None
    reason: str


Reply = Answer | PassOn | NotOurs | Refuse | Extend


class Replies:
    """Reads replies. The bot's own words, which tell what was asked, are those of `texts`."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        words = "|".join(map(re.escape, " ".join(self._every("telegram_extend_words")).split()))
        self._extension = re.compile(rf"(?:{words})(?=[\s\d:：,，]|$)[\s:：,，]*(.*)", re.I | re.S)

    def read(
        self,
        asked: str,
        text: str,
        windows: Sequence[Window] = (),
        reasons: Mapping[str, str] = MappingProxyType({}),
    ) -> Reply | None:
        """What the reply `text` to the message `asked` means; None where that is about no receipt.

        `windows` are those a receipt can be passed on to, `reasons` the fixed ones for which a
        complaint is not accepted, in words.
        """
        number = find_number(asked)
        if number is None or self._marked("telegram_list_mark", asked):
            return None
        if self._marked("telegram_pass_mark", asked):
            named = (each for each in windows if self._names(asked, each))
            return PassOn(number, next((each.number for each in named), None), text)
        if self._marked("telegram_not_ours_mark", asked):
            return NotOurs(number, text)
        if self._marked("telegram_refuse_mark", asked):
            fixed = next((key for key, words in reasons.items() if words in asked), None)
            return Refuse(number, fixed, text) if fixed else Refuse(number, text)
        if extension := self._extension.match(text.strip()):
            day, reason = _day(extension[1])
            return Extend(number, day, reason)
        return Answer(number, text)

    def _names(self, asked: str, window: Window) -> bool:
        """Whether the bot's question is about this window."""
        said = (
            self._texts.say("telegram_pass_to", language, window=window_label(window, language))
            for language in self._texts.languages
        )
        return any(each in asked for each in said)

    def _marked(self, key: str, asked: str) -> bool:
        return asked.startswith(tuple(self._every(key)))

    def _every(self, key: str) -> list[str]:
        return [self._texts.say(key, language) for language in self._texts.languages]


def window_label(window: Window, language: str) -> str:
    """A window as a button and a question name it."""
    name = window.name.say(language) if window.name else ""
    return f"{window.number} {name}".strip()


def _day(text: str) -> tuple[date | None, str]:
    found = DAY.match(text)
    if not found:
        return None, ""
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day), text[found.end() :].strip(" ,，:：\n")
    except ValueError:
        return None, ""
