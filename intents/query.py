"""A query: a text as the ranker holds it against the phrases of topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from intents.features import ASKED, Features, features
from intents.tokens import Token


class Clause(NamedTuple):
    """A clause of a long text, its features, and whether anything is asked in it."""

    text: str
    written: Features
    asks: bool


class Query(NamedTuple):
    """A text as it is ranked: its tokens, how much each tells, and the features of these.

    `clauses` are the clauses of a long text; `whole` is whether it asks for several matters,
    `stages` are the stages it speaks of. `typed` is the text before words were repaired.
    """

    text: str
    sequence: Sequence[Token]
    stress: Sequence[float]
    written: Features
    clauses: tuple[Clause, ...] = ()
    whole: bool = False
    language: str = "zh"
    stages: frozenset[str] = frozenset()
    typed: str = ""

    @property
    def content(self) -> int:
        """How many tokens tell of a topic at all."""
        return sum(each > 0.5 for each in self.stress)

    @property
    def telling(self) -> str:
        """The text without courtesy and what is asked."""
        pairs = zip(self.sequence, self.stress, strict=True)
        return "".join(token.text for token, stress in pairs if stress > ASKED)


def query(
    text: str,
    sequence: Sequence[Token],
    stress: Sequence[float],
    clauses: tuple[Clause, ...] = (),
    *,
    whole: bool = False,
    language: str = "zh",
    stages: frozenset[str] = frozenset(),
) -> Query:
    """A query with its features."""
    written = features(sequence, stress)
    return Query(text, sequence, stress, written, clauses, whole, language, stages)
