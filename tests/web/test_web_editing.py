"""An editor at work in a real browser: writing, being told of faults, saving, and both at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from test_web_page import PHONE, SMALL, TWICE, WIDTHS
from test_web_way import OF_STAFF, UNNAMED_OF_STAFF, WIDE
from web_desk import FakeDesk
from web_editors import PERMIT, OpenGuides
from web_site import Site, served
from web_staff import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CHANGE = """([before, after]) => {
  const area = document.getElementById("text");
  const place = area.value.indexOf(before);
  area.focus();
  area.setSelectionRange(place, place + before.length);
  document.execCommand("insertText", false, after);
}"""


@dataclass
class Office:
    """The guides behind the door, and watched pages of editors."""

    guides: OpenGuides
    site: Site

    async def editor(self, path: str = PERMIT, name: str = "孙编辑", **context: Any) -> Page:
        page = await self.site.open("staff/login", **(WIDE | context))
        await page.fill("#name", name)
        await page.fill("#password", PASSWORD)
        await page.press("#password", "Enter")
        await page.wait_for_url("**/editors" if name == "孙编辑" else "**/staff")
        await page.goto(self.site.url + path)
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def office(browser: Browser, tmp_path: Path) -> AsyncIterator[Office]:
    guides = OpenGuides(tmp_path)
    async with served(guides.app()) as url:
        site = Site(url, FakeDesk(), browser)
        yield Office(guides, site)
        for context in browser.contexts:
            await context.close()
    assert site.complaints == []


async def change(page: Page, before: str, after: str) -> None:
    """Write something in the place of something else, as one types it."""
    await page.evaluate(CHANGE, [before, after])


async def test_an_editor_changes_a_fee_and_saves_it(office: Office) -> None:
    page = await office.editor("editors")
    await page.fill("#filter", "暂住证")
    await expect(page.locator("#found")).to_have_text("找到1项")
    await page.click("text=居住证申领")
    await expect(page.locator("#answers")).to_contain_text("收费：20元")
    await change(page, "amount: 20", "amount: 35")
    await expect(page.locator("#answers")).to_contain_text("收费：35元")
    await expect(page.locator("#faults")).to_contain_text("没有发现问题")
    await expect(page.locator("#questions")).to_contain_text("试了4句：对4")
    assert b"amount: 20" in office.guides.file().read_bytes()
    await page.click("text=保存")
    await expect(page.locator(".said")).to_contain_text("保存好了")
    await expect(page.locator(".said")).to_be_focused()
    assert b"amount: 35" in office.guides.file().read_bytes()


async def test_a_fault_is_shown_while_one_writes_and_leads_to_its_line(office: Office) -> None:
    page = await office.editor()
    await change(page, "    fee:", "    fees:")
    fault = page.locator("#faults li.error")
    await expect(fault).to_contain_text("没有“fees”这个键")
    await expect(fault).to_contain_text("fee")
    await expect(page.locator("#answers .note")).to_be_visible()
    line = await fault.locator("a").get_attribute("data-line")
    await expect(page.locator(".numbers .bad")).to_have_text(str(line))
    await page.locator("#main").focus()
    await fault.locator("a").click()
    await expect(page.locator("#text")).to_be_focused()
    selected = "() => { const a = document.getElementById('text');" \
        " return a.value.slice(a.selectionStart, a.selectionEnd); }"  # fmt: skip
    assert await page.evaluate(selected) == "fees:"
    await change(page, "    fees:", "    fee:")
    await expect(page.locator("#faults li")).to_have_count(0)


async def test_of_two_editors_the_second_sees_both_and_loses_nothing(office: Office) -> None:
    sun, zhao = await office.editor(), await office.editor(name="赵主任")
    await change(zhao, "amount: 20", "amount: 25")
    await zhao.click("text=保存")
    await expect(zhao.locator(".said")).to_contain_text("保存好了")
    await change(sun, "amount: 20", "amount: 35")
    await sun.click("text=保存")
    await expect(sun.locator(".said")).to_contain_text("别人改过这个文件")
    await expect(sun.locator(".diff .theirs")).to_contain_text("amount: 25")
    await expect(sun.locator(".diff .mine")).to_contain_text("amount: 35")
    assert "amount: 35" in await sun.input_value("#text")
    await sun.locator(".buttons >> text=保存").click()
    await expect(sun.locator(".said.done")).to_contain_text("保存好了")
    assert b"amount: 35" in office.guides.file().read_bytes()
    assert all("409" in each for each in office.site.complaints)
    office.site.complaints.clear()


async def test_the_keyboard_is_never_trapped(office: Office) -> None:
    page = await office.editor()
    area = page.locator("#text")
    before = await area.input_value()
    await area.focus()
    await page.keyboard.press("Tab")  # nothing was written: it leads on
    await expect(area).not_to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(area).to_be_focused()
    await page.keyboard.press("Control+Home")
    await page.keyboard.type("x")
    await page.keyboard.press("Tab")
    await expect(area).to_have_value("x  " + before)
    await page.keyboard.press("Shift+Tab")
    await expect(area).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    await expect(area).not_to_be_focused()
    await page.evaluate("window.onbeforeunload = null")


async def test_lines_are_indented_together_and_back(office: Office) -> None:
    page = await office.editor()
    area = page.locator("#text")
    await area.click()
    await area.fill("a:\n- b\n- c\n")
    await page.evaluate("document.getElementById('text').setSelectionRange(3, 8)")
    await page.keyboard.press("Tab")
    await expect(area).to_have_value("a:\n  - b\n  - c\n")
    await page.keyboard.press("Shift+Tab")
    await expect(area).to_have_value("a:\n- b\n- c\n")
    await page.keyboard.press("Control+z")
    await expect(area).to_have_value("a:\n  - b\n  - c\n")


async def test_unsaved_words_are_not_left_without_a_question(office: Office) -> None:
    page = await office.editor()
    await page.click("#text")
    await page.keyboard.type("x")
    asked: list[str] = []

    async def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    page.on("dialog", stay)
    await page.click("nav >> text=试问")
    await expect(page.locator("#question")).to_be_visible()
    assert asked == ["beforeunload"]


async def test_what_is_open_stays_open_while_one_writes(office: Office) -> None:
    page = await office.editor()
    notice = page.locator('details[data-key="notice-zh"]')
    await notice.locator("summary").click()
    await change(page, "amount: 20", "amount: 35")
    await expect(notice.locator(".reply")).to_contain_text("35元")
    await expect(notice).to_have_attribute("open", "")


async def test_who_was_logged_out_meanwhile_is_told_and_keeps_what_was_written(
    office: Office,
) -> None:
    page = await office.editor()
    await expect(page.locator("#questions")).to_contain_text("试了4句")
    await page.context.clear_cookies()
    await change(page, "amount: 20", "amount: 35")
    await expect(page.locator("#faults")).to_contain_text("登录过期了")
    assert "amount: 35" in await page.input_value("#text")


async def test_without_javascript_an_editor_can_do_everything(office: Office) -> None:
    page = await office.editor(java_script_enabled=False)
    text = (await page.input_value("#text")).replace("amount: 20", "amount: 35")
    await page.fill("#text", text)
    await page.click("#try")
    await expect(page.locator("#answers")).to_contain_text("收费：35元")
    await expect(page.locator("#questions")).to_contain_text("试了4句")
    await page.locator(".buttons >> text=保存").click()
    await expect(page.locator(".said")).to_contain_text("保存好了")
    assert b"amount: 35" in office.guides.file().read_bytes()


async def test_hostile_texts_in_guides_are_words(office: Office) -> None:
    file = office.guides.file()
    nasty = "</textarea><img src=x onerror=alert(1)>"
    text = file.read_text("utf-8").replace("zh: 外地户口", f"zh: {nasty}外地户口")
    file.write_text(text.replace("ask: [", f"ask: ['{nasty}', "), "utf-8")
    page = await office.editor()
    await expect(page.locator("#questions")).to_contain_text("试了5句")
    await expect(page.locator("#answers")).to_contain_text("<img src=x")
    assert nasty in await page.input_value("#text")
    assert await page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
async def test_every_page_fits_and_can_be_read(
    office: Office, size: dict[str, Any], locale: str, scheme: str
) -> None:
    page = await office.editor("editors", "赵主任", locale=locale, color_scheme=scheme, **size)
    page.on("dialog", lambda dialog: dialog.accept())  # what was changed is left behind
    paths = ("editors", PERMIT, "editors/hall/hall", "editors/why?question=居住证多少钱")
    for path in paths:
        if path != "editors":
            await page.goto(office.site.url + path)
        if path == PERMIT:
            await change(page, "    fee:", "    fees:")
            await expect(page.locator("#faults li.error")).to_be_visible()
            await expect(page.locator("#questions .tried").first).to_be_attached()
        width, window = await page.evaluate(WIDTHS)
        assert width <= window
        assert await page.evaluate(SMALL) == []
        assert [each for each in await page.evaluate(OF_STAFF) if each[0] < 4.5] == []
        assert await page.evaluate(UNNAMED_OF_STAFF) == []
        assert await page.evaluate(TWICE) == []
        assert await page.locator("h1").count() == 1
