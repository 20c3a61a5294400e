"""The routes of what was asked in vain: the work list, and all that an editor does about it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.desk import Desk
from doors.web.editors.asking import Asking, asking, posted
from doors.web.editors.doing import Doing, Done, Undone
from doors.web.editors.trial import Trial, trial
from doors.web.editors.vain import VainPage
from doors.web.staff.gate import Gate, to
from doors.web.staff.login import Said
from editing.dealing import Dealing
from editing.guidebook import Guidebook
from editing.kept_list import KeptList
from editing.words import Say
from editing.worklist import asked
from editing.writing import NotWritten
from facts.model import Hall
from ledger.connection import Database
from ledger.records import LedgerError

LOG = logging.getLogger("shouwen.doors")
MOST = 20
"""Items on a page."""


class WorkRoutes:
    """The routes over the desk, its guides and the database of its ledger. One editor at a time is
    served, in a thread: trials take a second or two."""

    def __init__(
        self,
        desk: Desk,
        book: Guidebook,
        gate: Gate,
        database: Database,
        now: Callable[[], datetime],
    ) -> None:
        self._desk = desk
        self._book = book
        self._gate = gate
        self._database = database
        self._now = now
        self._list = KeptList(desk, database)
        self._one = asyncio.Lock()

    def routes(self) -> list[Route]:
        """The paths."""
        return [
            Route("/editors/vain", self.shown),
            Route("/editors/vain", self.post, methods=["POST"]),
        ]

    async def shown(self, request: Request) -> Response:
        """What was asked in vain."""
        by = await asking(self._gate, request, "../")
        if isinstance(by, Response):
            return by
        hall = self._hall(by, request.query_params)
        if hall is None:
            return by.refused(by.page.saying("editors")("no_entry"), 404)
        said, by.session.said = by.session.said, None
        return await self._page(by, hall, _start(request.query_params), said)

    async def post(self, request: Request) -> Response:
        """Do something about an item."""
        by = await asking(self._gate, request, "../")
        if isinstance(by, Response):
            return by
        form = await posted(request, by)
        if isinstance(form, Response):
            return form
        hall = self._hall(by, form)
        if hall is None:
            return by.refused(by.page.saying("editors")("no_entry"), 404)
        try:
            async with self._one:
                ended = await run_in_threadpool(self._deal, by, hall, form)
        except LedgerError as error:
            return self._away(by, error)
        match ended:
            case Done(text):
                by.session.said = Said(text, done=True)
                return to(f"vain?{urlencode({'hall': hall.id, 'from': _start(form)})}")
            case Trial():
                body = trial(by, ended, self._list.engine(), form)
                return by.framed("vain", body, 409 if ended.changed else 200)
        said = Said(ended.text, done=False)
        return await self._page(by, hall, _start(form), said, ended.status, form)

    async def _page(
        self,
        by: Asking,
        hall: Hall,
        start: int,
        said: Said | None,
        status: int = 200,
        form: Mapping[str, str] | None = None,
    ) -> Response:
        try:
            async with self._one:
                part = await run_in_threadpool(self._list.part, hall, start, MOST, self._now())
                page = VainPage(by, by.halls(self._desk), hall, self._list.engine(), form or {})
                body = page.body(by.page.said(said), part, start)
        except LedgerError as error:
            return self._away(by, error)
        return by.framed("vain", body, status)

    def _hall(self, by: Asking, fields: Mapping[str, str]) -> Hall | None:
        wanted = fields.get("hall", "")
        return next((each for each in by.halls(self._desk) if wanted in ("", each.id)), None)

    def _away(self, by: Asking, error: LedgerError) -> Response:
        LOG.error("what was asked in vain could not be read: %s", error)
        return by.refused(by.page.say("ledger_away"), 503)

    def _deal(self, by: Asking, hall: Hall, form: Mapping[str, str]) -> Done | Undone | Trial:
        """Do what a form says. Raises `LedgerError`."""
        now, say = self._now(), by.page.saying("editors")
        item = self._list.find(hall, form.get("texts", "").splitlines(), now)
        if item is None:
            return Undone(say("vain_gone"), 409)
        action, _, confirmed = form.get("action", "").partition(":")
        questions = self._asked(hall, now) if action == "add" else ()
        spoken = Say.of(by.language)
        dealing = Dealing(self._book.root, self._list.engine(), questions, spoken, now)
        work = Doing(self._book, by, dealing, item, form)
        doing: dict[str, Callable[[], Done | Undone | Trial]] = {
            "add": lambda: work.add(confirmed),
            "new": work.begin_service,
            "elsewhere": work.begin_elsewhere,
            "settled": lambda: work.put_aside("review_settled", now),
            "ignore": lambda: work.put_aside("review_ignored", None),
        }
        try:
            ended = doing[action]() if action in doing else Undone(say("vain_gone"), 400)
        except NotWritten as error:
            return Undone(str(error), 409)
        if isinstance(ended, Done) and action not in ("settled", "ignore"):
            self._list.dealt_with(item, dealing)
        return ended

    def _asked(self, hall: Hall, now: datetime) -> list[str]:
        return asked(self._database, self._book.guides(), hall, now)


def _start(fields: Mapping[str, str]) -> int:
    """The group from which on the list is shown."""
    told = fields.get("from", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 6 else 0
