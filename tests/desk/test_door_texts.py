"""The words of the doors read well with their values filled in."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
import yaml
from polite import FORBIDDEN
from test_texts import LONGEST

import doors
from desk.texts import Texts
from intents.fold import is_han

FOLDER = Path(doors.__file__).parent / "texts"
TEXTS = Texts(FOLDER)
BREAKS = re.compile(r"[，。；：！？、——（）“”【】\n\d\s]")


def filled(language: str) -> dict[str, str]:
    """The texts with a number wherever a value stands."""
    written = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    names = {key: [name for _, name, _, _ in Formatter().parse(written[key])] for key in written}
    return {
        key: TEXTS.say(key, language, **{name: "3" for name in names[key] if name})
        for key in written
    }


@pytest.mark.parametrize("language", TEXTS.languages)
def test_nothing_forbidden_is_said_and_no_placeholder_is_left(language: str) -> None:
    phrases = [phrase for each in FORBIDDEN.values() for phrase in each]
    told = filled(language)
    assert {key: text for key, text in told.items() if not text.strip()} == {}
    assert {key: text for key, text in told.items() if re.search(r"\{\w+\}", text)} == {}
    assert {key: p for key, text in told.items() for p in phrases if p in text.lower()} == {}


def test_a_chinese_line_has_a_break_before_it_is_long() -> None:
    parts = {part for text in filled("zh").values() for part in BREAKS.split(text)}
    assert sorted(each for each in parts if sum(map(is_han, each)) > LONGEST) == []
