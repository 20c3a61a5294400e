"""Guides damaged at random while the desk is open: none that is at fault ever counts.

`MUTATED_GUIDES=10000 pytest -s` has the figures.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest
import terminal_halls

from desk.message import Message, Outcome
from doors.opening import desk_of
from doors.reloading import Reloading
from doors.shelf import Shelf
from facts.problems import has_errors
from ledger.memory import MemoryLedger

MUTATED = int(os.environ.get("MUTATED_GUIDES") or 300)
SECONDS = 2.0
"""Of the processor, for reading one set of guides, exchanging it and answering a question."""
FILES = ("hall.yaml", "boats.yaml", "elsewhere.yaml")
TYPES = (
    "[]",
    "{}",
    "1e999",
    "null",
    "yes",
    "[[[]]]",
    "{a: {b: c}}",
    "''",
    "2026-99-99",
    "-1",
    "*x",
)
DEEP = ("- " * 300, "[" * 300, "{a: " * 300, "[" * 60 + "]" * 60, "[" * 10_000, "- " * 10_000)


def flipped(text: str, chance: random.Random) -> bytes:
    contents = bytearray(text.encode())
    for _ in range(chance.randint(1, 4)):
        contents[chance.randrange(len(contents))] ^= 1 << chance.randrange(8)
    return bytes(contents)


def cut(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    del lines[start : start + chance.randint(1, 4)]
    return "".join(lines).encode()


def broken_off(text: str, chance: random.Random) -> bytes:
    contents = text.encode()
    return contents[: chance.randrange(len(contents))]


def doubled(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    line = chance.choice(lines)
    lines.insert(chance.randrange(len(lines)), line)
    return "".join(lines).encode()


def retyped(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    at = chance.choice([place for place, each in enumerate(lines) if ":" in each])
    lines[at] = f"{lines[at].partition(':')[0]}: {chance.choice(TYPES)}\n"
    return "".join(lines).encode()


def nested(text: str, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines[at] = f"{lines[at].rstrip()} {chance.choice(DEEP)}\n"
    return "".join(lines).encode()


MUTATIONS = (flipped, cut, broken_off, doubled, retyped, nested)


def test_no_damaged_guide_ever_counts_or_stops_the_desk(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(MUTATED)
    hall = terminal_halls.write(tmp_path) / "harbour"
    # A language without a catalogue: what is shown here is the same without its thousand matters.
    whole = {name: (hall / name).read_text("utf-8") for name in FILES}
    whole["hall.yaml"] = whole["hall.yaml"].replace("[en, zh]", "[pt, en, zh]")
    (hall / "hall.yaml").write_text(whole["hall.yaml"], "utf-8")
    shelf = Shelf(hall, {"ENCODER": "none", "XDG_CACHE_HOME": str(tmp_path / "cache")})
    desk = desk_of(shelf, shelf.read(), MemoryLedger)
    reloading = Reloading(desk, shelf, shelf.state())
    ended: Counter[str] = Counter()
    slowest = 0.0
    for number in range(MUTATED):
        mutate, name = chance.choice(MUTATIONS), chance.choice(FILES)
        (hall / name).write_bytes(mutate(whole[name], chance))
        before, began = desk.guides, time.process_time()
        guides = shelf.read()
        anew = reloading.take_up(guides)
        turn = desk.answer(Message(text="berth fee", session=f"{number}", door="test"))
        slowest = max(slowest, time.process_time() - began)
        if has_errors(guides.problems):
            assert desk.guides is before
            assert reloading.faults
        else:
            assert desk.guides is guides or anew
        assert not has_errors(desk.guides.problems)
        assert turn.reply
        assert turn.outcome in Outcome
        ended["at fault" if reloading.faults else "counts"] += 1
        (hall / name).write_text(whole[name], "utf-8")
        assert "could not answer" not in caplog.text
        caplog.clear()
    assert not reloading.take_up(shelf.read()) or not reloading.faults
    assert "35" in desk.answer(Message(text="berth fee", session="last", door="test")).reply
    assert slowest < SECONDS
    assert ended.keys() == {"at fault", "counts"}
    print(f"\n{MUTATED} mutated guides: {dict(ended)}, slowest {slowest:.2f} s")  # noqa: T201
