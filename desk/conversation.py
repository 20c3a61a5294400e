"""What the desk remembers of a conversation between two turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from desk.message import Outcome, Turn
from desk.said import Said
from desk.topics import Topic


@dataclass(slots=True)
class Conversation:
    """The state of one conversation, in plain values that the ledger can keep.

    `topic` and `case` are the labels of what was last spoken of, `about` what was asked of it;
    `offered` are the labels that the last turn offered, in order. `asks` is whether it asked
    back, and `asked_matter` whether it asked for the matter in the citizen's own words;
    `question` is what was written then. `last` is the last question that was answered; `adding` is
    the receipt that the next message is added to; `asked_to_rate` is whether a rating was offered,
    `rated` what was rated. `journey` is the label of the journey of which steps are told one by
    one, `step` the number of the last one told (0: none yet). `checklist` is the id of the topic
    whose materials are held against what is `there` (keys of its checklist); `ticking` is whether
    the last turn showed it, and `papers` are what was said to be there before the topic was
    known, in the citizen's own words.
    """

    hall: str | None = None
    language: str | None = None
    topic: str | None = None
    case: str | None = None
    about: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    asks: bool = False
    asked_matter: bool = False
    set_language: str | None = None
    question: str = ""
    receipt: str | None = None
    last: str = ""
    adding: str | None = None
    asked_to_rate: bool = False
    rated: list[str] = field(default_factory=list)
    journey: str | None = None
    step: int = 0
    checklist: str | None = None
    there: list[str] = field(default_factory=list)
    ticking: bool = False
    papers: str = ""

    def asked(self, offered: Iterable[Topic], about: Iterable[str]) -> bool:
        """Whether the last turn asked the very same back: it is never asked twice in a row."""
        labels = [topic.label for topic in offered]
        if labels:
            return labels == self.offered and list(about) == self.about
        return self.asked_matter

    def remember(self, said: Said, turn: Turn) -> None:
        """Keep what the next turn needs to know of this one."""
        if said.topic is not None:
            self.topic = said.topic.id
            self.case = said.topic.label if said.topic.case else None
        if said.hall is not None:
            self.hall = said.hall.id
        if said.outcome is not Outcome.TALK:
            self.about = list(said.about)
            self.offered = [topic.label for topic in said.offered]
        self.asks = said.outcome is Outcome.CHOOSE
        self.asked_matter = said.outcome is Outcome.CHOOSE and not said.offered
        self.language = turn.language
        if said.about == ("language",):
            self.set_language = turn.language
        self.question = turn.text if said.outcome is Outcome.CHOOSE else ""
        if said.about != ("receipt_status",):
            if said.outcome in (Outcome.ANSWERED, Outcome.LED, Outcome.REFERRED) and turn.text:
                self.last = turn.text
            elif said.outcome is Outcome.REGISTERED:
                self.last = ""
        if not said.anonymous:
            self.receipt = said.receipt or self.receipt

    def plain(self) -> dict[str, Any]:
        """The state as JSON values."""
        return {name: copy(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def read(cls, plain: Mapping[str, Any] | None) -> Conversation:
        """The state from JSON values; what is unknown is left out."""
        known = cls.__dataclass_fields__
        return cls(**{key: value for key, value in (plain or {}).items() if key in known})
