"""A line that counts what is done, on a terminal only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

T = TypeVar("T")
EVERY = 0.1
"""Seconds between two counts."""


class Progress:
    """Counts on a stream, on one line that is wiped at the end; silent where it is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()

    def over(self, items: Iterable[T], total: int, what: str) -> Iterator[T]:
        """The items one by one, while it is shown how many of them are done."""
        last = 0.0
        for done, item in enumerate(items):
            if self._shown and monotonic() - last >= EVERY:
                last = monotonic()
                share = f"{100 * done // max(total, 1):3d} %"
                self._write(f"\r{what} {share}  {done}/{total}")
            yield item
        if self._shown and last:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
