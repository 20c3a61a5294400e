"""The words the desk and the doors say: data files, one a language."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import yaml


class Texts:
    """Texts by language and key, read from a folder of `<language>.yaml` files.

    Every file holds the same keys; `{name}` in a text is replaced by a value given to `say`.
    """

    def __init__(self, folder: Path) -> None:
        self._texts: Mapping[str, Mapping[str, str]] = {
            file.stem: yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
            for file in sorted(folder.glob("*.yaml"))
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are."""
        return tuple(self._texts)

    def __contains__(self, language: str) -> bool:
        return language in self._texts

    def keys(self, language: str) -> Set[str]:
        """The keys of one language's file."""
        return self._texts[language].keys()

    def say(self, key: str, language: str, **values: object) -> str:
        """The text in this language (English where the language has no file), filled in."""
        return self._texts.get(language, self._texts["en"])[key].format(**values)
