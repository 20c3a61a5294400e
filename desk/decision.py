"""What the desk can do about a message, and how sure it must be."""

from __future__ import annotations

from dataclasses import dataclass

from desk.topics import Topic
from facts.model import Faq, Location

ANSWER = 0.7
"""From this confidence on the best topic is answered."""
ELSEWHERE = 0.5
"""From this probability on it is a matter that the hall does not have."""
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
class Wanted:
    """Tell whether papers are wanted for a topic: each as it was named, with the keys of those on
    the topic's checklist that it means, and of those it means in a form that does not serve.
    """

    topic: Topic
    papers: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    confidence: float


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

    `matter` is the label of the matter of the catalogue that it is about, where it is one;
    `complained` is the number of the window complained about and `category` what the complaint is
    about, where these are named, and `anonymous` whether the citizen wants to stay unknown.
    """

    kind: str
    matter: str | None = None
    complained: str | None = None
    anonymous: bool = False
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Courtesy and questions about the desk."""

    intent: str


@dataclass(frozen=True, slots=True)
class ReceiptStatus:
    """How a receipt stands: the one named in the message, or this one."""

    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The citizen says whether an answer, or the answer to a receipt, settled the question."""

    settled: bool
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """Add to a receipt: ask what, or, with `text`, add what the message says."""

    receipt: str | None = None
    text: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A rating, from 5 (very satisfied) to 1."""

    level: int


@dataclass(frozen=True, slots=True)
class Because:
    """The reason of a low rating."""

    reason: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete what is kept about the citizen, once that is confirmed."""

    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class OwnData:
    """Tell what is kept about the citizen."""


@dataclass(frozen=True, slots=True)
class Categorise:
    """Note what a complaint is about."""

    receipt: str
    category: str


Later = Settled | Add | Rate | Because | Categorise | Erase | OwnData
"""What is about a question that was answered or taken down before."""

Decision = (
    Tell
    | Check
    | Wanted
    | AtStation
    | Near
    | NextStep
    | AskBack
    | OfHall
    | Register
    | Talk
    | ReceiptStatus
    | Later
)
