"""The routes of the editors' page, for editors and heads; each sees the guides of their hall."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.desk import Desk
from doors.web.editors.entry import EntryPage
from doors.web.editors.sight import Sight
from doors.web.editors.tree import TreePage
from doors.web.editors.why import WhyPage
from doors.web.staff.gate import Gate, form_of, html, ours, to
from doors.web.staff.login import Said, Session
from doors.web.staff.markup import Markup
from doors.web.staff.page import Page
from doors.web.staff.users import User
from editing.guidebook import Guidebook, Saving
from editing.opened import Opened
from facts.problems import Fault, Problem

LOG = logging.getLogger("shouwen.doors")
ROLES = ("editor", "head")
MOST_BYTES = 4_000_000
"""Of a form: a file of a megabyte, of which every character may take three in a form."""
MOST_CHARACTERS = 500
"""Of a question that is explained."""


class _Asking(NamedTuple):
    """Who asks for an entry, with their session, page and language; or the refusal they get."""

    user: User | None
    session: Session | None
    page: Page
    language: str
    refused: Response


class Editors:
    """The routes over a guidebook and the desk that answers from it. `now` tells the time."""

    def __init__(
        self,
        desk: Desk,
        book: Guidebook,
        gate: Gate,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._desk = desk
        self._book = book
        self._gate = gate
        self._now = now

    def routes(self) -> list[Route]:
        """The paths."""
        paths = ("/editors/{hall}/{name}", "/editors/{hall}/{name}/{topic}")
        return [
            Route("/editors", self.tree),
            Route("/editors/why", self.why),
            *(Route(path, self.entry) for path in paths),
            *(Route(path, self.post, methods=["POST"]) for path in paths),
        ]

    async def tree(self, request: Request) -> Response:
        """The guides as a tree."""
        asking = await self._who(request, "")
        if asking.user is None or asking.session is None:
            return asking.refused
        wanted = request.query_params.get("name", "")[:MOST_CHARACTERS]
        sight = Sight(self._book, asking.user, asking.language, self._now())
        sight = Sight(self._book, asking.user, asking.language, self._now())
        tree = TreePage(asking.page, sight, asking.language, wanted)
        body = await run_in_threadpool(tree.body, asking.session)
        return _framed(asking, "guides", body, "")

    async def why(self, request: Request) -> Response:
        """What is made of a question, and why."""
        asking = await self._who(request, "../")
        if asking.user is None or asking.session is None:
            return asking.refused
        question = request.query_params.get("question", "")[:MOST_CHARACTERS].strip()
        found = None
        if question:
            found = await run_in_threadpool(self._desk.explained, question, asking.language)
        body = WhyPage(asking.page).body(question, found)
        return _framed(asking, "why", body, "../")

    async def entry(self, request: Request) -> Response:
        """An entry of the guides beside what citizens read of it."""
        up = _up(request)
        asking = await self._who(request, up)
        if asking.user is None or asking.session is None:
            return asking.refused
        opened = await self._opened(request, asking, up)
        if isinstance(opened, Response):
            return opened
        page = self._page(asking, asking.session, opened)
        body = await run_in_threadpool(page.shown)
        asking.session.said = None
        return _framed(asking, page.title, body, up)

    async def post(self, request: Request) -> Response:
        """Check a draft, try its questions, or save it."""
        up = _up(request)
        asking = await self._who(request, up)
        if asking.user is None or asking.session is None:
            return asking.refused
        form = await form_of(request, MOST_BYTES)
        if not ours(request, form, asking.session):
            stale = asking.page.saying("editors")("stale")
            return html(asking.page.refused(stale, asking.user, asking.session, up), 403)
        opened = await self._opened(request, asking, up)
        if isinstance(opened, Response):
            return opened
        page = self._page(asking, asking.session, opened)
        action, _, confirmed = form.get("action", "").partition(":")
        own = form.get("text", "")
        if action == "live":
            return html(await run_in_threadpool(page.live, own))
        if action == "try":
            return html(await run_in_threadpool(page.questions, own))
        if action == "save":
            return await self._save(asking, page, opened, form | {"confirmed": confirmed}, up)
        body = await run_in_threadpool(page.drafted, own, form.get("digest", ""))
        return _framed(asking, page.title, body, up)

    async def _save(
        self, asking: _Asking, page: EntryPage, opened: Opened, form: Mapping[str, str], up: str
    ) -> Response:
        own, name = form.get("text", ""), asking.user.name if asking.user else ""
        ended = await run_in_threadpool(
            self._book.save,
            opened,
            own,
            form.get("digest", ""),
            name,
            confirmed=form["confirmed"],
        )
        if ended.ended in ("saved", "unchanged") and asking.session:
            _log(ended)
            asking.session.said = Said(page.told(ended), done=True)
            there = await run_in_threadpool(self._book.has, ended.opened)
            return to(_place(opened) if there else f"{up}editors")
        body = await run_in_threadpool(page.unsaved, ended, own)
        return _framed(asking, page.title, body, up, 409 if ended.ended == "conflict" else 422)

    def _page(self, asking: _Asking, session: Session, opened: Opened) -> EntryPage:
        texts = asking.page, asking.language
        return EntryPage(self._book, self._desk, self._now(), *texts, session, opened)

    async def _who(self, request: Request, up: str) -> _Asking:
        user, session, refused = await self._gate.who(
            request, roles=ROLES, up=up, refusal="not_for_others"
        )
        language = self._gate.language(request, session)
        return _Asking(user, session, self._gate.page(language), language, refused)

    async def _opened(self, request: Request, asking: _Asking, up: str) -> Opened | Response:
        """The entry that a path names, as it stands in its file; else why it cannot be had."""
        hall, name = request.path_params["hall"], request.path_params["name"]
        topic = request.path_params.get("topic")
        opened, say = None, asking.page.saying("editors")
        text, status = say("no_entry"), 404
        if asking.user and asking.user.hall in (None, hall):
            try:
                opened = await run_in_threadpool(self._book.open, hall, name, topic)
            except Fault as fault:
                problem = Problem("", fault.line, fault.column, fault.kind, fault.values)
                what = problem.what(asking.language), problem.remedy(asking.language)
                text, status = say("unreadable", what=" ".join(what)), 422
        if opened is None or (topic and opened.whole and not self._book.has(opened)):
            page = asking.page.refused(text, asking.user, asking.session, up, "editors")
            return html(page, status)
        return opened


def _place(opened: Opened) -> str:
    """An entry's own page, from the folder of it."""
    return quote(opened.topic or opened.name)


def _up(request: Request) -> str:
    return "../../../" if "topic" in request.path_params else "../../"


def _framed(asking: _Asking, title: str, body: Markup, up: str, status: int = 200) -> Response:
    at = title if title in ("guides", "why") else "guides"
    shown = asking.page.say(title) if title in ("guides", "why") else title
    page = asking.page.framed(shown, body, asking.user, asking.session, up, at, "editors")
    return html(page, status)


def _log(ended: Saving) -> None:
    LOG.info("%s was saved: %s", ended.opened.relative, ended.commit and ended.commit.ended)
