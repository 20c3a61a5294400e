"""Deciding: from what a message means to what the desk does about it.

This is the one place where confidence is turned into an answer, a question back, another
authority's matter, or a receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desk.asked import (
    DANGER,
    FEW,
    FOREMOST,
    HALL_FOR,
    OF_DESK,
    OF_HALL,
    OVERVIEW,
    PLAINLY,
    TALK,
    about_topic,
    wanted_language,
)
from desk.cases import Cases, written_answer
from desk.conversation import Conversation
from desk.decision import (
    ANSWER,
    OFFER,
    AskBack,
    Decision,
    OfHall,
    ReceiptStatus,
    Register,
    Talk,
    Tell,
)
from desk.following import Following
from desk.picking import Picker
from desk.ranking import Candidate, Ranking, rankings
from desk.topics import Topic, Topics, window_number
from intents.lexicon import Lexicon
from intents.understanding import Meaning, Understanding

OFFERED = 4
NEAR = 0.1
"""Topics at least this share as likely as the best are offered with it."""
ELSEWHERE = 0.5
"""From this probability on it is a matter that the hall does not have."""
FAINT = 0.1
"""Below this confidence nothing is offered even to a vague question."""
VAGUE, FAMILIAR = 4, 0.6
"""So few telling tokens, of which so much is known in the hall, are vague rather than strange."""
NAMED, ALONE = 0.8, 0.6
"""A place is meant where so much of its name stands in the text, and so little else."""
TWIN = 0.9
"""A topic of another hall that scores this share of the best is the same matter there."""
TELLING = 2
"""With fewer telling tokens there is nothing yet to be taken down."""


class Decider:
    """Decides by the topics of the guides and the state of the conversation."""

    def __init__(
        self, topics: Topics, understanding: Understanding, lexicons: Iterable[Lexicon]
    ) -> None:
        self._topics = topics
        self._cases = Cases(topics, understanding)
        self._picker = Picker(topics, lexicons)
        self._following = Following(topics, self._cases)

    def decide(self, meaning: Meaning, conversation: Conversation) -> Decision:
        """The one thing to do about a message."""
        matters, places = rankings(meaning, self._topics, conversation.hall)
        return (
            self._picker.decide(meaning, conversation)
            or self._place(meaning, matters, places)
            or self._desk_matter(meaning, matters)
            or self._following.decide(meaning, matters, conversation)
            or self._hall_matter(meaning, matters)
            or self._matter(meaning, matters)
        )

    def _place(self, meaning: Meaning, matters: Ranking, places: Ranking) -> Decision | None:
        """A window by its number, an office, a station: where no matter is surely named."""
        if matters.confidence >= ANSWER or set(meaning.intents) & set(OF_DESK):
            return None
        number = window_number(meaning.folded)
        if number:
            window = self._topics.window(number)
            return Tell(window, ("window_info",), 0.95) if window else OfHall("hall_services")
        best = places.best
        if best and best.score.held >= NAMED and best.score.explained >= ALONE:
            return Tell(best.topic, ("window_info",), places.confidence)
        return None

    def _desk_matter(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """A receipt, a complaint, the wish for a person, or courtesy."""
        intents = meaning.intents
        of_authority = matters.best is not None and matters.best.topic.kind == "elsewhere"
        surely = matters.confidence >= ANSWER
        if "complaint" in intents and not (surely and of_authority):
            return Register("complaint")
        if surely:
            return None
        if DANGER in intents:
            return Talk(DANGER)
        if "receipt_status" in intents:
            return ReceiptStatus()
        if "human" in intents and meaning.content <= FEW:
            return Register("human")
        talk = [intent for intent in intents if intent in TALK]
        if wanted_language(meaning):
            return Talk("language")
        if not talk or len(talk) < len(intents):
            return None
        if "language" in talk and meaning.content < FEW:
            return Talk("languages")
        plainly = meaning.content < FEW and any(
            each.confidence >= PLAINLY for each in meaning.asked
        )
        if plainly or not meaning.content:
            return Talk(min(talk, key=FOREMOST.index))
        return None

    def _hall_matter(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """What is asked of the hall itself."""
        if matters.confidence >= ANSWER or meaning.content > FEW:
            return None
        for intent in meaning.intents:
            if intent in OF_HALL and intent != "window_info":
                return OfHall(intent)
        plainly = any(a.intent == "hours" and a.confidence >= PLAINLY for a in meaning.asked)
        if plainly and matters.confidence < OFFER:
            return OfHall("hall_hours")
        if meaning.content or meaning.weak:
            return None
        asked = (HALL_FOR[intent] for intent in meaning.intents if intent in HALL_FOR)
        return next((OfHall(intent) for intent in asked), None)

    def _matter(self, meaning: Meaning, matters: Ranking) -> Decision:
        """Answer about the best topic, ask which one is meant, or take the question down."""
        about = about_topic(meaning)
        best = matters.best
        if best and matters.strange < ELSEWHERE and (twins := _twins(matters)):
            return AskBack((best.topic, *twins), about, matters.confidence)
        if best and matters.confidence >= ANSWER and not matters.tied:
            topic = self._cases.of(best.topic, meaning) or best.topic
            faq = written_answer(best.topic, meaning.folded)
            return Tell(topic, about or OVERVIEW, matters.confidence, faq)
        if matters.matter and matters.matter_confidence >= ELSEWHERE:
            return Register("question", matters.matter)
        if best and matters.confidence >= OFFER:
            return AskBack(_near(matters.candidates), about, matters.confidence)
        if meaning.content < TELLING and not meaning.weak:
            return AskBack((), about)
        vague = meaning.content <= VAGUE and meaning.familiar >= FAMILIAR
        if vague or not meaning.content:
            near = matters.candidates if matters.confidence >= FAINT else ()
            return AskBack(_near(near), about, matters.confidence)
        return Register("question", matters.matter if matters.matter_confidence >= OFFER else None)


def _twins(matters: Ranking) -> tuple[Topic, ...]:
    """The same matter in other halls, where the citizen has named none."""
    best, *others = matters.candidates
    least = best.score.score * TWIN
    return tuple(
        each.topic
        for each in others
        if each.topic.hall is not best.topic.hall and each.score.score >= least
    )[: OFFERED - 1]


def _near(candidates: Sequence[Candidate]) -> tuple[Topic, ...]:
    """Two to four topics, likeliest first."""
    if not candidates:
        return ()
    least = candidates[0].confidence * NEAR
    near = [each.topic for each in candidates[:OFFERED] if each.confidence >= least]
    return tuple(near if len(near) > 1 else [each.topic for each in candidates[:2]])
