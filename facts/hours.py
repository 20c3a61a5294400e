"""Days of the week and spans of the day as they are written in guides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from itertools import chain

from facts.model import Span
from facts.values import DASH, Misread, plain

_NAMES = (
    ("mon", "monday", "mondays", "一"),
    ("tue", "tues", "tuesday", "tuesdays", "二"),
    ("wed", "weds", "wednesday", "wednesdays", "三"),
    ("thu", "thur", "thurs", "thursday", "thursdays", "四"),
    ("fri", "friday", "fridays", "五"),
    ("sat", "saturday", "saturdays", "六"),
    ("sun", "sunday", "sundays", "日", "天", "七"),
)
_DAYS = {name: number for number, names in enumerate(_NAMES) for name in names}
_GROUPS = {
    **dict.fromkeys(("weekdays", "working days", "workdays", "工作日"), range(5)),
    **dict.fromkeys(("weekend", "weekends", "周末", "双休日"), range(5, 7)),
    **dict.fromkeys(("daily", "every day", "每天", "每日", "全周", "天天"), range(7)),
}
_WEEK = re.compile("周|星期|礼拜")
_SEVERAL = re.compile("[一二三四五六日天]+")
_COMMA = re.compile(r"\s*(?:[,;、/&]|\band\b|和|及)\s*")
_TO = re.compile(DASH)


def days(text: str) -> tuple[int, ...]:
    """Days of the week, 0 is Monday: `Mon-Fri`, `Mon, Wed`, 周一至周五; may run over the week."""
    folded = plain(text)
    if folded in _GROUPS:
        return tuple(_GROUPS[folded])
    parts = [part for part in _COMMA.split(folded) if part]
    read = sorted(set(chain.from_iterable(map(_run, parts))))
    if not read:
        raise Misread("wrong-days")
    return tuple(read)


def _run(text: str) -> Iterator[int]:
    if text in _GROUPS:
        yield from _GROUPS[text]
        return
    ends = [_WEEK.sub("", end).strip().rstrip(".") for end in _TO.split(text)]
    if len(ends) == 1 and _SEVERAL.fullmatch(ends[0]):
        yield from map(_day, ends[0])
        return
    if len(ends) > 2:
        raise Misread("wrong-days")
    first, last = _day(ends[0]), _day(ends[-1])
    yield from (day % 7 for day in range(first, last + 1 + 7 * (last < first)))


def _day(name: str) -> int:
    try:
        return _DAYS[name]
    except KeyError:
        raise Misread("wrong-days") from None


_CLOCK = re.compile(r"\d{1,2}[:：.]\d{2}")
_CLOSED = frozenset({"closed", "none", "无", "休息", "不办公", "关闭"})
_SPAN = re.compile(rf"(\d{{1,2}})[:.](\d{{2}}){DASH}(\d{{1,2}})[:.](\d{{2}})")


def spans(text: str) -> tuple[Span, ...]:
    """Spans of a day: `08:30-12:00`, several with commas between them, none where closed."""
    if plain(text) in _CLOSED:
        return ()
    return tuple(_span(part) for part in _COMMA.split(plain(text)) if part)


def opening(text: str) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    """Days and times in one line: `Mon-Fri 08:30-12:00, 14:00-17:30`."""
    found = _CLOCK.search(text)
    if not found:
        raise Misread("wrong-opening")
    return days(text[: found.start()].rstrip(" :：,，")), spans(text[found.start() :])


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if not found:
        raise Misread("wrong-span")
    span = Span(_time(found[1], found[2]), _time(found[3], found[4]))
    if span.start >= span.end:
        raise Misread("span-reversed")
    return span


def _time(hour: str, minute: str) -> time:
    if (hour, minute) == ("24", "00"):
        return time(23, 59)
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise Misread("wrong-span") from None
