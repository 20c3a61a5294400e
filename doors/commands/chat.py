"""`chat`: talk with the desk in the terminal."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from doors import terminal
from doors.opening import lasting_desk, terminal_session


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    terminal.set_encoding(sys.stdin, sys.stdout)
    with lasting_desk(given.guides, env, given.lang) as (desk, _):
        terminal.chat(desk, sys.stdin, sys.stdout, terminal_session(env, given.session))
    return 0
