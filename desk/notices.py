"""Notices: what somebody is told without having asked now, carried by the doors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from ledger.records import OPEN, Ledger, LedgerError, Notice

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
        self.received(notice.to, [notice.id])

    def waiting(self, session: str) -> Sequence[Notice]:
        """Notices for one citizen, oldest first, however often they are asked for, until they
        are `received`: for doors that cannot tell whether what they hand over arrives."""
        at = self._clock()
        try:
            found = self._ledger.claim(session, at, at)
        except LedgerError as error:
            LOG.error("notices could not be read: %s", error)
            return ()
        return [each for each in found if each.to == session]

    def received(self, to: str, ids: Collection[int]) -> None:
        """Notices to this address have reached whom they were for."""
        if not ids:
            return
        try:
            self._ledger.sent(to, ids)
        except LedgerError as error:
            LOG.error("it could not be recorded that a notice was sent: %s", error)

    def expected(self, session: str) -> Sequence[str]:
        """The numbers of the receipts of which a citizen will be told more.

        Raises `LedgerError`: whoever asks is not to take silence for an answer.
        """
        return [each.number for each in self._ledger.receipts(OPEN, session)] if session else []
