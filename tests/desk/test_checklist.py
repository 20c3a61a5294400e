"""What a citizen has of the materials, and what is missing: named once, all of it."""

from __future__ import annotations

import json

import pytest
from hall_desk import AT, Conversation, hall, neighbour, open_desk, shared_desk, without

from desk.conversation import Conversation as State
from desk.message import Choice, Message, Outcome, Turn
from ledger.memory import MemoryLedger


def missing(turn: Turn) -> str:
    """The part of a reply that tells what is missing of everybody."""
    return "\n".join(each for each in turn.reply.splitlines() if each[:2] in NUMBERS)


NUMBERS = {f"{n}." for n in range(1, 10)}


@pytest.mark.parametrize(
    ("said", "left", "there"),
    [
        ("办居住证带了身份证，还差什么", ["住所证明"], "居民身份证"),
        ("居住证，身份证和房产证都有了，还要什么", [], "住所证明"),
        ("办居住证我有租房合同和身份证，够了吗", [], "居民身份证"),
        ("办居住证，身份正带了，还缺什么", ["住所证明"], "居民身份证"),
        ("办居住证，带了电子身份证，还缺什么", ["住所证明"], "居民身份证"),
        ("办居住证有租房合同，身份证没带，还缺什么", ["居民身份证"], "住所证明"),
        ("办居住证，身份证丢了，有房产证，还缺什么", ["居民身份证"], "住所证明"),
        ("I have my ID card for the residence permit, what else", ["proof of address"], "identity"),
        (
            "I want a residence permit, I have my ID card. Am I missing anything?",
            ["proof of address"],
            "identity",
        ),
        (
            "residence permit: I have the tenancy agrement, what is missing",
            ["identity card"],
            "proof",
        ),
        (
            "residence permit, I brought a title deed but without my identity card, what else",
            ["identity card"],
            "proof of address",
        ),
    ],
)
def test_what_is_missing_is_named_once_and_what_is_there_confirmed(
    said: str, left: list[str], there: str
) -> None:
    turn = Conversation().say(said)
    assert turn.topic == "residence/permit"
    assert "checklist" in turn.about
    told = missing(turn)
    assert [each for each in ("居民身份证", "identity card", "住所证明", "proof of address")
            if each in told] == left  # fmt: skip
    confirmed = [
        each for each in turn.reply.splitlines() if each.startswith(("已经有的", "You have"))
    ]
    assert [there in each for each in confirmed] == [True]


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        (
            "办居住证带了身份证，还差什么",
            ["遇到这些情况才要", "监护人同意书", "可以后补", "近期照片"],
        ),
        (
            "I have my ID card for the residence permit, what else",
            ["Only if it applies", "consent of a guardian", "may follow later", "photograph"],
        ),
    ],
)
def test_what_is_wanted_of_some_or_later_is_told_apart(said: str, apart: list[str]) -> None:
    reply = Conversation().say(said).reply
    assert [each for each in apart if each not in reply] == []
    assert not any(each in missing(Conversation().say(said)) for each in (apart[1], apart[3]))


def test_who_issues_what_is_missing_and_the_right_of_the_citizen_are_told() -> None:
    reply = Conversation().say("办居住证带了身份证，还差什么").reply
    assert "“住址登记”由2号窗口“居住窗口”办" in reply
    assert reply.count("当场或者5天内一次说清") == 1


def test_everything_there_is_said_plainly_with_the_window_and_whether_it_is_open() -> None:
    talk = Conversation()
    turn = talk.all(["居住证要带什么", "身份证、房产证、照片、监护人同意书都带了，还缺什么"])
    assert turn.reply.startswith("“居住证申领”材料齐了")
    assert "2号窗口" in turn.reply
    assert "现在开着" in turn.reply


@pytest.mark.parametrize("all_of_it", ["都有了", "全带了", "I have everything"])
def test_everything_may_be_said_in_a_word(all_of_it: str) -> None:
    talk = Conversation()
    turn = talk.all(["居住证材料清单", all_of_it])
    assert turn.topic == "residence/permit"
    assert "齐了" in turn.reply or "you have everything" in turn.reply


