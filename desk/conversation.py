"""What the desk remembers of a conversation between two turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from desk.topics import Topic


@dataclass(slots=True)
class Conversation:
    """The state of one conversation, in plain values that the ledger can keep.

    `topic` and `case` are the labels of what was last spoken of, `about` what was asked of it;
    `offered` are the labels that the last turn offered, in order. `asks` is whether it asked
    back, and `asked_matter` whether it asked for the matter in the citizen's own words;
    `question` is what was written then. `checklist` is the id of the topic whose materials are
    held against what is `there` (keys of its checklist); `ticking` is whether the last turn
    showed it, and `papers` are what was said to be there before the topic was known, in the
    citizen's own words.
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

    def plain(self) -> dict[str, Any]:
        """The state as JSON values."""
        return {name: copy(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def read(cls, plain: Mapping[str, Any] | None) -> Conversation:
        """The state from JSON values; what is unknown is left out."""
        known = cls.__dataclass_fields__
        return cls(**{key: value for key, value in (plain or {}).items() if key in known})
