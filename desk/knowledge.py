"""Knowledge: all that a desk makes of one set of guides. It is exchanged whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self

from desk.checking import Checking
from desk.composer import Composer
from desk.decider import Decider
from desk.intake import Intake
from desk.matters import Matters
from desk.receipts.letters import Letters
from desk.receipts.terms import Terms
from desk.stations import Stations
from desk.texts import Texts
from desk.topics import Topics
from facts.calendar import Calendar
from facts.guides import Guides
from intents.cache import Cache
from intents.encoder import VectorStore
from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.understanding import Understanding

TEXTS = Texts(Path(__file__).parent / "texts")
FEW = 60
"""So many topics at most are exchanged one by one; each takes 5 to 60 ms."""


class Knowledge:
    """What is known from one set of guides, and how questions about it are understood.

    It never changes: a message that began with it ends with it. `exact` is whether it is as if
    made anew; what was `renewed` may differ by a hair in how it ranks.
    """

    def __init__(
        self,
        guides: Guides,
        catalogue: Sequence[Path] = (),
        cache: Cache | None = None,
        store: VectorStore | None = None,
        before: Knowledge | None = None,
    ) -> None:
        """What does not hang on its indexes is taken over from what was known `before`."""
        topics = Topics(guides.halls)
        matters = Matters(topics, catalogue, cache, store, before.matters if before else None)
        understanding = Understanding(
            topics.phrases(),
            lexicons(),
            matters,
            topics.parts(),
            topics.journeys(),
            cache,
            store,
        )
        checking = (
            before.checking.renewed if before else partial(Checking, lexicons=lexicons().values())
        )
        self._set(guides, topics, matters, understanding, exact=True, checking=checking)

    def _set(
        self,
        guides: Guides,
        topics: Topics,
        matters: Matters,
        understanding: Understanding,
        *,
        exact: bool,
        checking: Callable[[Topics, Mapping[str, Calendar]], Checking],
    ) -> None:
        spoken = lexicons().values()
        calendars = {hall.id: Calendar(hall) for hall in guides.halls}
        self._calendars = calendars
        self.exact = exact
        self.guides = guides
        self.topics = topics
        self.matters = matters
        self.understanding = understanding
        self.checking = checking(topics, calendars)
        self.decider = Decider(topics, understanding, spoken)
        stations = Stations(topics, spoken)
        self.intake = Intake(
            guides.halls, topics, understanding, self.decider, self.checking, stations
        )
        self.composer = Composer(topics, calendars, matters)
        self.letters = Letters(topics, calendars, TEXTS)
        self.terms = Terms(calendars)

    def renewed(
        self, guides: Guides, catalogue: Sequence[Path] = (), *, linking: bool = True
    ) -> Self | None:
        """What is known from other guides, made from this, where only a few topics are spoken of
        otherwise; None where it has to be made anew, which takes longer.

        Without `linking` what the catalogue says of new names is not known yet: that takes a
        second more.
        """
        topics = Topics(guides.halls)
        others = topics.others_than(self.topics)
        changed = {each for each in others if _says(topics, each) != _says(self.topics, each)}
        changed.update(set(self.topics.journeys()) ^ set(topics.journeys()))
        if len(changed) > FEW:
            return None
        matters = self.matters.renewed(topics, catalogue, others, linking=linking)
        if matters is None:
            return None
        changed |= matters.said_otherwise(self.matters)
        if len(changed) > FEW:
            return None
        understanding = self.understanding
        for label in sorted(changed):
            understanding = _replaced(understanding, topics, label, matters)
        understanding = understanding.beside(matters)
        made = type(self).__new__(type(self))
        checking = self.checking.renewed
        exact = self.exact and matters.says_as(self.matters) and not changed
        made._set(guides, topics, matters, understanding, exact=exact, checking=checking)
        return made

    def with_topic(self, guides: Guides, label: str) -> Self:
        """What is known from guides in which this topic alone is another."""
        topics = Topics(guides.halls)
        understanding = _replaced(self.understanding, topics, label, None)
        made = type(self).__new__(type(self))
        checking = self.checking.renewed
        made._set(guides, topics, self.matters, understanding, exact=False, checking=checking)
        return made

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        cases = ([case.label for case in self.topics.cases(topic)] for topic in self.topics)
        self.understanding.warm_up(filter(None, cases))
        self.checking.warm_up()
        for calendar in self._calendars.values():
            calendar.opened(datetime.now(UTC))  # this loads the public holidays


def _says(topics: Topics, topic: str) -> tuple[list[Phrase], list[Phrase]]:
    """How a topic is spoken of."""
    return topics.phrases_of(topic), topics.parts_of(topic)


def _replaced(
    understanding: Understanding, topics: Topics, label: str, matters: Matters | None
) -> Understanding:
    """An understanding of a topic as it is spoken of now; `matters` say more of it."""
    phrases, parts = _says(topics, label)
    whole = label in topics.journeys()
    return understanding.replaced(label, phrases, parts, whole=whole, others=matters)
