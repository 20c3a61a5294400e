"""What a citizen is told later: over HTTP, with the real desk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from web_hall import OpenHall
from web_site import client_of

from doors.web.application import application
from ledger.records import LedgerError

ID = "a1b2c3d4e5f6a7b8"


@pytest.fixture
def hall() -> OpenHall:
    return OpenHall()


@pytest.fixture
async def client(hall: OpenHall) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(application(hall.desk)) as client:
        yield client


async def leave(client: httpx.AsyncClient, **fields: object) -> dict[str, Any]:
    """Leave a question that somebody has to answer."""
    body = {"text": "找人工", "choice": "about:human", **fields}
    answer = await client.post("/messages", json=body)
    found: dict[str, Any] = answer.json()
    return found


async def look(client: httpx.AsyncClient, *received: int) -> dict[str, Any]:
    """Ask what is new, as the page does."""
    answer = await client.post("/notices", json={"received": received})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_a_page_without_a_session_waits_for_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post("/notices", json={})
    assert answer.json() == {"notices": [], "expected": False}
    assert "set-cookie" not in answer.headers


async def test_the_answer_comes_to_the_page_that_left_the_question(
    hall: OpenHall, client: httpx.AsyncClient
) -> None:
    turn = await leave(client)
    assert (turn["here"], turn["phone"]) == (True, True)
    assert await look(client) == {"notices": [], "expected": True}
    hall.desk.handling.take(turn["receipt"], "王")
    hall.desk.handling.answer(turn["receipt"], "王", "可以办，带身份证来。")
    told = await look(client)
    assert told["expected"] is False
    taken, answered = told["notices"]
    assert "有人办了" in taken["reply"]
    assert "可以办，带身份证来。" in answered["reply"]
    assert [each["label"] for each in answered["next"]] == ["解决了", "没解决"]
    assert answered["receipt"] == turn["receipt"]


async def test_a_notice_comes_again_until_the_page_has_received_it(
    hall: OpenHall, client: httpx.AsyncClient
) -> None:
    number = (await leave(client))["receipt"]
    hall.desk.handling.take(number, "王")
    (first,) = (await look(client))["notices"]
    assert (await look(client))["notices"] == [first]
    assert (await look(client, first["id"]))["notices"] == []
    hall.desk.handling.answer(number, "王", "可以。")
    (second,) = (await look(client))["notices"]
    assert second["id"] != first["id"]


async def test_one_citizen_cannot_drop_the_notices_of_another(
    hall: OpenHall, client: httpx.AsyncClient
) -> None:
    number = (await leave(client))["receipt"]
    hall.desk.handling.take(number, "王")
    (first,) = (await look(client))["notices"]
    async with client_of(application(hall.desk)) as other:
        await other.get("/welcome")
        assert await look(other, first["id"]) == {"notices": [], "expected": False}
    assert (await look(client))["notices"] == [first]


async def test_the_cookie_lasts_a_month_once_there_is_a_receipt(client: httpx.AsyncClient) -> None:
    first = await client.get("/welcome")
    assert "Max-Age" not in first.headers["set-cookie"]
    again = await client.post("/messages", json={"text": "你好"})
    assert "set-cookie" not in again.headers
    left = await client.post("/messages", json={"text": "找人", "choice": "about:human"})
    assert "Max-Age=2592000" in left.headers["set-cookie"]
    after = await client.post("/messages", json={"text": "你好"})
    assert "set-cookie" not in after.headers
    looked = await client.post("/notices", json={})
    assert "Max-Age=2592000" in looked.headers["set-cookie"]


async def test_of_a_nameless_complaint_nothing_is_told_here(
    hall: OpenHall, client: httpx.AsyncClient
) -> None:
    turn = (await client.post("/messages", json={"text": "我要匿名投诉3号窗口态度差"})).json()
    assert hall.receipt(turn["receipt"]).session == ""
    assert (turn["here"], turn["phone"]) == (False, False)


@pytest.mark.parametrize(
    "body",
    [
        {"received": 5},
        {"received": ["1"]},
        {"received": [True]},
        {"received": [-1]},
        {"received": [1 << 62]},
        {"received": list(range(1, 102))},
        {"had": "short"},
        {"had": 5},
    ],
)
async def test_what_the_page_would_not_send_is_refused(
    client: httpx.AsyncClient, body: dict[str, object]
) -> None:
    answer = await client.post("/notices", json=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


@pytest.mark.parametrize("path", ["/notices", "/phone"])
async def test_no_other_site_can_look_or_leave_a_phone(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert (await client.post(path, json={}, headers=headers)).status_code == 403
    assert (await client.get(path)).status_code == 405


async def test_while_the_ledger_is_away_the_page_is_not_told_that_nothing_comes(
    hall: OpenHall, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await leave(client)

    def away(*_: object) -> None:
        raise LedgerError("locked")

    monkeypatch.setattr(hall.ledger, "receipts", away)
    assert (await client.post("/notices", json={})).status_code == 503
    number = hall.receipts()[0].number
    answer = await client.post("/phone", json={"receipt": number, "phone": "13912345678"})
    assert answer.status_code == 503


async def test_looks_are_counted_apart_from_messages(client: httpx.AsyncClient) -> None:
    await client.get("/welcome")
    for _ in range(60):
        await look(client)
    assert (await client.post("/notices", json={})).status_code == 429
    assert (await client.post("/messages", json={"text": "你好"})).status_code == 200


# the same message twice


async def test_a_message_that_is_sent_again_is_answered_once(
    hall: OpenHall, client: httpx.AsyncClient
) -> None:
    first = await leave(client, id=ID)
    again = await leave(client, id=ID)
    assert again == first
    assert len(hall.receipts()) == 1
    assert len(hall.ledger.entries) == 1


async def test_a_reply_that_has_arrived_is_kept_no_longer(
    hall: OpenHall, client: httpx.AsyncClient
) -> None:
    await leave(client, id=ID)
    assert hall.ledger.entries[0].reply is not None
    await client.post("/messages", json={"text": "你好", "had": ID})
    assert hall.ledger.entries[0].reply is None
    again = await leave(client, id=ID)
    assert (again["told"], again["reply"]) == (True, "")


@pytest.mark.parametrize("name", ["", "short", "x" * 65, "a b" * 8, 5, ["a" * 20], "证" * 20])
async def test_an_id_that_is_none_is_refused(
    hall: OpenHall, client: httpx.AsyncClient, name: object
) -> None:
    answer = await client.post("/messages", json={"text": "你好", "id": name})
    assert answer.status_code == 400
    assert hall.ledger.entries == []


# a phone


async def test_a_phone_is_kept_for_the_clerk_alone(
    hall: OpenHall, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    number = (await leave(client))["receipt"]
    answer = await client.post("/phone", json={"receipt": number, "phone": "139 1234 5678"})
    assert answer.json() == {"kept": True}
    card = hall.desk.handling.card(number)
    assert card is not None
    assert card.phone == "13912345678"
    assert not re.search("139 ?1234", repr(hall.ledger.entries) + caplog.text)


@pytest.mark.parametrize("phone", ["", "abc", "1" * 40, "139"])
async def test_what_is_no_phone_is_refused_in_words(
    hall: OpenHall, client: httpx.AsyncClient, phone: str
) -> None:
    number = (await leave(client))["receipt"]
    body = {"receipt": number, "phone": phone, "language": "en"}
    answer = await client.post("/phone", json=body)
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("Please check the number")


async def test_a_stranger_leaves_no_phone(hall: OpenHall, client: httpx.AsyncClient) -> None:
    number = (await leave(client))["receipt"]
    async with client_of(application(hall.desk)) as other:
        body = {"receipt": number, "phone": "13912345678"}
        assert (await other.post("/phone", json=body)).status_code == 422
    assert hall.ledger.contact(number) is None


async def test_without_a_key_no_phone_is_asked_for() -> None:
    hall = OpenHall(phones=False)
    async with client_of(application(hall.desk)) as client:
        turn = await leave(client)
        assert (turn["here"], turn["phone"]) == (True, False)
        body = {"receipt": turn["receipt"], "phone": "13912345678"}
        assert (await client.post("/phone", json=body)).status_code == 422
    assert hall.ledger.contact(turn["receipt"]) is None
