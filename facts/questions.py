"""Questions with the answers they must get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from facts import source
from facts.model import Hall, Question
from facts.problems import Fault, Problem
from facts.reader import read_records
from facts.references import Topics, nearest
from facts.sheet import Sheet, Spots
from facts.slips import shown

INTENTS_OF_A_TOPIC = (
    "overview",
    "materials",
    "steps",
    "conditions",
    "place",
    "hours",
    "fee",
    "duration",
    "validity",
    "forms",
    "proxy",
    "online",
    "appointment",
    "result",
    "progress",
    "urgent",
    "basis",
    "contact",
    "checklist",
)
INTENTS_OF_THE_HALL = ("hall_hours", "hall_place", "hall_services", "window_info", "nearest")
INTENTS_OF_THE_DESK = (
    "complaint",
    "praise",
    "human",
    "receipt_status",
    "greeting",
    "thanks",
    "goodbye",
    "help",
    "language",
)
INTENTS = (*INTENTS_OF_A_TOPIC, *INTENTS_OF_THE_HALL, *INTENTS_OF_THE_DESK)
"""What can be asked."""

ENDINGS = ("register", "choose", "talk")
"""What a question may be expected to end in where no topic answers it."""


def read_questions(
    file: Path, halls: Sequence[Hall]
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """The questions in a file, and what is wrong with them; topics are those of these halls.

    Several halls' topics are known without the hall's name too.
    """
    spots = Spots()
    sheet = Sheet(file.name, file.parent, halls[0].languages if halls else ("zh",), spots)
    try:
        node = source.read(file, file.parent.resolve())
    except Fault as fault:
        sheet.add(fault)
        return (), tuple(sheet.problems)
    questions = read_records(sheet, node, Question) if node else ()
    topics = Topics(halls, {})
    checked = check(questions, [hall.id for hall in halls], topics, spots)
    return questions, (*sheet.problems, *checked)


def check(
    questions: Iterable[Question], halls: Sequence[str], topics: Topics, spots: Spots
) -> Iterator[Problem]:
    """Questions that name unknown topics or intents, or whose turns do not match."""
    for question in questions:
        yield from _turns(question, spots)
        for expected in question.expect:
            for topic in filter(None, map(str.strip, expected.split("|"))):
                if topic in ENDINGS or topic in INTENTS:
                    continue
                faults = [topics.fault(hall, topic) for hall in halls]
                if faults and all(faults) and faults[0]:
                    kind, told = faults[0]
                    yield spots.problem(question, "expect", kind, topic, **told)
        for intent in (intent for intents in question.about for intent in intents):
            if intent not in INTENTS:
                told = {"intent": shown(intent), "nearest": nearest(intent, INTENTS)}
                yield spots.problem(question, "about", "unknown-intent", intent, **told)


def _turns(question: Question, spots: Spots) -> Iterator[Problem]:
    if bool(question.ask) == bool(question.say):
        yield spots.problem(question, "", "ask-or-say")
    elif question.say:
        turns = str(len(question.say))
        for field, told in (("expect", question.expect), ("about", question.about)):
            if told and len(told) != len(question.say):
                lengths = {"field": field, "turns": turns, "told": str(len(told))}
                yield spots.problem(question, field, "turns-differ", **lengths)
