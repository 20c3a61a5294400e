"""The program as its users start it: a process of its own, with what it writes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BOT = [sys.executable, str(ROOT / "bot.py")]
SETTINGS = {"GUIDES", "HOST", "PORT", "DATABASE_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL"}
PATIENCE = 60
CACHE = tempfile.mkdtemp(prefix="shouwen-tests-")
"""Indexes that all tests of one run share: the catalogue's takes seconds to make."""

Json = dict[str, Any]


def environment(home: Path, **settings: str) -> dict[str, str]:
    """The environment of a process that may write only into this folder."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    own = {
        "XDG_CACHE_HOME": CACHE,
        "XDG_STATE_HOME": str(home / "state"),
        "ENCODER": "none",
        "DATABASE_URL": f"sqlite:///{home / 'ledger.db'}",
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
    }
    return kept | own | settings


def bot(
    home: Path, *arguments: object, standard_input: str | bytes = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """What the program says to these arguments, and its exit status."""
    given = standard_input.encode() if isinstance(standard_input, str) else standard_input
    ended = subprocess.run(
        [*BOT, *map(str, arguments)],
        input=given,
        capture_output=True,
        cwd=home,
        env=environment(home, **settings),
        timeout=PATIENCE,
        check=False,
    )
    return subprocess.CompletedProcess(
        ended.args, ended.returncode, ended.stdout.decode(), ended.stderr.decode()
    )


def lines(questions: Iterable[Mapping[str, object]]) -> str:
    """Questions as JSON lines."""
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in questions)


def answers(written: str) -> list[Json]:
    """The objects in JSON lines."""
    return [json.loads(line) for line in written.splitlines()]


@asynccontextmanager
async def started(
    home: Path, *arguments: object, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program while it runs; it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        *BOT,
        *map(str, arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=home,
        env=environment(home, **settings),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line(stream: asyncio.StreamReader | None) -> str:
    """The next line that a process writes."""
    assert stream is not None
    return (await asyncio.wait_for(stream.readline(), PATIENCE)).decode()
