"""What a ledger in a database does when it is opened again, shared, or in trouble."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import pytest
from ledger_samples import ENTRY, NOON, RECEIPT, entries_in

from ledger.database import PATH, DatabaseLedger, file_url
from ledger.records import Entry, LedgerError, Receipt
from ledger.tables import receipts, turns

pytest_plugins = ["ledger_fixtures"]
ROOT = Path(__file__).parents[2]
Open = Callable[[Path], DatabaseLedger]


@pytest.fixture
def open_ledger() -> Iterator[Open]:
    """Opens ledgers that do not wait for others, and closes them in the end."""
    opened: list[DatabaseLedger] = []

    def open_one(path: Path) -> DatabaseLedger:
        opened.append(DatabaseLedger.open(file_url(path), patience=0))
        return opened[-1]

    yield open_one
    for ledger in opened:
        ledger.close()


@pytest.fixture
def python(path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts other processes of this program, each with an open `ledger`."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str) -> subprocess.Popen[str]:
        opening = (
            "import sys; sys.path[:0] = ['.', 'tests/ledger']\n"
            "from dataclasses import replace\n"
            "from ledger_samples import *\n"
            "from ledger.database import *\n"
            f"ledger = DatabaseLedger.open({file_url(path)!r}, patience=60)\n"
        )
        command = [sys.executable, "-W", "error", "-c", opening + code]
        process = subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for the end of a process, and show what went wrong in it."""
    errors = process.communicate(timeout=120)[1]
    assert (process.returncode, errors) == (0, "")


def one_line(error: pytest.ExceptionInfo[LedgerError]) -> str:
    text = str(error.value)
    assert text
    assert "\n" not in text
    assert "sqlalche.me" not in text
    return text


