"""Ids made from names: pinyin, the same for the same name, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

LONGEST = 48
RESERVED = frozenset({"hall", "elsewhere", "journeys", "questions", "matters", "window", "office",
                      "station", "con", "prn", "aux", "nul"})  # fmt: skip
"""Names of files and kinds of topic that no office may have; the last are no names on Windows."""

ID = re.compile(r"[a-z0-9-]{1,80}")
FILE = re.compile(r"[^\s/\\:#|.*?\"<>][^\s/\\:#|*?\"<>]{0,99}")
"""What may be a file's name without its ending."""


def made(name: str, *, code: str = "", taken: Collection[str] = ()) -> str:
    """An id for a name that is not taken; of two with one name the code tells them apart."""
    own = _spelled(name) or "item"
    if own not in taken:
        return own
    ending = re.sub(r"[^a-z0-9]", "", code.casefold())[-6:]
    if ending and f"{own}-{ending}" not in taken:
        return f"{own}-{ending}"
    number = 2
    while f"{own}-{number}" in taken:
        number += 1
    return f"{own}-{number}"


def _spelled(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables are read on import

    plain = unicodedata.normalize("NFKC", name).casefold()
    return _short(
        part for each in lazy_pinyin(plain) for part in re.findall(r"[a-z0-9]+", _plain(each))
    )


def _plain(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if each.isascii())


def _short(parts: Iterable[str]) -> str:
    told = ""
    for part in parts:
        if len(told) + len(part) >= LONGEST:
            return told or part[:LONGEST]
        told += f"-{part}" if told else part
    return told
