"""The gate: who is logged in and may see a page, and how they come in and go out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from desk.texts import Texts
from doors.web.admission import address
from doors.web.chat import preferred
from doors.web.origin import is_our_page
from doors.web.question import MOST_BYTES, body
from doors.web.staff.login import (
    PAUSE,
    Session,
    Sessions,
    Tries,
    hand_out,
    held,
    same,
    take_back,
)
from doors.web.staff.page import Page
from doors.web.staff.sight import HANDLERS
from doors.web.staff.users import User, Users, UsersError, plain
from facts.model import Hall

LOG = logging.getLogger("shouwen.doors")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# without a referrer at all, browsers would not say from which site a form is posted
HEADERS = {"Content-Security-Policy": _POLICY, "Referrer-Policy": "same-origin"}


class Gate:
    """Lets in who has a password. `clock` tells seconds."""

    def __init__(
        self,
        halls: Sequence[Hall],
        users: Users,
        texts: Texts,
        clock: Callable[[], float],
        token: Callable[[], str],
    ) -> None:
        self._halls = halls
        self._users = users
        self._texts = texts
        self._token = token
        self._sessions = Sessions(clock, token)
        self._tries = Tries(clock)

    async def login(self, request: Request) -> Response:
        """The form to log in with."""
        return self._login(request)

    async def log_in(self, request: Request) -> Response:
        """Log in, or say why not; which of name and password was wrong is not told."""
        form = await form_of(request)
        name = plain(form.get("name", "").strip())[:100]
        if not is_our_page(request) or not same(form.get("form", ""), held(request, "login")):
            return self._login(request, name, "stale", 403)
        keys = f"name {name}", f"address {address(request)}"
        if wait := self._tries.wait(*keys):
            return self._login(request, name, "pause", 429, minutes=-(-wait // 60))
        self._tries.failed(*keys)
        try:
            user = await run_in_threadpool(self._users.verified, name, form.get("password", ""))
        except UsersError as error:
            LOG.error("nobody can log in: %s", error)
            self._tries.passed(*keys)
            return self._login(request, name, "users_away", 503)
        if user is None:
            LOG.warning("a login failed")
            if self._tries.wait(*keys):
                return self._login(request, name, "pause", 429, minutes=PAUSE // 60)
            return self._login(request, name, "wrong", 401)
        self._tries.passed(*keys)
        self._sessions.end(held(request))
        response = to("../editors" if user.role == "editor" else "../staff")
        asked = request.query_params.get("language")
        chosen = asked if asked in self._texts.languages else None
        hand_out(self._sessions.start(user.name, user.password, chosen), request, response)
        take_back(request, response, "login")
        return response

    async def log_out(self, request: Request) -> Response:
        """Log out, if the page's own form says so."""
        session = self._sessions.find(held(request))
        form = await form_of(request)
        if session and not ours(request, form, session):
            page = self.page(self.language(request, session))
            return html(page.refused(page.say("stale"), None, None, "../"), 403)
        self._sessions.end(held(request))
        response = to("../staff/login")
        take_back(request, response)
        return response

    def _login(
        self,
        request: Request,
        name: str = "",
        trouble: str | None = None,
        status: int = 200,
        **values: object,
    ) -> Response:
        page = self.page(self.language(request))
        token = held(request, "login") or self._token()
        told = page.say(f"login_{trouble}", **values) if trouble else None
        response = html(page.login(token, name, told), status)
        hand_out(token, request, response, "login")
        return response

    async def who(
        self,
        request: Request,
        *,
        roles: Sequence[str] = HANDLERS,
        active: bool = True,
        up: str = "",
        refusal: str = "not_for_you",
    ) -> tuple[User | None, Session | None, Response]:
        """Who asks, if they are logged in and of one of these roles; else what they get: others
        are told the text `refusal`."""
        session = self._sessions.find(held(request), active=active)
        if session is None:
            return None, None, to(f"{up}staff/login")
        page = self.page(self.language(request, session))
        try:
            user = await run_in_threadpool(self._users.find, session.name)
        except UsersError as error:
            LOG.error("the users could not be read: %s", error)
            return (
                None,
                None,
                html(page.refused(page.say("login_users_away"), None, None, up), 503),
            )
        if user is None or user.password != session.password:
            self._sessions.end(held(request))
            return None, None, to(f"{up}staff/login")
        if user.role not in roles:
            refused = page.refused(page.say(refusal), user, session, up)
            return None, None, html(refused, 403)
        return user, session, Response()

    def page(self, language: str) -> Page:
        """The pages in a language."""
        return Page(self._texts, language, self._halls)

    def language(self, request: Request, session: Session | None = None) -> str:
        """The language asked for, which a session then keeps; else the browser's."""
        asked = request.query_params.get("language")
        if asked in self._texts.languages:
            if session:
                session.language = asked
            return str(asked)
        if session and session.language:
            return session.language
        spoken = next((each for hall in self._halls for each in hall.languages), "zh")
        default = spoken if spoken in self._texts.languages else "en"
        accepted = request.headers.get("accept-language", "")
        return preferred(accepted, self._texts.languages, default)


def ours(request: Request, form: Mapping[str, str], session: Session) -> bool:
    """Whether a form was posted from a page of this session."""
    return is_our_page(request) and same(form.get("form", ""), session.form)


async def form_of(request: Request, most: int = MOST_BYTES) -> dict[str, str]:
    """The fields of a posted form of `most` bytes; those that cannot be read are none."""
    raw = await body(request, most)
    try:
        read = parse_qs(raw.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        return {}
    return {key: values[0] for key, values in read.items()}


def html(page: str, status: int = 200) -> Response:
    """A page, with what browsers are told of it."""
    return HTMLResponse(page, status, headers=HEADERS)


def to(place: str) -> Response:
    """Go to another page, from the folder of this one."""
    return RedirectResponse(place, 303, headers=HEADERS)
