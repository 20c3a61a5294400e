"""Dealing with the work list: all that an editor can do about what was asked in vain.

The review in the terminal and the editors' page both do it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk.topics import Topic
from editing.engine import Drawn, Engine
from editing.entries import KINDS, Phrase, add_elsewhere, add_phrase, add_service
from editing.reviewed import put_aside
from editing.words import Say
from editing.worklist import SETTLED, Item
from editing.writing import tidy
from facts.model import Office
from intents.fold import fold


@dataclass
class Dealing:
    """What is done about items in the guides under `root`.

    `asked` are the questions that a new phrase is tried with: those of questions.yaml, and past
    ones. What writes gives the files that were written, the guide first, and raises `NotWritten`.
    """

    root: Path
    engine: Engine
    asked: Sequence[str]
    say: Say
    now: datetime

    def likely(self, item: Item) -> list[Topic]:
        """The likeliest topics that can be given a phrase."""
        return [each.topic for each in item.likely if each.topic.kind in KINDS]

    def meant(self, item: Item, given: str) -> list[Topic]:
        """The topics that are meant by an id, a name or part of one; one where it is clear."""
        own = (each for each in self.engine.topics if each.hall.id == item.hall.id)
        known = [each for each in own if each.kind in KINDS]
        named = [each for each in known if given in (each.label, each.name(self.say.language))]
        return named or [
            each for each in known if given and fold(given) in fold(each.name(self.say.language))
        ]

    def drawn(self, item: Item, topic: Topic, phrase: Phrase, text: str) -> list[Drawn]:
        """The other questions that would end otherwise with a new phrase."""
        others = [each for each in self.asked if each not in item.group.texts]
        return self.engine.drawn(topic, phrase, text, others)

    def add(self, item: Item, topic: Topic, phrase: Phrase, text: str) -> list[Path]:
        """Add a phrase to a topic; the engine knows it from then on."""
        files = [add_phrase(self.root, topic, phrase, text, self.say)]
        self.engine = self.engine.with_phrase(topic, phrase, text)
        if not SETTLED.isdisjoint(item.group.reasons):
            files.append(self.put_aside(item, self.now))
        return files

    def leads(self, item: Item, topic: Topic) -> bool:
        """Whether an item is answered about this topic."""
        taken = self.engine.topics.find(self.engine.taken_for(item.group.text))
        return taken is not None and taken.id == topic.id

    def offices(self, item: Item, given: str) -> list[Office]:
        """The office that is meant by its place among those of the hall (from 1), id or name."""
        return [
            each
            for place, each in enumerate(item.hall.offices, 1)
            if given in (str(place), each.id) or (given and given in each.office.words.values())
        ]

    def begin_service(self, item: Item, office: Office, name: str) -> list[Path]:
        """Begin a service of which only its name and a question are known yet."""
        return [add_service(self.root, item.hall, office.id, name, item.group.text, self.say)]

    def begin_elsewhere(self, item: Item, name: str, authority: str) -> list[Path]:
        """Begin a matter that another authority handles."""
        text = item.group.text
        return [add_elsewhere(self.root, item.hall, name, authority, text, self.say)]

    def put_aside(self, item: Item, until: datetime | None) -> Path:
        """Let an item rest: for good, or as it was asked until a time."""
        return put_aside(item.hall, item.group.texts, self.say, until)


def phrase_of(text: str, otherwise: str) -> str:
    """A phrase as it can stand in a guide, the question itself where nothing was written."""
    return tidy(text) or otherwise
