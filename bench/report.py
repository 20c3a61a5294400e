"""What a month's report costs: a filled SQLite ledger, counted and written."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.times import timed
from desk.topics import Topics
from facts.guides import Guides, read_guides
from ledger.database import DatabaseLedger, file_url

HERE = Path(__file__).parents[1]
TURNS = 1_000_000
MONTH, BEGIN, DAYS = "2026-11", datetime(2026, 10, 31, 16, tzinfo=UTC), 30
RECEIPT_EVERY, RATING_EVERY = 50, 40
OUTCOMES = ["answered"] * 13 + ["led"] + ["referred"] * 2 + ["choose"] * 2 + ["registered", "talk"]


def measure(folder: Path) -> None:
    """Print the seconds and the most memory of the report on a month of a million turns."""
    guides = read_guides(folder, questions=True)
    with TemporaryDirectory() as home:
        file = Path(home) / "bench.db"
        DatabaseLedger.open(file_url(file)).close()
        _, filling = timed(fill, file, guides)
        size = file.stat().st_size / 1e6
        print(f"SQLite with {TURNS:,} turns in one month: {size:.0f} MB, filled in {filling:.0f} s")
        given = ["report", "--month", MONTH, "--guides", folder, "--out", Path(home) / "out"]
        (seconds, most) = _run([sys.executable, HERE / "bot.py", *given], file_url(file))
        print(f"report, a fresh process      {seconds:8.1f} s, {most:.0f} MB at most   (30, 500)")


def _run(command: list[Any], url: str) -> tuple[float, float]:
    """Seconds, and the most megabytes resident, of a process (Linux)."""
    environment = {**os.environ, "DATABASE_URL": url}

    def waited() -> float:
        with subprocess.Popen(  # noqa: S603 - our own program
            list(map(str, command)), env=environment, stdout=subprocess.DEVNULL
        ) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"the report ended with {process.returncode}")
        return used.ru_maxrss / 1024

    most, seconds = timed(waited)
    return seconds, most


def fill(file: Path, guides: Guides, turns: int = TURNS) -> None:
    """A month of turns, receipts and ratings as a hall's citizens would make them."""
    database = sqlite3.connect(file)
    chance = random.Random(7)  # noqa: S311 - only to fill
    hall = guides.halls[0]
    texts = [text for each in guides.questions[hall.id] for text in each.ask] or ["?"]
    topics = [each.id for each in Topics([hall]) if each.kind == "service"]
    windows = [each.number for each in hall.windows]
    with database:
        numbers = [f"R{place:06}" for place in range(turns // RECEIPT_EVERY)]
        database.executemany(
            _into("receipts", 18), _receipts(numbers, hall.id, texts, topics, windows, chance)
        )
        database.executemany(
            _into("events", 8),
            (
                (None, number, _at(chance.random()), "answered", "clerk", "1", "", None)
                for number in numbers[::2]
            ),
        )
        rows = (
            (
                None,
                _at(place / turns),
                hall.id,
                chance.choice(("web", "telegram", "terminal")),
                f"session {place // 4 - chance.randrange(50)}",
                chance.choice(("zh", "zh", "zh", "en")),
                _text(chance, texts),
                chance.choice(OUTCOMES),
                chance.choice(topics),
                None,
                chance.choice(('["materials"]', '["fee", "place"]', "[]")),
                chance.choice(windows),
                chance.random(),
                2.0,
                None,
                None,
                None,
            )
            for place in range(turns)
        )
        database.executemany(_into("turns", 17), rows)
        rated = (
            (None, _at(chance.random()), hall.id, f"session {chance.randrange(turns // 4)}",
             chance.choice(windows), chance.choice(topics), None, chance.choice((5, 5, 4, 3, 2, 1)))
            for _ in range(turns // RATING_EVERY)
        )  # fmt: skip
        database.executemany(_into("ratings", 8), rated)
    database.close()


def _receipts(
    numbers: list[str],
    hall: str,
    texts: list[str],
    topics: list[str],
    windows: list[str],
    chance: random.Random,
) -> Iterator[tuple[Any, ...]]:
    for place, number in enumerate(numbers):
        yield (
            number, _at(chance.random()), hall, "web", f"session {place}", "zh",
            _text(chance, texts), chance.choice(topics), chance.choice(windows),
            _at(chance.random()), "question", "open" if place % 2 else "answered",
            None, None, None, 0, None, None,
        )  # fmt: skip


def _text(chance: random.Random, texts: list[str]) -> str:
    """Every second text has been asked by somebody else, the others by nobody."""
    text = chance.choice(texts)
    return text if chance.random() < 0.5 else f"{text} {chance.randrange(10**9)}"


def _at(share: float) -> str:
    """The moment when this share of the month has passed, as SQLite keeps it."""
    return (BEGIN + timedelta(days=DAYS * share)).strftime("%Y-%m-%d %H:%M:%S.%f")


def _into(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - our own tables
