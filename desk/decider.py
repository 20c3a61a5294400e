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
    LATER,
    OF_DESK,
    OF_HALL,
    OVERVIEW,
    PLAINLY,
    TALK,
    about_topic,
    settled,
    wanted_language,
)
from desk.cases import Cases, written_answer
from desk.conversation import Conversation
from desk.decision import (
    ANSWER,
    ELSEWHERE,
    OFFER,
    Add,
    AskBack,
    Decision,
    Erase,
    OfHall,
    OwnData,
    ReceiptStatus,
    Register,
    Settled,
    Talk,
    Tell,
)
from desk.following import Following
from desk.next_step import next_step
from desk.picking import Picker
from desk.ranking import Candidate, Ranking, rankings
from desk.topics import Topic, Topics, window_number
from facts.counts import windows_of
from facts.model import Window
from intents.lexicon import Lexicon, PhraseList
from intents.tokens import words
from intents.understanding import Meaning, Understanding

OFFERED = 4
NEAR = 0.1
"""Topics at least this share as likely as the best are offered with it."""
SMALL_TALK = 0.5
"""From this probability on a text is small talk."""
FAINT = 0.1
"""Below this confidence nothing is offered even to a vague question."""
LIKELY = 0.3
"""From this probability on the matter is named for which a question is taken down."""
VAGUE, STRANGE = 4, 0.6
"""More telling tokens than these that are so probably about nothing known are taken down."""
NAMED, ALONE = 0.8, 0.6
"""A place is meant where so much of its name stands in the text, and so little else."""
BARE, WHOLLY = 4, 0.95
"""A text of so few telling tokens, so much of which stands in a topic's name, is a bare word."""
TWIN = 0.9
"""A topic of another hall that scores this share of the best is the same matter there."""
COURTEOUS = 6
"""So many telling tokens may stand beside a courtesy where they come near no matter."""
TELLING = 2
"""With fewer telling tokens there is nothing yet to be taken down."""


