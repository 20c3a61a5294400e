"""Materials are ticked off under one message, which is edited in its place."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from answering import open_door
from small_hall import write
from stand_in import ALICE, BROKEN, Fault, StandIn, buttons, flood, units

from desk.desk import Desk
from facts.guides import read_guides
from ledger.memory import MemoryLedger

GONE = Fault(400, "Bad Request: message to edit not found")


@pytest.fixture
async def api(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[StandIn]:
    guides = read_guides(write(tmp_path_factory.mktemp("guides")))
    async with open_door(Desk(guides, MemoryLedger())) as api:
        yield api


async def listed(api: StandIn, matter: str = "丢失补领居民身份证要带什么") -> None:
    """A citizen has asked for materials and pressed the button that shows the list."""
    await api.say(matter)
    await api.until(lambda: any(buttons(each) for each in api.messages[ALICE]))
    said = len(api.messages[ALICE])
    await api.press("核对材料")
    await api.told(count=said + 1)


def labels(api: StandIn) -> list[str]:
    return [each["text"] for each in buttons(api.messages[ALICE][-1])]


async def test_a_press_ticks_and_another_unticks_in_the_same_message(api: StandIn) -> None:
    await listed(api)
    assert labels(api) == ["☐ 1. 户口簿", "☐ 2. 一寸照片", "好了，看还缺什么"]
    await api.press("☐ 1. 户口簿")
    await api.until(lambda: labels(api)[0] == "☑ 1. 户口簿")
    await api.press("☑ 1. 户口簿")
    await api.until(lambda: labels(api)[0] == "☐ 1. 户口簿")
    await api.press("☐ 1. 户口簿")
    await api.until(lambda: labels(api)[0] == "☑ 1. 户口簿")
    assert len(api.messages[ALICE]) == 2
    assert "☑ 1. 户口簿" in api.messages[ALICE][-1]["text"]
    await api.press("好了，看还缺什么")
    told = (await api.told(count=3))[2]
    assert "1. 一寸照片" in told
    assert "已经有的：户口簿" in told


async def test_every_press_is_acknowledged(api: StandIn) -> None:
    await listed(api)
    await api.press("☐ 2. 一寸照片")
    await api.until(lambda: labels(api)[1] == "☑ 2. 一寸照片")
    await api.until(lambda: len(api.called("answerCallbackQuery")) == 2)


@pytest.mark.parametrize("fault", [flood(1), BROKEN], ids=["flood", "broken"])
async def test_an_edit_that_goes_wrong_is_tried_again(
    api: StandIn, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    await listed(api)
    api.fail("editMessageText", fault)
    await api.press("☐ 1. 户口簿")
    await api.until(lambda: labels(api)[0] == "☑ 1. 户口簿")
    assert len(api.messages[ALICE]) == 2


async def test_a_message_that_is_gone_is_sent_anew_with_its_buttons(api: StandIn) -> None:
    await listed(api)
    api.fail("editMessageText", GONE)
    await api.press("☐ 1. 户口簿")
    await api.told(count=3)
    assert labels(api)[0] == "☑ 1. 户口簿"


async def test_an_older_list_is_brought_up_to_date_by_a_press(api: StandIn) -> None:
    await listed(api)
    await api.say("材料清单")
    await api.told(count=3)
    await api.press("☐ 1. 户口簿")
    await api.until(lambda: labels(api)[0] == "☑ 1. 户口簿")
    await api.press("☐ 2. 一寸照片", message=1)
    await api.until(lambda: "☑ 2" in api.messages[ALICE][1]["text"])
    assert "☑ 1" in api.messages[ALICE][1]["text"]
    assert len(api.messages[ALICE]) == 3


async def test_a_list_too_long_for_a_message_is_one_all_the_same(api: StandIn) -> None:
    await listed(api, "户口整户迁移要带什么")
    message = api.messages[ALICE][-1]
    assert "对照着看" in message["text"]
    assert units(message["text"]) <= 4096
    assert len(buttons(message)) == 100
    assert labels(api)[-1] == "好了，看还缺什么"
    said = len(api.messages[ALICE])
    await api.press(labels(api)[0])
    await api.until(lambda: labels(api)[0].startswith("☑"))
    assert len(api.messages[ALICE]) == said
