"""A hand-written desk for the door's tests: what it says is known beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desk.desk import now
from desk.message import Choice, Message, Outcome, Turn
from desk.notices import Notices
from desk.receipts.contacts import Contacts
from facts.model import Hall, Text
from ledger.memory import MemoryLedger

LOST = """补办社保卡：带身份证原件，当场就能拿到新卡。
材料：
1. 本人身份证原件
2. 近期一寸照片1张（没有可以现场拍）
· 代办还要带代办人的身份证
  代办人不用是亲属

窗口：2号 社会保障窗口（进门左手边第一个窗口），电话 0000-1234502
费用：不收费
网上也可以办：https://example.org/card?id=1。
数据核对日期：2026-11-01"""

CARD = Choice(key="t:card", label="社会保障卡申领")
PENSION = Choice(key="t:pension", label="城乡居民基本养老保险参保登记")
NUMBERED = f"1. {CARD.label}\n2. {PENSION.label}"
FEE = Choice(key="a:fee", label="收费吗")
HOURS = Choice(key="about:hall_hours", label="今天开门吗")


@dataclass(frozen=True)
class Guides:
    halls: tuple[Hall, ...] = (
        Hall(
            name=Text({"zh": "太平镇政务服务中心", "en": "Taiping Town Government Service Centre"}),
            languages=("zh", "en"),
            phone="0000-1234500",
        ),
    )


@dataclass
class FakeDesk:
    """Says what it was given, and remembers what it was asked."""

    guides: Guides = field(default_factory=Guides)
    asked: list[Message] = field(default_factory=list)
    welcomed: list[tuple[str, str, str | None]] = field(default_factory=list)
    before: Callable[[Message], None] | None = None
    had: list[str] = field(default_factory=list)
    notices: Notices = field(default_factory=lambda: Notices(MemoryLedger(), now))
    contacts: Contacts = field(default_factory=lambda: Contacts(MemoryLedger()))

    def told(self, session: str, message: str) -> None:
        self.had.append(message)

    def welcome(self, session: str, door: str, language: str | None) -> Turn:
        self.welcomed.append((session, door, language))
        reply = "您好，我是自动导办。\n您想办什么事？用一句话告诉我就行。"
        if language == "en":
            reply = "Hello, I am the automatic guide.\nTell me in one sentence what you need."
        return Turn(
            session=session,
            text="",
            language=language or "zh",
            outcome=Outcome.TALK,
            reply=reply,
            next=(HOURS, Choice(key="t:card", label="社保卡丢了怎么办")),
        )

    def answer(self, message: Message) -> Turn:
        self.asked.append(message)
        if self.before:
            self.before(message)
        return self._turn(message)

    def _turn(self, message: Message) -> Turn:
        language = message.language or "zh"
        if message.choice and message.choice.startswith("language:"):
            language = message.choice.removeprefix("language:")
            reply = "Now in English." if language == "en" else "现在用中文。"
            return _turn(message, language, Outcome.TALK, reply)
        if message.text in {"社保", "2"} and message.choice is None:
            if message.text == "社保":
                reply = "您想办的是哪一件？\n" + NUMBERED + "\n都不是，就说“都不是”。"
                return _turn(message, language, Outcome.CHOOSE, reply, choices=(CARD, PENSION))
            return _turn(message, language, Outcome.ANSWERED, "养老保险参保登记：带身份证。")
        if message.choice == "about:human":
            reply = (
                "已经替您登记，1号窗口会在1个工作日内答复。\n回执号 TP-1123-0007，查询打 12345。"
            )
            return _turn(message, language, Outcome.REGISTERED, reply, receipt="TP-1123-0007")
        return _turn(message, language, Outcome.ANSWERED, LOST, next=(FEE, HOURS))


def _turn(
    message: Message,
    language: str,
    outcome: Outcome,
    reply: str,
    *,
    choices: tuple[Choice, ...] = (),
    next: tuple[Choice, ...] = (),  # noqa: A002 - a turn's own word
    receipt: str | None = None,
) -> Turn:
    return Turn(
        session=message.session,
        text=message.text,
        language=language,
        outcome=outcome,
        reply=reply,
        choices=choices,
        next=next,
        receipt=receipt,
    )
