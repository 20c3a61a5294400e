"""What a citizen is told: every intent, every kind of fact, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hall_desk import (
    AT,
    Conversation,
    ask,
    hall,
    on_the,
    open_desk,
    shared_desk,
    without,
)
from polite import FORBIDDEN

from desk.answers import ANSWERS
from desk.message import Message, Outcome, Turn
from desk.topics import Topic, Topics
from facts.model import Elsewhere, Hall, Material, Text

WINDOW = {
    "zh": ("2号窗口", "一楼", "进门左手边", "0000-5550102", "12:00"),
    "en": ("window 2", "ground floor", "on the left of the entrance", "0000-5550102", "12:00"),
}
ABOUT_A_SERVICE: dict[str, dict[str, tuple[str, str]]] = {
    "overview": {
        "zh": ("居住证是什么", "住满半年 居民身份证 20元 5个工作日 20个工作日"),
        "en": ("tell me about the residence permit", "half a year|identity card|20 yuan|5 working"),
    },
    "materials": {
        "zh": (
            "居住证要带什么材料",
            "居民身份证 原件 电子证照 住所证明 房屋租赁合同 房产证 近期照片 后补 未满十六岁",
        ),
        "en": (
            "which documents do I need for a residence permit",
            "identity card|original|electronic|tenancy agreement|title deed|later|sixteen",
        ),
    },
    "checklist": {
        "zh": ("给我一份居住证的材料清单", "居民身份证 住所证明 近期照片"),
        "en": ("checklist for the residence permit", "identity card|proof of address|photograph"),
    },
    "steps": {
        "zh": ("居住证的办理流程", "到窗口交材料 等短信来领证 2次"),
        "en": ("what are the steps for a residence permit", "hand in the documents|text message|2"),
    },
    "conditions": {
        "zh": ("居住证有什么条件", "在本镇住满半年 住址没有登记的 住满半年以后随时"),
        "en": (
            "who can apply for a residence permit",
            "lived in the town for half a year|an address that is not registered|any time",
        ),
    },
    "place": {
        "zh": ("居住证在哪个窗口办", "2号窗口 居住窗口"),
        "en": ("where do I go for a residence permit", "window 2|Residence"),
    },
    "hours": {
        "zh": ("居住证窗口几点上班", "08:30-12:00 14:00-17:30 周一 周五"),
        "en": ("what are the opening hours for the residence permit", "08:30-12:00|Monday|Friday"),
    },
    "fee": {
        "zh": ("居住证多少钱", "20元 工本费 价费字〔2025〕3号"),
        "en": ("how much is a residence permit", "20 yuan|cost of the card|Price Notice 3 of 2025"),
    },
    "duration": {
        "zh": ("居住证多久办好", "5个工作日 20个工作日 春节前后会慢些"),
        "en": (
            "how long does a residence permit take",
            "5 working days|20 working days|slower around the Spring Festival",
        ),
    },
    "validity": {
        "zh": ("居住证有效期多久", "一年，到期前一个月签注"),
        "en": ("how long is a residence permit valid", "one year, to be endorsed"),
    },
    "forms": {
        "zh": ("居住证要填什么表", "居住证申请表 https://example.org/permit.pdf"),
        "en": (
            "which form do I fill in for a residence permit",
            "residence permit application form|https://example.org/permit.pdf",
        ),
    },
    "proxy": {
        "zh": ("居住证可以代办吗", "带委托书和双方身份证"),
        "en": (
            "can somebody else apply for the residence permit on my behalf",
            "letter of authority",
        ),
    },
    "online": {
        "zh": ("居住证能网上办吗", "https://example.org/permit"),
        "en": ("can I apply for a residence permit online", "https://example.org/permit"),
    },
    "appointment": {
        "zh": ("居住证要预约吗", "打电话提前一天约"),
        "en": ("do I need an appointment for a residence permit", "by phone a day before"),
    },
    "result": {
        "zh": ("居住证办完拿到什么", "居住证一张"),
        "en": ("what do I get in the end for a residence permit", "a residence card"),
    },
    "progress": {
        "zh": ("居住证怎么查进度", "打窗口电话，报受理号"),
        "en": ("how can I track my residence permit application", "give the case number"),
    },
    "urgent": {
        "zh": ("居住证能加急吗", "孩子要入学的可以加急 1个工作日 老人和孕妇不用排队"),
        "en": (
            "I need the residence permit urgently, is there a fast track",
            "whose child starts school|1 working day|need not queue",
        ),
    },
    "basis": {
        "zh": ("办居住证的法律依据是什么", "居住证暂行条例第九条"),
        "en": ("what is the legal basis of the residence permit", "Article 9"),
    },
    "contact": {
        "zh": ("居住证咨询电话多少", "0000-5550102"),
        "en": ("what is the phone number for the residence permit", "0000-5550102"),
    },
}
ABOUT_THE_HALL = {
    "hall_hours": {
        "zh": ("你们大厅几点上班", "08:30-12:00 14:00-17:30 12:00"),
        "en": ("when does the hall open", "08:30-12:00|14:00-17:30"),
    },
    "hall_place": {
        "zh": ("你们大厅在哪里", "清水镇人民路8号 0000-5550100"),
        "en": ("where is the hall", "8 Renmin Road, Qingshui|0000-5550100"),
    },
    "hall_services": {
        "zh": ("你们能办什么", "3个单位 4个窗口 居住证申领 食品经营许可证 高龄津贴"),
        "en": ("what services do you offer", "3|4|Residence permit|Food business permit"),
    },
    "nearest": {
        "zh": ("离我最近的服务点在哪", "柳树村便民服务站 柳树村村委会 0000-5550121"),
        "en": (
            "where is the nearest service station",
            "Liushu village service station|Liushu village committee|0000-5550121",
        ),
    },
    "window_info": {
        "zh": ("3号窗口是干什么的", "商铺窗口 进门右手边 0000-5550103 食品经营许可证"),
        "en": ("what is window 3 for", "Shops|on the right of the entrance|Food business permit"),
    },
}
WITH_THE_DESK = {
    "complaint": {
        "zh": ("我要投诉你们工作人员态度差", Outcome.REGISTERED, "0000-5550109"),
        "en": ("I want to make a complaint", Outcome.REGISTERED, "0000-5550109"),
    },
    "human": {
        "zh": ("转人工", Outcome.REGISTERED, "0000-5550101"),
        "en": ("can I talk to a person", Outcome.REGISTERED, "0000-5550101"),
    },
    "receipt_status": {
        "zh": ("我的回执办得怎么样了", Outcome.ANSWERED, "回执号"),
        "en": ("what about my receipt", Outcome.ANSWERED, "receipt number"),
    },
    "praise": {
        "zh": ("你们服务真好", Outcome.TALK, "谢谢"),
        "en": ("great service", Outcome.TALK, "Thank you"),
    },
    "greeting": {
        "zh": ("你好", Outcome.TALK, "您好"),
        "en": ("good morning", Outcome.TALK, "Hello"),
    },
    "thanks": {
        "zh": ("谢谢", Outcome.TALK, "不客气"),
        "en": ("thanks a lot", Outcome.TALK, "welcome"),
    },
    "goodbye": {
        "zh": ("再见", Outcome.TALK, "再见"),
        "en": ("goodbye", Outcome.TALK, "Goodbye"),
    },
    "help": {
        "zh": ("你会什么", Outcome.TALK, "清水镇政务服务中心"),
        "en": ("what can you do", Outcome.TALK, "Qingshui Town Service Centre"),
    },
    "language": {
        "zh": ("请用中文回答", Outcome.TALK, "中文"),
        "en": ("in English please", Outcome.TALK, "English"),
    },
}


def cases(table: dict[str, dict[str, Any]]) -> list[Any]:
    """Rows of a table."""
    return [
        pytest.param(
            intent,
            language,
            *told,
            id=f"{intent} {language}",
        )
        for intent, each in table.items()
        for language, told in each.items()
    ]


def facts(told: str, language: str) -> list[str]:
    return told.split("|") if language == "en" else told.split(" ")


def lacking(turn: Turn, wanted: tuple[str, ...] | list[str]) -> list[str]:
    return [each for each in wanted if each not in turn.reply]


@pytest.mark.parametrize(("intent", "language", "question", "told"), cases(ABOUT_A_SERVICE))
def test_every_question_about_a_service_is_answered_with_its_facts(
    intent: str, language: str, question: str, told: str
) -> None:
    turn = ask(question)
    assert (turn.outcome, turn.topic, turn.window) == (Outcome.ANSWERED, "residence/permit", "2")
    assert intent in turn.about
    assert turn.language == language
    assert lacking(turn, facts(told, language)) == []


@pytest.mark.parametrize(
    ("intent", "language", "question", "told"),
    cases(ABOUT_A_SERVICE),
)
def test_exactly_what_was_asked_is_answered(
    intent: str, language: str, question: str, told: str
) -> None:
    kin = {"checklist": {"materials", "checklist"}}.get(intent, {intent})
    assert set(ask(question).about) <= kin


@pytest.mark.parametrize(
    ("question", "about"),
    [
        pytest.param("居住证需要什么条件", ("conditions",)),
        ("居住证要带什么，多少钱", ("materials", "fee")),
        ("居住证在哪办，几天能拿到", ("place", "duration")),
        ("residence permit: how much and how long does it take", ("fee", "duration")),
    ],
)
def test_all_that_was_asked_is_answered_and_no_more(question: str, about: tuple[str, ...]) -> None:
    assert ask(question).about == about


@pytest.mark.parametrize(("intent", "language", "question", "told"), cases(ABOUT_A_SERVICE))
def test_every_answer_about_a_service_tells_its_window(
    intent: str, language: str, question: str, told: str
) -> None:
    assert lacking(ask(question), WINDOW[language]) == []


OF_PLACES = ("hall_place", "nearest", "window_info")
FIRST = {each: told for each, told in ABOUT_A_SERVICE.items() if each not in ("urgent", "hours")}


@pytest.mark.parametrize(
    ("intent", "language", "question", "told"),
    cases(FIRST),
)
def test_what_was_asked_comes_first(intent: str, language: str, question: str, told: str) -> None:
    opening = "\n".join(ask(question).reply.split("\n")[:2])
    assert facts(told, language)[0] in opening


@pytest.mark.parametrize(("intent", "language", "question", "told"), cases(ABOUT_THE_HALL))
def test_every_question_about_the_hall_is_answered(
    intent: str, language: str, question: str, told: str
) -> None:
    turn = ask(question)
    ending = Outcome.LED if intent in OF_PLACES else Outcome.ANSWERED
    assert (turn.outcome, turn.language) == (ending, language)
    assert turn.about == (intent,)
    assert lacking(turn, facts(told, language)) == []


@pytest.mark.parametrize(
    ("intent", "language", "question", "outcome", "told"),
    cases(WITH_THE_DESK),
)
def test_every_question_to_the_desk_has_its_ending(
    intent: str, language: str, question: str, outcome: Outcome, told: str
) -> None:
    turn = ask(question)
    assert (turn.outcome, turn.about, turn.language) == (outcome, (intent,), language)
    assert turn.topic is None
    assert told in turn.reply


def test_the_tables_hold_every_intent_of_the_guide_format() -> None:
    every = {*ABOUT_A_SERVICE, *ABOUT_THE_HALL, *WITH_THE_DESK}
    assert set(ABOUT_A_SERVICE) <= set(ANSWERS)
    assert len(every) == 33


def test_small_talk_is_short_and_leads_back() -> None:
    turn = ask("你好")
    assert len(turn.reply) <= 80
    assert turn.next


# The full notice

NOTICE = (
    "居住证暂行条例第九条",
    "20个工作日",
    "到窗口交材料",
    "20元",
    "进门左手边",
    "0000-5550102",
    "居民身份证",
    "六十天内可以申请行政复议",
    "清水派出所",
)


def notice(name: str, desk: Any = None) -> Turn:
    citizen = Conversation(desk)
    turn = citizen.say(name)
    return citizen.press(next(each for each in turn.next if each.about == "notice"))


def section(turn: Turn, fact: str) -> int:
    """The part of the notice in which a fact stands."""
    return next(n for n, part in enumerate(turn.reply.split("\n\n")) if fact in part)


def test_the_full_notice_tells_everything_in_the_order_of_the_rule() -> None:
    turn = notice("居住证")
    assert lacking(turn, NOTICE) == []
    places = [section(turn, fact) for fact in NOTICE]
    assert places == sorted(places)


def test_the_full_notice_tells_the_citizen_s_right_and_when_it_was_checked() -> None:
    assert lacking(notice("居住证"), ["5天内", "2026年10月8日"]) == []


def test_the_full_notice_is_written_in_english_too() -> None:
    citizen = Conversation()
    turn = citizen.say("residence permit")
    turn = citizen.press(next(each for each in turn.next if each.about == "notice"))
    wanted = ["Article 9", "20 working days", "20 yuan", "identity card", "police station"]
    assert lacking(turn, wanted) == []
    assert not re.search(r"[\u4e00-\u9fff]", turn.reply)


def test_what_a_notice_cannot_tell_leads_to_the_phone() -> None:
    turn = notice("养犬登记")
    assert turn.reply.count("0000-5550102") >= 4


def test_a_notice_tells_nothing_twice() -> None:
    lines = [line for line in notice("居住证").reply.split("\n") if line]
    assert [line for line in set(lines) if lines.count(line) > 1] == []


@pytest.mark.parametrize(
    "question",
    ["居住证一次性告知", "把居住证的一次性告知单给我", "full notice of the residence permit"],
)
def test_the_full_notice_can_be_asked_for_in_words(question: str) -> None:
    turn = ask(question)
    assert turn.topic == "residence/permit"
    assert re.search("第九条|Article 9", turn.reply)
    assert re.search("行政复议|administrative review", turn.reply)


# Fees, terms and materials


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("摆摊要多少钱", "5-30元 摊位费 按天 1.5% 管理费 按实际用电 100美元 外商押金"),
        ("食品许可证要多少钱", "不收费"),
        ("音响登记多少钱", "不收费"),
        ("摆摊多久办好", "当场"),
        ("住址登记多久办好", "当场"),
        ("音响登记多久办好", "60天"),
        ("高龄津贴多久批下来", "1个月"),
        pytest.param("老年证多久办好", "当场 10个工作日"),
        ("摆摊要带什么", "不用带"),
    ],
)
def test_every_kind_of_fact_is_put_into_words(question: str, told: str) -> None:
    assert lacking(ask(question), facts(told, "zh")) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how much is a market stall", "5-30 yuan|a day|1.5%|by consumption|$100"),
        ("how much is the food permit", "No fee"),
        ("how long does a market stall take", "on the spot"),
        ("how long does the old age allowance take", "1 month"),
        ("what do I bring for a market stall", "no documents"),
    ],
)
def test_every_kind_of_fact_is_put_into_english(question: str, told: str) -> None:
    assert lacking(ask(question), facts(told, "en")) == []


def test_a_percentage_and_a_text_carry_no_currency() -> None:
    reply = ask("摆摊要多少钱").reply
    assert "1.5%元" not in reply
    assert "用电元" not in reply


def test_a_promise_on_the_spot_is_said_in_good_chinese() -> None:
    assert "办结办好" not in ask("老年证多久办好").reply


def test_a_material_that_another_service_issues_is_told_with_that_service() -> None:
    assert "住址登记" in ask("居住证要带什么材料").reply


# Missing facts


UNKNOWN = {
    intent: told
    for intent, told in ABOUT_A_SERVICE.items()
    if intent not in ("place", "hours", "contact")
}


@pytest.mark.parametrize(("intent", "language", "question", "told"), cases(UNKNOWN))
def test_a_missing_fact_leads_to_the_phone_and_is_never_guessed(
    intent: str, language: str, question: str, told: str
) -> None:
    for name in ("居住证", "residence permit"):
        question = question.replace(name, {"zh": "养犬登记", "en": "dog registration"}[language])
    turn = ask(question)
    assert (turn.outcome, turn.topic) == (Outcome.LED, "residence/pets")
    assert "0000-5550102" in turn.reply
    assert [each for each in facts(told, language) if each in turn.reply and len(each) > 1] == []


def test_a_service_of_a_bare_hall_leads_somewhere() -> None:
    bare = without(
        hall(), phone=None, windows=(), hours=(), address=None, lead_window=None, complaints=None
    )
    offices = tuple(replace(each, phone=None, window=()) for each in bare.offices)
    turn = Conversation(open_desk(replace(bare, offices=offices))).say("居住证在哪办")
    assert turn.outcome is Outcome.ANSWERED
    assert "清水镇政务服务中心" in turn.reply


@pytest.mark.parametrize(
    "question",
    [
        "你们大厅几点上班",
        "大厅在哪里",
        "你们电话多少",
        "你们能办什么",
        "附近有没有服务点",
    ],
)
def test_a_hall_without_any_fact_still_leads_somewhere(question: str) -> None:
    turn = Conversation(open_desk(Hall(id="bare", name=Text({"zh": "某镇大厅"})))).say(question)
    assert turn.outcome is not Outcome.REGISTERED
    assert re.search("12345|某镇大厅", turn.reply)


BRITISH = Hall(
    id="leeds",
    name=Text({"en": "Leeds Community Hub"}),
    languages=("en",),
    currency="GBP",
    time_zone="Europe/London",
    elsewhere=(Elsewhere(id="tax", name=Text({"en": "Council tax appeal"})),),
)


@pytest.mark.parametrize(
    "question",
    [
        "where is the hall",
        "what are your opening hours",
        "council tax appeal",
        "I want to complain",
        "my receipt is 4F7K2M",
        "my neighbour keeps crocodiles in the swimming pool of our block",
    ],
)
def test_a_hall_in_another_country_never_names_the_chinese_hotline(question: str) -> None:
    assert "12345" not in Conversation(open_desk(BRITISH)).say(question).reply


# Times


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-23 09:00", "12:00"),
        ("2026-11-23 12:30", "14:00"),
        ("2026-11-23 18:00", "明天 周二 08:30"),
        ("2026-11-27 18:00", "11月30日 周一 08:30"),
        ("2026-10-01 09:00", "10月8日 周四 08:30"),
        ("2026-10-10 09:00", "12:00"),
        ("2026-12-31 09:00", "年终盘点 1月4日 08:30"),
    ],
)
def test_an_answer_tells_whether_the_window_is_open(at: str, told: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=AT.tzinfo)
    assert lacking(ask("居住证在哪办", at=moment), facts(told, "zh")) == []


@pytest.mark.parametrize(
    ("question", "broken"),
    [
        ("居住证在哪办", r"[\u4e00-\u9fff]现在没开"),
        ("where do I get a residence permit", r"\wClosed"),
    ],
)
def test_the_reason_of_a_closure_is_a_sentence_of_its_own(question: str, broken: str) -> None:
    assert not re.search(broken, ask(question, at=on_the("2026-12-31")).reply)


def test_a_window_with_its_own_hours_tells_those() -> None:
    turn = ask("高龄津贴在哪办")
    assert lacking(turn, ["A4", "09:30"]) == []
    assert "08:30" not in turn.reply


def test_a_service_with_its_own_hours_tells_those() -> None:
    turn = ask("老年证什么时候可以去办，几点上班")
    assert lacking(turn, ["周二", "09:00-11:00"]) == []


def with_service(office_id: str, service_id: str, **facts_: object) -> Hall:
    """Our hall with other facts of one service."""
    offices = tuple(
        replace(
            office,
            services=tuple(
                replace(each, **facts_)  # type: ignore[arg-type]
                if (office.id, each.id) == (office_id, service_id)
                else each
                for each in office.services
            ),
        )
        for office in hall().offices
    )
    return replace(hall(), offices=offices)


def test_hours_told_in_words_are_not_contradicted_by_those_of_the_window() -> None:
    own = with_service("residence", "permit", hours=Text({"zh": "每月第一个周三"}))
    turn = Conversation(open_desk(own)).say("居住证在哪个窗口办")
    assert "每月第一个周三" in turn.reply or "现在开着" not in turn.reply


# Status, alerts, dates


def test_a_suspended_service_says_so_and_why_before_anything_else() -> None:
    turn = ask("店招许可要带什么")
    first = turn.reply.split("\n")[:2]
    assert "暂停" in first[0]
    assert "系统升级" in "".join(first)


def test_a_cancelled_service_says_so_first() -> None:
    assert "取消" in ask("公平秤检定要带什么").reply.split("\n")[0]


@pytest.mark.parametrize(
    ("day", "told", "untold"),
    [
        ("2026-10-30", (), ("环评承诺", "高考")),
        ("2026-11-01", ("环评承诺",), ("高考",)),
        ("2027-06-01", ("环评承诺", "高考"), ()),
        ("2027-06-10", ("环评承诺", "高考"), ()),
        ("2027-06-11", ("环评承诺",), ("高考",)),
    ],
)
def test_an_alert_is_told_first_while_it_lasts(
    day: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    turn = ask("音响登记多少钱", at=on_the(day))
    first = "".join(turn.reply.split("\n")[: len(told)])
    assert all(each in first for each in told)
    assert not any(each in turn.reply for each in untold)


@pytest.mark.parametrize(
    ("day", "fee", "term"),
    [
        ("2026-10-30", "50元", "60天"),
        ("2026-11-01", "不收费", "60天"),
        ("2026-12-31", "不收费", "60天"),
        ("2027-01-01", "80元", "30天"),
    ],
)
def test_changes_count_from_their_date_on(day: str, fee: str, term: str) -> None:
    assert fee in ask("音响登记多少钱", at=on_the(day)).reply
    assert term in ask("音响登记多久办好", at=on_the(day)).reply


def test_the_day_a_change_begins_is_the_hall_s() -> None:
    late = datetime.fromisoformat("2026-12-31T16:30:00+00:00")
    assert "80元" in ask("音响登记多少钱", at=late).reply


def test_an_answer_tells_when_it_was_checked() -> None:
    assert "2026年10月8日" in ask("居住证多少钱").reply
    assert "8 October 2026" in ask("how much is a residence permit").reply


@pytest.mark.parametrize(
    ("day", "due"), [("2026-10-08", False), ("2026-10-09", True), ("2026-11-23", True)]
)
def test_an_answer_past_its_review_is_to_be_confirmed(day: str, due: bool) -> None:
    assert ("确认" in ask("住址登记多少钱", at=on_the(day)).reply) is due


# Cases


def test_where_the_cases_differ_each_is_told_and_the_case_is_asked_for() -> None:
    turn = ask("食品许可证要带什么")
    assert turn.case is None
    assert lacking(turn, ["营业执照", "店面平面图", "原许可证", "遗失声明"]) == []
    assert [choice.case for choice in turn.choices] == ["new", "renew", "lost"]


@pytest.mark.parametrize("question", ["食品许可证多少钱", "食品许可证能代办吗", "食品许可证在哪办"])
def test_where_the_cases_do_not_differ_no_case_is_asked_for(question: str) -> None:
    turn = ask(question)
    assert turn.choices == ()
    assert "1. " not in turn.reply


def test_what_only_one_case_has_is_told_with_its_case() -> None:
    reply = ask("食品许可证多久办好").reply
    line = next(line for line in reply.split("\n") if "3个工作日" in line)
    assert "遗失补发" in line


def test_a_case_named_in_the_question_is_answered_alone() -> None:
    turn = ask("食品许可证丢了要带什么")
    assert (turn.topic, turn.case) == ("shops/food", "lost")
    assert "遗失声明" in turn.reply
    assert "店面平面图" not in turn.reply
    assert turn.choices == ()


@pytest.mark.parametrize(
    "question",
    [
        "配送站点多少钱",
        "配送站点在哪办",
    ],
)
def test_where_the_cases_have_windows_of_their_own_each_is_told(question: str) -> None:
    assert lacking(ask(question), ["2号窗口", "3号窗口"]) == []


def test_a_case_inherits_what_it_does_not_override() -> None:
    reply = ask("食品许可证丢了，多少钱，要带什么，多久办好").reply
    assert all(each in reply for each in ("不收费", "营业执照", "遗失声明", "3个工作日"))
    assert "10个工作日" not in reply


# Windows, elsewhere, journeys, stations, faq


def test_a_service_of_several_windows_names_them_all() -> None:
    assert lacking(ask("摆摊在哪个窗口办"), ["2号窗口", "3号窗口"]) == []


@pytest.mark.parametrize("question", ["养老窗口在哪里", "A4窗口是干什么的", "老龄办在哪"])
def test_a_window_is_found_by_number_name_and_office(question: str) -> None:
    turn = ask(question)
    assert turn.window == "A4"
    assert lacking(turn, ["A4", "大厅最里面", "0000-5550104", "高龄津贴"]) == []


def test_the_lead_window_says_that_it_takes_everything() -> None:
    turn = ask("1号窗口是干什么的")
    assert "首问" in turn.reply


def test_a_matter_elsewhere_names_the_authority_and_all_that_is_known() -> None:
    turn = ask("我要办护照")
    assert (turn.outcome, turn.topic) == (Outcome.REFERRED, "elsewhere/passport")
    assert "县公安局出入境管理大队" in turn.reply.split("\n")[0]
    wanted = [
        "县城建设路1号",
        "0000-5550201",
        "工作日上午",
        "户口簿",
        "120元",
        "7个工作日",
        "网上预约",
    ]
    assert lacking(turn, wanted) == []


def test_a_question_about_a_matter_elsewhere_is_answered_and_led_on() -> None:
    turn = ask("办护照要多少钱")
    assert (turn.outcome, turn.topic) == (Outcome.REFERRED, "elsewhere/passport")
    assert "120元" in turn.reply.split("\n")[1]
    assert lacking(turn, ["县公安局出入境管理大队", "县城建设路1号", "0000-5550201"]) == []


def test_a_fact_of_elsewhere_that_is_missing_leads_to_their_phone() -> None:
    turn = ask("护照有效期多久")
    assert turn.outcome is Outcome.REFERRED
    assert "0000-5550201" in turn.reply


@pytest.mark.parametrize("question", ["我要打官司", "打官司要多少钱", "where do I go to court"])
def test_a_matter_elsewhere_without_facts_leads_to_the_hotline(question: str) -> None:
    turn = ask(question)
    assert (turn.outcome, turn.topic) == (Outcome.REFERRED, "elsewhere/court")
    assert "12345" in turn.reply


def test_a_journey_tells_its_steps_in_order_with_their_windows_and_who_leads() -> None:
    turn = ask("开小吃店要办哪些手续")
    assert (turn.outcome, turn.topic, turn.window) == (Outcome.ANSWERED, "journeys/eatery", "3")
    steps = ["住址登记", "食品经营许可证", "居住证申领", "护照办理"]
    assert sorted(steps, key=turn.reply.index) == steps
    assert lacking(turn, ["2号窗口", "3号窗口", "平面图先画好", "县公安局出入境管理大队"]) == []


def test_a_journey_tells_the_materials_of_its_steps_once() -> None:
    reply = ask("开小吃店要带什么").reply
    assert "营业执照" in reply
    names = [re.sub(r"（.*", "", line) for line in reply.split("\n") if re.match(r"\d+\. ", line)]
    assert len(names) == len(set(names))


def test_a_journey_tells_the_materials_of_the_case_that_it_names() -> None:
    assert "店面平面图" in ask("开小吃店要带什么").reply


@pytest.mark.parametrize(("question", "told"), [("要多少钱", "20元"), ("多久办好", "5个工作日")])
def test_a_journey_tells_what_is_asked_of_its_steps(question: str, told: str) -> None:
    assert told in ask(f"开小吃店{question}").reply


def test_a_journey_tells_the_materials_that_count_today() -> None:
    changes = {date(2026, 11, 1): {"materials": (Material(name=Text({"zh": "新版申请书"})),)}}
    own = with_service("residence", "permit", changes=changes)
    reply = Conversation(open_desk(own)).say("开小吃店要带什么").reply
    assert "新版申请书" in reply
    assert "近期照片" not in reply


def test_an_urgent_citizen_is_told_the_fast_lane_before_the_rest() -> None:
    reply = ask("我很急，居住证明天就要用，要带什么材料").reply
    assert reply.index("孩子要入学的可以加急") < reply.index("居民身份证")


def test_a_journey_is_told_in_english() -> None:
    turn = ask("what do I need to bring for opening a restaurant")
    assert turn.topic == "journeys/eatery"
    assert lacking(turn, ["Address registration", "Food business permit", "business licence"]) == []


def test_a_station_tells_where_it_is_and_what_it_handles() -> None:
    turn = ask("柳树村便民服务站能办什么")
    assert turn.outcome is Outcome.LED
    assert lacking(turn, ["柳树村村委会", "0000-5550121", "高龄津贴"]) == []


def test_a_service_that_a_station_handles_names_the_station() -> None:
    assert "柳树村便民服务站" in ask("高龄津贴村里能办吗").reply


def test_a_frequent_question_is_answered_in_the_editors_own_words() -> None:
    turn = ask("居住证丢在外地能不能在这里补")
    assert turn.topic == "residence/permit"
    assert "丢在外地也在发证的镇上补" in turn.reply


@pytest.mark.parametrize(
    ("question", "held", "missing"),
    [
        ("高龄津贴我带了身份证，还缺什么", "身份证", ["银行卡"]),
        ("办居住证我有身份证和照片，还差什么", "身份证", ["住所证明"]),
    ],
)
def test_what_is_still_missing_is_named(question: str, held: str, missing: list[str]) -> None:
    turn = ask(question)
    assert "checklist" in turn.about
    assert lacking(turn, missing) == []


# What holds for every answer


def topics() -> list[Topic]:
    return list(Topics((hall(),)))


def every_answer(topic: Topic, language: str) -> list[Turn]:
    desk = shared_desk()
    return [
        desk.answer(
            Message(
                text="",
                session=f"every {topic.label} {language} {intent}",
                door="test",
                language=language,
                choice=f"{topic.key}:{intent}",
            )
        )
        for intent in (*ANSWERS, "notice")
    ]


UNTIDY = re.compile(
    r"None|\{|\}|。。|，，|、、|；；|：：|。，|，。|：。|。：|（）|\(\)|\.\.(?!\.)|,,|, ,| ,| \.|“”"
    r"|^[，。、,.：:]"
)
"""Signs that two texts were put together badly, or that a value was missing."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.label)
def test_every_answer_is_polite_and_in_good_order(topic: Topic, language: str) -> None:
    phrases = [each for known in FORBIDDEN.values() for each in known]
    for turn in every_answer(topic, language):
        assert turn.outcome in (Outcome.ANSWERED, Outcome.LED, Outcome.REFERRED), turn
        assert turn.language == language
        lines = turn.reply.split("\n")
        assert [line for line in lines if UNTIDY.search(line)] == [], turn.reply
        assert [phrase for phrase in phrases if phrase in turn.reply.lower()] == []
        assert lines[0], turn.reply
        assert lines[-1], turn.reply
        assert [line for line in lines if line != line.rstrip()] == []
        assert all(len(each.key.encode()) <= 64 for each in (*turn.choices, *turn.next))


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.label)
def test_a_guide_in_two_languages_is_answered_in_one(topic: Topic) -> None:
    plain = ("residence/permit", "shops/food", "shops/stall", "journeys/eatery", "window/2")
    if topic.id not in plain:
        pytest.skip("this guide is written in Chinese")
    for turn in every_answer(topic, "en"):
        assert not re.search(r"[\u4e00-\u9fff]", turn.reply), turn.reply


def test_the_welcome_says_who_speaks_and_who_stands_behind() -> None:
    turn = shared_desk().welcome("welcome", "test", "zh")
    assert turn.outcome is Outcome.TALK
    wanted = ["清水镇政务服务中心", "自动", "1号窗口", "0000-5550101", "冬季取号到下午五点"]
    assert lacking(turn, wanted) == []
    assert "国庆期间照常" not in turn.reply
    assert turn.next


def test_the_welcome_is_said_in_the_language_that_was_set() -> None:
    turn = shared_desk().welcome("welcome in English", "test", "en")
    wanted = ["Qingshui Town Service Centre", "automatic", "window 1", "0000-5550101"]
    assert turn.language == "en"
    assert lacking(turn, wanted) == []


@pytest.mark.parametrize("languages", [("zh-Hans", "en"), ("zh-CN",)])
def test_a_hall_in_simplified_chinese_is_greeted_in_chinese(languages: tuple[str, ...]) -> None:
    turn = open_desk(without(hall(), languages=languages)).welcome("s", "test", None)
    assert "您好" in turn.reply
