"""Stages: first, renewed, replaced, changed, put right, transferred, cancelled."""

from __future__ import annotations

import pytest

from intents.fold import fold
from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.stages import NONE, Stages, compared
from intents.tokens import tokens
from intents.understanding import Understanding

STAGES = Stages(lexicons())


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("头一回办这个证", "first"),
        ("证快到期了", "renewal"),
        ("证让洗衣机洗坏了", "replacement"),
        ("搬了地方，证上的地址要改", "change"),
        ("证上名字写错了", "correction"),
        ("店盘给别人，证要过户", "transfer"),
        ("店不开了，证销掉", "cancellation"),
        ("I have never had one", "first"),
        ("it runs out in May", "renewal"),
        ("it fell out of my pocket and is lost", "replacement"),
        ("we are moving to a new address", "change"),
        ("my name is spelled wrong", "correction"),
        ("it is still in the previous owner's name", "transfer"),
        ("we are closing down", "cancellation"),
    ],
)
def test_what_has_happened_tells_the_stage(text: str, stage: str) -> None:
    assert stage in STAGES.of_text(tokens(fold(text)))


@pytest.mark.parametrize("text", ["低保要什么材料", "how much is a passport", ""])
def test_a_plain_question_speaks_of_no_stage(text: str) -> None:
    assert STAGES.of_text(tokens(fold(text))) == NONE


def test_a_name_may_speak_of_several_stages() -> None:
    assert STAGES.of_names(["身份证换领、补领"]) == {"renewal", "replacement"}


def test_stages_agree_or_differ_or_are_not_asked_for() -> None:
    first, renewal = frozenset({"first"}), frozenset({"renewal"})
    assert compared(first, first)["stage agrees"]
    assert compared(first, renewal)["stage differs"]
    assert compared(NONE, renewal)["stage unasked"]
    assert compared(first, NONE)["stage unnamed"]
    assert not any(compared(NONE, NONE).values())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("饭店的卫生证快到期了", "renewed"),
        ("饭店的卫生证丢了", "replaced"),
        ("饭店不开了，卫生证怎么弄", "cancelled"),
    ],
)
def test_the_same_paper_is_found_by_its_stage(text: str, wanted: str) -> None:
    phrases = [
        Phrase("renewed", "饭店卫生许可证延续"),
        Phrase("replaced", "饭店卫生许可证补办"),
        Phrase("cancelled", "饭店卫生许可证注销"),
    ]
    assert Understanding(phrases, lexicons()).understand(text).topics[0].label == wanted
