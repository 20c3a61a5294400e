"""Turns as Telegram messages: escaped, split, with buttons under the last part."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from desk.message import Choice, Item, Turn

LONGEST = 4096  # UTF-16 units in one message, counted without markup
MOST_BUTTONS = 100  # under one message
LONGEST_KEY = 64  # bytes of what a button hands back
ROW = 36  # columns of a row of buttons on a phone; a Chinese character takes two
PADDING = 4
TICKED, UNTICKED = "☑", "☐"
BREAKS = ("\n\n", "\n", "。", ". ", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message: its text, the same as HTML, and the buttons under it."""

    text: str
    html: str
    buttons: InlineKeyboardMarkup | None = None


def rendered(turn: Turn) -> tuple[Part, ...]:
    """The messages that tell this turn; a checklist is one, with a button for each material."""
    choices = (*turn.choices, *turn.next)[:MOST_BUTTONS]
    items = turn.checklist[: MOST_BUTTONS - len(choices)]
    labels = _labels(choices)
    asked = len(turn.choices)
    buttons = [
        InlineKeyboardButton(label, callback_data=choice.key)
        for choice, label in zip(choices, labels, strict=True)
    ]
    rows = (*map(_box, items), *_rows(buttons[:asked]), *_rows(buttons[asked:]))
    text = "\n\n".join(filter(None, (turn.reply, _cut_short(turn.reply, choices, labels))))
    if items and len(split(text)) > 1:
        text = _in_one(turn, items)
    return parts(text, InlineKeyboardMarkup(rows) if rows else None, receipt=turn.receipt)


def _box(item: Item) -> list[InlineKeyboardButton]:
    mark = TICKED if item.ticked else UNTICKED
    return [InlineKeyboardButton(_shortened(f"{mark} {item.label}"), callback_data=item.key)]


def _in_one(turn: Turn, items: Sequence[Item]) -> str:
    """A checklist too long for one message: by the names of the materials, else by its head."""
    head = turn.reply.partition("\n")[0]
    named = "\n".join([head, *(item.label for item in items)])
    return next((text for text in (named, head) if len(split(text)) == 1), split(head)[0])


def parts(
    text: str, buttons: InlineKeyboardMarkup | None = None, receipt: str | None = None
) -> tuple[Part, ...]:
    """A text as messages; a receipt's number is set so that a tap copies it."""
    pieces = split(text)
    last = len(pieces) - 1
    return tuple(
        Part(text=piece, html=_html(piece, receipt), buttons=buttons if at == last else None)
        for at, piece in enumerate(pieces)
    )


def split(text: str, longest: int = LONGEST) -> tuple[str, ...]:
    """The text in pieces of at most so many UTF-16 units, broken between paragraphs or lines."""
    pieces = []
    rest = text.strip()
    while len(head := _head(rest, longest)) < len(rest):
        end = _break(head)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip("\n")
    pieces.append(rest.rstrip())
    return tuple(filter(None, pieces))


def _head(text: str, units: int) -> str:
    # A character outside the first plane is two units: half of one is dropped.
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _break(head: str) -> int:
    for mark in BREAKS:
        start = head.rfind(mark, len(head) // 2)
        if start >= 0:
            return start + len(mark)
    return len(head)


def _html(text: str, receipt: str | None) -> str:
    escaped = html.escape(text, quote=False)
    if not receipt:
        return escaped
    number = html.escape(receipt, quote=False)
    return escaped.replace(number, f"<code>{number}</code>")


def _labels(choices: Sequence[Choice]) -> tuple[str, ...]:
    if all(_width(choice.label) <= ROW for choice in choices):
        return tuple(choice.label for choice in choices)
    return tuple(_shortened(f"{at}. {each.label}") for at, each in enumerate(choices, start=1))


def _cut_short(reply: str, choices: Sequence[Choice], labels: Sequence[str]) -> str:
    """In full, under their numbers, the labels that no button can show."""
    lines = [f"{at}. {choice.label}" for at, choice in enumerate(choices, start=1)]
    missing = [
        line
        for line, choice, label in zip(lines, choices, labels, strict=True)
        if label not in (line, choice.label) and choice.label not in reply
    ]
    return "\n".join(missing)


def _shortened(label: str) -> str:
    if _width(label) <= ROW:
        return label
    while _width(label) > ROW - 1:
        label = label[:-1]
    return f"{label.rstrip()}…"


def keyboard(choices: Iterable[tuple[str, str]]) -> list[list[InlineKeyboardButton]]:
    """Rows of buttons of (key, label); a key that Telegram would not take has none."""
    return _rows(
        InlineKeyboardButton(label, callback_data=key)
        for key, label in choices
        if len(key.encode()) <= LONGEST_KEY
    )


def _rows(buttons: Iterable[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    taken = ROW
    for button in buttons:
        width = _width(button.text) + PADDING
        if taken + width > ROW:
            rows.append([])
            taken = 0
        rows[-1].append(button)
        taken += width
    return rows


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
