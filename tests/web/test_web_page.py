"""The chat page in a real browser."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect
from web_desk import FakeDesk, Guides
from web_site import Clock, Site, served

from desk.desk import Desk
from desk.message import Message
from doors.web.application import application
from facts.catalogue import folders_for
from facts.guides import read_guides
from ledger.memory import MemoryLedger

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}

CONTRASTS = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((part) => part / 255).map(
      (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return numbers(colour)[3] === 0 && node.parentElement ? ground(node.parentElement) : colour;
  };
  const told = "h1, .tagline, .bar p, label, button, a, textarea, .words, .reply *, .number, "
    + ".trouble *";
  return [...document.querySelectorAll(told)].filter((node) => node.getClientRects().length)
    .map((node) => {
      const pair = [light(getComputedStyle(node).color), light(ground(node))].sort();
      return [(pair[1] + 0.05) / (pair[0] + 0.05), node.outerHTML.slice(0, 80)];
    });
}"""

UNNAMED = """() => [...document.querySelectorAll("button, textarea, a, [role]:not(#count)")]
  .filter((node) => !(node.textContent.trim() || node.getAttribute("aria-label")
    || node.getAttribute("aria-labelledby") || (node.labels && node.labels.length)))
  .map((node) => node.outerHTML)"""

TWICE = """() => { const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index); }"""

SMALL = """() => [...document.querySelectorAll("button")]
  .filter((node) => node.getClientRects().length)
  .filter((node) => node.offsetHeight < 44 || node.offsetWidth < 44)
  .map((node) => node.outerHTML)"""

ABOVE_THE_BOX = """(what) => document.querySelector(what).getBoundingClientRect().bottom
  <= document.querySelector("form").getBoundingClientRect().top"""

WIDTHS = "() => [document.documentElement.scrollWidth, innerWidth]"


async def say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def welcomed(page: Page, text: str = "您好") -> None:
    await expect(page.locator(".desk").first).to_contain_text(text)
    await expect(page.locator("#log")).to_have_attribute("aria-busy", "false")


async def words(page: Page) -> list[str]:
    return await page.locator(".words, .lead").all_inner_texts()


async def test_a_conversation_needs_no_mouse(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("社保")
    await page.keyboard.press("Enter")
    await expect(page.locator(".choices button")).to_have_count(2)
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.locator(".choices button").last).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Space")
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await expect(page.locator(".next button:visible").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".you")).to_have_count(3)
    await expect(page.locator(".desk")).to_have_count(4)
    assert [message.choice for message in site.desk.asked] == [None, "t:card", "a:fee"]


async def test_the_first_tab_leads_past_the_conversation(site: Site) -> None:
    page = await site.open(**PHONE)
    await welcomed(page)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()


async def test_pressed_choices_stay_readable_and_a_number_still_works(site: Site) -> None:
    page = await site.open(**PHONE)
    await say(page, "社保")
    await page.locator(".choices button", has_text="社会保障卡").tap()
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    pressed = page.locator(".choices button").first
    await expect(pressed).to_have_attribute("aria-disabled", "true")
    await expect(pressed).to_have_class("chosen")
    await pressed.tap(force=True)
    await say(page, "2")
    await expect(page.locator(".lead").last).to_contain_text("养老保险")
    assert [message.text for message in site.desk.asked] == ["社保", "社会保障卡申领", "2"]


async def test_a_phones_keyboard_makes_way_for_the_answer(site: Site) -> None:
    page = await site.open(**PHONE)
    await welcomed(page)
    await page.tap("#text")
    await say(page, "补卡")
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await expect(page.locator("#text")).not_to_be_focused()
    await expect(page.locator(".you .words")).to_be_in_viewport()


