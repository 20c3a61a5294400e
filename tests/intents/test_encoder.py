"""Vectors that are kept: made once, only those that are not shipped, and read back the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intents.encoder import WIDTH, VectorStore


class CountingEncoder:
    """Gives every text a vector of its own, and counts how many it was asked for."""

    name = "counting"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        made = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in enumerate(texts):
            made[row, sum(text.encode()) % WIDTH] = 1.0
        return made


def kept(folder: Path) -> int:
    """How many vectors lie in the folder's own file."""
    (file,) = folder.glob("vectors-*.npz")
    with np.load(file) as arrays:
        return len(arrays["codes"])


def test_a_text_is_encoded_once(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    for _ in range(3):
        VectorStore(encoder, tmp_path).vectors(["低保", "身份证", "低保"])
    assert sorted(encoder.encoded) == ["低保", "身份证"]
    assert kept(tmp_path) == 2


def test_more_texts_add_only_themselves(tmp_path: Path) -> None:
    store = VectorStore(CountingEncoder(), tmp_path)
    for text in "甲乙丙丁":
        store.vectors([text])
    assert kept(tmp_path) == 4


def test_what_is_shipped_is_neither_encoded_nor_kept_again(tmp_path: Path) -> None:
    shipped = tmp_path / "shipped.npz"
    VectorStore(CountingEncoder()).write(shipped, ["低保", "身份证"])
    encoder = CountingEncoder()
    store = VectorStore(encoder, tmp_path / "cache", [shipped])
    store.vectors(["低保", "护照", "身份证"])
    assert encoder.encoded == ["护照"]
    assert kept(tmp_path / "cache") == 1


def test_vectors_are_read_back_in_the_order_asked_for(tmp_path: Path) -> None:
    texts = ["低保", "身份证", "护照"]
    encoder = CountingEncoder()
    VectorStore(encoder, tmp_path).vectors(texts)
    again = VectorStore(encoder, tmp_path).vectors(texts[::-1]).rows(np.arange(3))
    assert np.allclose(again, encoder.encode(texts[::-1]), atol=0.01)


def test_a_spoilt_file_costs_only_time(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    VectorStore(encoder, tmp_path).vectors(["低保"])
    (file,) = tmp_path.glob("vectors-*.npz")
    file.write_bytes(b"spoilt")
    assert len(VectorStore(encoder, tmp_path).vectors(["低保"]).values) == 1
