"""Carries notices: what citizens and clerks are told without having asked now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, TelegramError

from desk.notices import Notices
from doors.telegram.courier import Courier, Place
from doors.telegram.faults import described
from doors.telegram.noting import noted
from doors.telegram.polling import unless
from doors.telegram.rendering import keyboard, parts
from doors.telegram.staff_chats import StaffChats
from doors.telegram.updates import ChatOrder
from ledger.records import Notice

LOG = logging.getLogger("shouwen.telegram")

CITIZENS = "telegram:"
STAFF = "staff:"
TICK = 1.0
"""Seconds between two looks for notices."""


class Carrier:
    """Carries every notice to its chats, in the order of each chat; chats wait for no other."""

    def __init__(
        self, notices: Notices, courier: Courier, order: ChatOrder, staff: StaffChats
    ) -> None:
        self._notices = notices
        self._courier = courier
        self._order = order
        self._staff = staff
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Carry until the stop, and then what is in hand."""
        while not stop.is_set():
            for notice in await asyncio.to_thread(self._claimed):
                # One that waits for its chat very long is given out again.
                if notice.id not in self._in_hand:
                    self._in_hand[notice.id] = asyncio.create_task(self._carry(notice))
            await unless(stop, asyncio.sleep(TICK))
        await asyncio.gather(*self._in_hand.values())

    def _claimed(self) -> list[Notice]:
        addresses = [CITIZENS, *(STAFF + key for key in self._staff.chats)]
        return [notice for each in addresses for notice in self._notices.claim(each)]

    async def _carry(self, notice: Notice) -> None:
        try:
            reached = [await self._tell(notice, chat) for chat in self._chats(notice)]
            if any(reached) or notice.to.startswith(CITIZENS):
                await noted(self._notices.sent, notice)
        except TelegramError as error:
            LOG.warning("a notice waits (%s)", described(error))
        except Exception as error:  # noqa: BLE001 - one notice costs no other; its words stay out of the log
            LOG.error("a notice could not be carried. %s", described(error))
        finally:
            del self._in_hand[notice.id]

    def _chats(self, notice: Notice) -> Iterator[int]:
        if notice.to.startswith(CITIZENS):
            yield int(notice.to.removeprefix(CITIZENS))
        else:
            yield from self._staff.chats[notice.to.removeprefix(STAFF)]

    async def _tell(self, notice: Notice, chat: int) -> bool:
        """Whether the chat was told; a citizen who blocked the bot is not, nor is a chat that is
        not there."""
        rows = keyboard(notice.choices)
        buttons = InlineKeyboardMarkup(rows) if rows else None
        async with self._order.turn(chat):
            try:
                await self._courier.send(
                    Place(chat), parts(notice.text, buttons, receipt=notice.receipt)
                )
            except (Forbidden, BadRequest) as refusal:
                LOG.warning("%s is not reached: %s", notice.to, described(refusal))
                return False
        return True
