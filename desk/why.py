"""Why: what a question was understood as, and what decided about it, for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from desk.conversation import Conversation
from desk.decider import SMALL_TALK, STRANGE, Decider
from desk.decision import (
    ANSWER,
    ELSEWHERE,
    OFFER,
    AskBack,
    AtStation,
    Check,
    Decision,
    Near,
    Register,
    Talk,
    Tell,
)
from desk.matters import Matters
from desk.ranking import Ranking, rankings
from desk.texts import Texts
from desk.topics import Topics
from intents.confidence import TALK, probabilities, shares
from intents.fold import fold, is_han
from intents.likeness import NOT_ALIKE
from intents.scorer import Score
from intents.tokens import tokens
from intents.understanding import Meaning, Understanding

SHOWN = 5
"""Topics that are shown."""
RUN = 2
"""Chinese characters that must stand side by side in a phrase to count as matched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A topic that a question may be about: how likely it is, what each channel says for it (as
    logits), its phrase nearest to the question, and what of the question its phrases hold."""

    label: str
    name: str
    share: float
    channels: Mapping[str, float]
    phrase: str
    matched: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is made of a question: intents with their confidence, the likeliest topics first, how
    likely it is `none` of any, and the `reason` for what is done, with its threshold.

    `further` are the topics of other questions in the same text.
    """

    read: str
    asked: tuple[tuple[str, float], ...]
    stages: tuple[str, ...]
    further: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    none: float
    reason: str


class Why:
    """Explains what a desk makes of a question."""

    def __init__(
        self,
        topics: Topics,
        matters: Matters,
        understanding: Understanding,
        decider: Decider,
        texts: Texts,
    ) -> None:
        self._topics = topics
        self._matters = matters
        self._understanding = understanding
        self._decider = decider
        self._texts = texts

    def explained(self, question: str, language: str) -> Explanation:
        """The explanation, in this language."""
        meaning = self._understanding.understand(question)
        matters, _ = rankings(meaning, self._topics, None)
        decision = self._decider.decide(meaning, Conversation())
        likely = probabilities([each.logit for each in meaning.topics], meaning.none)
        shown = zip(meaning.topics[:SHOWN], likely[:SHOWN], strict=True)
        further = tuple(each.topics[0].label if each.topics else "" for each in meaning.rest)
        return Explanation(
            read=meaning.folded,
            asked=tuple((each.intent, each.confidence) for each in meaning.asked),
            stages=tuple(sorted(meaning.stages)),
            further=further,
            candidates=tuple(self._candidate(*each, meaning, language) for each in shown),
            none=1 - sum(likely),
            reason=self._texts.say(
                _reason(decision, matters), language, **_values(decision, matters)
            ),
        )

    def lines(self, question: str, language: str) -> Iterator[str]:
        """The explanation, line by line, in this language."""
        told = self.explained(question, language)

        def say(key: str, **values: object) -> str:
            return self._texts.say(key, language, **values)

        yield say("why_read", text=told.read)
        asked = ", ".join(f"{intent} {confidence:.2f}" for intent, confidence in told.asked)
        yield say("why_asked", intents=asked or say("why_nothing"))
        if told.stages:
            yield say("why_stages", stages=", ".join(told.stages))
        for another in told.further:
            yield say("why_rest", text=another)
        yield ""
        nothing = say("why_nothing")
        for place, each in enumerate(told.candidates, 1):
            yield f"{place}. {each.share:5.1%}  {each.label}  {each.name}"
            of = each.channels
            yield "   " + "  ".join(f"{say(f'why_{name}')} {of[name]:+.1f}" for name in of)
            yield "   " + say("why_phrase", phrase=each.phrase or "-")
            matched, left = " ".join(each.matched), " ".join(each.left)
            yield "   " + say("why_words", matched=matched or nothing, left=left or nothing)
        yield say("why_none", share=f"{told.none:.1%}")
        yield ""
        yield told.reason

    def _candidate(self, score: Score, share: float, meaning: Meaning, language: str) -> Candidate:
        phrases = [fold(each.text) for each in self._understanding.phrases_of(score.label)]
        nearest = process.extractOne(meaning.folded, phrases, scorer=fuzz.ratio)
        matched, left = _runs(meaning.folded, "\n".join(phrases))
        return Candidate(
            label=score.label,
            name=self._name(score, language),
            share=share,
            channels=_shares(score, meaning),
            phrase=nearest[0] if nearest else "",
            matched=tuple(matched),
            left=tuple(left),
        )

    def _name(self, score: Score, language: str) -> str:
        topic = self._topics.find(score.label)
        if topic:
            return topic.name(language)
        matter = self._matters.find(score.label)
        return matter.name.say(language) if matter else ""


def _shares(score: Score, meaning: Meaning) -> dict[str, float]:
    by_meaning = any(each.alike != NOT_ALIKE for each in meaning.topics)
    return shares(score, meaning.told, meaning=by_meaning)


def _runs(text: str, phrases: str) -> tuple[list[str], list[str]]:
    """What of a text stands in the phrases, longest runs first taken, and what is left."""
    matched: list[str] = []
    left: list[str] = []
    sequence = tokens(text)
    place = 0
    while place < len(sequence):
        end = place
        start = sequence[place].start
        run = ""
        while end < len(sequence):
            last = sequence[end]
            longer = text[start : last.start + len(last.text)]
            if longer not in phrases:
                break
            run, end = longer, end + 1
        if len(run) >= RUN or (run and not is_han(run)):
            matched.append(run)
            place = end
        else:
            left.append(sequence[place].text)
            place += 1
    return matched, left


def _reason(decision: Decision, matters: Ranking) -> str:
    """The text that tells by what it was decided."""
    match decision:
        case Tell() | Check() | AtStation() | Near():
            return "why_tell"
        case AskBack():
            return "why_ask_near" if matters.confidence >= ANSWER else "why_ask"
        case Register(kind="question"):
            elsewhere = matters.matter_confidence >= ELSEWHERE
            return "why_register_matter" if elsewhere else "why_register"
        case Talk() if matters.talk_confidence >= SMALL_TALK:
            return "why_talk"
        case _:
            return "why_intent"


def _name(decision: Decision) -> str:
    """What the decision is called, in small letters."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", type(decision).__name__).lower()


def _values(decision: Decision, matters: Ranking) -> dict[str, str]:
    topic = decision.topic.label if isinstance(decision, Tell | Check) else ""
    offered = decision.topics if isinstance(decision, AskBack) else ()
    return {
        "topic": topic,
        "offered": ", ".join(each.label for each in offered) or "-",
        "share": f"{matters.confidence:.2f}",
        "answer": f"{ANSWER:.2f}",
        "offer": f"{OFFER:.2f}",
        "matter": matters.matter or "-",
        "matter_share": f"{matters.matter_confidence:.2f}",
        "elsewhere": f"{ELSEWHERE:.2f}",
        "strange": f"{matters.strange:.2f}",
        "least_strange": f"{STRANGE:.2f}",
        "talk": TALK + (matters.talk or ""),
        "talk_share": f"{matters.talk_confidence:.2f}",
        "least_talk": f"{SMALL_TALK:.2f}",
        "ending": str(getattr(decision, "intent", getattr(decision, "kind", _name(decision)))),
    }
