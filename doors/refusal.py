"""What a command cannot do as it was given, in one line of the reader's language."""

from __future__ import annotations

from pathlib import Path

from editing.whole import Unwritable, refused
from editing.words import Say


class Refusal(Exception):  # noqa: N818 - nothing in the program is broken
    """A command that ends with one line and status 1: `key` of the editors' texts, filled in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def render(self, language: str) -> str:
        """The line."""
        return Say.of(language)(self.key, **self.values)


class FileRefusal(Refusal):
    """A file that cannot be written, or else read."""

    def __init__(self, error: Unwritable | OSError, file: Path | None = None) -> None:
        super().__init__("")
        self.error = error
        self.file = file

    def render(self, language: str) -> str:
        """The line."""
        if isinstance(self.error, Unwritable):
            return self.error.render(language)
        return refused(self.error, Say.of(language), self.file)
