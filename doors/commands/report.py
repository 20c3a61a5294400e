"""`report`: the figures of a month, as a page and as tables."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from doors.opening import database_of, halls_in
from editing.figures.report import report_of
from ledger.records import LedgerError


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    halls = halls_in(given.guides)
    try:
        told = report_of(halls, database_of(env), given.month, given.out, given.lang)
    except (ValueError, OSError, LedgerError) as error:
        raise SystemExit(str(error)) from error
    print("\n".join(told))
    return 0
