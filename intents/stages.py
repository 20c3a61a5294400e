"""Stages: how far a certificate, licence or registration is in its life.

The same paper got for the first time, renewed, replaced or cancelled is another matter each time.
Names say it in words of office, people by what has happened to them ("it fell out of my apron").
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from intents.fold import fold
from intents.lexicon import Lexicon, PhraseList, texts
from intents.tokens import Token, tokens

Stage = str
NONE: frozenset[Stage] = frozenset()
NAMES_KNOWN = 10_000
"""Names whose stages are remembered: those of cases are asked for with every question."""


class Stages:
    """Recognises stages in names and in what people say."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._named = PhraseList.merged(each.stages_named for each in lexicons.values())
        self._said = PhraseList.merged(each.stages_said for each in lexicons.values())
        self._known_names = functools.lru_cache(maxsize=NAMES_KNOWN)(self._of_name)

    def of_text(self, sequence: Iterable[Token]) -> frozenset[Stage]:
        """The stages that a text speaks of."""
        return frozenset(span.label for span in self._said.find(texts(sequence)))

    def of_names(self, names: Iterable[str]) -> frozenset[Stage]:
        """The stages that any of these names speaks of."""
        return frozenset[Stage]().union(*map(self._known_names, names))

    def _of_name(self, name: str) -> frozenset[Stage]:
        return frozenset(span.label for span in self._named.find(texts(tokens(fold(name)))))


def compared(told: frozenset[Stage], named: frozenset[Stage]) -> dict[str, float]:
    """What the stages of a text say of a topic with these stages, as figures."""
    return {
        "stage agrees": float(bool(told & named)),
        "stage differs": float(bool(told and named) and not told & named),
        "stage unasked": float(bool(named) and not told),
        "stage unnamed": float(bool(told) and not named),
    }
