"""A process with the Telegram door alone, on a desk that says back what it hears."""

from __future__ import annotations

import asyncio
import logging
import os
import signal

from answering import FakeDesk

from doors.telegram.application import serve


async def run() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    token, api_url = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["TELEGRAM_API_URL"]
    await serve(token, FakeDesk(), stop, api_url=api_url)


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    asyncio.run(run())
