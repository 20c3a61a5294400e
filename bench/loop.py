"""The event loop: how late it is while the desk answers beside it, and what hostile texts cost.

The desk answers in a thread, as behind the web and Telegram doors; a clock on the loop wants to be
woken every millisecond and measures how much later it is.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from bench.speed import desk_on
from bench.times import middle_and_worst, timed
from desk.desk import Desk
from desk.message import Message
from doors.reloading import uncollected
from doors.running import SWITCH
from facts.guides import read_guides
from intents.encoder import installed
from ledger.memory import MemoryLedger

EVERY = 0.001
"""Seconds between two wakings."""
AT_ONCE = 4
"""Questions that are answered at the same time."""
QUESTIONS = 400
HOSTILE: Mapping[str, str] = {
    "100,000 letters": "a" * 100_000,
    "100,000 words": "permit " * 14_000,
    "100,000 characters": "\u8bc1" * 100_000,
    "100,000 digits": "1" * 100_000,
    "a million spaces": " " * 1_000_000,
    "a million commas": "," * 1_000_000,
    "every plane": "".join(
        chr(code) for code in range(0x20, 0x110000, 61) if not 0xD800 <= code < 0xE000
    ),
    "2,000 marks on a letter": "e" + "\u0301" * 2_000,
    "2,000 ligatures of 18 letters": "\ufdfa" * 2_000,
    "2,000 letters of pinyin": "shenfenzheng" * 166,
    "2,000 words unknown": "xqzpermut " * 200,
    "2,000 characters of questions": "\u8eab\u4efd\u8bc1\u600e\u4e48\u529e\uff0c" * 285,
    "2,000 different characters": "".join(map(chr, range(0x4E00, 0x4E00 + 2_000))),
    "2,000 at signs": "a@b." * 500,
}


def measure(folder: Path) -> None:
    """Print how late the loop is, idle and while questions are answered; then hostile texts."""
    sys.setswitchinterval(SWITCH)
    guides = read_guides(folder, questions=True)
    asked = [text for hall in guides.questions.values() for each in hall for text in each.ask]
    print(f"{'the loop is late by ms':34}{'p50':>9}{'p99':>9}{'greatest':>10}")
    _print_late("while nothing is asked", asyncio.run(_late(asyncio.sleep(1))))
    for name, encoder in (("without encoder", None), ("with encoder", installed())):
        desk = desk_on(guides, MemoryLedger(), encoder)
        with uncollected():  # as the bot does
            desk.warm_up()
        late = asyncio.run(_late(_answered(desk, asked[:QUESTIONS])))
        _print_late(f"{AT_ONCE} questions at once, {name}", late)
    print(f"\n{'hostile texts, with encoder':34}{'ms':>9}")
    for name, text in HOSTILE.items():
        message = Message(text=text, session=name, door="bench")
        print(f"{name:34}{1000 * min(timed(desk.answer, message)[1] for _ in range(3)):9.1f}")


async def _answered(desk: Desk, asked: list[str]) -> None:
    waiting = iter(enumerate(asked))
    await asyncio.gather(*(_answer_all(desk, waiting) for _ in range(AT_ONCE)))


async def _answer_all(desk: Desk, waiting: Iterator[tuple[int, str]]) -> None:
    for number, text in waiting:
        message = Message(text=text, session=str(number), door="bench")
        await asyncio.to_thread(desk.answer, message)


async def _late(work: Awaitable[None]) -> list[float]:
    """By how many milliseconds a waking was late each time until the work was done."""
    task = asyncio.ensure_future(work)
    late = []
    while not task.done():
        began = perf_counter()
        await asyncio.sleep(EVERY)
        late.append(1000 * (perf_counter() - began - EVERY))
    await task
    return late


def _print_late(name: str, late: list[float]) -> None:
    middle, worst = middle_and_worst(late)
    print(f"{name:34}{middle:9.2f}{worst:9.2f}{max(late):10.2f}", flush=True)
