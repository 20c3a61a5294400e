"""`run`: open the doors (the default command)."""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from collections.abc import Mapping

from doors.opening import desk_on
from doors.running import open_doors


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    desk = desk_on(given.guides, env, lasting=True)
    threading.Thread(target=desk.warm_up, daemon=True).start()
    return asyncio.run(open_doors(desk, given.guides, given.host, given.port, env))
