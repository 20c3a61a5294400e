"""Situations of a hall, as tables, in which the desk says everything that it can say."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hall_desk import AT, HERE, neighbour
from service_hall import NOBODYS, Office, staffed

from desk.asked import LATER, OF_HALL, TALK
from desk.desk import Desk
from desk.message import Message, Turn
from desk.places import ABOUT_HALL
from desk.receipts.aftercare import LEVELS, REASONS
from desk.receipts.cards import Done
from desk.receipts.categories import CATEGORIES
from desk.receipts.contacts import new_key
from desk.register import lines, registers
from desk.telling import TOLD
from facts.guides import Guides, read_guides
from facts.model import Closure, Hall, Location, Text
from ledger.memory import MemoryLedger
from ledger.records import Entry, LedgerError, Receipt

DAY = timedelta(days=1)
CLOCKS = (
    "2026-11-23 09:00",
    "2026-11-23 13:00",
    "2026-11-23 19:00",
    "2026-11-27 19:00",
    "2026-12-03 15:00",
    "2026-12-31 09:00",
    "2027-12-30 09:00",
)
"""Open, over lunch, in the evening, before a weekend, during two closures, and in a later year."""
CONVERSATIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "zh": (
        ("你好", "你能干什么", "说中文", "你会说什么语言", "表扬一下", "谢谢", "再见"),
        ("居住证要带什么", "照片也要吗", "户口本要不要", "监护人同意书要不要", "没解决"),
        ("高龄津贴要带什么", "居住证也要吗"),
        ("居住证带了身份证，还缺什么", "房产证复印件", "都有了"),
        ("食品经营许可证带了营业执照，还缺什么",),
        ("办证", "居住", "都不是"),
        ("身份证", "1"),
        (NOBODYS, "我那个问题怎么样了", "我想补充一下", "是一楼的邻居", "没解决"),
        ("我要投诉2号窗口", "匿名投诉2号窗口态度差", "ZZZZZ2 怎么样了"),
        ("回执", "补充一句", "你们留了我什么", "删除我的记录"),
        ("有人要跳楼", "居住证急办，明天就要", "我八十岁走不动，居住证怎么办"),
        ("护照很急，明天出国", "打官司很急", "高龄津贴急，今天就要"),
        ("柳树村能办高龄津贴吗", "柳树村能办居住证吗", "柳树村能办开小吃店吗"),
        ("我要开小吃店", "下一步", "下一步", "下一步", "下一步", "下一步"),
        ("3号窗口在哪", "A4窗口", "养老窗口", "居住服务所", "柳树村便民服务站"),
        ("居住证去哪办最近", "离我最近的在哪"),
        ("青石证带了身份证，还缺什么", "登记照要不要", "身份证复印件"),
        ("石墙登记带了身份证，还缺什么",),
        ("石桥村能办盖石头房吗", "水井", "石"),
        ("出版物经营许可证怎么办",),
        ("老年证带了委托书，还缺什么",),
        ("明天上班吗", "周六上班吗", "31号上班吗"),
    ),
    "en": (
        (
            "hello",
            "what can you do",
            "speak English",
            "what languages",
            "well done",
            "thanks",
            "bye",
        ),
        ("residence permit documents", "do I need a photo?", "is the household register needed"),
        ("I have my identity card for the residence permit, what else do I need", "everything"),
        ("I need a permit", "none of these"),
        ("my neighbour plays the piano at night, what can be done", "not solved"),
        ("I want to complain about window 2", "an anonymous complaint about window 2"),
        ("what do you know about me", "delete my data"),
        ("residence permit, urgent, flight tomorrow", "I am 80 and cannot walk, residence permit"),
        ("passport, urgent, flight tomorrow",),
        ("I have a letter of authority for the senior card, what else do I need",),
        (
            "Qingshi card, I have my identity card, what else do I need",
            "do I need a passport photo",
        ),
        ("I have a copy of my identity card for the Qingshi card, what else do I need",),
        ("I have the identity card for the wall registration, what else do I need",),
        ("old age allowance documents", "is the residence permit needed"),
        ("I have my bank card for the old age allowance, what else do I need",),
        ("residence permit documents", "do I need the consent of a guardian"),
        ("I have the business licence for the food permit, what else do I need",),
        ("my neighbour is trying to kill me",),
        ("permit", "identity card", "card"),
        ("I want to add something", "has my question been answered"),
        ("old age allowance in Liushu", "residence permit in Liushu", "eatery in Liushu"),
        ("building a stone house in Shiqiao village",),
        ("I would like to sell books",),
        ("residence permit fee", "that did not help"),
        ("I have the identity card and the title deed for the residence permit, what else",),
        ("old age allowance fee", "can I get it in Liushu"),
        ("building a stone house", "can I do that in Shiqiao"),
        ("opening a restaurant", "next step", "next step", "next step", "next step", "next step"),
        ("are you open tomorrow", "open on Saturday?", "is the hall open on the 31st"),
    ),
}

ABOUT = tuple(sorted({*TOLD, *OF_HALL}))
BRIEFLY = ("overview", "place", "duration", "hours", "nearest")
BARE = Hall(id="bare", name=Text({"zh": "空厅", "en": "Bare hall"}), languages=("zh", "en"))
MATTERS = HERE / "rarities_matters"
PLAIN_BUTTONS = (
    "about:receipt_status",
    *(f"about:{each}" for each in (*ABOUT_HALL, *LATER, *TALK, "human", "location", "next_step")),
    "forget:no",
    "language:zh",
    "language:en",
)
HERE_AND_THERE = (Location(lat=30.0, lon=118.0), Location(lat=30.2, lon=118.2))


@functools.cache
def rarities() -> Hall:
    """The hall of `rarities/`."""
    (found,) = read_guides(HERE / "rarities").halls
    return found


def lonely() -> Hall:
    """A hall of another country with one service, and neither windows nor phone."""
    office = replace(rarities().offices[0], services=rarities().offices[0].services[:1], window=())
    return replace(BARE, holidays="GB-ENG", time_zone="Europe/London", offices=(office,))


def shut() -> Hall:
    """A hall that stays closed."""
    return staffed(closed=(Closure(date=AT.date(), until=AT.date() + 400 * DAY),), holidays="none")


def abroad() -> Hall:
    """A hall of another country."""
    return replace(staffed(), holidays="GB-ENG", time_zone="Europe/London", currency="GBP")


class Failing(MemoryLedger):
    """A ledger that takes nothing down and finds nothing."""

    def _fail(self, *_: object, **__: object) -> None:
        raise LedgerError("away")

    take_down = receipt = erase = _fail  # type: ignore[assignment]


class Broken(MemoryLedger):
    """A ledger with a fault that nobody thought of."""

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """Nothing: it fails."""
        raise RuntimeError(session)


class Citizen:
    """Somebody at an office's desk who presses and says things."""

    def __init__(self, desk: Desk, language: str, name: str, at: datetime | None = None) -> None:
        self._desk, self._language, self._name, self._at = desk, language, name, at

    def says(self, text: str, choice: str | None = None, location: Location | None = None) -> Turn:
        """What the desk answers."""
        return self._desk.answer(
            Message(
                text=text or ("?" if choice else ""),
                session=self._name,
                door="test",
                language=self._language,
                at=self._at,
                choice=choice,
                location=location,
            )
        )

    def leaves(self, text: str, kind: str = "nobodys") -> Turn:
        """What the desk answers to what it takes down."""
        return self.says(text, "about:none" if kind == "nobodys" else None)


