"""Indexes kept on disk, so that a program that starts anew need not build them again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

KEPT = 24
"""Files that are kept; the least lately used ones go first."""

Arrays = Mapping[str, NDArray[Any]]


class Kept(Protocol):
    """What can be kept: it tells itself as plain arrays."""

    def arrays(self) -> Arrays:
        """All of it."""


T = TypeVar("T", bound=Kept)


class Cache:
    """A folder of things by what they were built from. Whatever fails there, they are built."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kept(
        self, parts: Iterable[str], build: Callable[[], T], restored: Callable[[Arrays], T]
    ) -> T:
        """What is made of these parts, from the folder or built and put there as `arrays()`."""
        file = self._folder / f"{_key(parts)}.npz"
        try:
            with file.open("rb") as kept, np.load(kept) as arrays:
                found = restored(arrays)
            os.utime(file)
        except (OSError, ValueError, KeyError, BadZipFile, EOFError):
            found = build()
            with suppress(OSError):
                self._put(file, found.arrays())
        return found

    def _put(self, file: Path, arrays: Arrays) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
            np.savez(part, **dict[str, Any](arrays))
        Path(part.name).replace(file)
        kept = sorted(self._folder.glob("[0-9a-f]*.npz"), key=lambda each: -each.stat().st_mtime)
        for old in kept[KEPT:]:
            old.unlink(missing_ok=True)


def _key(parts: Iterable[str]) -> str:
    """A digest of the parts and of all that decides what becomes of them."""
    sources = (each.read_bytes() for each in sorted(Path(__file__).parent.glob("*.*")))
    return digest_of(parts, sources)


def digest_of(parts: Iterable[str], before: Iterable[bytes] = ()) -> str:
    """A digest of the parts, and of what stands before them."""
    digest = hashlib.blake2b(digest_size=16)
    for each in before:
        digest.update(each)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def packed(texts: Iterable[str]) -> NDArray[Any]:
    """Texts without line breaks as an array."""
    joined = "\n".join(texts).encode("utf-8", "surrogatepass")
    return np.frombuffer(joined, dtype=np.uint8)


def unpacked(array: NDArray[Any]) -> list[str]:
    """The texts in an array."""
    joined = array.tobytes().decode("utf-8", "surrogatepass")
    return joined.split("\n") if joined else []
