"""`run`: open the doors (the default command)."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Mapping

from doors.opening import lasting_desk
from doors.running import open_doors


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    with lasting_desk(given.guides, env, given.lang) as (desk, reloading):
        return asyncio.run(open_doors(desk, given.guides, given.host, given.port, env, reloading))
