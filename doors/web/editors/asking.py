"""Who asks for a page of the editors, and the frame in which they get it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from desk.desk import Desk
from doors.web.staff.gate import Gate, form_of, html, ours
from doors.web.staff.login import Session
from doors.web.staff.markup import Markup
from doors.web.staff.page import Page
from doors.web.staff.users import User
from facts.model import Hall

ROLES = ("editor", "head")
MOST_BYTES = 4_000_000
"""Of a form: a file of a megabyte, of which every character may take three in a form."""


class Asking(NamedTuple):
    """An editor or a head who is logged in, with their session, page and language; `up` is the way
    to the door's root."""

    user: User
    session: Session
    page: Page
    language: str
    up: str

    def framed(
        self, at: str, body: Markup, status: int = 200, title: str | None = None
    ) -> Response:
        """A page of the tool `at`, which is its title too unless there is another."""
        shown = title or self.page.say(at)
        page = self.page.framed(shown, body, self.user, self.session, self.up, at, "editors")
        return html(page, status)

    def refused(self, text: str, status: int) -> Response:
        """Why a request was not carried out."""
        return html(self.page.refused(text, self.user, self.session, self.up, "editors"), status)

    def halls(self, desk: Desk) -> Sequence[Hall]:
        """The halls of the desk that they see."""
        return [each for each in desk.guides.halls if self.user.hall in (None, each.id)]


async def asking(gate: Gate, request: Request, up: str) -> Asking | Response:
    """Who asks, if they may; else what they get."""
    user, session, refused = await gate.who(request, roles=ROLES, up=up, refusal="not_for_others")
    if user is None or session is None:
        return refused
    language = gate.language(request, session)
    return Asking(user, session, gate.page(language), language, up)


async def posted(request: Request, by: Asking) -> Mapping[str, str] | Response:
    """The fields of a form, if it was posted from a page of this session; else what they get."""
    form = await form_of(request, MOST_BYTES)
    if not ours(request, form, by.session):
        return by.refused(by.page.saying("editors")("stale"), 403)
    return form
