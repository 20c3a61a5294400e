"""The staff page as its tests meet it: users with passwords, and clients that log in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from starlette.applications import Starlette
from web_hall import OpenHall
from web_site import Clock, client_of

from doors.web.application import application
from doors.web.staff.routes import Staff
from doors.web.staff.users import User, Users, hashed

PASSWORD = "正确的马 电池 订书钉"
PEOPLE = {
    "王芳": ("staff", "hall", ("2",)),
    "李强": ("staff", "hall", ("1",)),
    "赵主任": ("head", "hall", ()),
    "孙编辑": ("editor", "hall", ()),
    "外厅人": ("staff", "another", ("2",)),
}
HASH = hashed(PASSWORD)


def users_in(folder: Path) -> Users:
    """The people of the hall, all with one password."""
    users = Users(folder / "users.yaml")
    for name, (role, hall, windows) in PEOPLE.items():
        users.add(User(name=name, role=role, hall=hall, windows=windows, password=HASH))
    return users


def staffed(hall: OpenHall, users: Users, clock: Clock | None = None) -> Starlette:
    """The door to the hall's desk, with its staff page."""
    clock = clock or Clock()
    staff = Staff(hall.desk.handling, hall.desk.guides.halls, users, clock=clock)
    return application(hall.desk, clock=clock, staff=staff.routes())


def token_in(page: str) -> str:
    """The token that the forms of a page carry."""
    found = re.search(r'name="form" value="([\w-]+)"', page)
    assert found is not None
    return found[1]


async def log_in(client: httpx.AsyncClient, name: str, password: str = PASSWORD) -> httpx.Response:
    """Log in as the form does."""
    token = token_in((await client.get("/staff/login")).text)
    fields = {"name": name, "password": password, "form": token}
    return await client.post("/staff/login", data=fields)


@asynccontextmanager
async def clerk(app: Starlette, name: str, language: str = "zh") -> AsyncIterator[Clerk]:
    """Somebody logged in."""
    async with client_of(app) as client:
        client.headers["accept-language"] = language
        assert (await log_in(client, name)).status_code == 303
        yield Clerk(client)


class Clerk:
    """Somebody who is logged in, with their browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def page(self) -> str:
        """The page of the receipts."""
        answer = await self.client.get("/staff")
        assert answer.status_code == 200
        return answer.text

    async def does(self, number: str, action: str, **fields: str) -> httpx.Response:
        """Press the button of a form."""
        form = token_in(await self.page())
        data = {"form": form, "action": action, **fields}
        return await self.client.post(f"/staff/receipts/{number}", data=data)

    async def told(self, number: str, action: str, **fields: str) -> str:
        """What is said after a button was pressed."""
        answer = await self.does(number, action, **fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "../../staff")
        found = re.search(r'<div class="said[^>]*>(.*?)</div>', await self.page(), re.DOTALL)
        return found[1] if found else ""
