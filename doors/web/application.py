"""The routes of the web door: each reads the request, calls the desk, and renders its turn."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
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
from desk.texts import Texts
from doors.web import chat, session
from doors.web.limit import Limit, neighbourhood
from doors.web.origin import SAFETY, Headers, is_our_page
from doors.web.question import fields, language, question
from doors.web.refusal import Refusal
from facts.model import Hall

MESSAGES_A_MINUTE = 20

# each material that is ticked off is one
PRESSES_A_MINUTE = 60

# a whole hall may share one address; this only stops a machine that throws its cookies away
MESSAGES_A_MINUTE_AND_ADDRESS = 600


class Guides(Protocol):
    """The halls that the door names itself after."""

    @property
    def halls(self) -> tuple[Hall, ...]:
        """The halls."""


class Desk(Protocol):
    """What the door needs of a desk; both calls are quick and safe in threads."""

    @property
    def guides(self) -> Guides:
        """The guides that count now."""

    def answer(self, message: Message) -> Turn:
        """The turn to one message."""

    def welcome(self, session: str, door: str, language: str | None) -> Turn:
        """The first turn of a conversation."""


def application(
    desk: Desk,
    *,
    clock: Callable[[], float] = time.monotonic,
    token: Callable[[], str] = secrets.token_urlsafe,
    texts: Texts | None = None,
) -> Starlette:
    """The web door to this desk. `clock` tells seconds for the limits; `token` is a new cookie."""
    door = _Door(desk, clock, token, texts or Texts(Path(__file__).parent.with_name("texts")))
    return Starlette(
        routes=[
            Route("/", door.page),
            Route("/welcome", door.welcome),
            Route("/messages", door.messages, methods=["POST"]),
            Route("/session/end", door.end, methods=["POST"]),
            Route("/healthz", lambda _: PlainTextResponse("ok")),
            *(Route(f"/{name}", chat.file(name)) for name in chat.FILES),
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
        self, desk: Desk, clock: Callable[[], float], token: Callable[[], str], texts: Texts
    ) -> None:
        self._desk = desk
        self._token = token
        self._texts = texts
        self._sessions = Limit(MESSAGES_A_MINUTE, 60, clock)
        self._presses = Limit(PRESSES_A_MINUTE, 60, clock)
        self._addresses = Limit(MESSAGES_A_MINUTE_AND_ADDRESS, 60, clock)

    async def page(self, request: Request) -> Response:
        """The page; a cookie is only handed out when it asks for something."""
        halls, name = self._desk.guides.halls, self._language(request)
        headers = {"Content-Language": name, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
        return HTMLResponse(chat.page(halls, self._texts, name), headers=headers)

    async def welcome(self, request: Request) -> Response:
        """The desk's greeting."""
        self._admit(request)
        return await self._greet(request, session.cookie(request), self._language(request))

    async def end(self, request: Request) -> Response:
        """Leave the conversation behind: a new cookie and a new greeting."""
        self._admit(request)
        name = language(await fields(request), self._texts.languages)
        return await self._greet(request, None, name or self._language(request))

    async def messages(self, request: Request) -> Response:
        """One message to the desk, and its turn."""
        self._admit(request)
        found = await fields(request)
        asked = question(found, language(found, self._texts.languages))
        token = session.cookie(request) or self._token()
        limit = self._presses if asked.choice else self._sessions
        _limit(limit, session.identifier(token), asked.language)
        message = Message(
            text=asked.text,
            session=session.identifier(token),
            door="web",
            language=asked.language,
            choice=None if asked.location else asked.choice,
            location=asked.location,
        )
        turn = await run_in_threadpool(self._desk.answer, message)
        return _rendered(turn, token, request)

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

    async def _greet(self, request: Request, token: str | None, name: str) -> Response:
        token = token or self._token()
        turn = await run_in_threadpool(self._desk.welcome, session.identifier(token), "web", name)
        return _rendered(turn, token, request)

    def _admit(self, request: Request) -> None:
        if not is_our_page(request):
            raise Refusal(403, "foreign")
        address = request.client.host if request.client else ""
        _limit(self._addresses, neighbourhood(address))

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("language")
        if asked in self._texts.languages:
            return str(asked)
        accepted = request.headers.get("accept-language", "")
        return chat.preferred(accepted, self._texts.languages, self._default())

    def _default(self) -> str:
        spoken = [name for hall in self._desk.guides.halls for name in hall.languages]
        return next((name for name in spoken if name in self._texts.languages), "zh")


def _limit(limit: Limit, key: str, language: str | None = None) -> None:
    wait = limit.wait(key)
    if wait:
        raise Refusal(429, "too_many", language, headers={"Retry-After": str(wait)}, wait=wait)


def _rendered(turn: Turn, token: str, request: Request) -> Response:
    response = JSONResponse(
        {
            "reply": turn.reply,
            "outcome": turn.outcome,
            "language": turn.language,
            "choices": _buttons(turn.choices),
            "next": _buttons(turn.next),
            "checklist": [asdict(item) for item in turn.checklist],
            "in_place": turn.in_place,
            "receipt": turn.receipt,
        }
    )
    session.hand_out(token, request, response)
    return response


def _buttons(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    return [
        {"key": choice.key, "label": choice.label} | ({"asks": choice.asks} if choice.asks else {})
        for choice in choices
    ]
