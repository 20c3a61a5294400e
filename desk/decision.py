"""Deciding: from what a message means to what the desk does about it.

This is the one place where confidence is turned into an answer, a question back, another
authority's matter, or a receipt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from desk.conversation import Conversation
from desk.ranking import Candidate, Ranking, rankings
from desk.topics import Topic, Topics, window_number
from facts.model import Case, Faq
from intents.fold import fold
from intents.lexicon import Lexicon
from intents.understanding import Meaning, Understanding

ANSWER = 0.65
"""From this confidence on the best topic is answered."""
OFFER = 0.3
"""From this confidence on the likeliest topics are offered; below it none is near enough."""
OFFERED = 4
NEAR = 0.5
"""Topics that score at least this share of the best are offered with it."""
FEW = 3
"""So many telling tokens may stand beside a question about the hall; with more it is a matter."""

CASE_WEIGHT, CASE_LEAD = 4.0, 0.4
"""A case is told alone from this evidence on, and this lead over the next; else all are told."""
FAINT = 0.1
"""Below this confidence nothing is offered even to a vague question."""
VAGUE, FAMILIAR = 4, 0.6
"""So few telling tokens, of which so much is known in the hall, are vague rather than strange."""
KNOWN = 0.4
"""From this share of known words on, a few words may be about the last topic."""
SAME = 80
"""From this likeness on (0 to 100) a text is a question of the editors' list."""
TELLING = 2
"""With fewer telling tokens there is nothing yet to be taken down."""

TALK = ("greeting", "thanks", "goodbye", "help", "language", "praise")
OF_HALL = ("hall_hours", "hall_place", "hall_services", "nearest", "window_info")
OF_DESK = ("complaint", "human", "receipt_status", "danger")
DANGER = "danger"
"""A threat to life: the emergency numbers stand before everything else."""
HALL_FOR = {"hours": "hall_hours", "place": "hall_place", "contact": "contact"}
"""What is asked of the hall where no matter is named."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Answer about a topic; `faq` is the editors' own answer to this very question."""

    topic: Topic
    about: tuple[str, ...]
    confidence: float
    faq: Faq | None = None


@dataclass(frozen=True, slots=True)
class AskBack:
    """Ask which of these topics is meant; without any, ask for the matter in own words."""

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


@dataclass(frozen=True, slots=True)
class Talk:
    """Courtesy and questions about the desk."""

    intent: str


@dataclass(frozen=True, slots=True)
class ReceiptStatus:
    """How a receipt stands."""


Decision = Tell | AskBack | OfHall | Register | Talk | ReceiptStatus


