"""The measures that halls report in, for any group of questions, receipts and ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from editing.figures.table import Cell, Share
from ledger.figures import TALK, Rated, Taken, Turns

OUTCOMES = (("answered",), ("led", "referred"), ("choose",))
"""The endings of a question that are told at once, led on, and asked back."""
STANDINGS = ("in_time", "late", "open", "no_term")
SATISFIED = 3
"""From this level on a rating says satisfied: 基本满意 counts as satisfied."""
COLUMNS = (
    "asked",
    "answered",
    "led_on",
    "asked_back",
    "taken_down",
    "in_time",
    "late",
    "open",
    "in_time_share",
    "ratings",
    "satisfied_share",
    "level",
)
"""The measures of one group, in the order of `Measures.cells`."""


class Placed(Protocol):
    """Anything that is counted by window and topic."""

    @property
    def window(self) -> str | None:
        """The number of a window."""

    @property
    def topic(self) -> str | None:
        """The label of a topic."""


@dataclass(slots=True)
class Measures:
    """The counts of one group."""

    outcomes: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """Questions: every turn but courtesy."""
        return self.outcomes.total() - self.outcomes[TALK]

    def ended(self, *outcomes: str) -> int:
        """How many questions ended in one of these ways."""
        return sum(self.outcomes[each] for each in outcomes)

    @property
    def in_time(self) -> Share:
        """Of the receipts that had to be answered by now, those answered within the term."""
        in_time = self.standings["in_time"]
        return Share(in_time, in_time + self.standings["late"])

    @property
    def satisfied(self) -> Share:
        """Of the ratings, those of the three upper levels."""
        good = sum(count for level, count in self.levels.items() if level >= SATISFIED)
        return Share(good, self.levels.total())

    @property
    def level(self) -> float | None:
        """The mean of the ratings, from 1 to 5."""
        given = self.levels.total()
        return sum(level * count for level, count in self.levels.items()) / given if given else None

    def cells(self) -> tuple[Cell, ...]:
        """The measures as a row of a table."""
        return (
            self.asked,
            *(self.ended(*each) for each in OUTCOMES),
            self.standings.total(),
            *(self.standings[each] for each in STANDINGS[:3]),
            self.in_time,
            self.levels.total(),
            self.satisfied,
            self.level,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of a month."""

    turns: Iterable[Turns]
    receipts: Iterable[Taken]
    ratings: Iterable[Rated]

    def by_place(self, key: Callable[[Placed], Hashable]) -> Mapping[Hashable, Measures]:
        """The measures by what window or topic belongs to."""
        found: dict[Hashable, Measures] = {}
        for turn in self.turns:
            found.setdefault(key(turn), Measures()).outcomes[turn.outcome] += turn.count
        for taken in self.receipts:
            found.setdefault(key(taken), Measures()).standings[taken.standing] += taken.count
        for rated in self.ratings:
            found.setdefault(key(rated), Measures()).levels[rated.level] += rated.count
        return found

    def by_way(self, key: Callable[[Turns | Taken], Hashable]) -> Mapping[Hashable, Measures]:
        """The measures by door or language, which ratings do not tell."""
        return Counts(self.turns, self.receipts, ()).by_place(key)  # type: ignore[arg-type]
