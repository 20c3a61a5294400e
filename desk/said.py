"""What is said to one question, before it becomes a turn."""

from __future__ import annotations

from dataclasses import dataclass

from desk.message import Choice, Item, Outcome
from desk.topics import Topic
from facts.model import Hall


@dataclass(slots=True, kw_only=True)
class Said:
    """The lines of a reply, and how the question ended.

    `offered` are the topics behind `choices`, for an answer in words or by number. `register` is
    the kind of receipt under which the question is to be taken down, if it is.
    """

    outcome: Outcome
    lines: list[str]
    topic: Topic | None = None
    about: tuple[str, ...] = ()
    window: str | None = None
    choices: tuple[Choice, ...] = ()
    next: tuple[Choice, ...] = ()
    offered: tuple[Topic, ...] = ()
    confidence: float = 0.0
    register: str | None = None
    receipt: str | None = None
    hall: Hall | None = None
    checklist: tuple[Item, ...] = ()
    in_place: bool = False
