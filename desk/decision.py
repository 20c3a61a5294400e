"""What the desk can do about a message, and how sure it must be."""

from __future__ import annotations

from dataclasses import dataclass

from desk.topics import Topic
from facts.model import Faq

ANSWER = 0.7
"""From this confidence on the best topic is answered."""
OFFER = 0.25
"""From this confidence on the likeliest topics are offered; below it none is near enough."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer about a topic; `faq` is the editors' own answer to this very question."""

    topic: Topic
    about: tuple[str, ...]
    confidence: float
    faq: Faq | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """Tell one step of a journey: `number` is from 1 on; behind the last, that all were told."""

    journey: Topic
    number: int


@dataclass(frozen=True, slots=True)
class AskBack:
    """Ask which of these topics is meant; without any, ask for the matter in own words."""

    topics: tuple[Topic, ...]
    about: tuple[str, ...]
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class OfHall:
    """Answer about the hall itself."""

    intent: str


@dataclass(frozen=True, slots=True)
class Register:
    """Take it down: a question nobody's guide answers, a complaint, or the wish for a person.

    `matter` is the label of the matter of the catalogue that it is about, where it is one.
    """

    kind: str
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Courtesy and questions about the desk."""

    intent: str


@dataclass(frozen=True, slots=True)
class ReceiptStatus:
    """How a receipt stands."""


Decision = Tell | NextStep | AskBack | OfHall | Register | Talk | ReceiptStatus