class Decider:
    """Decides by the topics of the guides and the state of the conversation."""

    def __init__(
        self, topics: Topics, understanding: Understanding, lexicons: Iterable[Lexicon]
    ) -> None:
        self._topics = topics
        self._understanding = understanding
        self._lexicons = tuple(lexicons)

    def decide(self, meaning: Meaning, conversation: Conversation) -> Decision:
        """The one thing to do about a message."""
        matters, places = rankings(meaning, self._topics, conversation.hall)
        return (
            self._picked(meaning, conversation)
            or self._place(meaning, matters, places)
            or self._desk_matter(meaning, matters)
            or self._of_last(meaning, matters, conversation)
            or self._hall_matter(meaning, matters)
            or self._matter(meaning, matters)
        )

    def _picked(self, meaning: Meaning, conversation: Conversation) -> Decision | None:
        """An answer to the last question back: a number, a word, or none of these."""
        if not conversation.offered:
            return self._bare_number(meaning)
        offered = [self._topics.find(label) for label in conversation.offered]
        known = tuple(topic for topic in offered if topic)
        about = about_topic(meaning)
        folded = meaning.folded.strip(" .。!?！？")
        if any(folded in lexicon.none_of_these for lexicon in self._lexicons):
            return Register("question")
        place = self._ordinal(folded, len(offered))
        if place is None:
            place = _by_name(folded, offered)
        if (
            place is None
            and len(offered) == 1
            and any(folded in each.yes for each in self._lexicons)
        ):
            place = 0
        if place is None and about and not conversation.topic and not meaning.content:
            return AskBack(known, about)
        topic = offered[place] if place is not None else None
        return Tell(topic, tuple(conversation.about) or OVERVIEW, 1.0) if topic else None

    def _bare_number(self, meaning: Meaning) -> Decision | None:
        """A number or ordinal where nothing was offered names no matter."""
        folded = meaning.folded.strip(" .。!?！？")
        return AskBack((), ()) if self._ordinal(folded, 99) is not None else None

    def _ordinal(self, folded: str, count: int) -> int | None:
        number = folded.rstrip("号个).、")
        if number.isdecimal() and 1 <= int(number[:4]) <= count:
            return int(number) - 1
        for lexicon in self._lexicons:
            for place, words in enumerate(lexicon.ordinals[:count]):
                if folded in words:
                    return place
        return None

    def _place(self, meaning: Meaning, matters: Ranking, places: Ranking) -> Decision | None:
        """A window by its number, an office, a station: where no matter is surely named."""
        if matters.confidence >= ANSWER or set(meaning.intents) & set(OF_DESK):
            return None
        number = window_number(meaning.folded)
        if number:
            window = self._topics.window(number)
            return Tell(window, ("window_info",), 0.95) if window else OfHall("hall_services")
        best = places.best
        nearer = best and (not matters.best or best.score.score > matters.best.score.score)
        if best and nearer and places.confidence >= ANSWER:
            return Tell(best.topic, ("window_info",), places.confidence)
        return None

    def _desk_matter(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """A receipt, a complaint, the wish for a person, or courtesy."""
        intents = meaning.intents
        if matters.confidence >= ANSWER:
            return None
        if DANGER in intents:
            return Talk(DANGER)
        if "receipt_status" in intents:
            return ReceiptStatus()
        for intent in ("complaint", "human"):
            if intent in intents:
                return Register(intent)
        talk = [intent for intent in intents if intent in TALK]
        if "language" in talk and (wanted_language(meaning) or len(talk) == len(intents)):
            return Talk("language" if wanted_language(meaning) else "languages")
        if talk and len(talk) == len(intents) and meaning.content < FEW:
            return Talk(min(talk, key=FOREMOST.index))
        return None

    def _of_last(
        self, meaning: Meaning, matters: Ranking, conversation: Conversation
    ) -> Decision | None:
        """A question about the topic last spoken of: one of its cases, or what names no matter."""
        last = self._topics.find(conversation.topic)
        best = matters.best
        if last and (faq := _faq(last, meaning.folded)):
            return Tell(last, about_topic(meaning) or OVERVIEW, 0.9, faq)
        if last is None or (matters.confidence >= ANSWER and best and best.topic.id != last.id):
            return None
        about = about_topic(meaning)
        case = self._case_in(last, meaning.folded) or self._likely_case(last, meaning)
        if case:
            return Tell(case, about or tuple(conversation.about) or OVERVIEW, 0.8)
        if matters.confidence >= ANSWER or set(meaning.intents) & set(OF_HALL):
            return None
        if self._names_no_other(meaning, matters, last) and (about or meaning.follows):
            topic = self._topics.find(conversation.case) or last
            return Tell(topic, about or OVERVIEW, 0.7)
        return None

    def _names_no_other(self, meaning: Meaning, matters: Ranking, last: Topic) -> bool:
        """Whether what a message tells of is the last topic, or too little to be another."""
        if not meaning.content or (matters.best and matters.best.topic.id == last.id):
            return True
        if any(name in meaning.folded for name in _material_names(last)):
            return True
        little = meaning.content <= FEW and meaning.familiar >= KNOWN
        return little and matters.confidence < OFFER

    def _hall_matter(self, meaning: Meaning, matters: Ranking) -> Decision | None:
        """What is asked of the hall itself."""
        if matters.confidence >= ANSWER or meaning.content > FEW:
            return None
        for intent in meaning.intents:
            if intent in OF_HALL and intent != "window_info":
                return OfHall(intent)
        if "hours" in meaning.intents and matters.confidence < OFFER:
            return OfHall("hall_hours")
        if meaning.content or meaning.weak:
            return None
        asked = (HALL_FOR[intent] for intent in meaning.intents if intent in HALL_FOR)
        return next((OfHall(intent) for intent in asked), None)

    def _matter(self, meaning: Meaning, matters: Ranking) -> Decision:
        """Answer about the best topic, ask which one is meant, or take the question down."""
        about = about_topic(meaning)
        best = matters.best
        if best and matters.confidence >= ANSWER:
            topic = self._case_in(best.topic, meaning.folded) or self._likely_case(
                best.topic, meaning
            )
            faq = _faq(best.topic, meaning.folded)
            return Tell(topic or best.topic, about or OVERVIEW, matters.confidence, faq)
        if best and matters.confidence >= OFFER:
            return AskBack(_near(matters.candidates), about, matters.confidence)
        if meaning.content < TELLING and not meaning.weak:
            return AskBack((), about)
        vague = meaning.content <= VAGUE and meaning.familiar >= FAMILIAR
        if vague or not meaning.content:
            near = matters.candidates if matters.confidence >= FAINT else ()
            return AskBack(_near(near), about, matters.confidence)
        return Register("question")

    def _likely_case(self, topic: Topic, meaning: Meaning) -> Topic | None:
        """The one case for which the text speaks clearly, held against the others."""
        cases = [case.label for case in self._topics.cases(topic)]
        if topic.kind != "service" or not cases:
            return None
        first, *others = [*self._understanding.choose(meaning.folded, cases), None]
        second = others[0].weight if others and others[0] else 0.0
        if first is None or first.weight < CASE_WEIGHT or second > first.weight * (1 - CASE_LEAD):
            return None
        return self._topics.find(first.label)

    def _case_in(self, topic: Topic, folded: str) -> Topic | None:
        """The one case whose words stand in the text; the longest words count."""
        if topic.kind != "service":
            return None
        found = {case.label: _longest(case, folded) for case in self._topics.cases(topic)}
        best = max(found.values(), default=0)
        labels = [label for label, length in found.items() if length == best]
        return self._topics.find(labels[0]) if best and len(labels) == 1 else None


OVERVIEW = ("overview",)
FOREMOST = ("language", "help", "praise", "goodbye", "thanks", "greeting")
"""Of several courtesies in one message the first of these is answered."""


def about_topic(meaning: Meaning) -> tuple[str, ...]:
    """What is asked about a topic: `overview` only where nothing narrower is asked.

    "能网上办吗" asks for the way, not for the conditions, though "能办吗" alone does.
    """
    beside = {*TALK, *OF_HALL, *OF_DESK} - {"nearest"}
    asked = tuple(intent for intent in meaning.intents if intent not in beside)
    narrow = tuple(intent for intent in asked if intent != "overview")
    if set(narrow) & set(WAYS):
        narrow = tuple(intent for intent in narrow if intent != "conditions")
    return narrow or asked


WAYS = ("online", "proxy", "appointment", "place", "hours")


def wanted_language(meaning: Meaning) -> str | None:
    """The language that a text asks for by its name."""
    if "language" not in meaning.intents or meaning.content >= FEW:
        return None
    named = (code for code, names in LANGUAGES.items() if any(n in meaning.folded for n in names))
    return next(named, None)


LANGUAGES = {
    "zh": ("中文", "汉语", "普通话", "chinese", "mandarin"),
    "en": ("英文", "英语", "english"),
}


def _near(candidates: Sequence[Candidate]) -> tuple[Topic, ...]:
    """Two to four topics, likeliest first."""
    if not candidates:
        return ()
    least = candidates[0].score.score * NEAR
    near = [each.topic for each in candidates[:OFFERED] if each.score.score >= least]
    return tuple(near if len(near) > 1 else [each.topic for each in candidates[:2]])


def _faq(topic: Topic, folded: str) -> Faq | None:
    """The question of a service's list that the text repeats, in nearly the same words."""
    for faq in topic.service.faq if topic.service else ():
        if any(fuzz.ratio(folded, fold(ask)) >= SAME for ask in faq.ask):
            return faq
    return None


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


def _material_names(topic: Topic) -> Iterable[str]:
    """What the materials of a service are called."""
    for material in (topic.service.materials if topic.service else None) or ():
        for name in (*material.name.words.values(), *material.also):
            if len(name) > 1:
                yield fold(name)


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
