"""The routes of the staff page. None but the login is open to who is not logged in as one of its
roles; what changes something is posted by a form of the page, with the session's token."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.receipts.cards import Done
from desk.receipts.handling import Handling
from desk.texts import Texts
from doors.web.staff.gate import HEADERS, Gate, form_of, html, ours, to
from doors.web.staff.login import Said, Session
from doors.web.staff.sight import groups, sees
from doors.web.staff.users import User, Users
from facts.model import Hall
from ledger.records import LedgerError

LOG = logging.getLogger("shouwen.doors")
DAYS = 30
"""Of which the ratings are shown."""


class Staff:
    """The routes over what clerks can do, behind the `gate`. `clock` tells seconds."""

    def __init__(
        self,
        handling: Handling,
        halls: Sequence[Hall],
        users: Users,
        *,
        texts: Texts | None = None,
        clock: Callable[[], float] = time.monotonic,
        token: Callable[[], str] = secrets.token_urlsafe,
    ) -> None:
        self._handling = handling
        texts = texts or Texts(Path(__file__).parents[2] / "texts")
        self.gate = Gate(halls, users, texts, clock, token)

    def routes(self) -> list[Route]:
        """The paths."""
        return [
            Route("/staff", self.receipts),
            Route("/staff/cards", self.cards),
            Route("/staff/ratings", self.ratings),
            Route("/staff/receipts/{number}", self.act, methods=["POST"]),
            Route("/staff/login", self.gate.login),
            Route("/staff/login", self.gate.log_in, methods=["POST"]),
            Route("/staff/logout", self.gate.log_out, methods=["POST"]),
        ]

    async def receipts(self, request: Request) -> Response:
        """The open receipts."""
        user, session, refused = await self.gate.who(request)
        if user is None or session is None:
            return refused
        language = self.gate.language(request, session)
        try:
            cards = await run_in_threadpool(self._handling.speaking(language).cards)
        except LedgerError as error:
            return self._away(error, language, user, session)
        page = self.gate.page(language).receipts(user, session, groups(user, cards))
        session.said = None
        return html(page)

    async def cards(self, request: Request) -> Response:
        """The open receipts alone, which the page asks for by itself: that keeps nobody logged in
        who does nothing."""
        active = request.query_params.get("active") == "1"
        user, session, _ = await self.gate.who(request, active=active)
        if user is None or session is None:
            return Response(status_code=401, headers=HEADERS)
        language = self.gate.language(request, session)
        try:
            cards = await run_in_threadpool(self._handling.speaking(language).cards)
        except LedgerError as error:
            LOG.error("the receipts could not be read: %s", error)
            return Response(status_code=503, headers=HEADERS)
        return html(self.gate.page(language).groups(user, session, groups(user, cards)))

    async def ratings(self, request: Request) -> Response:
        """What citizens thought, by window: for heads."""
        user, session, refused = await self.gate.who(request, roles=("head",), up="../")
        if user is None or session is None:
            return refused
        language = self.gate.language(request, session)
        halls = None if user.hall is None else {user.hall}
        try:
            found = await run_in_threadpool(self._handling.ratings, DAYS, halls)
        except LedgerError as error:
            return self._away(error, language, user, session, "../")
        page = self.gate.page(language).ratings(user, session, found, DAYS, "../")
        return html(page)

    async def act(self, request: Request) -> Response:
        """Deal with a receipt."""
        up = "../../"
        user, session, refused = await self.gate.who(request, up=up)
        if user is None or session is None:
            return refused
        form = await form_of(request)
        language = self.gate.language(request, session)
        page = self.gate.page(language)
        if not ours(request, form, session):
            return html(page.refused(page.say("stale"), user, session, up), 403)
        number = request.path_params["number"]
        handling = self._handling.speaking(language)
        try:
            done = await run_in_threadpool(_act, handling, user, number, form)
        except LedgerError as error:
            LOG.error("a receipt could not be dealt with: %s", error)
            done = Done(False, page.say("ledger_away"))
        if done is None:
            return html(page.refused(page.say("no_receipt"), user, session, up), 404)
        kept = {} if done.done else {key: form[key] for key in form if key != "form"}
        session.said = Said(done.text, done.done, number, kept)
        return to(f"{up}staff")

    def _away(
        self, error: LedgerError, language: str, user: User, session: Session, up: str = ""
    ) -> Response:
        LOG.error("the ledger could not be read: %s", error)
        page = self.gate.page(language)
        return html(page.refused(page.say("ledger_away"), user, session, up), 503)


def _act(handling: Handling, user: User, number: str, form: Mapping[str, str]) -> Done | None:
    """Do what a form says with a receipt; None where there is no such thing for this user."""
    card = handling.card(number)
    if card is None or not sees(user, card):
        return None
    text = form.get("text", "")
    day = _day(form.get("day", ""))
    actions: dict[str, Callable[[], Done]] = {
        "take": partial(handling.take, number, user.name),
        "answer": partial(handling.answer, number, user.name, text),
        "pass": partial(handling.pass_on, number, user.name, form.get("window", ""), text),
        "not_ours": partial(handling.not_ours, number, user.name, text, form.get("basis", "")),
        "refuse": partial(handling.refuse, number, user.name, text, form.get("basis", "")),
    }
    if day:
        actions["later"] = partial(handling.extend_to, number, user.name, day, text)
    action = actions.get(form.get("action", ""))
    return action() if action else handling.told("day_missing", number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
