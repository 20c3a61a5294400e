"""The web door as the tests meet it: its clock, its clients, and pages that are watched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from web_desk import FakeDesk

from doors.web.server import serve

Ask = Callable[..., Awaitable[httpx.Response]]


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def client_of(app: Starlette, scheme: str = "http") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://hall.test") as client:
        yield client


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The door on a free port of this machine: its address."""
    stop = asyncio.Event()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve(app, host="127.0.0.1", port=0, stop=stop, bound=port.set_result)
    )
    try:
        yield f"http://127.0.0.1:{await port}/"
    finally:
        stop.set()
        await running


@dataclass
class Site:
    """A served door, its desk, and pages in fresh browser contexts that are watched."""

    url: str
    desk: FakeDesk
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    async def open(self, query: str = "", **context: Any) -> Page:
        settings: dict[str, Any] = {
            "locale": "zh-CN",
            "reduced_motion": "reduce",  # nothing to wait for
            "viewport": {"width": 1024, "height": 768},
        }
        made = await self.browser.new_context(**(settings | context))
        page = await made.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        await page.goto(self.url + query)
        return page

    def _watch(self, url: str) -> None:
        if not url.startswith(self.url):
            self.complaints.append(f"outside: {url}")
