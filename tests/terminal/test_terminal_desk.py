"""A question from the citizen's terminal to the clerk's and back, on one ledger in a file."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest
import terminal_halls
from terminal_bot import bot

NOBODYS = "the neighbours play the piano every night and nobody can sleep"
NUMBER = re.compile(r"\b[2-9A-Y]{4}[A-Y][2-9]\b")
Terminal = Callable[[Iterable[str]], subprocess.CompletedProcess[str]]


@pytest.fixture
def halls(tmp_path: Path) -> Path:
    return terminal_halls.write(tmp_path) / "harbour"


@pytest.fixture
def citizen(halls: Path, tmp_path: Path) -> Terminal:
    """What the citizen's terminal shows; a process for each call."""
    return lambda lines: bot(
        tmp_path, "chat", "--guides", halls, standard_input="".join(f"{each}\n" for each in lines)
    )


@pytest.fixture
def clerk(halls: Path, tmp_path: Path) -> Terminal:
    """What the clerk's terminal shows; a process for each call."""
    arguments = ("desk", "--guides", halls, "--name", "Ines", "--lang", "en")
    return lambda lines: bot(
        tmp_path, *arguments, standard_input="".join(f"{each}\n" for each in lines)
    )


def test_a_question_goes_to_the_clerk_and_back_until_it_is_settled_and_rated(
    citizen: Terminal, clerk: Terminal, halls: Path, tmp_path: Path
) -> None:
    (number,) = set(NUMBER.findall(citizen([NOBODYS]).stdout))

    worked = clerk(["take 1", f"answer {number} The harbour master will call on them"]).stdout
    assert NOBODYS in worked
    assert "on its way to the citizen" in worked

    told = citizen(["2"]).stdout
    assert "The harbour master will call on them" in told
    assert "2. Not settled" in told
    assert "not settled. We go on with it" in told

    worked = clerk(["答 1 No music after ten from now on", "退出"]).stdout
    assert NOBODYS in worked

    told = citizen(["1", "1"]).stdout
    assert "No music after ten" in told
    assert f"Receipt {number} is closed" in told
    assert "1. Very satisfied" in told
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger:
        ratings = ledger.execute("SELECT receipt, level FROM ratings").fetchall()
    assert ratings == [(number, 5)]

    register = bot(tmp_path, "register", "--guides", halls, "--lang", "en")
    assert (register.returncode, register.stderr) == (0, "")
    wanted = (number, "closed", "Ines", "without an ending 0")
    assert [each for each in wanted if each not in register.stdout] == []


WORK = [
    ("show 1", "written down for window A1"),
    ("help", "not-ours 1"),
    ("list", NOBODYS),
    ("", NOBODYS),
    ("take 7", "place in the list"),
    ("take", "place in the list"),
    ("take AAAAA2", "no receipt with this number"),
    ("dance 1", "no command “dance”"),
    ("extend 1 2099-11-28 A Saturday", "a day on which the hall is open"),
    ("extend 1 tomorrow please", "such as 2026-12-07"),
    ("extend 1 2099-11-26 We wait for an answer", "has a new time"),
    ("pass 1 Z9 reason", "A1 B2"),
    ("pass 1 B2 It is about a boat", "has gone to"),
    ("转 1 A1 与船无关", "has gone to"),
    ("take 1", "is yours"),
    ("not-ours 1 The city police, 110", "the basis"),
    ("refuse 1 The pier is closed", "the basis"),
    ("不能 1 码头关了 依据 港口法第三条", "why it cannot be done"),
    ("not-ours 1 The city police, 110 basis Port Act, article 3", "answered already"),
    ("answer 1 Too late", "answered already"),
]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the clerk's terminal says to each line of `WORK`."""
    home = tmp_path_factory.mktemp("work")
    guides = ("--guides", terminal_halls.write(home) / "harbour")
    bot(home, "chat", *guides, standard_input=f"{NOBODYS}\n")
    lines = "".join(f"{line}\n" for line, _ in WORK)
    worked = bot(home, "desk", *guides, "--lang", "en", "--name", "Ines", standard_input=lines)
    assert (worked.stderr, worked.returncode) == ("", 0)
    return worked.stdout.split("\n> ")[1:]


@pytest.mark.parametrize("place", range(len(WORK)), ids=lambda place: WORK[place][0])
def test_every_command_says_what_it_did(work: list[str], place: int) -> None:
    assert WORK[place][1] in work[place]


def test_a_conversation_goes_on_at_the_next_start_and_a_name_has_its_own(
    halls: Path, tmp_path: Path
) -> None:
    def say(text: str, *options: str) -> str:
        return bot(tmp_path, "chat", "--guides", halls, *options, standard_input=text).stdout

    say("what do I bring for a mooring permit\n")
    assert "35" in say("how much is it\n")
    assert "35" not in say("how much is it\n", "--session", "ann")


def test_a_register_that_lacks_something_ends_with_1(
    citizen: Terminal, halls: Path, tmp_path: Path
) -> None:
    citizen([NOBODYS])
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as ledger, ledger:
        ledger.execute("UPDATE receipts SET window = NULL")
    shown = bot(tmp_path, "register", "--guides", halls, "--lang", "zh")
    assert "没有负责的窗口" in shown.stdout
    assert shown.returncode == 1


def test_a_day_that_is_none_is_told(halls: Path, tmp_path: Path) -> None:
    shown = bot(tmp_path, "register", "--guides", halls, "--day", "yesterday")
    assert "--day" in shown.stderr
    assert shown.returncode == 2
