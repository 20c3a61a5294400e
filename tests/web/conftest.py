"""The door over a known desk, the clients that ask it, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette
from web_desk import FakeDesk
from web_site import Ask, Clock, Site, client_of, served

from doors.web.application import application

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(desk: FakeDesk, clock: Clock) -> Starlette:
    return application(desk, clock=clock)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI is set, and there is no chromium: the browser tests must run")
        pytest.skip("there is no chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(browser: Browser, desk: FakeDesk, clock: Clock) -> AsyncIterator[Site]:
    async with served(application(desk, clock=clock)) as url:
        site = Site(url, desk, browser)
        yield site
        for context in browser.contexts:
            await context.close()
    assert site.complaints == []


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    """Asks a question as the page does."""

    async def post(text: object, **fields: object) -> httpx.Response:
        return await client.post("/messages", json={"text": text, **fields})

    return post
