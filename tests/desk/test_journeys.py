"""One thing that crosses offices: its time in all, its materials once, and its steps one by one."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest
from hall_desk import Conversation, hall, open_desk, shared_desk, without

from desk.desk import Desk
from desk.message import Turn
from facts.model import (
    Duration,
    Elsewhere,
    Hall,
    Journey,
    Material,
    Office,
    Service,
    Step,
    Text,
    TimeLimit,
)
from facts.values import duration


def zh(text: str) -> Text:
    return Text({"zh": text})


def at_the_shops(*services: Service, steps: tuple[Step, ...] = ()) -> Hall:
    """The hall with these services at window 3, one step of a journey each."""
    office = Office(id="fair", office=zh("集市办"), window=("3",), services=services)
    topics = steps or tuple(Step(topic=f"fair/{each.id}") for each in services)
    journey = Journey(id="market", name=zh("我要赶大集"), lead="2", steps=topics)
    return without(hall(), offices=(*hall().offices, office), journeys=(journey,))


def timed(id_: str, term: str | None) -> Service:
    limit = TimeLimit(promised=duration(term)) if term else None
    return Service(id=id_, name=zh(f"大集{id_}"), time_limit=limit)


def told(found: Hall, text: str = "我要赶大集怎么办") -> list[str]:
    return Conversation(open_desk(found)).say(text).reply.splitlines()


def in_all(terms: dict[str, str | None], beside: str = "") -> str:
    """What is told of the time of all steps; those in `beside` are done with the one before."""
    steps = tuple(
        Step(topic=f"fair/{each}", with_="previous" if each in beside.split() else None)
        for each in terms
    )
    services = (timed(each, term) for each, term in terms.items())
    lines = told(at_the_shops(*services, steps=steps))
    return next((line for line in lines if line.startswith("每一步都办")), "")


IN_ALL = {
    "one after another": ({"a": "5 working days", "b": "3 working days"}, "", "8个工作日。"),
    "side by side": ({"a": "5 working days", "b": "3 working days"}, "b", "5个工作日。"),
    "the longer one counts": ({"a": "3 working days", "b": "5 working days"}, "b", "5个工作日。"),
    "two side by side, then one": (
        {"a": "3 working days", "b": "5 working days", "c": "2 working days"},
        "b",
        "7个工作日。",
    ),
    "one, then two side by side": (
        {"a": "3 working days", "b": "5 working days", "c": "2 working days"},
        "c",
        "8个工作日。",
    ),
    "on the spot takes no day": ({"a": "on the spot", "b": "3 working days"}, "", "3个工作日。"),
    "weeks and calendar days": ({"a": "1 week", "b": "14 days"}, "", "15个工作日。"),
    "a month": ({"a": "1 month"}, "", "21个工作日。"),
    "part of a day is a day": ({"a": "4 working hours"}, "", "1个工作日。"),
    "a step without a term": (
        {"a": "5 working days", "b": None},
        "",
        "5个工作日，另有1步没写时限。",
    ),
}


@pytest.mark.parametrize(("terms", "beside", "expected"), IN_ALL.values(), ids=IN_ALL)
def test_the_steps_take_so_long_in_all(
    terms: dict[str, str | None], beside: str, expected: str
) -> None:
    assert in_all(terms, beside) == f"每一步都办的话，前后一共大约{expected}"


@pytest.mark.parametrize("terms", [{"a": None, "b": None}, {"a": "on the spot"}])
def test_nothing_is_summed_up_where_no_step_takes_days(terms: dict[str, str | None]) -> None:
    assert in_all(terms) == ""


@pytest.mark.parametrize("text", ["开小吃店多久办好", "how long does opening a restaurant take"])
def test_who_asks_how_long_is_told_the_time_in_all_first(text: str) -> None:
    lines = told(hall(), text)
    assert "22" in lines[0]
    assert sum("22" in line for line in lines) == 1


def test_the_promised_term_counts_before_the_statutory_one() -> None:
    both = TimeLimit(promised=Duration(5, "working days"), statutory=Duration(20, "working days"))
    service = Service(id="a", name=zh("大集"), time_limit=both)
    assert any("大约5个工作日" in line for line in told(at_the_shops(service)))


def test_a_step_elsewhere_counts_too() -> None:
    [*_, line] = [each for each in told(hall(), "开小吃店怎么办") if each.startswith("每一步都办")]
    assert line == "每一步都办的话，前后一共大约22个工作日。"


def test_a_step_done_side_by_side_says_so() -> None:
    steps = (Step(topic="fair/a"), Step(topic="fair/b", with_="previous"))
    lines = told(at_the_shops(timed("a", None), timed("b", None), steps=steps))
    assert "可以和上一步同时办" not in lines[1]
    assert lines[2].endswith("（可以和上一步同时办）")


def test_one_window_leads_and_its_phone_is_told() -> None:
    turn = Conversation(open_desk(at_the_shops(timed("a", None)))).say("我要赶大集怎么办")
    assert turn.window == "2"
    assert "找牵头的2号窗口“居住窗口”，电话 0000-5550102。" in turn.reply


def wanting(id_: str, *materials: Material) -> Service:
    return Service(id=id_, name=zh(f"大集{id_}"), materials=materials)


def listed(*services: Service) -> list[str]:
    lines = told(at_the_shops(*services), "我要赶大集要带什么")
    place = next(n for n, line in enumerate(lines) if line.startswith("材料合在一起"))
    return lines[place + 1 :]


def material(name: str, **facts: object) -> Material:
    return replace(Material(name=zh(name)), **facts)  # type: ignore[arg-type]


ONCE = {
    "the same name": ((material("身份证"), material("身份证")), ["1. 身份证"]),
    "the other's other name": (
        (material("户口簿", also=("户口本",)), material("户口本")),
        ["1. 户口簿"],
    ),
    "its own other name": (
        (material("户口本"), material("户口簿", also=("户口本",))),
        ["1. 户口本"],
    ),
    "written otherwise": ((material("ＩＤ卡"), material("id卡")), ["1. ＩＤ卡"]),
    "the greater number": (
        (material("照片", copies=1), material("照片", copies=3)),
        ["1. 照片（复印件3份）"],
    ),
    "the stricter need": (
        (material("照片", need="optional"), material("照片")),
        ["1. 照片"],
    ),
    "wanted in one case and in every case": (
        (material("照片", when=zh("换证的")), material("照片")),
        ["1. 照片"],
    ),
    "different things": ((material("照片"), material("身份证")), ["1. 照片", "2. 身份证"]),
}


@pytest.mark.parametrize(("materials", "expected"), ONCE.values(), ids=ONCE)
def test_what_two_steps_want_is_told_once(
    materials: tuple[Material, ...], expected: list[str]
) -> None:
    first, second = materials
    assert listed(wanting("a", first), wanting("b", second)) == expected


def test_different_choices_under_one_name_are_told_both() -> None:
    proofs = (
        material("证明", one_of=(material("合同"),)),
        material("证明", one_of=(material("房产证"),)),
    )
    assert len(listed(wanting("a", proofs[0]), wanting("b", proofs[1]))) == 2


def talk(*texts: str, desk: Desk | None = None) -> list[Turn]:
    citizen = Conversation(desk)
    return [citizen.say(text) for text in texts]


def topics(*texts: str) -> list[str | None]:
    return [turn.topic for turn in talk(*texts)]


JOURNEY, FIRST, SECOND, THIRD, LAST = (
    "journeys/eatery",
    "residence/address",
    "shops/food",
    "residence/permit",
    "elsewhere/passport",
)
NEXT = {
    "after the journey": (("开小吃店怎么办", "下一步呢"), FIRST),
    "twice": (("开小吃店怎么办", "下一步呢", "办完了，接下来呢"), SECOND),
    "to the last": (("开小吃店怎么办", "下一步", "下一步", "下一步", "然后呢"), LAST),
    "behind the last": (
        ("开小吃店怎么办", "下一步", "下一步", "下一步", "下一步", "下一步"),
        JOURNEY,
    ),
    "after a question about the step": (
        ("开小吃店怎么办", "下一步", "下一步", "多少钱", "下一步呢"),
        THIRD,
    ),
    "a step that is named": (("开小吃店怎么办", "住址登记办好了，接下来呢"), SECOND),
    "a step by its number": (("开小吃店怎么办", "第三步是什么"), THIRD),
    "a numbered step that is done": (("开小吃店怎么办", "第一步办完了，下一步呢"), SECOND),
    "only that it is done": (("开小吃店怎么办", "下一步", "办好了"), SECOND),
    "a step asked for by name, then the next": (
        ("开小吃店怎么办", "食品经营许可证新办要带什么", "下一步呢"),
        THIRD,
    ),
    "in English": (("opening a restaurant, all the steps", "what's next"), FIRST),
    "done in English": (("opening a restaurant", "next step", "done with that"), SECOND),
    "numbered in English": (("opening a restaurant", "step two please"), SECOND),
}


@pytest.mark.parametrize(("texts", "expected"), NEXT.values(), ids=NEXT)
def test_what_is_next(texts: tuple[str, ...], expected: str) -> None:
    assert topics(*texts)[-1] == expected


def test_a_step_is_told_with_its_note_its_window_and_what_to_bring() -> None:
    *_, turn = talk("开小吃店怎么办", "下一步", "下一步")
    assert turn.reply.splitlines() == [
        "“开一家小吃店”一共4步，第2步是：食品经营许可证（新办）。",
        "平面图先画好。",
        "“食品经营许可证（新办）”要带：",
        "1. 营业执照",
        "2. 店面平面图",
        "到哪里办：3号窗口“商铺窗口”，进门右手边，电话 0000-5550103。"
        "现在开着，到12:00，14:00再开。",
        "这步办完了，说“下一步”，我接着告诉您。",
    ]
    assert (turn.window, turn.case, turn.about) == ("3", "new", ("steps",))


def test_the_last_step_says_that_it_is_and_then_who_leads() -> None:
    *_, last, after = talk("开小吃店怎么办", "第四步", "下一步")
    assert last.reply.endswith("这是最后一步。")
    assert after.reply.splitlines() == [
        "“开一家小吃店”的每一步都说完了。",
        "哪一步不顺，找牵头的3号窗口“商铺窗口”，电话 0000-5550103。",
    ]


def test_another_matter_ends_the_journey() -> None:
    *_, turn = talk("开小吃店怎么办", "下一步", "老年优待证要带什么", "下一步呢")
    assert turn.topic == "elders/card"


def test_without_a_journey_the_next_step_is_one_of_the_matter() -> None:
    *_, turn = talk("居住证怎么办", "下一步呢")
    assert (turn.topic, turn.about) == (THIRD, ("steps",))
    assert "等短信来领证" in turn.reply


def test_another_question_in_a_journey_is_answered() -> None:
    *_, turn = talk("开小吃店怎么办", "下一步", "接下来居住证要多少钱")
    assert (turn.topic, turn.about) == (THIRD, ("fee",))


def test_the_next_step_may_be_pressed() -> None:
    citizen = Conversation()
    turn = citizen.say("开小吃店怎么办")
    for expected in (FIRST, SECOND, THIRD, LAST):
        turn = citizen.press(turn.next[0])
        assert turn.topic == expected
    assert all(each.label != "下一步" for each in turn.next)


def test_a_button_of_a_journey_that_is_over_leads_on_like_its_words() -> None:
    citizen = Conversation()
    button = citizen.say("开小吃店怎么办").next[0]
    citizen.say("居住证怎么办")
    citizen.say("老年优待证要带什么")
    assert citizen.press(button).topic == "elders/card"


def test_where_a_journey_stands_is_kept_in_its_own_conversation() -> None:
    one, other = Conversation(shared_desk()), Conversation(shared_desk())
    one.all(("开小吃店怎么办", "下一步", "下一步"))
    other.say("开小吃店怎么办")
    assert (one.say("下一步").topic, other.say("下一步").topic) == (THIRD, FIRST)


def test_a_step_that_the_guides_do_not_know_is_passed_over() -> None:
    journey = Journey(
        id="x", name=zh("我要赶大集"), steps=(Step(topic="no/where"), Step(topic=THIRD))
    )
    found = without(hall(), journeys=(journey,))
    *_, turn = talk("我要赶大集怎么办", "下一步呢", desk=open_desk(found))
    assert turn.topic == THIRD


@functools.cache
def far_off() -> Elsewhere:
    return Elsewhere(id="fair", name=zh("大集报备"), time_limit=TimeLimit(note=zh("看情况")))


def test_a_step_elsewhere_without_a_term_is_counted_as_untold() -> None:
    steps = (Step(topic="fair/a"), Step(topic="elsewhere/fair"))
    found = without(at_the_shops(timed("a", "2 working days"), steps=steps), elsewhere=(far_off(),))
    assert any("大约2个工作日，另有1步没写时限" in line for line in told(found))
