"""`why`: what is made of a question, and why."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from doors.opening import desk_on


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    desk = desk_on(given.guides, env, given.lang)
    print("\n".join(line for each in given.question for line in (*desk.why(each, given.lang), "")))
    return 0
