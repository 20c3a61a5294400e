"""What goes wrong between the bot and Telegram costs no citizen the answer."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from answering import FakeDesk, open_door
from stand_in import (
    ALICE,
    BLOCKED,
    BOB,
    BROKEN,
    CUT_AFTER,
    CUT_BEFORE,
    GROUP,
    TOKEN,
    Fault,
    StandIn,
    flood,
)
from telegram import Bot
from telegram.error import Conflict, RetryAfter

from doors.telegram import courier, polling
from doors.telegram.application import TokenError, serve
from doors.telegram.courier import Courier, Place, seconds
from doors.telegram.rendering import parts

MOVED = Fault(
    400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": BOB}
)
CONFLICT = Fault(409, "Conflict: terminated by other getUpdates request")
UNAUTHORIZED = Fault(401, "Unauthorized")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


async def test_a_429_is_waited_out_and_holds_up_no_other_chat(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with open_door(desk) as api:
        api.fail("sendMessage", flood(2))
        await api.say("我的")
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        await api.say("您的", BOB)
        assert await api.told(BOB) == ["答：您的"]
        assert api.messages[ALICE] == []
        assert await api.told() == ["答：我的"]
        assert [each.status for each in api.called("sendMessage")] == [429, 200, 200]


@pytest.mark.parametrize("told", ["true", "false"])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_a_wait_is_read_from_either_type(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", told)
    assert seconds(RetryAfter(3)) == seconds(RetryAfter(timedelta(seconds=3))) == 3.0


@pytest.mark.parametrize("fault", [CUT_BEFORE, BROKEN], ids=["cut", "500"])
async def test_an_answer_that_did_not_arrive_is_sent_again(desk: FakeDesk, fault: Fault) -> None:
    async with open_door(desk) as api:
        api.fail("sendMessage", fault)
        await api.say("办证")
        assert await api.told() == ["答：办证"]
        await api.polled()
    assert len(desk.heard) == 1


async def test_only_the_part_that_did_not_arrive_is_sent_again(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        api.hold("sendMessage")
        await api.say("全部")
        await api.waiting("sendMessage")
        api.fail("sendMessage", BROKEN)
        await api.release()
        await api.told(count=3)
        await api.polled()
        texts = [each["text"] for each in api.messages[ALICE]]
        assert len(texts) == len(set(texts))


async def test_a_cut_poll_loses_nothing_and_answers_nothing_twice(desk: FakeDesk) -> None:
    api = StandIn()
    api.fail("getUpdates", CUT_AFTER, BROKEN)
    await api.say("昨夜的话")
    async with open_door(desk, api):
        assert await api.told() == ["答：昨夜的话"]
        await api.polled()
        assert len(api.messages[ALICE]) == 1


async def test_updates_are_confirmed_when_they_are_answered(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        first = await api.say("办证", BOB)
        await api.polled()
        api.hold("sendMessage", ALICE)
        slow = await api.say("办证")
        quick = await api.say("办证", BOB)
        await api.told(BOB, 2)
        polls = api.polls
        await api.until(lambda: api.polls > polls + 2)
        assert api.confirmed == {first}
        await api.release()
        await api.polled()
        assert api.confirmed == {first, slow, quick}
        assert len(desk.heard) == 3


async def test_an_answer_that_could_not_be_sent_for_long_is_sent_later(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "PAUSES", (0.0,))
    monkeypatch.setattr(courier, "LATER", 0.0)
    async with open_door(desk) as api:
        api.fail("sendMessage", *[BROKEN] * 5)
        update = await api.say("办证")
        await api.until(lambda: len(api.called("sendMessage")) >= 2)
        assert api.confirmed == set()
        assert await api.told() == ["答：办证"]
        await api.polled()
        assert len(api.messages[ALICE]) == 1
        assert api.confirmed == {update}


async def test_an_answer_that_could_not_be_sent_before_the_stop_is_left_to_the_next_process(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier, "PAUSES", ())
    async with open_door(desk) as api:
        api.fail("sendMessage", BROKEN)
        await api.say("办证")
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        await api.say("别的", BOB)
        await api.told(BOB)
    assert api.confirmed == set()
    assert len(api.pending) == 2


async def test_a_chat_that_waits_long_holds_up_nobody_for_ever(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PATIENCE", 0.0)
    async with open_door(desk) as api:
        api.hold("sendMessage", ALICE)
        slow = [await api.say(f"{each}") for each in range(polling.MOST + 1)]
        await api.say("办证", BOB)
        assert await api.told(BOB) == ["答：办证"]
        assert api.confirmed <= set(slow)
        await api.release()
        await api.told(count=len(slow))
        assert len(desk.heard) == len(slow) + 1


async def test_a_message_that_telegram_shows_again_is_answered_once(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        await api.say("办证")
        await api.told()
        await api.press("费用")
        await api.told(count=2)
        await api.polled()
        again = [*desk.reached]
    async with open_door(desk, StandIn()) as later:
        for _, number in again[:1]:
            await later.say("办证", message_id=int(number))
        await later.say("新的话")
        assert await later.told() == ["答：新的话"]
        await later.polled()
    assert [number for _, number in again] == [desk.heard[0].id, desk.heard[1].id]
    assert len(desk.heard) == 3


@pytest.mark.parametrize("method", ["sendChatAction", "answerCallbackQuery"])
async def test_an_answer_does_not_depend_on_a_courtesy(desk: FakeDesk, method: str) -> None:
    async with open_door(desk) as api:
        await api.say("办证")
        await api.told()
        api.fail(method, CUT_BEFORE)
        await api.press("费用")
        assert (await api.told(count=2))[1] == "答：费用"


async def test_a_citizen_who_blocked_the_bot_costs_nobody_else_the_answer(
    desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_door(desk) as api:
        api.fail("sendMessage", BLOCKED)
        await api.say("我走了")
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        await api.say("办证", BOB)
        assert await api.told(BOB) == ["答：办证"]
        await api.polled()
        assert len(api.called("sendMessage")) == 2
    assert "Forbidden" in caplog.text
    assert "我走了" not in caplog.text


async def test_an_answer_follows_a_group_that_moved(desk: FakeDesk) -> None:
    async with open_door(desk) as api:
        api.fail("sendMessage", MOVED)
        await api.say("/help@ShouwenBot", GROUP)
        assert len(await api.told(BOB)) == 1


async def test_the_door_opens_when_telegram_is_back(desk: FakeDesk) -> None:
    api = StandIn()
    api.webhook = "https://example.org/old"
    api.fail("getMe", CUT_BEFORE)
    await api.say("办证")
    async with open_door(desk, api):
        assert await api.told() == ["答：办证"]


async def test_the_door_closes_at_once_while_telegram_is_away(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAUSES", (0.0, 60.0))
    async with StandIn() as api:
        api.fail("getMe", *[CUT_BEFORE] * 9)
        stop = asyncio.Event()
        door = asyncio.create_task(serve(TOKEN, desk, stop, api_url=api.url))
        await api.until(lambda: len(api.called("getMe")) == 2)
        stop.set()
        await asyncio.wait_for(door, 8)


async def test_a_menu_that_is_refused_keeps_the_door_open(desk: FakeDesk) -> None:
    api = StandIn()
    api.fail("setMyCommands", BROKEN)
    async with open_door(desk, api):
        await api.say("办证")
        assert await api.told() == ["答：办证"]


@pytest.mark.parametrize("fault", [CONFLICT, UNAUTHORIZED], ids=["conflict", "unauthorized"])
async def test_polling_goes_on_after_a_refusal(
    desk: FakeDesk, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    api = StandIn()
    api.fail("getUpdates", fault)
    await api.say("办证")
    async with open_door(desk, api):
        assert await api.told() == ["答：办证"]
    assert fault.description.split(":", maxsplit=1)[0] in caplog.text


async def test_a_second_poller_gets_the_updates_and_the_first_a_conflict() -> None:
    async with StandIn() as api, Bot(TOKEN, f"{api.url}/bot") as bot:
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await api.until(lambda: api.polls == 1)
        async with Bot(TOKEN, f"{api.url}/bot") as second:
            polled = asyncio.create_task(second.get_updates(timeout=5))
            with pytest.raises(Conflict):
                await first
            await api.say("办证")
            assert len(await polled) == 1


@pytest.mark.parametrize("token", ["1:unknown", TOKEN[:-1] + "x"], ids=["malformed", "of no bot"])
async def test_a_wrong_token_is_told_without_the_token(desk: FakeDesk, token: str) -> None:
    async with StandIn() as api:
        with pytest.raises(TokenError, match="BotFather") as told:
            await serve(token, desk, asyncio.Event(), api_url=api.url)
    assert token not in str(told.value)
    assert told.value.__suppress_context__


async def test_the_token_is_in_no_line_of_the_log(
    desk: FakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_door(desk) as api:
        api.fail("sendMessage", CUT_BEFORE, BROKEN)
        await api.say("坏了")
        await api.told()
    assert caplog.records
    assert TOKEN not in caplog.text
    assert "坏了" not in caplog.text


async def test_the_stand_in_refuses_what_the_bot_api_refuses() -> None:
    cases = (
        ({"text": " "}, 400, "empty"),
        ({"text": "x" * 4097}, 400, "too long"),
        ({"text": "𠮷" * 2049}, 400, "too long"),
        ({"text": "<b>1", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"text": "1<2", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"text": "1", "chat_id": "5"}, 400, "chat not found"),
        ({"text": "1", "colour": "red"}, 400, "unknown parameters"),
    )
    async with StandIn() as api, ClientSession() as web:
        for params, status, words in cases:
            address = f"{api.url}/bot{TOKEN}/sendMessage"
            async with web.post(address, data={"chat_id": str(ALICE), **params}) as answer:
                assert answer.status == status
                assert words in (await answer.json())["description"]
        async with web.post(f"{api.url}/bot{TOKEN}/sendNothing") as answer:
            assert answer.status == 404


class Clock:
    """A time that passes while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, wait: float) -> None:
        self.now += wait
        self.slept.append(wait)


class Refusing:
    """A bot whose messages are all refused."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.sent: list[str] = []

    async def send_message(self, chat: int, text: str, **how: object) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(text)


async def test_at_most_thirty_messages_go_out_a_second() -> None:
    clock, bot = Clock(), Refusing()
    carrier = Courier(bot, clock.sleep, clock)  # type: ignore[arg-type]
    for each in range(61):
        await carrier.send(Place(each), parts("答"))
    assert len(bot.sent) == 61
    assert clock.now == pytest.approx(2.0)


async def test_a_wait_of_minutes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    clock, bot = Clock(), Refusing(RetryAfter(3000))
    carrier = Courier(bot, clock.sleep, clock)  # type: ignore[arg-type]
    with pytest.raises(RetryAfter):
        await carrier.send(Place(1), parts("答"))
    assert clock.slept == []
