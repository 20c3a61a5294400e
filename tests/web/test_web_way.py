"""The whole way of a question in real browsers: from the citizen to the clerk, and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect
from test_web_page import CONTRASTS, PHONE, SMALL, TWICE, UNNAMED, WIDTHS, say
from web_desk import FakeDesk
from web_hall import NOBODYS, OpenHall
from web_site import Site, served
from web_staff import PASSWORD, staffed, users_in

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
OF_STAFF = CONTRASTS.replace('"h1,', '"main *, nav *, h1,')
UNNAMED_OF_STAFF = UNNAMED.replace("#count", "[role=status]")
LOOK = 16_000
"""Milliseconds after which a page has looked for what is new."""


@dataclass
class Place:
    """The real desk behind the door, and watched pages."""

    hall: OpenHall
    site: Site

    async def citizen(self, **context: Any) -> Page:
        page = await self.site.open(**context)
        await expect(page.locator(".desk").first).to_be_visible()
        return page

    async def clerk(self, name: str = "李强", **context: Any) -> Page:
        page = await self.site.open("staff/login", **(WIDE | context))
        await page.fill("#name", name)
        await page.fill("#password", PASSWORD)
        await page.press("#password", "Enter")
        await expect(page.locator("#receipts")).to_be_visible()
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def place(browser: Browser, tmp_path: Path) -> AsyncIterator[Place]:
    hall = OpenHall()
    async with served(staffed(hall, users_in(tmp_path))) as url:
        site = Site(url, FakeDesk(), browser)
        yield Place(hall, site)
        for context in browser.contexts:
            await context.close()
    assert site.complaints == []


async def look(page: Page) -> None:
    """Have a page look at what is new, as it does when one comes back to it."""
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_a_question_nobody_answers_comes_back_answered(place: Place) -> None:
    citizen = await place.citizen(**PHONE)
    await say(citizen, NOBODYS)
    number = await citizen.locator("strong.receipt").inner_text()
    await expect(citizen.locator(".here")).to_contain_text("显示在这台设备的这个网页上")

    await citizen.fill(".phone input", "139 1234 5678")
    await citizen.press(".phone input", "Enter")
    await expect(citizen.locator(".phone")).to_have_text("号码留好了，办结就删。")

    clerk = await place.clerk()
    card = clerk.locator(f"#r-{number}")
    await expect(card).to_contain_text("鸽子")
    await expect(card.locator(".phone")).to_have_text("13912345678")
    await card.locator("text=我来办").click()
    await expect(clerk.locator(".said")).to_contain_text("由您来办")
    await expect(clerk.locator(".said")).to_be_focused()
    await look(citizen)
    await expect(citizen.locator(".lead").last).to_contain_text("有人办了")

    await answer(clerk, number, "鸽子不用办身份证。")
    await look(citizen)
    await expect(citizen.locator(".desk").last).to_contain_text("鸽子不用办身份证。")
    await citizen.locator(".next button:visible", has_text="没解决").tap()
    await expect(citizen.locator(".lead").last).to_contain_text("还没解决")

    await clerk.reload()
    await expect(card.locator(".state")).to_have_text("没解决")
    await answer(clerk, number, "信鸽要到信鸽协会登记。")
    await look(citizen)
    await expect(citizen.locator(".desk").last).to_contain_text("信鸽协会")
    assert "13912345678" not in repr(place.hall.ledger.entries)
    await citizen.locator(".next button:visible", has_text="解决了").first.tap()
    await expect(citizen.locator(".desk").last).to_contain_text("办结了")
    assert place.hall.ledger.contact(number) is None
    await citizen.locator(".next button:visible", has_text="非常满意").first.tap()
    await expect(citizen.locator(".lead").last).to_contain_text("谢谢您的评价")
    assert [each.level for each in place.hall.ledger.rated] == [5]
    assert await citizen.evaluate(WIDTHS) == [360, 360]


async def answer(clerk: Page, number: str, text: str) -> None:
    """Answer a receipt without a mouse."""
    card = clerk.locator(f"#r-{number}")
    await card.locator("summary", has_text="答复").focus()
    await clerk.keyboard.press("Enter")
    await clerk.keyboard.press("Tab")
    await clerk.keyboard.type(text)
    await clerk.keyboard.press("Tab")
    await clerk.keyboard.press("Enter")
    await expect(clerk.locator(".said")).to_contain_text("答复已发给群众")


# the citizen's page


async def test_an_answer_comes_by_itself_and_stays_over_a_reload(place: Place) -> None:
    page = await place.site.browser.new_page(locale="zh-CN")
    await page.clock.install()
    await page.goto(place.site.url)
    await say(page, NOBODYS)
    number = await page.locator("strong.receipt").inner_text()
    place.hall.desk.handling.answer(number, "王芳", "不用办。")
    await page.clock.run_for(LOOK)
    await expect(page.locator(".desk").last).to_contain_text("不用办。")
    await expect(page.locator(".next button:visible")).to_have_text(["解决了", "没解决"])
    await page.reload()
    await expect(page.locator(".desk").last).to_contain_text("不用办。")
    await expect(page.locator(".desk", has_text="不用办。")).to_have_count(1)
    await page.locator(".next button:visible", has_text="没解决").click()
    await expect(page.locator(".lead").last).to_contain_text("还没解决")


async def test_the_answer_waits_for_who_closed_the_page(place: Place) -> None:
    page = await place.citizen()
    await say(page, NOBODYS)
    number = await page.locator("strong.receipt").inner_text()
    (cookie,) = await page.context.cookies()
    assert cookie["expires"] > 0
    place.hall.desk.handling.answer(number, "王芳", "不用办。")
    other = await page.context.new_page()
    await page.close()
    await other.goto(place.site.url)
    await expect(other.locator(".desk").last).to_contain_text("不用办。")
    await expect(other.locator(".next button:visible")).to_have_text(["解决了", "没解决"])


async def test_an_answer_whose_response_was_lost_comes_once(place: Place) -> None:
    page = await place.citizen()
    await say(page, NOBODYS)
    number = await page.locator("strong.receipt").inner_text()
    place.hall.desk.handling.answer(number, "王芳", "不用办。")
    lost = []

    async def lose(route: Any) -> None:
        await route.fetch()
        lost.append(route)
        await route.abort()

    await page.route("**/notices", lose)
    async with page.expect_event("requestfailed"):
        await look(page)
    await page.unroute("**/notices")
    await look(page)
    await expect(page.locator(".desk").last).to_contain_text("不用办。")
    await look(page)
    await expect(page.locator(".desk", has_text="不用办。")).to_have_count(1)
    assert lost
    place.site.complaints.clear()


async def test_an_older_answer_can_still_be_answered(place: Place) -> None:
    page = await place.citizen()
    await say(page, NOBODYS)
    number = await page.locator("strong.receipt").inner_text()
    place.hall.desk.handling.answer(number, "王芳", "不用办。")
    await look(page)
    await expect(page.locator(".desk").last).to_contain_text("不用办。")
    await say(page, "几点下班")
    await expect(page.locator(".you")).to_have_count(2)
    await page.locator(".notice-of .next button", has_text="解决了").first.click()
    await expect(page.locator(".lead").last).to_contain_text("太好了")
    await expect(page.locator(".notice-of .next")).to_be_hidden()
    assert place.hall.receipt(number).state == "closed"


async def test_who_is_reading_further_up_is_not_pulled_away(place: Place) -> None:
    page = await place.citizen(**PHONE)
    await say(page, NOBODYS)
    number = await page.locator("strong.receipt").inner_text()
    await page.evaluate("window.scrollTo(0, 0)")
    place.hall.desk.handling.answer(number, "王芳", "不用办。")
    await look(page)
    await expect(page.locator("#news")).to_be_visible()
    assert await page.evaluate("scrollY") == 0
    await page.tap("#news")
    await expect(page.locator(".notice-of .lead")).to_be_in_viewport()
    await expect(page.locator("#news")).to_be_hidden()


async def test_an_english_letter_begins_with_a_capital(place: Place) -> None:
    page = await place.citizen(locale="en-GB")
    await page.click("#person")
    number = await page.locator("strong.receipt").inner_text()
    place.hall.desk.handling.answer(number, "王芳", "Yes.")
    await look(page)
    await expect(page.locator(".notice-of .lead")).to_contain_text("Window 1")


async def test_a_page_that_waits_for_nothing_asks_for_nothing(place: Place) -> None:
    page = await place.site.browser.new_page(locale="zh-CN")
    await page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(place.site.url)
    await expect(page.locator(".desk").first).to_be_visible()
    await page.clock.run_for(60_000)
    assert sum(each.endswith("/notices") for each in asked) == 1


async def test_a_message_lost_on_its_way_back_is_answered_once(place: Place) -> None:
    page = await place.citizen()

    async def lose(route: Any) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/messages", lose)
    await say(page, NOBODYS)
    await expect(page.locator(".trouble")).to_be_visible()
    await page.unroute("**/messages")
    await page.click(".trouble button")
    await expect(page.locator("strong.receipt")).to_be_visible()
    assert len(place.hall.receipts()) == 1
    place.site.complaints.clear()


async def test_clearing_with_an_open_question_says_what_is_lost(place: Place) -> None:
    page = await place.citizen()
    await say(page, NOBODYS)
    await expect(page.locator("strong.receipt")).to_be_visible()
    await page.click("#over")
    await expect(page.locator("#confirm-words")).to_contain_text("凭回执号")


async def test_what_is_no_phone_is_told_and_can_be_mended(place: Place) -> None:
    page = await place.citizen()
    await say(page, NOBODYS)
    await page.fill(".phone input", "123")
    await page.click(".phone button")
    await expect(page.locator(".phone [role=status]")).to_contain_text("请再看看号码")
    await expect(page.locator(".phone input")).to_have_attribute("aria-invalid", "true")
    await page.fill(".phone input", "0552-1234567")
    await page.click(".phone button")
    await expect(page.locator(".phone")).to_have_text("号码留好了，办结就删。")
    assert "1234567" not in await page.evaluate("JSON.stringify([{...sessionStorage}])")
    assert all("422" in each for each in place.site.complaints)
    place.site.complaints.clear()


# the clerk's page


async def test_a_new_receipt_appears_without_disturbing(place: Place) -> None:
    first = place.hall.left(NOBODYS).number
    clerk = await place.clerk()
    card = clerk.locator(f"#r-{first}")
    await card.locator("summary", has_text="答复").click()
    await card.locator("textarea").type("写到一半")
    second = place.hall.left(NOBODYS).number
    await look(clerk)
    await expect(clerk.locator(f"#r-{second}.fresh")).to_be_visible()
    await expect(clerk.locator("#news")).to_have_text("新来1件")
    await expect(clerk).to_have_title("（1件新）待办回执 · 清水镇政务服务中心")
    await expect(card.locator("textarea")).to_have_value("写到一半")
    await expect(card.locator("textarea")).to_be_focused()
    await clerk.keyboard.type("再写")
    await expect(clerk.locator("#news")).to_have_text("")
    await expect(card.locator("textarea")).to_have_value("写到一半再写")


async def test_a_receipt_that_another_answers_is_marked_while_one_writes(place: Place) -> None:
    number = place.hall.left(NOBODYS).number
    other = place.hall.left(NOBODYS).number
    clerk = await place.clerk()
    card = clerk.locator(f"#r-{number}")
    await card.locator("summary", has_text="答复").click()
    await card.locator("textarea").fill("写到一半")
    await clerk.focus("#main")
    place.hall.desk.handling.answer(number, "赵主任", "不用。")
    place.hall.desk.handling.answer(other, "赵主任", "不用。")
    await look(clerk)
    await expect(clerk.locator(f"#r-{other}")).to_have_count(0)
    await expect(card.locator(".changed")).to_be_visible()
    await card.locator("text=发给群众").click()
    await expect(clerk.locator(".said")).to_contain_text("已经答复过了")
    await expect(clerk.locator(".said .kept")).to_have_text("写到一半")


async def test_who_was_logged_out_meanwhile_is_led_to_the_login(place: Place) -> None:
    clerk = await place.clerk()
    await clerk.context.clear_cookies()
    await look(clerk)
    await clerk.locator("#news a").click()
    await expect(clerk.locator("#password")).to_be_visible()
    assert all("401" in each for each in place.site.complaints)
    place.site.complaints.clear()


async def test_without_javascript_a_clerk_can_do_everything(place: Place) -> None:
    number = place.hall.left(NOBODYS).number
    clerk = await place.clerk(java_script_enabled=False)
    card = clerk.locator(f"#r-{number}")
    await card.locator("text=转窗口").click()
    await card.locator("select").select_option("2")
    await card.locator("details[open] input[name=text]").fill("是居住证的事")
    await card.locator("text=转过去").click()
    await expect(clerk.locator(".said")).to_contain_text("已转到2号窗口")
    await clerk.click("text=退出")
    await expect(clerk.locator("#password")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
async def test_every_page_fits_and_can_be_read(
    place: Place, size: dict[str, Any], locale: str, scheme: str
) -> None:
    place.hall.left("很长的问题" * 30)
    place.hall.left(NOBODYS)
    page = await place.clerk("赵主任", locale=locale, color_scheme=scheme, **size)
    await page.locator(".actions summary").first.click()
    await page.locator(".history summary").first.click()
    for path in ("staff", "staff/ratings", "staff/login"):
        if path != "staff":
            await page.goto(place.site.url + path)
        width, window = await page.evaluate(WIDTHS)
        assert width <= window
        assert await page.evaluate(SMALL) == []
        assert [each for each in await page.evaluate(OF_STAFF) if each[0] < 4.5] == []
        assert await page.evaluate(UNNAMED_OF_STAFF) == []
        assert await page.evaluate(TWICE) == []
        assert await page.locator("h1").count() == 1
