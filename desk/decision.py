"""What the desk can do about a message, and how sure it must be."""

from __future__ import annotations

from dataclasses import dataclass

from desk.topics import Topic
from facts.model import Faq, Location

ANSWER = 0.7
"""From this confidence on the best topic is answered."""
OFFER = 0.25
"""From this confidence on the likeliest topics are offered; below it none is near enough."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer about a topic; `faq` is the editors' own answer to this very question, and `told`
    what is said instead of what the guide tells.
    """

    topic: Topic
    about: tuple[str, ...]
    confidence: float
    faq: Faq | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Hold a topic's materials against what is there: these keys of its checklist.

    `listed` shows the checklist to be ticked off, `in_place` in place of the one before; else it
    is told what is missing. `unfit` are keys of what is there in a form that does not serve.
    """

    topic: Topic
    there: frozenset[str]
    about: tuple[str, ...]
    confidence: float
    listed: bool = False
    in_place: bool = False
    unfit: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AtStation:
    """Tell whether a topic can be done at a station that was named."""

    station: Topic
    topic: Topic
    confidence: float


@dataclass(frozen=True, slots=True)
class Near:
    """Tell the places nearest to a location, for a topic where one is spoken of."""

    location: Location
    topic: Topic | None


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


Decision = Tell | Check | AtStation | Near | AskBack | OfHall | Register | Talk | ReceiptStatus
