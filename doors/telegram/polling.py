"""Long polling: fetches updates for as long as the door is open, whatever the network does."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Sequence
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
MOST = 100  # updates that Telegram shows at once, from the first unconfirmed one on
AGAIN = 0.3  # seconds between two looks while an update is at work
PATIENCE = 10.0  # seconds for the oldest update, where the others no longer fit beside it
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds between tries; the last goes on


class Polling:
    """Puts updates into the application's queue, each once.

    Telegram forgets an update that is confirmed, and keeps all others. So an update is confirmed
    when it and all before it are dealt with: what a crash interrupts comes again. Until then
    Telegram goes on showing it, with those that have come after it. One that takes very long is
    confirmed unfinished where nothing new can be seen beyond it: one chat that has to wait does
    not hold up all others.
    """

    def __init__(self, bot: ExtBot[Any], queue: asyncio.Queue[object], stop: asyncio.Event) -> None:
        self._bot = bot
        self._queue = queue
        self._stop = stop
        self._seen: set[int] = set()
        self._at_work: dict[int, float] = {}
        self._postponed: set[int] = set()
        self._next = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def run(self) -> None:
        """Fetch until the stop; what was fetched is then in the queue."""
        while not self._stop.is_set():
            updates = await until(self._stop, self._fetch)
            if updates is None:
                return
            self._take(updates)
            await unless(self._stop, self._finished())

    def done(self, update: int) -> None:
        """An update was dealt with, or is to come again."""
        if update in self._postponed:
            self._postponed.discard(update)
            return
        self._at_work.pop(update, None)
        if not self._at_work:
            self._idle.set()

    def postpone(self, update: int, wait: float) -> None:
        """Take an update whose answer could not be sent for new after so many seconds. It stays
        unconfirmed, so that it outlives this process too."""
        self._postponed.add(update)
        asyncio.get_running_loop().call_later(wait, self._forget, update)

    async def confirm(self) -> None:
        """Tell Telegram which updates have been dealt with; what waits there stays."""
        if not self._next:
            return
        try:
            await self._bot.get_updates(offset=self._offset, limit=1, timeout=0)
        except TelegramError as error:
            LOG.warning("the last messages may come again (%s)", error)

    @property
    def _offset(self) -> int:
        return min(self._at_work, default=self._next)

    async def _fetch(self) -> tuple[Update, ...]:
        return await self._bot.get_updates(
            offset=self._offset, limit=MOST, timeout=POLL, allowed_updates=ALLOWED
        )

    def _take(self, updates: Sequence[Update]) -> None:
        now = asyncio.get_running_loop().time()
        new = [each for each in updates if each.update_id not in self._seen]
        self._seen = {each.update_id for each in updates} | set(self._at_work)
        for each in new:
            self._at_work[each.update_id] = now
            self._idle.clear()
            self._queue.put_nowait(each)
            self._next = each.update_id + 1
        if not new and len(updates) >= MOST:
            self._give_up(now - PATIENCE)

    def _forget(self, update: int) -> None:
        self._seen.discard(update)

    def _give_up(self, before: float) -> None:
        """Confirm what is at work since so long: it is answered all the same, but a crash would
        lose it."""
        for update in [each for each, since in self._at_work.items() if since <= before]:
            LOG.warning("update %s takes long; it no longer holds up those after it", update)
            self.done(update)

    async def _finished(self) -> None:
        """Wait until all is dealt with, or for a moment."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), AGAIN)


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
