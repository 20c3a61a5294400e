"""Carries messages to Telegram: paced, tried again, and told in plain text if refused."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from telegram import LinkPreviewOptions, MaybeInaccessibleMessage, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from doors.telegram.rendering import Part

LOG = logging.getLogger("shouwen.telegram")

A_SECOND = 30  # messages over all chats, after Telegram's FAQ for bots
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between tries
LATER = 30.0  # seconds, after all of them
PATIENCE = 120.0  # seconds; who is told to wait longer gives up
BRIEFLY = 2.0  # seconds; the answer waits no longer for what it does not need
HARMLESS = ("message is not modified", "query is too old", "query id is invalid")

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a chat, perhaps a topic of it and the message it answers.

    `edits` is the bot's own message whose place it takes.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None
    edits: int | None = None

    @classmethod
    def beside(cls, message: Message) -> Place:
        """Where to answer this message; in a group the answer quotes it."""
        private = message.chat.type == message.chat.PRIVATE
        return cls(
            message.chat.id,
            message.message_thread_id if message.is_topic_message else None,
            None if private else message.message_id,
        )

    @classmethod
    def under(cls, message: MaybeInaccessibleMessage) -> Place:
        """Where to answer a button under this message of the bot, which the answer quotes."""
        return replace(cls.of(message), reply_to=message.message_id)

    @classmethod
    def of(cls, message: MaybeInaccessibleMessage) -> Place:
        """The chat of a message of the bot, and the topic where that is still known."""
        if isinstance(message, Message) and message.is_topic_message:
            return cls(message.chat.id, message.message_thread_id)
        return cls(message.chat.id)


def seconds(wait: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    told = wait.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)


def harmless(error: BaseException) -> bool:
    """Whether this refusal costs nobody anything: an old button, a message as it was."""
    return isinstance(error, BadRequest) and any(each in str(error).lower() for each in HARMLESS)


def later(error: BaseException) -> float | None:
    """After how many seconds a message may be sent that could not be sent now; None for never."""
    if isinstance(error, RetryAfter):
        return seconds(error)
    return LATER if isinstance(error, NetworkError) and not isinstance(error, BadRequest) else None


class Courier:
    """Sends what a chat is told. A wait for one chat holds up no other."""

    def __init__(
        self,
        bot: ExtBot[Any],
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._sleep = sleep
        self._clock = clock
        self._due = -math.inf

    async def send(self, place: Place, parts: Iterable[Part]) -> None:
        """Send the parts in order; each is tried again until Telegram has it.

        Raises `TelegramError` where Telegram refuses even the plain text, or stays away.
        """
        for part in parts:
            try:
                place = await self._send(
                    place, part.html, parse_mode=ParseMode.HTML, reply_markup=part.buttons
                )
            except BadRequest as refusal:
                if harmless(refusal):
                    continue
                if place.edits is not None:
                    LOG.info("%s; it goes out as a new message", refusal)
                    await self.send(replace(place, edits=None), [part])
                    continue
                LOG.warning("Telegram refuses a message (%s); it goes out as plain text", refusal)
                unparsable = "can't parse entities" in str(refusal).lower()
                buttons = part.buttons if unparsable else None
                place = await self._send(Place(place.chat), part.text, reply_markup=buttons)

    async def typing(self, place: Place) -> None:
        """Show that an answer is coming."""
        action = self._bot.send_chat_action(
            place.chat,
            ChatAction.TYPING,
            message_thread_id=place.thread,
            connect_timeout=BRIEFLY,
            read_timeout=BRIEFLY,
        )
        await self.courtesy(action)

    async def acknowledge(self, query: str, text: str | None = None) -> None:
        """Take the waiting sign off the button that was pressed; a text is shown in its place."""
        answer = self._bot.answer_callback_query(
            query, text, connect_timeout=BRIEFLY, read_timeout=BRIEFLY
        )
        await self.courtesy(answer)

    async def courtesy(self, call: Awaitable[object]) -> None:
        """Await a call that no answer depends on."""
        try:
            await call
        except TelegramError as error:
            if not harmless(error):
                LOG.info("%s: %s", type(error).__name__, error)

    async def _send(self, place: Place, text: str, **how: Any) -> Place:
        for pause in (*PAUSES, None):
            await self._pace()
            try:
                await self._try(place, text, **how)
            except ChatMigrated as moved:
                LOG.warning("chat %s is now %s", place.chat, moved.new_chat_id)
                moved_to = replace(place, chat=moved.new_chat_id, reply_to=None)
                return await self._send(moved_to, text, **how)
            except BadRequest:
                raise
            except (RetryAfter, NetworkError) as error:
                wait = seconds(error) if isinstance(error, RetryAfter) else pause
                if pause is None or wait is None or wait > PATIENCE:
                    raise
                LOG.info("%s; next try in %.1f s", error, wait)
                await self._sleep(wait)
            else:
                break
        return place

    async def _try(self, place: Place, text: str, **how: Any) -> None:
        preview = LinkPreviewOptions(is_disabled=True)
        if place.edits is not None:
            await self._bot.edit_message_text(
                text, place.chat, place.edits, link_preview_options=preview, **how
            )
            return
        reply = None
        if place.reply_to is not None:
            reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True)
        await self._bot.send_message(
            place.chat,
            text,
            message_thread_id=place.thread,
            reply_parameters=reply,
            link_preview_options=preview,
            **how,
        )

    async def _pace(self) -> None:
        now = self._clock()
        self._due = max(self._due + 1 / A_SECOND, now)
        if self._due > now:
            await self._sleep(self._due - now)
