"""Conversations: what is kept from one message to the next, what is dropped, what is asked back."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hall_desk import Conversation, open_desk

from desk.message import Outcome, Turn
from ledger.memory import MemoryLedger

PERMIT, FOOD = "residence/permit", "shops/food"


def about(turn: Turn) -> tuple[str | None, tuple[str, ...]]:
    return turn.topic, turn.about


# Follow-ups

FOLLOW_UPS = [
    ("居住证要带什么", "那要多少钱", "fee"),
    ("居住证要带什么", "多少钱", "fee"),
    ("居住证要带什么", "要多久呢", "duration"),
    ("居住证", "在哪个窗口", "place"),
    pytest.param("居住证", "我妈能替我去吗", "proxy"),
    ("居住证", "可以网上办吗", "online"),
    ("居住证", "duo shao qian", "fee"),
    ("how much is a residence permit", "and what do I need to bring", "materials"),
    ("how much is a residence permit", "how long does it take", "duration"),
    ("what is a residence permit", "can I do that online", "online"),
]


@pytest.mark.parametrize(("first", "then", "intent"), FOLLOW_UPS)
def test_a_follow_up_keeps_the_topic(first: str, then: str, intent: str) -> None:
    turn = Conversation().all([first, then])
    assert (turn.outcome, turn.topic) == (Outcome.ANSWERED, PERMIT)
    assert intent in turn.about


def test_the_topic_is_kept_over_many_messages() -> None:
    citizen = Conversation()
    citizen.say("我想办居住证")
    for text in ("要带什么", "多少钱", "谢谢", "那要多久", "在哪办"):
        turn = citizen.say(text)
    assert about(turn) == (PERMIT, ("place",))


@pytest.mark.parametrize(
    ("then", "topic"),
    [
        ("食品许可证多少钱", FOOD),
        ("那摆摊呢", "shops/stall"),
        ("那护照要带什么", "elsewhere/passport"),
        ("what about the food permit", FOOD),
        ("3号窗口是干什么的", "window/3"),
        ("开小吃店怎么办", "journeys/eatery"),
    ],
)
def test_a_new_topic_drops_the_old_one(then: str, topic: str) -> None:
    citizen = Conversation()
    assert citizen.all(["居住证要带什么", then]).topic == topic


def test_after_a_new_topic_follow_ups_are_about_that() -> None:
    turn = Conversation().all(["居住证要带什么", "食品许可证呢", "多少钱"])
    assert about(turn) == (FOOD, ("fee",))


@pytest.mark.parametrize(
    "then",
    [
        "出版物经营许可证要多少钱",
        "离婚登记要带什么材料",
        "那烟花爆竹零售许可证要多久",
        "how much is a fireworks licence for a factory",
    ],
)
def test_a_matter_that_the_hall_does_not_have_is_not_answered_from_the_last(then: str) -> None:
    turn = Conversation().all(["居住证要带什么", then])
    assert turn.topic is None
    assert turn.outcome in (Outcome.REGISTERED, Outcome.CHOOSE)


def test_a_follow_up_about_a_matter_elsewhere_stays_there() -> None:
    turn = Conversation().all(["我要办护照", "要多少钱"])
    assert (turn.outcome, turn.topic) == (Outcome.REFERRED, "elsewhere/passport")
    assert "120元" in turn.reply


def test_a_question_about_the_hall_is_not_about_the_topic() -> None:
    turn = Conversation().all(["居住证要带什么", "你们大厅几点上班"])
    assert about(turn) == (None, ("hall_hours",))


def test_without_a_topic_a_question_about_nothing_is_asked_back() -> None:
    turn = Conversation().say("要带什么")
    assert (turn.outcome, turn.topic) == (Outcome.CHOOSE, None)


def test_what_was_asked_is_kept_until_the_matter_is_named() -> None:
    turn = Conversation().all(["要带什么材料", "居住证"])
    assert turn.topic == PERMIT
    assert "居民身份证" in turn.reply


def test_two_citizens_are_two_conversations() -> None:
    one, other = Conversation(), Conversation()
    one.say("居住证要带什么")
    other.say("食品许可证要带什么")
    assert one.say("多少钱").topic == PERMIT
    assert other.say("多少钱").topic == FOOD


def test_a_conversation_outlasts_the_desk_that_began_it() -> None:
    ledger = MemoryLedger()
    before = Conversation(open_desk(ledger=ledger))
    before.say("居住证要带什么")
    after = Conversation(open_desk(ledger=ledger))
    after.session = before.session
    assert about(after.say("多少钱")) == (PERMIT, ("fee",))


# Choices


def cases_of_food(text: str = "食品许可证要带什么") -> Conversation:
    citizen = Conversation()
    assert [choice.case for choice in citizen.say(text).choices] == ["new", "renew", "lost"]
    return citizen


@pytest.mark.parametrize(
    "answer",
    [
        "2",
        "２",
        "2.",
        "2号",
        "二",
        "第二个",
        "第二",
        "延续",
        "延续的",
        "我是到期换证",
        "快到期了",
        pytest.param("選第二個"),
        "the second",
        "the second one",
        "renewal",
    ],
)
def test_a_case_is_chosen_in_words(answer: str) -> None:
    turn = cases_of_food().say(answer)
    assert (turn.outcome, turn.topic, turn.case) == (Outcome.ANSWERED, FOOD, "renew")
    assert "materials" in turn.about


def test_a_case_is_chosen_by_its_button() -> None:
    citizen = cases_of_food()
    turn = citizen.press(citizen.turns[-1].choices[1])
    assert (turn.topic, turn.case) == (FOOD, "renew")
    assert "原许可证" in turn.reply
    assert "遗失声明" not in turn.reply


def test_a_button_of_an_earlier_answer_still_works() -> None:
    citizen = cases_of_food()
    earlier = citizen.turns[-1].choices[2]
    citizen.say("居住证多少钱")
    assert citizen.press(earlier).case == "lost"


def test_what_was_asked_of_all_cases_is_answered_of_the_chosen_one() -> None:
    citizen = cases_of_food("食品许可证多久办好")
    turn = citizen.say("3")
    assert about(turn) == (FOOD, ("duration",))
    assert "3个工作日" in turn.reply


def test_the_case_is_kept_for_follow_ups() -> None:
    citizen = cases_of_food()
    citizen.say("3")
    turn = citizen.say("那要多久")
    assert (turn.topic, turn.case) == (FOOD, "lost")
    assert "3个工作日" in turn.reply
    assert turn.choices == ()


def test_a_case_can_be_told_later() -> None:
    turn = Conversation().all(["食品许可证要带什么", "多少钱", "我是弄丢了"])
    assert (turn.topic, turn.case) == (FOOD, "lost")


def test_a_case_is_asked_for_only_where_the_answer_differs() -> None:
    citizen = Conversation()
    assert citizen.say("食品许可证多少钱").choices == ()
    assert citizen.say("能代办吗").choices == ()
    assert citizen.say("要带什么").choices


def test_a_new_question_instead_of_a_choice_is_answered() -> None:
    turn = cases_of_food().say("居住证多少钱")
    assert about(turn) == (PERMIT, ("fee",))


@pytest.mark.parametrize("number", ["0", "4", "99", "99999999999999999999"])
def test_a_number_that_was_not_offered_chooses_nothing(number: str) -> None:
    assert cases_of_food().say(number).case is None


VAGUE = "老年津贴那个要带什么"


def offered() -> Conversation:
    """A conversation in which several matters were offered."""
    citizen = Conversation()
    turn = citizen.say(VAGUE)
    assert turn.outcome is Outcome.CHOOSE
    assert len(turn.choices) > 1
    return citizen


def test_a_vague_question_offers_what_is_near() -> None:
    turn = offered().turns[-1]
    assert turn.topic is None
    assert {choice.topic for choice in turn.choices} >= {"elders/card", "elders/allowance"}
    assert len(turn.choices) <= 4
    assert all(choice.topic and choice.label in turn.reply for choice in turn.choices)


def test_an_offered_matter_is_chosen_by_number() -> None:
    citizen = offered()
    first = citizen.turns[-1].choices[0]
    turn = citizen.say("1")
    assert turn.topic == first.topic
    assert "materials" in turn.about


def test_an_offered_matter_is_chosen_by_its_label() -> None:
    citizen = offered()
    last = citizen.turns[-1].choices[-1]
    assert citizen.say(last.label).topic == last.topic


def test_an_offered_matter_is_chosen_by_its_button() -> None:
    citizen = offered()
    first = citizen.turns[-1].choices[0]
    assert citizen.press(first).topic == first.topic


@pytest.mark.parametrize("answer", ["都不是", "都不是。", "以上都不是", "none of these", "neither"])
def test_none_of_these_is_taken_down_and_never_guessed(answer: str) -> None:
    citizen = offered()
    turn = citizen.say(answer)
    assert turn.outcome is Outcome.REGISTERED
    assert turn.receipt
    assert turn.topic is None


def test_what_is_taken_down_is_the_question_and_not_the_word_none() -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(ledger=ledger))
    citizen.say(VAGUE)
    citizen.say("都不是")
    (receipt,) = ledger.taken_down.values()
    assert receipt.text == VAGUE


@pytest.mark.parametrize("text", [VAGUE, "登记要多少钱", "要带什么", "哦", "证", "要带什么材料"])
def test_the_same_question_is_never_asked_back_twice_running(text: str) -> None:
    citizen = Conversation()
    turns = [citizen.say(text) for _ in range(4)]
    asked = [turn.reply if turn.outcome is Outcome.CHOOSE else None for turn in turns]
    assert not [one for one, other in pairwise(asked) if one and one == other]


# Corrections


@pytest.mark.parametrize(
    ("first", "then", "topic", "case"),
    [
        ("食品许可证到期换证要带什么", "不是,我说的是丢了", FOOD, "lost"),
        ("食品许可证到期换证要带什么", "不是换证，是新办", FOOD, "new"),
        pytest.param("食品许可证到期换证要带什么", "不是到期换证，是丢了", FOOD, "lost"),
        ("食品许可证要带什么", "不是延续，是遗失补发", FOOD, "lost"),
        ("居住证要带什么", "不是居住证，是食品许可证", FOOD, None),
        ("居住证要带什么", "不对，我问的是摆摊", "shops/stall", None),
        ("how do I get a residence permit", "no, I mean the food permit", FOOD, None),
        pytest.param(
            "what do I bring for the food permit renewal",
            "not the renewal, I lost it",
            FOOD,
            "lost",
        ),
    ],
)
def test_a_correction_takes_back_what_was_said(
    first: str, then: str, topic: str, case: str | None
) -> None:
    turn = Conversation().all([first, then])
    assert (turn.topic, turn.case) == (topic, case)


def test_a_corrected_matter_keeps_what_was_asked() -> None:
    turn = Conversation().all(["居住证多少钱", "不是，我说的是摆摊"])
    assert turn.topic == "shops/stall"
    assert "5-30元" in turn.reply


# Two questions at once


def test_two_questions_in_one_message_are_both_answered() -> None:
    turn = Conversation().say("居住证要带什么，食品许可证多少钱")
    assert turn.topic == PERMIT
    assert "居民身份证" in turn.reply
    assert "不收费" in turn.reply
    assert {"materials", "fee"} <= set(turn.about)


def test_two_questions_about_one_matter_are_both_answered() -> None:
    turn = Conversation().say("居住证要带什么，要多少钱")
    assert about(turn) == (PERMIT, ("materials", "fee"))
    assert "20元" in turn.reply


def test_the_question_inside_a_long_story_is_answered() -> None:
    story = (
        "我去年从四川老家搬过来，一直在镇上的鞋厂上班，老婆孩子也跟着来了，房东人挺好。"
        "前几天听同事说外地人要办那个居住证，不然孩子明年不好上学，我也不懂。想问下居住证要多少钱？"
    )
    assert about(Conversation().say(story)) == (PERMIT, ("fee",))


def test_a_matter_outside_every_guide_is_taken_down_for_the_lead_window() -> None:
    turn = Conversation().say("楼上邻居天天半夜弹钢琴，吵得孩子写不了作业")
    assert (turn.outcome, turn.topic, turn.window) == (Outcome.REGISTERED, None, "1")
    assert turn.receipt is not None
    assert turn.receipt in turn.reply


@pytest.mark.parametrize(
    "text",
    ["出版物经营许可证要带什么", "网络文化经营许可证怎么办", "publications wholesale permit"],
)
def test_a_government_matter_that_the_hall_lacks_does_not_become_its_nearest(text: str) -> None:
    turn = Conversation().say(text)
    assert turn.topic is None
    assert turn.outcome in (Outcome.REGISTERED, Outcome.CHOOSE)


@pytest.mark.parametrize(
    "text",
    [
        "我要投诉办居住证的窗口，态度太差了",
        "投诉：居住证办了三个月还没办好",
        "complaint about the food permit window",
    ],
)
def test_a_complaint_about_a_matter_is_a_complaint(text: str) -> None:
    turn = Conversation().say(text)
    assert (turn.outcome, turn.about) == (Outcome.REGISTERED, ("complaint",))


# Language


def test_the_language_follows_the_text() -> None:
    citizen = Conversation()
    assert citizen.say("居住证多少钱").language == "zh"
    assert citizen.say("how long does it take").language == "en"
    assert citizen.say("在哪办").language == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "切换到英文",
        "switch to English",
        pytest.param("can we speak English"),
        pytest.param("请用英语回答"),
    ],
)
def test_the_language_is_switched_by_words_and_kept(text: str) -> None:
    citizen = Conversation()
    switched = citizen.say(text)
    assert (switched.outcome, switched.language) == (Outcome.TALK, "en")
    assert re.search("English", switched.reply)
    turn = citizen.say("居住证多少钱")
    assert turn.language == "en"
    assert "20 yuan" in turn.reply


def test_the_language_is_switched_back_by_words() -> None:
    citizen = Conversation()
    citizen.say("in English please")
    assert citizen.say("请说中文").language == "zh"
    assert citizen.say("how much is a residence permit").language == "zh"


@pytest.mark.parametrize(("key", "other"), [("language:en", "居住证"), ("language:zh", "permit")])
def test_the_language_is_switched_by_a_button_and_kept(key: str, other: str) -> None:
    citizen = Conversation()
    language = key.removeprefix("language:")
    switched = citizen.say("🌐", choice=key)
    assert (switched.outcome, switched.about, switched.language) == (
        Outcome.TALK,
        ("language",),
        language,
    )
    assert citizen.say(other).language == language


def test_a_switch_of_language_keeps_the_topic() -> None:
    citizen = Conversation()
    citizen.say("居住证要带什么")
    citizen.say("🌐", choice="language:en")
    turn = citizen.say("how much is it")
    assert about(turn) == (PERMIT, ("fee",))


def test_what_the_citizen_has_set_counts_before_the_text() -> None:
    turn = Conversation(language="en").say("居住证多少钱")
    assert turn.language == "en"


def test_a_language_that_nobody_speaks_here_is_answered_in_english() -> None:
    turn = Conversation(language="fr").say("居住证多少钱")
    assert turn.language == "en"


# Courtesy


@pytest.mark.parametrize("text", ["谢谢", "好的谢谢", "thank you"])
def test_thanks_are_short_and_keep_the_topic(text: str) -> None:
    citizen = Conversation()
    citizen.say("居住证要带什么")
    thanked = citizen.say(text)
    assert (thanked.outcome, thanked.about) == (Outcome.TALK, ("thanks",))
    assert len(thanked.reply) < 100
    assert citizen.say("多少钱").topic == PERMIT


def test_thanks_with_a_question_is_the_question() -> None:
    turn = Conversation().all(["居住证要带什么", "谢谢，那要多少钱"])
    assert about(turn) == (PERMIT, ("fee",))


def test_a_greeting_with_a_question_is_the_question() -> None:
    assert about(Conversation().say("你好，居住证多少钱")) == (PERMIT, ("fee",))


def test_a_choice_survives_a_word_of_thanks() -> None:
    citizen = cases_of_food()
    citizen.say("谢谢")
    assert citizen.say("2").case == "renew"


# Personal data


ID, PHONE, MAIL = "110101199003071234", "13800138000", "someone@example.org"


def test_personal_data_is_masked_before_anything_is_kept() -> None:
    ledger = MemoryLedger()
    citizen = Conversation(open_desk(ledger=ledger))
    text = f"我叫王芳，身份证{ID}，电话{PHONE}，邮箱{MAIL}，楼上邻居天天半夜弹钢琴"
    turn = citizen.say(text)
    citizen.say(text)
    kept = f"{turn} {ledger.entries} {ledger.taken_down} {ledger.conversations}"
    assert ledger.taken_down
    assert all(each not in kept for each in (ID, PHONE, MAIL))
    assert "[ID]" in turn.text


def test_a_question_with_an_id_number_in_it_is_still_answered() -> None:
    turn = Conversation().say(f"我的身份证是{ID}，居住证多少钱")
    assert about(turn) == (PERMIT, ("fee",))
    assert ID not in turn.text
