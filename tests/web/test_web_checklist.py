"""The materials on the chat page: real checkboxes, in a real browser, told by a real desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect
from web_desk import FakeDesk
from web_site import Site, served

from desk.desk import Desk
from doors.web.application import application
from facts.guides import read_guides
from ledger.memory import MemoryLedger

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
HALL = Path(__file__).parents[1] / "desk" / "hall"
WIDTHS = "() => [document.documentElement.scrollWidth, innerWidth]"


@pytest_asyncio.fixture(loop_scope="session")
async def hall(browser: Browser) -> AsyncIterator[Site]:
    """The page over the desk of the tests' hall."""
    async with served(application(Desk(read_guides(HALL), MemoryLedger()))) as url:
        site = Site(url, FakeDesk(), browser)
        yield site
        for context in browser.contexts:
            await context.close()
    assert site.complaints == []


async def listed(page: Page, question: str = "居住证要带什么", check: str = "核对材料") -> None:
    await page.fill("#text", question)
    await page.press("#text", "Enter")
    await page.locator(".next button", has_text=check).last.click()
    await expect(page.locator(".checklist")).to_have_count(1)
    await told(page)


async def told(page: Page) -> None:
    """All that was ticked has reached the desk."""
    await expect(page.locator("#log")).to_have_attribute("aria-busy", "false")


async def ticked(page: Page) -> list[bool]:
    return [await each.is_checked() for each in await page.get_by_role("checkbox").all()]


async def test_boxes_are_ticked_and_then_tell_what_is_missing(hall: Site) -> None:
    page = await hall.open(**PHONE)
    await listed(page)
    await expect(page.get_by_role("group", name="要带的材料")).to_be_visible()
    await expect(page.locator(".checklist label").first).to_contain_text("居民身份证")
    await page.locator(".checklist label").nth(0).tap()
    await page.locator(".checklist label").nth(1).tap()
    await told(page)
    assert await ticked(page) == [True, True, False, False]
    assert await page.evaluate(WIDTHS) == [360, 360]
    await page.locator(".next button:visible", has_text="好了").tap()
    await expect(page.locator(".lead").last).to_contain_text("必带的都齐了")
    await expect(page.locator(".you")).to_have_count(3)
    await expect(page.get_by_role("checkbox").first).to_be_disabled()


async def test_the_lines_of_the_list_are_told_once(hall: Site) -> None:
    page = await hall.open()
    await listed(page)
    reply = await page.locator(".reply").last.inner_text()
    assert reply.count("居民身份证") == 1
    assert "□" not in reply


async def test_the_boxes_need_no_mouse(hall: Site) -> None:
    page = await hall.open()
    await listed(page)
    boxes = page.get_by_role("checkbox")
    await boxes.first.focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await told(page)
    await expect(boxes.nth(1)).to_be_focused()
    await page.keyboard.press("Space")
    await told(page)
    assert await ticked(page) == [True, False, False, False]


async def test_what_is_ticked_survives_a_reload_and_reaches_the_desk(hall: Site) -> None:
    page = await hall.open()
    await listed(page)
    await page.get_by_role("checkbox").nth(0).check()
    await told(page)
    await page.reload()
    await expect(page.get_by_role("checkbox")).to_have_count(4)
    assert await ticked(page) == [True, False, False, False]
    await page.get_by_role("checkbox").nth(1).check()
    await told(page)
    await page.locator(".next button:visible", has_text="好了").click()
    await expect(page.locator(".lead").last).to_contain_text("必带的都齐了")


async def test_done_pressed_at_once_waits_for_the_ticks_under_way(hall: Site) -> None:
    page = await hall.open()
    await listed(page)
    await page.evaluate(
        """() => {
          document.querySelectorAll(".checklist input").forEach((box) => box.click());
          [...document.querySelectorAll(".next button")].pop().click();
        }"""
    )
    await expect(page.locator(".lead").last).to_contain_text("材料齐了")


async def test_a_tick_that_does_not_arrive_is_taken_back_with_a_way_on(hall: Site) -> None:
    page = await hall.open()
    await listed(page)

    async def cut(route: Route) -> None:
        await route.abort()

    await page.route("**/messages", cut)
    await page.get_by_role("checkbox").nth(2).click()
    await expect(page.locator(".trouble")).to_contain_text("没有送到")
    assert await ticked(page) == [False] * 4
    await page.unroute("**/messages")
    await page.locator(".trouble button").click()
    await told(page)
    assert await ticked(page) == [False, False, True, False]
    await expect(page.locator(".trouble")).to_have_count(0)
    assert all("ERR_FAILED" in each for each in hall.complaints)
    hall.complaints.clear()


async def test_the_list_is_told_in_english(hall: Site) -> None:
    page = await hall.open(**PHONE | {"locale": "en-GB"})
    await listed(page, "residence permit what to bring", "Check my papers")
    await expect(page.get_by_role("group", name="Documents to bring")).to_be_visible()
    await page.locator(".checklist label").nth(0).tap()
    await told(page)
    await page.locator(".next button:visible", has_text="Done").tap()
    await expect(page.locator(".lead").last).to_contain_text("one document is still missing")
    assert await page.evaluate(WIDTHS) == [360, 360]


# where one is


async def nearest(page: Page) -> None:
    await page.fill("#text", "离我最近的服务点在哪")
    await page.press("#text", "Enter")
    await expect(page.get_by_role("button", name="用我的位置")).to_be_visible()


async def test_the_place_is_asked_for_on_pressing_only_and_kept_nowhere(hall: Site) -> None:
    here = {"latitude": 30.5, "longitude": 118.5}
    page = await hall.open(geolocation=here, permissions=["geolocation"], **PHONE)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    await nearest(page)
    assert not any("location" in each for each in sent)
    await page.get_by_role("button", name="用我的位置").tap()
    await expect(page.locator(".lead").last).to_contain_text("指南里没有写")
    assert '"location":{"lat":30.5,"lon":118.5}' in sent[-1]
    assert "118.5" not in await page.evaluate("JSON.stringify([sessionStorage, localStorage])")


async def test_a_place_that_is_not_told_leads_on_to_words(hall: Site) -> None:
    page = await hall.open()
    await nearest(page)
    await page.get_by_role("button", name="用我的位置").click()
    await expect(page.locator(".reply").last).to_contain_text("直接说村名也行")
