"""Signals: what a text lets know besides its question, such as urgency, or a citizen of great age.

No private fact is asked for: only what the citizen says of their own accord counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from intents.lexicon import IDLE, Lexicon, PhraseList, Span, texts
from intents.tokens import Token, tokens

URGENCY = "urgency"
FIRST_IN_LINE = "first_in_line"
"""People whom halls serve first: of great age, disabled, pregnant, ill, in the forces."""
GONE = "gone"
"""Somebody has died: what is told of them speaks of nobody who comes to the hall."""
NEXT_STEP = "next_step"
DONE = "done"
UNTELLING = frozenset({URGENCY, NEXT_STEP})
"""Signals whose words tell nothing of the topic."""
OLD, OLDEST = 65, 120
"""From this age on (years) people are served first; a greater number is no age."""

_KIN = "爸妈爹娘爷奶公婆他她我"
_AGES = re.compile(
    r"(?P<a>\d{2,3}) ?[多几来]? ?(?:周?岁)"
    r"|(?P<tens>[六七八九])十(?P<ones>[一二三四五六七八九])?[多几来]? ?(?:周?岁)"
    rf"|[{_KIN}亲](?:今年|都|已经|快)? ?(?P<b>\d{{2,3}}) ?[多几]?了"
    r"|(?P<c>\d{2,3})[ -]years?[ -](?:old|of age)"
    r"|\baged (?P<d>\d{2,3})\b"
    r"|\b(?:mother|father|mum|mom|dad|gran|grandmother|grandma|grandfather|grandpa|she|he|i)"
    r"(?:'s| is|'m| am) (?:now |already |over )?(?P<e>\d{2,3})(?![\d.,-]*\d)"
    r"|\bin (?:his|her|their|my) (?P<f>seventies|eighties|nineties|70s|80s|90s)\b"
)
_AGED = re.compile(r"\d\d|十|ties\b")
"""What stands in every age: quicker looked for than the ages."""
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九", 1)}


URGENT = "急"
"""So short a word tells of urgency only where it stands alone: 急诊, 应急 and slips hold it too."""
_ALONE = re.compile(rf"(?<!\w){URGENT}{{1,9}}(?!\w)")


class Sign(NamedTuple):
    """A signal, and the words that give it."""

    kind: str
    text: str


class Signals:
    """Finds the signals of all languages in a text."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._phrases = PhraseList.merged(each.signals for each in lexicons)

    def untelling(self, folded: str, sequence: Sequence[Token]) -> list[Span]:
        """The words of a signal that tell nothing of the topic."""
        return [each for each in self._spans(folded, sequence) if each.label in UNTELLING]

    def signs(self, folded: str) -> tuple[Sign, ...]:
        """Every signal of a text with its words."""
        sequence = tokens(folded)
        found = (
            Sign(each.label, _words(texts(sequence), each))
            for each in self._spans(folded, sequence)
        )
        return (*found, *_ages(folded))

    def _spans(self, folded: str, sequence: Sequence[Token]) -> Iterator[Span]:
        yield from (each for each in self._phrases.find(texts(sequence)) if each.label != IDLE)
        alone = [match.span() for match in _ALONE.finditer(folded)] if URGENT in folded else []
        for place, token in enumerate(sequence):
            if any(start <= token.start < end for start, end in alone):
                yield Span(place, place + 1, URGENCY)


def _words(sequence: Sequence[str], span: Span) -> str:
    words = sequence[span.start : span.end]
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


def _ages(folded: str) -> Iterator[Sign]:
    if not _AGED.search(folded):
        return
    for match in _AGES.finditer(folded):
        number = next(filter(None, map(match.group, "abcde")), None)
        age = int(number) if number else OLD
        if match["tens"]:
            age = _NUMERALS[match["tens"]] * 10 + _NUMERALS.get(match["ones"] or "", 0)
        if OLD <= age <= OLDEST:
            yield Sign(FIRST_IN_LINE, match[0])
