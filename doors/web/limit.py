"""How many messages a session, or an address, may send."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Callable


class Limit:
    """At most `count` messages in any `seconds` for each key.

    `clock` tells seconds and never goes back. What is remembered is bounded twice: messages older
    than `seconds` are dropped, and beyond `keys` keys the one unused for longest.
    """

    def __init__(
        self, count: int, seconds: float, clock: Callable[[], float], keys: int = 10_000
    ) -> None:
        self._count = count
        self._seconds = seconds
        self._clock = clock
        self._keys = keys
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._times)

    def wait(self, key: str) -> int:
        """Count one message and return 0, or count none and return the whole seconds to wait."""
        now = self._clock()
        self._forget(now)
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._count:
            return math.ceil(times[0] + self._seconds - now)
        times.append(now)
        self._times.move_to_end(key)
        return 0

    def _forget(self, now: float) -> None:
        while self._times:
            times = next(iter(self._times.values()))
            if len(self._times) < self._keys and times[-1] > now - self._seconds:
                return
            self._times.popitem(last=False)


def neighbourhood(address: str) -> str:
    """The address that is counted: IPv6 by its /64, which one subscriber holds as a whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address
