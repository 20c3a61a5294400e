"""Topics that can hardly be told apart, and names that draw questions away from other topics.

The engine itself is asked: each topic is called by its own names and questions, and the questions
of the hall are asked that went to another topic than they should. A topic is hardly told apart
where its own words do not lead to it. Without the encoder: what words alone cannot tell apart,
citizens can hardly either, and the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from desk.decision import ANSWER, OFFER
from desk.ranking import PLACES, Ranking, rankings
from desk.topics import Topic, Topics
from editing.progress import Progress
from facts.model import Elsewhere, Hall, Journey, Question, Service, Window
from facts.problems import Problem
from facts.reading import Reading
from facts.sheet import MOST
from facts.slips import shown
from facts.values import plain, says_nothing
from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.understanding import Understanding

NEAR = 0.6
"""Another topic is looked at where its words come this near, as a share of the topic's own; of
8,567 phrases of one hall this found all that the engine confused, and left 91 % unasked."""
CLOSE = {"name": 0.88, "also": 0.95}
"""From this share on two topics are hardly told apart by a name, though its exact words lead right:
a syllable more or less of it may lead to either. (Names of the same words in another order, or with
an empty word more, have 0.89 to 0.96; names that differ in the one word that counts up to 0.62.)"""
ASKED, FEWEST = 5_000, 4
"""Phrases that are asked at most, and of each topic at least: half a millisecond each."""
SUSPECTS = 300
"""Phrases that are looked into: each takes some milliseconds more."""
COMMON = (Service, Elsewhere, Journey)


class Said(NamedTuple):
    """A phrase, the record and field where it stands, and the topic it should lead to."""

    text: str
    record: Any
    field: str
    topic: Topic


class Confusion(NamedTuple):
    """A phrase that leads, or may lead, to another topic, and how surely it leads to its own."""

    said: Said
    other: Topic
    own: float


def find(reading: Reading, missed: Sequence[Said], progress: Progress, what: str) -> list[Problem]:
    """What a hall's topics are confused by; `missed` are questions that did not lead to theirs."""
    if reading.hall is None:
        return []
    return list(_Hall(reading, reading.hall).problems(missed, progress, what))[:MOST]


def missed(hall: Hall, questions: Iterable[Question], wrong: Iterable[str]) -> list[Said]:
    """The questions of a hall that did not lead to the one topic they should."""
    topics = Topics([hall])
    gone_wrong = set(wrong)
    found = []
    for question in questions:
        label = question.expect[0].partition("#")[0] if question.ask else ""
        topic = topics.find(label)
        if topic:
            asked = (text for text in question.ask if text in gone_wrong)
            found += [Said(text, question, "ask", topic) for text in asked]
    return found


