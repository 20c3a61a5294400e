"""What comes next (下一步): the steps of a journey one by one, remembered between the turns."""

from __future__ import annotations

import re

from desk.conversation import Conversation
from desk.decision import ANSWER, NextStep
from desk.ranking import Ranking
from desk.topics import Topic, Topics
from facts.model import Journey
from intents.signals import DONE, NEXT_STEP
from intents.understanding import Meaning

ASKED_WITH = {"steps", "overview", "place", "materials", "thanks"}
"""What may be asked in the words that ask for the next step."""
FEW = 2
"""So many telling tokens may stand beside “done” where nothing else is asked."""
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}
_NUMERALS |= {
    word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)
}
_NUMBERED = re.compile(
    r"第 ?(\d{1,2}|[一二三四五六七八九十]) ?步"
    r"|\bstep (?:number )?(\d{1,2}|one|two|three|four|five|six)\b"
)


def next_step(
    topics: Topics, meaning: Meaning, matters: Ranking, conversation: Conversation
) -> NextStep | None:
    """The step that is asked for of the journey spoken of; None where something else is asked."""
    journey = topics.find(conversation.journey)
    if journey is None or not set(meaning.intents) <= ASKED_WITH:
        return None
    named = matters.best.topic if matters.best and matters.confidence >= ANSWER else None
    place = step_of(topics, journey, named) if named else 0
    if named and named != journey and not place:
        return None
    number, done = _number(meaning.folded), DONE in meaning.signals
    if number:
        return NextStep(journey, number + done)
    if NEXT_STEP in meaning.signals or (done and (place or meaning.content <= FEW)):
        return NextStep(journey, (place or conversation.step) + 1)
    return None


def step_after(topics: Topics, conversation: Conversation) -> NextStep | None:
    """The step behind the last one told; None where no journey is spoken of."""
    journey = topics.find(conversation.journey)
    return NextStep(journey, conversation.step + 1) if journey else None


def remember_step(topics: Topics, conversation: Conversation, told: Topic | None) -> None:
    """Keep where in a journey the conversation stands; another matter ends it."""
    if told is None:
        return
    if told.kind == "journey":
        conversation.journey, conversation.step = told.label, 0
        return
    journey = topics.find(conversation.journey)
    place = step_of(topics, journey, told, conversation.step) if journey else 0
    conversation.journey, conversation.step = (conversation.journey, place) if place else (None, 0)


def step_of(topics: Topics, journey: Topic, topic: Topic, after: int = 0) -> int:
    """The number of the step (from 1) that is this topic, the first from `after` on; 0: none."""
    if not isinstance(journey.item, Journey):
        return 0
    steps = [topics.within(journey.hall, step.topic) for step in journey.item.steps]
    places = [
        n
        for n, step in enumerate(steps, 1)
        if step and topic.id == step.id and (topic.case is None or topic.label == step.label)
    ]
    return next((n for n in places if n >= after), next(iter(places), 0))


def _number(folded: str) -> int:
    match = _NUMBERED.search(folded)
    found = (match[1] or match[2]) if match else None
    return int(_NUMERALS.get(found, found)) if found else 0
