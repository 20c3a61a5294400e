"""Tokens: a Chinese character, a word of letters or a number, with its place in the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from intents.fold import is_han

_TOKEN = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+(?:'[a-z]+)?|\d+"
)


class Token(NamedTuple):
    """A token of a folded text and the place of its first character."""

    text: str
    start: int

    @property
    def han(self) -> bool:
        """Whether it is a Chinese character."""
        return is_han(self.text[0])


def tokens(folded: str) -> list[Token]:
    """The tokens of a folded text in order; punctuation and spaces only part them."""
    return [Token(match.group(), match.start()) for match in _TOKEN.finditer(folded)]


def words(folded: str) -> tuple[str, ...]:
    """The tokens' texts alone."""
    return tuple(_TOKEN.findall(folded))
