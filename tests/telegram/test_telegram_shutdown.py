"""A process that is told to stop answers what it has taken, and takes nothing more."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from small_hall import write
from stand_in import ALICE, BOB, TOKEN, StandIn

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOOR = [str(HERE / "door_alone.py")]
CHATS = (ALICE, BOB)
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


@pytest.mark.parametrize("command", [DOOR, BOT], ids=["door", "bot"])
async def test_sigterm_answers_what_is_in_flight_and_leaves_the_rest(
    command: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "output.txt"
    guides = ["--guides", str(write(tmp_path))] if command is BOT else []
    async with StandIn(patience=20) as api:
        api.hold("sendMessage")
        taken = {await api.say(f"补身份证 {each}", chat) for each in range(5) for chat in CHATS}
        async with process(api, output, [*command, *guides]) as running:
            await unless_ended(running, output, api.waiting("sendMessage", 2))
            await api.until(lambda: api.polls > 1)
            running.terminate()
            await api.until(lambda: not api.polling)
            late = await api.say("太晚了")
            await api.release()
            await asyncio.wait_for(running.wait(), 20)
        assert running.returncode == 0, output.read_text("utf-8")
        assert TOKEN not in output.read_text("utf-8")
        assert "补身份证" not in output.read_text("utf-8")
        assert api.confirmed == taken
        assert [each["update_id"] for each in api.pending] == [late]
        assert all(len(api.messages[chat]) >= 5 for chat in CHATS)


async def test_a_message_taken_before_a_kill_is_answered_by_the_next_process(
    tmp_path: Path,
) -> None:
    output = tmp_path / "output.txt"
    async with StandIn(patience=20) as api:
        api.hold("sendChatAction")
        await api.say("补身份证")
        async with process(api, output, DOOR) as running:
            await api.waiting("sendChatAction")
            running.kill()
        await api.release()
        assert api.confirmed == set()
        async with process(api, output, DOOR):
            assert await api.told() == ["答：补身份证"]
