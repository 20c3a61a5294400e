"""Pinyin becomes the characters that the known phrases make likeliest."""

from __future__ import annotations

import pytest
from known_matters import understanding

from intents.input_method import InputMethod
from intents.pinyin import sounds_of

PHRASES = ["居住证办理", "养老保险待遇资格认证", "社会保障卡", "社保卡丢了怎么补办", "低保要多少钱"]
METHOD = InputMethod.of(PHRASES)


@pytest.mark.parametrize(
    ("pinyin", "characters"),
    [
        ("juzhuzheng", "居住证"),
        ("ju zhu zheng ban li", "居住证办理"),
        ("yanglao baoxian", "养老保险"),
        ("shebaoka diule zenme buban", "社保卡丢了怎么补办"),
    ],
)
def test_pinyin_is_read_by_what_follows_what(pinyin: str, characters: str) -> None:
    assert (METHOD.typed(pinyin) or "").replace(" ", "") == characters


def test_numbers_and_commas_stay() -> None:
    assert METHOD.typed("60, yanglao baoxian") == "60,养老保险"


@pytest.mark.parametrize("text", ["hello there", "passport", "residence permit"])
def test_what_is_no_pinyin_is_not_read(text: str) -> None:
    assert METHOD.typed(text) is None


def test_sounds_that_are_confused_are_read_alike() -> None:
    assert METHOD.typed("yanglao baoxian") == METHOD.typed("yanlao baoxian")


def test_a_sound_that_no_phrase_has_stands_for_itself() -> None:
    sounds = sounds_of("juzhuzheng qiong") or []
    assert METHOD.characters(sounds).startswith("居住证")


def test_what_is_kept_reads_the_same() -> None:
    kept = InputMethod.restored(METHOD.arrays())
    assert kept.typed("shebaoka diule") == METHOD.typed("shebaoka diule")


def test_nothing_known_reads_nothing_wrongly() -> None:
    assert InputMethod.of([]).typed("juzhuzheng")


@pytest.mark.parametrize("text", ["juzhuzheng yao dai shenme", "ju zhu zheng duo shao qian"])
def test_a_question_in_pinyin_finds_its_topic(text: str) -> None:
    meaning = understanding().understand(text)
    assert meaning.language == "zh"
    assert meaning.topics[0].label == "residence"
    assert meaning.asked
