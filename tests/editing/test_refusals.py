"""What a command cannot do it says in one line of the clerk's language, and changes nothing."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from edited_hall import CIVIL, HALL, write

from bot import main

ROOT = Path(__file__).parents[2]
LIST = "事项名称,收费\n低保,免费\n"
AS_ROOT = os.geteuid() == 0
IN_FULL = 40
"""Bytes that a file may have on the full disk of these tests."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a hall, a list, a file, an empty folder and an older export."""
    (write(tmp_path) / "questions.yaml").unlink()
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    (tmp_path / "file.txt").write_text("x", "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "old.xlsx").write_text("as it was", "utf-8")
    (tmp_path / "empty.tsv").write_text("\n", "utf-8")
    (tmp_path / "empty.yaml").write_text("[]\n", "utf-8")
    (tmp_path / "hexi" / ".accepted.yaml").write_text("facts: {}\n", "utf-8")
    return tmp_path


def settings(home: Path, language: str = "en") -> Mapping[str, str]:
    """The environment of a command of this language, with all it keeps in this folder."""
    return {
        "ENCODER": "none",
        "DATABASE_URL": f"sqlite:///{home / 'data' / 'ledger.db'}",
        "USERS_FILE": str(home / "users.yaml"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "zh_CN.UTF-8" if language == "zh" else "C.UTF-8",
    }


def bot(home: Path, line: str, most: int | None = None) -> subprocess.CompletedProcess[str]:
    """What the program says to a line of arguments; no file may have more than `most` bytes."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-B", str(ROOT / "bot.py"), *line.split()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        cwd=home,
        env={**os.environ, **settings(home)},
        preexec_fn=limit,
        timeout=120,
        check=False,
    )


def everything(home: Path) -> Mapping[str, bytes | None]:
    """Every file and folder with what stands in it, but for what the ledger and caches keep."""
    return {
        str(each.relative_to(home)): each.read_bytes() if each.is_file() else None
        for each in sorted(home.rglob("*"))
        if each.relative_to(home).parts[0] not in ("cache", "data")
    }


REFUSED = [
    ("new hall x --guides file.txt", "file.txt/x/hall.yaml cannot be written: something else of",
     "file.txt/x/hall.yaml 写不进去：已有同名"),
    ("new office civil --guides hexi", "civil.yaml is there already", "civil.yaml 已经有了"),
    ("new hall x --guides /proc", "/proc/x/hall.yaml cannot be written: there is no such file",
     "/proc/x/hall.yaml 写不进去：没有这个文件或文件夹"),
    ("schema --out file.txt", "file.txt/hall.schema.json cannot be written", "写不进去"),
    ("import absent.xlsx --guides hexi", "absent.xlsx: cannot be opened (there is no such file",
     "absent.xlsx: 打不开（没有这个文件或文件夹）"),
    ("import empty --guides hexi", "empty: cannot be opened (it is a folder)", "（这是文件夹）"),
    ("import list.csv --guides file.txt", "file.txt/hall.yaml cannot be written", "写不进去"),
    ("import list.csv --guides hexi --hall other", "Leave out --hall", "--hall"),
    ("export --guides empty --format rdf", "the guides in empty cannot be read", "empty 里的指南"),
    ("export --guides hexi --format xlsx --out old.xlsx", "is there already", "已经存在"),
    ("export --guides hexi --format html --out file.txt", "file.txt/index.html", "写不进去"),
    ("export --guides hexi --format xlsx --out empty.yaml/a.xlsx", "cannot be written", "写不进去"),
    ("export --guides hexi --format rdf --link hall", "“hall” is no address", "“hall”不是网址"),
    ("export --guides hexi --format rdf --link javascript:alert(1)", "no address", "不是网址"),
    ("report --guides hexi --month 2026-13", "“2026-13” is no month: write it as 2026-11",
     "“2026-13”不是月份"),
    ("report --guides empty --month 2026-11", "There is no hall in empty", "empty 里没有大厅"),
    ("report --guides hexi --month 2026-11 --out file.txt", "file.txt/report.html", "写不进去"),
    ("review --guides empty", "There is no hall in empty", "empty 里没有大厅"),
    ("review --guides hexi --send", "--send goes with --digest", "--send 要和 --digest"),
    ("register --guides empty", "There is no hall in empty", "empty 里没有大厅"),
    ("evaluate absent.tsv --guides hexi", "absent.tsv cannot be read: there is no such file",
     "absent.tsv 读不出来：没有这个文件"),
    ("evaluate empty --guides hexi", "empty cannot be read: it is a folder", "这是文件夹"),
    ("evaluate empty.tsv --guides hexi", "There are no questions in empty.tsv", "没有问题"),
    ("evaluate empty.yaml --guides hexi", "There are no questions in empty.yaml", "没有问题"),
    ("evaluate absent.yaml --guides hexi", "absent.yaml:1:1: error: ", "absent.yaml:1:1: 错误: "),
    ("why 低保 --guides empty", "empty:1:1: error: ", "empty:1:1: 错误: "),
    ("ask 低保 --guides absent", "absent:1:1: error: ", "absent:1:1: 错误: "),
    ("desk --guides absent", "absent:1:1: error: ", "absent:1:1: 错误: "),
    ("user add a --role head --guides empty", "There is no hall in empty", "empty 里没有大厅"),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("line", "english", "chinese"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_done_is_told_in_one_line_and_changes_nothing(
    home: Path,
    line: str,
    english: str,
    chinese: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = everything(home)
    monkeypatch.chdir(home)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))
    with pytest.raises(SystemExit) as ended:  # as Python does with the status at the very end
        sys.exit(main(line.split(), settings(home, language)))
    out, err = capsys.readouterr()
    if isinstance(ended.value.code, str):
        err += f"{ended.value.code}\n"
    assert (bool(ended.value.code), out) == (True, "")
    [told] = err.splitlines()
    assert (english if language == "en" else chinese) in told
    assert "Errno" not in told
    assert everything(home) == before


FULL = [
    "new hall other --guides hexi",
    "new office other --guides hexi",
    "new service civil/other --guides hexi",
    "schema --out schemas",
    "import list.csv --guides other",
    "import list.csv --guides hexi --office civil --force",
    "export --guides hexi --format xlsx --out old.xlsx --force",
    "export --guides hexi --format html --out pages",
    "export --guides hexi --format rdf --out new.ttl",
]


@pytest.mark.parametrize("line", FULL)
def test_on_a_full_disk_everything_stays_as_it_was(home: Path, line: str) -> None:
    before = everything(home)
    ended = bot(home, line, most=IN_FULL)
    assert ended.returncode == 1
    assert "the disk is full. Nothing was changed." in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert everything(home) == before
    assert bot(home, line).returncode == 0
    assert everything(home) != before


def test_what_cannot_be_accepted_on_a_full_disk_is_told_and_the_accepted_state_stays(
    home: Path,
) -> None:
    before = everything(home)
    ended = bot(home, "check hexi --fast --accept", most=IN_FULL)
    last = f"{home / 'hexi' / '.accepted.yaml'} cannot be written: the disk is full."
    assert ended.stdout.splitlines()[-1].endswith(f"{last.rpartition('/')[2]} Nothing was changed.")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert everything(home) == before


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
@pytest.mark.parametrize("line", FULL[1:3])
def test_without_the_right_to_write_everything_stays_as_it_was(home: Path, line: str) -> None:
    for each in (home / "hexi" / "civil.yaml", home / "hexi"):
        each.chmod(0o555)
    ended = bot(home, line)
    (home / "hexi").chmod(0o755)
    assert "you may not do that there" in ended.stderr
    assert (home / "hexi" / "civil.yaml").read_text("utf-8") == CIVIL


def test_a_file_that_is_replaced_keeps_its_rights_and_a_link_stays_a_link(home: Path) -> None:
    shutil.move(home / "hexi" / "civil.yaml", home / "elsewhere.yaml")
    (home / "elsewhere.yaml").chmod(0o640)
    hexi = home / "hexi"
    (hexi / "civil.yaml").symlink_to(hexi / "real.yaml")
    shutil.move(home / "elsewhere.yaml", hexi / "real.yaml")
    assert bot(home, "new service civil/other --guides hexi").returncode == 0
    assert (hexi / "civil.yaml").is_symlink()
    assert "id: other" in (hexi / "real.yaml").read_text("utf-8")
    assert (hexi / "real.yaml").stat().st_mode & 0o777 == 0o640
    assert (hexi / "hall.yaml").read_text("utf-8") == HALL
