"""What is said to one question, before it becomes a turn."""

from __future__ import annotations

from dataclasses import dataclass

from desk.message import Choice, Outcome
from desk.topics import Topic
from facts.model import Hall


@dataclass(slots=True, kw_only=True)
class Said:
    """The lines of a reply, and how the question ended.

    `offered` are the topics behind `choices`, for an answer in words or by number. `register` is
    the kind of receipt under which `question` (else what was written) is to be taken down, if it
    is; `of_others` is whether another authority has the answer, `complained` the window that it
    is about, `anonymous` whether the citizen wants to stay unknown. `erased` is whether nothing
    of the conversation is to be kept.
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
    question: str = ""
    of_others: bool = False
    complained: str | None = None
    anonymous: bool = False
    erased: bool = False
