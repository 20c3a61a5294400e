"""A process that answers on the stand-in, and what it leaves behind."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from stand_in import TOKEN, StandIn

ROOT = Path(__file__).parents[2]
BOT = [str(ROOT / "bot.py"), "run", "--port", "0"]


@asynccontextmanager
async def process(
    api: StandIn, output: Path, command: Sequence[str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process on the stand-in, and its output in a file; it ends with the block."""
    env = os.environ | {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api.url,
        "DATABASE_URL": f"sqlite:///{output.with_name('ledger.db')}",
        "PYTHONPATH": str(ROOT),
        "ENCODER": "none",  # half of the time of a start, and nothing of what is shown here
    }
    with output.open("ab") as file:
        running = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=ROOT, env=env, stdout=file, stderr=file
        )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


async def unless_ended(
    running: asyncio.subprocess.Process, output: Path, awaited: Coroutine[Any, Any, None]
) -> None:
    """Wait for something, or fail with the process's output if it ends before."""
    happens = asyncio.create_task(awaited)
    ended = asyncio.create_task(running.wait())
    await asyncio.wait({happens, ended}, return_when=asyncio.FIRST_COMPLETED)
    if not happens.done():
        happens.cancel()
        pytest.fail(await asyncio.to_thread(output.read_text, "utf-8"))
    ended.cancel()
    await happens
