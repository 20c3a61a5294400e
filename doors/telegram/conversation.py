"""What happens with each update: hand it to the desk, and carry the turn back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Forbidden
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from desk.message import Message, Turn
from desk.texts import Texts
from doors.telegram.addressing import Addressed, spoken
from doors.telegram.courier import Courier, Place, harmless, later
from doors.telegram.desk import Desk
from doors.telegram.faults import described
from doors.telegram.noting import noted
from doors.telegram.rendering import Part, parts, rendered
from facts.model import Location

LOG = logging.getLogger("shouwen.telegram")

Context = CallbackContext[Any, Any, Any, Any]
AnyApplication = Application[Any, Any, Any, Any, Any, Any]

DOOR = "telegram"
LAST_RESORT = "12345"  # the government service hotline, where a hall tells no phone
REMEMBERED = 10_000  # chats
TEXTS = Texts(Path(__file__).parent.parent / "texts")
MENU = {
    "help": "about:help",
    "windows": "about:hall_services",
    "hours": "about:hall_hours",
    "receipt": "about:receipt_status",
    "mydata": "about:my_data",
    "forget": "about:forget",
}
COMMANDS = ("start", *MENU, "language")
NEW = filters.UpdateType.MESSAGE


class Conversation:
    """The handlers of one bot. What citizens say goes to the desk and into no log.

    `postpone` is called with the number of an update whose answer could not be sent, and with the
    seconds after which it is to be handled again.
    """

    def __init__(self, at: Desk, courier: Courier, texts: Texts = TEXTS) -> None:
        self.postpone: Callable[[int, float], object] = lambda *_: None
        self._desk = at
        self._courier = courier
        self._texts = texts
        self._languages: dict[int, str] = {}
        self._pressed: dict[int, tuple[int, str]] = {}

    def attach(self, application: AnyApplication) -> None:
        """Register the handlers; the first that fits an update takes it."""
        command, text = filters.COMMAND, filters.TEXT
        handlers = (
            CommandHandler("start", self.start, NEW),
            CommandHandler("language", self.language, NEW),
            CommandHandler(list(MENU), self.menu, NEW),
            MessageHandler(NEW & command & filters.ChatType.PRIVATE, self.menu),
            MessageHandler(NEW & text & ~command & Addressed(), self.text),
            MessageHandler(NEW & filters.LOCATION & Addressed(), self.location),
            MessageHandler(NEW & ~text & ~filters.StatusUpdate.ALL & Addressed(), self.only_text),
            CallbackQueryHandler(self.press),
        )
        application.add_handlers(handlers)
        application.add_error_handler(self.fault)

    async def start(self, update: Update, _: Context) -> None:
        """Greet, and say what one may ask."""
        message = _message(update)
        language = self._spoken(message.chat.id, message.from_user)
        welcome = asyncio.to_thread(self._desk.welcome, _session(message.chat.id), DOOR, language)
        await self._tell(Place.beside(message), welcome)

    async def menu(self, update: Update, _: Context) -> None:
        """Answer a command; one that nobody knows is led back to the help."""
        message = _message(update)
        name, *about = (message.text or "")[1:].split(maxsplit=1)
        command = name.partition("@")[0].lower()
        known = command if command in MENU else "help"
        language = self._language(message.chat.id, message.from_user)
        label = self._texts.say(f"telegram_command_{known}", language)
        said = about[0] if about and known == "receipt" else label
        await self._ask(Place.beside(message), _id(message), said, MENU[known])

    async def text(self, update: Update, context: Context) -> None:
        """Answer a question; the bot's bare name is taken for a greeting."""
        message = _message(update)
        if question := spoken(message):
            await self._ask(Place.beside(message), _id(message), question)
        else:
            await self.start(update, context)

    async def press(self, update: Update, _: Context) -> None:
        """Answer a pressed button, once for a double press."""
        query = update.callback_query
        if query is None or query.message is None or query.data is None:
            return
        place, press = Place.of(query.message), (query.message.message_id, query.data)
        acknowledged = self._courier.acknowledge(query.id)
        if self._pressed.get(place.chat) == press:
            await acknowledged
            return
        await self._ask(place, query.id, _label(query), query.data, acknowledged, pressed=press[0])
        _remember(self._pressed, place.chat, press)

    async def language(self, update: Update, _: Context) -> None:
        """Ask which language to speak."""
        message = _message(update)
        buttons = [
            InlineKeyboardButton(
                self._texts.say("telegram_language", language), callback_data=f"language:{language}"
            )
            for language in reversed(self._texts.languages)
        ]
        question = self._texts.say("telegram_choose_language", self._own_language)
        await self._send(Place.beside(message), parts(question, InlineKeyboardMarkup([buttons])))

    async def location(self, update: Update, _: Context) -> None:
        """Answer a shared place: what is nearest. It goes to the desk and is kept nowhere."""
        message = _message(update)
        shared = message.location
        assert shared is not None  # noqa: S101 - the filter lets nothing else pass
        here = Location(lat=shared.latitude, lon=shared.longitude)
        label = self._texts.say(
            "telegram_location", self._language(message.chat.id, message.from_user)
        )
        await self._ask(Place.beside(message), _id(message), label, location=here)

    async def only_text(self, update: Update, _: Context) -> None:
        """Lead back from a photo or a voice message to words."""
        message = _message(update)
        text = self._say("telegram_only_text", message.chat.id, message.from_user)
        await self._send(Place.beside(message), parts(text))

    async def fault(self, update: object, context: Context) -> None:
        """Log a fault without the citizen's words, and tell the citizen who helps now. What only
        could not be sent is sent later."""
        error = context.error
        if error is None or harmless(error):
            return
        LOG.error("a message could not be answered. %s", described(error))
        chat = update.effective_chat if isinstance(update, Update) else None
        if not isinstance(update, Update) or chat is None or isinstance(error, Forbidden):
            return
        if (wait := later(error)) is not None:
            self.postpone(update.update_id, wait)
            return
        text = self._say("telegram_fault", chat.id, update.effective_user)
        await self._courier.courtesy(self._courier.send(Place(chat.id), parts(text)))

    async def _ask(
        self,
        place: Place,
        identity: str,
        text: str,
        choice: str | None = None,
        *courtesies: Awaitable[None],
        pressed: int | None = None,
        location: Location | None = None,
    ) -> None:
        # Written words tell their language; a button speaks the language of the last answer.
        message = Message(
            text=text,
            session=_session(place.chat),
            door=DOOR,
            language=self._languages.get(place.chat) if choice or location else None,
            choice=choice,
            location=location,
            id=identity,
        )
        turn = asyncio.to_thread(self._desk.answer, message)
        await self._tell(place, turn, *courtesies, pressed=pressed)
        await noted(self._desk.told, message.session, identity)

    async def _tell(
        self,
        place: Place,
        turn: Awaitable[Turn],
        *courtesies: Awaitable[None],
        pressed: int | None = None,
    ) -> None:
        signs = asyncio.gather(self._courier.typing(place), *courtesies)
        answer = await turn
        await signs
        _remember(self._languages, place.chat, answer.language)
        if answer.in_place:
            place = replace(place, edits=pressed)
        if not answer.told:
            await self._send(place, rendered(answer))

    async def _send(self, place: Place, messages: Iterable[Part]) -> None:
        self._pressed.pop(place.chat, None)
        await self._courier.send(place, messages)

    def _say(self, key: str, chat: int, user: telegram.User | None) -> str:
        halls = self._desk.guides.halls
        phone = (halls[0].phone if halls else None) or LAST_RESORT
        return self._texts.say(key, self._language(chat, user), phone=phone)

    @property
    def _own_language(self) -> str:
        halls = self._desk.guides.halls
        return halls[0].languages[0].partition("-")[0] if halls else "en"

    def _language(self, chat: int, user: telegram.User | None) -> str:
        return self._spoken(chat, user) or self._own_language

    def _spoken(self, chat: int, user: telegram.User | None) -> str | None:
        code = user.language_code if user else None
        return self._languages.get(chat) or (code and ("zh" if code.startswith("zh") else "en"))


def _message(update: Update) -> telegram.Message:
    # Every handler but that of buttons takes new messages only.
    assert update.message is not None  # noqa: S101
    return update.message


def _id(message: telegram.Message) -> str:
    return str(message.message_id)


def _session(chat: int) -> str:
    return f"{DOOR}:{chat}"


def _label(query: telegram.CallbackQuery) -> str:
    markup = query.message.reply_markup if isinstance(query.message, telegram.Message) else None
    buttons = [each for row in markup.inline_keyboard for each in row] if markup else []
    return next((each.text for each in buttons if each.callback_data == query.data), "")


def _remember(memory: dict[int, Any], chat: int, value: object) -> None:
    memory.pop(chat, None)
    memory[chat] = value
    if len(memory) > REMEMBERED:
        del memory[next(iter(memory))]
