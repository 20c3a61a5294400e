"""What an editor does about one item of the work list, by a form of the page."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desk.topics import Topic
from doors.web.editors.asking import Asking
from doors.web.editors.saved import committed
from doors.web.editors.trial import Trial
from editing.dealing import Dealing, phrase_of
from editing.engine import NEAREST
from editing.entries import Phrase, file_of
from editing.guidebook import Guidebook
from editing.whole import contents_of
from editing.worklist import Item
from editing.writing import NotWritten

LOG = logging.getLogger("shouwen.doors")
SHOWN = 8
"""Topics that are named where several are meant."""


class Done(NamedTuple):
    """Something was written, and what is said of it."""

    text: str


class Undone(NamedTuple):
    """Nothing was written, and why."""

    text: str
    status: int = 422


class Doing:
    """What one form does about one item. What writes raises `NotWritten`."""

    def __init__(
        self, book: Guidebook, by: Asking, dealing: Dealing, item: Item, form: Mapping[str, str]
    ) -> None:
        self._book = book
        self._by = by
        self._say = by.page.saying("editors")
        self._dealing = dealing
        self._item = item
        self._form = form

    def add(self, confirmed: str) -> Done | Undone | Trial:
        """Add the question, or what was written instead, to a topic. Where that draws questions
        away, it is shown, and written once just this was confirmed."""
        topic = self._topic()
        if isinstance(topic, Undone):
            return topic
        phrase: Phrase = "also" if self._form.get("phrase") == "also" else "ask"
        text = phrase_of(self._form.get("text", ""), self._item.group.text)
        dealing, item, file = self._dealing, self._item, file_of(topic)
        stood = contents_of(file)
        drawn = dealing.drawn(item, topic, phrase, text)
        told = repr((stood, topic.label, phrase, text, drawn))
        digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
        if drawn and confirmed != digest:
            return Trial(item, topic, phrase, text, drawn, digest, changed=bool(confirmed))

        def write() -> Iterable[Path]:
            if contents_of(file) != stood:
                why = dealing.say("changed_meanwhile")
                raise NotWritten(dealing.say("not_written", file=file.name, why=why))
            return dealing.add(item, topic, phrase, text)

        done = self._written("review_written", write)
        more = []
        if not drawn:
            tried = min(NEAREST, len(dealing.asked))
            more.append(dealing.say("review_drawn_none", count=tried))
        if not dealing.leads(item, topic):
            more.append(dealing.say("review_still", text=item.group.text))
        return Done(" ".join((done.text, *more)))

    def begin_service(self) -> Done | Undone:
        """Begin a service with the question."""
        offices = self._dealing.offices(self._item, self._form.get("office", ""))
        name = self._form.get("name", "").strip()
        if not offices or not name:
            return Undone(self._say("vain_name_missing"))
        begin = self._dealing.begin_service
        return self._written("review_written_new", lambda: begin(self._item, offices[0], name))

    def begin_elsewhere(self) -> Done | Undone:
        """Begin a matter of another authority with the question."""
        name = self._form.get("name", "").strip()
        authority = self._form.get("authority", "")
        if not name:
            return Undone(self._say("vain_name_missing"))
        begin = self._dealing.begin_elsewhere
        return self._written("review_written_new", lambda: begin(self._item, name, authority))

    def put_aside(self, key: str, until: datetime | None) -> Done:
        """Let the question rest."""
        return self._written(key, lambda: [self._dealing.put_aside(self._item, until)])

    def _written(self, key: str, write: Callable[[], Iterable[Path]]) -> Done:
        files: list[Path] = []

        def kept() -> Iterable[Path]:
            files.extend(write())
            return files

        done = self._book.adding(self._by.user.name, kept)
        LOG.info("%s was added to: %s", files[0].name, done and done.ended)
        told = self._dealing.say(key, file=files[0].name)
        return Done(" ".join(filter(None, (told, committed(self._say, done)))))

    def _topic(self) -> Topic | Undone:
        given = self._form.get("other", "").strip() or self._form.get("topic", "")
        found = self._dealing.meant(self._item, given)
        if len(found) == 1:
            return found[0]
        if not found:
            return Undone(self._dealing.say("review_topic_none"))
        language = self._dealing.say.language
        comma = self._by.page.say("list_comma")
        named = comma.join(f"{each.name(language)} {each.label}" for each in found[:SHOWN])
        return Undone(self._say("vain_several", topics=named))