def test_what_is_said_later_goes_on_with_the_same_list() -> None:
    talk = Conversation()
    talk.say("办居住证带了身份证，还差什么")
    turn = talk.say("租房合同也有")
    assert turn.topic == "residence/permit"
    assert turn.reply.startswith("“居住证申领”必带的都齐了")
    turn = talk.say("身份证丢了")
    assert "居民身份证" in missing(turn)
    assert "住所证明" not in missing(turn)


def test_what_is_said_after_a_materials_answer_is_held_against_it() -> None:
    turn = Conversation().all(["居住证要带什么", "身份证有了"])
    assert turn.topic == "residence/permit"
    assert missing(turn).startswith("1. 住所证明")


def test_the_matter_may_be_named_after_the_papers() -> None:
    talk = Conversation()
    asked = talk.say("我带了身份证和照片，还缺什么")
    assert asked.outcome is Outcome.CHOOSE
    turn = talk.say("居住证")
    assert turn.topic == "residence/permit"
    assert "住所证明" in missing(turn)
    assert "居民身份证" not in missing(turn)


def test_papers_do_not_vote_for_a_matter() -> None:
    talk = Conversation()
    turn = talk.all(["高龄津贴要带什么", "带了居住证和身份证，还缺什么"])
    assert turn.topic == "elders/allowance"
    assert "银行卡" in missing(turn)


def test_another_matter_begins_a_list_of_its_own() -> None:
    talk = Conversation()
    talk.say("办居住证带了身份证，还差什么")
    turn = talk.all(["护照怎么办", "居住证材料清单"])
    assert [item.ticked for item in turn.checklist] == [False] * 4


def test_cases_are_told_each_with_what_it_still_wants() -> None:
    talk = Conversation()
    turn = talk.say("办食品经营许可证带了营业执照，还缺什么")
    assert turn.reply.splitlines()[0].endswith("要看您是哪种情况：")
    assert "遗失补发，还缺：" in turn.reply
    assert "原许可证" in turn.reply
    chosen = talk.press(next(each for each in turn.choices if each.label == "延续"))
    assert (chosen.topic, chosen.case) == ("shops/food", "renew")
    assert missing(chosen) == "1. 原许可证"


def test_an_electronic_paper_counts_only_where_the_guide_says_so() -> None:
    turn = Conversation().say("高龄津贴带了电子身份证和银行卡，还缺什么")
    assert "身份证" in missing(turn)
    assert "要带原件" in turn.reply


def test_a_journey_wants_each_paper_once() -> None:
    turn = Conversation().say("我要开小吃店，带了营业执照和照片，还缺什么")
    assert turn.topic == "journeys/eatery"
    told = missing(turn)
    assert told.count("居民身份证") == 1
    assert "营业执照" not in told


def test_what_another_authority_wants_is_checked_too() -> None:
    turn = Conversation().say("办护照带了户口本，还缺什么")
    assert (turn.topic, turn.outcome) == ("elsewhere/passport", Outcome.REFERRED)
    assert turn.reply.startswith("“护照办理”材料齐了")
    assert "县公安局" in turn.reply


def test_another_question_beside_it_is_answered_too() -> None:
    talk = Conversation()
    turn = talk.all(["居住证", "带了身份证，还缺什么，要多少钱"])
    assert "住所证明" in missing(turn)
    assert "20元" in turn.reply


# the list to tick


def button(turn: Turn, label: str) -> Choice:
    return next(each for each in turn.next if each.label == label)


@pytest.fixture
def listed() -> tuple[Conversation, Turn]:
    talk = Conversation()
    turn = talk.say("居住证要带什么")
    return talk, talk.press(button(turn, "核对材料"))


def tick(talk: Conversation, turn: Turn, place: int) -> Turn:
    return talk.say(turn.checklist[place].label, turn.checklist[place].key)


def test_a_materials_answer_leads_to_the_list(listed: tuple[Conversation, Turn]) -> None:
    _, turn = listed
    assert [item.label for item in turn.checklist] == [
        "1. 居民身份证", "2. 住所证明", "3. 近期照片", "4. 监护人同意书（未满十六岁）",
    ]  # fmt: skip
    assert not turn.in_place
    lines = turn.reply.splitlines()
    assert all(f"□ {item.text}" in lines for item in turn.checklist)
    assert [each.label for each in turn.next] == ["好了，看还缺什么"]


