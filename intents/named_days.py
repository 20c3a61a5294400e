"""Days that a text names: "明天", "周六", "12月31日", "the 31st", "Christmas"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from intents.fold import fold, has_han

WEEKEND = (5, 6)
MOST = 8
"""So many days of one text are looked at; nobody asks about more."""
_PLACE = re.compile(r"\{(\w+)\}")
_TENS = {"": 0, "十": 10, "二十": 20, "廿": 20, "三十": 30}
_ONES = {"": 0, **{numeral: number for number, numeral in enumerate("一二三四五六七八九", 1)}}
_NUMBERS = {
    tens + ones: ten + one for tens, ten in _TENS.items() for ones, one in _ONES.items()
} | {str(number): number for number in range(32)}
"""Numbers up to those of a month's days, as they are written."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as a text names it; what it leaves open is None, and depends on the day of asking.

    `ahead` are days from today on, `weekday` is 0 for Monday and `next_week` whether that of the
    next week is meant; `holiday` is an English name of the `holidays` library.
    """

    ahead: int | None = None
    weekday: int | None = None
    next_week: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    holiday: str | None = None


class Named(NamedTuple):
    """Characters `start` to `end` of a folded text, and the days they name."""

    start: int
    end: int
    days: tuple[NamedDay, ...]


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[NamedDay, ...]]]


class NamedDays:
    """Finds the days of all languages in a text, by the words under `days` in their data files."""

    def __init__(self, languages: Iterable[Mapping[str, Any]]) -> None:
        known = tuple(languages)
        self._rules = [rule for each in known for rule in _rules(each)]
        self._between = frozenset(word for each in known for word in each["range"])
        self._behind = tuple(word for each in known for word in each["not_before"])
        self._before = tuple(word for each in known for word in each["not_after"])

    def find(self, folded: str) -> list[Named]:
        """The days named, in order; neither a term ("31号前") nor a range ("周一到周五") is one."""
        found = [
            Named(*match.span(), make(match))
            for pattern, make in self._rules
            for match in pattern.finditer(folded)
        ]
        found.sort(key=lambda each: (each.start - each.end, each.start))
        kept: list[Named] = []
        taken = bytearray(len(folded))
        for each in found:
            if taken.find(1, each.start, each.end) < 0:
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                kept.append(each)
        kept = sorted(kept)[:MOST]
        ranged = {
            place
            for place, (one, other) in enumerate(pairwise(kept))
            if folded[one.end : other.start].strip() in self._between
        }
        ranged |= {place + 1 for place in ranged}
        return [
            each
            for place, each in enumerate(kept)
            if place not in ranged and not self._is_term(folded, each)
        ]

    def _is_term(self, folded: str, named: Named) -> bool:
        behind, before = folded[named.end :].lstrip(), folded[: named.start].split()[-1:]
        return behind.startswith(self._behind) or bool(before and before[0] in self._before)


def _rules(words: Mapping[str, Any]) -> Iterator[_Rule]:
    for ahead, said in words["ahead"].items():
        yield _words(said), _always(NamedDay(ahead=int(ahead)))
    soon = "|".join(sorted(map(_whole, words["next_week"]), key=len, reverse=True))
    weekdays = [((number,), said) for number, said in enumerate(words["weekdays"])]
    for numbers, said in (*weekdays, (WEEKEND, words["weekend"])):
        yield re.compile(f"(?P<next>(?:{soon}) ?)?(?:{_words(said).pattern})"), _weekdays(numbers)
    for written, said in words["yearly"].items():
        month, _, day = written.partition("-")
        yield _words(said), _always(NamedDay(month=int(month), day=int(day)))
    for name, said in words["holidays"].items():
        yield _words(said), _always(NamedDay(holiday=name))
    months = {
        fold(word): number
        for number, said in enumerate(words.get("months", ()), 1)
        for word in said
    }
    for written in words["dates"]:
        yield _date(written, months or _NUMBERS), _dates(months or _NUMBERS)


def _words(said: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_whole, sorted(map(fold, said), key=len, reverse=True))))


def _whole(word: str) -> str:
    return re.escape(word) if has_han(word) else rf"\b{re.escape(word)}\b"


def _date(written: str, months: Mapping[str, int]) -> re.Pattern[str]:
    """A way of writing dates as a pattern; where it has a space, a comma may stand too."""
    day = f"(?P<day>{_any(_NUMBERS)})"
    places = {
        "year": r"(?P<year>\d{4})",
        "month": f"(?P<month>{_any(months)})",
        "day": day + "(?:st|nd|rd|th)?",
        "ordinal": day + "(?:st|nd|rd|th)",
    }
    pattern = "".join(
        places[part] if place % 2 else re.escape(part).replace(r"\ ", "[ ,]+")
        for place, part in enumerate(_PLACE.split(written))
    )
    return re.compile(rf"(?<![\da-z一二三四五六七八九十]){pattern}(?![\da-z])")


def _any(words: Iterable[str]) -> str:
    more = r"0?\d" if "1" in words else ""
    longest = sorted(filter(None, words), key=len, reverse=True)
    return "|".join(filter(None, (*map(re.escape, longest), more)))


def _always(day: NamedDay) -> Callable[[re.Match[str]], tuple[NamedDay, ...]]:
    return lambda _: (day,)


def _weekdays(numbers: Iterable[int]) -> Callable[[re.Match[str]], tuple[NamedDay, ...]]:
    return lambda match: tuple(
        NamedDay(weekday=number, next_week=bool(match["next"])) for number in numbers
    )


def _dates(months: Mapping[str, int]) -> Callable[[re.Match[str]], tuple[NamedDay, ...]]:
    def read(match: re.Match[str]) -> tuple[NamedDay, ...]:
        told = match.groupdict()
        month, year = told.get("month"), told.get("year")
        return (
            NamedDay(
                year=int(year) if year else None,
                month=(months.get(month) or int(month)) if month else None,
                day=_NUMBERS.get(told["day"]) or int(told["day"]),
            ),
        )

    return read
