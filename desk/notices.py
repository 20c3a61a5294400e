"""Notices: what somebody is told without having asked now, carried by the doors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ledger.records import Ledger, LedgerError, Notice

LOG = logging.getLogger("shouwen.desk")
AGAIN = timedelta(minutes=2)
"""A notice that a door has taken and not carried by then is given out once more."""


class Notices:
    """Notices that wait in the ledger until a door has carried them. Any number of doors may ask:
    each notice is given to one of them."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._clock = clock

    def claim(self, to: str) -> Sequence[Notice]:
        """Notices for one address, or with a colon at its end for all that begin so (`telegram:`),
        oldest first; none while there is no ledger."""
        at = self._clock()
        try:
            return self._ledger.claim(to, at, at - AGAIN)
        except LedgerError as error:
            LOG.error("notices could not be read: %s", error)
            return ()

    def sent(self, notice: Notice) -> None:
        """A notice has reached whom it was for."""
        try:
            self._ledger.sent(notice)
        except LedgerError as error:
            LOG.error("it could not be recorded that a notice was sent: %s", error)