async def test_lists_phones_and_addresses_are_what_they_look_like(site: Site) -> None:
    page = await site.open()
    await say(page, "补卡")
    reply = page.locator(".reply").last
    await expect(reply.locator("ol li")).to_have_text(
        ["本人身份证原件", "近期一寸照片1张（没有可以现场拍）"]
    )
    await expect(reply.locator("ul li .detail")).to_have_text("代办人不用是亲属")
    phone, online = reply.locator("a").first, reply.locator("a").last
    await expect(phone).to_have_attribute("href", "tel:00001234502")
    await expect(online).to_have_attribute("href", "https://example.org/card?id=1")
    await expect(online).to_have_attribute("rel", "noopener noreferrer")
    await expect(reply.locator("a")).to_have_count(2)


async def test_what_the_buttons_say_is_not_said_twice(site: Site) -> None:
    page = await site.open()
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_text(
        [re.compile("1 社会保障卡申领"), re.compile("2 城乡居民")]
    )
    await expect(page.locator(".reply").last.locator("p")).to_have_text(
        ["您想办的是哪一件？", "都不是，就说“都不是”。"]
    )


async def test_a_receipt_stands_out(site: Site) -> None:
    page = await site.open()
    await page.click("#person")
    await expect(page.locator("strong.receipt")).to_have_text("TP-1123-0007")
    await expect(page.locator(".registered a")).to_have_attribute("href", "tel:12345")


async def test_words_are_never_markup(site: Site) -> None:
    page = await site.open()
    await say(page, "<img src=x onerror=alert(1)><b>社保</b>")
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await expect(page.locator(".words")).to_have_text("<img src=x onerror=alert(1)><b>社保</b>")
    assert await page.locator("#log img, #log b").count() == 0


async def test_the_conversation_survives_a_reload(site: Site) -> None:
    page = await site.open()
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    before = await words(page)
    await page.reload()
    await expect(page.locator(".choices button")).to_have_count(2)
    assert await words(page) == before
    await page.locator(".choices button").first.click()
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    assert len({message.session for message in site.desk.asked}) == 1
    assert len(site.desk.welcomed) == 1
    await page.reload()
    await expect(page.locator(".choices .chosen")).to_have_count(1)


async def test_nothing_said_stays_in_the_browser(site: Site) -> None:
    page = await site.open()
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    await page.click("#size")
    assert "社保" not in await page.evaluate("JSON.stringify(localStorage)")
    other = await page.context.new_page()
    await other.goto(site.url)
    await welcomed(other)
    assert len(await words(other)) == 1


