"""The days that a question about opening hours names."""

from __future__ import annotations

import functools

import pytest

from intents.lexicon import lexicons
from intents.named_days import NamedDay
from intents.scorer import Phrase
from intents.understanding import Meaning, Understanding

PHRASES = (Phrase("permit", "居住证"), Phrase("permit", "residence permit"))
LAST_OF_YEAR = NamedDay(month=12, day=31)
SATURDAY = NamedDay(weekday=5)


@functools.cache
def understanding() -> Understanding:
    return Understanding(PHRASES, lexicons())


def meaning(text: str) -> Meaning:
    return understanding().understand(text)


DAYS = {
    "今天上班吗": (NamedDay(ahead=0),),
    "明天开门吗": (NamedDay(ahead=1),),
    "大后天上不上班": (NamedDay(ahead=3),),
    "周六上班吗": (SATURDAY,),
    "星期六开门吗": (SATURDAY,),
    "禮拜六上班嗎": (SATURDAY,),
    "zhouliu shangban ma": (SATURDAY,),
    "下周一上班吗": (NamedDay(weekday=0, next_week=True),),
    "周末开门吗": (SATURDAY, NamedDay(weekday=6)),
    "12月31日上班吗": (LAST_OF_YEAR,),
    "12月31号开门吗": (LAST_OF_YEAR,),
    "十二月三十一日上班吗": (LAST_OF_YEAR,),
    "31号办公吗": (NamedDay(day=31),),
    "2026年12月31日上班吗": (NamedDay(year=2026, month=12, day=31),),
    "2026-12-31上班吗": (NamedDay(year=2026, month=12, day=31),),
    "2027/01/04上班吗": (NamedDay(year=2027, month=1, day=4),),
    "30号和31号上班吗": (NamedDay(day=30), NamedDay(day=31)),
    "元旦上班吗": (NamedDay(month=1, day=1),),
    "国庆节上班吗": (NamedDay(holiday="National Day"),),
    "居住证周六能办吗": (SATURDAY,),
    "明天呢": (NamedDay(ahead=1),),
    "tomorrow?": (NamedDay(ahead=1),),
    "open on Saturday?": (SATURDAY,),
    "are you open next Monday": (NamedDay(weekday=0, next_week=True),),
    "are you open on 31 December": (LAST_OF_YEAR,),
    "are you open on the 31st of December": (LAST_OF_YEAR,),
    "are you open on Dec 31": (LAST_OF_YEAR,),
    "are you open on December 31st, 2026": (NamedDay(year=2026, month=12, day=31),),
    "is the hall open on the 31st": (NamedDay(day=31),),
    "are you open at Christmas": (NamedDay(month=12, day=25),),
    "几点上班": (),
    "周一到周五几点上班": (),
    "are you open Monday to Friday": (),
    "31号前几点上班": (),
    "are you open before 31 December": (),
    "3号窗口几点上班": (),
    "12月31日前办居住证晚不晚": (),
    "居住证12月31日到期": (),
    "residence permit expires on 31 December": (),
}


@pytest.mark.parametrize(("text", "expected"), DAYS.items(), ids=DAYS)
def test_a_day_is_read_where_it_is_asked_whether_it_is_open(
    text: str, expected: tuple[NamedDay, ...]
) -> None:
    assert meaning(text).days == expected


@pytest.mark.parametrize("text", ["12月31日上班吗", "are you open on December 31st, 2026"])
def test_a_day_tells_nothing_of_a_topic_beside_hours(text: str) -> None:
    assert meaning(text).content == 0


def test_a_day_tells_of_a_matter_where_no_hours_are_asked() -> None:
    assert meaning("12月31日前办居住证晚不晚").content > meaning("办居住证晚不晚").content
