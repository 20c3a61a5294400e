"""Long polling: fetches updates for as long as the door is open, whatever the network does."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Update
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from doors.telegram.courier import seconds

LOG = logging.getLogger("shouwen.telegram")

T = TypeVar("T")

ALLOWED = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL = timedelta(seconds=25)
CONFIRM_AFTER = 0.3  # seconds
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds between tries; the last goes on


class Polling:
    """Puts updates into the application's queue.

    Asking for the next updates tells Telegram that the last ones have arrived. That waits until
    they are answered, or for a moment: a crash then loses no question but those that take longer.
    """

    def __init__(self, bot: ExtBot[Any], queue: asyncio.Queue[object], stop: asyncio.Event) -> None:
        self._bot = bot
        self._queue = queue
        self._stop = stop
        self._offset = 0

    async def run(self) -> None:
        """Fetch until the stop; what was fetched is then in the queue."""
        while not self._stop.is_set():
            updates = await until(self._stop, self._fetch)
            for update in updates or ():
                self._queue.put_nowait(update)
                self._offset = update.update_id + 1
            if updates:
                await self._answered()

    async def confirm(self) -> None:
        """Tell Telegram that all updates fetched have been dealt with; what waits there stays."""
        if not self._offset:
            return
        try:
            await self._bot.get_updates(offset=self._offset, limit=1, timeout=0)
        except TelegramError as error:
            LOG.warning("the last messages may come again (%s)", error)

    async def _fetch(self) -> tuple[Update, ...]:
        return await self._bot.get_updates(
            offset=self._offset, timeout=POLL, allowed_updates=ALLOWED
        )

    async def _answered(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), CONFIRM_AFTER)


async def until(stop: asyncio.Event, call: Callable[[], Awaitable[T]]) -> T | None:
    """Call until it succeeds, with growing pauses while Telegram is away; None once stopped."""
    pauses = itertools.chain(PAUSES, itertools.repeat(PAUSES[-1]))
    while not stop.is_set():
        try:
            return await unless(stop, call())
        except RetryAfter as wait:
            pause = seconds(wait)
        except TelegramError as error:
            pause = next(pauses)
            LOG.warning("%s: %s; next try in %g s", type(error).__name__, error, pause)
        await unless(stop, asyncio.sleep(pause))
    return None


async def unless(stop: asyncio.Event, call: Awaitable[T]) -> T | None:
    """What the call gives, or None if the stop comes first; the call is then cancelled."""
    work = asyncio.ensure_future(call)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        work.cancel()
        stopped.cancel()
        await asyncio.gather(work, stopped, return_exceptions=True)
