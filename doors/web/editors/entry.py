"""The page of one entry: its YAML, its faults, and what citizens read of it."""

from __future__ import annotations

from datetime import datetime

from desk.desk import Desk
from desk.topics import Topics
from doors.web.editors import answers, editor, faults, questions
from doors.web.editors.saved import committed
from doors.web.staff.login import Session
from doors.web.staff.markup import Child, Markup, element, joined
from doors.web.staff.page import Page
from editing import trial
from editing.guidebook import Checked, Guidebook, Saving
from editing.opened import Opened, plain
from facts.guides import Guides

MOST_CHARACTERS = 1_000_000
"""Of a text that is edited in a page."""


class EntryPage:
    """One entry as one editor sees it at a time."""

    def __init__(
        self,
        book: Guidebook,
        desk: Desk,
        now: datetime,
        page: Page,
        language: str,
        session: Session,
        opened: Opened,
    ) -> None:
        self._book = book
        self._desk = desk
        self._now = now
        self._page = page
        self._say = page.saying("editors")
        self._language = language
        self._session = session
        self._opened = opened

    @property
    def title(self) -> str:
        """What the entry is called."""
        topic = Topics(self._book.guides().halls).find(self._label(self._book.guides()))
        return topic.name(self._language) if topic else self._opened.relative

    def shown(self) -> Markup:
        """The entry as it stands in its file."""
        own = self._opened.own
        return self._whole(own, self._opened.digest, self._page.said(self._session.said))

    def drafted(self, own: str, digest: str) -> Markup:
        """A draft, checked, with its questions tried."""
        return self._whole(own, digest, None, tried=True)

    def unsaved(self, ended: Saving, own: str) -> Markup:
        """A draft that was not saved, and why."""
        told: list[Child] = [element("p", self._say(ended.ended, reason=ended.reason))]
        confirm = None
        if ended.ended == "conflict":
            told += editor.conflict(self._say, ended.opened.own, plain(own))
        elif ended.ended == "doubtful" and ended.checked:
            confirm = ended.checked.doubts
        said = element("div", *told, class_="said failed", role="alert", tabindex="-1")
        self._opened = ended.opened
        return self._whole(own, ended.opened.digest, said, ended.checked, confirm=confirm)

    def live(self, own: str) -> Markup:
        """The faults of a draft and the answers it gives, for the page's script."""
        checked = self._checked(own)
        return joined([self._faults(checked), self._answers(checked.guides, checked)])

    def questions(self, own: str) -> Markup:
        """What becomes of the questions that are to lead to a draft."""
        return self._questions(self._checked(own).guides)

    def told(self, ended: Saving) -> str:
        """What is said of a draft that was saved."""
        if ended.ended == "unchanged" or ended.commit is None:
            return self._say("unchanged")
        commit = committed(self._say, ended.commit)
        return " ".join((self._say("saved"), commit, self._say("taken_up")))

    def _whole(
        self,
        own: str,
        digest: str,
        said: Markup | None,
        checked: Checked | None = None,
        *,
        confirm: str | None = None,
        tried: bool = False,
    ) -> Markup:
        opened = self._opened
        if len(own) > MOST_CHARACTERS:
            return element("p", self._say("too_long"), class_="said failed", role="alert")
        checked = checked or self._checked(own)
        form = editor.form(self._say, opened, plain(own), digest, self._session.form, confirm)
        left = element("div", form, self._faults(checked), class_="left")
        parts: list[Child] = [left]
        if opened.topic:
            asked = self._questions(checked.guides) if tried else questions.waiting(self._say)
            parts.append(
                element("div", self._answers(checked.guides, checked), asked, class_="right")
            )
        place = self._say("lines", file=opened.relative, first=opened.passage.line)
        whole = self._say("whole_file", file=opened.relative)
        head = element(
            "div",
            element("h2", self.title),
            element("p", whole if opened.whole else place, class_="more"),
            element("p", self._say("apart"), class_="more")
            if opened.topic and opened.whole
            else None,
            class_="entry-head",
        )
        kind = "entry" if opened.topic else "entry alone"
        return joined([said, head, element("div", *parts, class_=kind)])

    def _checked(self, own: str) -> Checked:
        return self._book.checked(self._opened.exchanged(own))

    def _faults(self, checked: Checked) -> Markup:
        return faults.listed(self._say, self._language, self._opened, checked)

    def _answers(self, guides: Guides, checked: Checked) -> Markup:
        hall = guides.hall(self._opened.hall)
        languages = sorted(
            {"zh", "en", *(hall.languages if hall else ())}, key=lambda each: each != self._language
        )
        label = self._label(guides)
        spoken = [each for each in languages if each in ("zh", "en")]
        found = trial.answers(guides, label, spoken, self._now)
        return answers.shown(self._say, found, faulty=bool(checked.errors))

    def _questions(self, guides: Guides) -> Markup:
        own = guides.questions.get(self._opened.hall, ())
        found = trial.tried(self._desk, guides, self._label(guides), own)
        return questions.shown(self._say, found)

    def _label(self, guides: Guides) -> str:
        """The topic as a desk on these guides calls it."""
        prefix = f"{self._opened.hall}:" if len(guides.halls) > 1 else ""
        return prefix + self._opened.label
