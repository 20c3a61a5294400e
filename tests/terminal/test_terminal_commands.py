"""The commands for editors, and the talk in the terminal."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
import terminal_halls
from terminal_bot import PATIENCE, bot, line, started

COMMANDS = ("run", "chat", "desk", "register", "ask", "why", "evaluate", "check")
TSV = """\
berth fee\tharbour:boats/mooring

I need a passport\tharbour:elsewhere/passport
how much is it\tchoose
hello\ttalk
I want to talk to a person\tregister
what are your opening hours\thall_hours
lost logbook\tharbour:boats/mooring|harbour:boats/logbook#lost
berth\tharbour:boats/logbook
"""
YAML = """\
- ask: [berth fee, how much is a mooring permit]
  expect: boats/mooring
  about: [fee]
- say: [what do I bring for a mooring permit, how much is it]
  expect: [boats/mooring, boats/mooring]
  about: [[materials], [fee]]
- ask: [passport]
  expect: register
"""


@pytest.fixture
def halls(tmp_path: Path) -> Path:
    return terminal_halls.write(tmp_path)


def figures(written: str) -> Mapping[str, str]:
    """The lines of a summary by their names."""
    told = (line.split(None, 1) for line in written.splitlines() if line and "\t" not in line)
    return dict(told)


def test_a_chat_greets_answers_keeps_the_topic_and_ends_with_its_input(halls: Path) -> None:
    said = bot(
        halls.parent,
        *("chat", "--guides", halls / "harbour"),
        standard_input="what do I bring for a mooring permit\nhow much is it\n",
    )
    welcome, materials, fee, rest = said.stdout.split("\n> ")
    assert "Harbour Service Hall" in welcome
    assert "Proof of ownership" in materials
    assert "35" in fee
    assert "Mooring permit" in fee
    assert (rest.strip(), said.returncode) == ("", 0)


def test_a_chat_is_written_into_the_ledger(halls: Path) -> None:
    bot(halls.parent, "chat", "--guides", halls / "harbour", standard_input="berth fee\nhello\n")
    with closing(sqlite3.connect(halls.parent / "ledger.db")) as ledger:
        turns = ledger.execute("SELECT door, session, text, outcome FROM turns").fetchall()
    assert [(door, *rest) for door, _, *rest in turns] == [
        ("terminal", "berth fee", "answered"),
        ("terminal", "hello", "talk"),
    ]
    assert len({session for _, session, *_ in turns}) == 1


async def test_a_chat_ends_quietly_with_ctrl_c(halls: Path) -> None:
    async with started(halls.parent, "chat", "--guides", halls / "harbour") as process:
        assert "Harbour Service Hall" in await line(process.stdout)
        process.send_signal(signal.SIGINT)
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert b"Traceback" not in errors


def test_evaluate_counts_every_kind_of_ending_and_shows_what_missed(halls: Path) -> None:
    file = halls.parent / "questions.tsv"
    file.write_text(TSV, "utf-8")
    told = bot(halls.parent, "evaluate", "--guides", halls, file)
    assert told.returncode == 0
    assert told.stderr == ""
    assert figures(told.stdout)["questions"] == "8"
    assert figures(told.stdout)["right"] == "87.5 % (7)"
    assert figures(told.stdout)["wrong"] == "12.5 % (1)"
    assert [line for line in told.stdout.splitlines() if "\t" in line] == [
        "wrong\tberth\texpected harbour:boats/logbook\tgot harbour:boats/mooring"
    ]


def test_evaluate_reads_questions_as_editors_write_them(halls: Path) -> None:
    file = halls.parent / "asked.yaml"
    file.write_text(YAML, "utf-8")
    told = bot(halls.parent, "evaluate", "--guides", halls / "harbour", file)
    assert figures(told.stdout)["questions"] == "5"
    assert figures(told.stdout)["right"] == "80.0 % (4)"
    assert figures(told.stdout)["intents"] == "100.0 % of 4 checked"
    assert told.stdout.splitlines()[-1] == (
        "wrong\tpassport\texpected register\tgot elsewhere/passport"
    )
    assert told.returncode == 0


@pytest.mark.parametrize(
    ("name", "contents", "told"),
    [
        ("absent.tsv", None, "absent.tsv"),
        ("topicless.tsv", b"berth fee\tboats/mooring\nberth\n", "topicless.tsv:2: "),
        ("ansi.tsv", "停船多少钱\tboats/mooring\n".encode("gbk"), "save it as UTF-8"),
    ],
)
def test_evaluate_refuses_a_file_it_cannot_read_in_one_line(
    name: str, contents: bytes | None, told: str, halls: Path
) -> None:
    if contents is not None:
        (halls.parent / name).write_bytes(contents)
    ended = bot(halls.parent, "evaluate", "--guides", halls, name)
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert (ended.returncode, ended.stdout) == (1, "")


def test_evaluate_tells_what_is_wrong_with_a_question(halls: Path) -> None:
    file = halls.parent / "asked.yaml"
    file.write_text("- ask: [berth]\n  expect: boats/moring\n", "utf-8")
    told = bot(halls.parent, "evaluate", "--guides", halls / "harbour", file)
    assert "asked.yaml:2:11: error: " in told.stderr
    assert "boats/mooring" in told.stderr


def test_evaluate_passes_over_a_talk_whose_answers_do_not_match(halls: Path) -> None:
    file = halls.parent / "asked.yaml"
    file.write_text(f"{YAML}- say: [hello, thanks]\n  expect: [talk]\n", "utf-8")
    told = bot(halls.parent, "evaluate", "--guides", halls / "harbour", file)
    assert "Traceback" not in told.stderr
    assert "asked.yaml:10:" in told.stderr
    assert figures(told.stdout)["questions"].split()[0] in {"5", "6"}


def test_check_finds_nothing_wrong_with_guides_that_are_right(halls: Path) -> None:
    checked = bot(halls.parent, "check", halls)
    assert (checked.stdout, checked.stderr, checked.returncode) == ("No faults found.\n", "", 0)


def test_check_names_every_fault_with_its_place_and_exits_with_1(halls: Path) -> None:
    (halls / "harbour" / "market.yaml").write_text(
        f"{terminal_halls.UNKNOWN_KEY}    window: C9\n", "utf-8"
    )
    (halls / "heyuan" / "village.yaml").write_text("单位: 村务办\n事项: 五项\n", "utf-8")
    checked = bot(halls.parent, "check", halls)
    assert "harbour/market.yaml:5:5: error: " in checked.stdout
    assert "harbour/market.yaml:6:13: error: " in checked.stdout
    assert "heyuan/village.yaml:2:" in checked.stdout
    assert (checked.stderr, checked.returncode) == ("", 1)


def test_check_names_the_line_the_column_the_fault_and_the_remedy(halls: Path) -> None:
    (halls / "harbour" / "market.yaml").write_text(terminal_halls.UNKNOWN_KEY, "utf-8")
    checked = bot(halls.parent, "check", halls)
    errors = [line for line in checked.stdout.splitlines() if "error" in line]
    assert errors == ["harbour/market.yaml:5:5: error: there is no key `fees`. Did you mean `fee`?"]
    assert checked.returncode == 1


def test_a_doubt_is_told_and_is_no_failure(halls: Path) -> None:
    (halls / "harbour" / "market.yaml").write_text(
        terminal_halls.UNKNOWN_KEY.replace("    fees: free\n", ""), "utf-8"
    )
    checked = bot(halls.parent, "check", halls)
    assert "harbour/market.yaml:3:5: warning: " in checked.stdout
    assert "error" not in checked.stdout
    assert checked.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "没有发现问题。\n"),
        ([], {"LANG": "en_GB.UTF-8"}, "No faults found.\n"),
        (["--lang", "zh"], {}, "没有发现问题。\n"),
        (["--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "No faults found.\n"),
    ],
)
def test_check_speaks_the_language_of_the_editor(
    arguments: list[str], settings: Mapping[str, str], told: str, halls: Path
) -> None:
    assert bot(halls.parent, "check", halls, *arguments, **settings).stdout == told


def test_check_without_a_folder_checks_the_one_of_the_environment(halls: Path) -> None:
    (halls / "heyuan" / "hall.yaml").unlink()
    assert bot(halls.parent, "check", GUIDES=str(halls / "harbour")).returncode == 0
    assert bot(halls.parent, "check", GUIDES=str(halls / "heyuan")).returncode == 1


@pytest.mark.parametrize("folder", ["empty", "absent"])
def test_a_folder_without_guides_is_a_fault(folder: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    checked = bot(tmp_path, "check", folder)
    assert f"{folder}:1:1: error: " in checked.stdout
    assert checked.returncode == 1


def test_the_sample_hall_has_no_errors(tmp_path: Path) -> None:
    checked = bot(tmp_path, "check")
    assert "error" not in checked.stdout
    assert checked.returncode == 0


@pytest.mark.parametrize("command", [[], *([each] for each in COMMANDS)])
def test_every_command_explains_itself(command: list[str], tmp_path: Path) -> None:
    helped = bot(tmp_path, *command, "--help")
    assert helped.stdout.startswith("usage: bot.py")
    assert (helped.stderr, helped.returncode) == ("", 0)


@pytest.mark.parametrize("wrong", [["aks"], ["ask"], ["ask", "--jsn", "a"], ["run", "--port", "x"]])
def test_a_slip_in_a_command_is_told_without_a_traceback(wrong: list[str], tmp_path: Path) -> None:
    told = bot(tmp_path, *wrong)
    assert "usage: bot.py" in told.stderr
    assert "Traceback" not in told.stderr
    assert (told.stdout, told.returncode) == ("", 2)
