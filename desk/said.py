"""What is said to one question, before it becomes a turn."""

from __future__ import annotations

from dataclasses import dataclass

from desk.message import Choice, Item, Outcome, Turn
from desk.topics import Topic
from facts.model import Hall


@dataclass(slots=True, kw_only=True)
class Said:
    """The lines of a reply, and how the question ended.

    `offered` are the topics behind `choices`, for an answer in words or by number. `register` is
    the kind of receipt under which `question` (else what was written) is to be taken down, if it
    is; `of_others` is whether another authority has the answer, `complained` the window that it
    is about, `category` what a complaint is about, `anonymous` whether the citizen wants to stay
    unknown. `erased` is whether nothing of the conversation is to be kept.
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
    category: str | None = None
    anonymous: bool = False
    erased: bool = False
    checklist: tuple[Item, ...] = ()
    in_place: bool = False

    def turn(self, session: str, text: str, language: str) -> Turn:
        """The turn that answers a masked text with this."""
        topic = self.topic
        return Turn(
            session=session,
            text=text,
            language=language,
            outcome=self.outcome,
            reply="\n".join(self.lines),
            topic=topic.id if topic else None,
            case=topic.case if topic else None,
            about=self.about,
            window=self.window,
            choices=self.choices,
            next=self.next,
            checklist=self.checklist,
            in_place=self.in_place,
            confidence=round(min(self.confidence, 1.0), 3),
            receipt=self.receipt,
        )
