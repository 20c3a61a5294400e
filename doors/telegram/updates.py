"""The order of updates: one after another within a chat, chats side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64
WAITING = 4096


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat in the order of their coming, and many chats at once.

    An update that waits for its chat takes no place among those at work, so that one busy chat
    holds up nobody else.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        super().__init__(max_concurrent_updates=WAITING)
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._room = asyncio.Semaphore(at_once)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update when its chat's turn has come."""
        async with self._turn(update), self._room:
            await coroutine

    def _turn(self, update: object) -> asyncio.Lock:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            return asyncio.Lock()
        return self._chats.setdefault(chat.id, asyncio.Lock())

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to clear away."""
