"""Every text of the desk is said in some situation, in every language, and reads well there."""

from __future__ import annotations

import re
from collections import defaultdict
from string import Formatter

import pytest
from polite import FORBIDDEN
from situations import everything
from test_texts import LONGEST

from desk.knowledge import TEXTS
from desk.texts import Texts
from intents.fold import is_han

BREAKS = re.compile(r"[，。；：！？、——（）“”【】|/\n\s]|\d")
NAMES = {name for lang in TEXTS.languages for key in TEXTS.keys(lang)
         for _, name, _, _ in Formatter().parse(TEXTS._texts[lang][key]) if name}  # fmt: skip
PLACEHOLDER = re.compile(r"\{(?:" + "|".join(sorted(NAMES)) + r")\}")


class Heard:
    """What was said: the keys, and the replies as they were read, by language."""

    def __init__(self) -> None:
        self.keys: defaultdict[str, set[str]] = defaultdict(set)
        self.read: dict[str, list[str]] = {}


@pytest.fixture(scope="module")
def heard() -> Heard:
    """All that is said in all situations; the texts are only listened to."""
    found, say = Heard(), Texts.say

    def listening(self: Texts, key: str, language: str, **values: object) -> str:
        found.keys[language].add(key)
        return say(self, key, language, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Texts, "say", listening)
        for language in TEXTS.languages:
            found.read[language] = [each for each in everything(language) if each]
    return found


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_text_is_said_somewhere(heard: Heard, language: str) -> None:
    assert sorted(TEXTS.keys(language) - heard.keys[language]) == []


@pytest.mark.parametrize("language", TEXTS.languages)
def test_nothing_forbidden_is_said(heard: Heard, language: str) -> None:
    phrases = [phrase for each in FORBIDDEN.values() for phrase in each]
    found = {
        (phrase, reply)
        for reply in heard.read[language]
        for phrase in phrases
        if phrase in reply.lower()
    }
    assert found == set()


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_placeholder_is_left(heard: Heard, language: str) -> None:
    assert [each for each in heard.read[language] if PLACEHOLDER.search(each)] == []


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_sign_stands_twice_and_none_is_missing(heard: Heard, language: str) -> None:
    twice = re.compile(r"。。|，，|；；|：。|，。|。；|  \S|, ,|\.\. |None")
    lines = {line for each in heard.read[language] for line in each.splitlines()}
    assert sorted(each for each in lines if twice.search(each.strip())) == []


def test_a_chinese_line_has_a_break_before_it_is_long(heard: Heard) -> None:
    parts = {part for reply in heard.read["zh"] for part in BREAKS.split(reply)}
    assert sorted(each for each in parts if sum(map(is_han, each)) > LONGEST) == []
