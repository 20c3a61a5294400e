"""Whether a message is meant for the bot, and what it says to it."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity
from telegram.ext import filters

MENTIONS: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]


class Addressed(filters.MessageFilter):
    """Passes what is said in a private chat, to the bot by name, or in reply to it."""

    def filter(self, message: Message) -> bool:
        """Whether this message is meant for the bot."""
        return message.chat.type == message.chat.PRIVATE or _answers(message) or _names(message)


class Answering(filters.MessageFilter):
    """Passes what is said in reply to the bot."""

    def filter(self, message: Message) -> bool:
        """Whether this message is a reply to the bot."""
        return _answers(message)


class Naming(filters.MessageFilter):
    """Passes what is said to the bot by name."""

    def filter(self, message: Message) -> bool:
        """Whether this message names the bot."""
        return _names(message)


def _answers(message: Message) -> bool:
    asked = message.reply_to_message
    return bool(asked and asked.from_user and asked.from_user.id == message.get_bot().id)


def _names(message: Message) -> bool:
    bot = message.get_bot()
    found = {
        **message.parse_entities(MENTIONS),
        **message.parse_caption_entities(MENTIONS),
    }
    return any(
        entity.user.id == bot.id if entity.user else text.lower() == bot.name.lower()
        for entity, text in found.items()
    )


def spoken(message: Message) -> str:
    """What the message says, without the bot's name."""
    name = re.escape(message.get_bot().name)
    return re.sub(rf"{name}(?!\w)", " ", message.text or "", flags=re.IGNORECASE).strip()
