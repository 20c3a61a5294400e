"""What a clerk writes stands in the citizen's letter as one sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hall_desk import Conversation, open_desk

from desk.desk import Desk
from ledger.records import Receipt


@pytest.fixture
def desk() -> Desk:
    return open_desk()


@pytest.fixture
def receipt(desk: Desk) -> Receipt:
    citizen = Conversation(desk)
    citizen.say("找人工")
    (card,) = desk.handling.cards()
    return card.receipt


def letter(desk: Desk, receipt: Receipt) -> str:
    return desk.notices.claim(receipt.session)[-1].text


def test_the_reason_of_a_later_time_has_one_full_stop(desk: Desk, receipt: Receipt) -> None:
    assert receipt.due
    assert desk.handling.extend(
        receipt.number, "李", receipt.due + timedelta(days=1), "去看现场。"
    ).done
    assert letter(desk, receipt).endswith("原因：去看现场。")


def test_the_reason_of_another_window_has_one_full_stop(desk: Desk, receipt: Receipt) -> None:
    window = desk.handling.windows(receipt.number)[0].number
    assert desk.handling.pass_on(receipt.number, "李", window, "他们办。\n").done
    assert "原因：他们办。\n" in letter(desk, receipt)


def test_another_authority_stands_within_the_sentence(desk: Desk, receipt: Receipt) -> None:
    assert desk.handling.not_ours(receipt.number, "李", "县城管局。", "噪声法第五条。").done
    assert "由县城管局办理。\n依据：噪声法第五条。\n" in letter(desk, receipt)
