"""`check`: every fault in the guides, what the engine confuses, and what has changed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from editing.checking import Wanted, check
from ledger.memory import MemoryLedger

if TYPE_CHECKING:
    from desk.desk import Desk
    from facts.guides import Guides


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; 0 without errors, 1 with errors, 2 where it cannot run."""

    def desk(guides: Guides) -> Desk:
        from doors.opening import desk_of  # noqa: PLC0415 - a fast check goes without a desk
        from doors.shelf import Shelf  # noqa: PLC0415

        # The check has told the faults already.
        return desk_of(Shelf(folder, env), replace(guides, problems=()), MemoryLedger)

    encoder = env.get("ENCODER") != "none"
    wanted = Wanted(given.lang, given.format, given.fast, given.accept, encoder)
    folder, today = given.folder or given.guides, datetime.now().astimezone().date()
    return check(folder, wanted, today, desk, sys.stdout, sys.stderr)
