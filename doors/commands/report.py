"""`report`: the figures of a month, as a page and as tables."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from doors.opening import database_of, halls_in
from doors.refusal import FileRefusal, Refusal
from editing.figures.month import MonthError
from editing.figures.report import report_of
from editing.whole import Unwritable
from ledger.records import LedgerError


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    halls = halls_in(given.guides)
    try:
        told = report_of(halls, database_of(env), given.month, given.out, given.lang)
    except MonthError as error:
        raise Refusal("wrong_month", month=given.month) from error
    except LedgerError as error:
        raise Refusal("no_ledger", reason=error) from error
    except (Unwritable, OSError) as error:
        raise FileRefusal(error) from error
    print("\n".join(told))
    return 0
