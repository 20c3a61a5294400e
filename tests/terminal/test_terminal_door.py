"""The terminal door by itself, on a desk that says back what it hears."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.message import Choice, Message, Outcome, Turn
from desk.notices import Notices
from doors.terminal import BadLine, as_json, ask, ask_lines, chat, read_line
from ledger.memory import MemoryLedger

ZONE = ZoneInfo("Asia/Shanghai")


class Echo:
    """Says back what it hears, and has nothing to tell by itself."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.notices = Notices(MemoryLedger(), lambda: datetime.now(ZONE))

    def answer(self, message: Message) -> Turn:
        self.heard.append(message)
        return Turn(
            session=message.session,
            text=message.text,
            language="zh",
            outcome=Outcome.ANSWERED,
            reply=f"答：{message.text}",
        )

    def welcome(self, session: str, door: str, language: str | None = None) -> Turn:
        return Turn(
            session=session, text="", language="zh", outcome=Outcome.TALK, reply="您好！请问。"
        )


class Screen(io.StringIO):
    """Remembers what could be seen at each flush."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def flush(self) -> None:
        self.seen.append(self.getvalue())


def test_a_turn_is_written_with_the_keys_of_the_contract_on_one_line() -> None:
    turn = Turn(
        session="s1",
        text="低保",
        language="zh",
        outcome=Outcome.CHOOSE,
        reply="一\n二",
        topic=None,
        about=("fee",),
        window="3",
        choices=(Choice(key="k", label="新申请", topic="a/b", case="new", about="fee"),),
        next=(Choice(key="n", label="材料"),),
        confidence=0.5,
        receipt="R1",
    )
    written = as_json(turn)
    assert "\n" not in written
    assert "低保" in written
    assert json.loads(written) == {
        "session": "s1",
        "text": "低保",
        "language": "zh",
        "outcome": "choose",
        "topic": None,
        "case": None,
        "about": ["fee"],
        "window": "3",
        "choices": [{"topic": "a/b", "case": "new", "label": "新申请"}],
        "confidence": 0.5,
        "receipt": "R1",
        "reply": "一\n二",
    }


def test_a_line_may_hold_only_a_text_and_is_then_a_conversation_of_its_own() -> None:
    first, second = (read_line('{"text": "低保"}', number, ZONE) for number in (1, 2))
    assert first.text == "低保"
    assert first.door == "terminal"
    assert (first.language, first.at) == (None, None)
    assert first.session != second.session


def test_nulls_count_as_left_out() -> None:
    written = '{"text": "a", "session": null, "language": null, "at": null}'
    assert read_line(written, 1, ZONE) == read_line('{"text": "a"}', 1, ZONE)


def test_a_time_keeps_its_zone() -> None:
    at = read_line('{"text": "a", "at": "2026-11-23T09:00:00+01:00"}', 1, ZONE).at
    assert at == datetime.fromisoformat("2026-11-23T09:00:00+01:00")
    assert at.utcoffset() == timedelta(hours=1)


def test_a_time_without_a_zone_is_one_of_the_halls_clock() -> None:
    at = read_line('{"text": "a", "at": "2026-11-23T09:00:00"}', 1, ZONE).at
    assert at == datetime(2026, 11, 23, 9, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("低保多少钱", "not JSON"),
        ('{"text": "a"', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["低保"]', '{"text": "…"}'),
        ('"低保"', '{"text": "…"}'),
        ("{}", '{"text": "…"}'),
        ('{"text": null}', '{"text": "…"}'),
        ('{"text": 12345}', '{"text": "…"}'),
        ('{"text": "a", "session": 7}', "session is a string"),
        ('{"text": "a", "language": ["zh"]}', "language is a string"),
        ('{"text": "a", "at": 1795395600}', "at is a string"),
        ('{"text": "a", "at": "tomorrow"}', "2026-11-23T09:00:00+08:00"),
        ('{"text": "a", "at": "2026-02-30T09:00:00"}', "2026-11-23T09:00:00+08:00"),
    ],
    ids=lambda value: value[:40],
)
def test_a_line_that_is_no_question_is_refused_by_its_number(line: str, told: str) -> None:
    with pytest.raises(BadLine) as refused:
        read_line(line, 4, ZONE)
    assert str(refused.value).startswith("line 4: ")
    assert told in str(refused.value)


def test_each_answer_is_flushed_before_the_next_line_is_read() -> None:
    screen, seen = Screen(), []

    def typed() -> Iterator[str]:
        for line in ('{"text": "一"}\n', "\n", "oops\n", '{"text": "二"}\n'):
            yield line
            seen.append(len(screen.seen[-1].splitlines()))

    assert ask_lines(Echo(), typed(), screen, ZONE) == 1
    assert seen == [1, 1, 2, 3]


def test_a_bad_line_is_answered_in_its_place_and_counted() -> None:
    out = io.StringIO()
    bad = ask_lines(Echo(), ['{"text": "一"}', "oops", "{}", '{"text": "二"}'], out, ZONE)
    written = [json.loads(line) for line in out.getvalue().splitlines()]
    assert bad == 2
    assert [sorted(each)[:1] for each in written] == [["about"], ["error"], ["error"], ["about"]]


def test_questions_of_one_command_are_no_conversation() -> None:
    desk, out = Echo(), io.StringIO()
    ask(desk, ["低保", "多少钱"], out, machine=False)
    assert out.getvalue() == "答：低保\n\n答：多少钱\n\n"
    assert len({message.session for message in desk.heard}) == 2


def test_a_chat_is_one_conversation_after_a_welcome() -> None:
    desk, out = Echo(), io.StringIO()
    chat(desk, ["低保\n", "  \n", " 多少钱 \n"], out, "terminal:1")
    assert out.getvalue() == "您好！请问。\n\n> \n答：低保\n\n> \n> \n答：多少钱\n\n> \n"
    assert [(each.text, each.session) for each in desk.heard] == [
        ("低保", "terminal:1"),
        ("多少钱", "terminal:1"),
    ]
