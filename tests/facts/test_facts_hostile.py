"""Files that no office writes: refused in one line, quickly and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_guides import HALL, OFFICE, guides, write

from facts.guides import check_guides, read_guides
from facts.problems import report

ROOT = Path(__file__).parents[2]
MEMORY = 200_000_000
SECONDS = 5
"""Processor time, start of Python included; on an idle machine each takes well under one."""

LIMITED = f"""
import resource, sys
from pathlib import Path
from facts.guides import read_guides
from facts.problems import report
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
print("\\n".join(report(read_guides(Path(sys.argv[1])).problems, "en")))
"""


def read_within_limits(folder: Path) -> list[str]:
    """The report on a folder, read in a process of little memory and time."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(folder)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout.decode().splitlines()


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = 10_000

HOSTILE = {
    "a bomb of aliases": (BOMB, "too much content"),
    "a bomb of merge keys": (BOMB.replace("a: &a [", "a: &a [z, "), "too much content"),
    "lists 10,000 deep": ("a: " + "[" * DEEP + "]" * DEEP, "64 levels"),
    "lists 10,000 deep that never end": ("[" * DEEP, "64 levels"),
    "mappings 10,000 deep": ("{a: " * DEEP + "}" * DEEP, "64 levels"),
    "mappings as keys 10,000 deep": ("{" * DEEP + "}" * DEEP, "64 levels"),
    "questions 10,000 deep": ("? " * DEEP, "64 levels"),
    "dashes 10,000 deep": ("- " * DEEP + "a", "64 levels"),
    "indentation 3,000 deep": ("".join(" " * n + "a:\n" for n in range(3000)), "64 levels"),
    "an alias of itself": ("a: &a\n  - *a\n", "to itself"),
    "aliases as deep as they are long": (
        "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}]\n" for n in range(100)),
        "64 levels",
    ),
    "a million brackets": ("[" * 1_000_000, "64 levels"),
    "a million items": ("office: [" + "a, " * 1_000_000 + "]", "too much content"),
    "a million empty keys": ("a: {" + "b, " * 1_000_000 + "}", "too much content"),
    "a long line of colons": ("a: " + "b: " * 1_000_000, "colon"),
    "a long text": ("office: " + "很长 " * 2_200_000, None),
    "a long text of spaces": ('window: "3' + " " * 3_000_000 + '4"\noffice: 甲', None),
    "a long number": (
        "office: 甲\nservices: [{id: a, name: b, visits: " + "9" * 1_000_000 + "}]",
        None,
    ),
    "a long term": (
        "office: 甲\nservices: [{id: a, name: b, time_limit: {promised: "
        + "9" * 1_000_000
        + "天}}]",
        "is no term",
    ),
    "many unknown keys": ("".join(f"k{n}: 1\n" for n in range(100_000)), "too many problems"),
    "many comments": ("#\n" * 3_000_000, "the file is empty"),
    "Python's objects": ("office: !!python/object/apply:os.system ['true']", "not accepted"),
    "a letter that is none": ('office: "\\ud800"', "backslash"),
}


@pytest.mark.parametrize(("contents", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_little_time_and_memory(
    tmp_path: Path, contents: str, words: str | None
) -> None:
    told = read_within_limits(write(tmp_path, {"hall.yaml": HALL, "civil-affairs.yaml": contents}))
    if words is not None:
        assert any(words in line and line.startswith("civil-affairs.yaml:") for line in told)
    assert len(told) < 300


def test_a_file_of_50_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    write(tmp_path, {"hall.yaml": HALL, "civil-affairs.yaml": OFFICE})
    with (tmp_path / "big.yaml").open("wb") as big:
        big.truncate(50_000_000)
    assert read_within_limits(tmp_path) == [
        "big.yaml:1:1: error: the file has 50 MB, more than the limit of 16 MB, and was not read. "
        "Divide it by office into several files"
    ]


GBK = "office: 民政办\nphone: 1\n".encode("gbk")
BYTES = [
    ("gbk", GBK, 1, 9),
    ("utf-16", OFFICE.encode("utf-16"), 1, 1),
    ("utf-16", OFFICE.encode("utf-16-le"), 1, 1),
    ("utf-16", OFFICE.encode("utf-16-be"), 1, 1),
    ("not-text", b"office: a\n\0\0\x01PNG", 2, 1),
    ("not-text", bytes(1000), 1, 1),
    ("encoding", "office: 甲".encode() + b"\xff\xff", 1, 10),
]


@pytest.mark.parametrize(("kind", "contents", "line", "column"), BYTES)
def test_an_encoding_that_is_not_utf_8_is_named(
    tmp_path: Path, kind: str, contents: bytes, line: int, column: int
) -> None:
    problems = guides(tmp_path, civil_affairs=contents, window_office=b"").problems
    told = [(each.kind, each.line, each.column) for each in problems if "civil" in each.file]
    assert told == [(kind, line, column)]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    office = b"\xef\xbb\xbf" + OFFICE.replace("\n", "\r\n").encode()
    read = guides(tmp_path, civil_affairs=office)
    assert read.problems == ()
    assert read.halls[0].offices[0].office.say("zh") == "民政办"


def test_a_link_out_of_the_folder_is_refused_and_one_within_is_read(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"secret.yaml": OFFICE})
    hall = write(tmp_path / "hall", {"hall.yaml": HALL, "civil-affairs.yaml": OFFICE})
    (hall / "copy.yml").symlink_to(hall / "civil-affairs.yaml")
    (hall / "out.yaml").symlink_to(outside / "secret.yaml")
    (hall / "up.yaml").symlink_to("../outside/secret.yaml")
    (hall / "zero.yaml").symlink_to("/dev/zero")
    (hall / "gone.yaml").symlink_to("nowhere.yaml")
    (hall / "loop.yaml").symlink_to("loop.yaml")
    read = read_guides(hall)
    errors = [(each.file, each.kind) for each in read.problems if each.severity == "error"]
    assert errors == [
        ("gone.yaml", "unreadable"),
        ("loop.yaml", "unreadable"),
        ("out.yaml", "outside"),
        ("up.yaml", "outside"),
        ("zero.yaml", "outside"),
    ]
    assert [office.id for office in read.halls[0].offices] == ["civil-affairs", "copy"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"hall.yaml": HALL, "civil-affairs.yaml": OFFICE})
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [(each.file, each.kind) for each in read_guides(tmp_path).problems] == [
        ("pipe.yaml", "not-a-file")
    ]


