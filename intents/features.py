"""Features: what of a text is compared, and how much each piece may tell.

Chinese is compared by characters and pairs of characters (no segmenter), letters by words, pairs
of words and four-letter pieces of words. Every token carries a stress from 0 to 1: padding tells
nothing, words of office little, what is done with a thing some, the rest everything.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from intents.lexicon import PhraseList, Span
from intents.pinyin import character_sound
from intents.tokens import Token

Features = Mapping[str, float]

STRESS = {"padding": 0.03, "weak": 0.25, "action": 0.4}
ASKED = 0.1
CHARACTER, PIECES, WORD_PAIR = 0.3, 0.5, 0.5
LEAST = 0.05
"""Features below this weight would cost time and tell nothing."""


def stresses(
    sequence: Sequence[Token], fillers: PhraseList, asked: Iterable[Span] = ()
) -> list[float]:
    """How much each token tells of a topic; tokens of what is asked tell little."""
    texts = [token.text for token in sequence]
    stress = [1.0] * len(texts)
    for span in fillers.find(texts):
        stress[span.start : span.end] = [STRESS[span.label]] * (span.end - span.start)
    for span in asked:
        for place in range(span.start, span.end):
            stress[place] = min(stress[place], ASKED)
    return stress


def features(sequence: Sequence[Token], stress: Sequence[float]) -> dict[str, float]:
    """The features of a text; where one comes twice, the greater stress counts."""
    found: dict[str, float] = {}
    previous: Token | None = None
    previous_han = False
    for place, token in enumerate(sequence):
        weight = stress[place]
        han = token.han
        if han:
            _add(found, token.text, CHARACTER * weight)
        else:
            _add(found, token.text, weight)
            _add_pieces(found, token.text, PIECES * weight)
        if previous is not None and previous_han == han:
            pair = sqrt(stress[place - 1] * weight)
            if not han:
                _add(found, f"{previous.text} {token.text}", WORD_PAIR * pair)
            elif previous.start + 1 == token.start:
                _add(found, previous.text + token.text, pair)
        previous, previous_han = token, han
    return found


def sound_features(sounds: Sequence[str], stress: Sequence[float]) -> dict[str, float]:
    """The features of a text by its sounds: syllables and pairs of syllables."""
    found: dict[str, float] = {}
    for place, sound in enumerate(sounds):
        _add(found, sound, CHARACTER * stress[place])
        if place:
            pair = sqrt(stress[place - 1] * stress[place])
            _add(found, f"{sounds[place - 1]} {sound}", pair)
    return found


def sounds(sequence: Iterable[Token]) -> list[str]:
    """The sounds of Chinese tokens; other tokens stand for themselves."""
    return [character_sound(token.text) if token.han else token.text for token in sequence]


def _add(found: dict[str, float], feature: str, weight: float) -> None:
    if weight > LEAST and weight > found.get(feature, 0.0):
        found[feature] = weight


def _add_pieces(found: dict[str, float], word: str, weight: float) -> None:
    if len(word) < 4 or weight < LEAST:
        return
    pieces = _pieces(word)
    share = weight / len(pieces)
    for piece in pieces:
        if share > found.get(piece, 0.0):
            found[piece] = share


@functools.lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    edged = f"^{word}$"
    return tuple("~" + edged[start : start + 4] for start in range(len(edged) - 3))
