"""Leading on to a nearer place: stations by name, places by distance, windows that are open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from hall_desk import AT, Conversation, hall, neighbour, open_desk, without

from desk.desk import Desk
from desk.message import Message, Outcome, Turn
from desk.stations import kilometres
from facts.model import Hall, Location, Opening, Span, Station, Text
from ledger.memory import MemoryLedger

VILLAGE = Location(lat=30.305, lon=118.103)
TOWN = Location(lat=30.273, lon=118.137)
OTHER_TOWN = Location(lat=30.5, lon=118.5)
WEEKDAYS = tuple(range(5))


def opening(start: str, end: str) -> tuple[Opening, ...]:
    times = [datetime.strptime(each, "%H:%M").time() for each in (start, end)]  # noqa: DTZ007
    return (Opening(days=WEEKDAYS, open=(Span(*times),)),)


@cache
def located(start: str = "08:30", end: str = "11:30") -> Hall:
    """The tests' hall on the map, with a second station, for residence permits."""
    (liushu,) = hall().stations
    second = Station(
        id="heping",
        name=Text({"zh": "和平社区便民服务站", "en": "Heping Community Service Station"}),
        phone="0000-5550122",
        location=Location(lat=30.28, lon=118.14),
        services=("residence/permit", "shops/food#renew"),
    )
    first = replace(liushu, location=VILLAGE, hours=opening(start, end))
    return without(hall(), location=TOWN, stations=(first, second))


@cache
def desk() -> Desk:
    return open_desk(located())


def shared(talk: Conversation, place: Location) -> Turn:
    message = Message(text="我的位置", session=talk.session, door="test", location=place)
    return talk.desk.answer(message)


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        (["柳树村能办高龄津贴吗"], "能，“高龄津贴”在柳树村便民服务站可以办。"),
        (["高龄津贴要带什么", "柳树村能办吗"], "能，“高龄津贴”在柳树村便民服务站可以办。"),
        (["高龄津贴", "柳树呢"], "能，“高龄津贴”在柳树村便民服务站可以办。"),
        (["居住证可以在柳树村办吗"], "“居住证申领”在柳树村便民服务站还办不了。"),
        (
            ["can I get the old age allowance in Liushu village"],
            "Yes, “Old age allowance” can be done at Liushu village service station.",
        ),
        (
            ["old age allowance", "is it possible to do this in Liushu"],
            "Yes, “Old age allowance” can be done at Liushu village service station.",
        ),
        (["residence permit", "can I do this in Liushu"], "“Residence permit” cannot be done at"),
    ],
)
def test_a_station_that_is_named_says_whether_it_can_be_done_there(
    said: list[str], starts: str
) -> None:
    turn = Conversation(desk()).all(said)
    assert turn.reply.startswith(starts)
    assert turn.outcome is Outcome.ANSWERED
    assert turn.about == ("nearest",)


def test_it_is_told_with_phone_hours_and_whether_it_is_open() -> None:
    reply = Conversation(desk()).say("柳树村能办高龄津贴吗").reply
    assert "0000-5550121" in reply
    assert "现在开着，到11:30" in reply
    assert "周一到周五 08:30-11:30" in reply
    assert "A4窗口" in reply


def test_where_it_cannot_be_done_the_place_that_can_is_named() -> None:
    reply = Conversation(desk()).say("居住证可以在柳树村办吗").reply
    assert "和平社区便民服务站" in reply
    assert "2号窗口" in reply


def test_of_a_journey_the_steps_are_told_that_can_be_done_there() -> None:
    reply = Conversation(desk()).say("我要开小吃店能在和平社区办吗").reply
    assert reply.startswith("“开一家小吃店”里，和平社区便民服务站能办这几件：居住证申领。")


def test_another_question_beside_it_is_answered_first() -> None:
    reply = Conversation(desk()).say("高龄津贴多久办好，柳树村能办吗").reply
    assert reply.index("1个月") < reply.index("能，“高龄津贴”")


@pytest.mark.parametrize("said", ["柳树村便民服务站几点上班", "Liushu village service station"])
def test_a_station_alone_is_told_of_itself(said: str) -> None:
    turn = Conversation(desk()).say(said)
    assert "11:30" in turn.reply
    assert "高龄津贴" in turn.reply or "Old age allowance" in turn.reply


def test_who_says_only_where_one_lives_is_answered_about_the_matter() -> None:
    turn = Conversation(desk()).say("我是柳树村的，高龄津贴要带什么")
    assert (turn.topic, turn.about) == ("elders/allowance", ("materials",))