def moment(text: str) -> datetime:
    """A time on the hall's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=AT.tzinfo)


def everything(language: str) -> Iterator[str]:
    """All that citizens and clerks read in one language."""
    for turn in (*_told(language), *_talked(language), *_cared_for(language)):
        yield turn.reply
    yield from _handled(language)


def _told(language: str) -> Iterator[Turn]:
    """Every topic, asked everything about; where and how long at several times and in others."""
    for hall in (staffed(), rarities(), lonely()):
        yield from _asked(Office(hall), language, ABOUT, CLOCKS[0])
    for hall in (BARE, abroad(), shut()):
        yield from _asked(Office(hall), language, BRIEFLY, CLOCKS[0])
    several = Office(staffed(), rarities(), neighbour())
    yield from _asked(several, language, BRIEFLY, CLOCKS[0])
    for clock in CLOCKS[1:]:
        for hall in (staffed(), rarities()):
            yield from _asked(Office(hall), language, BRIEFLY[1:4], clock)


def _asked(office: Office, language: str, about: Iterable[str], clock: str) -> Iterator[Turn]:
    citizen = Citizen(office.desk, language, clock, moment(clock))
    topics = list(office.desk.knowledge.topics)
    for topic in topics:
        for each in about:
            yield citizen.says("", f"{topic.key}:{each}")
    for button in PLAIN_BUTTONS:
        yield citizen.says("", button)
    for place in HERE_AND_THERE:
        yield citizen.says("", location=place)
    if topics:
        yield citizen.says("", f"{topics[0].key}:fee")
        yield citizen.says("", location=HERE_AND_THERE[0])
    yield office.desk.welcome("new", "test", language)


def talking() -> Iterator[Office]:
    """Offices that differ in what they know."""
    phoneless = tuple(replace(each, phone=None) for each in staffed().windows)
    for halls in (
        (staffed(),),
        (staffed(complaints=None, stations=()),),
        (staffed(phone=None, windows=phoneless),),
        (staffed(), rarities(), neighbour()),
        (rarities(),),
        (BARE,),
        (lonely(),),
        (abroad(),),
        (shut(),),
    ):
        yield Office(*halls)
    office = Office(rarities())
    office.desk = Desk(Guides((rarities(),)), office.ledger, lambda: AT, catalogue=[MATTERS])
    yield office


def _talked(language: str) -> Iterator[Turn]:
    for office in talking():
        for place, texts in enumerate(CONVERSATIONS[language]):
            citizen = Citizen(office.desk, language, f"talk {place}")
            for text in texts:
                yield citizen.says(text)
    failing: list[tuple[Hall, Any]] = [
        (staffed(), Failing()),
        (staffed(), Broken()),
        (BARE, Broken()),
    ]
    for hall, ledger in failing:
        citizen = Citizen(Office(hall, ledger=ledger).desk, language, "failing")
        for text in (SAID[language]["nobodys"], "ACDEF2", SAID[language]["permit"]):
            yield citizen.says(text)
        yield citizen.leaves("?")
        yield citizen.says("", "settled:ACDEF2")


SAID = {
    "zh": {
        "nobodys": NOBODYS,
        "permit": "居住证要带什么",
        "unsettled": "没解决",
        "settled": "解决了",
        "thanks": "谢谢",
        "complaint": "我要投诉2号窗口",
        "anonymous": "匿名投诉2号窗口",
        "more": "补充一句：是二楼",
        "mine": "你们留了我什么",
    },
    "en": {
        "nobodys": "my neighbour plays the piano at night, what can be done",
        "permit": "residence permit documents",
        "unsettled": "not solved",
        "settled": "that solved it",
        "thanks": "thank you",
        "complaint": "I want to complain about window 2",
        "anonymous": "an anonymous complaint about window 2",
        "more": "it is the second floor",
        "mine": "what do you know about me",
    },
}


def of(language: str) -> Hall:
    """The hall with clerks who speak this language."""
    return staffed(languages=(language, *({"zh", "en"} - {language})))


def _cared_for(language: str) -> Iterator[Turn]:
    """Receipts from the first word to the rating, as the citizen hears of them."""
    words = SAID[language]
    office = Office(of(language))
    office.desk = Desk(
        Guides((of(language),)), office.ledger, lambda: office.at, contact_key=new_key()
    )
    citizen = Citizen(office.desk, language, "care")
    yield citizen.says("", "rate:5")
    yield citizen.says("", "about:my_data")
    for level in LEVELS:
        own = Citizen(office.desk, language, f"rates {level}")
        yield own.says(words["permit"])
        yield own.says(words["thanks"])
        yield own.says("", f"rate:{level}")
        yield own.says("", f"rate:{level}")
        for reason in REASONS:
            yield own.says("", f"reason:{reason}")
    for act in (None, "take", "answer", "not_ours", "refuse", "pass_on", "extend"):
        own = Citizen(office.desk, language, f"asks {act}")
        taken = own.leaves(words["nobodys"])
        yield taken
        number = taken.receipt or ""
        if act:
            doing(office, number)[act]()
        for text in (number, words["settled"], number, words["unsettled"], number):
            yield own.says(text)
        yield own.says("", f"add:{number}")
        yield own.says(words["more"])
        yield own.says("", f"settled:{number}")
        yield own.says("", f"add:{number}")
        yield own.says("", "rate:1")
    for key in ("complaint", "anonymous"):
        own = Citizen(office.desk, language, key)
        taken = own.says(words[key])
        yield taken
        for category in CATEGORIES:
            yield own.says("", f"category:{taken.receipt}:{category}")
        yield own.says(taken.receipt or "")
    own = Citizen(office.desk, language, "leaves")
    taken = own.leaves(words["nobodys"])
    office.desk.contacts.leave("leaves", taken.receipt or "", "13800138000")
    for button in ("about:my_data", "about:forget", "forget:yes", "about:my_data", "forget:yes"):
        yield own.says("", button)
    office.at += 3 * DAY
    office.desk.keep_up()
    yield own.says(taken.receipt or "")
    yield own.says("AAAAA2")


def doing(office: Office, number: str) -> dict[str, Callable[[], Done]]:
    """What a clerk can do with a receipt."""
    handling, due = office.handling, office.at + 5 * DAY
    return {
        "take": lambda: handling.take(number, "李"),
        "answer": lambda: handling.answer(number, "李", "好"),
        "not_ours": lambda: handling.not_ours(number, "李", "县局", "某法第一条"),
        "refuse": lambda: handling.refuse(number, "李", "no_facts", "某法第一条"),
        "pass_on": lambda: handling.pass_on(number, "李", "3", "归那里"),
        "extend": lambda: handling.extend(number, "李", due, "等上级答复"),
    }


def _handled(language: str) -> Iterator[str]:
    """What clerks, heads and editors read, and what is sent to citizens."""
    words = SAID[language]
    office = Office(of(language))
    for key in ("nobodys", "complaint", "anonymous"):
        for first in ("take", "answer", "not_ours", "refuse", "pass_on", "extend"):
            citizen = Citizen(office.desk, language, f"{key} {first}")
            citizen.says(words["permit"])
            number = citizen.leaves(words[key], key).receipt or ""
            yield from (each().text for each in _refused(office, number))
            yield doing(office, number)[first]().text
            yield doing(office, number)["take"]().text
            citizen.says("", f"add:{number}")
            citizen.says(words["more"])
            citizen.says("", f"category:{number}:other")
            yield from lines(next(registers([of(language)], office.ledger, office.at)), language)
            citizen.says("", f"unsettled:{number}")
            yield from lines(next(registers([of(language)], office.ledger, office.at)), language)
            yield doing(office, number)["answer"]().text
            yield doing(office, number)["take"]().text
            citizen.says("", f"settled:{number}")
            if card := office.handling.card(number):
                yield from (*card.lines, *card.history, *card.reasons.values())
                yield from (label for _, label in card.actions)
    late = Citizen(office.desk, language, "late").leaves(words["nobodys"]).receipt or ""
    other = Citizen(office.desk, language, "kept")
    for button in ("about:human", "about:none", "rate:1"):
        other.says(words["permit"])
        other.says(words["complaint"], button)
    answered = Citizen(office.desk, language, "silent").leaves(words["nobodys"]).receipt or ""
    doing(office, answered)["answer"]()
    for days in (0.6, 1.2, 1.6, 9, 12, 40):
        office.at = AT + days * DAY
        office.desk.keep_up()
        yield doing(office, late)["extend"]().text
        for register in registers([of(language)], office.ledger, office.at):
            yield from lines(register, language)
    for number in (answered, late):
        yield Citizen(office.desk, language, "asks").says(number).reply
    hourless = of(language)
    windows = tuple(replace(each, hours=()) for each in hourless.windows)
    timeless = Office(replace(hourless, hours=(), windows=windows, offices=()))
    number = Citizen(timeless.desk, language, "soon").leaves(words["nobodys"]).receipt or ""
    yield doing(timeless, number)["pass_on"]().text
    yield from _lacking(language)
    office.desk.editors.good(language)
    office.desk.editors.at_fault(read_guides(HERE / "nowhere").problems * 30, language)
    yield from (each.text for each in office.desk.notices.claim(""))
    several = Office(of(language), neighbour()).desk
    beyond = Desk(Guides((rarities(),)), MemoryLedger(), lambda: AT, catalogue=[MATTERS])
    for desk in (office.desk, several, beyond):
        for each in WHY:  # for editors, with the phrases of citizens
            list(desk.why(each, language))


def _refused(office: Office, number: str) -> Iterator[Callable[[], Done]]:
    """What lacks something, and changes nothing."""
    handling = office.handling
    yield lambda: handling.take("AAAAA2", "李")
    yield lambda: handling.pass_on(number, "李", "99", "因为")
    yield lambda: handling.pass_on(number, "李", "3", "")
    yield lambda: handling.pass_on(number, "李", office.receipt(number).window or "", "因为")
    yield lambda: handling.pass_on(number, "李", "2", "因为")
    yield lambda: handling.answer(number, "李", "")
    yield lambda: handling.not_ours(number, "李", "")
    yield lambda: handling.not_ours(number, "李", "县局")
    yield lambda: handling.refuse(number, "李", "", "")
    yield lambda: handling.extend(number, "李", office.at, "因为")
    yield lambda: handling.told("day_missing", number)


def _lacking(language: str) -> Iterator[str]:
    """A register in which everything is missing."""
    receipt = Receipt(
        number="AAAAA2",
        at=AT,
        hall="hall",
        door="test",
        session="s",
        language=language,
        text="?",
        topic=None,
        window="99",
        due=None,
        state="lost",
    )
    ledger = MemoryLedger()
    ledger.take_down(receipt)
    ledger.take_down(replace(receipt, number="AAAAA3", state="open", at=AT - DAY))
    ledger.record(replace(ENTRY, at=AT, language=language))
    for register in registers([of(language)], ledger, AT + DAY / 24):
        yield from lines(replace(register, taken_down=[receipt]), language)


ENTRY = Entry(
    at=AT,
    hall="hall",
    door="test",
    session="s",
    language="zh",
    text="?",
    outcome="",
    topic=None,
    case=None,
    about=(),
    window=None,
    confidence=0.0,
    milliseconds=0.0,
)
WHY = (
    "居住证多少钱，另外高龄津贴要带什么",
    "证",
    "身份证丢了",
    NOBODYS,
    "几点上班",
    "今天天气真好啊",
    "居住证申领暂住证",
    "出版物经营许可证怎么办",
)
"""Questions of which an editor asks why, whatever the editor's language."""
