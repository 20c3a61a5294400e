"""The words the desk says: complete in every language, in use, polite, and short."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
import yaml
from polite import FORBIDDEN

import desk
from desk.answers import ANSWERS
from desk.texts import Texts
from facts.model import Unit
from intents.fold import is_han

CODE = Path(desk.__file__).parent
FOLDER = CODE / "texts"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
LONGEST = 40
"""Chinese characters that may follow one another without a break."""


@cache
def told(language: str) -> dict[str, str]:
    read: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return read


def placeholders(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})


@cache
def constants() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The strings of the desk's code, and patterns of those put together there."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted(CODE.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    plain = {
        node.value for node in nodes if isinstance(node, ast.Constant) and type(node.value) is str
    }
    joined = [pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)]
    known = [each for each in joined if re.search(r"[a-z]{3,}_|_[a-z]{3,}|^[a-z]{3,}\[", each)]
    return frozenset(plain), tuple(re.compile(each) for each in known)


def pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[A-Za-z_0-9]*"
        for part in node.values
    ).replace("\\_", "_")


def said() -> list[tuple[str, str]]:
    """Every key that stands in a call such as `say("fee_free")`, with its file."""
    found = []
    for file in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            name = node.func.attr if isinstance(node.func, ast.Attribute) else name
            speaks = name == "say" or (name == "self" and file.name == "wording.py")
            first = node.args[0]
            if speaks and isinstance(first, ast.Constant) and len(node.args) < 3:
                found.append((file.name, str(first.value)))
    return found


def test_the_languages_are_those_with_a_file() -> None:
    assert list(Texts(FOLDER).languages) == LANGUAGES
    assert {"zh", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert told(language).keys() == told("zh").keys()


@pytest.mark.parametrize("key", told("zh"))
def test_every_language_has_the_same_placeholders(key: str) -> None:
    every = {
        language: placeholders(told(language)[key])
        for language in LANGUAGES
        if key in told(language) and key not in ("months", "weekdays")
    }
    assert all(each == every["zh"] for each in every.values()), every


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_a_text_that_says_something(language: str) -> None:
    assert {key: text for key, text in told(language).items() if not isinstance(text, str)} == {}
    assert [key for key, text in told(language).items() if not text.strip() and key != "or"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_a_forbidden_phrase(language: str) -> None:
    phrases = [each for language in LANGUAGES for each in FORBIDDEN.get(language, ())]
    found = {
        key: phrase
        for key, text in told(language).items()
        for phrase in phrases
        if phrase in text.lower()
    }
    assert found == {}


def test_a_chinese_line_has_a_break_before_it_is_long() -> None:
    long = {
        key: part
        for key, text in told("zh").items()
        for part in re.split(r"[，。；：！？、——（）“”\n]", text)
        if sum(map(is_han, part)) > LONGEST
    }
    assert long == {}


def test_a_chinese_text_is_chinese() -> None:
    fixed = re.compile(r"\{\w+\}")
    letters = {
        key: text
        for key, text in told("zh").items()
        if re.search(r"[A-Za-z]{2}", fixed.sub("", text))
    }
    assert letters == {}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"zh"}))
def test_a_text_of_another_language_holds_no_chinese(language: str) -> None:
    assert [key for key, text in told(language).items() if any(map(is_han, text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_seven_days_and_twelve_months(language: str) -> None:
    assert len(told(language)["weekdays"].split()) == 7
    assert len(told(language)["months"].split()) == 12


def test_a_key_that_the_code_says_stands_in_the_files() -> None:
    assert said()
    assert [(file, key) for file, key in said() if key not in told("zh")] == []


def test_every_unit_of_a_term_has_its_word() -> None:
    units = [unit.replace(" ", "_") for unit in get_args(Unit)]
    wanted = {f"unit_{unit}" for unit in units}
    wanted |= {f"unit_one_{unit}" for unit in units if unit != "on_the_spot"}
    assert wanted <= told("zh").keys()


def test_every_intent_about_a_matter_has_its_word() -> None:
    never_missing = {"urgent"}
    wanted = {f"what_{intent}" for intent in ANSWERS if intent not in never_missing}
    assert wanted <= told("zh").keys()


def unused() -> list[str]:
    plain, patterns = constants()
    states = ("suspended", "cancelled")
    return [
        key
        for key in told("zh")
        if key not in plain
        and key not in states
        and not any(each.fullmatch(key) for each in patterns)
    ]


def test_every_key_is_used() -> None:
    assert unused() == []


def test_a_text_is_filled_in() -> None:
    assert Texts(FOLDER).say("hall_phone", "en", phone="0000") == "Phone 0000."


def test_a_language_without_a_file_is_spoken_to_in_english() -> None:
    texts = Texts(FOLDER)
    assert texts.say("thanks", "fr") == texts.say("thanks", "en")


def test_a_language_is_added_by_a_file_alone(tmp_path: Path) -> None:
    (tmp_path / "de.yaml").write_text("thanks: Gern geschehen.\n", "utf-8")
    (tmp_path / "en.yaml").write_text("thanks: You are welcome.\n", "utf-8")
    assert Texts(tmp_path).say("thanks", "de") == "Gern geschehen."
