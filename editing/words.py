"""The words of the editors' tools, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import desk.texts
from desk.texts import Texts

TEXTS = Texts(Path(__file__).parent / "texts")
OF_DESK = Texts(Path(desk.texts.__file__).parent / "texts")


@dataclass(frozen=True, slots=True)
class Say:
    """Says texts in one language: English where there is no file for it."""

    language: str

    @classmethod
    def of(cls, tag: str) -> Say:
        """The words of the language of a tag such as `zh-Hans`."""
        language = tag.partition("-")[0]
        return cls(language if language in TEXTS else "en")

    def __call__(self, key: str, **values: object) -> str:
        """The text with its values."""
        return TEXTS.say(key, self.language, **values)

    def known(self, key: str, otherwise: str) -> str:
        """The text of a key that may be none."""
        return self(key) if key in TEXTS.keys(self.language) else otherwise

    def category(self, category: str) -> str:
        """What complaints of a category are about."""
        return OF_DESK.say(f"category_{category}", self.language)

    def level(self, level: int) -> str:
        """What a rating from 5 to 1 is called."""
        return OF_DESK.say(f"rate_{level}", self.language)
