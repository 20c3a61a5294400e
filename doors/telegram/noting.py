"""Writes down what has reached its chat. It stands in no line behind answers being made: killed
before it is written, the bot says the same once more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec

P = ParamSpec("P")

NOTES = ThreadPoolExecutor(1, "notes")


async def noted(write: Callable[P, None], *what: P.args, **_: P.kwargs) -> None:
    """Write in the thread for notes."""
    await asyncio.get_running_loop().run_in_executor(NOTES, write, *what)
