"""Following: a message that goes on about the topic last spoken of."""

from __future__ import annotations

from collections.abc import Iterator

from desk.asked import OF_HALL, OVERVIEW, about_topic
from desk.cases import ALONE, IN_CONTEXT, Cases, written_answer
from desk.conversation import Conversation
from desk.decision import ANSWER, ELSEWHERE, OFFER, Decision, Tell
from desk.ranking import Ranking, rankings
from desk.topics import Topic, Topics
from intents.fold import fold
from intents.signals import NEXT_STEP
from intents.understanding import Meaning, Understanding

PLAINLY = 0.85
"""From this confidence on another matter is named so plainly that the last one is left."""
LITTLE, KNOWN = 4, 0.4
"""So few telling tokens, of which so much is known in the hall, may be about the last topic."""
LIKELY = 0.3
"""From this probability on a matter that the hall does not have is named instead of the last."""
FAINT = 0.1
"""With less probability a matter that the hall does not have is no reason to leave the topic."""
SURE = 0.7
"""The confidence of what follows from the conversation alone."""
OF_PAPERS = ("materials", "checklist", "conditions")
LACKING = ("没", "丢", "缺", "少", "不在", "no ", "without", "lost", "don't have")
UNTOLD = ("untold",)
"""A question about the topic that names nothing a guide can tell."""


class Following:
    """Decides whether a message is about the last topic, and what it asks of it."""

    def __init__(self, topics: Topics, understanding: Understanding, cases: Cases) -> None:
        self._topics = topics
        self._understanding = understanding
        self._cases = cases

    def decide(
        self, meaning: Meaning, matters: Ranking, conversation: Conversation
    ) -> Decision | None:
        """What to tell of the last topic; None where the message leaves it."""
        last = self._topics.find(conversation.topic)
        if last is None or set(meaning.intents) & (set(OF_HALL) - {"nearest"}):
            return None
        about = about_topic(meaning)
        if NEXT_STEP in meaning.signals and not about:
            about = ("steps",)
        if faq := written_answer(last, meaning.folded):
            return Tell(last, about or OVERVIEW, SURE, faq)
        paper = self._names_paper(meaning, matters, last)
        if paper and _is_other(matters, last, ANSWER) and _asks_for_paper(meaning, about):
            return Tell(self._in_case(last, conversation), about or ("materials",), SURE)
        if _is_other(matters, last, PLAINLY) or matters.matter_confidence >= PLAINLY:
            return None
        alone = conversation.case or meaning.content > LITTLE
        if case := self._cases.of(last, meaning, ALONE if alone else IN_CONTEXT):
            return Tell(case, about or tuple(conversation.about) or OVERVIEW, SURE)
        if matters.confidence >= ANSWER or not (paper or _names_no_other(meaning, matters, last)):
            return None
        asks = bool(about) or meaning.follows
        if asks or (_is_short(meaning) and not _is_beyond(matters)):
            return Tell(self._in_case(last, conversation), about or UNTOLD, SURE)
        return None

    def _names_paper(self, meaning: Meaning, matters: Ranking, last: Topic) -> bool:
        """Whether a paper of the last topic is named, and no other matter by more than its name:
        "许可证" names one, "烟花爆竹许可证" another matter."""
        named = [name for name in _material_names(last) if name in meaning.folded]
        if not named:
            return False
        best = matters.best.topic.id if matters.best and matters.confidence >= ANSWER else None
        other = best or (matters.matter if matters.matter_confidence >= ELSEWHERE else None)
        return other in (None, last.id) or self._is_issued(other, max(named, key=len), last)

    def _is_issued(self, other: str, paper: str, last: Topic) -> bool:
        """Whether the name of a paper alone means the matter by which it is had."""
        alone, _ = rankings(self._understanding.understand(paper), self._topics, last.hall.id)
        return other in (alone.matter, alone.best.topic.id if alone.best else None)

    def _in_case(self, last: Topic, conversation: Conversation) -> Topic:
        return self._topics.find(conversation.case) or last


def _is_other(matters: Ranking, last: Topic, least: float) -> bool:
    best = matters.best
    return best is not None and matters.confidence >= least and best.topic.id != last.id


def _asks_for_paper(meaning: Meaning, about: tuple[str, ...]) -> bool:
    """Whether a paper is spoken of as lacking, or asked for."""
    return bool(set(about) & set(OF_PAPERS)) or any(word in meaning.folded for word in LACKING)


def _names_no_other(meaning: Meaning, matters: Ranking, last: Topic) -> bool:
    """Whether what a message tells of is the last topic, or too little to be another."""
    if not meaning.content:
        return True
    if matters.matter_confidence >= LIKELY:
        return False
    if matters.best and matters.best.topic.id == last.id:
        return True
    return _is_short(meaning) and matters.confidence < OFFER


def _is_beyond(matters: Ranking) -> bool:
    """Whether a matter that the hall does not have is nearer than any that it has."""
    return matters.matter_confidence > max(matters.confidence, FAINT)


def _is_short(meaning: Meaning) -> bool:
    return 0 < meaning.content <= LITTLE and meaning.familiar >= KNOWN


def _material_names(topic: Topic) -> Iterator[str]:
    """What the materials of a service are called."""
    for material in (topic.service.materials if topic.service else None) or ():
        for name in (*material.name.words.values(), *material.also):
            if len(name) > 1:
                yield fold(name)
