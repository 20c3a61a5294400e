"""Trial: an entry as citizens would get it, before or after it is saved; nothing is written down.

What is told needs the facts alone; what leads to it needs the engine of a running desk, in which
the one topic is exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.composer import Composer
from desk.decision import Tell
from desk.desk import Desk
from desk.evaluation import Case, evaluate, of_questions
from desk.knowledge import TEXTS
from desk.languages import known
from desk.matters import Matters
from desk.topics import Topic, Topics
from desk.wording import Wording
from editing.completeness import names
from facts.calendar import Calendar
from facts.guides import Guides
from facts.model import Elsewhere, Journey, Question, Service
from ledger.memory import MemoryLedger

ABOUT = ("overview", "materials", "notice")
"""What is shown of a service: the first answer, the materials, the full notice."""
_OF_OTHERS = {"elsewhere": ("overview",), "journey": ("overview", "materials")}
MISSED = {"offered": "asked back", "asked": "asked back", "registered": "wrong"}
"""What the verdicts besides right and wrong are for an editor."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a citizen reads who asks this, in a language."""

    about: str
    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A question from a `source` (also, ask, questions) that was asked: `right`, `wrong` or
    `asked back`, and what the desk gave."""

    source: str
    text: str
    verdict: str
    got: str


def answers(guides: Guides, label: str, languages: Sequence[str], at: datetime) -> list[Answer]:
    """What a desk on these guides tells of a topic at this time."""
    topics = Topics(guides.halls)
    topic = topics.find(label)
    if topic is None:
        return []
    calendars = {hall.id: Calendar(hall) for hall in guides.halls}
    composer = Composer(topics, calendars, Matters(topics))
    found = []
    for about in _OF_OTHERS.get(topic.kind, ABOUT):
        for language in languages:
            say = Wording(TEXTS, known(language, TEXTS), at)
            said = composer.compose(say, topic.hall, Tell(topic, (about,), 1.0))
            found.append(Answer(about, language, tuple(said.lines)))
    return found


def tried(desk: Desk, guides: Guides, label: str, own: Sequence[Question]) -> list[Tried]:
    """Ask a desk on these guides every question that is to lead to a topic.

    `desk` knows the guides, but for this topic; `own` are the questions of the topic's hall.
    """
    topic = Topics(guides.halls).find(label)
    if topic is None:
        return []
    trial = desk.on_trial(guides, label, MemoryLedger())
    sources, cases = zip(*_cases(topic, own), strict=True) if _cases(topic, own) else ((), ())
    turns = [source for source, case in zip(sources, cases, strict=True) for _ in case.say]
    return [
        Tried(source, each.text, MISSED.get(each.verdict, each.verdict), each.got)
        for source, each in zip(turns, evaluate(trial, cases), strict=True)
    ]


def _cases(topic: Topic, questions: Iterable[Question]) -> list[tuple[str, Case]]:
    """Each question with where it stands; one that stands in several places is asked once."""
    found: dict[tuple[str, ...], tuple[str, Case]] = {}
    for source, case in (*_written(topic), *_expecting(topic, questions)):
        found.setdefault(case.say, (source, case))
    return list(found.values())


def _written(topic: Topic) -> Iterator[tuple[str, Case]]:
    item = topic.item
    if not isinstance(item, Service | Elsewhere | Journey):
        return
    yield from (("also", Case((text,), (topic.label,))) for text in item.also)
    yield from (("ask", Case((text,), (topic.label,))) for text in item.ask)
    if isinstance(item, Service):
        for case in item.cases:
            expected = f"{topic.label}#{case.id}"
            yield from (("ask", Case((text,), (expected,))) for text in case.ask)


def _expecting(topic: Topic, questions: Iterable[Question]) -> Iterator[tuple[str, Case]]:
    prefix, colon, own = topic.label.rpartition(":")
    expecting = (each for each in questions if names(own, each))
    for case in of_questions(expecting):
        expect = tuple(_within(f"{prefix}{colon}", each) for each in case.expect)
        yield "questions", Case(case.say, expect, case.about)


def _within(prefix: str, expected: str) -> str:
    """Topics as a desk of several halls calls them."""
    parts = (each.strip() for each in expected.split("|"))
    return "|".join(
        f"{prefix}{each}" if "/" in each and ":" not in each else each for each in parts
    )
