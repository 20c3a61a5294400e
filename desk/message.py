"""What goes into the desk and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from facts.model import Location


class Outcome(StrEnum):
    """The named endings of a question; there is no other."""

    ANSWERED = "answered"
    """The guide tells it."""
    LED = "led"
    """The citizen is led to the window, place or phone where it is told; or asked for those."""
    CHOOSE = "choose"
    """Asked back: which matter, or which case of it."""
    REFERRED = "referred"
    """Another authority's or another hall's matter, which is named."""
    REGISTERED = "registered"
    """Taken down, or added to what was taken down: a window is responsible, with a term."""
    TALK = "talk"
    """A courtesy, or something about the desk itself and what it keeps."""

    @property
    def contract(self) -> str:
        """The ending in the five words of the guide format: there `led` is `answered`."""
        return str(Outcome.ANSWERED if self is Outcome.LED else self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a citizen sends. `choice` is the key of a pressed button; `text` is then its label.

    `language` is what the citizen has set (else it is taken from the text); `at` is the time of
    the question, with its zone (else the desk's clock tells it). `id` is what the door calls the
    message, where the same one may come a second time. `location` is where the citizen
    is, if shared: it is used for this answer and kept nowhere.
    """

    text: str
    session: str
    door: str
    language: str | None = None
    at: datetime | None = None
    choice: str | None = None
    id: str | None = None
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to press: a topic (asked back) or what people ask next about the topic.

    `key` is opaque and at most 64 bytes; a door hands it back as `Message.choice`. What `asks` for
    a `location` is handed back with one by a door that can tell it.
    """

    key: str
    label: str
    topic: str | None = None
    case: str | None = None
    about: str | None = None
    asks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A material to tick off: `label` is short enough for a button, `text` tells all of it.

    `key` is what a door hands back as `Message.choice` to tick it, or to untick it; it is opaque,
    at most 64 bytes, and pressing it twice does no more than once.
    """

    key: str
    label: str
    text: str
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the desk says to one message, and how the question ended.

    `text` is the masked question; `reply` is plain text in lines, the answer first. `choices` are
    what the desk asks back; `next` are what people often ask after this answer. `told` is whether
    the very same message was answered before, and the answer has reached the citizen. `checklist`
    are materials to tick off, each told in a line of `reply` too; a turn that comes `in_place`
    takes the place of the one whose item was pressed.
    """

    session: str
    text: str
    language: str
    outcome: Outcome
    reply: str
    topic: str | None = None
    case: str | None = None
    about: tuple[str, ...] = ()
    window: str | None = None
    choices: tuple[Choice, ...] = ()
    next: tuple[Choice, ...] = ()
    confidence: float = 0.0
    receipt: str | None = None
    told: bool = False
    checklist: tuple[Item, ...] = ()
    in_place: bool = False

    def plain(self) -> dict[str, Any]:
        """The turn as JSON values."""
        return asdict(self)

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """The turn from JSON values."""
        choices, after = (
            tuple(Choice(**each) for each in plain[name]) for name in ("choices", "next")
        )
        told = {
            "about": tuple(plain["about"]),
            "outcome": Outcome(plain["outcome"]),
            "choices": choices,
            "next": after,
            "checklist": tuple(Item(**each) for each in plain["checklist"]),
        }
        return cls(**{**plain, **told})

    @classmethod
    def known_to(cls, session: str, text: str, language: str) -> Self:
        """The turn of a message whose answer the citizen has already."""
        return cls(
            session=session, text=text, language=language, outcome=Outcome.TALK, reply="", told=True
        )
