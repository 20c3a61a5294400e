"""The web door beside other doors, in one event loop."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading

import httpx
import pytest
from starlette.applications import Starlette
from web_desk import FakeDesk
from web_site import served

from doors.web.server import listening, serve


async def test_it_answers_on_the_port_that_it_was_given(app: Starlette, desk: FakeDesk) -> None:
    async with served(app) as url, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(url + "messages", json={"text": "社保"})
        assert answer.json()["outcome"] == "choose"
        assert "server" not in answer.headers
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_no_answer_waits_until_its_beginning_has_arrived(host: str) -> None:
    try:
        listener = listening(host, 0)
    except OSError:
        pytest.skip(f"there is no {host}")
    with listener, socket.create_connection(listener.getsockname()[:2]):
        taken, _ = listener.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_the_programs_signal_handlers_stay(app: Starlette) -> None:
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    async with served(app) as url, httpx.AsyncClient(trust_env=False) as client:
        await client.get(url + "healthz")
        during = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    assert during == before


async def test_a_question_under_way_is_answered_before_the_end(
    app: Starlette, desk: FakeDesk
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def waits(_: object) -> None:
        asked.set()
        go_on.wait(10)

    desk.before = waits
    stop = asyncio.Event()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve(app, host="127.0.0.1", port=0, stop=stop, bound=port.set_result)
    )
    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{await port}/messages"
        asking = asyncio.create_task(client.post(url, json={"text": "社保"}))
        await asyncio.to_thread(asked.wait, 10)
        stop.set()
        go_on.set()
        assert (await asking).status_code == 200
        await running


async def test_cancelling_it_frees_the_port(app: Starlette) -> None:
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(
        serve(app, host="127.0.0.1", port=0, stop=asyncio.Event(), bound=port.set_result)
    )
    taken = await port
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    socket.create_server(("127.0.0.1", taken)).close()


async def test_a_taken_port_is_an_error_with_a_reason(app: Starlette) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            await serve(app, host="127.0.0.1", port=port, stop=asyncio.Event())


@pytest.mark.parametrize(
    ("headers", "prefix"), [({}, "shouwen="), ({"x-forwarded-proto": "https"}, "__Host-shouwen=")]
)
async def test_a_proxy_on_this_machine_is_believed(
    app: Starlette, headers: dict[str, str], prefix: str
) -> None:
    async with served(app) as url, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(url + "welcome", headers=headers)
    assert answer.headers["set-cookie"].startswith(prefix)
