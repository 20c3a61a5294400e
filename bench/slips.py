"""Slips: questions as they are mistyped, the same in every run."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterable, Mapping

from opencc import OpenCC

from intents.pinyin import character_sound, syllable

SEED = 7
Typist = Callable[[str], str]


class Slips:
    """A typist who errs: one seed, one sequence of errors.

    `characters` are those among which a wrong character of the same sound is sought: those in use.
    """

    def __init__(self, characters: Iterable[str] = (), seed: int = SEED) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same errors in every run
        self._alike: dict[str, list[str]] = {}
        for each in sorted({each for text in characters for each in text if _is_han(each)}):
            self._alike.setdefault(character_sound(each), []).append(each)

    def letters(self, text: str, edits: int = 2) -> str:
        """Letters replaced, left out, doubled, or two exchanged."""
        typed = list(text)
        for _ in range(edits):
            place = self._chance.randrange(len(typed))
            kind = self._chance.randrange(4)
            if kind == 0:
                typed[place] = self._chance.choice(string.ascii_lowercase)
            elif kind == 1 and len(typed) > 2:
                del typed[place]
            elif kind == 2:
                typed.insert(place, typed[place])
            elif place + 1 < len(typed):
                typed[place], typed[place + 1] = typed[place + 1], typed[place]
        return "".join(typed)

    def same_sound(self, text: str) -> str:
        """One Chinese character replaced by another of the same sound, where there is one."""
        places = [at for at, each in enumerate(text) if len(self._of_sound(each)) > 1]
        if not places:
            return text
        at = self._chance.choice(places)
        others = [each for each in self._of_sound(text[at]) if each != text[at]]
        return text[:at] + self._chance.choice(others) + text[at + 1 :]

    def dropped(self, text: str) -> str:
        """One character left out."""
        at = self._chance.randrange(len(text))
        return text[:at] + text[at + 1 :] if len(text) > 2 else text

    def doubled(self, text: str) -> str:
        """One character typed twice."""
        at = self._chance.randrange(len(text))
        return text[: at + 1] + text[at:]

    def any_slip(self, text: str) -> str:
        """One slip of the kind that the script is prone to."""
        if not any(map(_is_han, text)):
            return self.letters(text, 1)
        return self._chance.choice((self.same_sound, self.dropped, self.doubled))(text)

    def _of_sound(self, character: str) -> list[str]:
        return self._alike.get(character_sound(character), []) if _is_han(character) else []


def traditional(text: str) -> str:
    """The text in traditional script."""
    return str(_TRADITIONAL.convert(text))


def pinyin(text: str) -> str:
    """The text in toneless pinyin, its syllables apart."""
    return " ".join(syllable(each) for each in text if not each.isspace())


def chinese_styles(characters: Iterable[str]) -> Mapping[str, Typist]:
    """The ways in which a Chinese question is mistyped, by name."""
    slips = Slips(characters)
    return {
        "same sound": slips.same_sound,
        "dropped": slips.dropped,
        "doubled": slips.doubled,
        "traditional": traditional,
        "pinyin": pinyin,
    }


_TRADITIONAL = OpenCC("s2t")


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
