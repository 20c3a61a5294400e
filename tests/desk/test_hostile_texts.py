"""Whatever is typed has an ending, in time, and nothing is raised.

`HOSTILE_EXAMPLES=20000` asks more of it than a run of the suite does.
"""

from __future__ import annotations

import os

import pytest
from hall_desk import hall
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.desk import Desk
from desk.message import Message, Outcome
from facts.guides import Guides
from ledger.memory import MemoryLedger

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "150"))
DESK = Desk(Guides((hall(),)), MemoryLedger())
ODD = "\u200d\u200b\u202e\u2066\ufeff\x00\x07\ud800\udfff\U0001f9d1\U0010ffff\u0301ａ１（"
PIECES = [
    "居住证",
    "多少钱",
    "不是",
    "permit",
    "juzhuzheng",
    "3号窗口",
    "110101199003070011",
    " ",
    "，",
]
TEXTS = st.one_of(
    st.text(st.characters(), max_size=300),
    st.lists(st.sampled_from(PIECES) | st.sampled_from(ODD), max_size=60).map("".join),
    st.tuples(st.sampled_from([*PIECES, *ODD]), st.integers(1, 2000)).map(lambda of: of[0] * of[1]),
)


def ending(text: str) -> str:
    turn = DESK.answer(Message(text=text, session=text[:20], door="test"))
    assert turn.reply
    return str(turn.outcome)


@given(TEXTS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_text_has_an_ending_and_no_fault(text: str) -> None:
    assert DESK._answer(Message(text=text, session=text[:20], door="test")).outcome in Outcome


@pytest.mark.parametrize(
    "text",
    ["", "证", "居" * 100_000, "a" * 1_000_000, "ha" * 500_000, "\u202e" * 100_000, "1" * 100_000]
    + [chr(plane * 0x10000 + 0x123) * 50 for plane in range(17)],
    ids=lambda text: f"{text[:2]!a} x {len(text)}",
)
def test_extreme_texts_have_an_ending(text: str) -> None:
    assert ending(text) in set(map(str, Outcome))
