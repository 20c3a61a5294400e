"""What a desk knows is exchanged whole, while it is open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hall_desk import Conversation, hall, neighbour, open_desk

from desk.desk import Desk
from desk.knowledge import FEW, Knowledge
from facts.guides import Guides
from facts.model import Hall, Text

ASKED = ("居住证要带什么", "养老金怎么领", "开门时间", "找人工", "hello", "我要投诉", "3号窗口在哪")


def without_first_service(found: Hall) -> Hall:
    """The hall without the first service of its first office."""
    office, *others = found.offices
    return replace(found, offices=(replace(office, services=office.services[1:]), *others))


@pytest.mark.parametrize("asked", ASKED)
def test_renewed_answers_as_made_anew(asked: str) -> None:
    guides = Guides((without_first_service(hall()),))
    renewed = open_desk()
    known = renewed.knowledge.renewed(guides)
    assert known is not None
    renewed.exchange(known)
    anew = open_desk(*guides.halls)
    told, wanted = (Conversation(each).say(asked) for each in (renewed, anew))
    assert (told.outcome, told.topic, told.about) == (wanted.outcome, wanted.topic, wanted.about)


def test_where_no_phrase_changed_it_is_exact() -> None:
    found = replace(hall(), phone="0000-99")
    known = open_desk().knowledge.renewed(Guides((found,)))
    assert known is not None
    assert known.exact
    less = open_desk().knowledge.renewed(Guides((without_first_service(hall()),)))
    assert less is not None
    assert not less.exact


def test_what_changes_much_is_made_anew() -> None:
    office, *others = hall().offices
    more = tuple(
        replace(office.services[0], id=f"more-{number}", name=Text({"zh": f"第{number}种许可"}))
        for number in range(FEW + 1)
    )
    offices = (replace(office, services=(*office.services, *more)), *others)
    assert open_desk().knowledge.renewed(Guides((replace(hall(), offices=offices),))) is None


def test_a_conversation_goes_on_and_the_gone_matter_harms_nothing() -> None:
    desk = open_desk()
    citizen = Conversation(desk)
    first = hall().offices[0].services[0]
    before = citizen.say(f"{first.name.say('zh')}要带什么")
    desk.exchange(Knowledge(Guides((without_first_service(hall()),))))
    for choice in (*before.choices, *before.next):
        assert citizen.press(choice).reply
    assert citizen.say("那要多少钱").reply
    assert citizen.say("开门时间").outcome == "answered"


def test_a_receipt_of_a_hall_that_has_gone_is_still_told_and_handled() -> None:
    desk: Desk = open_desk(neighbour(), hall())
    taken = Conversation(desk).say(f"{hall().name.say('zh')}，找人工")
    assert taken.receipt
    desk.exchange(Knowledge(Guides((neighbour(),))))
    assert desk.handling.take(taken.receipt, "李").done
    assert desk.handling.cards()[0].hall is neighbour()
    assert taken.receipt in Conversation(desk).say(taken.receipt).reply


def test_doors_that_hold_the_halls_see_those_that_count() -> None:
    desk = open_desk()
    halls = desk.halls
    desk.exchange(Knowledge(Guides((neighbour(),))))
    assert list(halls) == [neighbour()] == [halls[0]]
    assert len(halls) == 1
