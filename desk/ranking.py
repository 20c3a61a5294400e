"""Ranking: the topics a message may be about, each service once, and how sure the best is."""

from __future__ import annotations

from dataclasses import dataclass

from desk.topics import Topic, Topics
from intents.confidence import TALK, probabilities
from intents.scorer import Score
from intents.understanding import Meaning

PLACES = ("window", "office", "station")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a message may be about, how near it is, and the probability that it is meant."""

    topic: Topic
    score: Score
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, likeliest first; `strange` is the probability that none of them is meant,
    `matter` the label of the likeliest matter of the catalogue that the hall does not have, and
    `talk` the likeliest kind of small talk.
    """

    candidates: tuple[Candidate, ...]
    strange: float
    matter: str | None = None
    matter_confidence: float = 0.0
    talk: str | None = None
    talk_confidence: float = 0.0

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate."""
        return self.candidates[0] if self.candidates else None

    @property
    def confidence(self) -> float:
        """The probability that the likeliest candidate is meant."""
        return self.candidates[0].confidence if self.candidates else 0.0


def rankings(meaning: Meaning, topics: Topics, hall: str | None) -> tuple[Ranking, Ranking]:
    """The matters a message may be about, and the places; those of the hall spoken of first.

    Courtesy alone tells of no topic, whatever phrases it may stand in.
    """
    if not meaning.content and not meaning.weak:
        return Ranking((), 1.0), Ranking((), 1.0)
    known = [(topics.find(score.label), score) for score in meaning.topics]
    found = _of_hall([(topic, score) for topic, score in known if topic], hall)
    matters = [each for each in found if each[0].kind not in PLACES]
    places = [each for each in found if each[0].kind in PLACES]
    others = [score for score in meaning.topics if not score.here]
    return _ranking(matters, others, meaning.none), _ranking(places, [], meaning.none)


def _ranking(found: list[tuple[Topic, Score]], others: list[Score], none: float) -> Ranking:
    logits = [score.logit for _, score in found] + [score.logit for score in others]
    sure = probabilities(logits, none)
    candidates = tuple(
        Candidate(topic, score, each) for (topic, score), each in zip(found, sure, strict=False)
    )
    beyond = list(zip(others, sure[len(found) : len(logits)], strict=True))
    matter = next((each for each in beyond if not _is_talk(each[0])), None)
    talk = next((each for each in beyond if _is_talk(each[0])), None)
    return Ranking(
        candidates,
        1 - sum(sure[: len(found)]),
        matter[0].label if matter else None,
        matter[1] if matter else 0.0,
        talk[0].label.removeprefix(TALK) if talk else None,
        talk[1] if talk else 0.0,
    )


def _is_talk(score: Score) -> bool:
    return score.label.startswith(TALK)


def _of_hall(found: list[tuple[Topic, Score]], hall: str | None) -> list[tuple[Topic, Score]]:
    """Without the same matter of other halls, where the hall spoken of has it."""
    own = {topic.id.partition(":")[2] for topic, _ in found if topic.hall.id == hall}
    return [
        each for each in found if each[0].hall.id == hall or each[0].id.partition(":")[2] not in own
    ]
