"""An entry is saved whole or not at all, never with errors, and never over another's change."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from editing import commits
from editing.guidebook import Guidebook, Saving
from editing.opened import Opened
from facts.problems import Fault

HALL = Path(__file__).parents[1] / "desk" / "hall"
GIT = shutil.which("git")
with_git = pytest.mark.skipif(GIT is None, reason="there is no git on this machine")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HALL, tmp_path / "hall"))


@pytest.fixture
def book(folder: Path) -> Guidebook:
    return Guidebook(folder)


def permit(book: Guidebook) -> Opened:
    found = book.open("hall", "residence", "permit")
    assert found is not None
    return found


def saved(book: Guidebook, before: str, after: str, confirmed: str = "") -> Saving:
    """Save the permit with this in place of that."""
    now = permit(book)
    assert before in now.own
    own = now.own.replace(before, after, 1)
    return book.save(now, own, now.digest, "孙编辑", confirmed=confirmed)


def git(folder: Path, *arguments: str) -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = ("-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgSign=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def repository(folder: Path) -> Path:
    git(folder.parent, "init", "--quiet", str(folder.parent))
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "-m", "as it was")
    return folder.parent


def test_a_changed_fee_is_in_the_file_and_nothing_else_is(book: Guidebook, folder: Path) -> None:
    file = folder / "residence.yaml"
    before = file.read_bytes()
    file.chmod(0o640)
    assert saved(book, "amount: 20", "amount: 35").ended == "saved"
    assert file.read_bytes() == before.replace(b"amount: 20", b"amount: 35", 1)
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []


def test_an_error_is_never_saved(book: Guidebook, folder: Path) -> None:
    before = (folder / "residence.yaml").read_bytes()
    ended = saved(book, "fee:", "fees:")
    assert ended.ended == "faulty"
    assert ended.checked is not None
    [fault] = ended.checked.errors
    line = before[: before.index(b"    fee:")].count(b"\n") + 1
    assert (fault.kind, fault.line, fault.column) == ("unknown-key", line, 5)
    assert fault.values["nearest"] == "fee"
    assert (folder / "residence.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("id: permit", "id: licence", {"shops.yaml", "journeys.yaml"}),  # others name it
        ("verified_on: 2026-10-08", "verified_on: [", {"residence.yaml"}),
    ],
)
def test_what_breaks_elsewhere_is_not_saved_either(
    book: Guidebook, before: str, after: str, where: set[str]
) -> None:
    ended = saved(book, before, after)
    assert ended.ended == "faulty"
    assert ended.checked is not None
    assert {each.file for each in ended.checked.errors} & where


def test_errors_of_others_do_not_stand_in_the_way(book: Guidebook, folder: Path) -> None:
    with (folder / "shops.yaml").open("a", encoding="utf-8") as file:
        file.write("nonsense: 1\n")
    assert saved(book, "amount: 20", "amount: 35").ended == "saved"


def test_warnings_are_saved_once_they_are_confirmed(book: Guidebook) -> None:
    change = ("also: [居住证,", "also: [狗证, 居住证,")  # what dogs' registration is called too
    doubtful = saved(book, *change)
    assert doubtful.ended == "doubtful"
    assert doubtful.checked is not None
    assert saved(book, *change, confirmed="other").ended == "doubtful"
    assert saved(book, *change, confirmed=doubtful.checked.doubts).ended == "saved"


def test_a_change_made_meanwhile_is_never_overwritten(book: Guidebook, folder: Path) -> None:
    now = permit(book)
    file = folder / "residence.yaml"
    file.write_bytes(file.read_bytes().replace(b"amount: 20", b"amount: 25"))
    others = file.read_bytes()
    ended = book.save(now, now.own.replace("amount: 20", "amount: 35"), now.digest, "孙编辑")
    assert ended.ended == "conflict"
    assert "amount: 25" in ended.opened.own
    assert file.read_bytes() == others
    again = book.save(now, ended.opened.own, ended.opened.digest, "孙编辑")
    assert again.ended == "unchanged"


def test_only_files_of_the_guides_are_opened(book: Guidebook, folder: Path) -> None:
    outside = folder.parent / "secret.yaml"
    outside.write_text("office: 密\n", "utf-8")
    (folder / "link.yaml").symlink_to(outside)
    for hall, name in (("hall", "../secret"), ("..", "hall"), ("hall", ""), ("other", "hall")):
        assert book.open(hall, name) is None
    with pytest.raises(Fault, match="outside"):
        book.open("hall", "link")


def test_a_link_within_the_guides_stays_one(book: Guidebook, folder: Path) -> None:
    real = folder / ".residence-real"
    (folder / "residence.yaml").rename(real)
    (folder / "residence.yaml").symlink_to(real.name)
    assert saved(book, "amount: 20", "amount: 35").ended == "saved"
    assert (folder / "residence.yaml").is_symlink()
    assert b"amount: 35" in real.read_bytes()


@with_git
def test_the_saved_file_alone_is_committed_under_the_editors_name(
    book: Guidebook, repository: Path
) -> None:
    (repository / "hall/shops.yaml").write_text("office: 另\n", "utf-8")
    git(repository, "add", "hall/shops.yaml")
    (repository / "note.txt").write_text("staged", "utf-8")
    git(repository, "add", "note.txt")
    ended = saved(book, "amount: 20", "amount: 35")
    assert ended.commit is not None
    assert (ended.commit.ended, ended.commit.told) == ("committed", "")
    told = git(repository, "log", "-1", "--format=%an|%s", "--name-only").split()
    assert told == ["孙编辑|hall/residence/permit:", "孙编辑", "hall/residence.yaml"]
    assert set(git(repository, "diff", "--cached", "--name-only").split()) == {
        "hall/shops.yaml",
        "note.txt",
    }


@with_git
def test_no_hook_runs(book: Guidebook, repository: Path) -> None:
    for name in ("pre-commit", "post-commit"):
        hook = repository / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n", "utf-8")
        hook.chmod(0o755)
    ended = saved(book, "amount: 20", "amount: 35")
    assert ended.commit is not None
    assert ended.commit.ended == "committed"
    assert not list(repository.rglob("ran"))


@with_git
def test_what_git_says_is_told_and_the_file_stays_saved(book: Guidebook, repository: Path) -> None:
    (repository / ".git/index.lock").touch()
    ended = saved(book, "amount: 20", "amount: 35")
    assert ended.ended == "saved"
    assert ended.commit is not None
    assert ended.commit.ended == "failed"
    assert "index.lock" in ended.commit.told
    assert "amount: 35" in permit(book).own


@with_git
def test_a_new_file_of_a_repository_is_committed_too(book: Guidebook, repository: Path) -> None:
    git(repository, "rm", "--quiet", "--cached", "hall/residence.yaml")
    git(repository, "commit", "--quiet", "-m", "without it")
    ended = saved(book, "amount: 20", "amount: 35")
    assert ended.commit is not None
    assert ended.commit.ended == "committed"


@with_git
def test_without_a_repository_the_file_is_saved(
    book: Guidebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ended = saved(book, "amount: 20", "amount: 35")
    assert ended.commit is not None
    assert ended.commit.ended == "no_repository"


def test_without_git_the_file_is_saved(
    book: Guidebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = saved(book, "amount: 20", "amount: 35")
    assert ended.commit == commits.Commit("no_git")
    assert "amount: 35" in permit(book).own
