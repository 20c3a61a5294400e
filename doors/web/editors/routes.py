"""The routes of the editors' page, for editors and heads; each sees the guides of their hall."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.desk import Desk
from doors.web.editors.asking import Asking, asking, posted
from doors.web.editors.entry import EntryPage
from doors.web.editors.figures import FiguresRoutes
from doors.web.editors.sight import Sight
from doors.web.editors.tree import TreePage
from doors.web.editors.why import WhyPage
from doors.web.editors.work import WorkRoutes
from doors.web.staff.gate import Gate, html, to
from doors.web.staff.login import Said
from editing.guidebook import Guidebook, Saving
from editing.opened import Opened
from facts.problems import Fault, Problem
from ledger.connection import Database

LOG = logging.getLogger("shouwen.doors")
MOST_CHARACTERS = 500
"""Of a question that is explained."""


class Editors:
    """The routes over a guidebook, the desk that answers from it, and the database of its ledger.
    `now` tells the time."""

    def __init__(
        self,
        desk: Desk,
        book: Guidebook,
        gate: Gate,
        database: Database,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._desk = desk
        self._book = book
        self._gate = gate
        self._now = now
        self._work = WorkRoutes(desk, book, gate, database, now)
        self._figures = FiguresRoutes(desk, gate, database, now)

    def routes(self) -> list[Route]:
        """The paths."""
        paths = ("/editors/{hall}/{name}", "/editors/{hall}/{name}/{topic}")
        return [
            Route("/editors", self.tree),
            Route("/editors/why", self.why),
            *self._work.routes(),
            *self._figures.routes(),
            *(Route(path, self.entry) for path in paths),
            *(Route(path, self.post, methods=["POST"]) for path in paths),
        ]

    async def tree(self, request: Request) -> Response:
        """The guides as a tree."""
        by = await asking(self._gate, request, "")
        if isinstance(by, Response):
            return by
        wanted = request.query_params.get("name", "")[:MOST_CHARACTERS]
        sight = Sight(self._book, by.user, by.language, self._now())
        tree = TreePage(by.page, sight, by.language, wanted)
        return by.framed("guides", await run_in_threadpool(tree.body, by.session))

    async def why(self, request: Request) -> Response:
        """What is made of a question, and why."""
        by = await asking(self._gate, request, "../")
        if isinstance(by, Response):
            return by
        question = request.query_params.get("question", "")[:MOST_CHARACTERS].strip()
        found = None
        if question:
            found = await run_in_threadpool(self._desk.explained, question, by.language)
        return by.framed("why", WhyPage(by.page).body(question, found))

    async def entry(self, request: Request) -> Response:
        """An entry of the guides beside what citizens read of it."""
        by = await asking(self._gate, request, _up(request))
        if isinstance(by, Response):
            return by
        opened = await self._opened(request, by)
        if isinstance(opened, Response):
            return opened
        page = self._page(by, opened)
        body = await run_in_threadpool(page.shown)
        by.session.said = None
        return by.framed("guides", body, title=page.title)

    async def post(self, request: Request) -> Response:
        """Check a draft, try its questions, or save it."""
        by = await asking(self._gate, request, _up(request))
        if isinstance(by, Response):
            return by
        form = await posted(request, by)
        if isinstance(form, Response):
            return form
        opened = await self._opened(request, by)
        if isinstance(opened, Response):
            return opened
        page = self._page(by, opened)
        action, _, confirmed = form.get("action", "").partition(":")
        own = form.get("text", "")
        if action == "live":
            return html(await run_in_threadpool(page.live, own))
        if action == "try":
            return html(await run_in_threadpool(page.questions, own))
        if action == "save":
            return await self._save(by, page, opened, form, confirmed)
        body = await run_in_threadpool(page.drafted, own, form.get("digest", ""))
        return by.framed("guides", body, title=page.title)

    async def _save(
        self, by: Asking, page: EntryPage, opened: Opened, form: Mapping[str, str], confirmed: str
    ) -> Response:
        own, digest = form.get("text", ""), form.get("digest", "")
        name = by.user.name
        ended = await run_in_threadpool(
            self._book.save, opened, own, digest, name, confirmed=confirmed
        )
        if ended.ended in ("saved", "unchanged"):
            _log(ended)
            by.session.said = Said(page.told(ended), done=True)
            there = await run_in_threadpool(self._book.has, ended.opened)
            return to(_place(opened) if there else f"{by.up}editors")
        body = await run_in_threadpool(page.unsaved, ended, own)
        return by.framed("guides", body, 409 if ended.ended == "conflict" else 422, page.title)

    def _page(self, by: Asking, opened: Opened) -> EntryPage:
        texts = by.page, by.language
        return EntryPage(self._book, self._desk, self._now(), *texts, by.session, opened)

    async def _opened(self, request: Request, by: Asking) -> Opened | Response:
        """The entry that a path names, as it stands in its file; else why it cannot be had."""
        hall, name = request.path_params["hall"], request.path_params["name"]
        topic = request.path_params.get("topic")
        opened, say = None, by.page.saying("editors")
        text, status = say("no_entry"), 404
        if by.user.hall in (None, hall):
            try:
                opened = await run_in_threadpool(self._book.open, hall, name, topic)
            except Fault as fault:
                problem = Problem("", fault.line, fault.column, fault.kind, fault.values)
                what = problem.what(by.language), problem.remedy(by.language)
                text, status = say("unreadable", what=" ".join(what)), 422
        if opened is None or (topic and opened.whole and not self._book.has(opened)):
            return by.refused(text, status)
        return opened


def _place(opened: Opened) -> str:
    """An entry's own page, from the folder of it."""
    return quote(opened.topic or opened.name)


def _up(request: Request) -> str:
    return "../../../" if "topic" in request.path_params else "../../"


def _log(ended: Saving) -> None:
    LOG.info("%s was saved: %s", ended.opened.relative, ended.commit and ended.commit.ended)
