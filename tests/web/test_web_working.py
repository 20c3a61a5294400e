"""An editor in a real browser works through what was asked in vain, and looks at the figures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from test_web_editing import Office
from test_web_page import PHONE, SMALL, TWICE, WIDTHS
from test_web_way import OF_STAFF, UNNAMED_OF_STAFF, WIDE
from web_desk import FakeDesk
from web_editors import VAIN, OpenGuides
from web_site import Site, served

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BLUE = "蓝皮本本咋整"


@pytest_asyncio.fixture(loop_scope="session")
async def office(browser: Browser, tmp_path: Path) -> AsyncIterator[Office]:
    guides = OpenGuides(tmp_path)
    guides.was_asked()
    async with served(guides.app()) as url:
        site = Site(url, FakeDesk(), browser)
        yield Office(guides, site)
        for context in browser.contexts:
            await context.close()
    assert site.complaints == []


def card(page: Page, text: str = BLUE) -> Locator:
    """The card of a group."""
    return page.get_by_role("article", name=text, exact=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_an_editor_works_through_the_list(office: Office, script: bool) -> None:
    page = await office.editor(VAIN, java_script_enabled=script)
    await card(page).get_by_text("加到事项").click()
    await card(page).get_by_label("写事项的名称或标识").fill("elders/card")
    await card(page).get_by_label("别名（短的叫法）").check()
    await card(page).get_by_label("写进去的话").fill("养狗证多少钱")
    await card(page).get_by_role("button", name="加进去").click()
    await expect(page.locator(".said")).to_contain_text("还没有写进去")
    await expect(page.locator(".drawn li")).to_contain_text("原来：养犬登记")
    await page.get_by_label("换个说法").fill(BLUE)
    await page.get_by_role("button", name="再试试").click()
    await expect(page.locator(".said.done")).to_contain_text("写进了 elders.yaml")
    await expect(card(page)).to_have_count(0)
    assert BLUE in office.guides.file("elders.yaml").read_text("utf-8")
    assert "养狗证" not in office.guides.file("elders.yaml").read_text("utf-8")
    await card(page, "楼上漏水咋个办").get_by_text("不归本厅").click()
    await card(page, "楼上漏水咋个办").get_by_label("这件事叫什么").fill("物业纠纷")
    await card(page, "楼上漏水咋个办").get_by_role("button", name="写进指南").click()
    await expect(page.locator(".said.done")).to_contain_text("写进了 elsewhere.yaml")
    await card(page, "<i>补贴</i>").get_by_role("button", name="以后不再列").click()
    await expect(page.locator(".said.done")).to_contain_text("以后不再列出")
    await expect(page.get_by_text("没有白问的话")).to_be_visible()


async def test_the_keyboard_is_enough(office: Office) -> None:
    page = await office.editor(VAIN)
    await card(page).locator("summary", has_text="新事项").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(card(page).get_by_label("哪个单位的")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.type("蓝皮本办理")
    await page.keyboard.press("Enter")
    await expect(page.locator(".said.done")).to_be_focused()
    assert any("蓝皮本办理" in each.decode() for each in office.guides.texts().values())


async def test_the_figures_are_looked_at_and_led_back_from(office: Office) -> None:
    page = await office.editor("editors")
    await page.click("nav >> text=月报")
    await expect(page.locator("h1")).to_contain_text("2026年11月问事月报")
    await expect(page.locator("svg").first).to_be_visible()
    assert await page.evaluate("getComputedStyle(document.body).fontSize") == "16px"
    await page.get_by_label("月份").select_option("2026-10")
    await page.get_by_role("button", name="看这个月").click()
    await expect(page.locator("h1")).to_contain_text("2026年10月")
    async with page.expect_download() as download:
        await page.click("text=下载全部")
    assert (await download.value).suggested_filename == "hall-2026-10-figures.xlsx"
    await page.click("text=English")
    await expect(page.locator("h1")).to_contain_text("questions in 2026-10")
    await page.click("text=Back to the guides")
    await expect(page.locator("#filter")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
async def test_every_page_fits_and_can_be_read(
    office: Office, size: dict[str, Any], locale: str, scheme: str
) -> None:
    office.guides.was_asked(**{"很长的问题" * 30: 1})
    page = await office.editor(VAIN, locale=locale, color_scheme=scheme, **size)
    for place in range(3):
        await page.locator(".card").nth(place).locator("summary").nth(place).click()
    await fits(page)
    first = page.locator(".card").first
    await first.locator("input[name=other]").fill("elders/card")
    await first.locator("input[name=text]").fill("养狗证多少钱")
    await first.locator("details[open] button").click()
    await expect(page.locator(".drawn li")).to_be_visible()
    await fits(page)
    await page.goto(f"{office.site.url}editors/figures")
    await fits(page)


async def fits(page: Page) -> None:
    """Nothing is cut off or too small, every word can be read, and everything has a name."""
    width, window = await page.evaluate(WIDTHS)
    assert width <= window
    assert await page.evaluate(SMALL) == []
    assert [each for each in await page.evaluate(OF_STAFF) if each[0] < 4.5] == []
    assert await page.evaluate(UNNAMED_OF_STAFF) == []
    assert await page.evaluate(TWICE) == []
    assert await page.locator("h1").count() == 1
