"""Who gets in at the staff page, and who does not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from web_hall import OpenHall
from web_site import Clock, client_of
from web_staff import PASSWORD, clerk, log_in, staffed, token_in, users_in

from doors.web.staff import users as users_module
from doors.web.staff.login import KEYS, Tries
from doors.web.staff.users import Users

PATHS = ("/staff", "/staff/cards", "/staff/ratings")


@pytest.fixture(scope="module")
def hall() -> OpenHall:
    return OpenHall()


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return users_in(tmp_path)


@pytest.fixture
def app(hall: OpenHall, users: Users, clock: Clock) -> Starlette:
    return staffed(hall, users, clock)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        client.headers["accept-language"] = "zh"
        yield client


async def test_who_has_a_password_gets_in(client: httpx.AsyncClient) -> None:
    answer = await log_in(client, "王芳")
    assert (answer.status_code, answer.headers["location"]) == (303, "../staff")
    cookies = answer.headers.get_list("set-cookie")
    assert re.match(r"shouwen-staff=[\w-]{43}; HttpOnly; Path=/; SameSite=strict$", cookies[0])
    page = (await client.get("/staff")).text
    assert "王芳（2号窗口）" in page


async def test_over_https_the_cookies_stay_there(app: Starlette) -> None:
    async with client_of(app, "https") as client:
        answer = await log_in(client, "王芳")
        for cookie in answer.headers.get_list("set-cookie"):
            assert cookie.startswith("__Host-shouwen-")
            assert "Secure" in cookie


@pytest.mark.parametrize("path", PATHS)
async def test_who_is_not_logged_in_sees_nothing(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code in (303, 401)
    assert "回执" not in answer.text


@pytest.mark.parametrize("path", ["/staff/receipts/234567", "/staff/logout"])
async def test_who_is_not_logged_in_does_nothing(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.post(path, data={"action": "take"})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("staff/login")


@pytest.mark.parametrize("path", PATHS)
async def test_an_editor_is_told_that_the_page_is_for_others(app: Starlette, path: str) -> None:
    async with clerk(app, "孙编辑") as editor:
        answer = await editor.client.get(path)
        assert answer.status_code in (401, 403)
        acted = await editor.client.post("/staff/receipts/234567", data={"action": "take"})
        assert acted.status_code == 403


async def test_ratings_are_for_heads(app: Starlette) -> None:
    async with clerk(app, "王芳") as staff, clerk(app, "赵主任") as head:
        assert (await staff.client.get("/staff/ratings")).status_code == 403
        assert (await head.client.get("/staff/ratings")).status_code == 200
        assert "staff/ratings" not in await staff.page()
        assert "staff/ratings" in await head.page()


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("王芳", "wrong password"),
        ("谁也不是", PASSWORD),
        ("", ""),
        ("王芳", ""),
        ("王芳", "x" * 5_000),
    ],
)
async def test_a_wrong_name_or_password_gets_one_and_the_same_answer(
    client: httpx.AsyncClient, name: str, password: str
) -> None:
    answer = await log_in(client, name, password)
    assert answer.status_code == 401
    assert "姓名或者密码不对" in answer.text
    assert (await client.get("/staff")).status_code == 303


async def test_an_unknown_name_is_hashed_as_a_known_one_is(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    hasher = users_module._hasher()

    class Watched:
        def verify(self, known: str, password: str) -> bool:
            seen.append(known.rpartition("$")[0].rpartition("$")[0])
            return hasher.verify(known, password)

        def hash(self, password: str) -> str:
            return hasher.hash(password)

    monkeypatch.setattr(users_module, "_hasher", Watched)
    await log_in(client, "王芳", "wrong password")
    await log_in(client, "谁也不是", "wrong password")
    known, unknown = seen
    assert known == unknown
    assert known.startswith("$argon2id$")


# tries


async def test_after_five_failed_tries_a_name_has_to_wait_a_quarter_of_an_hour(
    app: Starlette, clock: Clock
) -> None:
    async with client_of(app) as client:
        client.headers["accept-language"] = "zh"
        for number in range(5):
            answer = await log_in(client, "王芳", f"wrong {number}")
        assert answer.status_code == 429
        assert "15分钟" in answer.text
        assert (await log_in(client, "王芳")).status_code == 429
        clock.now += 14 * 60
        assert (await log_in(client, "王芳")).status_code == 429
        clock.now += 60
        assert (await log_in(client, "王芳")).status_code == 303


async def test_an_address_has_to_wait_whatever_names_it_tries(
    client: httpx.AsyncClient, clock: Clock
) -> None:
    for number in range(5):
        await log_in(client, f"name {number}", "wrong password")
    assert (await log_in(client, "王芳")).status_code == 429
    clock.now += 15 * 60
    assert (await log_in(client, "王芳")).status_code == 303


async def test_a_right_password_clears_the_tries_of_its_name(client: httpx.AsyncClient) -> None:
    for _ in range(4):
        await log_in(client, "王芳", "wrong password")
    assert (await log_in(client, "王芳")).status_code == 303
    assert (await log_in(client, "李强", "wrong password")).status_code == 429


def test_of_many_tries_at_once_no_more_than_five_are_let_through(clock: Clock) -> None:
    tries = Tries(clock)
    let = []
    for _ in range(20):
        if not tries.wait("name", "address"):
            tries.failed("name", "address")
            let.append(True)
    assert len(let) == 5


def test_what_is_remembered_of_tries_is_bounded(clock: Clock) -> None:
    tries = Tries(clock)
    for number in range(KEYS + 10):
        tries.failed(str(number))
    assert len(tries) == KEYS


# sessions


@pytest.mark.parametrize(("minutes", "status"), [([29] * 10, 200), ([31], 303), ([29] * 17, 303)])
async def test_a_session_ends_after_half_an_hour_unused_or_eight_hours(
    client: httpx.AsyncClient, clock: Clock, minutes: list[int], status: int
) -> None:
    await log_in(client, "王芳")
    for each in minutes:
        clock.now += each * 60
        answer = await client.get("/staff")
    assert answer.status_code == status


async def test_a_page_that_looks_by_itself_keeps_nobody_logged_in(
    client: httpx.AsyncClient, clock: Clock
) -> None:
    await log_in(client, "王芳")
    for _ in range(2):
        clock.now += 14 * 60
        assert (await client.get("/staff/cards")).status_code == 200
    clock.now += 3 * 60
    assert (await client.get("/staff/cards")).status_code == 401
    await log_in(client, "王芳")
    for _ in range(4):
        clock.now += 14 * 60
        assert (await client.get("/staff/cards?active=1")).status_code == 200


async def test_logging_out_ends_the_session_itself(client: httpx.AsyncClient) -> None:
    await log_in(client, "王芳")
    cookie = client.cookies["shouwen-staff"]
    form = token_in((await client.get("/staff")).text)
    answer = await client.post("/staff/logout", data={"form": form})
    assert answer.headers["location"] == "../staff/login"
    assert "shouwen-staff" not in client.cookies
    client.cookies["shouwen-staff"] = cookie
    assert (await client.get("/staff")).status_code == 303


@pytest.mark.parametrize("change", ["removed", "new password"])
async def test_who_is_removed_or_gets_a_new_password_is_logged_out(
    client: httpx.AsyncClient, users: Users, change: str
) -> None:
    await log_in(client, "王芳")
    user = users.find("王芳")
    assert user is not None
    users.remove("王芳")
    if change == "new password":
        password = users_module.hashed("another password")
        users.add(users_module.User(name="王芳", role="staff", hall="hall", password=password))
    assert (await client.get("/staff")).status_code == 303


async def test_each_login_has_a_token_of_its_own(client: httpx.AsyncClient) -> None:
    await log_in(client, "王芳")
    first = client.cookies["shouwen-staff"]
    await log_in(client, "李强")
    assert client.cookies["shouwen-staff"] != first
    client.cookies.clear()
    client.cookies["shouwen-staff"] = first
    assert (await client.get("/staff")).status_code == 303


# forms of other sites


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.test"}]
)
@pytest.mark.parametrize("path", ["/staff/login", "/staff/logout", "/staff/receipts/234567"])
async def test_no_other_site_can_post_a_form(
    client: httpx.AsyncClient, path: str, headers: dict[str, str]
) -> None:
    await log_in(client, "王芳")
    form = token_in((await client.get("/staff")).text)
    if path == "/staff/login":
        form = token_in((await client.get(path)).text)
    fields = {"form": form, "action": "take", "name": "王芳", "password": PASSWORD}
    answer = await client.post(path, data=fields, headers=headers)
    assert answer.status_code == 403
    assert (await client.get("/staff")).status_code == 200


@pytest.mark.parametrize("form", ["", "guessed"])
@pytest.mark.parametrize("path", ["/staff/login", "/staff/logout", "/staff/receipts/234567"])
async def test_a_form_without_its_token_does_nothing(
    client: httpx.AsyncClient, path: str, form: str
) -> None:
    await log_in(client, "王芳")
    fields = {"form": form, "action": "take", "name": "王芳", "password": PASSWORD}
    assert (await client.post(path, data=fields)).status_code == 403
    assert (await client.get("/staff")).status_code == 200


@pytest.mark.parametrize("path", ["/staff", "/staff/login", "/staff/ratings", "/staff/cards"])
async def test_the_pages_forbid_what_they_do_not_need(app: Starlette, path: str) -> None:
    async with clerk(app, "赵主任") as head:
        answer = await head.client.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", answer.text)


async def test_forms_that_cannot_be_read_are_refused(client: httpx.AsyncClient) -> None:
    await log_in(client, "王芳")
    bodies: list[Any] = [b"\xff\xfe", b"a=%ff", b"&".join(b"a=1" for _ in range(30)), b"x" * 70_000]
    for body in bodies:
        answer = await client.post("/staff/receipts/234567", content=body)
        assert answer.status_code in (403, 413)


# users that cannot be read


async def test_where_others_can_read_the_users_nobody_gets_in(
    client: httpx.AsyncClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "users.yaml").chmod(0o644)
    answer = await log_in(client, "王芳")
    assert answer.status_code == 503
    assert "请找管理员" in answer.text
    assert "chmod 600" in caplog.text
    (tmp_path / "users.yaml").chmod(0o600)
    assert (await log_in(client, "王芳")).status_code == 303
    (tmp_path / "users.yaml").write_text("- a list", "utf-8")
    assert (await client.get("/staff")).status_code == 503


async def test_without_users_the_login_is_there_and_nobody_gets_in(
    hall: OpenHall, tmp_path: Path
) -> None:
    async with client_of(staffed(hall, Users(tmp_path / "absent.yaml"))) as client:
        assert (await log_in(client, "王芳")).status_code == 401


async def test_no_password_and_no_name_stands_in_the_log(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    await log_in(client, "王芳", "my secret word")
    await log_in(client, "王芳")
    assert "secret" not in caplog.text
    assert PASSWORD not in caplog.text
