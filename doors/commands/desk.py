"""`desk`: the clerk's desk in the terminal."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from getpass import getuser

from doors import clerk, terminal
from doors.opening import desk_on


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    terminal.set_encoding(sys.stdin, sys.stdout)
    desk = desk_on(given.guides, env, given.lang, lasting=True)
    clerk.serve(desk, sys.stdin, sys.stdout, given.name or getuser(), given.lang)
    return 0