def test_a_folder_that_is_reached_by_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "release", {"hall.yaml": HALL, "civil-affairs.yaml": OFFICE})
    (tmp_path / "current").symlink_to("release")
    assert read_guides(tmp_path / "current").problems == ()


RICH = """\
office: {zh: 民政办, en: Civil affairs}
window: 2
hours: [{days: Mon-Fri, open: ["08:30-12:00", "14:00-17:30"], from: 05-01, to: 09-30}]
services:
  - id: dibao
    name: 低保
    also: [吃低保, benefit]
    audience: [自然人]
    materials:
      - 身份证
      - {name: 照片, copies: 2, need: 必要, one_of: [甲, 乙], topic: civil-affairs/dibao}
    time_limit: {法定: 20个工作日, promised: 5 working days}
    fee: [{amount: 20, for: 工本费}]
    alert: {text: 甲, from: 2026-01-01, until: 2026-12-31}
    cases: [{id: new, name: 新办, add_materials: [申请表]}]
    faq: [{ask: 要预约吗, answer: "不用: 直接来"}]
    changes: {2027-01-01: {fee: free}}
    &x joint: *x
"""
SCRAPS = st.sampled_from(
    [
        b"\0",
        b"\xff",
        b"\t",
        b"\n",
        b"\r",
        b": ",
        b":",
        b"- ",
        b"-",
        b"{",
        b"}",
        b"[",
        b"]",
        b"'",
        b'"',
    ]
    + [b"&a ", b"*a", b"!x ", b"<<: ", b"? ", b"%", b"|\n", b"#", b",", b"...", b"---\n", b"\xe4"]
    + [text.encode() for text in ("：", "材料", "zh: ", "id: ", "\u2028", "\x85", "9" * 50, "null")]
)
EDITS = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 12), SCRAPS), max_size=6)


def edited(contents: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with some taken out and scraps put in their place."""
    for position, gone, scrap in edits:
        start = position % (len(contents) + 1)
        contents = contents[:start] + scrap + contents[start + gone :]
    return contents


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hall=EDITS, office=EDITS, journeys=EDITS, noise=st.binary(max_size=60))
def test_no_file_however_damaged_stops_the_reader(
    tmp_path: Path,
    hall: list[tuple[int, int, bytes]],
    office: list[tuple[int, int, bytes]],
    journeys: list[tuple[int, int, bytes]],
    noise: bytes,
) -> None:
    steps = b"- {id: a, name: b, lead: 2, steps: [{topic: civil-affairs/dibao, note: c}]}\n"
    files: dict[str, str | bytes] = {
        "hall.yaml": edited(HALL.encode(), hall),
        "civil-affairs.yaml": edited(RICH.encode(), office),
        "journeys.yaml": edited(steps, journeys),
        "elsewhere.yaml": noise,
        "questions.yaml": edited(b"- {ask: [a, b], expect: journeys/a, about: fee}\n", journeys),
    }
    problems = check_guides(write(tmp_path, files)).problems
    for language in ("zh", "en"):
        assert len(report(problems, language)) == len(problems)
    for problem in problems:
        contents = files[problem.file]
        assert 1 <= problem.line <= len(contents) + 1
        assert problem.column >= 1
