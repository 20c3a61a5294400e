"""A citizen who writes a part of a name is offered the matters in whose names it stands."""

from __future__ import annotations

import pytest
from hall_desk import Conversation, open_desk

from desk.message import Turn
from facts.model import Hall, Office, Service, Text, Window

NAMES = (
    "公司设立登记",
    "个体工商户设立登记",
    "食品经营许可证核发",
    "食品经营许可证变更",
    "食品经营许可证注销",
    "畜禽养殖场备案",
    "车辆购置税申报",
    "国有建设用地使用权出让",
    "国有建设用地使用权划拨",
    "生产安全事故应急预案备案",
    "老年人优待证办理",
)


def said(text: str) -> Turn:
    services = tuple(
        Service(id=f"item-{number}", name=Text({"zh": name})) for number, name in enumerate(NAMES)
    )
    office = Office(id="office", office=Text({"zh": "办事处"}), services=services)
    window = Window(number="1")
    names_only = Hall(
        id="names", name=Text({"zh": "名录"}), windows=(window,), lead_window="1", offices=(office,)
    )
    return Conversation(open_desk(names_only)).say(text)


def found(turn: Turn) -> set[str]:
    """The names of what the turn is about, or of what it offers."""
    topics = [turn.topic] if turn.topic else [each.topic for each in turn.choices]
    return {NAMES[int(topic.rpartition("-")[2])] for topic in topics if topic}


@pytest.mark.parametrize(
    ("half", "names"),
    [
        ("场备案", {"畜禽养殖场备案"}),
        ("税申报", {"车辆购置税申报"}),
        ("老年人优", {"老年人优待证办理"}),
        ("食品经营许", set(NAMES[2:5])),
        ("国有建设用地使用权", set(NAMES[7:9])),
    ],
)
def test_half_a_name_leads_to_the_matters_that_have_it(half: str, names: set[str]) -> None:
    assert names <= found(said(half))


def test_a_whole_name_that_stands_in_none_of_the_others_is_answered() -> None:
    assert said("食品经营许可证变更").topic == "office/item-3"
