"""Editors: what they are told, without having asked, of the guides they have changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from desk.knowledge import TEXTS
from desk.languages import known
from desk.receipts.letters import STAFF
from facts.problems import Problem, report
from ledger.records import Ledger, LedgerError, Notice

LOG = logging.getLogger("shouwen.desk")
ADDRESS = f"{STAFF}editors"
SHOWN = 5
"""Faults that a notice names; the log names all."""


class Editors:
    """Writes notices to the editors; a door carries them."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._clock = clock

    def at_fault(self, problems: Sequence[Problem], language: str) -> None:
        """Where the faults are that keep what was changed from counting."""
        name = known(language, TEXTS)
        lines = report(problems, name)
        told = [TEXTS.say("editors_at_fault", name), *lines[:SHOWN]]
        if len(lines) > SHOWN:
            told.append(TEXTS.say("editors_more", name, count=len(lines) - SHOWN))
        self._tell("guides_at_fault", "\n".join(told))

    def good(self, language: str) -> None:
        """What was changed counts again."""
        self._tell("guides_good", TEXTS.say("editors_good", known(language, TEXTS)))

    def digest(self, text: str) -> None:
        """What citizens asked in vain of late."""
        self._tell("digest", text)

    def _tell(self, kind: str, text: str) -> None:
        notice = Notice(to=ADDRESS, at=self._clock(), kind=kind, text=text)
        try:
            self._ledger.notify([notice])
        except LedgerError as error:
            LOG.error("the editors could not be told: %s", error)
