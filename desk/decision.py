"""Deciding: from what a message means to what the desk does about it.

This is the one place where confidence is turned into an answer, a question back, another
authority's matter, or a receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from desk.conversation import Conversation
from desk.topics import Topic, Topics
from facts.model import Case
from intents.fold import fold
from intents.lexicon import Lexicon
from intents.understanding import Meaning

SURE = 0.40
"""From this score on the best topic is answered, unless another lies close."""
MARGIN = 0.10
"""The share by which the best must lead the next one to be answered."""
WEAK = 0.22
"""Below this score a topic is not even offered."""
OFFERED = 4
NEAR = 0.6
"""Topics within this share of the best are offered with it."""

TALK = ("greeting", "thanks", "goodbye", "help", "language", "praise")
OF_HALL = ("hall_hours", "hall_place", "hall_services", "nearest", "window_info")
OF_DESK = ("complaint", "human", "receipt_status")
HALL_FOR = {"hours": "hall_hours", "place": "hall_place", "contact": "contact"}
"""What is asked of the hall where no matter is named."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer about a topic."""

    topic: Topic
    about: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class AskBack:
    """Ask which of these topics is meant; without any, ask for the matter in the citizen's words."""

    topics: tuple[Topic, ...]
    about: tuple[str, ...]
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class OfHall:
    """Answer about the hall itself."""

    intent: str


@dataclass(frozen=True, slots=True)
class Register:
    """Take it down: a question nobody's guide answers, a complaint, or the wish for a person."""

    kind: str
    nearest: Topic | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Courtesy and questions about the desk."""

    intent: str


@dataclass(frozen=True, slots=True)
class ReceiptStatus:
    """How a receipt stands."""


Decision = Tell | AskBack | OfHall | Register | Talk | ReceiptStatus


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that a message may be about; `explained` is the share of the text it explains."""

    topic: Topic
    score: float
    explained: float


class Decider:
    """Decides by the topics of the guides and the state of the conversation."""

    def __init__(self, topics: Topics, lexicons: Iterable[Lexicon]) -> None:
        self._topics = topics
        self._lexicons = tuple(lexicons)

    def decide(self, meaning: Meaning, conversation: Conversation) -> Decision:
        """The one thing to do about a message."""
        candidates = self.candidates(meaning)
        return (
            self._picked(meaning, conversation)
            or self._named_window(meaning, candidates)
            or self._desk_matter(meaning, candidates)
            or self._correction(meaning, candidates, conversation)
            or self._by_topic(meaning, candidates, conversation)
        )

    def candidates(self, meaning: Meaning) -> list[Candidate]:
        """The topics a message may be about, likeliest first, each service once.

        A case stands for its service where it is clearly likelier than the service and its
        other cases.
        """
        grouped: dict[str, list[Candidate]] = {}
        for score in meaning.topics:
            topic = self._topics.find(score.label)
            if topic:
                found = Candidate(topic, score.score, score.explained)
                grouped.setdefault(topic.id, []).append(found)
        ranked = [_one(group) for group in grouped.values()]
        return sorted(ranked, key=lambda each: -each.score)

    def _picked(self, meaning: Meaning, conversation: Conversation) -> Decision | None:
        """An answer to the last question back: a number, a word, or none of these."""
        if not conversation.offered:
            return None
        offered = [self._topics.find(label) for label in conversation.offered]
        about = tuple(conversation.about)
        folded = meaning.folded.strip(" .。!?！？")
        if any(folded in lexicon.none_of_these for lexicon in self._lexicons):
            return Register("question")
        place = self._ordinal(folded, len(offered))
        if place is None:
            place = _by_name(folded, offered)
        topic = offered[place] if place is not None else None
        return Tell(topic, about or ("overview",), 1.0) if topic else None

    def _ordinal(self, folded: str, count: int) -> int | None:
        number = folded.rstrip("号个).、")
        if number.isdecimal() and 1 <= int(number[:4]) <= count:
            return int(number) - 1
        for lexicon in self._lexicons:
            for place, words in enumerate(lexicon.ordinals[:count]):
                if folded in words:
                    return place
        return None

    def _named_window(
        self, meaning: Meaning, candidates: Sequence[Candidate]
    ) -> Decision | None:
        topic = self._topics.window(meaning.folded, None)
        matter = [each for each in candidates if each.topic.kind not in ("window", "office")]
        if topic is None or (matter and matter[0].score >= SURE):
            return None
        if "complaint" in meaning.intents:
            return None
        return Tell(topic, ("window_info",), 0.95)

    def _desk_matter(
        self, meaning: Meaning, candidates: Sequence[Candidate]
    ) -> Decision | None:
        """What is asked of the hall or the desk, where no matter is surely named."""
        best = next(iter(candidates), None)
        surely = best is not None and best.score >= SURE and best.topic.kind not in _PLACES
        intents = meaning.intents
        if "receipt_status" in intents and not surely:
            return ReceiptStatus()
        if "complaint" in intents and not surely:
            return Register("complaint")
        if "human" in intents and not surely:
            return Register("human")
        station = best is not None and best.topic.kind == "station" and best.score >= SURE
        if surely or station:
            return None
        for intent in intents:
            if intent in OF_HALL and intent != "window_info":
                return OfHall(intent)
        talk = [intent for intent in intents if intent in TALK]
        if talk and len(talk) == len(intents) and not meaning.content:
            return Talk(_foremost(talk))
        if "language" in talk and meaning.content <= 2:
            return Talk("language")
        if "praise" in talk:
            return Talk("praise")
        return None

    def _correction(
        self, meaning: Meaning, candidates: Sequence[Candidate], conversation: Conversation
    ) -> Decision | None:
        """A case of the topic spoken of: "不是,我说的是丢了", or the circumstance alone."""
        last = self._topics.find(conversation.topic)
        if last is None or last.service is None:
            return None
        best = next(iter(candidates), None)
        if best and best.score >= SURE and best.topic.id != last.id:
            return None
        case = self._case_in(last, meaning.folded)
        if case is None:
            return None
        return Tell(case, _about(meaning) or tuple(conversation.about) or ("overview",), 0.8)

    def _by_topic(
        self, meaning: Meaning, candidates: list[Candidate], conversation: Conversation
    ) -> Decision:
        about = _about(meaning)
        candidates = self._of_hall(candidates, conversation)
        best = candidates[0] if candidates else None
        if best is None or best.score < SURE:
            following = self._following(meaning, conversation, about)
            if following:
                return following
        if best is None or best.score < WEAK:
            return self._unknown(meaning, about, best)
        if self._leads(candidates) and best.score >= SURE:
            return Tell(self._in_case(best.topic, meaning), about or ("overview",), best.score)
        if meaning.content and best.score < SURE and best.explained < 0.3:
            return Register("question", best.topic)
        return AskBack(self._near(candidates), about, best.score)

    def _of_hall(
        self, candidates: list[Candidate], conversation: Conversation
    ) -> list[Candidate]:
        """Only the topics of the hall spoken of, where one of them fits."""
        own = [each for each in candidates if each.topic.hall.id == conversation.hall]
        return own if own and own[0].score >= SURE else candidates

    def _leads(self, candidates: Sequence[Candidate]) -> bool:
        if len(candidates) < 2:
            return True
        best, second = candidates[0], candidates[1]
        return second.score <= best.score * (1 - MARGIN)

    def _near(self, candidates: Sequence[Candidate]) -> tuple[Topic, ...]:
        least = max(WEAK * 0.7, candidates[0].score * NEAR)
        near = [each.topic for each in candidates if each.score >= least and each.topic.kind]
        if len(near) < 2:
            near = [each.topic for each in candidates[:2]]
        return tuple(near[:OFFERED])

    def _following(
        self, meaning: Meaning, conversation: Conversation, about: tuple[str, ...]
    ) -> Decision | None:
        """A question that names no matter: it is about the last one."""
        topic = self._topics.find(conversation.case or conversation.topic)
        asks = bool(about) and about != ("overview",)
        if topic and (asks or (meaning.follows and not meaning.content)):
            return Tell(topic, about or ("overview",), 0.7)
        return None

    def _unknown(
        self, meaning: Meaning, about: tuple[str, ...], best: Candidate | None
    ) -> Decision:
        if not meaning.content:
            for intent in about:
                if intent in HALL_FOR:
                    return OfHall(HALL_FOR[intent])
            if meaning.weak and best is not None:
                return AskBack((), about)
            return AskBack((), about)
        for intent in meaning.intents:
            if intent in ("greeting", "thanks", "goodbye", "help") and meaning.content <= 1:
                return Talk(intent)
        return Register("question", best.topic if best else None)

    def _in_case(self, topic: Topic, meaning: Meaning) -> Topic:
        return self._case_in(topic, meaning.folded) or topic if topic.kind == "service" else topic

    def _case_in(self, topic: Topic, folded: str) -> Topic | None:
        """The one case whose words stand in the text; the longest words count."""
        found = {case.label: _longest(case, folded) for case in self._topics.cases(topic)}
        best = max(found.values(), default=0)
        labels = [label for label, length in found.items() if length == best]
        return self._topics.find(labels[0]) if best and len(labels) == 1 else None


