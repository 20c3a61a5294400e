"""The order of updates: one after another within a chat, chats side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64
WAITING = 4096


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat in the order of their coming, and many chats at once.

    An update that waits for its chat takes no place among those at work, so that one busy chat
    holds up nobody else. `done` is called with the number of each update that was dealt with.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self.done: Callable[[int], object] = int
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._room = asyncio.Semaphore(at_once)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update when its chat's turn has come."""
        chat = update.effective_chat if isinstance(update, Update) else None
        async with self.turn(chat.id) if chat else asyncio.Lock(), self._room:
            await coroutine
        if isinstance(update, Update):
            self.done(update.update_id)

    def turn(self, chat: int) -> asyncio.Lock:
        """What is said in a chat is said with this lock held: in order, and nothing between."""
        return self._chats.setdefault(chat, asyncio.Lock())

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to clear away."""
