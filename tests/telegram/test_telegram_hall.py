"""A citizen of a small hall, from /start to a receipt, through the real desk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from answering import open_door
from small_hall import write
from stand_in import ALICE, BOB, CUT_BEFORE, buttons, flood, units

from desk.desk import Desk
from facts.guides import Guides, read_guides
from facts.problems import has_errors
from ledger.memory import MemoryLedger

MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Guides:
    guides = read_guides(write(tmp_path_factory.mktemp("guides")))
    assert not has_errors(guides.problems)
    return guides


async def test_a_citizen_is_led_from_the_greeting_to_a_receipt(
    guides: Guides, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    ledger = MemoryLedger()
    async with open_door(Desk(guides, ledger, lambda: MONDAY)) as api:
        await api.say("/start")
        assert "清溪镇政务服务中心" in (await api.told())[0]

        api.fail("sendMessage", flood(1))
        await api.say("身份正丢了咋半")  # two typing errors
        assert "40元" in (await api.told(count=2))[1]
        api.fail("sendMessage", CUT_BEFORE)
        await api.say("要带什么")
        assert "一寸照片" in (await api.told(count=3))[2]
        await api.press("多少钱")
        assert "40元" in (await api.told(count=4))[3]

        await api.say("身份证业务", BOB)
        assert "首次申领居民身份证" in (await api.told(BOB))[0]
        await api.press("首次申领居民身份证", BOB)
        assert "首次申领居民身份证" in (await api.told(BOB, 2))[1]

        await api.edit("丢失补领居民身份证")
        await api.say("/language")
        await api.told(count=5)
        await api.press("English")
        assert (await api.told(count=6))[5].isascii()
        await api.press("about:human")
        receipt = (await api.told(count=7))[6]
    assert [(each.outcome, each.topic) for each in ledger.entries] == [
        ("answered", "police/id-card-lost"),
        ("answered", "police/id-card-lost"),
        ("answered", "police/id-card-lost"),
        ("choose", None),
        ("answered", "police/id-card-first"),
        ("talk", None),
        ("registered", None),
    ]
    (number,) = ledger.taken_down
    assert number in receipt
    assert f"<code>{number}</code>" in api.called("sendMessage")[-1].params["text"]
    assert ledger.taken_down[number].session == f"telegram:{ALICE}"


async def test_a_very_long_guide_is_told_whole_and_in_order(guides: Guides) -> None:
    async with open_door(Desk(guides, MemoryLedger(), lambda: MONDAY)) as api:
        await api.say("整户迁户口要带什么")
        await api.until(lambda: any(buttons(each) for each in api.messages[ALICE]))
        texts = await api.told()
    assert len(texts) > 1
    assert all(units(each) <= 4096 for each in texts)
    places = ["\n".join(texts).index(f"第{each}号表") for each in range(1, 101)]
    assert places == sorted(places)
    assert "<务必>连同 A&B 两联" in texts[-1]


@pytest.mark.parametrize(("phone", "words"), [("zh-hans", "6号窗口"), ("en", "window 6")])
async def test_the_menu_speaks_the_language_of_the_greeting(
    guides: Guides, phone: str, words: str
) -> None:
    async with open_door(Desk(guides, MemoryLedger(), lambda: MONDAY)) as api:
        await api.say("/start", language=phone)
        await api.say("/windows", language=phone)
        assert words in (await api.told(count=2))[1]
