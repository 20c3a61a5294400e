"""Halls: which one a message is about, where a desk serves several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from desk.conversation import Conversation
from facts.model import Hall
from intents.fold import fold

KIND_OF_PLACE = "[镇乡县区市]?"
"""What may stand behind a hall's short name and belongs to it."""


class Halls(Sequence[Hall]):
    """The halls of the guides that count whenever it is looked at."""

    def __init__(self, current: Callable[[], Sequence[Hall]]) -> None:
        self._current = current

    def __len__(self) -> int:
        return len(self._current())

    def __iter__(self) -> Iterator[Hall]:
        return iter(self._current())

    @overload
    def __getitem__(self, at: int) -> Hall: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Hall]: ...
    def __getitem__(self, at: int | slice) -> Hall | Sequence[Hall]:
        return self._current()[at]


def hall_in(halls: Sequence[Hall], text: str, conversation: Conversation) -> tuple[Hall, str]:
    """The hall that the text names, else the one spoken of, else the first; and the rest.

    A hall that is named counts from then on. Its name is no part of the question, unless the
    question is nothing else.
    """
    folded = fold(text) if len(halls) > 1 else ""
    for hall in halls:
        name = max((name for name in _names(hall) if name in folded), key=len, default="")
        if name:
            conversation.hall = hall.id
            rest = re.sub(re.escape(name) + KIND_OF_PLACE, " ", folded)
            return hall, rest.strip() or text
    spoken = [hall for hall in halls if hall.id == conversation.hall]
    return [*spoken, *halls][0], text


def _names(hall: Hall) -> list[str]:
    names = (fold(name) for name in (*hall.name.words.values(), *hall.also))
    return [name for name in names if len(name) > 1]
