"""Reads the HTML of a message as the Bot API does: known tags, properly closed, else a refusal."""

from __future__ import annotations

import html
import re

PIECES = re.compile(r"<(?P<close>/?)(?P<tag>[^\s<>]*)(?P<rest>[^<>]*)(?P<end>>?)|[^<]+")
TAGS = frozenset(
    (
        *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a"),
        *("tg-spoiler", "span", "blockquote", "tg-emoji"),
    )
)


class UnparsableError(Exception):
    """The text is not HTML that Telegram reads."""


def plain(text: str) -> str:
    """The text that a citizen sees."""
    seen: list[str] = []
    still_open: list[str] = []
    for piece in PIECES.finditer(text):
        if piece["tag"] is None:
            seen.append(_characters(piece[0]))
            continue
        at = len(text[: piece.start()].encode())
        _tag(piece, at, still_open)
    if still_open:
        raise UnparsableError(f'Can\'t find end tag corresponding to start tag "{still_open[-1]}"')
    return "".join(seen)


def _tag(piece: re.Match[str], at: int, still_open: list[str]) -> None:
    tag = piece["tag"].lower()
    if not piece["end"]:
        raise UnparsableError(f"Unclosed start tag at byte offset {at}")
    if tag not in TAGS:
        raise UnparsableError(f'Unsupported start tag "{tag}" at byte offset {at}')
    if not piece["close"]:
        still_open.append(tag)
    elif not still_open or still_open.pop() != tag:
        raise UnparsableError(f"Unexpected end tag at byte offset {at}")


def _characters(text: str) -> str:
    return re.sub(
        r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);", lambda each: html.unescape(each[0]), text
    )
