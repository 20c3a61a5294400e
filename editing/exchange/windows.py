"""Where a service is handled: the windows' numbers in a text, and what it says besides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from editing.exchange.lists import amount, split

_N = r"(?:[A-Za-z]{0,2}-?\d{1,4}|[一二三四五六七八九十]{1,3})"
_RANGE = re.compile(rf"({_N})\s*[-~—–至]\s*({_N})")
_WINDOWS = re.compile(
    rf"第?(?P<before>{_N}(?:\s*(?:号)?\s*[、,，/和及]\s*{_N}|\s*[-~—–至]\s*{_N})*)\s*(?:号|#)?\s*"
    rf"(?P<named>(?:(?![楼层室号])[\u4e00-\u9fff]){{0,10}}?)(?:窗口|柜台|窗|台席|工位)"
    rf"|(?:窗口|柜台|[Ww]indow)\s*(?:编?号|[Nn]o\.?)?[:：]?\s*(?P<after>{_N})\s*号?"
)
_BARE = re.compile(rf"({_N})\s*(?:号|#)?$")
_COMMAS = re.compile(r"\s*号?\s*[、,，/和及]\s*")
MOST = 30
"""Windows of a range; a longer one is no range."""


@dataclass(slots=True)
class Place:
    """The windows of a text by number, with the name each has in it, and the rest of the text."""

    numbers: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def place(text: str, known: Mapping[str, str]) -> Place:
    """Which windows a text names; `known` are the numbers of the hall's windows by their names."""
    bare = _BARE.fullmatch(text.strip())
    if bare and not set(text) <= set("一二三四五六七八九十"):
        return Place([_number(bare[1])])
    read, rest = Place(), text
    for found in _WINDOWS.finditer(text):
        if found["before"] and _is_floor(text, found):
            continue
        numbers = _numbers(found["before"] or found["after"])
        read.numbers += [each for each in numbers if each not in read.numbers]
        if found["named"] and len(numbers) == 1:
            read.names[numbers[0]] = found["named"] + "窗口"
        rest = rest.replace(found[0], " ")
    for name, number in known.items():
        if not read.numbers and name and name in text:
            read.numbers.append(number)
            rest = rest.replace(name, " ")
    read.rest = "".join(split(rest, "\n")).strip(" ，,、；;。（）()的")
    return read


def _is_floor(text: str, found: re.Match[str]) -> bool:
    """Whether the number is that of a floor: 一楼民政窗口."""
    return text[found.end("before") :].lstrip()[:1] in ("楼", "层", "室", "路", "栋", "幢")


def _numbers(text: str) -> list[str]:
    found = []
    for part in _COMMAS.split(text):
        ends = _RANGE.fullmatch(part.strip())
        first, last = (_number(end) for end in ends.groups()) if ends else ("", "")
        if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < MOST:
            found += [str(number) for number in range(int(first), int(last) + 1)]
        elif part.strip():
            found.append(_number(part.strip().rstrip("号")))
    return found


def _number(text: str) -> str:
    number = amount(text)
    return text if number is None or text.isdecimal() else str(number)
