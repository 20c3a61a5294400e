"""The routes of the web door: each reads the request, calls the desk, and renders its turn."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from desk.message import Choice, Message, Turn
from desk.notices import Notices
from desk.receipts.contacts import Contacts
from desk.texts import Texts
from doors.web import chat, health, session
from doors.web.admission import Admission
from doors.web.origin import SAFETY, Headers
from doors.web.question import fields, identifier, language, question
from doors.web.refusal import Refusal
from doors.web.waiting import Waiting
from facts.model import Hall
from facts.problems import Problem
from ledger.records import LedgerError


class Guides(Protocol):
    """The halls that the door names itself after."""

    @property
    def halls(self) -> tuple[Hall, ...]:
        """The halls."""


class Desk(Protocol):
    """What the door needs of a desk; every call is quick and safe in threads."""

    notices: Notices
    contacts: Contacts

    @property
    def guides(self) -> Guides:
        """The guides that count now."""

    def answer(self, message: Message) -> Turn:
        """The turn to one message."""

    def welcome(self, session: str, door: str, language: str | None) -> Turn:
        """The first turn of a conversation."""

    def told(self, session: str, message: str) -> None:
        """The reply to a message has reached the citizen."""


def application(
    desk: Desk,
    *,
    clock: Callable[[], float] = time.monotonic,
    token: Callable[[], str] = secrets.token_urlsafe,
    texts: Texts | None = None,
    staff: Sequence[Route] = (),
    faults: Callable[[], Sequence[Problem]] = tuple,
) -> Starlette:
    """The web door to this desk. `clock` tells seconds for the limits; `token` is a new cookie;
    `staff` are the routes of the staff page; `faults` are those of the guides now."""
    texts = texts or Texts(Path(__file__).parent.with_name("texts"))
    admission = Admission(clock)
    door, waiting = _Door(desk, admission, token, texts), Waiting(desk, admission, texts)
    return Starlette(
        routes=[
            Route("/", door.page),
            Route("/welcome", door.welcome),
            Route("/messages", door.messages, methods=["POST"]),
            Route("/notices", waiting.notices, methods=["POST"]),
            Route("/phone", waiting.phone, methods=["POST"]),
            Route("/session/end", door.end, methods=["POST"]),
            Route("/healthz", health.route(faults)),
            *(Route(f"/{name}", chat.file(name)) for name in chat.FILES),
            *staff,
        ],
        middleware=[Middleware(Headers), Middleware(GZipMiddleware, minimum_size=1_000)],
        exception_handlers={
            Refusal: door.refuse,
            404: door.not_found,
            Exception: door.broken,
        },
    )


class _Door:
    """The routes over one desk."""

    def __init__(
        self, desk: Desk, admission: Admission, token: Callable[[], str], texts: Texts
    ) -> None:
        self._desk = desk
        self._token = token
        self._texts = texts
        self._admission = admission

    async def page(self, request: Request) -> Response:
        """The page; a cookie is only handed out when it asks for something."""
        halls, name = self._desk.guides.halls, self._language(request)
        headers = {"Content-Language": name, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
        return HTMLResponse(chat.page(halls, self._texts, name), headers=headers)

    async def welcome(self, request: Request) -> Response:
        """The desk's greeting."""
        self._admission.message(request)
        return await self._greet(request, session.cookie(request), self._language(request))

    async def end(self, request: Request) -> Response:
        """Leave the conversation behind: a new cookie and a new greeting."""
        self._admission.message(request)
        name = language(await fields(request), self._texts.languages)
        return await self._greet(request, None, name or self._language(request))

    async def messages(self, request: Request) -> Response:
        """One message to the desk, and its turn."""
        self._admission.message(request)
        found = await fields(request)
        asked = question(found, language(found, self._texts.languages))
        had = identifier(found.get("had"), asked.language)
        token = session.cookie(request) or self._token()
        own = session.identifier(token)
        self._admission.of(own, asked.language, pressed=asked.choice is not None)
        message = Message(
            text=asked.text,
            session=own,
            door="web",
            language=asked.language,
            choice=None if asked.location else asked.choice,
            location=asked.location,
            id=asked.id,
        )
        turn, expected = await run_in_threadpool(self._answered, message, had)
        follows = turn.receipt in expected
        response = _rendered(turn, here=follows, phone=follows and self._desk.contacts.taken)
        session.hand_out(token, request, response, lasting=follows)
        return response

    async def refuse(self, request: Request, refusal: Exception) -> Response:
        """Why a request was not handed to the desk, in words for the citizen."""
        assert isinstance(refusal, Refusal)  # noqa: S101 - Starlette calls it for no other
        name = refusal.language or self._language(request)
        text = self._texts.say(f"web_{refusal.reason}", name, **refusal.values)
        body = {"error": refusal.reason, "message": text}
        return JSONResponse(body, refusal.status, headers=refusal.headers)

    async def not_found(self, request: Request, _: Exception) -> Response:
        """A page that there is not, and where the right one is."""
        text = self._texts.say("web_not_found", self._language(request), url=request.base_url)
        return PlainTextResponse(text, 404)

    async def broken(self, request: Request, _: Exception) -> Response:
        """The last resort; the server's log has the cause."""
        text = self._texts.say("web_broken", self._language(request))
        # Starlette answers this outside of every middleware
        return JSONResponse({"error": "broken", "message": text}, 500, headers=SAFETY)

    def _answered(self, message: Message, had: str | None) -> tuple[Turn, Sequence[str]]:
        """The turn to a message, and the receipts of which its citizen will be told more."""
        if had:
            self._desk.told(message.session, had)
        turn = self._desk.answer(message)
        try:
            return turn, self._desk.notices.expected(message.session) if turn.receipt else ()
        except LedgerError:
            return turn, ()

    async def _greet(self, request: Request, token: str | None, name: str) -> Response:
        token = token or self._token()
        turn = await run_in_threadpool(self._desk.welcome, session.identifier(token), "web", name)
        response = _rendered(turn)
        session.hand_out(token, request, response)
        return response

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("language")
        if asked in self._texts.languages:
            return str(asked)
        accepted = request.headers.get("accept-language", "")
        return chat.preferred(accepted, self._texts.languages, self._default())

    def _default(self) -> str:
        spoken = [name for hall in self._desk.guides.halls for name in hall.languages]
        return next((name for name in spoken if name in self._texts.languages), "zh")


def _rendered(turn: Turn, *, here: bool = False, phone: bool = False) -> Response:
    """`here`: what becomes of its receipt is told on this page; `phone`: one may be left."""
    return JSONResponse(
        {
            "reply": turn.reply,
            "outcome": turn.outcome,
            "language": turn.language,
            "choices": _buttons(turn.choices),
            "next": _buttons(turn.next),
            "checklist": [asdict(item) for item in turn.checklist],
            "in_place": turn.in_place,
            "receipt": turn.receipt,
            "told": turn.told,
            "here": here,
            "phone": phone,
        }
    )


def _buttons(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    return [
        {"key": choice.key, "label": choice.label} | ({"asks": choice.asks} if choice.asks else {})
        for choice in choices
    ]