class _Hall:
    """One hall's topics, asked for by words alone."""

    def __init__(self, reading: Reading, hall: Hall) -> None:
        self._spots = reading.spots
        self._hall = hall
        self._topics = Topics([hall])
        self._phrases = list(self._topics.phrases())
        self._engine = self._without(frozenset())

    def problems(self, missed: Sequence[Said], progress: Progress, what: str) -> Iterator[Problem]:
        said = [*missed, *self._said()]
        asked = progress.over(said, len(said), what)
        suspects = [(each, near) for each in asked if (near := self._near(each))][:SUSPECTS]
        confused = [
            found
            for each, near in suspects
            if (found := self._confused(each) or _close(each, near))
        ]
        drawing = [(each, self._drawing(each)) for each in confused]
        left = {
            Phrase(each.other.label, word.text, name=word.field == "also")
            for each, word in drawing
            if word
        }
        changed = self._without(frozenset(left)) if left else self._engine
        told: set[object] = set()
        for each, word in sorted(drawing, key=lambda pair: pair[0].own):
            if word and each.own < ANSWER and _leads(changed, self._topics, each.said):
                key: object = (word.text, word.topic.label)
                problem = self._draws(each, word)
            elif isinstance(each.said.record, Question):
                continue  # that it is missed is told with the questions
            else:
                key = frozenset((each.said.topic.label, each.other.label))
                problem = self._hard(each)
            if key not in told:
                told.add(key)
                yield problem

    def _without(self, left: frozenset[Phrase]) -> Understanding:
        """An engine that does not know these phrases."""
        phrases = [each for each in self._phrases if each not in left]
        topics = self._topics
        return Understanding(phrases, lexicons(), None, topics.parts(), topics.journeys())

    def _said(self) -> Iterator[Said]:
        """What is asked: every topic's names first, then its other names and questions."""
        topics = [topic for topic in self._topics if isinstance(topic.item, COMMON)]
        most = max(FEWEST, ASKED // max(len(topics), 1))
        for topic in topics:
            seen: set[str] = set()
            for each in _phrases(topic):
                key = plain(each.text)
                if key not in seen and len(seen) < most and not says_nothing(each.text):
                    seen.add(key)
                    yield each

    def _near(self, said: Said) -> tuple[Topic, float] | None:
        """The other topic that comes nearest by its words, and how near as a share of the own."""
        own, rival, other = 0.0, 0.0, None
        for score in self._engine.near(said.text):
            topic = self._topics.find(score.label)
            if topic is None or topic.kind in PLACES:
                continue
            if topic.label == said.topic.label:
                own = max(own, score.score)
            elif score.score > rival:
                rival, other = score.score, topic
        if other is None or rival < NEAR * own:
            return None
        return other, rival / own if own else 1.0

    def _confused(self, said: Said) -> Confusion | None:
        meaning = self._engine.understand(said.text)
        ranking, _ = rankings(meaning, self._topics, None)
        own = _confidence(ranking, said.topic)
        others = (each for each in ranking.candidates if each.topic.label != said.topic.label)
        other = next(others, None)
        if own >= ANSWER or other is None or other.confidence < OFFER:
            return None
        if said.topic.label in {each.topics[0].label for each in meaning.rest if each.topics}:
            return None  # it asks about both
        return None if _says_the_same(said, other.topic) else Confusion(said, other.topic, own)

    def _drawing(self, confusion: Confusion) -> Said | None:
        """The other name or question of the other topic that draws a phrase there; None where it is
        its very name.
        """
        phrases = list(_phrases(confusion.other))
        told = [Phrase(str(at), each.text, each.field != "ask") for at, each in enumerate(phrases)]
        near = Understanding(told, lexicons()).near(confusion.said.text)
        nearest = next(
            (each.label for each in near if each.label.isdecimal()), None
        )  # no small talk
        word = phrases[int(nearest)] if nearest else None
        return word if word and word.field != "name" else None

    def _draws(self, confusion: Confusion, word: Said) -> Problem:
        said = confusion.said
        told = {
            "word": shown(word.text),
            "text": shown(said.text),
            "other": self._name(said.topic),
            "place": self._spots.place(said.topic.item),
        }
        return self._spots.problem(word.record, word.field, "draws-away", word.text, **told)

    def _hard(self, confusion: Confusion) -> Problem:
        said = confusion.said
        told = {
            "text": shown(said.text),
            "other": self._name(confusion.other),
            "place": self._spots.place(confusion.other.item),
        }
        return self._spots.problem(said.record, said.field, "hard-to-tell", said.text, **told)

    def _name(self, topic: Topic) -> str:
        return shown(topic.name(self._hall.languages[0]))


def _close(said: Said, near: tuple[Topic, float]) -> Confusion | None:
    """A name that another topic comes so close to that a slip may lead there."""
    other, share = near
    if share < CLOSE.get(said.field, 2.0) or _says_the_same(said, other):
        return None
    return Confusion(said, other, ANSWER)


def _leads(engine: Understanding, topics: Topics, said: Said) -> bool:
    """Whether a phrase surely leads to its topic."""
    ranking, _ = rankings(engine.understand(said.text), topics, None)
    return _confidence(ranking, said.topic) >= ANSWER


def _confidence(ranking: Ranking, topic: Topic) -> float:
    found = (each.confidence for each in ranking.candidates if each.topic.label == topic.label)
    return next(found, 0.0)


def _phrases(topic: Topic) -> Iterator[Said]:
    item = topic.item
    if isinstance(item, (Service, Elsewhere, Journey)):
        yield from (Said(text, item, "name", topic) for text in item.name.words.values())
        yield from (Said(text, item, "also", topic) for text in item.also)
        yield from (Said(text, item, "ask", topic) for text in item.ask)
    if isinstance(item, Service):
        yield from (Said(text, faq, "ask", topic) for faq in item.faq for text in faq.ask)


def _says_the_same(said: Said, other: Topic) -> bool:
    """Whether the other topic has the same other name, or the same name: that is told already."""
    if said.field not in ("name", "also") or isinstance(other.item, Window):
        return False
    text = plain(said.text)
    same = (each for each in _phrases(other) if plain(each.text) == text)
    return any(each.field == said.field for each in same)
