"""The terminal door: one question, a conversation, or JSON lines for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from io import TextIOWrapper
from typing import Any, Protocol, TextIO
from zoneinfo import ZoneInfo

from desk.message import Choice, Message, Turn
from ledger.records import Notice

DOOR = "terminal"
TIME = "2026-11-23T09:00:00+08:00"


class Answering(Protocol):
    """What this door needs of a desk."""

    def answer(self, message: Message) -> Turn:
        """The turn that answers a message."""

    def welcome(self, session: str, door: str, language: str | None = None) -> Turn:
        """The greeting."""


class Talking(Answering, Protocol):
    """What a conversation needs besides: what waits to be told."""

    @property
    def notices(self) -> Carrying:
        """The notices that wait."""


class Carrying(Protocol):
    """Notices that wait until they are carried."""

    def claim(self, to: str) -> Sequence[Notice]:
        """Notices for this address, each given out once."""

    def sent(self, notice: Notice) -> None:
        """A notice has reached whom it was for."""


def as_json(turn: Turn) -> str:
    """A turn in the machine form of the guide format, on one line."""
    return json.dumps(
        {
            "session": turn.session,
            "text": turn.text,
            "language": turn.language,
            "outcome": turn.outcome.contract,
            "topic": turn.topic,
            "case": turn.case,
            "about": list(turn.about),
            "window": turn.window,
            "choices": [
                {key: value for key, value in asdict(choice).items() if key in _CHOICE}
                for choice in turn.choices
            ],
            "confidence": turn.confidence,
            "receipt": turn.receipt,
            "reply": turn.reply,
        },
        ensure_ascii=False,
    )


_CHOICE = ("topic", "case", "label")


class BadLine(ValueError):  # noqa: N818 - it is the line that is bad
    """A line of standard input that is no question."""


def read_line(line: str, number: int, zone: ZoneInfo) -> Message:
    """A question from one JSON line; without a session it is a conversation of its own.

    A time without a zone is one of the hall's clock. Raises BadLine.
    """
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"line {number}: this is not JSON: {error}") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise BadLine(f'line {number}: write an object with a text: {{"text": "…"}}')
    for key in ("session", "language", "at"):
        if not isinstance(given.get(key), str | None):
            raise BadLine(f"line {number}: {key} is a string, or left out")
    return _message(given, number, zone)


def _message(given: Mapping[str, Any], number: int, zone: ZoneInfo) -> Message:
    at = None
    if given.get("at"):
        try:
            at = datetime.fromisoformat(given["at"])
            at = at if at.tzinfo else at.replace(tzinfo=zone)
        except ValueError as error:
            raise BadLine(f"line {number}: at is a time like {TIME}") from error
        if not 2000 <= at.year < 3000:
            raise BadLine(f"line {number}: at is a time of our days, like {TIME}")
    return Message(
        text=given["text"],
        session=given.get("session") or f"line {number}",
        door=DOOR,
        language=given.get("language"),
        at=at,
    )


def set_encoding(lines: TextIO, out: TextIO) -> None:
    """UTF-8 both ways, whatever the locale; what is no text becomes a mark, and nothing ends."""
    for stream, encoding in ((lines, "utf-8-sig"), (out, "utf-8")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")


def ask_lines(desk: Answering, lines: Iterable[str], out: TextIO, zone: ZoneInfo) -> int:
    """Answer JSON lines in order, each flushed at once; how many lines could not be read."""
    bad = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            written = as_json(desk.answer(read_line(line, number, zone)))
        except BadLine as error:
            bad += 1
            written = json.dumps({"error": str(error)}, ensure_ascii=False)
        print(written, file=out, flush=True)
    return bad


def ask(desk: Answering, questions: Iterable[str], out: TextIO, *, machine: bool) -> int:
    """Answer questions, each on its own; how many were given a receipt."""
    receipts = 0
    for number, question in enumerate(questions, 1):
        turn = desk.answer(Message(text=question, session=f"question {number}", door=DOOR))
        receipts += turn.receipt is not None
        print(as_json(turn) if machine else f"{turn.reply}\n", file=out, flush=True)
    return receipts


def chat(desk: Talking, lines: Iterable[str], out: TextIO, session: str) -> None:
    """Talk until the input ends; what waits for the citizen is told before each prompt."""
    welcome = desk.welcome(session, DOOR)
    print(welcome.reply, file=out)
    buttons: list[Choice] = []
    _prompt(desk, out, session, buttons)
    for line in lines:
        if line.strip():
            turn = desk.answer(_said(line.strip(), session, buttons))
            print(f"\n{turn.reply}", file=out)
            buttons = list(turn.choices)
            _offer(turn.next, buttons, out)
        _prompt(desk, out, session, buttons)
    print(file=out)


def _said(text: str, session: str, buttons: Sequence[Choice]) -> Message:
    """What was typed; a number that stands before a button presses it."""
    if text.isdecimal() and 1 <= int(text[:4]) <= len(buttons):
        pressed = buttons[int(text[:4]) - 1]
        return Message(text=pressed.label, session=session, door=DOOR, choice=pressed.key)
    return Message(text=text, session=session, door=DOOR)


def _prompt(desk: Talking, out: TextIO, session: str, buttons: list[Choice]) -> None:
    for notice in desk.notices.claim(session):
        print(f"\n{notice.text}", file=out)
        _offer((Choice(key=key, label=label) for key, label in notice.choices), buttons, out)
        out.flush()
        desk.notices.sent(notice)
    print("\n> ", end="", file=out, flush=True)


def _offer(more: Iterable[Choice], buttons: list[Choice], out: TextIO) -> None:
    """Number buttons on from those that were numbered before."""
    for choice in more:
        buttons.append(choice)
        print(f"  {len(buttons)}. {choice.label}", file=out)
