"""A topic's own lines are found in whatever style a file is written, and exchanged to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from editing.opened import MARK, Opened
from editing.passages import every, find

BLOCK = """\
# the office
office: 居住服务所
services:

  # the first
  - id: one
    name: 一
    # of one
    fee: free

  # the second
  - name: 二
    标识: two   # by its Chinese key
    summary: |
      - id: three
        # no topic, but text

window: 2
"""


def own(text: str, topic: str, name: str = "office") -> str | None:
    found = find(text, name, topic)
    return text[found.start : found.end] if found else None


def test_a_topic_has_its_lines_and_no_others() -> None:
    assert own(BLOCK, "one") == "  - id: one\n    name: 一\n    # of one\n    fee: free\n"
    two = own(BLOCK, "two") or ""
    assert two.startswith("  - name: 二\n")
    assert two.endswith("# no topic, but text\n")
    assert own(BLOCK, "three") is None


@pytest.mark.parametrize(
    ("name", "text", "topic", "lines"),
    [
        ("elsewhere", "- id: a\n  name: A\n- id: b\n  name: B", "b", "- id: b\n  name: B"),
        ("journeys", "-\n  id: a\n  name: A\n-\n  id: b\n  name: B\n", "a",
         "-\n  id: a\n  name: A\n"),
        ("office", "services:\n- id: a\n  name: A\n...\n", "a", "- id: a\n  name: A\n"),
        ("office", "事项:\n- 标识: a\n  名称: 甲\n办理窗口: 2\n", "a", "- 标识: a\n  名称: 甲\n"),
        ("office", "services:\r\n- id: a\r\n  name: A\r\n", "a", "- id: a\r\n  name: A\r\n"),
        ("office", "services:\n- &x\n  id: a\n  name: A\n", "a", "- &x\n  id: a\n  name: A\n"),
        ("office", "services:\n- id: a\n  name: 'x\u2028y'\n- id: b\n  name: B\n", "b",
         "- id: b\n  name: B\n"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_list_is_read(name: str, text: str, topic: str, lines: str) -> None:
    assert own(text, topic, name) == lines


@pytest.mark.parametrize(
    "text",
    [
        "services: [{id: a, name: A}, {id: b, name: B}]",
        "services:\n- &a {id: a, name: A}\n- *a\n",
        "services: nothing",
        "office: [",
        "",
    ],
)
def test_where_lines_are_shared_there_are_none(text: str) -> None:
    assert every(text, "office") == {}


def opened(folder: Path, contents: bytes, topic: str | None = "one") -> Opened:
    file = folder / "office.yaml"
    file.write_bytes(contents)
    return Opened.of("hall", topic, file, folder)


@pytest.mark.parametrize("mark", [b"", MARK], ids=["bare", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_every_other_byte_stays(tmp_path: Path, mark: bytes, end: str) -> None:
    contents = mark + BLOCK.replace("\n", end).encode()
    was = opened(tmp_path, contents)
    assert was.exchanged(was.own).contents == contents
    changed = was.exchanged(was.own.replace("fee: free", "fee:\r\n      - amount: 5"))
    assert changed.contents == contents.replace(
        b"fee: free", f"fee:{end}      - amount: 5".encode(), 1
    )


def test_lines_that_stay_keep_their_own_ends(tmp_path: Path) -> None:
    contents = b"services:\n- id: one\r\n  name: A\n  fee: free\r\n- id: two\n  name: B\n"
    was = opened(tmp_path, contents)
    made = was.exchanged(was.own.replace("name: A", "name: C"))
    assert made.contents == contents.replace(b"name: A", b"name: C")


def test_what_is_written_ends_its_last_line_before_what_follows(tmp_path: Path) -> None:
    was = opened(tmp_path, BLOCK.encode())
    made = was.exchanged("  - id: one\n    name: 甲")
    assert "name: 甲\n\n  # the second\n" in made.contents.decode()


def test_without_a_topic_the_whole_file_is_open(tmp_path: Path) -> None:
    was = opened(tmp_path, BLOCK.encode(), None)
    assert was.whole
    assert was.own == BLOCK
    assert was.exchanged("office: 新\n").contents == "office: 新\n".encode()
