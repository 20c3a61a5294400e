"""Guides that are saved while `bot.py run` is open: taken up when in order, else told of."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import terminal_halls
from terminal_bot import PATIENCE, line, started

from doors.opening import desk_of
from doors.reloading import Reloading
from doors.shelf import Shelf
from facts.folders import State
from ledger.memory import MemoryLedger

FEE = "amount: 35"
LOGBOOK = "  - id: logbook"
JSON = {"accept": "application/json"}
PAUSE = 0.05
"""Seconds between two questions that wait for an answer to change."""


@dataclass
class Open:
    """The open program, the folder of its halls, and one citizen at its web door."""

    process: asyncio.subprocess.Process
    halls: Path
    web: httpx.AsyncClient

    @property
    def boats(self) -> Path:
        return self.halls / "harbour/boats.yaml"

    def change(self, old: str, new: str) -> None:
        """Save the boats' guide with one thing changed, as editors do: by a new name first."""
        written = self.boats.read_text("utf-8")
        assert old in written
        draft = self.boats.with_name("boats.yaml.tmp")
        draft.write_text(written.replace(old, new), "utf-8")
        draft.replace(self.boats)

    async def say(self, text: str, choice: str | None = None) -> Any:
        asked = {"text": text, "language": "en"} | ({"choice": choice} if choice else {})
        return (await self.web.post("/messages", json=asked)).json()

    async def ask(self, text: str) -> Any:
        """A question of a citizen who was never here."""
        self.web.cookies.clear()
        return await self.say(text)

    async def asked_until(self, text: str, said: Callable[[str], bool]) -> float:
        """Ask until the answer is as wanted; after how many seconds."""
        began = time.monotonic()
        while not said(reply := (await self.ask(text))["reply"]):
            assert time.monotonic() - began < PATIENCE, reply
            await asyncio.sleep(PAUSE)
        return time.monotonic() - began

    async def health(self, state: str) -> Any:
        """What is told of the guides, once they are in this state."""
        began = time.monotonic()
        while (told := (await self.web.get("/healthz", headers=JSON)).json())["state"] != state:
            assert time.monotonic() - began < PATIENCE, told
            await asyncio.sleep(PAUSE)
        return told


@asynccontextmanager
async def opened(home: Path, guides: str = "harbour") -> AsyncIterator[Open]:
    halls = terminal_halls.write(home)
    async with started(home, "run", "--port", "0", "--guides", halls / guides) as process:
        found = re.search(r"http://\S+", await line(process.stdout))
        assert found
        async with httpx.AsyncClient(base_url=found[0], timeout=PATIENCE, trust_env=False) as web:
            yield Open(process, halls, web)


async def test_a_fee_changed_in_the_file_is_told(tmp_path: Path) -> None:
    async with opened(tmp_path) as bot:
        assert "35" in (await bot.ask("berth fee"))["reply"]
        bot.change(FEE, "amount: 47")
        await bot.asked_until("berth fee", lambda reply: "47" in reply and "35" not in reply)
        bot.change("amount: 47", "amount: 48")
        await bot.asked_until("berth fee", lambda reply: "48" in reply)


async def test_a_new_name_and_a_new_matter_are_known(tmp_path: Path) -> None:
    async with opened(tmp_path) as bot:
        bot.change("also: [berth, 停船]", "also: [berth, 停船, swinging buoy]")
        await bot.asked_until("swinging buoy fee", lambda reply: "35" in reply)
        slip = "  - id: slipway\n    name: Slipway launch\n    fee:\n      - amount: 71\n"
        bot.change(LOGBOOK, slip + LOGBOOK)
        await bot.asked_until("slipway launch fee", lambda reply: "71" in reply)
        bot.change(slip, "")
        await bot.asked_until("slipway launch fee", lambda reply: "71" not in reply)


