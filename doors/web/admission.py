"""Who is admitted: requests of our own page, and not too many of them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request

from doors.web.limit import Limit, neighbourhood
from doors.web.origin import is_our_page
from doors.web.refusal import Refusal

MESSAGES_A_MINUTE = 20

# each material that is ticked off is one
PRESSES_A_MINUTE = 60

# a whole hall may share one address; this only stops a machine that throws its cookies away
MESSAGES_A_MINUTE_AND_ADDRESS = 600

# a page that waits for an answer looks about five times a minute
LOOKS_A_MINUTE = 60
LOOKS_A_MINUTE_AND_ADDRESS = 6_000


class Admission:
    """Counts what comes in. `clock` tells seconds. Every method raises `Refusal`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._messages = Limit(MESSAGES_A_MINUTE, 60, clock)
        self._presses = Limit(PRESSES_A_MINUTE, 60, clock)
        self._addresses = Limit(MESSAGES_A_MINUTE_AND_ADDRESS, 60, clock)
        self._looks = Limit(LOOKS_A_MINUTE, 60, clock)
        self._looking = Limit(LOOKS_A_MINUTE_AND_ADDRESS, 60, clock)

    def message(self, request: Request) -> None:
        """Admit something that a citizen does."""
        _admit(request, self._addresses)

    def of(self, session: str, language: str | None = None, *, pressed: bool = False) -> None:
        """Admit it of this session; what is `pressed` is counted apart from what is written."""
        _count(self._presses if pressed else self._messages, session, language)

    def look(self, request: Request) -> None:
        """Admit a look at what is new, which the page does by itself."""
        _admit(request, self._looking)

    def look_of(self, session: str) -> None:
        """Admit it of this session."""
        _count(self._looks, session)


def address(request: Request) -> str:
    """The address that a request is counted under."""
    return neighbourhood(request.client.host if request.client else "")


def _admit(request: Request, addresses: Limit) -> None:
    if not is_our_page(request):
        raise Refusal(403, "foreign")
    _count(addresses, address(request))


def _count(limit: Limit, key: str, language: str | None = None) -> None:
    wait = limit.wait(key)
    if wait:
        raise Refusal(429, "too_many", language, headers={"Retry-After": str(wait)}, wait=wait)
