"""What happens in the chats of the people behind the desk; nobody else can act as a clerk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

import telegram
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from desk.receipts.handling import Handling
from desk.texts import Texts
from doors.telegram.actions import Actions, Word, language_of
from doors.telegram.addressing import Answering, Naming, spoken
from doors.telegram.conversation import NEW, TEXTS, AnyApplication, Context
from doors.telegram.courier import Courier, Place
from doors.telegram.rendering import keyboard, parts
from doors.telegram.staff_chats import StaffChats
from facts.model import Hall
from ledger.records import LedgerError

LOG = logging.getLogger("shouwen.telegram")

COMMAND = "desk"
PRESSED = r"^(take|pass|pass_to|pass_for|not_ours|refuse|refuse_for|card):"


class Clerks:
    """The handlers for clerks. They come before those for citizens."""

    def __init__(
        self,
        handling: Handling,
        courier: Courier,
        staff: StaffChats,
        halls: Sequence[Hall],
        texts: Texts = TEXTS,
    ) -> None:
        self._courier = courier
        self._staff = staff
        self._texts = texts
        self._language = language_of(halls[0]) if halls else "en"
        self._actions = Actions(handling, texts, self._language)

    def attach(self, application: AnyApplication) -> None:
        """Register the handlers."""
        here = NEW & filters.Chat(self._staff.all)
        said = here & ~filters.COMMAND & ~filters.StatusUpdate.ALL
        application.add_handlers(
            (
                CommandHandler(COMMAND, self.open_receipts, here),
                MessageHandler(said & Answering() & filters.TEXT, self.reply),
                MessageHandler(said & Answering(), self.only_text),
                MessageHandler(said & filters.ChatType.PRIVATE & ~Naming(), self.hint),
                CallbackQueryHandler(self.press, PRESSED),
            )
        )

    async def open_receipts(self, update: Update, _: Context) -> None:
        """List what is to be answered by those who read this chat."""
        message = _message(update)
        keys = self._staff.keys_of(message.chat.id)
        word = await self._done(lambda: self._actions.open_receipts(keys))
        await self._tell(Place.beside(message), word)

    async def press(self, update: Update, _: Context) -> None:
        """Do what a button under a card says; in any other chat it does nothing."""
        query = update.callback_query
        if query is None or query.message is None or query.data is None:
            return
        chat, key, who = query.message.chat, query.data, query.from_user.full_name
        if chat.id not in self._staff.all:
            LOG.warning("a button for clerks was pressed in chat %s", chat.id)
            await self._courier.acknowledge(query.id, self._say("telegram_clerks_only"))
            return
        await self._courier.acknowledge(query.id)
        word = await self._done(lambda: self._actions.press(key, who))
        if word.done and chat.type != chat.PRIVATE:
            head, *rest = word.text.splitlines()
            told = self._say("telegram_done_by", text=head, who=who)
            word = Word("\n".join((told, *rest)), word.choices)
        await self._tell(Place.under(query.message), word)

    async def reply(self, update: Update, _: Context) -> None:
        """Take a reply to a card for the answer, or for what the card asked."""
        message = _message(update)
        asked, who = message.reply_to_message, message.from_user
        about = (asked.text or "") if asked else ""
        name = who.full_name if who else ""
        word = await self._done(lambda: self._actions.reply(about, spoken(message), name))
        await self._tell(Place.beside(message), word)

    async def only_text(self, update: Update, _: Context) -> None:
        """Ask for words instead of a picture."""
        place = Place.beside(_message(update))
        await self._tell(place, Word(self._say("telegram_clerk_only_text")))

    async def hint(self, update: Update, _: Context) -> None:
        """Say how a clerk answers, and how the bot is asked here."""
        await self._tell(Place.beside(_message(update)), self._hint())

    async def _done(self, act: Callable[[], Word | None]) -> Word:
        try:
            return await asyncio.to_thread(act) or self._hint()
        except LedgerError as error:
            LOG.error("a clerk could not be served: %s", error)
            return Word(self._say("telegram_clerk_failed"))

    def _hint(self) -> Word:
        return Word(self._say("telegram_clerk_hint"))

    async def _tell(self, place: Place, word: Word) -> None:
        rows = keyboard(word.choices)
        await self._courier.send(
            place, parts(word.text, InlineKeyboardMarkup(rows) if rows else None)
        )

    def _say(self, key: str, **values: object) -> str:
        return self._texts.say(key, self._language, **values)


def _message(update: Update) -> telegram.Message:
    assert update.message is not None  # noqa: S101
    return update.message
