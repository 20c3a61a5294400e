"""Serves the web door in the event loop that is already running."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp


async def serve(
    app: ASGIApp,
    *,
    host: str,
    port: int,
    stop: asyncio.Event,
    bound: Callable[[int], None] | None = None,
    proxies: str = "127.0.0.1",
) -> None:
    """Serve until `stop` is set or the task is cancelled; requests under way get 5 seconds.

    Port 0 takes a free one; `bound` is told the port once connections are taken. `proxies` are
    the addresses whose `X-Forwarded-For` and `-Proto` are believed. Raises `OSError` where the
    address cannot be had.
    """
    with listening(host, port) as listener:
        server = _Server(
            uvicorn.Config(
                app,
                ws="none",
                lifespan="off",
                log_config=None,  # the program's own logging counts
                access_log=False,  # who asked when is nobody's business
                server_header=False,
                forwarded_allow_ips=proxies,
                limit_concurrency=1_000,
                timeout_graceful_shutdown=5,
            )
        )
        if bound:
            bound(listener.getsockname()[1])
        await _until(stop, server, listener)


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections there, on each of which answers are sent at once: asyncio
    sees to that only where it opens the socket itself, and else the end of an answer waits 40 ms
    for the other side to say that it has its beginning. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=512)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


async def _until(stop: asyncio.Event, server: _Server, listener: socket.socket) -> None:
    running = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        server.should_exit = True
        await running


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program."""
        yield
