"""Knowledge: all that a desk makes of one set of guides. It is exchanged whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
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
from intents.ranker import topic_of
from intents.scorer import Phrase
from intents.understanding import Understanding

TEXTS = Texts(Path(__file__).parent / "texts")
FEW = 60
"""So many topics at most are exchanged one by one; each takes 5 to 60 ms."""

ByTopic = Mapping[str, Sequence[Phrase]]


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
    ) -> None:
        topics = Topics(guides.halls)
        matters = Matters(topics, catalogue, cache, store)
        understanding = Understanding(
            topics.phrases(),
            lexicons(),
            matters,
            topics.parts(),
            topics.journeys(),
            cache,
            store,
        )
        self._set(guides, topics, matters, understanding, exact=True)

    def _set(
        self,
        guides: Guides,
        topics: Topics,
        matters: Matters,
        understanding: Understanding,
        *,
        exact: bool,
    ) -> None:
        spoken = lexicons().values()
        calendars = {hall.id: Calendar(hall) for hall in guides.halls}
        self._calendars = calendars
        self.exact = exact
        self.guides = guides
        self.topics = topics
        self.matters = matters
        self.understanding = understanding
        self.checking = Checking(topics, calendars, spoken)
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
        before, after = by_topic(self.topics.phrases()), by_topic(topics.phrases())
        parts = by_topic(topics.parts())
        changed = {
            *_changed(before, after),
            *_changed(by_topic(self.topics.parts()), parts),
            *(set(self.topics.journeys()) ^ set(topics.journeys())),
        }
        if len(changed) > FEW:
            return None
        matters = self.matters.renewed(topics, catalogue, linking=linking)
        if matters is None:
            return None
        same = matters.says_as(self.matters)
        if not same:
            changed |= _changed(by_topic(self.matters.phrases()), by_topic(matters.phrases()))
        if len(changed) > FEW:
            return None
        understanding = self.understanding.beside(matters) if same else self.understanding
        journeys = set(topics.journeys())
        for label in sorted(changed):
            phrases, own = after.get(label, ()), parts.get(label, ())
            understanding = understanding.replaced(
                label, phrases, own, whole=label in journeys, others=matters
            )
        made = type(self).__new__(type(self))
        exact = self.exact and same and not changed
        made._set(guides, topics, matters, understanding, exact=exact)
        return made

    def with_topic(self, guides: Guides, label: str) -> Self:
        """What is known from guides in which this topic alone is another."""
        topics = Topics(guides.halls)
        understanding = self.understanding.replaced(
            label,
            by_topic(topics.phrases()).get(label, ()),
            by_topic(topics.parts()).get(label, ()),
            whole=label in topics.journeys(),
        )
        made = type(self).__new__(type(self))
        made._set(guides, topics, self.matters, understanding, exact=False)
        return made

    def warm_up(self) -> None:
        """Make now what the first questions would otherwise wait for."""
        cases = ([case.label for case in self.topics.cases(topic)] for topic in self.topics)
        self.understanding.warm_up(filter(None, cases))
        self.checking.warm_up()
        for calendar in self._calendars.values():
            calendar.opened(datetime.now(UTC))  # this loads the public holidays


def by_topic(phrases: Iterable[Phrase]) -> ByTopic:
    """Phrases by the topic that they, or its parts, are about."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for each in phrases:
        found[topic_of(each.label)].append(each)
    return found


def _changed(before: ByTopic, after: ByTopic) -> set[str]:
    """The topics that are spoken of otherwise."""
    return {each for each in {*before, *after} if before.get(each) != after.get(each)}