async def test_a_broken_file_keeps_the_last_good_set_and_is_told_until_it_is_repaired(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as bot:
        bot.change(FEE, "amount: 47: 48")
        told = await bot.health("guides at fault")
        assert told["count"] == 1
        assert [(each["file"], each["line"]) for each in told["faults"]] == [("boats.yaml", 12)]
        plain = await bot.web.get("/healthz")
        assert (plain.status_code, plain.text) == (200, "ok")
        assert "35" in (await bot.ask("berth fee"))["reply"]
        bot.change("amount: 47: 48", "amount: 49")
        assert (await bot.health("ok"))["faults"] == []
        assert "49" in (await bot.ask("berth fee"))["reply"]
        bot.process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(bot.process.communicate(), PATIENCE)
    [fault] = [each for each in errors.decode().splitlines() if "boats.yaml:12:" in each]
    assert re.search(r"boats\.yaml:12:\d+: error: .+\. .+", fault)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
        notices = ledger.execute('SELECT "to", kind, text FROM notices ORDER BY id').fetchall()
    assert [(to, kind) for to, kind, _ in notices] == [
        ("staff:editors", "guides_at_fault"),
        ("staff:editors", "guides_good"),
    ]
    assert "boats.yaml:12:" in notices[0][2]


async def test_guides_that_have_gone_are_a_fault_and_cost_nobody_an_answer(tmp_path: Path) -> None:
    async with opened(tmp_path) as bot:
        harbour = bot.halls / "harbour"
        harbour.rename(bot.halls / "moved")
        await bot.health("guides at fault")
        assert "35" in (await bot.ask("berth fee"))["reply"]
        (bot.halls / "moved").rename(harbour)
        await bot.health("ok")


async def test_a_file_that_is_no_guide_is_not_taken_for_one(tmp_path: Path) -> None:
    async with opened(tmp_path) as bot:
        bot.boats.with_name("boats.yaml~").write_text("- {", "utf-8")
        bot.boats.with_name(".boats.yaml.swp").write_bytes(b"\0\1")
        bot.change(FEE, "amount: 47")
        await bot.asked_until("berth fee", lambda reply: "47" in reply)
        assert (await bot.health("ok"))["count"] == 0


async def test_a_conversation_goes_on_over_a_reload(tmp_path: Path) -> None:
    async with opened(tmp_path) as bot:
        assert "Proof of ownership" in (await bot.ask("what do I bring for a berth"))["reply"]
        citizen = httpx.Cookies(bot.web.cookies)
        bot.change(FEE, "amount: 47")
        await bot.asked_until("berth fee", lambda reply: "47" in reply)
        bot.web.cookies = citizen
        turn = await bot.say("and how much is it?")
        assert turn["outcome"] == "answered"
        assert "47" in turn["reply"]


@pytest.mark.parametrize("pressed", ["choices", "next"])
async def test_the_button_of_a_matter_that_has_gone_still_ends_well(
    pressed: str, tmp_path: Path
) -> None:
    async with opened(tmp_path) as bot:
        turn = await bot.ask("logbook" if pressed == "choices" else "seaman book fee")
        buttons = turn[pressed] or turn["choices"] or turn["next"]
        assert buttons
        citizen = httpx.Cookies(bot.web.cookies)
        start = bot.boats.read_text("utf-8").index(LOGBOOK)
        bot.change(bot.boats.read_text("utf-8")[start:], "")
        bot.change(FEE, "amount: 47")
        await bot.asked_until("berth fee", lambda reply: "47" in reply)
        for button in buttons:
            bot.web.cookies = httpx.Cookies(citizen)
            after = await bot.say(button["label"], button["key"])
            assert after["outcome"] in {"answered", "led", "choose", "registered"}
            assert after["reply"]
        bot.web.cookies = citizen
        assert "47" in (await bot.say("berth fee"))["reply"]
        bot.process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(bot.process.communicate(), PATIENCE)
    assert "could not answer" not in errors.decode()


async def test_of_two_halls_one_changes_and_one_goes(tmp_path: Path) -> None:
    async with opened(tmp_path, ".") as bot:
        bot.change(FEE, "amount: 47")
        await bot.asked_until("berth fee", lambda reply: "47" in reply)
        assert "户口簿" in (await bot.ask("居住证明要带什么"))["reply"]
        (bot.halls / "heyuan").rename(tmp_path / "away")
        await bot.asked_until("居住证明要带什么", lambda reply: "户口簿" not in reply)
        assert "47" in (await bot.ask("berth fee"))["reply"]


def test_a_save_right_behind_another_does_not_wait_for_the_catalogue(tmp_path: Path) -> None:
    hall = terminal_halls.write(tmp_path) / "harbour"
    shelf = Shelf(hall, {"ENCODER": "none", "XDG_CACHE_HOME": str(tmp_path / "cache")})
    desk = desk_of(shelf, shelf.read(), MemoryLedger)
    reloading = Reloading(desk, shelf, shelf.state())
    boats = (hall / "boats.yaml").read_text("utf-8")

    def linked_after(entries: str, state: State | None) -> set[str]:
        (hall / "boats.yaml").write_text(boats.replace(LOGBOOK, entries + LOGBOOK), "utf-8")
        assert reloading.take_up(shelf.read(), state)
        return {topic for of in desk.knowledge.matters.links.values() for topic in of}

    first = "  - id: rods\n    name: Fishing licence\n    fee: free\n"
    second = "  - id: stall\n    name: Street trading licence\n    fee: free\n"
    assert "boats/rods" not in linked_after(first, {"saved meanwhile": (0, 0, 0)})
    assert linked_after(first + second, None) >= {"boats/rods", "boats/stall"}


async def test_it_ends_in_order_while_guides_are_taken_up(tmp_path: Path) -> None:
    async with opened(tmp_path) as bot:
        bot.change("name: Crew logbook", "name: Sailor's logbook")
        await bot.asked_until("sailor's logbook", lambda reply: "Sailor" in reply)
        bot.process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(bot.process.communicate(), PATIENCE)
        assert bot.process.returncode == 0
    assert "Traceback" not in errors.decode()
