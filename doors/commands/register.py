"""`register`: what a day's questions came to, and the receipts that are open."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from desk.desk import now
from desk.register import lines, registers
from doors.opening import halls_in, ledger_of


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    found = list(registers(halls_in(given.guides), ledger_of(env), now(), given.day))
    print("\n\n".join("\n".join(lines(each, given.lang)) for each in found))
    return int(not all(each.whole for each in found))
