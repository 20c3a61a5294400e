"""`bot.py ask`, on halls that the program has never seen."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path

import pytest
import terminal_halls
from terminal_bot import (
    BOT,
    PATIENCE,
    Json,
    answers,
    bot,
    environment,
    line,
    lines,
    started,
)

MONDAY = "2026-11-23T{}:00+00:00"
QUESTIONS: list[Json] = [
    {
        "session": "ann",
        "text": "what do I bring for a mooring permit",
        "at": MONDAY.format("10:00"),
    },
    {"session": "bob", "text": "how much is it"},
    {"session": "ann", "text": "how much is it", "at": MONDAY.format("20:00")},
    {"text": "what are your opening hours", "at": "2026-11-23T13:00:00"},
    {"text": "what do I bring for the crew logbook"},
    {"text": "停船要多少钱"},
    {"text": "停船要多少钱", "language": "en"},
    {"text": "居住证明要带什么"},
    {"text": "I need a passport"},
    {"text": "hello"},
    {"session": "cy", "text": "I want to talk to a person"},
    {"text": "my ID is 110101199003070134, how much is a berth"},
]
TOPICS = [
    "harbour:boats/mooring",
    None,
    "harbour:boats/mooring",
    None,
    "harbour:boats/logbook",
    "harbour:boats/mooring",
    "harbour:boats/mooring",
    "heyuan:village/residence-proof",
    "harbour:elsewhere/passport",
    None,
    None,
    "harbour:boats/mooring",
]


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return terminal_halls.write(tmp_path_factory.mktemp("ask"))


@pytest.fixture(scope="module")
def answered(halls: Path) -> list[Json]:
    """What one process answers to all the questions."""
    asked = bot(
        halls.parent, "ask", "--guides", halls, "--json", "-", standard_input=lines(QUESTIONS)
    )
    assert (asked.stderr, asked.returncode) == ("", 0)
    return answers(asked.stdout)


def told(state: str, until: str, answer: Json) -> bool:
    """Whether one line of the reply says both."""
    return any(state in each and until in each for each in answer["reply"].splitlines())


def test_every_answer_has_every_field_with_its_type(answered: list[Json]) -> None:
    text_or_null = (str, type(None))
    for each in answered:
        types = {key: type(value) for key, value in each.items()}
        assert types.pop("topic") in text_or_null
        assert types.pop("case") in text_or_null
        assert types.pop("window") in text_or_null
        assert types.pop("receipt") in text_or_null
        assert types == {
            "session": str,
            "text": str,
            "language": str,
            "outcome": str,
            "about": list,
            "choices": list,
            "confidence": float,
            "reply": str,
        }
        assert each["outcome"] in {"answered", "choose", "referred", "registered", "talk"}
        assert all(type(intent) is str for intent in each["about"])
        assert 0 <= each["confidence"] <= 1
        assert each["reply"].strip()
        for choice in each["choices"]:
            assert set(choice) == {"topic", "case", "label"}
            assert type(choice["label"]) is str
            assert type(choice["topic"]) in text_or_null
            assert type(choice["case"]) in text_or_null


def test_answers_come_in_the_order_of_the_questions(answered: list[Json]) -> None:
    assert [each["topic"] for each in answered] == TOPICS
    asked = [each["text"] for each in QUESTIONS[:-1]]
    assert [each["text"] for each in answered[:-1]] == asked


def test_questions_of_one_session_are_a_conversation(answered: list[Json]) -> None:
    bob, ann = answered[1:3]
    assert (bob["session"], bob["outcome"], bob["topic"]) == ("bob", "choose", None)
    assert (ann["session"], ann["outcome"], ann["about"]) == ("ann", "answered", ["fee"])
    assert "35" in ann["reply"]


def test_the_time_of_a_question_decides_whether_a_window_is_open(answered: list[Json]) -> None:
    assert told("Open now", "12:30", answered[0])
    assert told("Closed now", "tomorrow (Tuesday) at 09:00", answered[2])


def test_a_time_without_a_zone_is_the_time_in_the_hall(answered: list[Json]) -> None:
    assert answered[3]["about"] == ["hall_hours"]
    assert told("Closed now", "today at 14:00", answered[3])


def test_the_language_is_that_of_the_question_unless_it_is_named(answered: list[Json]) -> None:
    chinese, english = answered[5:7]
    assert (chinese["language"], english["language"]) == ("zh", "en")
    assert "泊位许可" in chinese["reply"]
    assert "Mooring permit" in english["reply"]


def test_guides_wholly_in_chinese_are_read(answered: list[Json]) -> None:
    reply = answered[7]["reply"]
    assert "身份证" in reply
    assert "户口簿" in reply
    assert (answered[7]["about"], answered[7]["window"]) == (["materials"], "1")


def test_cases_that_differ_are_offered_as_choices(answered: list[Json]) -> None:
    assert [(each["topic"], each["case"]) for each in answered[4]["choices"]] == [
        ("harbour:boats/logbook", "first"),
        ("harbour:boats/logbook", "lost"),
    ]


@pytest.mark.parametrize(
    ("place", "outcome", "receipt"),
    [(0, "answered", False), (8, "referred", False), (9, "talk", False), (10, "registered", True)],
)
def test_every_ending_is_named_and_only_a_registered_question_has_a_receipt(
    answered: list[Json], place: int, outcome: str, receipt: bool
) -> None:
    assert answered[place]["outcome"] == outcome
    assert bool(answered[place]["receipt"]) == receipt
    if receipt:
        assert answered[place]["receipt"] in answered[place]["reply"]
        assert answered[place]["window"] == "A1"


def test_personal_numbers_are_not_said_back(answered: list[Json]) -> None:
    assert "110101199003070134" not in json.dumps(answered)


def test_a_question_as_an_argument_is_answered_in_plain_text(halls: Path) -> None:
    asked = bot(halls.parent, "ask", "--guides", halls, "berth fee", "passport")
    first, second, rest = asked.stdout.split("\n\n")
    assert "35" in first
    assert "Passport office" in second
    assert (rest, asked.stderr, asked.returncode) == ("", "", 0)


def test_questions_as_arguments_are_answered_in_json_one_line_each(halls: Path) -> None:
    asked = bot(halls.parent, "ask", "--json", "--guides", halls, "berth fee", "how much is it")
    first, second = answers(asked.stdout)
    assert (first["topic"], first["about"]) == ("harbour:boats/mooring", ["fee"])
    assert second["topic"] is None
    assert asked.returncode == 0


def test_with_one_hall_topics_need_no_halls_name(halls: Path) -> None:
    asked = bot(halls.parent, "ask", "--json", "--guides", halls / "harbour", "berth fee")
    assert answers(asked.stdout)[0]["topic"] == "boats/mooring"


def test_bad_lines_are_answered_with_an_error_and_the_exit_status_tells(halls: Path) -> None:
    given = '{"text": "berth fee"}\nberth fee\n\n{"txt": "berth"}\n{"text": "berth fee"}\n'
    asked = bot(halls.parent, "ask", "--guides", halls, "--json", "-", standard_input=given)
    first, *errors, last = answers(asked.stdout)
    assert first["topic"] == last["topic"] == "harbour:boats/mooring"
    assert [list(each) for each in errors] == [["error"], ["error"]]
    assert errors[0]["error"].startswith("line 2: ")
    assert errors[1]["error"].startswith("line 4: ")
    assert (asked.returncode, asked.stderr) == (1, "")


def test_an_input_without_lines_is_no_fault(halls: Path) -> None:
    asked = bot(halls.parent, "ask", "--guides", halls, "--json", "-")
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            b'{"text": "\\ud800 berth fee"}\n',
            id="half a character",
        ),
        pytest.param(
            b'{"text": "\xff berth fee"}\n',
            id="bytes that are no UTF-8",
        ),
        pytest.param(b'\xef\xbb\xbf{"text": "berth fee"}\n', id="a byte order mark"),
        pytest.param(
            b'{"text": "berth fee", "at": "9999-12-31T23:59:59-12:00"}\n',
            id="a time after the last",
        ),
        pytest.param(b'{"text": ""}\n', id="nothing"),
        pytest.param(b'{"text": "\\u0000\\u202e\\n"}\n', id="control characters"),
    ],
)
def test_no_line_keeps_the_next_from_its_answer(halls: Path, given: bytes) -> None:
    asked = bot(
        halls.parent,
        *("ask", "--guides", halls, "--json", "-"),
        standard_input=given + b'{"text": "berth fee"}\n',
    )
    assert "Traceback" not in asked.stderr
    written = answers(asked.stdout)
    assert len(written) == 2
    assert written[1]["topic"] == "harbour:boats/mooring"


async def test_every_answer_is_written_while_the_input_stays_open(halls: Path) -> None:
    async with started(halls.parent, "ask", "--guides", halls, "--json", "-") as process:
        assert process.stdin is not None
        for text, said in (("berth fee", "answered"), ("no json", None), ("hello", "talk")):
            given = json.dumps({"text": text}) if said else text
            process.stdin.write(f"{given}\n".encode())
            await process.stdin.drain()
            answer = json.loads(await line(process.stdout))
            assert answer.get("outcome") == said
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 1


def test_a_reader_that_goes_away_is_no_fault_of_the_program(halls: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        asked = subprocess.run(
            [*BOT, "ask", "--guides", str(halls), "berth fee", "passport"],
            stdout=nobody,
            stderr=subprocess.PIPE,
            env=environment(halls.parent),
            timeout=PATIENCE,
        )
    assert b"Traceback" not in asked.stderr


def test_the_guides_may_be_named_by_the_environment(halls: Path) -> None:
    asked = bot(halls.parent, "ask", "--json", "居住证明要带什么", GUIDES=str(halls / "heyuan"))
    assert answers(asked.stdout)[0]["topic"] == "village/residence-proof"


def test_the_guides_of_the_command_come_before_those_of_the_environment(halls: Path) -> None:
    asked = bot(
        halls.parent,
        *("ask", "--json", "--guides", halls / "harbour", "berth fee"),
        GUIDES=str(halls / "heyuan"),
    )
    assert answers(asked.stdout)[0]["topic"] == "boats/mooring"


def test_the_guides_may_be_named_before_the_command(halls: Path) -> None:
    asked = bot(halls.parent, "--guides", halls, "ask", "--json", "berth fee")
    assert answers(asked.stdout)[0]["topic"] == "harbour:boats/mooring"


def test_what_is_faulty_in_the_guides_is_told_and_the_rest_is_served(tmp_path: Path) -> None:
    halls = terminal_halls.write(tmp_path)
    (halls / "harbour" / "market.yaml").write_text(terminal_halls.UNKNOWN_KEY, "utf-8")
    (halls / "heyuan" / "village.yaml").write_bytes("单位: 村务办".encode("gbk"))
    asked = bot(tmp_path, "ask", "--guides", halls, "--json", "berth fee", "market stall")
    assert [each["topic"] for each in answers(asked.stdout)] == [
        "harbour:boats/mooring",
        "harbour:market/stall",
    ]
    assert "market.yaml:5:5: error: " in asked.stderr
    assert "`fees`" in asked.stderr
    assert "GBK" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert asked.returncode == 0


@pytest.mark.parametrize("command", [["ask", "低保"], ["chat"], ["run", "--port", "0"]])
def test_without_a_hall_the_program_says_what_is_missing_and_ends(
    command: list[str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "not there"):
        ended = bot(tmp_path, *command, GUIDES=str(tmp_path / folder))
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert folder in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / "ledger.db").exists()


def test_ask_writes_nothing_down(halls: Path) -> None:
    before = set(halls.parent.iterdir())
    bot(halls.parent, "ask", "--guides", halls, "I want to talk to a person")
    assert {each.name for each in set(halls.parent.iterdir()) - before} <= {"cache"}


def test_ask_needs_no_folder_that_can_be_written(halls: Path) -> None:
    nowhere = halls / "harbour" / "hall.yaml" / "cache"
    asked = bot(halls.parent, "ask", "--guides", halls, "berth fee", XDG_CACHE_HOME=str(nowhere))
    assert "35" in asked.stdout
    assert asked.returncode == 0


def test_ask_loads_no_telegram_no_web_server_and_no_database(halls: Path) -> None:
    (halls.parent / "sitecustomize.py").write_text(
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sorted(sys.modules), sep='\\n', file=sys.stderr))\n",
        "utf-8",
    )
    asked = bot(halls.parent, "ask", "--guides", halls, "berth fee", PYTHONPATH=str(halls.parent))
    loaded = set(asked.stderr.splitlines())
    assert "doors.terminal" in loaded
    assert not loaded & {"telegram", "starlette", "uvicorn", "sqlalchemy", "sqlite3", "httpx"}


def test_the_sample_hall_answers(tmp_path: Path) -> None:
    asked = bot(tmp_path, "ask", "--json", "办低保要带什么", "How much is a logging permit?")
    chinese, english = answers(asked.stdout)
    assert (chinese["topic"], chinese["window"]) == ("civil-affairs/dibao", "3")
    assert "materials" in chinese["about"]
    assert (english["topic"], english["about"]) == ("forestry/logging-permit", ["fee"])
    assert english["language"] == "en"
    assert asked.returncode == 0
