"""A real application talks over HTTP to the stand-in of the Bot API."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from answering import LONG, PHONE, FakeDesk, open_door
from stand_in import ALICE, BOB, BOT, FORUM, GROUP, UNPARSABLE, StandIn, buttons, units

from doors.telegram.clerks import COMMAND
from doors.telegram.conversation import COMMANDS, TEXTS
from facts.model import Location

WRITTEN = [
    yaml.safe_load(each.read_text("utf-8"))
    for each in (Path(__file__).parents[2] / "doors/texts").glob("*.yaml")
]
NO_TEXT: dict[str, Any] = {
    "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
    "voice": {"file_id": "f", "file_unique_id": "u", "duration": 1},
    "sticker": {
        "file_id": "f",
        "file_unique_id": "u",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    },
}
MENTION = "@ShouwenBot"
FROM_THE_BOT = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": GROUP, "type": "group"},
    "from": BOT,
}


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.mark.parametrize(
    ("phone", "language"),
    [("zh-hans", "zh"), ("zh-TW", "zh"), ("en", "en"), ("de", "en"), (None, None)],
)
async def test_start_greets_in_the_language_of_the_phone(
    desk: FakeDesk, phone: str | None, language: str | None
) -> None:
    async with open_door(desk) as api:
        await api.say("/start", language=phone)
        assert await api.told() == [f"welcome telegram:{ALICE} telegram {language}"]
        assert [each["text"] for each in buttons(api.messages[ALICE][0])] == ["材料", "费用"]


async def test_a_question_and_a_follow_up_are_answered_in_one_session(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("身份正丢了咋办")
        await api.say("多少钱")
        assert await api.told(count=2) == ["答：身份正丢了咋办", "答：多少钱"]
    assert [(each.session, each.door, each.choice) for each in desk.heard] == [
        (f"telegram:{ALICE}", "telegram", None)
    ] * 2


async def test_the_chat_sees_typing_before_the_answer(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("办证")
        await api.told()
        methods = [each.method for each in api.calls]
        assert methods.index("sendChatAction") < methods.index("sendMessage")


async def test_what_looks_like_markup_arrives_as_it_was_written(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("<b>A&B</b> &lt; <script>")
        assert await api.told() == ["答：<b>A&B</b> &lt; <script>"]


async def test_a_long_answer_comes_in_parts_and_its_buttons_at_the_end(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("全部")
        await api.until(lambda: any(buttons(each) for each in api.messages[ALICE]))
        texts = await api.told()
        assert "\n\n".join(texts) == LONG
        assert len(texts) > 2
        assert all(units(each) <= 4096 for each in texts)
        assert [bool(buttons(each)) for each in api.messages[ALICE]][:-1] == [False] * (
            len(texts) - 1
        )


async def test_a_choice_is_handed_back_with_its_label(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("身份证")
        await api.told()
        await api.press("丢失补领")
        assert (await api.told(count=2))[1] == "答：丢失补领"
        await api.until(lambda: bool(api.called("answerCallbackQuery")))
    assert (desk.heard[-1].choice, desk.heard[-1].text) == ("id_card lost", "丢失补领")


async def test_a_double_press_is_answered_once_and_a_later_press_again(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("办证")
        await api.told()
        await api.press("费用", message=0)
        await api.press("费用", message=0)
        await api.say("", photo=NO_TEXT["photo"])
        await api.told(count=3)
        await api.press("费用", message=0)
        assert (await api.told(count=4))[3] == "答：费用"
        assert [each.text for each in desk.heard] == ["办证", "费用", "费用"]
        assert len(api.called("answerCallbackQuery")) == 3


async def test_a_press_that_telegram_no_longer_waits_for_is_answered_too(
    desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_door(desk) as api:
        await api.say("办证")
        await api.told()
        api.hold("answerCallbackQuery")
        query = await api.press("费用")
        await api.waiting("answerCallbackQuery")
        api.forget(query)
        await api.release()
        assert (await api.told(count=2))[1] == "答：费用"
    assert "too old" not in caplog.text


async def test_a_button_under_a_message_too_old_to_be_shown_is_answered(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("办证")
        await api.told()
        await api.press("费用", shown=False)
        await api.told(count=2)
    assert (desk.heard[-1].choice, desk.heard[-1].text) == ("id_card fee", "")


@pytest.mark.parametrize(
    ("command", "choice"),
    [
        ("/help", "about:help"),
        ("/windows", "about:hall_services"),
        ("/hours", "about:hall_hours"),
        ("/HOURS now", "about:hall_hours"),
        ("/receipt", "about:receipt_status"),
        ("/mydata", "about:my_data"),
        ("/forget", "about:forget"),
        ("/desk", "about:help"),
        ("/unheard_of", "about:help"),
    ],
)
async def test_a_command_asks_the_desk(desk: FakeDesk, command: str, choice: str) -> None:
    async with open_door(desk) as api:
        await api.say(command, language="en")
        await api.told()
    assert [each.choice for each in desk.heard] == [choice]
    assert desk.heard[0].text.isascii()


async def test_the_menu_describes_the_commands_in_both_languages(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        pass
    assert set(api.commands) == {"", "zh", "en"}
    for commands in api.commands.values():
        assert [each["command"] for each in commands] == [*COMMANDS]
    assert api.commands[""] == api.commands["zh"] != api.commands["en"]


async def test_a_receipt_is_asked_for_by_its_number(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("/receipt 4F7-KM2")
        await api.told()
    [heard] = desk.heard
    assert (heard.text, heard.choice) == ("4F7-KM2", "about:receipt_status")


def test_the_readme_names_every_command() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert [each for each in (*COMMANDS, COMMAND) if f"`/{each}" not in readme] == []


def test_every_text_is_there_in_every_language() -> None:
    assert TEXTS.languages == ("en", "zh")
    assert TEXTS.keys("en") == TEXTS.keys("zh")


@pytest.mark.parametrize("key", sorted(TEXTS.keys("en")))
def test_every_text_has_the_same_gaps_in_every_language(key: str) -> None:
    gaps = {
        frozenset(name for _, name, _, _ in Formatter().parse(texts[key]) if name)
        for texts in WRITTEN
    }
    assert len(gaps) == 1


async def test_the_language_is_switched_with_a_button(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("/language")
        (question,) = await api.told()
        assert "请选择语言" in question
        assert "choose a language" in question
        assert [each["text"] for each in buttons(api.messages[ALICE][0])] == ["中文", "English"]
        await api.press("English")
        await api.told(count=2)
        await api.say("", photo=NO_TEXT["photo"])
        assert "I can read written words only" in (await api.told(count=3))[2]
    assert desk.heard[-1].choice == "language:en"


async def test_a_button_speaks_the_language_of_the_last_answer(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("/start", language="en")
        await api.told()
        await api.press("费用")
        await api.told(count=2)
        await api.say("办证")
        await api.told(count=3)
    assert [each.language for each in desk.heard] == ["en", None]


@pytest.mark.parametrize("kind", NO_TEXT)
async def test_what_is_not_text_is_led_back_to_words(desk: FakeDesk, kind: str) -> None:
    async with open_door(desk) as api:
        await api.say("", **{kind: NO_TEXT[kind]})
        (text,) = await api.told()
        assert "文字" in text
        assert PHONE in text
    assert desk.heard == []


async def test_a_shared_place_reaches_the_desk(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("", location={"latitude": 30.27, "longitude": 118.14})
        assert await api.told() == ["答：我的位置"]
    assert [each.location for each in desk.heard] == [Location(lat=30.27, lon=118.14)]


async def test_an_edited_message_is_ignored(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.edit("改过的话")
        api.pending.append({"update_id": 99, "edited_message": api.message(ALICE, text="改过的话")})
        await api.say("新的话")
        assert await api.told() == ["答：新的话"]
        await api.polled()
    assert [each.text for each in desk.heard] == ["新的话"]


async def test_a_service_message_is_ignored(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("", GROUP, new_chat_title="新的群名")
        await api.say("", new_chat_title="新的群名")
        await api.say("办证")
        assert await api.told() == ["答：办证"]
    assert GROUP not in api.messages


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ({"text": "今天天气不错"}, None),
        ({"text": "@OtherBot 办证"}, None),
        ({"text": "@ShouwenBotany 办证"}, None),
        ({"text": "/help@OtherBot"}, None),
        ({"text": "/unheard_of"}, None),
        ({"text": "", "photo": NO_TEXT["photo"]}, None),
        ({"text": f"{MENTION} 办证"}, "办证"),
        ({"text": f"办证 {MENTION.lower()}"}, "办证"),
        ({"text": "多少钱", "reply_to_message": FROM_THE_BOT}, "多少钱"),
        ({"text": f"/help{MENTION}"}, "怎么问，能问什么"),
    ],
)
async def test_in_a_group_only_what_is_addressed_to_the_bot_is_answered(
    desk: FakeDesk, message: dict[str, Any], heard: str | None
) -> None:
    async with open_door(desk) as api:
        await api.say(chat=GROUP, **message)
        await api.say("最后")
        await api.told()
        await api.polled()
        assert [each.text for each in desk.heard if each.session == f"telegram:{GROUP}"] == (
            [heard] if heard else []
        )
        assert all("quotes" in each for each in api.messages[GROUP])


async def test_the_bare_name_of_the_bot_is_a_greeting(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say(MENTION, GROUP)
        assert (await api.told(GROUP))[0].startswith("welcome")


async def test_an_answer_stays_in_the_topic_of_its_question(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say(f"{MENTION} 办证", FORUM, message_thread_id=7, is_topic_message=True)
        await api.told(FORUM)
        await api.press("费用", FORUM)
        await api.told(FORUM, 2)
        assert [each["message_thread_id"] for each in api.messages[FORUM]] == [7, 7]


async def test_chats_run_side_by_side_and_each_in_its_order(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        api.hold("sendMessage", ALICE)
        for each in range(5):
            await api.say(f"{each}")
        await api.say("我的", BOB)
        assert await api.told(BOB) == ["答：我的"]
        assert api.messages[ALICE] == []
        await api.release()
        assert await api.told(count=5) == [f"答：{each}" for each in range(5)]


async def test_many_chats_are_answered_all_at_once(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        api.hold("sendMessage")
        for chat in (ALICE, BOB, GROUP):
            await api.say(f"{MENTION} 办证", chat)
        await api.waiting("sendMessage", 3)


async def test_a_fault_in_the_house_costs_no_answer_and_tells_no_words(
    desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_door(desk) as api:
        await api.say("坏了")
        (text,) = await api.told()
        assert "再发一次" in text
        assert PHONE in text
        await api.say("好了")
        assert (await api.told(count=2))[1] == "答：好了"
    assert "RuntimeError" in caplog.text
    assert "坏了" not in caplog.text


async def test_html_that_telegram_cannot_parse_goes_out_as_plain_text(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        api.fail("sendMessage", UNPARSABLE)
        await api.say("1 < 2")
        assert await api.told() == ["答：1 < 2"]
        assert buttons(api.messages[ALICE][0])
        assert "parse_mode" not in api.called("sendMessage")[-1].params


async def test_a_message_with_a_refused_button_goes_out_without_it(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("键太长")
        assert await api.told() == ["答：键太长"]
        assert not buttons(api.messages[ALICE][0])


async def test_messages_sent_while_the_door_was_shut_are_answered(desk: FakeDesk) -> None:
    api = StandIn()
    await api.say("昨夜的话")
    async with open_door(desk, api):
        assert await api.told() == ["答：昨夜的话"]
