"""The report of a check: the line quoted, errors before warnings, and forms for programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from edited_hall import CIVIL, HALL, checked, machine, write

from editing.quoting import WIDEST, Quotes
from facts.problems import Problem

FAULTY = CIVIL.replace("    fee: free\n", "    fees: 免费\n")


def test_the_line_of_a_fault_is_quoted_with_the_place_marked(tmp_path: Path) -> None:
    told, status = checked(write(tmp_path, {"civil.yaml": FAULTY}), fast=True)
    lines = told.splitlines()
    assert lines[:3] == [
        "civil.yaml:7:5: error: there is no key `fees`. Did you mean `fee`?",
        "  7 |     fees: 免费",
        "    |     ^",
    ]
    assert status == 1


@pytest.mark.parametrize(
    ("row", "column", "mark"),
    [
        ("fee: x", 1, "^"),
        ("收费: x", 5, " " * 6 + "^"),
        ("收费: 免费", 5, " " * 6 + "^^"),
        ("ｆｅｅ: x", 6, " " * 8 + "^"),
        ("\tfee: x", 2, "\t^"),
        ("cafe\u0301: 证", 8, " " * 6 + "^^"),
        ("fee:", 5, " " * 4 + "^"),
        ("fee:", 90, " " * 4 + "^"),
    ],
)
def test_the_mark_stands_under_the_place_however_wide_the_signs_are(
    tmp_path: Path, row: str, column: int, mark: str
) -> None:
    (tmp_path / "a.yaml").write_text(f"\n{row}\n", "utf-8")
    quoted = Quotes(tmp_path.resolve()).quote(Problem("a.yaml", 2, column, "empty-item"))
    assert quoted == [f"  2 | {row}", f"    | {mark}"]


def test_of_a_very_long_line_the_part_around_the_place_is_quoted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("证" * 5000 + "▲" + "件" * 5000, "utf-8")
    line, mark = Quotes(tmp_path.resolve()).quote(Problem("a.yaml", 1, 5001, "empty-item"))
    assert len(line) <= WIDEST + 10
    assert line.startswith("  1 | …证")
    assert line.endswith("件…")
    before = line[: line.index("▲")]
    assert mark.index("^") == sum(2 if each in "证件" else 1 for each in before)


@pytest.mark.parametrize("contents", [b"\xff\xfea\0", "单位: 甲".encode("gbk"), b"a\0b", b""])
def test_of_a_file_that_is_no_text_nothing_is_quoted(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(contents)
    quotes = Quotes(tmp_path.resolve())
    assert quotes.quote(Problem("a.yaml", 1, 1, "gbk")) == []
    assert quotes.quote(Problem("gone.yaml", 1, 1, "unreadable")) == []


def test_errors_are_told_before_warnings_and_both_are_counted(tmp_path: Path) -> None:
    broken = FAULTY + "  - id: b\n    name: 乙\n    proxy: 不清楚\n"
    told, _ = checked(write(tmp_path, {"civil.yaml": broken}), fast=True)
    kinds = re.findall(r"^\S+: (error|warning): ", told, re.MULTILINE)
    assert kinds == sorted(kinds)
    assert {"error", "warning"} == set(kinds)
    errors, warnings = kinds.count("error"), kinds.count("warning")
    assert f"\nErrors: {errors}, warnings: {warnings}.\n" in told


def test_in_chinese_all_of_it_is_chinese(tmp_path: Path) -> None:
    told, _ = checked(write(tmp_path, {"civil.yaml": FAULTY}), language="zh")
    assert "civil.yaml:7:5: 错误: " in told
    assert "\n错误 1 处，提醒 1 处。\n" in told
    assert "问题共 2 条：答对 2，" in told
    assert not re.search(r"\b(?:error|warning|Questions)\b", told)


def test_for_programs_every_fault_is_an_object(tmp_path: Path) -> None:
    told = machine(write(tmp_path, {"civil.yaml": FAULTY}), fast=True)
    [error] = [each for each in told["problems"] if each["severity"] == "error"]
    assert (told["errors"], told["warnings"]) == (1, 1)
    assert error == {
        "file": "civil.yaml",
        "line": 7,
        "column": 5,
        "severity": "error",
        "kind": "unknown-key",
        "what": "there is no key `fees`",
        "remedy": "Did you mean `fee`?",
    }


def test_for_github_every_fault_is_an_annotation_of_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"civil.yaml": FAULTY + "    proxy: 100% 不清楚\n"})
    monkeypatch.chdir(tmp_path)
    told, status = checked(Path("hexi"), form="github", fast=True)
    assert told.splitlines()[0] == (
        "::error file=hexi/civil.yaml,line=7,col=5,title=unknown-key::"
        "there is no key `fees`%0ADid you mean `fee`?"
    )
    assert "::warning file=hexi/civil.yaml,line=16,col=12,title=forbidden-phrase::" in told
    assert status == 1


STATUS = [
    ({}, 0),
    ({"civil.yaml": CIVIL.replace("    fee: free\n", "")}, 0),
    ({"civil.yaml": FAULTY}, 1),
    ({"hall.yaml": ""}, 1),
    ({"hall.yaml": HALL + "lead_windows: 1\n"}, 1),
]


@pytest.mark.parametrize(("files", "status"), STATUS)
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_the_exit_status_is_that_of_errors_alone(
    tmp_path: Path, files: dict[str, str], status: int, form: str
) -> None:
    assert checked(write(tmp_path, files), form=form, fast=True)[1] == status


@pytest.mark.parametrize("name", ["absent", "file.yaml"])
def test_where_there_is_no_folder_nothing_can_be_run(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.yaml").write_text("name: 甲\n", "utf-8")
    told, status = checked(tmp_path / name)
    assert f"{name}:1:1: error: " in told
    assert status == 2


def test_guides_in_which_all_is_told_have_no_faults(tmp_path: Path) -> None:
    told, status = checked(write(tmp_path))
    assert told.splitlines()[0] == "No faults found."
    assert status == 0