class Decider:
    """Decides by the topics of the guides and the state of the conversation."""

    def __init__(
        self, topics: Topics, understanding: Understanding, lexicons: Iterable[Lexicon]
    ) -> None:
        known = tuple(lexicons)
        self._topics = topics
        self._cases = Cases(topics, understanding)
        self._picker = Picker(topics, known)
        self._grievances = PhraseList.merged(each.grievances for each in known)
        self._following = Following(topics, understanding, self._cases)

    def decide(self, meaning: Meaning, conversation: Conversation) -> Decision:
        """The one thing to do about a message."""
        matters, places = rankings(meaning, self._topics, conversation.hall)
        return (
            self._picker.decide(meaning, conversation)
            or next_step(self._topics, meaning, matters, conversation)
            or self._place(meaning, matters, places)
            or self._desk_matter(meaning, matters, places)
            or self._following.decide(meaning, matters, conversation)
            or self._hall_matter(meaning, matters)
            or self._matter(meaning, matters)
        )

    def _place(self, meaning: Meaning, matters: Ranking, places: Ranking) -> Decision | None:
        """A window by its number, an office, a station: where no matter is surely named."""
        surely = matters.confidence >= ANSWER or _of_several_halls(matters)
        if surely or set(meaning.intents) & set(OF_DESK):
            return None
        number = window_number(meaning.folded)
        if number:
            window = self._topics.window(number)
            return Tell(window, ("window_info",), 0.95) if window else OfHall("hall_services")
        best = places.best
        if best and best.score.held >= NAMED and best.score.explained >= ALONE:
            return Tell(best.topic, ("window_info",), places.confidence)
        return None

    def _desk_matter(self, meaning: Meaning, matters: Ranking, places: Ranking) -> Decision | None:
        """A receipt, a complaint, a danger, the wish for a person, or courtesy."""
        intents = meaning.intents
        of_authority = matters.best is not None and matters.best.topic.kind == "elsewhere"
        surely = matters.confidence >= ANSWER
        if "complaint" in intents and not (surely and of_authority):
            return Register(
                "complaint",
                complained=window_number(meaning.folded) or _complained(matters, places),
                anonymous="anonymous" in intents,
                category=self._category(meaning),
            )
        if later := self._later(meaning, matters):
            return later
        if surely:
            return None
        if DANGER in intents:
            return Talk(DANGER)
        if "receipt_status" in intents:
            return ReceiptStatus()
        if "human" in intents and meaning.content <= FEW:
            return Register("human")
        return self._small_talk(meaning, matters)

    def _category(self, meaning: Meaning) -> str | None:
        """What a complaint is about, by the first thing it tells of."""
        found = self._grievances.find(words(meaning.folded))
        return found[0].label if found else None

    def _later(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """What is said about an earlier question: with little else in it that tells of a matter."""
        asked = [each for each in meaning.intents if each in LATER]
        if not asked or meaning.content > FEW or matters.confidence >= ANSWER:
            return None
        match asked[0]:
            case "addition":
                return Add()
            case "forget":
                return Erase()
            case "my_data":
                return OwnData()
            case _:
                said = settled(meaning)
                return ReceiptStatus() if said is None else Settled(settled=said)

    def _small_talk(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """Courtesy, by what is asked or by what all of it means."""
        intents = meaning.intents
        if matters.talk and matters.talk_confidence >= SMALL_TALK:
            return Talk(matters.talk)
        talk = [intent for intent in intents if intent in TALK]
        if wanted_language(meaning):
            return Talk("language")
        if not talk or len(talk) < len(intents):
            return None
        if "language" in talk and meaning.content < FEW:
            return Talk("languages")
        plainly = _plainly(meaning, meaning.intents) and (
            meaning.content < FEW or (meaning.content <= COURTEOUS and matters.confidence < OFFER)
        )
        if plainly or not meaning.content:
            return Talk(min(talk, key=FOREMOST.index))
        return None

    def _hall_matter(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """What is asked of the hall itself."""
        if matters.confidence >= ANSWER or meaning.content > FEW:
            return None
        near = matters.confidence >= OFFER and not _plainly(meaning, OF_HALL)
        for intent in meaning.intents:
            if intent == "nearest" or (intent in OF_HALL and intent != "window_info" and not near):
                return OfHall(intent)
        if _plainly(meaning, ("hours",)) and matters.confidence < OFFER:
            return OfHall("hall_hours")
        if meaning.content or meaning.weak:
            return None
        asked = (HALL_FOR[intent] for intent in meaning.intents if intent in HALL_FOR)
        return next((OfHall(intent) for intent in asked), None)

    def _matter(self, meaning: Meaning, matters: Ranking) -> Decision:
        """Answer about the best topic, ask which one is meant, or take the question down."""
        about = about_topic(meaning)
        best = matters.best
        if best and _of_several_halls(matters):
            return AskBack((best.topic, *_twins(matters)), about, matters.confidence)
        if shared := _shared(matters, meaning, about):
            return AskBack(shared, about, matters.confidence)
        if best and matters.confidence >= ANSWER:
            topic = self._cases.of(best.topic, meaning) or best.topic
            faq = written_answer(best.topic, meaning.folded)
            return Tell(topic, about or OVERVIEW, matters.confidence, faq)
        likely = matters.matter if matters.matter_confidence >= LIKELY else None
        if matters.matter_confidence >= ELSEWHERE or (
            matters.strange >= STRANGE and meaning.content > VAGUE
        ):
            return Register("question", likely)
        if best and matters.confidence >= OFFER:
            return AskBack(_near(matters.candidates), about, matters.confidence)
        faint = matters.confidence < FAINT or (meaning.content < TELLING and not meaning.weak)
        standing = _standing(matters.candidates) if meaning.content else ()
        near = standing if faint else matters.candidates
        return AskBack(_near(near), about, matters.confidence)


def _complained(matters: Ranking, places: Ranking) -> str | None:
    """The window of the office or matter that a complaint names."""
    place = places.best
    if place and place.score.held >= NAMED:
        topic = place.topic
    elif matters.best and matters.confidence >= ANSWER:
        topic = matters.best.topic
    else:
        return None
    if isinstance(topic.item, Window):
        return topic.item.number
    windows = windows_of(topic.hall, topic.office, topic.service) if topic.office else ()
    return next((each.number for each in windows), None)


def _plainly(meaning: Meaning, intents: Sequence[str]) -> bool:
    """Whether one of these intents is recognised by more than a word that may be chance."""
    return any(each.intent in intents and each.confidence >= PLAINLY for each in meaning.asked)


def _of_several_halls(matters: Ranking) -> bool:
    """Whether a matter is named surely that several halls have: each is then half as likely."""
    return bool(matters.best) and matters.strange < ELSEWHERE and bool(_twins(matters))


def _twins(matters: Ranking) -> tuple[Topic, ...]:
    """The same matter in other halls, where the citizen has named none."""
    best, *others = matters.candidates
    least = best.score.score * TWIN
    return tuple(
        each.topic
        for each in others
        if each.topic.hall is not best.topic.hall and each.score.score >= least
    )[: OFFERED - 1]


def _shared(matters: Ranking, meaning: Meaning, about: tuple[str, ...]) -> tuple[Topic, ...]:
    """The topics of which the text, or a bare word, is a part of the name, where it is the name of
    none; with them the likeliest topic, if it is another."""
    if about or not meaning.content or matters.strange >= ELSEWHERE:
        return ()
    bare = meaning.content <= BARE
    standing = _standing(matters.candidates)
    others = [each for each in matters.candidates if not each.score.stands]
    sharing = [each for each in others if bare and each.score.explained >= WHOLLY]
    if standing and not sharing and others and others[0] is matters.best:
        sharing = others[:1]
    found = [*standing, *sharing]
    if len(found) < 2 or max(each.score.held for each in found) >= NAMED:
        return ()
    return tuple(each.topic for each in found[:OFFERED])


def _standing(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The topics in whose names the text stands, first those of which it is the most."""
    found = [each for each in candidates if each.score.stands]
    return sorted(found, key=lambda each: -each.score.stands)


def _near(candidates: Sequence[Candidate]) -> tuple[Topic, ...]:
    """Two to four topics: first those in whose names the text stands, then the likeliest."""
    if not candidates:
        return ()
    least = candidates[0].confidence * NEAR
    likely = [each for each in candidates[:OFFERED] if each.confidence >= least]
    behind = (each for each in likely if not each.score.stands)
    near = [each.topic for each in (*_standing(candidates), *behind)][:OFFERED]
    return tuple(near if len(near) > 1 else [each.topic for each in candidates[:2]])