def sql(path: Path, command: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(command).fetchall()
    connection.commit()
    connection.close()
    return rows


def test_the_ledger_is_in_the_data_folder_when_nobody_says_otherwise() -> None:
    assert file_url() == f"sqlite:///{PATH}"
    assert PATH.as_posix() == "data/shouwen.db"


@pytest.mark.parametrize("name", ["plain", "with space", "办事大厅", "a%20b", "a?b=c#d", "a&b;c"])
def test_the_folder_is_made_whatever_its_name(tmp_path: Path, open_ledger: Open, name: str) -> None:
    path = tmp_path / name / "deeper" / "shouwen.db"
    open_ledger(path).record(ENTRY)
    assert path.is_file()


def test_a_ledger_opened_again_holds_everything(path: Path, open_ledger: Open) -> None:
    first = open_ledger(path)
    first.take_down(RECEIPT)
    first.record(ENTRY)
    first.keep("s1", {"topic": "a"}, NOON)
    first.close()
    second = open_ledger(path)
    assert entries_in(path) == [ENTRY]
    assert second.receipt(RECEIPT.number) == RECEIPT
    assert second.conversation("s1") == {"topic": "a"}


def test_what_is_written_is_safe_when_the_process_dies(
    path: Path, python: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = python("ledger.take_down(RECEIPT); ledger.record(ENTRY); import os; os._exit(0)")
    finish(process)
    assert entries_in(path) == [ENTRY]


@pytest.mark.parametrize(("record", "table"), [(Entry, turns), (Receipt, receipts)], ids=str)
def test_every_field_has_its_column(record: type, table: object) -> None:
    assert isinstance(table, type(turns))
    assert {field.name for field in fields(record)} == {column.name for column in table.c} - {"id"}


@pytest.mark.parametrize("index", ["turns_by_at", "receipts_by_state_and_due"])
def test_reports_find_an_index(path: Path, open_ledger: Open, index: str) -> None:
    open_ledger(path)
    names = sql(path, "SELECT name FROM sqlite_master WHERE type = 'index'")
    assert (index,) in names


def test_the_file_is_in_wal_mode(path: Path, open_ledger: Open) -> None:
    open_ledger(path)
    assert sql(path, "PRAGMA journal_mode") == [("wal",)]


def test_times_are_kept_in_utc(path: Path, open_ledger: Open) -> None:
    late = datetime.fromisoformat("2026-11-24T01:30:00+08:00")
    open_ledger(path).record(replace(ENTRY, at=late))
    assert sql(path, "SELECT at FROM turns") == [("2026-11-23 17:30:00.000000",)]


def test_a_time_without_zone_is_refused(path: Path, open_ledger: Open) -> None:
    ledger = open_ledger(path)
    with pytest.raises(LedgerError, match="without zone") as error:
        ledger.record(replace(ENTRY, at=NOON.replace(tzinfo=None)))
    one_line(error)
    assert entries_in(path) == []


@pytest.mark.parametrize("odd", ["\ud800", "a\0b", "好\udcff"], ids=ascii)
def test_text_that_is_no_text_is_written_with_a_question_mark(
    path: Path, open_ledger: Open, odd: str
) -> None:
    ledger = open_ledger(path)
    ledger.record(replace(ENTRY, text=odd, session=odd))
    ledger.keep(odd, {"text": odd}, NOON)
    assert "?" in entries_in(path)[0].text
    assert ledger.conversation(odd) is not None


def test_a_conversation_that_is_not_json_is_refused(path: Path, open_ledger: Open) -> None:
    ledger = open_ledger(path)
    with pytest.raises(LedgerError) as error:
        ledger.keep("s1", {"at": NOON}, NOON)
    one_line(error)


def test_many_threads_write_and_read_at_once(path: Path) -> None:
    ledger = DatabaseLedger.open(file_url(path), patience=60)

    def talk(session: str) -> None:
        for turn in range(20):
            ledger.record(replace(ENTRY, session=session, text=str(turn)))
            ledger.keep(session, {"turn": turn}, NOON)
            assert ledger.conversation(session) == {"turn": turn}

    sessions = [f"s{number}" for number in range(20)]
    with ThreadPoolExecutor(len(sessions)) as pool:
        list(pool.map(talk, sessions))
    ledger.close()
    written = entries_in(path)
    for session in sessions:
        texts = [entry.text for entry in written if entry.session == session]
        assert texts == [str(turn) for turn in range(20)]


def test_two_processes_make_and_write_one_file(
    path: Path, python: Callable[[str], subprocess.Popen[str]]
) -> None:
    processes = [
        python(
            "for number in range(100):\n"
            f"    ledger.take_down(replace(RECEIPT, number=f'{name}{{number}}'))\n"
            f"    ledger.record(replace(ENTRY, session='{name}'))\n"
            f"    ledger.keep('both', {{'last': '{name}'}}, NOON)\n"
            "ledger.close()\n"
        )
        for name in ("a", "b")
    ]
    for process in processes:
        finish(process)
    sessions = [entry.session for entry in entries_in(path)]
    assert (sessions.count("a"), sessions.count("b")) == (100, 100)
    assert sql(path, "SELECT count(*) FROM receipts") == [(200,)]
    assert sql(path, "SELECT count(*) FROM conversations") == [(1,)]
    assert sql(path, "SELECT count(*) FROM alembic_version") == [(1,)]


def test_another_ledger_sees_a_receipt_at_once(path: Path, open_ledger: Open) -> None:
    bot, office = open_ledger(path), open_ledger(path)
    bot.take_down(RECEIPT)
    assert office.receipt(RECEIPT.number) == RECEIPT


def test_a_locked_file_is_an_error_until_it_is_free_again(path: Path, open_ledger: Open) -> None:
    ledger = open_ledger(path)
    ledger.take_down(RECEIPT)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LedgerError, match="locked") as error:
        ledger.record(ENTRY)
    assert str(path) in one_line(error)
    assert ledger.receipt(RECEIPT.number) == RECEIPT
    other.execute("ROLLBACK")
    other.close()
    ledger.record(ENTRY)
    assert entries_in(path) == [ENTRY]


def test_a_lost_folder_is_an_error_until_it_is_back(path: Path, open_ledger: Open) -> None:
    ledger = open_ledger(path)
    ledger.record(ENTRY)
    away = path.parent.rename(path.parent.with_name("away"))
    path.parent.write_text("a file where the folder was")
    for _ in range(2):
        with pytest.raises(LedgerError) as error:
            ledger.record(ENTRY)
        assert str(path) in one_line(error)
    path.parent.unlink()
    away.rename(path.parent)
    ledger.record(ENTRY)
    assert entries_in(path) == [ENTRY, ENTRY]


def test_after_the_folder_is_removed_the_next_turn_starts_a_new_file(
    path: Path, open_ledger: Open
) -> None:
    ledger = open_ledger(path)
    ledger.record(ENTRY)
    shutil.rmtree(path.parent)
    ledger.record(replace(ENTRY, text="new"))
    assert [entry.text for entry in entries_in(path)] == ["new"]


def test_a_file_put_back_from_a_copy_is_used_at_once(path: Path, open_ledger: Open) -> None:
    copy = path.with_name("copy.db")
    saved = open_ledger(copy)
    saved.take_down(RECEIPT)
    saved.close()
    ledger = open_ledger(path)
    assert ledger.receipt(RECEIPT.number) is None
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink()
    copy.replace(path)
    assert ledger.receipt(RECEIPT.number) == RECEIPT


@pytest.mark.skipif(sys.platform != "linux", reason="limits a file's size, to fill the disk")
def test_a_full_disk_is_an_error_until_there_is_room(
    path: Path, python: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = python(
        "import resource\n"
        "from ledger.records import LedgerError\n"
        "ledger.record(ENTRY)\n"
        "hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))\n"
        "for _ in range(2):\n"
        "    try:\n"
        "        ledger.record(replace(ENTRY, text='x' * 20_000))\n"
        "    except LedgerError as error:\n"
        "        assert str(error).count('\\n') == 0, error\n"
        "    else:\n"
        "        raise AssertionError('there was room')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))\n"
        "ledger.record(ENTRY)\n"
        "ledger.close()\n"
    )
    finish(process)
    assert entries_in(path) == [ENTRY, ENTRY]


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder nobody may write to; root, who may everywhere, is somebody else meanwhile."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    if user == 0:
        os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="sets a folder's mode")
@pytest.mark.parametrize("name", ["shouwen.db", "data/shouwen.db"])
def test_a_folder_that_cannot_be_written_to_is_an_error(read_only_folder: Path, name: str) -> None:
    with pytest.raises(LedgerError) as error:
        DatabaseLedger.open(file_url(read_only_folder / name))
    assert str(read_only_folder / name) in one_line(error)


def test_a_file_that_is_no_database_is_an_error_and_stays_as_it_is(
    path: Path, open_ledger: Open
) -> None:
    path.parent.mkdir()
    path.write_text("社保卡丢了怎么办" * 100)
    with pytest.raises(LedgerError, match="not a database") as error:
        open_ledger(path)
    one_line(error)
    assert path.read_text() == "社保卡丢了怎么办" * 100


@pytest.mark.parametrize(
    "url", ["", "data/shouwen.db", "mysql://hall/ledger", "postgresql+none://hall/ledger"]
)
def test_an_address_that_leads_nowhere_is_an_error(url: str) -> None:
    with pytest.raises(LedgerError) as error:
        DatabaseLedger.open(url)
    one_line(error)


def test_an_error_does_not_tell_the_password() -> None:
    with pytest.raises(LedgerError) as error:
        DatabaseLedger.open("mysql://clerk:sesame@hall")
    assert "sesame" not in one_line(error)


def test_a_ledger_of_a_newer_program_is_refused_and_stays_as_it_is(
    path: Path, open_ledger: Open
) -> None:
    open_ledger(path).close()
    sql(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="newer") as error:
        open_ledger(path)
    assert str(path) in one_line(error)
    assert sql(path, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_ledger_whose_making_was_cut_short_is_finished(path: Path, open_ledger: Open) -> None:
    open_ledger(path).close()
    sql(path, "DELETE FROM alembic_version")
    sql(path, "DROP TABLE turns")
    open_ledger(path).record(ENTRY)
    assert entries_in(path) == [ENTRY]


def test_a_ledger_in_memory_serves_a_trial() -> None:
    ledger = DatabaseLedger.open("sqlite://")
    ledger.take_down(RECEIPT)
    assert ledger.receipt(RECEIPT.number) == RECEIPT
    ledger.close()
