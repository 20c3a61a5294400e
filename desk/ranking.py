"""Ranking: the topics a message may be about, each service once, and how sure the best is."""

from __future__ import annotations

from dataclasses import dataclass

from desk.topics import Topic, Topics
from intents.confidence import confidence
from intents.scorer import Score
from intents.understanding import Meaning

TIE = 0.95
"""The share of the best score from which on the next topic lies too close to it."""
PLACES = ("window", "office", "station")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a message may be about, and how near it is."""

    topic: Topic
    score: Score


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, likeliest first, and the probability that the first is meant."""

    candidates: tuple[Candidate, ...]
    confidence: float

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate."""
        return self.candidates[0] if self.candidates else None

    @property
    def tied(self) -> bool:
        """Whether the best two lie so close that only the citizen can tell."""
        if len(self.candidates) < 2:
            return False
        best, second = self.candidates[0].score, self.candidates[1].score
        return second.score >= best.score * TIE


def rankings(meaning: Meaning, topics: Topics, hall: str | None) -> tuple[Ranking, Ranking]:
    """The matters a message may be about, and the places; those of the hall spoken of first."""
    best: dict[str, Candidate] = {}
    for score in meaning.topics:
        topic = topics.find(score.label.partition("#")[0])
        if topic:
            best.setdefault(topic.id, Candidate(topic, score))
    found = _of_hall(list(best.values()), hall)
    matters = [each for each in found if each.topic.kind not in PLACES]
    places = [each for each in found if each.topic.kind in PLACES]
    return _ranking(matters, meaning.content), _ranking(places, meaning.content)


def _ranking(found: list[Candidate], content: int) -> Ranking:
    sure = confidence([each.score for each in found], content)
    return Ranking(tuple(found), sure)


def _of_hall(found: list[Candidate], hall: str | None) -> list[Candidate]:
    """Without the same matter of other halls, where the hall spoken of has it."""
    own = {each.topic.id.partition(":")[2] for each in found if each.topic.hall.id == hall}
    return [
        each
        for each in found
        if each.topic.hall.id == hall or each.topic.id.partition(":")[2] not in own
    ]
