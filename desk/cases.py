"""The cases of a service: which one a message speaks of, and the editors' own answers."""

from __future__ import annotations

from rapidfuzz import fuzz

from desk.topics import Topic, Topics
from facts.model import Case, Faq
from intents.fold import fold
from intents.understanding import Meaning, Understanding

ALONE = 0.55
"""The probability from which a case is told alone; else all are told."""
IN_CONTEXT = 0.4
"""The same where the service was spoken of already and the message only adds to it."""
EXPLAINED = 0.9
"""Where a service's name explains so much of a text, nothing is left that could mean a case."""
SAME = 80
"""From this likeness on (0 to 100) a text is a question of the editors' list."""


class Cases:
    """Tells the cases of services apart."""

    def __init__(self, topics: Topics, understanding: Understanding) -> None:
        self._topics = topics
        self._understanding = understanding

    def of(self, topic: Topic, meaning: Meaning, least: float = ALONE) -> Topic | None:
        """The one case that is named, or for which the text clearly speaks."""
        cases = self._topics.cases(topic)
        if not cases:
            return None
        return _named(cases, meaning.folded) or self._likely(topic, cases, meaning, least)

    def _likely(
        self, topic: Topic, cases: list[Topic], meaning: Meaning, least: float
    ) -> Topic | None:
        explained = max(
            (each.explained for each in meaning.topics if each.label == topic.id), default=0.0
        )
        labels = [case.label for case in cases]
        found = self._understanding.choose(meaning.folded, labels, meaning=explained < EXPLAINED)
        if not found or found[0].confidence < least:
            return None
        return self._topics.find(found[0].label)


def written_answer(topic: Topic, folded: str) -> Faq | None:
    """The question of a service's list that the text repeats, in nearly the same words."""
    for faq in topic.service.faq if topic.service else ():
        if any(fuzz.ratio(folded, fold(ask)) >= SAME for ask in faq.ask):
            return faq
    return None


def _named(cases: list[Topic], folded: str) -> Topic | None:
    """The one case whose words stand in the text; the longest words count."""
    found = {case.label: _longest(case, folded) for case in cases}
    best = max(found.values())
    named = [case for case in cases if found[case.label] == best]
    return named[0] if best and len(named) == 1 else None


def _longest(case: Topic, folded: str) -> int:
    if not isinstance(case.item, Case):
        return 0
    names = (fold(name) for name in (*case.item.name.words.values(), *case.item.also))
    return max((len(name) for name in names if len(name) > 1 and name in folded), default=0)
