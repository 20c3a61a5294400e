"""The command `user`: who may log in at the staff page."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from doors.arguments import parser
from doors.web.staff import command
from doors.web.staff.users import User, Users, UsersError, hashed
from facts.model import Hall, Text, Window

ROOT = Path(__file__).parents[2]
LONG = "a long password"


def halls(*ids: str) -> list[Hall]:
    windows = (Window(number="3"), Window(number="4"))
    return [Hall(id=each, name=Text({"zh": each}), windows=windows) for each in ids]


def add(users: Users, arguments: str, *passwords: str, of: Sequence[Hall] = ()) -> list[str]:
    """What `user add` says to these arguments, where these passwords are typed."""
    given = parser({}, Path("guides")).parse_args(["user", "add", *arguments.split()])
    typed = iter(passwords or (LONG, LONG))
    return command.add(given, users, of or halls("taiping"), lambda _: next(typed))


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "deep" / "users.yaml")


def test_a_user_is_added_listed_and_removed(users: Users) -> None:
    assert command.listed(users) == ["no users yet"]
    add(users, "王芳 --role staff --windows 3,4")
    add(users, "zhao --role head")
    assert command.listed(users) == ["王芳  staff  taiping  3,4", "zhao  head  taiping"]
    given = parser({}, Path("guides")).parse_args(["user", "remove", "zhao"])
    command.remove(given, users)
    assert command.listed(users) == ["王芳  staff  taiping  3,4"]
    with pytest.raises(UsersError, match="there is no user zhao"):
        command.remove(given, users)


def test_the_file_is_its_owners_alone_and_holds_no_password(users: Users, tmp_path: Path) -> None:
    add(users, "王芳 --role staff --windows 3")
    file = tmp_path / "deep" / "users.yaml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "$argon2id$" in file.read_text("utf-8")
    assert LONG not in file.read_text("utf-8")
    assert [each.name for each in file.parent.iterdir()] == ["users.yaml"]
    assert "argon2" not in repr(users.all())


def test_a_password_counts_however_it_was_typed(users: Users) -> None:
    add(users, "zoé --role editor", "pässword öne", "pässword öne")
    assert users.verified("zoé", "pa\u0308ssword o\u0308ne") is not None
    assert users.verified("zoe\u0301", "pässword öne") is not None
    assert users.verified("zoé", "password one") is None


@pytest.mark.parametrize(
    ("arguments", "passwords", "told"),
    [
        ("wang --role staff --windows 3", (LONG, "another one"), "differ"),
        ("wang --role staff --windows 3", ("short", "short"), "10 to 200"),
        ("wang --role staff", (), "which windows"),
        ("wang --role staff --windows 3,9", (), "no window 9: there is 3, 4"),
        ("wang --role head --windows 3", (), "only staff"),
        ("wang --role staff --windows 3 --hall moon", (), "no hall moon"),
        ("../wang --role head", (), "is no name"),
        ("old --role head", (), "already"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    users: Users, arguments: str, passwords: tuple[str, ...], told: str
) -> None:
    users.add(User(name="old", role="head", password=hashed(LONG)))
    with pytest.raises(UsersError, match=told):
        add(users, arguments, *passwords)
    assert set(users.all()) == {"old"}


def test_where_there_are_several_halls_staff_belong_to_one(users: Users) -> None:
    both = halls("east", "west")
    with pytest.raises(UsersError, match="--hall is one of east, west"):
        add(users, "wang --role staff --windows 3", of=both)
    add(users, "wang --role staff --windows 3 --hall west", of=both)
    add(users, "zhao --role head", of=both)
    assert [user.hall for user in users.all().values()] == ["west", None]


@pytest.mark.parametrize("text", ["- a", "wang: 5", "wang: {role: staff}", "a: {b: [", "\0"])
def test_a_file_that_is_none_of_users_is_an_error_and_stays(tmp_path: Path, text: str) -> None:
    file = tmp_path / "users.yaml"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(UsersError, match=r"users\.yaml"):
        Users(file).all()
    with pytest.raises(UsersError):
        Users(file).add(User(name="wang", role="head", password=hashed(LONG)))
    assert file.read_text("utf-8") == text


def test_the_password_is_asked_for_on_the_terminal_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "users.yaml"
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, ROOT / "bot.py", "user", "add", "wang", "--role", "head"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "USERS_FILE": str(file), "GUIDES": str(ROOT / "guides" / "taiping")},
    )
    os.close(theirs)
    shown = ""
    for prompt in ("Password for wang: ", "Once more: "):
        while prompt not in shown:
            shown += os.read(ours, 1_000).decode()
        os.write(ours, f"{LONG}\n".encode())
    while "may log in now" not in shown:
        shown += os.read(ours, 1_000).decode()
    assert started.wait(60) == 0
    os.close(ours)
    assert LONG not in shown
    assert Users(file).verified("wang", LONG) is not None


def test_a_password_is_no_argument() -> None:
    with pytest.raises(SystemExit):
        parser({}, Path("guides")).parse_args(
            ["user", "add", "wang", "--role", "head", "--password", LONG]
        )
