"""The twin of the phrase lists: what people ask, in words of their own, and the intent it has.

A line is `intent<TAB>question`, `a|b` where either is right.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from intents.lexicon import lexicons
from intents.understanding import Understanding

FOLDER = Path(__file__).parent
LANGUAGES = sorted(lexicons())
LEAST, RIGHT = 6, 0.9


def asked(language: str) -> list[tuple[tuple[str, ...], str]]:
    lines = (FOLDER / f"asked_{language}.tsv").read_text("utf-8").splitlines()
    parted = (line.partition("\t") for line in lines)
    return [(tuple(intents.split("|")), text) for intents, _, text in parted]


def found(understanding: Understanding, intents: tuple[str, ...], text: str) -> bool:
    return bool(set(intents) & set(understanding.understand(text).intents))


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding((), lexicons())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_asked_in_several_ways(language: str) -> None:
    count = Counter(intents[0] for intents, _ in asked(language))
    told = set(lexicons()[language].names)
    assert set(count) <= told
    assert {intent: count[intent] for intent in told if count[intent] < LEAST} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_is_asked_twice(language: str) -> None:
    texts = [text for _, text in asked(language)]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_in_ten_questions_are_found(language: str, understanding: Understanding) -> None:
    questions = asked(language)
    missed = [
        f"{'|'.join(intents)}: {text} -> {understanding.understand(text).intents}"
        for intents, text in questions
        if not found(understanding, intents, text)
    ]
    assert len(missed) <= (1 - RIGHT) * len(questions), "\n".join(missed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_intent_is_mostly_missed(language: str, understanding: Understanding) -> None:
    count: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for intents, text in asked(language):
        count[intents[0]] += 1
        right[intents[0]] += found(understanding, intents, text)
    assert {each: right[each] for each in count if right[each] * 2 < count[each]} == {}
