"""The fast lane and the human way: told before the rest to those in a hurry or served first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hall_desk import Conversation, ask, hall, open_desk, without

from desk.message import Outcome
from facts.model import Case, Hall, Office, Service, Text, TimeLimit
from facts.values import duration

GREEN_ZH = "绿色通道：老人和孕妇不用排队。"
GREEN_EN = "Fast lane: the elderly and pregnant women need not queue."
URGENT_ZH, URGENT_EN = "加急：1个工作日。", "Urgent: 1 working day."
PHONE_ZH = "着急的话，先打0000-5550103说明情况，也可以到1号窗口“综合窗口”，有人帮您。"
QUEUE_ZH = "排队不方便的，先打0000-5550103，也可以到1号窗口“综合窗口”说一声，有人帮您。"

FIRST = {
    "urgent, materials": ("明天出国，居住证要带什么", URGENT_ZH, "materials"),
    "urgent, fee": ("急！居住证多少钱", URGENT_ZH, "fee"),
    "urgent in English": ("flight tomorrow, how much is the residence permit", URGENT_EN, "fee"),
    "elderly, materials": ("我妈80岁了腿脚不好，办居住证要带什么", GREEN_ZH, "materials"),
    "pregnant, fee": ("我怀孕了，居住证要多少钱", GREEN_ZH, "fee"),
    "disabled, place": ("我是残疾人，居住证去哪个窗口办", GREEN_ZH, "place"),
    "elderly in English": (
        "my mother is 80 and can't walk, what do I bring for the residence permit",
        GREEN_EN,
        "materials",
    ),
    "pregnant in English": ("I am pregnant, how much is the residence permit", GREEN_EN, "fee"),
    "both": ("我怀孕了，急用居住证，要带什么", GREEN_ZH, "materials"),
    "urgent, no lane in the guide": ("急！食品许可证延续要带什么", PHONE_ZH, "materials"),
    "served first, no lane in the guide": (
        "我坐轮椅，食品许可证延续要带什么",
        QUEUE_ZH,
        "materials",
    ),
}


@pytest.mark.parametrize(("text", "first", "about"), FIRST.values(), ids=FIRST)
def test_the_fast_lane_stands_first_and_then_what_was_asked(
    text: str, first: str, about: str
) -> None:
    turn = ask(text)
    assert turn.outcome is Outcome.ANSWERED
    assert turn.reply.splitlines()[0] == first
    assert about in turn.about


@pytest.mark.parametrize("text", ["居住证要带什么", "how much is the residence permit"])
def test_nobody_else_is_told_of_it(text: str) -> None:
    lines = ask(text).reply.splitlines()
    assert not set(lines) & {GREEN_ZH, GREEN_EN, URGENT_ZH, URGENT_EN}


@pytest.mark.parametrize(
    "text", ["急！居住证能加急吗", "急用居住证，多久办好", "urgent residence permit, how long"]
)
def test_no_line_is_told_twice(text: str) -> None:
    lines = ask(text).reply.splitlines()
    assert lines[0] in (URGENT_ZH, URGENT_EN)
    assert len(lines) == len(set(lines))


def test_the_dead_are_not_served_first() -> None:
    assert GREEN_ZH not in ask("我妈85岁去世了，她的居住证怎么退").reply.splitlines()


def test_what_the_matter_is_called_tells_nothing_of_who_asks() -> None:
    service = Service(
        id="aid",
        name=Text({"zh": "残疾人辅具申领"}),
        materials=(),
        green_channel=Text({"zh": "上门办"}),
    )
    office = Office(id="aids", office=Text({"zh": "辅具站"}), window=("2",), services=(service,))
    desk = open_desk(without(hall(), offices=(*hall().offices, office)))
    asked = Conversation(desk).say("残疾人辅具申领要带什么")
    assert asked.reply.splitlines()[0] == "“残疾人辅具申领”不用带材料。"
    told = Conversation(desk).say("我妈走不动，残疾人辅具申领要带什么")
    assert told.reply.splitlines()[0] == "绿色通道：上门办。"


def with_lanes(**facts: object) -> Hall:
    service = Service(id="badge", name=Text({"zh": "胸牌制作"}), materials=())
    office = Office(
        id="badges",
        office=Text({"zh": "证件办"}),
        window=("2",),
        services=(replace(service, **facts),),  # type: ignore[arg-type]
    )
    return without(hall(), offices=(*hall().offices, office))


LIMIT = TimeLimit(urgent=duration("1个工作日"))
LANES = {
    "urgent by its text": ({"urgent": Text({"zh": "说一声"})}, "急办：说一声。", "急办：说一声。"),
    "urgent by its term": ({"time_limit": LIMIT}, URGENT_ZH, URGENT_ZH),
    "green only": (
        {"green_channel": Text({"zh": "不排队"})},
        "绿色通道：不排队。",
        "绿色通道：不排队。",
    ),
    "both": (
        {"urgent": Text({"zh": "说一声"}), "green_channel": Text({"zh": "不排队"})},
        "急办：说一声。",
        "绿色通道：不排队。",
    ),
}


@pytest.mark.parametrize(("facts", "hurry", "frail"), LANES.values(), ids=LANES)
def test_the_lane_that_fits_is_told(facts: dict[str, object], hurry: str, frail: str) -> None:
    desk = open_desk(with_lanes(**facts))
    for text, first in (("急！胸牌制作要带什么", hurry), ("我坐轮椅，胸牌制作要带什么", frail)):
        assert Conversation(desk).say(text).reply.splitlines()[0] == first


def test_only_what_holds_in_every_case_is_told_first() -> None:
    cases = (
        Case(id="new", name=Text({"zh": "新做"}), overrides={"time_limit": LIMIT}),
        Case(id="lost", name=Text({"zh": "补做"}), overrides={"time_limit": None}),
    )
    desk = open_desk(with_lanes(urgent=Text({"zh": "说一声"}), time_limit=LIMIT, cases=cases))
    lines = Conversation(desk).say("急！胸牌制作要带什么").reply.splitlines()
    assert lines[0] == "急办：说一声。"
    assert URGENT_ZH not in lines


HUMAN = {
    "elsewhere": ("明天出国，护照怎么办", "着急的话，先打那边的电话0000-5550201，问能不能加急。"),
    "elsewhere in English": (
        "flight tomorrow, I need a passport",
        "If it is urgent, call them first on 0000-5550201 and ask for a fast way.",
    ),
    "elsewhere without a phone": (
        "急！打官司怎么办",
        "着急的话，先打0000-5550101说明情况，也可以到1号窗口“综合窗口”，有人帮您。",
    ),
    "a journey": (
        "急！开小吃店怎么办",
        "着急的话，先打0000-5550103说明情况，也可以到3号窗口“商铺窗口”，有人帮您。",
    ),
}


@pytest.mark.parametrize(("text", "first"), HUMAN.values(), ids=HUMAN)
def test_there_is_always_a_human_way(text: str, first: str) -> None:
    assert ask(text).reply.splitlines()[0] == first


@pytest.mark.parametrize(
    "text", ["急！我家的无人机要报备，明天就要飞", "it is urgent, my drone must be registered"]
)
def test_a_question_taken_down_or_asked_back_has_it_too(text: str) -> None:
    turn = ask(text)
    assert turn.outcome in (Outcome.REGISTERED, Outcome.CHOOSE)
    assert "0000-5550101" in turn.reply.splitlines()[0]


def test_a_complaint_is_answered_as_one() -> None:
    turn = ask("急死了，我要投诉窗口的人态度差")
    assert turn.reply.startswith("您的投诉已经登记")


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"phone": None}, "着急的话，直接到1号窗口“综合窗口”说明情况，有人帮您。"),
        (
            {"phone": None, "lead_window": None},
            "着急的话，直接到清水镇政务服务中心说明情况，有人帮您。",
        ),
    ],
)
def test_a_hall_without_phones_leads_to_its_counter(facts: dict[str, object], first: str) -> None:
    windows = tuple(replace(each, phone=None) for each in hall().windows)
    offices = tuple(replace(each, phone=None) for each in hall().offices)
    desk = open_desk(without(hall(), windows=windows, offices=offices, **facts))
    assert Conversation(desk).say("急！食品许可证延续要带什么").reply.splitlines()[0] == first


def test_the_press_of_a_button_is_no_new_urgency() -> None:
    citizen = Conversation()
    turn = citizen.say("急！居住证要带什么")
    assert citizen.press(turn.next[0]).reply.splitlines()[0] != URGENT_ZH


GRAVE = [
    "有人拿刀砍人",
    "家里着火了",
    "我不想活了",
    "我想自杀",
    "孩子掉河里了",
    "老公打我，家暴",
    "我妈心梗发作",
    "煤气中毒了",
    "有人喝农药",
    "there is a fire in the hall",
    "I want to kill myself",
    "I don't want to live",
    "he has a knife",
    "my father is not breathing",
    "my husband beats me",
    "she took an overdose",
]


@pytest.mark.parametrize("text", GRAVE)
def test_a_grave_case_gets_the_emergency_numbers_first(text: str) -> None:
    first = ask(text).reply.splitlines()[0]
    assert all(number in first for number in ("110", "120", "119"))


@pytest.mark.parametrize(
    "text", ["急！有人打我，居住证怎么办", "help, he has a knife, residence permit"]
)
def test_they_stand_before_the_matter_and_its_fast_lane(text: str) -> None:
    turn = ask(text)
    assert "110" in turn.reply.splitlines()[0]


@pytest.mark.parametrize(
    "text", ["身份证掉河里了", "孩子的户口本不见了", "剧本杀店要备案吗", "this queue is killing me"]
)
def test_what_only_sounds_grave_is_not(text: str) -> None:
    assert "120" not in ask(text).reply


NUMBERS = {
    "China by its holidays": ({"holidays": "CN"}, ("110", "120", "119", "12356")),
    "China by its clock": ({"holidays": "none"}, ("110", "120", "119", "12356")),
    "Hong Kong": ({"holidays": "HK", "time_zone": "Asia/Hong_Kong"}, ("999",)),
    "Britain": ({"holidays": "GB-SCT", "time_zone": "Europe/London"}, ("999",)),
    "Ireland by its clock": ({"holidays": "none", "time_zone": "Europe/Dublin"}, ("999 / 112",)),
    "Germany": ({"holidays": "DE", "time_zone": "Europe/Berlin"}, ("112",)),
    "America": ({"holidays": "US", "time_zone": "America/New_York"}, ("911",)),
    "Sydney by its clock": ({"holidays": None, "time_zone": "Australia/Sydney"}, ("000",)),
    "nobody knows where": ({"holidays": None, "time_zone": "UTC"}, ("112 / 999 / 911",)),
}


@pytest.mark.parametrize("text", ["有人要杀我", "someone is trying to kill me"])
@pytest.mark.parametrize(("facts", "numbers"), NUMBERS.values(), ids=NUMBERS)
def test_the_numbers_are_those_of_the_country(
    text: str, facts: dict[str, object], numbers: tuple[str, ...]
) -> None:
    reply = Conversation(open_desk(without(hall(), **facts))).say(text).reply
    assert [number for number in numbers if number not in reply] == []
    assert ("12356" in reply) == ("12356" in numbers)
