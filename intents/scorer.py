"""The scorer: which of the known topics a text comes nearest to.

Every topic is a label with phrases. `Scorer` is the interface under which engines are measured;
`Index` is where ours begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from intents.likeness import NOT_ALIKE, Alike


class Phrase(NamedTuple):
    """One way of saying a topic. A `name` holds nothing but the topic; a question holds more.

    A label may name a part of its topic behind `#`.
    """

    label: str
    text: str
    name: bool = True


def topic_of(label: str) -> str:
    """The topic a label names, without the part of it."""
    return label.partition("#")[0]


class Phrases(Protocol):
    """Phrases that are made only where they are wanted, known before by a digest."""

    digest: str

    @property
    def kin(self) -> Mapping[str, float]:
        """How like a known topic each of their own topics is (0 to 1), by its label."""

    def phrases(self) -> Iterable[Phrase]:
        """All of them."""

    def phrases_of(self, topic: str) -> Iterable[Phrase]:
        """Those of one topic, with its parts."""


class Score(NamedTuple):
    """How near a topic is (0 to 1), and why.

    `phrase` is the nearest phrase's place among those of the topic, `held` the share of it that
    stands in the text, and `explained` the share of the text that it explains; `covered` is the
    share of the text that all phrases of the topic together explain. `evidence` is what speaks for
    the topic as a share of all that the text could say (0 to 1), `weight` the same as a sum;
    `phrases` is how many phrases the topic has, `here` whether answers are known for it, `kin` how
    likely it is a topic that answers are known for all the same, `whole` whether it is several
    matters at once, `stages` which stages its name speaks of, `clause` how near any clause of a
    long text is, `asked` whether one that asks names it, and `aligned` how like one of the names
    that its guide gives it the text is, character by character; `stands` is the greatest share of
    one of these that the text is, where it stands in it as it was written.
    `alike` is how like the phrases the text is in meaning, where that was looked at, `figures`
    what the topic was judged by, and `logit` what all of this says together.
    """

    label: str
    score: float
    phrase: int
    held: float
    explained: float
    covered: float
    evidence: float
    weight: float
    phrases: int = 1
    here: bool = True
    kin: float = 0.0
    whole: bool = False
    stages: frozenset[str] = frozenset()
    clause: float = 0.0
    asked: bool = False
    aligned: float = 0.0
    stands: float = 0.0
    alike: Alike = NOT_ALIKE
    figures: Mapping[str, float] = MappingProxyType({})
    logit: float = 0.0


class Scorer(Protocol):
    """Anything that ranks the labels of known phrases by their nearness to a text."""

    def rank(self, text: str) -> Sequence[Score]:
        """The labels, nearest first."""
