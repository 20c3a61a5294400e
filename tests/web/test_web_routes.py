"""The web door over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from web_desk import FakeDesk, Guides
from web_site import Ask, Clock, client_of

from desk.message import Message
from desk.texts import Texts
from doors.web.admission import MESSAGES_A_MINUTE_AND_ADDRESS, PRESSES_A_MINUTE
from doors.web.application import application
from doors.web.chat import preferred
from facts.model import Hall, Location, Text

PATHS = (
    "/",
    "/chat.js",
    "/chat.css",
    "/common.css",
    "/icon.svg",
    "/welcome",
    "/healthz",
    "/nothing",
)
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("path", PATHS)
async def test_every_response_forbids_what_the_page_does_not_need(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] in {"no-store", "no-cache"}


async def test_the_page_needs_nothing_inline_and_nothing_from_outside(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get("/")).text
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page)) == {
        "icon.svg", "common.css", "chat.css", "chat.js", "#text",
    }  # fmt: skip
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert "url(" not in (await client.get("/chat.css")).text
    assert not re.search(r"[\"'`](https?:)?//|innerHTML|eval", (await client.get("/chat.js")).text)


@pytest.mark.parametrize(
    ("accepted", "language", "name"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh", "太平镇政务服务中心"),
        ("en-GB", "en", "Taiping Town Government Service Centre"),
        ("fr", "zh", "太平镇政务服务中心"),
    ],
)
async def test_the_page_speaks_the_browsers_language(
    client: httpx.AsyncClient, accepted: str, language: str, name: str
) -> None:
    page = (await client.get("/", headers={"accept-language": accepted})).text
    assert f'<html lang="{language}">' in page
    assert f'<h1 data-text="name">{name}</h1>' in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("en", "en"),
        ("EN-us;q=0.3, zh-Hant-TW;q=0.7", "zh"),
        ("de, en;q=0.5", "en"),
        ("en;q=nonsense, zh;q=0.1", "zh"),
    ],
)
def test_a_language_is_chosen_by_weight(accepted: str, language: str) -> None:
    assert preferred(accepted, ("en", "zh"), "zh") == language


async def test_a_halls_name_cannot_break_out_of_the_page() -> None:
    name = Text({"zh": '</script><script>alert("1")</script>{x}&'})
    desk = FakeDesk(guides=Guides(halls=(Hall(name=name),)))
    async with client_of(application(desk)) as client:
        page = (await client.get("/")).text
    assert "<script>alert" not in page
    data = re.search(r'id="data">(.*)</script>', page)
    assert data is not None
    assert json.loads(data[1])["words"]["en"]["name"] == name.say("zh")


async def test_several_halls_share_a_name_and_no_phone() -> None:
    halls = tuple(Hall(name=Text({"zh": name}), phone="0000-1") for name in ("东", "西"))
    async with client_of(application(FakeDesk(guides=Guides(halls=halls)))) as client:
        page = (await client.get("/", headers={"accept-language": "zh"})).text
    assert "政务服务导办台</h1>" in page
    assert "0000-1" not in page


async def test_a_file_is_sent_again_only_when_it_changed(client: httpx.AsyncClient) -> None:
    first = await client.get("/chat.js")
    again = await client.get("/chat.js", headers={"if-none-match": first.headers["etag"]})
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["content-encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")


async def test_the_server_says_that_it_is_well(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok"


async def test_an_unknown_address_leads_to_the_right_one(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nothing", headers={"accept-language": "zh"})
    assert answer.status_code == 404
    assert "http://hall.test/" in answer.text


async def test_the_templates_and_sources_are_not_pages(client: httpx.AsyncClient) -> None:
    for path in ("/index.html", "/page/index.html", "/..%2fchat.py"):
        assert (await client.get(path)).status_code == 404


# sessions


async def test_a_welcome_comes_with_a_cookie_that_no_script_can_read(
    client: httpx.AsyncClient, desk: FakeDesk
) -> None:
    answer = await client.get("/welcome?language=en")
    cookie = answer.headers["set-cookie"]
    assert re.match(r"shouwen=[\w-]{43}; HttpOnly; Path=/; SameSite=strict$", cookie)
    assert answer.json()["language"] == "en"
    assert answer.json()["next"][0] == {"key": "about:hall_hours", "label": "今天开门吗"}
    assert desk.welcomed[0][1:] == ("web", "en")


async def test_over_https_the_cookie_stays_there(app: Starlette) -> None:
    async with client_of(app, "https") as client:
        cookie = (await client.get("/welcome")).headers["set-cookie"]
    assert cookie.startswith("__Host-shouwen=")
    assert "Secure" in cookie


async def test_the_page_itself_hands_out_no_cookie(client: httpx.AsyncClient) -> None:
    assert "set-cookie" not in (await client.get("/")).headers


async def test_one_cookie_is_one_session_whose_name_does_not_hold_it(
    client: httpx.AsyncClient, desk: FakeDesk, ask: Ask
) -> None:
    await client.get("/welcome")
    await ask("社保")
    await ask("2")
    sessions = {desk.welcomed[0][0], *(message.session for message in desk.asked)}
    (session,) = sessions
    assert re.fullmatch(r"web:[0-9a-f]{32}", session)
    assert client.cookies["shouwen"] not in session


@pytest.mark.parametrize(
    "cookie", ["", "short", "x" * 65, "../../../etc/passwd/aaaaaaaaaaaaaaaaaaaa"]
)
async def test_a_cookie_that_is_not_ours_is_replaced(app: Starlette, cookie: str) -> None:
    async with client_of(app) as client:
        headers = {"cookie": f"shouwen={cookie}"}
        answer = await client.post("/messages", json={"text": "社保"}, headers=headers)
    assert re.match(r"shouwen=[\w-]{43};", answer.headers["set-cookie"])


async def test_ending_a_session_starts_another(
    client: httpx.AsyncClient, desk: FakeDesk, ask: Ask
) -> None:
    await ask("社保")
    before = client.cookies["shouwen"]
    ended = await client.post("/session/end", json={"language": "en"})
    await ask("社保")
    assert client.cookies["shouwen"] != before
    assert ended.json()["reply"].startswith("Hello")
    assert desk.asked[0].session != desk.asked[1].session == desk.welcomed[0][0]


# messages


async def test_a_message_reaches_the_desk_and_its_turn_the_page(ask: Ask, desk: FakeDesk) -> None:
    answer = await ask(" 社保 ")
    message = desk.asked[0]
    assert (message.text, message.door, message.language, message.choice) == (
        "社保", "web", None, None,
    )  # fmt: skip
    assert answer.json() == {
        "reply": "您想办的是哪一件？\n1. 社会保障卡申领\n2. 城乡居民基本养老保险参保登记\n"
        "都不是，就说“都不是”。",
        "outcome": "choose",
        "language": "zh",
        "choices": [
            {"key": "t:card", "label": "社会保障卡申领"},
            {"key": "t:pension", "label": "城乡居民基本养老保险参保登记"},
        ],
        "next": [],
        "checklist": [],
        "in_place": False,
        "receipt": None,
        "told": False,
        "here": False,
        "phone": False,
    }


async def test_a_pressed_button_and_a_set_language_reach_the_desk(ask: Ask, desk: FakeDesk) -> None:
    answer = await ask("A person", choice="about:human", language="en")
    assert (desk.asked[0].choice, desk.asked[0].language) == ("about:human", "en")
    assert answer.json()["receipt"] == "TP-1123-0007"


async def test_a_shared_place_reaches_the_desk(ask: Ask, desk: FakeDesk) -> None:
    await ask("我的位置", choice="about:location", location={"lat": 30.5, "lon": 118})
    assert (desk.asked[0].location, desk.asked[0].choice) == (Location(lat=30.5, lon=118.0), None)


@pytest.mark.parametrize(
    "place", [{"lat": 91, "lon": 0}, {"lat": "30", "lon": 118}, {"lat": 30}, [30, 118], "here"]
)
async def test_what_is_no_place_is_refused(ask: Ask, desk: FakeDesk, place: object) -> None:
    answer = await ask("我的位置", location=place)
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")
    assert desk.asked == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "unreadable"),
        (b"{", "unreadable"),
        (b"[]", "unreadable"),
        (b'"text"', "unreadable"),
        (b"\xff\xfe{\x00}\x00", "unreadable"),
        (b'{"text": "\xff"}', "unreadable"),
        (b"[" * 60_000, "unreadable"),
        (b"{}", "unreadable"),
        (b'{"text": null}', "unreadable"),
        (b'{"text": 5}', "unreadable"),
        (b'{"text": ["a"]}', "unreadable"),
        (b'{"text": "\\ud800"}', "unreadable"),
        (b'{"text": "a", "choice": 1}', "unreadable"),
        (b'{"text": "a", "choice": ""}', "unreadable"),
        (b'{"text": "a", "choice": "\\udfff"}', "unreadable"),
        (json.dumps({"text": "a", "choice": "证" * 22}).encode(), "unreadable"),
        (b'{"text": "a", "language": "xx"}', "unreadable"),
        (b'{"text": "a", "language": ["zh"]}', "unreadable"),
        (b'{"text": ""}', "empty"),
        (b'{"text": " \\n "}', "empty"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_words(
    client: httpx.AsyncClient, desk: FakeDesk, body: bytes, reason: str
) -> None:
    headers = JSON | {"accept-language": "zh"}
    answer = await client.post("/messages", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (400, reason)
    assert answer.json()["message"].endswith(("。", "事。"))
    assert desk.asked == []


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_read(client: httpx.AsyncClient, desk: FakeDesk, media: str) -> None:
    body = b'{"text": "a"}'
    answer = await client.post("/messages", content=body, headers={"content-type": media})
    assert (answer.status_code, desk.asked) == (415, [])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://hall.test"}, 200),
        ({"origin": "https://hall.test"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "https://behind.proxy"}, 200),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "http://hall.test.evil.test"}, 403),
        ({"origin": "http://hall.test:81"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://hall.test"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/messages", "/session/end"])
async def test_no_other_site_can_send_for_a_citizen(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.post(path, json={"text": "社保"}, headers=headers)
    assert answer.status_code == status


async def test_messages_are_posted_not_fetched(client: httpx.AsyncClient) -> None:
    assert (await client.get("/messages")).status_code == 405
    assert (await client.get("/session/end")).status_code == 405


@pytest.mark.parametrize("letter", ["a", "证", "𠮷"])
async def test_two_thousand_characters_pass_and_one_more_is_refused(
    ask: Ask, desk: FakeDesk, letter: str
) -> None:
    assert (await ask(letter * 2_000)).status_code == 200
    answer = await ask(letter * 2_001, language="en")
    assert answer.status_code == 413
    assert "2001 characters" in answer.json()["message"]
    assert len(desk.asked) == 1


async def test_a_large_body_is_refused_before_it_is_read_to_its_end(
    client: httpx.AsyncClient, desk: FakeDesk
) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1_000:
            sent += 1
            yield b" " * 1_024

    answer = await client.post("/messages", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_big")
    assert desk.asked == []


async def test_the_twenty_first_message_of_a_minute_is_refused(
    ask: Ask, clock: Clock, desk: FakeDesk
) -> None:
    for _ in range(20):
        assert (await ask("社保")).status_code == 200
        clock.now += 1
    refused = await ask("社保", language="zh")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "40")
    assert "请等 40 秒" in refused.json()["message"]
    clock.now += 40
    assert (await ask("社保")).status_code == 200
    assert len(desk.asked) == 21


async def test_many_materials_may_be_ticked_in_a_minute(ask: Ask) -> None:
    for _ in range(PRESSES_A_MINUTE):
        assert (await ask("1. 户口簿", choice="t:card")).status_code == 200
    assert (await ask("1. 户口簿", choice="t:card")).status_code == 429
    assert (await ask("社保")).status_code == 200


async def test_another_session_is_not_held_up(app: Starlette, ask: Ask) -> None:
    for _ in range(21):
        last = await ask("社保")
    assert last.status_code == 429
    async with client_of(app) as other:
        answer = await other.post("/messages", json={"text": "社保"})
    assert answer.status_code == 200


async def test_throwing_cookies_away_does_not_help(app: Starlette, desk: FakeDesk) -> None:
    async with client_of(app) as client:
        for _ in range(MESSAGES_A_MINUTE_AND_ADDRESS):
            await client.post("/messages", json={"text": "社保"})
            client.cookies.clear()
        assert (await client.post("/messages", json={"text": "社保"})).status_code == 429
        assert (await client.get("/welcome")).status_code == 429
    assert len(desk.asked) == MESSAGES_A_MINUTE_AND_ADDRESS


async def test_a_broken_desk_still_gets_a_polite_answer(ask: Ask, desk: FakeDesk) -> None:
    def breaks(message: Message) -> None:
        raise RuntimeError(message.text)

    desk.before = breaks
    answer = await ask("社保")
    assert answer.status_code == 500
    assert "咨询窗口" in answer.json()["message"]
    assert "content-security-policy" in answer.headers


# texts


def test_every_language_has_the_same_words() -> None:
    texts = Texts(Path(__file__).parents[2] / "doors" / "texts")
    keys = {
        language: {key for key in texts.keys(language) if key.startswith("web_")}
        for language in texts.languages
    }
    assert set(keys) >= {"zh", "en"}
    assert len(set(map(frozenset, keys.values()))) == 1
