"""`ask`: answer questions, each by itself; nothing is kept."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from doors import terminal
from doors.opening import desk_on


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    terminal.set_encoding(sys.stdin, sys.stdout)
    desk = desk_on(given.guides, env, given.lang)
    if given.question == ["-"]:
        zone = ZoneInfo(desk.guides.halls[0].time_zone)
        return min(terminal.ask_lines(desk, sys.stdin, sys.stdout, zone), 1)
    if terminal.ask(desk, given.question, sys.stdout, machine=given.json) and not given.json:
        print("(ask is a trial: no receipt is kept; use run or chat)", file=sys.stderr)
    return 0
