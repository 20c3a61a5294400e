"""A cell that holds several things: numbered lists, line breaks, semicolons, arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(
    r"(?:[（(]\s*(?P<a>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]、?"
    r"|(?P<b>\d{1,2})\s*(?:[.．](?!\d)|[、)）])"
    r"|(?P<c>[一二三四五六七八九十]{1,3})、"
    r"|(?P<d>[①-⑳])"
    r"|第(?P<e>[一二三四五六七八九十]{1,3})步[：:，, ]?)\s*"
)
_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
_ARROW = re.compile(r"\s*(?:→|⇒|➡|—+>|-+>|=+>|＞|>>?)\s*")
_BULLET = re.compile(r"^\s*[·•●■◆▪○*＊\-—]\s*(?=\S)")
_DASHED = re.compile(r"\s*[-—－]+\s*")
_OPEN, _CLOSE = "（([《“‘【「", "）)]》”’】」"


def listed(text: str) -> list[str]:
    """The items of a list, without their numbers; a text that is none is a list of one."""
    items = _numbered(text) or [each for each in text.split("\n") if each.strip()]
    if len(items) == 1:
        items = list(split(items[0], "；;"))
    return [item for item in map(_bare, items) if item]


def steps(text: str) -> list[str]:
    """The steps of a process, which may stand with arrows or dashes between them."""
    parts = [part for part in _ARROW.split(text.replace("\n", "")) if part]
    if len(parts) > 1 and not _numbered(text):
        return [_bare(part) for part in parts]
    dashed = [part for part in _DASHED.split(text) if part]
    if len(dashed) > 2 and all(re.fullmatch(r"[\u4e00-\u9fff]{1,10}", part) for part in dashed):
        return dashed
    return listed(text)


def split(text: str, signs: str) -> Iterator[str]:
    """The parts between these signs, where no bracket or quotation mark is open."""
    depth, part = 0, ""
    for character in text:
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        if character in signs and not depth:
            yield part
            part = ""
        else:
            part += character
    yield part


def is_numbered(text: str) -> bool:
    """Whether the text is a numbered list of more than one item."""
    return len(_numbered(text)) > 1


def amount(text: str) -> int | None:
    """A number in figures or in Chinese characters up to 99."""
    if text.isdecimal():
        return int(text)
    if text == "两":
        return 2
    if not text or set(text) - set("一二三四五六七八九十"):
        return None
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _numbered(text: str) -> list[str]:
    """The items behind the numbers 1, 2, 3, …; what stands before the first is one of its own."""
    starts: list[tuple[int, int]] = []
    style = ""
    for found in _NUMBER.finditer(text):
        kind, number = _value(found)
        before = text[: found.start()].rstrip(" \u3000")
        begins = (
            kind in "de"
            or (kind == "a" and starts)
            or not before
            or before[-1] in "\n；;。，,：:、)）"
        )
        if begins and number == len(starts) + 1 and (not starts or kind == style):
            style = kind
            starts.append((found.start(), found.end()))
    if not starts or (len(starts) == 1 and starts[0][0] > 0):
        return []
    ends = [start for start, _ in starts[1:]] + [len(text)]
    items = [text[begin:end] for (_, begin), end in zip(starts, ends, strict=True)]
    head = text[: starts[0][0]].strip()
    return [*([head] if head else []), *items]


def _value(found: re.Match[str]) -> tuple[str, int]:
    for kind in "abcde":
        told = found[kind]
        if told:
            return kind, ord(told) - ord("①") + 1 if kind == "d" else amount(told) or 0
    return "", 0


def _bare(item: str) -> str:
    """An item in one line, without a bullet before or a sign of separation behind it."""
    item = " ".join(_BULLET.sub("", item).split())
    item = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", item)
    return item.rstrip("；;，,、 ").strip()
