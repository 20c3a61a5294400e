"""The people behind the desk on Telegram: cards, presses and replies, and what citizens hear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from answering import open_door
from small_hall import write
from stand_in import ALICE, BOB, GROUP, LEAD, REGISTRY, StandIn, buttons, clerk

from desk.desk import Desk
from desk.notices import AGAIN
from desk.receipts.numbers import find_number
from doors.telegram import carrying
from doors.telegram.staff_chats import StaffChats
from facts.guides import Guides, read_guides
from ledger.database import DatabaseLedger, file_url

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
STAFF = StaffChats({"lead": (LEAD,), "registry": (REGISTRY,)})
LI, WANG, HE = clerk(71, "明", "李"), clerk(72, "Wang"), clerk(LEAD, "值班")
UNHEARD = "村口的路灯坏了三天了"


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Guides:
    return read_guides(write(tmp_path_factory.mktemp("guides")))


class House:
    """A desk on one file, whose clock is turned; it is closed and opened like a process."""

    def __init__(self, guides: Guides, file: Path) -> None:
        self.now = MONDAY
        self._guides = guides
        self._file = file
        self.reopen()

    def reopen(self) -> None:
        self.ledger = DatabaseLedger.open(file_url(self._file))
        self.desk = Desk(self._guides, self.ledger, lambda: self.now)

    def open(
        self, api: StandIn | None = None, staff: StaffChats = STAFF
    ) -> AbstractAsyncContextManager[StandIn]:
        return open_door(self.desk, api, staff)


@pytest.fixture
def house(guides: Guides, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(carrying, "TICK", 0.01)
    house = House(guides, tmp_path / "ledger.db")
    yield house
    house.ledger.close()


async def registered(api: StandIn, chat: int = ALICE) -> str:
    """A citizen asks what no guide answers; the number of the receipt, once its card is there."""
    told = len(api.messages[chat])
    await api.say(UNHEARD, chat)
    number = find_number((await api.told(chat, told + 1))[-1])
    assert number
    await api.until(lambda: any(number in each["text"] for each in api.messages[LEAD]))
    return number


def labels(api: StandIn, chat: int, message: int = -1) -> list[str]:
    return [each["text"] for each in buttons(api.messages[chat][message])]


async def test_a_question_goes_from_a_citizen_to_a_clerk_and_back_until_it_is_settled(
    house: House,
) -> None:
    team = StaffChats({"lead": (REGISTRY,)})
    async with house.open(staff=team) as api:
        await api.say(UNHEARD)
        number = find_number((await api.told())[0])
        assert number
        (card,) = await api.told(REGISTRY)
        assert card.startswith(f"【新登记】回执 {number}")
        assert UNHEARD in card
        assert labels(api, REGISTRY) == ["我来办", "转给别的窗口", "归别的部门", "不能办"]

        await api.press("我来办", REGISTRY, 0, sender=LI)
        taken = (await api.told(REGISTRY, 2))[1]
        assert taken.startswith(f"回执 {number} 由您来办。群众已收到消息。（明 李）\n")
        assert "综合窗口" in (await api.told(count=2))[1]
        await api.press("我来办", REGISTRY, 0, sender=WANG)
        assert (await api.told(REGISTRY, 3))[2] == f"回执 {number} 已经由明 李在办了。"

        await api.reply("已经报修，后天来修。<b>免费</b>", REGISTRY, 0, sender=LI)
        assert number in (await api.told(REGISTRY, 4))[3]
        answer = (await api.told(count=3))[2]
        assert "已经报修，后天来修。<b>免费</b>" in answer
        assert labels(api, ALICE) == ["解决了", "没解决"]

        await api.press("没解决")
        assert number in (await api.told(count=4))[3]
        again = (await api.told(REGISTRY, 5))[4]
        assert again.startswith(f"【没解决】回执 {number}")
        await api.reply("一楼综合窗口，周一到周五。", REGISTRY, 4, sender=WANG)
        assert "周一到周五" in (await api.told(count=5))[4]

        await api.press("解决了")
        assert number in (await api.told(count=6))[5]
        assert labels(api, ALICE)[0] == "非常满意"
        await api.press("满意")
        assert (await api.told(count=7))[6] == "谢谢您的评价。"
        await api.polled()
    assert [each.kind for each in house.ledger.events(number)] == [
        "taken_down",
        "taken",
        "answered",
        "reopened",
        "answered",
        "settled",
    ]
    assert [each.level for each in house.ledger.ratings(MONDAY, MONDAY + timedelta(days=1))] == [4]
    assert house.desk.notices.claim("telegram:") == house.desk.notices.claim("staff:") == []


async def test_a_receipt_is_passed_on_with_a_fixed_reason(house: House) -> None:
    async with house.open() as api:
        number = await registered(api)
        await api.press("转给别的窗口", LEAD, sender=HE)
        assert number in (await api.told(LEAD, 2))[1]
        assert labels(api, LEAD) == ["6 户籍窗口"]
        await api.press("6 户籍窗口", LEAD, sender=HE)
        assert "→ 6 户籍窗口。" in (await api.told(LEAD, 3))[2]
        await api.press("这件事归那个窗口办", LEAD, sender=HE)
        assert "户籍窗口" in (await api.told(LEAD, 4))[3]
        (card,) = await api.told(REGISTRY)
        assert card.startswith(f"【转来】回执 {number}。原因：这件事归那个窗口办")
        letter = (await api.told(count=2))[1]
        assert "6号窗口" in letter
        assert "这件事归那个窗口办" in letter


async def test_a_receipt_is_passed_on_with_a_reason_in_words(house: House) -> None:
    async with house.open() as api:
        await registered(api)
        await api.press("转给别的窗口", LEAD, sender=HE)
        await api.told(LEAD, 2)
        await api.reply("归他们管", LEAD, sender=HE)
        assert "重新点" in (await api.told(LEAD, 3))[2]
        await api.press("6 户籍窗口", LEAD, 1, sender=HE)
        await api.told(LEAD, 4)
        await api.reply("灯杆在派出所院里", LEAD, sender=HE)
        await api.told(LEAD, 5)
        assert "灯杆在派出所院里" in (await api.told(count=2))[1]
        assert "灯杆在派出所院里" in (await api.told(REGISTRY))[0]


async def test_a_matter_of_another_authority_is_named_to_the_citizen(house: House) -> None:
    async with house.open() as api:
        number = await registered(api)
        await api.press("归别的部门", LEAD, sender=HE)
        asked = (await api.told(LEAD, 2))[1]
        assert number in asked
        await api.reply("县城管局，电话 0000-7654399", LEAD, sender=HE)
        assert "请写明依据" in (await api.told(LEAD, 3))[2]
        await api.reply("县城管局，电话 0000-7654399 依据 噪声法第五条", LEAD, 1, sender=HE)
        await api.told(LEAD, 4)
        letter = (await api.told(count=2))[1]
        assert "由县城管局，电话 0000-7654399办理。\n依据：噪声法第五条。" in letter
        assert labels(api, ALICE) == ["解决了", "没解决"]


async def test_a_refusal_tells_the_citizen_why_and_by_which_rule(house: House) -> None:
    async with house.open() as api:
        number = await registered(api)
        await api.press("不能办", LEAD, sender=HE)
        assert number in (await api.told(LEAD, 2))[1]
        await api.reply("不是路灯 依据 路灯条例第八条", LEAD, sender=HE)
        letter = (await api.told(count=2))[1]
        assert "原因：不是路灯。\n依据：路灯条例第八条。" in letter


async def test_a_complaint_is_not_accepted_for_a_fixed_reason_alone(house: House) -> None:
    async with house.open() as api:
        await api.say("我要投诉，窗口的人骂我")
        number = find_number((await api.told())[0])
        assert number
        await api.until(lambda: any(number in each["text"] for each in api.messages[LEAD]))
        assert "投诉类别：服务态度" in (await api.told(LEAD))[0]
        await api.press("不予受理", LEAD, sender=HE)
        await api.told(LEAD, 2)
        await api.press("没有具体的人和事，无法核实", LEAD, sender=HE)
        await api.told(LEAD, 3)
        await api.reply("信访条例第十四条", LEAD, sender=HE)
        letter = (await api.told(count=2))[1]
        assert "不予受理，原因：没有具体的人和事，无法核实。\n依据：信访条例第十四条。" in letter


async def test_what_a_complaint_is_about_is_pressed_and_noted(house: House) -> None:
    async with house.open() as api:
        await api.say("我要投诉你们大厅")
        assert "投诉的是哪方面" in (await api.told())[0]
        await api.press("乱收费")
        assert "记下了" in (await api.told(count=2))[1]


@pytest.mark.parametrize(
    ("reply", "due", "reason"),
    [
        ("延期 2026-11-27 要去现场看", "2026-11-27 17:30", "要去现场看"),
        ("extend 2026-11-27 we have to look", "2026-11-27 17:30", "we have to look"),
        ("延期2026年12月1日，要去现场看", "2026-12-01 17:30", "要去现场看"),
        ("延期 2026-12-05 周六去现场看", "2026-12-07 17:30", "周六去现场看"),
    ],
)
async def test_a_reply_extends_the_time_to_the_end_of_a_working_day(
    house: House, reply: str, due: str, reason: str
) -> None:
    async with house.open() as api:
        number = await registered(api)
        await api.reply(reply, LEAD, sender=HE)
        assert due in (await api.told(LEAD, 2))[1]
        assert f"原因：{reason}。" in (await api.told(count=2))[1]
    receipt = house.ledger.receipt(number)
    assert receipt
    assert receipt.due
    assert f"{receipt.due.astimezone(MONDAY.tzinfo):%Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("延期", "延期请这样回复"),
        ("延期 下周五 去现场", "延期请这样回复"),
        ("延期 2026-13-45 去现场", "延期请这样回复"),
        ("延期 2026-11-27", "请写明原因"),
        ("延期 2026-11-20 去现场", "新的时间要比原来的晚"),
    ],
)
async def test_an_extension_that_cannot_be_read_is_never_taken_for_the_answer(
    house: House, reply: str, told: str
) -> None:
    async with house.open() as api:
        number = await registered(api)
        await api.reply(reply, LEAD, sender=HE)
        assert told in (await api.told(LEAD, 2))[1]
        await api.polled()
        assert len(api.messages[ALICE]) == 1
    receipt = house.ledger.receipt(number)
    assert receipt
    assert receipt.state == "open"


async def test_reminders_come_to_the_window_to_those_above_it_and_to_the_citizen(
    house: House,
) -> None:
    async with house.open(staff=StaffChats({"lead": (LEAD,), "head": (REGISTRY,)})) as api:
        number = await registered(api)
        receipt = house.ledger.receipt(number)
        assert receipt
        assert receipt.due
        house.now = receipt.due - timedelta(hours=1)
        assert house.desk.keep_up() == 1
        assert (await api.told(LEAD, 2))[1].startswith(f"【提醒】回执 {number}")
        house.now = receipt.due + timedelta(minutes=1)
        house.desk.keep_up()
        assert (await api.told(LEAD, 3))[2].startswith(f"【到期】回执 {number}")
        assert "对不住" in (await api.told(count=2))[1]
        house.now = receipt.due + timedelta(days=2)
        house.desk.keep_up()
        assert (await api.told(REGISTRY))[0].startswith(f"【上报】回执 {number}")
        await api.reply("马上修，对不住。", LEAD, 2, sender=HE)
        assert "马上修" in (await api.told(count=3))[2]


async def test_the_open_receipts_are_listed_and_shown(house: House) -> None:
    async with house.open() as api:
        first, second = await registered(api), await registered(api, BOB)
        await api.say("/desk", LEAD, sender=HE)
        listed = (await api.told(LEAD, 3))[2]
        assert f"{first} 11-24 17:30 {UNHEARD}" in listed
        assert labels(api, LEAD) == [first, second]
        await api.reply("挂", LEAD, sender=HE)
        assert "/desk" in (await api.told(LEAD, 4))[3]
        await api.press(second, LEAD, 2, sender=HE)
        assert (await api.told(LEAD, 5))[4].startswith(f"【回执】{second}")
        await api.reply("明天就修。", LEAD, sender=HE)
        assert "明天就修。" in (await api.told(BOB, 2))[1]
        await api.say("/desk", REGISTRY, sender=LI)
        assert await api.told(REGISTRY) == ["现在没有等着答复的回执。"]


async def test_what_is_said_in_the_chat_of_clerks_is_no_question_unless_it_names_the_bot(
    house: House,
) -> None:
    async with house.open() as api:
        await api.say("补身份证多少钱", REGISTRY, sender=LI)
        await api.say("补身份证多少钱", LEAD, sender=HE)
        assert "/desk" in (await api.told(LEAD))[0]
        await api.say("@ShouwenBot 补身份证多少钱", REGISTRY, sender=LI)
        assert "40元" in (await api.told(REGISTRY))[0]
        await api.reply("那要带什么", REGISTRY, sender=LI)
        assert "/desk" in (await api.told(REGISTRY, 2))[1]
        await api.say("/hours@ShouwenBot", REGISTRY, sender=LI)
        assert "08:30" in (await api.told(REGISTRY, 3))[2]
        await api.say("@ShouwenBot 补身份证多少钱", LEAD, sender=HE)
        assert "40元" in (await api.told(LEAD, 2))[1]
        assert api.commands_in[LEAD][0]["command"] == "desk"


async def test_a_picture_is_no_answer(house: House) -> None:
    async with house.open() as api:
        await registered(api)
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        await api.reply("", LEAD, sender=HE, photo=photo)
        assert "文字" in (await api.told(LEAD, 2))[1]


async def test_the_buttons_of_clerks_do_nothing_in_any_other_chat(house: House) -> None:
    async with house.open() as api:
        number = await registered(api)
        for chat in (BOB, GROUP):
            api.messages[chat].append(api.messages[LEAD][0] | {"chat": {"id": chat, "type": "x"}})
            await api.press("我来办", chat)
            await api.reply("我说了算", chat)
        await api.until(lambda: len(api.called("answerCallbackQuery")) == 2)
        await api.told(BOB, 2)
        await api.polled()
        assert {each.params["text"] for each in api.called("answerCallbackQuery")} == {
            "这个按钮是给窗口同事用的。"
        }
        assert len(api.messages[ALICE]) == 1
    receipt = house.ledger.receipt(number)
    assert receipt
    assert receipt.state == "open"


async def test_a_citizen_who_blocked_the_bot_is_told_nothing_and_costs_nobody_else(
    house: House,
) -> None:
    async with house.open() as api:
        await registered(api)
        await registered(api, BOB)
        api.hold("sendMessage", ALICE)
        await api.reply("答一", LEAD, 0, sender=HE)
        await api.waiting("sendMessage")
        await api.told(LEAD, 3)
        api.block(ALICE)
        await api.release()
        await api.reply("答二", LEAD, 1, sender=HE)
        assert "答二" in (await api.told(BOB, 2))[1]
        await api.until(lambda: any(each.status == 403 for each in api.calls))
        assert len(api.messages[ALICE]) == 1
    house.now += timedelta(hours=1)
    assert house.desk.notices.claim("telegram:") == []


async def test_letters_keep_the_order_of_their_chat_and_wait_for_no_other(house: House) -> None:
    async with house.open() as api:
        first, second = await registered(api), await registered(api, BOB)
        api.hold("sendMessage", ALICE)
        house.desk.handling.take(first, "李")
        house.desk.handling.answer(first, "李", "答一")
        await api.waiting("sendMessage")
        house.now += AGAIN  # it would be given out once more
        house.desk.handling.take(second, "李")
        await api.told(BOB, 2)
        await api.release()
        assert "答一" in (await api.told(count=3))[2]
        assert "有人办了" in api.messages[ALICE][1]["text"]
        house.desk.handling.answer(second, "李", "答二")
        await api.told(BOB, 3)
        assert len(api.messages[ALICE]) == 3


async def test_a_letter_that_a_dead_process_had_in_hand_is_given_out_again(house: House) -> None:
    async with house.open() as api:
        number = await registered(api)
    house.desk.handling.take(number, "李")
    assert len(house.desk.notices.claim("telegram:")) == 1
    later = StandIn()
    async with house.open(later) as api:
        house.now += AGAIN
        assert "有人办了" in (await api.told())[0]


async def test_a_card_that_reached_nobody_is_kept_for_those_it_is_for(house: House) -> None:
    async with house.open() as api:
        api.block(LEAD)
        await api.say(UNHEARD)
        await api.told()
        await api.until(lambda: any(each.status == 403 for each in api.calls))
    house.now += timedelta(hours=1)
    assert [each.kind for each in house.desk.notices.claim("staff:lead")] == ["new"]


async def test_cards_for_keys_without_a_chat_are_left_to_other_doors(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.open(staff=StaffChats({"le": (LEAD,)})) as api:
        await api.say(UNHEARD)
        await api.told()
        await api.polled()
    assert [each.to for each in house.desk.notices.claim("staff:")] == ["staff:lead"]
    warnings = [each.getMessage() for each in caplog.records if "clerks" in each.getMessage()]
    assert warnings == [
        "no chat for the clerks of: head, lead, registry (STAFF_CHATS or STAFF_FILE)",
        "no guide names these keys of clerks: le",
    ]


async def test_nothing_that_is_needed_later_is_lost_with_the_process(house: House) -> None:
    async with house.open() as api:
        number = await registered(api)
        await api.press("转给别的窗口", LEAD, sender=HE)
        await api.told(LEAD, 2)
        await api.press("6 户籍窗口", LEAD, sender=HE)
        await api.told(LEAD, 3)
        before = api.messages
        house.desk.handling.take(number, "网页上的同事")
        house.ledger.close()
    house.reopen()
    later = StandIn()
    later.messages.update(before)
    async with house.open(later) as api:
        assert "有人办了" in (await api.told(count=2))[1]
        await api.reply("灯杆在派出所院里", LEAD, sender=HE)
        assert "灯杆在派出所院里" in (await api.told(REGISTRY))[0]
        await api.told(count=3)
        await api.reply("明天就修。", REGISTRY, sender=LI)
        assert "明天就修。" in (await api.told(count=4))[3]
        await api.press("解决了")
        assert number in (await api.told(count=5))[4]
