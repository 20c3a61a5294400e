"""Editors are told on Telegram of guides at fault, and when they are in order again."""

from __future__ import annotations

from pathlib import Path

import pytest
from processes import BOT, process
from small_hall import write
from stand_in import StandIn

EDITORS = 77


async def test_the_editors_are_told_where_the_fault_is_and_that_it_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFF_CHATS", f"editors={EDITORS}")
    hall, output = write(tmp_path), tmp_path / "output.txt"
    [police] = [each for each in hall.glob("*.yaml") if "身份证" in each.read_text("utf-8")]
    whole = police.read_text("utf-8")
    async with StandIn(patience=120) as api:
        api.chats[EDITORS] = {"id": EDITORS, "type": "private", "first_name": "E"}
        async with process(api, output, [*BOT, "--guides", str(hall)]):
            await api.polled()
            told = len(api.called("sendMessage"))
            police.write_text(whole.replace("fee: free", "fees: free"), "utf-8")
            await api.called_more("sendMessage", told)
            assert f"{police.name}:" in api.messages[EDITORS][-1]["text"]
            police.write_text(whole, "utf-8")
            await api.called_more("sendMessage", told + 1)
            assert police.name not in api.messages[EDITORS][-1]["text"]
