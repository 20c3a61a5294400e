"""Opens the doors on one desk in one event loop, and closes them in order."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from desk.desk import Desk
from doors.opening import database_of, users_of
from doors.reloading import Reloading
from doors.web.application import application
from doors.web.editors.routes import Editors
from doors.web.server import serve
from doors.web.staff.routes import Staff
from editing.guidebook import Guidebook
from ledger.records import LedgerError

LOG = logging.getLogger("shouwen.doors")
TICK = 5.0
"""Seconds between two looks at what is due."""
SWITCH = 0.0005
"""Seconds for which a thread that answers may keep the event loop waiting (Python's own: 0.005)."""


async def open_doors(
    desk: Desk, guides: Path, host: str, port: int, env: Mapping[str, str], reloading: Reloading
) -> int:
    """Serve until SIGINT or SIGTERM; the exit status is 1 where a door cannot be opened.

    The web door is always opened; Telegram where `TELEGRAM_BOT_TOKEN` is set. `guides` is the
    folder that the desk has read, which editors change.
    """
    sys.setswitchinterval(SWITCH)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    told = partial(_tell, desk, host, telegram=bool(env.get("TELEGRAM_BOT_TOKEN")))
    staff = Staff(desk.handling, desk.halls, users_of(env))
    editors = Editors(desk, Guidebook(guides), staff.gate, database_of(env))
    inside = [*staff.routes(), *editors.routes()]
    web = application(desk, staff=inside, faults=lambda: reloading.faults)
    doors: list[Awaitable[None]] = [
        serve(web, host=host, port=port, stop=stop, bound=told),
        _keep_up(desk, stop),
    ]
    if env.get("TELEGRAM_BOT_TOKEN"):
        doors.append(_telegram(desk, stop, env))
    ended = await asyncio.gather(*(_guarded(door, stop) for door in doors))
    return int(not all(ended))


async def _keep_up(desk: Desk, stop: asyncio.Event) -> None:
    """Ask the desk again and again what the clock wants; a ledger that is away is waited for."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(desk.keep_up)
        except LedgerError as error:
            LOG.error("reminders wait: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TICK)


async def _telegram(desk: Desk, stop: asyncio.Event, env: Mapping[str, str]) -> None:
    from doors.telegram import application as telegram  # noqa: PLC0415 - half a second that a hall without it need not pay
    from doors.telegram.staff_chats import StaffChats  # noqa: PLC0415

    url, staff = env.get("TELEGRAM_API_URL") or telegram.API_URL, StaffChats.of(env)
    await telegram.serve(env["TELEGRAM_BOT_TOKEN"], desk, stop, api_url=url, staff=staff)


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
