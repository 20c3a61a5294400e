"""Turns become messages that Telegram takes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in import units

from desk.message import Choice, Outcome, Turn
from doors.telegram.rendering import LONGEST, rendered, split


def turn(reply: str, **more: object) -> Turn:
    return Turn(
        session="telegram:1",
        text="",
        language="zh",
        outcome=Outcome.ANSWERED,
        reply=reply,
        **more,  # type: ignore[arg-type]
    )


def labels(*choices: str) -> list[list[str]]:
    *_, last = rendered(
        turn("答", choices=tuple(Choice(key=str(at), label=it) for at, it in enumerate(choices)))
    )
    assert last.buttons is not None
    return [[button.text for button in row] for row in last.buttons.inline_keyboard]


def test_what_looks_like_markup_is_escaped() -> None:
    (part,) = rendered(turn("<b>1 & 2</b>"))
    assert part.html == "&lt;b&gt;1 &amp; 2&lt;/b&gt;"
    assert part.text == "<b>1 & 2</b>"


def test_a_receipt_number_can_be_copied_with_a_tap() -> None:
    (part,) = rendered(turn("回执号 SW-20261123-0007，请留好。", receipt="SW-20261123-0007"))
    assert part.html == "回执号 <code>SW-20261123-0007</code>，请留好。"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("短", ("短",)),
        ("", ()),
        ("甲乙丙。\n\n丁戊己。\n庚辛", ("甲乙丙。", "丁戊己。\n庚辛")),
        ("甲乙丙丁戊\n己庚辛壬癸", ("甲乙丙丁戊", "己庚辛壬癸")),
        ("甲乙丙丁戊。己庚辛壬癸", ("甲乙丙丁戊。", "己庚辛壬癸")),
        ("甲乙丙丁戊己庚辛壬癸子丑", ("甲乙丙丁戊己庚辛壬癸", "子丑")),
        ("𠮷𠮷𠮷𠮷𠮷𠮷", ("𠮷𠮷𠮷𠮷𠮷", "𠮷")),
        ("A𠮷𠮷𠮷𠮷𠮷", ("A𠮷𠮷𠮷𠮷", "𠮷")),
    ],
    ids=["short", "empty", "paragraphs", "lines", "sentences", "characters", "pairs", "halves"],
)
def test_a_text_is_broken_where_it_reads_best(text: str, pieces: tuple[str, ...]) -> None:
    assert split(text, 10) == pieces


@given(st.text(st.sampled_from("甲a。. \n&<𠮷"), max_size=200), st.integers(4, 30))
def test_no_piece_is_too_long_or_blank_and_no_character_is_lost(text: str, longest: int) -> None:
    pieces = split(text, longest)
    assert all(units(piece) <= longest and piece.strip() for piece in pieces)
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)


def test_markup_does_not_count_towards_the_length() -> None:
    (part,) = rendered(turn("&" * LONGEST))
    assert len(part.html) == 5 * LONGEST
    assert html.unescape(part.html) == part.text


def test_the_buttons_stand_under_the_last_part() -> None:
    first, last = rendered(turn("答" * 5000, next=(Choice(key="k", label="费用"),)))
    assert first.buttons is None
    assert last.buttons is not None
    assert last.buttons.inline_keyboard[0][0].callback_data == "k"


def test_a_turn_with_nothing_to_press_has_no_buttons() -> None:
    assert rendered(turn("答"))[0].buttons is None


def test_short_labels_share_a_row_and_long_ones_have_their_own() -> None:
    assert labels("材料", "地点", "费用", "时限") == [["材料", "地点", "费用", "时限"]]
    assert labels("外省户口在本地首次申领", "本地户口丢失补领", "换领") == [
        ["外省户口在本地首次申领"],
        ["本地户口丢失补领", "换领"],
    ]


def test_what_people_ask_next_stands_below_what_the_desk_asks() -> None:
    (part,) = rendered(
        turn("答", choices=(Choice(key="a", label="首次"),), next=(Choice(key="b", label="费用"),))
    )
    assert part.buttons is not None
    assert [[each.text for each in row] for row in part.buttons.inline_keyboard] == [
        ["首次"],
        ["费用"],
    ]


LONG_LABEL = "Residence permit for a foreign spouse with children under sixteen"


def test_a_label_too_long_for_a_button_is_numbered_and_written_out() -> None:
    choices = (Choice(key="a", label="Lost"), Choice(key="b", label=LONG_LABEL))
    (part,) = rendered(turn("Which one?", choices=choices))
    assert part.text == f"Which one?\n\n2. {LONG_LABEL}"
    assert part.buttons is not None
    assert [row[0].text for row in part.buttons.inline_keyboard] == [
        "1. Lost",
        "2. Residence permit for a foreign s…",
    ]


def test_a_long_label_that_the_reply_tells_is_not_told_twice() -> None:
    (part,) = rendered(
        turn(f"Which?\n1. {LONG_LABEL}", choices=(Choice(key="a", label=LONG_LABEL),))
    )
    assert part.text == f"Which?\n1. {LONG_LABEL}"


def test_more_buttons_than_telegram_takes_are_left_out() -> None:
    many = tuple(Choice(key=str(each), label=str(each)) for each in range(150))
    (part,) = rendered(turn("答", choices=many))
    assert part.buttons is not None
    assert sum(len(row) for row in part.buttons.inline_keyboard) == 100
