"""Opens the Telegram door and closes it again without losing a question."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from desk.texts import Texts
from doors.telegram.conversation import COMMANDS, TEXTS, AnyApplication, Conversation, Desk
from doors.telegram.courier import Courier
from doors.telegram.polling import Polling, until
from doors.telegram.secrecy import guard_logs
from doors.telegram.updates import ChatOrder

LOG = logging.getLogger("shouwen.telegram")

API_URL = "https://api.telegram.org"


class TokenError(Exception):
    """The Bot API does not know the token."""

    def __init__(self, api_url: str) -> None:
        super().__init__(
            f"{api_url} does not accept the bot's token. Copy it again from @BotFather, "
            "and check TELEGRAM_API_URL if you have set it."
        )


async def serve(token: str, desk: Desk, stop: asyncio.Event, *, api_url: str = API_URL) -> None:
    """Answer on Telegram until the stop is set and every message taken by then is answered.

    While Telegram cannot be reached, it is tried again. Raises `TokenError` at the start.
    """
    guard_logs()
    application = build(token, desk, api_url)
    try:
        if await until(stop, lambda: _connected(application, api_url)):
            await name_commands(application, desk)
            await _converse(application, stop)
    finally:
        await application.shutdown()
        await application.bot.shutdown()


def build(token: str, desk: Desk, api_url: str = API_URL) -> AnyApplication:
    """The application with all its handlers, not yet connected."""
    application: AnyApplication = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .updater(None)
        .job_queue(None)
        .concurrent_updates(ChatOrder())
        .build()
    )
    Conversation(desk, Courier(application.bot)).attach(application)
    return application


async def name_commands(application: AnyApplication, desk: Desk, texts: Texts = TEXTS) -> None:
    """Set the menu of commands: the hall's language for all, and each language for its own."""
    own = next((hall.languages[0] for hall in desk.guides.halls), "en")
    for code, language in ((None, own), *((each, each) for each in texts.languages)):
        commands = [(each, texts.say(f"telegram_command_{each}", language)) for each in COMMANDS]
        try:
            await application.bot.set_my_commands(commands, language_code=code)
        except TelegramError as error:
            LOG.warning("the menu of commands was not set (%s)", error)


async def _connected(application: AnyApplication, api_url: str) -> bool:
    try:
        await application.initialize()
    except InvalidToken:
        # The error from below has the token in its text.
        raise TokenError(api_url) from None
    await application.bot.delete_webhook()
    return True


async def _converse(application: AnyApplication, stop: asyncio.Event) -> None:
    polling = Polling(application.bot, application.update_queue, stop)
    await application.start()
    LOG.info("%s answers", application.bot.name)
    try:
        await polling.run()
    finally:
        await application.stop()
        await polling.confirm()
