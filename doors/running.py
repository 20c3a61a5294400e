"""Opens the doors on one desk in one event loop, and closes them in order."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Mapping
from functools import partial

from desk.desk import Desk
from doors.web.application import application
from doors.web.server import serve

LOG = logging.getLogger("shouwen.doors")
SWITCH = 0.0005
"""Seconds for which a thread that answers may keep the event loop waiting (Python's own: 0.005)."""


async def open_doors(desk: Desk, host: str, port: int, env: Mapping[str, str]) -> int:
    """Serve until SIGINT or SIGTERM; the exit status is 1 where a door cannot be opened.

    The web door is always opened; Telegram where `TELEGRAM_BOT_TOKEN` is set.
    """
    sys.setswitchinterval(SWITCH)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    told = partial(_tell, desk, host, telegram=bool(env.get("TELEGRAM_BOT_TOKEN")))
    doors: list[Awaitable[None]] = [
        serve(application(desk), host=host, port=port, stop=stop, bound=told)
    ]
    if env.get("TELEGRAM_BOT_TOKEN"):
        doors.append(_telegram(desk, stop, env))
    ended = await asyncio.gather(*(_guarded(door, stop) for door in doors))
    return int(not all(ended))


async def _telegram(desk: Desk, stop: asyncio.Event, env: Mapping[str, str]) -> None:
    from doors.telegram import application as telegram  # noqa: PLC0415 - half a second that a hall without it need not pay

    url = env.get("TELEGRAM_API_URL") or telegram.API_URL
    await telegram.serve(env["TELEGRAM_BOT_TOKEN"], desk, stop, api_url=url)


async def _guarded(door: Awaitable[None], stop: asyncio.Event) -> bool:
    """Whether a door stayed open to the end; if it broke, the others are closed in order too."""
    try:
        await door
    except Exception as error:
        LOG.error("%s", error, exc_info=LOG.isEnabledFor(logging.DEBUG))
        return False
    finally:
        stop.set()
    return True


def _tell(desk: Desk, host: str, port: int, *, telegram: bool) -> None:
    """Say where the desk is and what it knows."""
    shown = f"[{host}]" if ":" in host else host
    print(f"Shouwen 首问  http://{shown}:{port}/{'  and Telegram' if telegram else ''}")
    for hall in desk.guides.halls:
        services = sum(1 for _ in hall.services())
        name = hall.name.say(hall.languages[0])
        counts = f"{len(hall.offices)} offices, {services} services, {len(hall.windows)} windows"
        print(f"{name}: {counts}")
    print("Ctrl-C ends it.", flush=True)