def test_a_list_is_ticked_in_place_and_then_tells_what_is_missing(
    listed: tuple[Conversation, Turn],
) -> None:
    talk, turn = listed
    turn = tick(talk, turn, 0)
    assert turn.in_place
    assert [item.ticked for item in turn.checklist] == [True, False, False, False]
    assert f"☑ {turn.checklist[0].text}" in turn.reply
    turn = tick(talk, turn, 1)
    turn = tick(talk, turn, 0)
    assert [item.ticked for item in turn.checklist] == [False, True, False, False]
    done = talk.press(turn.next[0])
    assert not done.in_place
    assert "居民身份证" in missing(done)
    assert "住所证明" not in missing(done)


def test_a_tick_twice_is_one(listed: tuple[Conversation, Turn]) -> None:
    talk, turn = listed
    tick(talk, turn, 0)
    assert [item.ticked for item in tick(talk, turn, 0).checklist] == [True, False, False, False]


@pytest.mark.parametrize(
    ("numbers", "left"),
    [("1 2", []), ("1", ["住所证明"]), ("1、2", []), ("2和3", ["居民身份证"]), ("1, 2 and 4", [])],
)
def test_numbers_tick_where_nothing_can_be_pressed(
    listed: tuple[Conversation, Turn], numbers: str, left: list[str]
) -> None:
    talk, _ = listed
    turn = talk.say(numbers)
    assert turn.topic == "residence/permit"
    assert not turn.checklist
    assert [each for each in ("居民身份证", "住所证明") if each in missing(turn)] == left


def test_a_number_that_the_list_has_not_is_no_tick(listed: tuple[Conversation, Turn]) -> None:
    talk, _ = listed
    assert talk.say("9").outcome is Outcome.CHOOSE


def test_keys_are_short_enough_for_every_door(listed: tuple[Conversation, Turn]) -> None:
    _, turn = listed
    keys = [*(item.key for item in turn.checklist), *(each.key for each in turn.next)]
    assert max(len(key.encode()) for key in keys) <= 64
    assert len(set(keys)) == len(keys)


def test_what_is_ticked_is_plain_json_in_the_ledger_and_ticks_are_no_turns_there() -> None:
    ledger = MemoryLedger()
    talk = Conversation(open_desk(ledger=ledger))
    turn = talk.press(button(talk.say("居住证要带什么"), "核对材料"))
    tick(talk, turn, 0)
    state = ledger.conversations[talk.session]
    assert State.read(json.loads(json.dumps(state))).there == [turn.checklist[0].key.split(":")[2]]
    assert len(ledger.entries) == 2
    later = Conversation(open_desk(ledger=ledger))
    later.session = talk.session
    assert [x.ticked for x in later.press(button(talk.turns[0], "核对材料")).checklist][:2] == [
        True,
        False,
    ]


def test_an_old_button_breaks_nothing_when_the_guide_has_changed() -> None:
    ledger = MemoryLedger()
    talk = Conversation(open_desk(ledger=ledger))
    turn = talk.press(button(talk.say("居住证要带什么"), "核对材料"))
    talk.desk = open_desk(neighbour(), ledger=ledger)
    changed = tick(talk, turn, 0)
    assert [item.label for item in changed.checklist] == ["1. 白云镇租房合同"]
    assert not changed.checklist[0].ticked
    talk.desk = open_desk(without(hall(), offices=()), ledger=ledger)
    gone = tick(talk, turn, 0)
    assert gone.outcome in (Outcome.CHOOSE, Outcome.REGISTERED)


def test_a_service_whose_case_decides_asks_for_it_before_the_list() -> None:
    talk = Conversation()
    turn = talk.press(button(talk.say("食品经营许可证要带什么"), "核对材料"))
    assert turn.checklist == ()
    assert [each.label for each in turn.choices] == ["新办", "延续", "遗失补发"]
    listed = talk.press(turn.choices[1])
    assert [item.label for item in listed.checklist] == ["1. 营业执照", "2. 原许可证"]


@pytest.mark.parametrize("said", ["居住证材料清单", "checklist for the residence permit"])
def test_who_names_no_paper_is_given_the_list(said: str) -> None:
    assert len(Conversation().say(said).checklist) == 4


def test_where_no_materials_are_wanted_nothing_is_offered_to_check() -> None:
    turn = shared_desk().answer(
        Message(text="摆摊要带什么", session="no materials", door="test", at=AT)
    )
    assert "不用带材料" in turn.reply
    assert all(each.label != "核对材料" for each in turn.next)
