"""`report` and `review` as editors start them: processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from editing_hall import asked_in_vain, url_of, written

ROOT = Path(__file__).parents[2]


def bot(home: Path, *arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """What the program says to these arguments, on the hall in this folder."""
    own = {
        "ENCODER": "none",
        "DATABASE_URL": url_of(home),
        "GUIDES": str(home / "hedong"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=home,
        env={**os.environ, **own},
        timeout=120,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    written(tmp_path)
    asked_in_vain(tmp_path, datetime.now(UTC) - timedelta(days=1)).close()
    return tmp_path


def test_report_writes_a_page_a_book_and_a_file_for_each_table(home: Path) -> None:
    ended = bot(home, "report", "--month", "2026-11", "--lang", "zh")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "report-2026-11/report.html" in ended.stdout
    names = {each.name for each in (home / "report-2026-11").iterdir()}
    assert {"report.html", "figures.xlsx", "windows.csv", "vain.csv"} <= names


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--month", "november"], "“november” is no month: write it as 2026-11.\n"),
        (["--month", "2026-11", "--out", "hedong/hall.yaml"], "hall.yaml"),
        (["--guides", "nowhere"], "nowhere"),
    ],
)
def test_report_says_in_one_line_what_it_cannot_do(
    home: Path, arguments: list[str], told: str
) -> None:
    ended = bot(home, "report", *arguments)
    assert ended.returncode == 1
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr


def test_review_writes_what_is_typed_and_ends_with_the_input(home: Path) -> None:
    typed = "hmm\n1\nwelfare/allowance\n房产过户\n是\n"
    ended = bot(home, "review", "--lang", "zh", typed=typed)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "写进了 welfare.yaml" in ended.stdout
    assert "      - 房产过户\n" in (home / "hedong" / "welfare.yaml").read_text("utf-8")


def test_the_digest_is_printed(home: Path) -> None:
    ended = bot(home, "review", "--digest", "--lang", "en")
    assert ended.returncode == 0
    assert "Hedong Service Hall" in ended.stdout
    assert "房子产权怎么过户" in ended.stdout