async def test_each_message_is_announced_once(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    await expect(page.locator("#log")).to_have_attribute("aria-live", "polite")
    await page.evaluate(
        """() => { window.heard = [];
          new MutationObserver((all) => all.forEach((each) => each.addedNodes.forEach(
            (node) => window.heard.push(node.textContent.slice(0, 5))))
          ).observe(document.getElementById("log"), {childList: true, subtree: true}); }"""
    )
    await say(page, "补卡")
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    assert await page.evaluate("window.heard") == ["您：补卡", "导办：补办"]


async def test_before_a_question_the_switch_greets_in_the_other_language(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    await page.click("[data-language=en]")
    await welcomed(page, "Hello")
    await expect(page.locator(".desk")).to_have_count(1)
    await expect(page.locator("h1")).to_have_text("Taiping Town Government Service Centre")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page).to_have_title("Taiping Town Government Service Centre · Ask first")
    await expect(page.locator("[data-language]")).to_be_focused()
    await say(page, "card")
    await expect(page.locator(".desk")).to_have_count(2)
    assert site.desk.asked[0].language == "en"
    await page.reload()
    await expect(page.locator("#send")).to_have_text("Send")


async def test_in_a_conversation_the_switch_is_told_to_the_desk(site: Site) -> None:
    page = await site.open()
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    await page.click("[data-language=en]")
    await expect(page.locator(".lead").last).to_have_text("Now in English.")
    assert site.desk.asked[-1].choice == "language:en"
    assert await page.locator(".desk").last.get_attribute("lang") == "en"
    await expect(page.locator(".you")).to_have_count(1)


async def test_an_english_browser_is_greeted_in_english(site: Site) -> None:
    page = await site.open(locale="en-GB")
    await welcomed(page, "Hello")
    await expect(page.locator("#send")).to_have_text("Send")


async def test_a_button_is_answered_in_its_own_language(site: Site) -> None:
    page = await site.open(locale="en-GB")
    await welcomed(page, "Hello")
    await page.locator(".next button:visible").first.click()
    await expect(page.locator(".desk")).to_have_count(2)
    await page.click("#person")
    await expect(page.locator(".desk")).to_have_count(3)
    await say(page, "社保")
    await expect(page.locator(".desk")).to_have_count(4)
    assert [message.language for message in site.desk.asked] == ["en", "en", None]


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
async def test_nothing_is_cut_off_at_360_pixels(site: Site, locale: str, size: int) -> None:
    page = await site.open(locale=locale, **PHONE)
    for _ in range(size):
        await page.tap("#size")
    await say(page, "社保")
    await page.locator(".choices button").first.tap()
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await page.tap("#person")
    await expect(page.locator(".registered")).to_be_visible()
    await say(page, "a" * 300)
    await expect(page.locator(".you")).to_have_count(4)
    width, window = await page.evaluate(WIDTHS)
    assert width <= window == 360
    assert await page.evaluate(SMALL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_can_be_read_and_everything_has_a_name(site: Site, scheme: str) -> None:
    page = await site.open(color_scheme=scheme)
    await say(page, "社保")
    await page.locator(".choices button").first.click()
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await page.click("#person")
    await expect(page.locator(".registered")).to_be_visible()
    await page.click("#over")
    low = [each for each in await page.evaluate(CONTRASTS) if each[0] < 4.5]
    assert low == []
    assert await page.evaluate(UNNAMED) == []
    assert await page.evaluate(TWICE) == []
    assert await page.locator("h1").count() == 1
    await expect(page.get_by_role("log", name="对话")).to_be_visible()
    await expect(page.get_by_role("textbox", name="您想办什么事？")).to_be_visible()
    await expect(page.get_by_role("alertdialog")).to_be_visible()


async def test_choosing_characters_with_enter_sends_nothing(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    await page.focus("#text")
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send(
        "Input.imeSetComposition", {"text": "shebao", "selectionStart": 6, "selectionEnd": 6}
    )
    await keyboard.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 13},
    )
    await keyboard.send("Input.insertText", {"text": "社保"})
    assert await page.input_value("#text") == "社保"
    # some keyboards say only by the key's code that they still have it
    await page.evaluate(
        """() => document.getElementById("text").dispatchEvent(new KeyboardEvent("keydown",
          {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    assert site.desk.asked == []
    await page.keyboard.press("Enter")
    await expect(page.locator(".words")).to_have_text("社保")


async def test_shift_and_enter_begin_a_new_line(site: Site) -> None:
    page = await site.open()
    await page.focus("#text")
    await page.keyboard.type("一")
    low = await page.locator("#text").bounding_box()
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("二")
    high = await page.locator("#text").bounding_box()
    assert low is not None
    assert high is not None
    assert high["height"] > low["height"]
    await page.keyboard.press("Enter")
    await expect(page.locator(".words")).to_have_text("一\n二", use_inner_text=True)


async def test_what_could_not_be_sent_is_kept_and_can_be_sent_again(site: Site) -> None:
    page = await site.open(color_scheme="dark", **PHONE)
    await say(page, "补卡")
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await page.context.set_offline(True)
    await say(page, "社保")
    await expect(page.locator(".trouble")).to_contain_text("网络断了")
    assert await page.evaluate(ABOVE_THE_BOX, ".trouble button")
    assert [each for each in await page.evaluate(CONTRASTS) if each[0] < 4.5] == []
    await expect(page.locator(".trouble a")).to_have_attribute("href", "tel:00001234500")
    await page.context.set_offline(False)
    await page.reload()
    await page.click(".trouble button")
    await expect(page.locator(".choices button")).to_have_count(2)
    await expect(page.locator(".trouble")).to_have_count(0)
    await expect(page.locator(".words")).to_have_text(["补卡", "社保"])
    assert all("ERR_INTERNET_DISCONNECTED" in each for each in site.complaints)
    site.complaints.clear()


async def test_a_greeting_that_did_not_come_can_be_asked_for_again(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    await page.route("**/welcome*", lambda route: route.abort())
    await page.evaluate("sessionStorage.clear()")
    await page.reload()
    await expect(page.locator(".trouble")).to_contain_text("网络断了")
    await page.unroute("**/welcome*")
    await page.click(".trouble button")
    await welcomed(page)
    site.complaints.clear()


class Slow:
    """Holds the desk's answers back until it is let go on."""

    def __init__(self, desk: FakeDesk) -> None:
        self._asked, self._let = threading.Event(), threading.Event()
        desk.before = self._wait

    def _wait(self, _: Message) -> None:
        self._asked.set()
        self._let.wait(10)

    async def asked(self) -> None:
        await asyncio.to_thread(self._asked.wait, 10)

    def go_on(self) -> None:
        self._let.set()


async def held(page: Page, path: str) -> asyncio.Future[Route]:
    """The next request to a path, which is held back."""
    found: asyncio.Future[Route] = asyncio.get_running_loop().create_future()

    async def hold(route: Route) -> None:
        found.set_result(route)

    await page.route(path, hold, times=1)
    return found


async def test_what_is_done_while_an_answer_is_awaited_is_done_then(site: Site) -> None:
    slow = Slow(site.desk)
    page = await site.open()
    await welcomed(page)
    await say(page, "社保")
    await slow.asked()
    await say(page, "2")
    await expect(page.locator("#text")).to_have_value("")
    await page.click("#person")
    await page.click("#person")  # once is enough
    await expect(page.locator("#queue .words")).to_have_text(["2", "找人工"])
    await expect(page.locator("#log .you")).to_have_count(1)
    slow.go_on()
    await expect(page.locator("strong.receipt")).to_be_visible()
    await expect(page.locator("#queue .words")).to_have_count(0)
    asked = [(message.text, message.choice) for message in site.desk.asked]
    assert asked == [("社保", None), ("2", None), ("找人工", "about:human")]
    assert [each.partition("：")[0] for each in await words(page)][1::2] == [
        "社保", "2", "找人工",
    ]  # fmt: skip


async def test_what_is_asked_before_the_greeting_is_answered_after_it(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    greeting = await held(page, "**/welcome*")
    await page.evaluate("sessionStorage.clear()")
    await page.reload()
    await say(page, "社保")
    await page.click("[data-language=en]")
    await expect(page.locator("#queue .words")).to_have_text("社保")
    await (await greeting).continue_()
    await expect(page.locator(".choices button")).to_have_count(2)
    await expect(page.locator(".desk").last).to_contain_text("Now in English.")
    await expect(page.locator(".desk").first).to_contain_text("您好")


async def test_what_could_not_be_answered_holds_up_nothing(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    first = await held(page, "**/messages")
    await say(page, "社保")
    await say(page, "2")
    await (await first).abort()
    await expect(page.locator(".lead").last).to_contain_text("养老保险")
    await page.click(".trouble button")
    await expect(page.locator(".choices button")).to_have_count(2)
    site.complaints.clear()


async def test_starting_over_forgets_what_was_not_sent(site: Site) -> None:
    slow = Slow(site.desk)
    page = await site.open()
    await say(page, "社保")
    await slow.asked()
    await say(page, "2")
    await page.click("#over")
    await page.click("#confirm-yes")
    slow.go_on()
    await welcomed(page)
    await expect(page.locator(".words")).to_have_count(0)
    assert [message.text for message in site.desk.asked] == ["社保"]


async def test_questions_left_by_a_reload_can_be_sent_again(site: Site) -> None:
    slow = Slow(site.desk)
    page = await site.open()
    await say(page, "社保")
    await slow.asked()
    await say(page, "2")
    await expect(page.locator("#queue .words")).to_have_text("2")
    await page.reload()
    slow.go_on()
    await expect(page.locator(".trouble")).to_have_count(2)
    await page.locator(".trouble button").first.click()
    await expect(page.locator(".choices button")).to_have_count(2)
    await page.click(".trouble button")
    await expect(page.locator(".lead").last).to_contain_text("养老保险")


async def test_too_fast_and_broken_are_told_with_a_way_on(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    for number in range(1, 21):
        await say(page, "社保")
        await expect(page.locator(".desk")).to_have_count(number + 1)
    await say(page, "社保")
    await expect(page.locator(".trouble")).to_contain_text("请等 60 秒再发")
    assert all("429" in each for each in site.complaints)
    site.complaints.clear()


async def test_too_long_is_told_while_writing(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    await page.fill("#text", "证" * 2_003)
    await expect(page.locator("#count")).to_have_text("太长了，请减少 3 个字")
    await expect(page.locator("#text")).to_have_attribute("aria-invalid", "true")
    await page.press("#text", "Enter")
    assert len(await page.input_value("#text")) == 2_003
    await say(page, "证" * 2_000)
    await expect(page.locator(".desk")).to_have_count(2)


async def test_starting_over_leaves_nothing_behind(site: Site) -> None:
    page = await site.open()
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    (before,) = await page.context.cookies()
    await page.click("#over")
    await expect(page.locator("#confirm-no")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#confirm")).to_be_hidden()
    await page.click("#over")
    await page.click("#confirm-yes")
    await expect(page.locator(".you")).to_have_count(0)
    await welcomed(page)
    (after,) = await page.context.cookies()
    assert before["value"] != after["value"]
    assert "社保卡申领" not in await page.evaluate("JSON.stringify(sessionStorage)")
    await say(page, "2")
    await expect(page.locator(".desk")).to_have_count(2)
    assert site.desk.asked[0].session != site.desk.asked[1].session


async def test_cleared_without_a_network_the_old_session_is_not_used_again(site: Site) -> None:
    page = await site.open()
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    await page.context.set_offline(True)
    await page.click("#over")
    await page.click("#confirm-yes")
    await expect(page.locator(".trouble")).to_be_visible()
    assert "社保" not in await page.locator("#log").inner_text()
    await page.context.set_offline(False)
    await say(page, "2")
    await expect(page.locator(".lead").last).to_contain_text("养老保险")
    assert site.desk.asked[0].session != site.desk.asked[1].session
    site.complaints.clear()


async def test_letters_grow_and_stay_grown(site: Site) -> None:
    page = await site.open()
    await welcomed(page)
    size = "parseFloat(getComputedStyle(document.querySelector('.lead')).fontSize)"
    before = await page.evaluate(size)
    await page.click("#size")
    assert await page.evaluate(size) == pytest.approx(before * 1.2)
    await page.reload()
    await expect(page.locator("#size")).to_have_text("特大")
    await page.click("#size")
    await page.click("#size")
    assert await page.evaluate(size) == before


async def test_the_printed_page_is_the_conversation(site: Site) -> None:
    page = await site.open()
    await say(page, "补卡")
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    await page.emulate_media(media="print")
    for hidden in ("form", ".tools", ".next >> nth=1"):
        await expect(page.locator(hidden)).to_be_hidden()
    await expect(page.locator("h1")).to_be_visible()
    await expect(page.locator(".words")).to_be_visible()
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    await expect(page.locator(".printed")).to_contain_text(re.compile(r"打印时间：\d{4}"))


async def test_the_demonstration_hall_answers_at_the_page(browser: Browser) -> None:
    guides = read_guides(Path(__file__).parents[2] / "guides" / "taiping")
    desk = Desk(guides, MemoryLedger(), catalogue=folders_for(guides.halls))
    await asyncio.to_thread(desk.warm_up)
    async with served(application(desk)) as url:
        site = Site(url, FakeDesk(), browser)
        page = await site.open(**PHONE)
        await welcomed(page, "太平镇政务服务中心")
        await say(page, "社保")
        await page.locator(".choices button", has_text="社会保障卡").tap()
        await expect(page.locator(".you")).to_have_count(2)
        await page.locator(".choices button", has_text="挂失补换").tap()
        await expect(page.locator(".desk.answered ol li").first).to_be_visible()
        await page.locator(".next button:visible", has_text="一次性告知").tap()
        await expect(page.locator(".desk.answered")).to_have_count(3)
        await page.tap("#person")
        await expect(page.locator(".receipt")).to_have_text(re.compile(r"^\w{6}$"))
        await page.tap("[data-language=en]")
        await expect(page.locator(".desk").last).to_have_attribute("lang", "en")
        assert await page.evaluate(WIDTHS) == [360, 360]
        await page.context.close()
    assert site.complaints == []


# a screen in the hall


async def kiosk(site: Site) -> Page:
    page = await site.browser.new_page(locale="zh-CN")
    await page.clock.install()
    await page.goto(site.url + "?kiosk")
    await welcomed(page)
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    return page


async def test_an_abandoned_screen_clears_itself_after_three_minutes(site: Site) -> None:
    page = await kiosk(site)
    await page.click("[data-language=en]")
    await expect(page.locator(".lead").last).to_have_text("Now in English.")
    await page.click("#size")
    (before,) = await page.context.cookies()
    await page.clock.fast_forward(149_000)
    await expect(page.locator("#idle")).to_be_hidden()
    await page.clock.fast_forward(2_000)
    await expect(page.locator("#idle")).to_be_visible()
    await page.clock.fast_forward(30_000)
    await expect(page.locator(".you")).to_have_count(0)
    await welcomed(page)
    await expect(page.locator("#size")).to_have_text("大字")
    (after,) = await page.context.cookies()
    assert before["value"] != after["value"]


async def test_a_touch_keeps_the_screen(site: Site) -> None:
    page = await kiosk(site)
    await page.clock.fast_forward(160_000)
    await expect(page.locator("#idle")).to_be_visible()
    await page.click("main")
    await expect(page.locator("#idle")).to_be_hidden()
    await page.clock.fast_forward(100_000)
    await expect(page.locator(".you")).to_have_count(1)


async def test_unsent_words_keep_the_screen_but_not_for_ever(site: Site) -> None:
    page = await kiosk(site)
    await page.fill("#text", "我想")
    await page.clock.run_for(600_000)
    await expect(page.locator("#text")).to_have_value("我想")
    await expect(page.locator("#idle")).to_be_hidden()
    await page.clock.run_for(400_000)
    await expect(page.locator(".you")).to_have_count(0)
    await expect(page.locator("#text")).to_have_value("")


async def test_a_screen_in_the_hall_leads_nowhere_else(site: Site) -> None:
    page = await kiosk(site)
    await page.locator(".choices button").first.click()
    await expect(page.locator(".lead").last).to_contain_text("补办社保卡")
    assert await page.locator("#log a").count() == 0


async def test_an_own_phone_is_never_cleared(site: Site) -> None:
    page = await site.browser.new_page(locale="zh-CN")
    await page.clock.install()
    await page.goto(site.url)
    await say(page, "社保")
    await expect(page.locator(".choices button")).to_have_count(2)
    await page.clock.run_for(3_600_000)
    await expect(page.locator(".you")).to_have_count(1)


async def test_without_javascript_the_page_says_where_to_ask(
    browser: Browser, clock: Clock
) -> None:
    async with served(application(FakeDesk(guides=Guides()), clock=clock)) as url:
        page = await browser.new_page(java_script_enabled=False, locale="zh-CN")
        await page.goto(url)
        assert "0000-1234500" in await page.locator("body").inner_text()
        await page.context.close()
