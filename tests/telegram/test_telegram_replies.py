"""What a clerk means by a reply is read from the message replied to and from the reply alone."""

from __future__ import annotations

from datetime import date

import pytest

from desk.knowledge import TEXTS as OF_DESK
from doors.telegram.conversation import TEXTS
from doors.telegram.replies import (
    Answer,
    Extend,
    NotOurs,
    PassOn,
    Refuse,
    Replies,
    Reply,
    window_label,
)
from facts.model import Text, Window

MARKS = (
    "telegram_list_mark",
    "telegram_pass_mark",
    "telegram_not_ours_mark",
    "telegram_refuse_mark",
)
CARD = "【新登记】回执 4F7KM2\n问题：路灯坏了 ABC 234"
PASS = "【转窗口】回执 4F7KM2 → 6 户籍窗口。\n为什么转？"
WINDOWS = (
    Window(number="1", name=Text({"zh": "综合窗口", "en": "General"})),
    Window(number="6", name=Text({"zh": "户籍窗口", "en": "Registration"})),
    Window(number="16"),
)


@pytest.mark.parametrize(
    ("asked", "text", "meant"),
    [
        (CARD, "明天修", Answer("4F7KM2", "明天修")),
        (CARD, "延期缴费可以办", Answer("4F7KM2", "延期缴费可以办")),
        (CARD, "Extended hours on Monday", Answer("4F7KM2", "Extended hours on Monday")),
        (CARD, "延期 2026-12-05 看现场", Extend("4F7KM2", date(2026, 12, 5), "看现场")),
        (CARD, "Extend: 2026/12/5, a visit", Extend("4F7KM2", date(2026, 12, 5), "a visit")),
        (CARD, "延期2026年12月5日看现场", Extend("4F7KM2", date(2026, 12, 5), "看现场")),
        (CARD, "延期", Extend("4F7KM2", None, "")),
        (CARD, "延期 明天", Extend("4F7KM2", None, "")),
        (CARD, "延期 2026-02-30 看现场", Extend("4F7KM2", None, "")),
        (PASS, "归他们", PassOn("4F7KM2", "6", "归他们")),
        (PASS, "延期 2026-12-05 看", PassOn("4F7KM2", "6", "延期 2026-12-05 看")),
        ("【转窗口】回执 4F7KM2 → 16。\n", "他们", PassOn("4F7KM2", "16", "他们")),
        ("【转窗口】回执 4F7KM2 → 9 旧窗口。", "他们", PassOn("4F7KM2", None, "他们")),
        ("【转窗口】回执 4F7KM2，转到哪个窗口？", "他们", PassOn("4F7KM2", None, "他们")),
        ("[To another window] Receipt 4F7KM2 → 1 General.", "x", PassOn("4F7KM2", "1", "x")),
        ("【归别的部门】回执 4F7KM2，归哪个部门办？", "城管局", NotOurs("4F7KM2", "城管局")),
        ("【不能办】回执 4F7KM2，为什么不能办？", "不够", Refuse("4F7KM2", "不够")),
        ("【不能办】回执 4F7KM2，因为查不到。", "某条", Refuse("4F7KM2", "no_facts", "某条")),
        ("【待办】2张回执\n4F7KM2 12-05", "明天修", None),
        ("到哪里办：6号窗口", "明天修", None),
        ("", "明天修", None),
    ],
)
def test_a_reply_is_read(asked: str, text: str, meant: Reply | None) -> None:
    assert Replies(TEXTS).read(asked, text, WINDOWS, {"no_facts": "查不到"}) == meant


def test_the_marks_begin_no_other_message() -> None:
    marks = [TEXTS.say(key, language) for key in MARKS for language in TEXTS.languages]
    others = [
        texts.say(key, language, **dict.fromkeys(("number", "reason", "text", "window"), "x"))
        for texts, start in (
            (OF_DESK, "staff_"),
            (OF_DESK, "clerk_taken"),
            (TEXTS, "telegram_card"),
        )
        for language in texts.languages
        for key in texts.keys(language)
        if key.startswith(start)
    ]
    assert len(others) > 10
    assert [each for each in others if each.startswith(tuple(marks))] == []
    assert len(set(marks)) == len(marks)


def test_a_window_is_named_by_its_number_and_its_name() -> None:
    assert [window_label(each, "en") for each in WINDOWS] == ["1 General", "6 Registration", "16"]
