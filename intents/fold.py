"""Folding: the many ways of writing one thing brought to one form."""

from __future__ import annotations

import functools
import re
import unicodedata

import opencc

LONGEST = 2000
"""Characters of a text that are looked at; the doors allow no more in one message."""

_SPACES = re.compile(r"\s+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_UNLIKE = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fffa-z0-9 ,.?!]+")
"""All but those characters that most texts are made of and that stay as they are."""


@functools.cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_han(character: str) -> bool:
    """Whether the character is a Chinese one (Unicode's unified ideographs, with extension A)."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"


def has_han(text: str) -> bool:
    """Whether any character is a Chinese one."""
    return not text.isascii() and _HAN.search(text) is not None


@functools.lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """NFKC, lower case, simplified characters, no accents, no marks that cannot be seen or said.

    Full-width forms become plain ones; punctuation stays, for it parts sentences; what is neither
    letter, number, punctuation nor space (emoji, controls, lone surrogates) becomes a space.
    """
    # One character may become eighteen.
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    if not text.isascii():
        text = _plain(text)
        if has_han(text):
            text = _simplifier().convert(text)
    return _SPACES.sub(" ", text).strip()


def _plain(text: str) -> str:
    return _UNLIKE.sub(_without_marks, text)


def _without_marks(unlike: re.Match[str]) -> str:
    kept = []
    for character in unlike[0]:
        for part in unicodedata.normalize("NFD", character):
            category = unicodedata.category(part)
            if category[0] in "LNPZ":
                kept.append(part)
            elif category[0] in "SC" and category != "Cf":
                kept.append(" ")
    return "".join(kept)
