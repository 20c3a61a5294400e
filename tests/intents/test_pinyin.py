"""Sounds of characters, and Chinese written in letters."""

from __future__ import annotations

import pytest

from intents.pinyin import character_sound, sound, sounds_of, spell, syllable, syllables


@pytest.mark.parametrize(
    ("character", "read"),
    [("证", "zheng"), ("办", "ban"), ("女", "nv"), ("绿", "lv"), ("窗", "chuang"), ("儿", "er")],
)
def test_a_character_has_its_commonest_reading_without_tone(character: str, read: str) -> None:
    assert syllable(character) == read


@pytest.mark.parametrize("character", ["a", "7", "。", "あ", "\U0001f600"])
def test_what_has_no_reading_stands_for_itself(character: str) -> None:
    assert syllable(character) == character


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhi", "zi"),
        ("chi", "ci"),
        ("shi", "si"),
        ("lan", "nan"),
        ("ben", "beng"),
        ("jin", "jing"),
        ("zhang", "zan"),
    ],
)
def test_sounds_that_many_do_not_tell_apart_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("ban", "pan"), ("da", "ta"), ("ju", "qu")])
def test_other_sounds_stay_two(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(("one", "other"), [("证", "正"), ("居", "局"), ("身", "生"), ("住", "足")])
def test_wrong_characters_of_the_same_sound_sound_the_same(one: str, other: str) -> None:
    assert character_sound(one) == character_sound(other)


@pytest.mark.parametrize(
    ("run", "spelt"),
    [
        ("juzhuzheng", ("ju", "zhu", "zheng")),
        ("dibao", ("di", "bao")),
        ("shenfenzheng", ("shen", "fen", "zheng")),
        ("yanglaobaoxian", ("yang", "lao", "bao", "xian")),
        ("nver", ("nv", "er")),
        ("zhengming", ("zheng", "ming")),
    ],
)
def test_a_run_of_letters_is_cut_into_syllables(run: str, spelt: tuple[str, ...]) -> None:
    assert spell(run) == spelt


@pytest.mark.parametrize("run", ["permit", "pension", "zhx", "xyz", "q", "resident"])
def test_a_run_that_is_no_pinyin_has_no_syllables(run: str) -> None:
    assert spell(run) is None


@pytest.mark.parametrize(
    "text", ["ju zhu zheng", "juzhu zheng", "juzhuzheng", "ju'zhu'zheng", "juzhuzheng?"]
)
def test_pinyin_is_read_with_and_without_spaces(text: str) -> None:
    assert sounds_of(text) == [sound(each) for each in ("ju", "zhu", "zheng")]


@pytest.mark.parametrize(
    "text",
    [
        "how much is the residence permit",
        "where do I apply",
        "opening hours please",
        "I lost my card",
        "123",
        "",
        "?!",
    ],
)
def test_english_and_numbers_are_no_pinyin(text: str) -> None:
    assert sounds_of(text) is None


def test_a_syllable_is_spelt_as_itself() -> None:
    assert all(spell(each) is not None for each in syllables())


def test_a_very_long_run_of_letters_is_cut_in_time() -> None:
    assert spell("zhuang" * 300) == ("zhuang",) * 300
