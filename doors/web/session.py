"""The cookie that tells one conversation from another.

It goes when the browser is closed, until there is a receipt: from then on it stays, so that the
answer is found on this device.
"""

from __future__ import annotations

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

LASTING = 30 * 24 * 3600
"""Seconds that the cookie stays with a receipt."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}")


def cookie(request: Request) -> str | None:
    """The token that the browser holds, if it looks like one of ours."""
    token = request.cookies.get(_name(request), "")
    return token if _TOKEN.fullmatch(token) else None


def hand_out(token: str, request: Request, response: Response, *, lasting: bool = False) -> None:
    """Give the browser this token, for a month or until it is closed; no script can read it.

    One that it holds already is not given again: that would shorten its stay.
    """
    if not lasting and cookie(request) == token:
        return
    response.set_cookie(
        _name(request),
        token,
        max_age=LASTING if lasting else None,
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="strict",
    )


def identifier(token: str) -> str:
    """The session's name at the desk; the token cannot be found from it."""
    return "web:" + hashlib.sha256(token.encode()).hexdigest()[:32]


def _name(request: Request) -> str:
    # browsers let no other host or path set a cookie with this prefix, and only take it over https
    return "__Host-shouwen" if _secure(request) else "shouwen"


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
