"""Indexes kept on disk, so that a program that starts anew need not build them again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from intents.scorer import Index

KEPT = 16
"""Indexes that are kept; the least lately used ones go first."""


class IndexCache:
    """A folder of indexes by what they were built from. Whatever fails there, they are built."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def index(self, parts: Iterable[str], build: Callable[[], Index]) -> Index:
        """The index of these parts, from the folder or built and put there."""
        file = self._folder / f"{_key(parts)}.npz"
        try:
            with file.open("rb") as kept, np.load(kept) as arrays:
                found = Index.restored(arrays)
            os.utime(file)
        except (OSError, ValueError, KeyError, BadZipFile, EOFError):
            found = build()
            with suppress(OSError):
                self._put(file, found)
        return found

    def _put(self, file: Path, index: Index) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
            arrays: dict[str, Any] = index.arrays()
            np.savez(part, **arrays)
        Path(part.name).replace(file)
        kept = sorted(self._folder.glob("*.npz"), key=lambda each: -each.stat().st_mtime)
        for old in kept[KEPT:]:
            old.unlink(missing_ok=True)


def _key(parts: Iterable[str]) -> str:
    """A digest of the parts and of all that decides what becomes of them."""
    digest = hashlib.blake2b(digest_size=16)
    for source in sorted(Path(__file__).parent.glob("*.*")):
        digest.update(source.read_bytes())
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