_PLACES = ("window", "office", "station")


def _foremost(talk: Sequence[str]) -> str:
    order = ("language", "help", "praise", "goodbye", "thanks", "greeting")
    return next(intent for intent in order if intent in talk)


def _about(meaning: Meaning) -> tuple[str, ...]:
    """What is asked about a topic; `overview` only where nothing narrower is asked."""
    beside = (*TALK, *OF_HALL, *OF_DESK)
    asked = tuple(intent for intent in meaning.intents if intent not in beside)
    narrow = tuple(intent for intent in asked if intent != "overview")
    return narrow or asked


def _one(group: list[Candidate]) -> Candidate:
    """The service or one case of it, with the best score of them all."""
    group = sorted(group, key=lambda each: -each.score)
    best = group[0]
    service = next((each for each in group if each.topic.kind != "case"), None)
    if best.topic.kind != "case":
        return best
    rivals = [each for each in group[1:] if each.topic.kind == "case"]
    clear = (service is None or service.score < best.score * 0.97) and (
        not rivals or rivals[0].score < best.score * 0.97
    )
    if clear or service is None:
        return best
    return Candidate(service.topic, best.score, max(best.explained, service.explained))


def _by_name(folded: str, offered: Sequence[Topic | None]) -> int | None:
    """The one offered topic whose name is what the citizen wrote, or nearly."""
    scores = [
        max(
            (fuzz.ratio(folded, fold(name)) for name in _spoken(topic)),
            default=0.0,
        )
        if topic
        else 0.0
        for topic in offered
    ]
    best = max(scores)
    return scores.index(best) if best >= 75 and scores.count(best) == 1 else None


def _spoken(topic: Topic) -> list[str]:
    item = topic.item
    names = [topic.name("zh"), topic.name("en")]
    if isinstance(item, Case):
        names += [*item.name.words.values(), *item.also]
    return names


def _longest(case: Topic, folded: str) -> int:
    if not isinstance(case.item, Case):
        return 0
    names = (fold(name) for name in (*case.item.name.words.values(), *case.item.also))
    return max((len(name) for name in names if len(name) > 1 and name in folded), default=0)
