"""Why: an editor reads what a question was understood as, and what decided."""

from __future__ import annotations

import pytest
from hall_desk import hall

from desk.desk import Desk
from facts.guides import Guides
from ledger.memory import MemoryLedger

DESK = Desk(Guides((hall(),)), MemoryLedger())


def why(question: str, language: str = "en") -> str:
    return "\n".join(DESK.why(question, language))


def test_the_likeliest_topic_stands_first_with_its_channels() -> None:
    told = why("居住证多少钱")
    assert "Read as: 居住证多少钱" in told
    assert "Asked: fee" in told
    first = next(line for line in told.splitlines() if line.startswith("1."))
    assert "residence/permit" in first
    assert "Residence permit" in first
    assert "words +" in told
    assert "nearest phrase: 居住证" in told
    assert "Answered about residence/permit: its" in told


def test_what_no_phrase_holds_is_told() -> None:
    assert "not: 麒 麟" in why("麒麟居住证")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("居住证多少钱", "reaches 0.70"),
        ("老年津贴那个要带什么", "Asked back"),
        ("你好", "Decided by what is asked (greeting)"),
        ("我要投诉你们", "Decided by what is asked (complaint)"),
        ("", "Asked back (-)"),
    ],
)
def test_the_threshold_that_decided_is_told(question: str, reason: str) -> None:
    assert reason in why(question)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_told_in_the_language_that_is_wanted(language: str) -> None:
    assert ("读作" in why("居住证", language)) == (language == "zh")


def test_nothing_is_written_down() -> None:
    ledger = MemoryLedger()
    list(Desk(Guides((hall(),)), ledger).why("居住证", "en"))
    assert not ledger.entries
