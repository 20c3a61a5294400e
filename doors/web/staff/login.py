"""Login: who is logged in, and how often somebody may try.

Sessions and failed tries are kept in the memory of the one process that serves the web door:
nothing of them is on disk to be stolen, and after a restart clerks log in again.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

LONGEST = 8 * 3600
"""Seconds that somebody stays logged in."""
IDLE = 30 * 60
"""Seconds without doing anything after which somebody is logged out."""
FAILURES = 5
PAUSE = 15 * 60
"""Seconds of pause after so many failed tries, of a name or from an address."""
KEYS = 10_000


@dataclass(slots=True)
class Said:
    """What is said of something just done; `kept` is what was written, where it was not done."""

    text: str
    done: bool
    receipt: str = ""
    kept: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Session:
    """Somebody logged in with this `password`, as it is kept. `form` is the token that every form
    of the page carries."""

    name: str
    password: str = field(repr=False)
    form: str
    began: float
    seen: float
    language: str | None = None
    said: Said | None = None


class Sessions:
    """Who is logged in, by the hash of what their browser holds. `clock` tells seconds."""

    def __init__(
        self, clock: Callable[[], float], token: Callable[[], str] = secrets.token_urlsafe
    ) -> None:
        self._clock = clock
        self._token = token
        self._sessions: dict[str, Session] = {}

    def __len__(self) -> int:
        return len(self._sessions)

    def start(self, name: str, password: str, language: str | None = None) -> str:
        """Log somebody in: the new token."""
        now = self._clock()
        for key in [key for key, each in self._sessions.items() if _over(each, now)]:
            del self._sessions[key]
        token = self._token()
        self._sessions[_key(token)] = Session(name, password, self._token(), now, now, language)
        return token

    def find(self, token: str, *, active: bool = True) -> Session | None:
        """Who holds this token; `active` unless a page asks by itself."""
        now = self._clock()
        found = self._sessions.get(_key(token))
        if found is None or _over(found, now):
            self.end(token)
            return None
        if active:
            found.seen = now
        return found

    def end(self, token: str) -> None:
        """Log out."""
        self._sessions.pop(_key(token), None)


class Tries:
    """Counts failed tries by key. `clock` tells seconds; at most `KEYS` are remembered."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._failed)

    def wait(self, *keys: str) -> int:
        """The seconds until one of these may try again; 0 where it may now."""
        counts = [self._of(key) for key in keys]
        last = max((last for count, last in counts if count >= FAILURES), default=None)
        return 0 if last is None else math.ceil(last + PAUSE - self._clock())

    def failed(self, *keys: str) -> None:
        """Count one try of each that fails unless it turns out well: of many at the same moment,
        no more than the first few are let through."""
        for key in keys:
            self._failed[key] = (self._of(key)[0] + 1, self._clock())
            self._failed.move_to_end(key)
        while len(self._failed) > KEYS:
            self._failed.popitem(last=False)

    def passed(self, name: str, address: str) -> None:
        """A try turned out well: forget those of the name, and this one from the address, whose
        others may be of other names."""
        self._failed.pop(name, None)
        count, last = self._of(address)
        self._failed[address] = (max(count - 1, 0), last)

    def _of(self, key: str) -> tuple[int, float]:
        count, last = self._failed.get(key, (0, 0.0))
        return (0, 0.0) if last + PAUSE <= self._clock() else (count, last)


def held(request: Request, name: str = "staff") -> str:
    """The token that the browser holds under this name."""
    return request.cookies.get(_cookie(request, name), "")[:100]


def hand_out(token: str, request: Request, response: Response, name: str = "staff") -> None:
    """Give the browser a token until it is closed; no script and no other site can use it."""
    response.set_cookie(
        _cookie(request, name),
        token,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def take_back(request: Request, response: Response, name: str = "staff") -> None:
    """Have the browser drop its token."""
    response.delete_cookie(
        _cookie(request, name),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def same(one: str, other: str) -> bool:
    """Whether two tokens are the same, and some at all, without telling where they differ."""
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())


def _over(session: Session, now: float) -> bool:
    return now >= session.began + LONGEST or now >= session.seen + IDLE


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _cookie(request: Request, name: str) -> str:
    return f"{'__Host-' if request.url.scheme == 'https' else ''}shouwen-{name}"
