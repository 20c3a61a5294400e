"""A process that is told to stop answers what it has taken, and takes nothing more."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from processes import BOT, process, unless_ended
from small_hall import write
from stand_in import ALICE, BOB, TOKEN, StandIn

HERE = Path(__file__).parent
PATIENCE = 60
"""Seconds that a process may take to start on a machine with much else to do."""
DOOR = [str(HERE / "door_alone.py")]
CHATS = (ALICE, BOB)


@pytest.mark.parametrize("command", [DOOR, BOT], ids=["door", "bot"])
async def test_sigterm_answers_what_is_in_flight_and_leaves_the_rest(
    command: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "output.txt"
    guides = ["--guides", str(write(tmp_path))] if command is BOT else []
    async with StandIn(patience=PATIENCE) as api:
        api.hold("sendMessage")
        taken = {await api.say(f"补身份证 {each}", chat) for each in range(5) for chat in CHATS}
        async with process(api, output, [*command, *guides]) as running:
            await unless_ended(running, output, api.waiting("sendMessage", 2))
            await api.until(lambda: api.polls > 1)
            running.terminate()
            await api.until(lambda: not api.polling)
            late = await api.say("太晚了")
            await api.release()
            await asyncio.wait_for(running.wait(), PATIENCE)
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
    async with StandIn(patience=PATIENCE) as api:
        api.hold("sendChatAction")
        await api.say("补身份证")
        async with process(api, output, DOOR) as running:
            await api.waiting("sendChatAction")
            running.kill()
        await api.release()
        assert api.confirmed == set()
        async with process(api, output, DOOR):
            assert await api.told() == ["答：补身份证"]


async def test_a_wrong_setting_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFF_CHATS", "civil")
    output = tmp_path / "output.txt"
    command = [*BOT, "--guides", str(write(tmp_path))]
    async with StandIn(patience=PATIENCE) as api, process(api, output, command) as running:
        assert await asyncio.wait_for(running.wait(), PATIENCE) == 1
        assert api.calls == []
    assert "STAFF_CHATS: 'civil' is not a key" in output.read_text("utf-8")
