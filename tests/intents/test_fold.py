"""Folding brings the many ways of writing one thing to one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.fold import LONGEST, fold, has_han
from intents.tokens import words

FOLDED = {
    "full-width letters and digits become plain": ("ＡＢＣ１２３", "abc123"),
    "full-width punctuation becomes plain": ("居住证，怎么办？", "居住证,怎么办?"),
    "an ideographic space becomes a plain one": ("办\u3000证", "办 证"),
    "traditional characters become simplified": ("居住證要帶什麼", "居住证要带什么"),
    "traditional words of office become simplified": ("辦理養老保險", "办理养老保险"),
    "capitals become small": ("Residence PERMIT", "residence permit"),
    "accents are dropped": ("Café Zürich", "cafe zurich"),
    "tones of pinyin are dropped": ("jū zhù zhèng", "ju zhu zheng"),
    "a ligature is written out": ("oﬃce", "office"),
    "a circled number becomes a number": ("③号窗口", "3号窗口"),
    "a zero-width space inside a word goes": ("居\u200b住\u200d证", "居住证"),
    "a byte order mark goes": ("\ufeff低保", "低保"),
    "a soft hyphen goes": ("resi\u00addence", "residence"),
    "marks of writing direction go": ("\u202e低保\u202c", "低保"),
    "a control becomes a space": ("低保\x00材料", "低保 材料"),
    "an emoji becomes a space": ("低保😀材料", "低保 材料"),
    "an emoji of several parts leaves no rest": ("低保👨‍👩‍👧‍👦❤️", "低保"),
    "a lone surrogate becomes a space": ("低保\ud83d材料", "低保 材料"),
    "spaces and line ends become one space": ("a \t\r\n\n b", "a b"),
    "spaces at the ends go": ("  低保  ", "低保"),
    "nothing stays nothing": ("", ""),
    "only what cannot be said becomes nothing": ("\u200b😀\x07", ""),
}


@pytest.mark.parametrize(("written", "folded"), FOLDED.values(), ids=FOLDED)
def test_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_punctuation_stays_because_it_parts_sentences() -> None:
    assert fold("低保,医保。") == "低保,医保。"


def test_a_hundred_thousand_characters_are_cut() -> None:
    assert len(fold("办" * 100_000)) == LONGEST


def test_a_control_in_plain_letters_parts_words() -> None:
    assert words(fold("food\x07permit")) == ("food", "permit")


@given(st.text(max_size=200))
def test_folding_any_text_raises_nothing(text: str) -> None:
    fold(text)


@given(st.text(st.characters(), max_size=60))
def test_folding_any_character_even_a_lone_surrogate_raises_nothing(text: str) -> None:
    assert all(not "\ud800" <= each <= "\udfff" for each in fold(text))


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_what_is_folded_has_no_double_space_and_none_at_the_ends(text: str) -> None:
    folded = fold(text)
    assert "  " not in folded
    assert folded == folded.strip()


@pytest.mark.parametrize(
    ("text", "chinese"), [("低保", True), ("permit 证", True), ("permit", False), ("", False)]
)
def test_chinese_is_seen(text: str, chinese: bool) -> None:
    assert has_han(text) is chinese
