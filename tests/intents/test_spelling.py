"""Words that no known text has are read by the words around them."""

from __future__ import annotations

import pytest

from intents.spelling import Spelling

KNOWN = Spelling(
    [
        "please repeat the question",
        "how do i know that it is for me",
        "i have no new card",
        "what does the card cost",
        "i need to get my card for the transfer",
        "怎么办身份证",
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the crd", "the card"),
        ("it is fro me", "it is for me"),
        ("for m", "for me"),
        ("i haveno card", "i have no card"),
        ("whatxdoes it cost", "what does it cost"),
        ("no ne wcard", "no new card"),
        ("repeatt he question", "repeat the question"),
        ("repea tthe question", "repeat the question"),
        ("the trans fer", "the transfer"),
        ("the tranzfre", "the transfer"),
    ],
)
def test_a_slip_is_read_as_what_was_likely_meant(typed: str, meant: str) -> None:
    assert KNOWN.repaired(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "what does the card cost",
        "the, card!",
        "42",
        "怎么办护照",
        "zebra",
        "",
        "x" * 2000,
    ],
)
def test_what_is_known_or_like_nothing_known_stays(text: str) -> None:
    assert KNOWN.repaired(text) == text


def test_only_some_strange_words_of_a_text_are_read() -> None:
    told = KNOWN.repaired("crd " * 40).split()
    assert told.count("card") == 20
    assert told.count("crd") == 20