@pytest.mark.parametrize(
    ("said", "nearest", "away"),
    [
        ([], "柳树村便民服务站", "约100米"),
        (["高龄津贴"], "能办“高龄津贴”的是柳树村便民服务站", "约100米"),
        (["居住证"], "能办“居住证申领”的是和平社区便民服务站", "约4.5公里"),
        (["狗证怎么办"], "能办“养犬登记”的是清水镇政务服务中心", "约4.8公里"),
    ],
)
def test_a_shared_place_tells_the_nearest_that_handles_the_matter(
    said: list[str], nearest: str, away: str
) -> None:
    talk = Conversation(desk())
    talk.all(said) if said else None
    first = shared(talk, VILLAGE).reply.splitlines()[0]
    assert nearest in first
    assert away in first


def test_the_nearest_place_is_told_with_its_hours_and_what_it_handles() -> None:
    reply = shared(Conversation(desk()), VILLAGE).reply
    assert "08:30-11:30" in reply
    assert "能办：高龄津贴" in reply


def test_where_the_nearest_is_shut_the_next_that_is_open_is_told() -> None:
    talk = Conversation(open_desk(located("14:00", "16:00")))
    talk.say("高龄津贴")
    reply = shared(talk, VILLAGE).reply
    assert "那里现在没开，清水镇政务服务中心开着" in reply


def test_another_hall_may_be_the_nearest_that_has_it() -> None:
    talk = Conversation(open_desk(located(), without(neighbour(), location=OTHER_TOWN)))
    talk.say("清水政务中心居住证要带什么")
    assert "白云镇政务服务中心" in shared(talk, OTHER_TOWN).reply.splitlines()[0]
    assert "白云镇政务服务中心也能办" in talk.say("就近哪里能办").reply


def test_without_places_on_the_map_the_stations_are_listed() -> None:
    reply = shared(Conversation(open_desk()), VILLAGE).reply
    assert "柳树村便民服务站" in reply


def test_a_shared_place_is_kept_nowhere() -> None:
    ledger = MemoryLedger()
    talk = Conversation(open_desk(located(), ledger=ledger))
    shared(talk, VILLAGE)
    kept = f"{ledger.entries} {ledger.conversations}"
    assert "30.30" not in kept
    assert "118.1" not in kept


@pytest.mark.parametrize("said", ["离我最近的服务点在哪", "where is the nearest service station"])
def test_the_nearest_without_a_place_lists_stations_and_says_how_to_share_one(said: str) -> None:
    turn = Conversation(desk()).say(said)
    assert "位置" in turn.reply or "location" in turn.reply
    button = next(each for each in turn.next if each.asks == "location")
    talk = Conversation(desk())
    assert "回形针" in talk.press(button).reply


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0.0, 0.0), (0.0, 0.0), 0.0),
        ((0.0, 0.0), (0.0, 180.0), 20015.1),
        ((39.9042, 116.4074), (31.2304, 121.4737), 1067.3),
        ((51.5074, -0.1278), (48.8566, 2.3522), 343.6),
    ],
)
def test_distances_are_those_of_the_great_circle(
    first: tuple[float, float], second: tuple[float, float], expected: float
) -> None:
    places = (Location(lat=lat, lon=lon) for lat, lon in (first, second))
    assert kilometres(*places) == pytest.approx(expected, rel=0.001)


@pytest.mark.parametrize(
    ("said", "hour", "told"),
    [
        ("高龄津贴在哪办", 14, "1号窗口“综合窗口”现在开着，可以先去那里问"),
        ("高龄津贴在哪办", 10, ""),
        ("高龄津贴在哪办", 20, ""),
        ("where is the old age allowance done", 14, "is open now; you can ask there first"),
    ],
)
def test_another_window_is_told_while_the_own_is_shut(said: str, hour: int, told: str) -> None:
    reply = Conversation(at=AT.replace(hour=hour, minute=30)).say(said).reply
    marks = ("现在开着，可以先去", "you can ask there first")
    assert any(each in reply for each in marks) == bool(told)
    assert told in reply


def test_a_second_window_of_the_service_comes_before_the_first_question_window() -> None:
    shut = tuple(
        replace(each, hours=opening("08:30", "08:40")) if each.number == "2" else each
        for each in hall().windows
    )
    reply = Conversation(open_desk(without(hall(), windows=shut))).say("摆摊在哪办").reply
    assert "3号窗口“商铺窗口”现在开着，也能办" in reply
