"""A desk that answers without guides, and a door that is open to the stand-in."""

from __future__ import annotations

import asyncio
import functools
import ssl
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from unittest import mock

from stand_in import TOKEN, StandIn

from desk.desk import now
from desk.knowledge import TEXTS
from desk.message import Choice, Message, Outcome, Turn
from desk.notices import Notices
from desk.receipts.contacts import Contacts
from desk.receipts.handling import Handling
from desk.receipts.letters import Letters
from desk.receipts.terms import Terms
from desk.topics import Topics
from doors.telegram.application import NOBODY, serve
from doors.telegram.desk import Desk
from doors.telegram.staff_chats import StaffChats
from facts.model import Hall, Text
from ledger.memory import MemoryLedger

# Reading the certificates of the world takes longer than a whole test.
certificates = functools.cache(ssl.create_default_context)

PHONE = "0000-1234500"
HALL = Hall(
    id="taiping", name=Text({"zh": "太平镇政务服务中心"}), languages=("zh", "en"), phone=PHONE
)
NEXT = (
    Choice(key="id_card materials", label="材料", about="materials"),
    Choice(key="id_card fee", label="费用", about="fee"),
)
CHOICES = (
    Choice(key="id_card first", label="首次申领", case="first"),
    Choice(key="id_card lost", label="丢失补领", case="lost"),
)
LONG = "\n\n".join(f"第{each}项：" + "请带好材料。" * 100 for each in range(1, 16))


@dataclass(frozen=True)
class FakeGuides:
    halls: tuple[Hall, ...] = (HALL,)


class FakeDesk:
    """Says back what it heard; some words make it say something else."""

    def __init__(self) -> None:
        self.guides = FakeGuides()
        self.ledger = MemoryLedger()
        self.notices = Notices(self.ledger, now)
        letters = Letters(Topics(()), {}, TEXTS)
        self.handling = Handling(
            self.ledger, lambda: (letters, Terms({})), now, Contacts(self.ledger)
        )
        self.heard: list[Message] = []
        self.reached: list[tuple[str, str]] = []
        self._lock = threading.Lock()

    def told(self, session: str, message: str) -> None:
        self.reached.append((session, message))

    def answer(self, message: Message) -> Turn:
        if message.id and (message.session, message.id) in self.reached:
            return Turn.known_to(message.session, message.text, "zh")
        with self._lock:
            self.heard.append(message)
        if message.text == "坏了":
            raise RuntimeError(message.text)
        switched = (message.choice or "").partition("language:")[2]
        reply = f"答：{message.text}"
        choices: tuple[Choice, ...] = ()
        next_: tuple[Choice, ...] = NEXT
        if message.text == "身份证":
            reply, choices, next_ = "请问是哪一种？", CHOICES, ()
        elif message.text == "键太长":
            choices = (Choice(key="k" * 65, label="费用"),)
        elif message.text == "全部":
            reply = LONG
        return Turn(
            session=message.session,
            text=message.text,
            language=switched or message.language or "zh",
            outcome=Outcome.CHOOSE if choices else Outcome.ANSWERED,
            reply=reply,
            choices=choices,
            next=next_,
        )

    def welcome(self, session: str, door: str, language: str | None) -> Turn:
        return Turn(
            session=session,
            text="",
            language=language or "zh",
            outcome=Outcome.TALK,
            reply=f"welcome {session} {door} {language}",
            next=NEXT,
        )


@asynccontextmanager
async def open_door(
    desk: Desk, at: StandIn | None = None, staff: StaffChats = NOBODY
) -> AsyncIterator[StandIn]:
    """A door that polls a stand-in; it closes cleanly at the end."""
    async with at or StandIn() as api:
        stop = asyncio.Event()
        with mock.patch.object(ssl, "create_default_context", certificates):
            door = asyncio.create_task(serve(TOKEN, desk, stop, api_url=api.url, staff=staff))
            await api.until(lambda: bool(api.calls) or door.done())
        try:
            await api.until(lambda: api.polls > 0 or door.done())
            yield api
        finally:
            stop.set()
            await api.release()
            await asyncio.wait_for(door, 8)
