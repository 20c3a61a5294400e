"""The engine as the desk has it, for trials: what a question is taken for, and what if."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from desk.conversation import Conversation
from desk.decider import Decider
from desk.decision import AskBack, Register, Tell
from desk.knowledge import Knowledge
from desk.matters import Matters
from desk.ranking import rankings
from desk.topics import Topic, Topics
from editing.entries import Phrase
from facts.model import Case, Elsewhere, Hall, Journey, Service
from intents.cache import Cache
from intents.encoder import VectorStore
from intents.fold import fold
from intents.lexicon import lexicons
from intents.scorer import Phrase as Said
from intents.understanding import Understanding

NEAREST = 200
"""Questions that are tried with a new phrase: those most like it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question that would end otherwise: labels of topics, or names of endings."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Likely:
    """A topic that a question may be about, and its probability."""

    topic: Topic
    confidence: float


class Engine:
    """Understands questions as the desk does, without a conversation."""

    def __init__(
        self,
        halls: Sequence[Hall],
        catalogue: Sequence[Path] = (),
        cache: Cache | None = None,
        store: VectorStore | None = None,
    ) -> None:
        self.topics = topics = Topics(halls)
        self.store = store
        self._spoken = lexicons()
        self._understanding = Understanding(
            topics.phrases(),
            self._spoken,
            Matters(topics, catalogue, cache, store),
            topics.parts(),
            topics.journeys(),
            cache,
            store,
        )
        self._decider = Decider(topics, self._understanding, self._spoken.values())

    @classmethod
    def of(cls, known: Knowledge) -> Engine:
        """The engine of a desk that is open: nothing is made anew."""
        made = object.__new__(cls)
        made.topics, made.store, made._spoken = known.topics, known.matters.store, lexicons()
        made._understanding, made._decider = known.understanding, known.decider
        return made

    def likeliest(self, text: str, most: int = 2) -> list[Likely]:
        """The topics a question may be about, likeliest first."""
        matters, _ = rankings(self._understanding.understand(text), self.topics, None)
        return [Likely(each.topic, each.confidence) for each in matters.candidates[:most]]

    def taken_for(self, text: str) -> str:
        """The label of the topic a question is answered about, else how it ends."""
        meaning = self._understanding.understand(text)
        match self._decider.decide(meaning, Conversation()):
            case Tell(topic=topic):
                return topic.label
            case AskBack():
                return "choose"
            case Register():
                return "register"
        return "talk"

    def with_phrase(self, topic: Topic, field: Phrase, text: str) -> Engine:
        """An engine that knows one more phrase of a topic; this one stays as it is."""
        made = object.__new__(Engine)
        halls = [
            _with_phrase(hall, topic, field, text) if hall.id == topic.hall.id else hall
            for hall in self.topics.halls
        ]
        made.topics, made.store, made._spoken = Topics(halls), self.store, self._spoken
        made._understanding = self._understanding.replaced(
            topic.id,
            _of(topic.id, made.topics.phrases()),
            _of(topic.id, made.topics.parts()),
            whole=topic.kind == "journey",
        )
        made._decider = Decider(made.topics, made._understanding, made._spoken.values())
        return made

    def drawn(
        self, topic: Topic, field: Phrase, text: str, questions: Iterable[str]
    ) -> list[Drawn]:
        """The questions, of those most like a new phrase, that would end otherwise with it.

        Those that are answered about the topic already can only be confirmed, and do not count.
        """
        near = process.extract(
            fold(text), {each: fold(each) for each in questions}, scorer=_alike, limit=NEAREST
        )
        trial = self.with_phrase(topic, field, text)
        found = []
        for _, _, question in near:
            before, after = self.taken_for(question), trial.taken_for(question)
            if before != after and before.partition("#")[0] != topic.id:
                found.append(Drawn(question, before, after))
        return found


def _alike(one: str, other: str, **_: Any) -> float:
    return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other))


def _of(label: str, phrases: Iterable[Said]) -> list[Said]:
    return [each for each in phrases if each.label.partition("#")[0] == label]


def _with_phrase(hall: Hall, topic: Topic, field: Phrase, text: str) -> Hall:
    """The hall as it is with one more phrase of a topic."""

    def longer(item: Any) -> Any:
        return replace(item, **{field: (*getattr(item, field), text)})

    def swapped(items: Sequence[Any], old: Any, new: Any) -> tuple[Any, ...]:
        return tuple(new if each is old else each for each in items)

    item = topic.item
    if isinstance(item, Elsewhere):
        return replace(hall, elsewhere=swapped(hall.elsewhere, item, longer(item)))
    if isinstance(item, Journey):
        return replace(hall, journeys=swapped(hall.journeys, item, longer(item)))
    office, service = topic.office, topic.service
    if office is None or service is None or not isinstance(item, Service | Case):
        return hall
    new = longer(service)
    if isinstance(item, Case):
        new = replace(service, cases=swapped(service.cases, item, longer(item)))
    services = swapped(office.services, service, new)
    return replace(hall, offices=swapped(hall.offices, office, replace(office, services=services)))
