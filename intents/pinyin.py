"""How Chinese characters sound, and Chinese written in pinyin.

Sounds are toneless, and those that many speakers do not tell apart are one: zh/z, ch/c, sh/s,
n/l at the front, ng/n at the end.
"""

from __future__ import annotations

import functools
import os
import re
import unicodedata
from collections.abc import Mapping

_FRONT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"))
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c\u0302"))
_LATIN = re.compile(r"[a-zü]+")


@functools.cache
def _readings() -> Mapping[int, str]:
    """The readings of each character, commonest first: `{0x884c: "xíng,háng,…"}`."""
    # The table of words is four fifths of the library's start and memory; characters suffice.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - many questions need no sounds

    table: Mapping[int, str] = PINYIN_DICT
    return table


@functools.lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """The commonest toneless reading of a Chinese character, or the character itself."""
    readings = _readings().get(ord(character))
    if readings is None:
        return character
    first = unicodedata.normalize("NFD", readings.split(",", 1)[0])
    return first.replace("u\u0308", "v").translate(_TONES)


def sound(syllable: str) -> str:
    """The syllable with the sounds that are easily confused made one."""
    for front, plain in _FRONT:
        if syllable.startswith(front):
            syllable = plain + syllable[len(front) :]
            break
    return syllable[:-1] if syllable.endswith("ng") else syllable


@functools.lru_cache(maxsize=20_000)
def character_sound(character: str) -> str:
    """The confusable sound of one Chinese character."""
    return sound(syllable(character))


@functools.cache
def syllables() -> frozenset[str]:
    """Every toneless syllable of the common characters (about 400)."""
    common = (chr(code) for code in range(0x4E00, 0x9FA6))
    # Characters that nobody may ever ask for are not remembered: that would take 4 MB.
    read = syllable.__wrapped__
    found = {read(character) for character in common if ord(character) in _readings()}
    return frozenset(each for each in found if _LATIN.fullmatch(each) and each not in _RARE)


# Readings in the tables that nobody types; they would cut English words into syllables.
_RARE = frozenset({"m", "n", "ng", "hm", "hng", "o", "r", "eng", "yo", "lo", "kei", "nou", "tei"})


@functools.lru_cache(maxsize=4_000)
def spell(word: str) -> tuple[str, ...] | None:
    """A run of letters as pinyin syllables (`juzhuzheng`: ju zhu zheng), fewest first, or None."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is None or word[start:end] not in syllables():
                continue
            if best[end] is None or len(head) + 1 < len(best[end] or ()):
                best[end] = (*head, word[start:end])
    return best[-1]


def sounds_of(text: str) -> list[str] | None:
    """A text in pinyin (spaced or not) as confusable sounds; None where it is no pinyin."""
    words = _LATIN.findall(text.replace("'", " "))
    spelt = [spell(word) for word in words]
    if not words or any(each is None for each in spelt):
        return None
    return [sound(each) for word in spelt for each in word or ()]
