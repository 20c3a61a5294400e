"""Going on: short questions about what was just spoken of, in this hall and in the sample hall."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from hall_desk import AT, Conversation, hall, open_desk

from desk.desk import Desk
from facts.catalogue import folders_for
from facts.guides import read_guides
from ledger.memory import MemoryLedger

ROOT = Path(__file__).parents[2]
LIST = ("materials",)
PERMIT, DIBAO, LOGGING = "residence/permit", "civil-affairs/dibao", "forestry/logging-permit"


@functools.cache
def sample() -> Desk:
    """The sample hall, with the catalogue of public matters."""
    guides = read_guides(ROOT / "guides/taiping")
    return Desk(guides, MemoryLedger(), lambda: AT, catalogue=folders_for(guides.halls))


ASKED = [
    ("居住证要带什么", "照片也要吗", PERMIT, LIST, "要，“居住证申领”要带：\n· 近期照片"),
    ("居住证要带什么", "要不要照片", PERMIT, LIST, "要，"),
    ("居住证要带什么", "那照片呢", PERMIT, LIST, "要，"),
    ("居住证多少钱", "身份证要原件吗", PERMIT, LIST, "· 居民身份证（原件1份"),
    ("居住证要带什么", "房产证复印件可以吗", PERMIT, LIST, "住所证明"),
    ("居住证要带什么", "户口本也要吗", PERMIT, LIST, "不用，“居住证申领”的材料里没有“户口本”"),
    ("居住证要带什么", "监护人同意书要不要", PERMIT, LIST, "看情况，“居住证申领”有的人要带"),
    ("高龄津贴要带什么", "居住证也要吗", "elders/allowance", LIST, "看情况，外地户口常住要带"),
    ("高龄津贴要带什么", "身份证和银行卡都要吗", "elders/allowance", LIST, "银行卡"),
    (
        "residence permit documents",
        "do I need a photo?",
        PERMIT,
        LIST,
        "Yes. For “Residence permit”",
    ),
    ("residence permit documents", "is the household register needed", PERMIT, LIST, "No. For"),
    ("居住证要带什么", "什么时候能领", PERMIT, ("duration",), "5个工作日"),
    ("居住证要带什么", "哪天能拿", PERMIT, ("duration",), "最迟11月30日"),
    (
        "residence permit documents",
        "when can I collect it",
        PERMIT,
        ("duration",),
        "5 working days",
    ),
]


@pytest.mark.parametrize(("first", "then", "topic", "about", "told"), ASKED)
def test_a_short_question_is_about_what_was_spoken_of(
    first: str, then: str, topic: str, about: tuple[str, ...], told: str
) -> None:
    turn = Conversation().all([first, then])
    assert (turn.topic, turn.about) == (topic, about)
    assert told in turn.reply


IN_SAMPLE = [
    (["低保要带什么", "户口本也要吗"], DIBAO, LIST, "新申请要带"),
    (["生育登记怎么办", "户口簿要不要"], "health/birth-registration", LIST, "有就带"),
    (["办居住证要带什么", "户口本也要吗"], "elsewhere/residence-permit", LIST, "不用"),
    (["砍树要多少钱", "什么时候能领"], LOGGING, ("duration",), "受理的话"),
    (["低保要带什么", "那啥时候能领"], DIBAO, ("duration",), "22个工作日"),
    (["能办低保吗"], DIBAO, ("conditions",), "低保标准"),
    (["能领养老金吗"], "social-security/pension-claim", ("conditions",), "满60"),
    (["砍树要多少钱", "能办低保吗"], DIBAO, ("conditions",), "低保标准"),
]


@pytest.mark.parametrize(("said", "topic", "about", "told"), IN_SAMPLE)
def test_it_is_so_in_the_sample_hall(
    said: list[str], topic: str, about: tuple[str, ...], told: str
) -> None:
    turn = Conversation(sample()).all(said)
    assert (turn.topic, turn.about) == (topic, about)
    assert told in turn.reply


@pytest.mark.parametrize(
    "said",
    [
        ["林木采伐许可证要什么材料", "烟花爆竹许可证多少钱"],
        ["砍树要多少钱", "烟花爆竹许可证怎么办"],
    ],
)
def test_a_matter_whose_name_ends_like_a_paper_is_no_question_about_that_paper(
    said: list[str],
) -> None:
    turn = Conversation(sample()).all(said)
    assert (turn.outcome, turn.topic) == ("registered", None)
    assert "烟花爆竹" in turn.reply
    assert "（林木采伐" not in turn.reply


@pytest.mark.parametrize(
    ("first", "then", "topic"),
    [
        ("居住证要带什么", "我要办高龄津贴", "elders/allowance"),
        ("居住证要带什么", "我要老年证", "elders/card"),
        ("居住证要带什么", "高龄津贴要身份证吗", "elders/allowance"),
    ],
)
def test_who_wants_another_matter_is_not_told_of_a_list(first: str, then: str, topic: str) -> None:
    assert Conversation().all([first, then]).topic == topic


def test_whether_it_can_be_had_asks_who_may_have_it() -> None:
    turn = Conversation().say("能办高龄津贴吗")
    assert (turn.topic, turn.about) == ("elders/allowance", ("conditions",))
    assert "年满八十岁" in turn.reply


def test_no_list_is_asked_where_none_was_spoken_of() -> None:
    assert Conversation(open_desk(hall())).say("照片也要吗").outcome == "choose"
