"""Opens the Telegram door and closes it again without losing a question."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from telegram import BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from desk.texts import Texts
from doors.telegram.actions import language_of
from doors.telegram.carrying import Carrier
from doors.telegram.clerks import COMMAND, Clerks
from doors.telegram.conversation import COMMANDS, TEXTS, AnyApplication, Conversation
from doors.telegram.courier import Courier
from doors.telegram.desk import Desk
from doors.telegram.polling import Polling, until
from doors.telegram.secrecy import guard_logs
from doors.telegram.staff_chats import StaffChats
from doors.telegram.updates import ChatOrder

LOG = logging.getLogger("shouwen.telegram")

API_URL = "https://api.telegram.org"
NOBODY = StaffChats()


class TokenError(Exception):
    """The Bot API does not know the token."""

    def __init__(self, api_url: str) -> None:
        super().__init__(
            f"{api_url} does not accept the bot's token. Copy it again from @BotFather, "
            "and check TELEGRAM_API_URL if you have set it."
        )


async def serve(
    token: str,
    desk: Desk,
    stop: asyncio.Event,
    *,
    api_url: str = API_URL,
    staff: StaffChats = NOBODY,
) -> None:
    """Answer on Telegram until the stop is set and every message taken by then is answered.

    While Telegram cannot be reached, it is tried again. Raises `TokenError` at the start.
    """
    guard_logs()
    staff.warn(desk.guides.halls)
    order = ChatOrder()
    application = build(token, order, api_url)
    courier = Courier(application.bot)
    Clerks(desk.handling, courier, staff, desk.guides.halls).attach(application)
    conversation = Conversation(desk, courier)
    conversation.attach(application)
    carrier = Carrier(desk.notices, courier, order, staff)
    try:
        if await until(stop, lambda: _connected(application, api_url)):
            await name_commands(application, desk, staff)
            polling = Polling(application.bot, application.update_queue, stop)
            order.done, conversation.postpone = polling.done, polling.postpone
            await _converse(application, polling, carrier, stop)
    finally:
        await application.shutdown()
        await application.bot.shutdown()


def build(token: str, order: ChatOrder, api_url: str = API_URL) -> AnyApplication:
    """The application, without handlers and not yet connected."""
    return (
        Application.builder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .updater(None)
        .job_queue(None)
        .concurrent_updates(order)
        .build()
    )


async def name_commands(
    application: AnyApplication, desk: Desk, staff: StaffChats, texts: Texts = TEXTS
) -> None:
    """Set the menu of commands: the hall's language for all, and each language for its own; the
    chats of clerks have one command more."""
    own = next((language_of(hall) for hall in desk.guides.halls), "en")

    async def name(names: Iterable[str], language: str, **for_whom: Any) -> None:
        commands = [(each, texts.say(f"telegram_command_{each}", language)) for each in names]
        try:
            await application.bot.set_my_commands(commands, **for_whom)
        except TelegramError as error:
            LOG.warning("the menu of commands was not set (%s)", error)

    await name(COMMANDS, own)
    for language in texts.languages:
        await name(COMMANDS, language, language_code=language)
    for chat in sorted(staff.all):
        await name((COMMAND, *COMMANDS), own, scope=BotCommandScopeChat(chat))


async def _connected(application: AnyApplication, api_url: str) -> bool:
    try:
        await application.initialize()
    except InvalidToken:
        # The error from below has the token in its text.
        raise TokenError(api_url) from None
    await application.bot.delete_webhook()
    return True


async def _converse(
    application: AnyApplication, polling: Polling, carrier: Carrier, stop: asyncio.Event
) -> None:
    await application.start()
    LOG.info("%s answers", application.bot.name)
    try:
        await asyncio.gather(polling.run(), carrier.run(stop))
    finally:
        stop.set()
        await application.stop()
        await polling.confirm()
