"""What a text lets know besides its question: urgency, people served first, the next step."""

from __future__ import annotations

import functools

import pytest

from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.signals import FIRST_IN_LINE, GONE, NEXT_STEP, URGENCY, Signals
from intents.understanding import Understanding

PHRASES = (Phrase("permit", "居住证"), Phrase("permit", "residence permit"))


@functools.cache
def understanding() -> Understanding:
    return Understanding(PHRASES, lexicons())


def signals(text: str) -> frozenset[str]:
    return understanding().understand(text).signals


@pytest.mark.parametrize(
    "text",
    [
        "急！居住证怎么办",
        "急急急，办居住证",
        "居住证我急用",
        "居住证今天就要",
        "明天出国，居住证怎么办",
        "明天早上八点的飞机，居住证丢了",
        "马上要用居住证",
        "居住证十万火急",
        "报名明天截止，居住证来得及办吗",
        "有急事，先办我的",
        "urgent: residence permit",
        "I need the residence permit asap",
        "flight tomorrow, how do I get the permit",
        "I am flying tomorrow morning",
        "the deadline is tomorrow",
        "I'm in a hurry",
    ],
)
def test_urgency_is_recognised(text: str) -> None:
    assert URGENCY in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "急诊能报销吗",
        "应急管理局在哪",
        "急难救助怎么申请",
        "急性阑尾炎住院",
        "残急证怎么办",
        "不急，慢慢来",
        "我不着急",
        "我马上满60岁了",
        "居住证马上到期",
        "紧急联系人怎么改",
        "明天开门吗",
        "no rush, what do I bring",
        "it is not urgent",
        "urgent care costs",
        "are you open tomorrow",
        "emergency contact form",
    ],
)
def test_what_only_sounds_urgent_is_not(text: str) -> None:
    assert URGENCY not in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "我妈80岁了，怎么办居住证",
        "我妈八十多岁了",
        "父亲今年85了",
        "奶奶92岁",
        "家里老人走不动",
        "腿脚不好",
        "我是残疾人",
        "我怀孕了",
        "老婆挺着肚子",
        "人躺在床上下不了床",
        "我是退役军人",
        "my mother is 80",
        "my 80 year old father",
        "she is in her eighties",
        "I am pregnant",
        "I use a wheelchair",
        "my husband is blind",
        "he is a veteran",
    ],
)
def test_people_served_first_are_recognised(text: str) -> None:
    assert FIRST_IN_LINE in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "我儿子8岁了",
        "我今年35岁",
        "满18周岁",
        "满60岁能领吗",
        "交了85了还要交吗",
        "居住证80元",
        "180岁",
        "my son is 8",
        "the fee is 80",
        "my 18 year old son",
        "she is 80,000 short",
        "I am on sick leave",
    ],
)
def test_others_are_not(text: str) -> None:
    assert FIRST_IN_LINE not in signals(text)


@pytest.mark.parametrize("text", ["我爸85岁去世了", "my father died at 85 years old"])
def test_a_death_is_seen(text: str) -> None:
    assert GONE in signals(text)


@pytest.mark.parametrize(
    "text",
    ["下一步呢", "办完了，接下来呢", "然后去哪", "what's next", "done with that, next step?"],
)
def test_the_next_step_is_asked_for(text: str) -> None:
    assert NEXT_STEP in signals(text)


@pytest.mark.parametrize(
    ("urgent", "calm"),
    [
        ("明天出国，居住证怎么办", "居住证怎么办"),
        ("急！居住证怎么办", "居住证怎么办"),
        ("flight tomorrow, residence permit", "residence permit"),
        ("in a hurry: residence permit", "residence permit"),
    ],
)
def test_words_of_urgency_tell_nothing_of_the_topic(urgent: str, calm: str) -> None:
    assert understanding().understand(urgent).content == understanding().understand(calm).content


def test_a_signal_is_told_with_its_words() -> None:
    [sign] = Signals(lexicons().values()).signs("我是残疾人")
    assert sign == (FIRST_IN_LINE, "残疾人")
