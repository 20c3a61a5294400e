"""Halls: which one a message is about, where a desk serves several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk.conversation import Conversation
from facts.model import Hall
from intents.fold import fold

KIND_OF_PLACE = "[镇乡县区市]?"
"""What may stand behind a hall's short name and belongs to it."""


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
