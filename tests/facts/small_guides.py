"""Small guides for the tests of the reader: written to a folder, or read from a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from facts.guides import Guides, check_guides
from facts.model import Text
from facts.nodes import compose
from facts.problems import Problem
from facts.reader import read_record
from facts.sheet import Sheet, Spots

HALL = """\
name: 河东镇政务服务中心
phone: "0000-1"
lead_window: 1
windows:
  - number: 1
    name: 综合窗口
  - number: 2
    office: civil-affairs
"""
OFFICE = """\
office: 民政办
window: 2
services:
  - id: dibao
    name: 低保
    fee: free
    materials: [身份证]
    time_limit: {statutory: 20个工作日}
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A hall's folder with these files in it."""
    for name, contents in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    return folder


def guides(folder: Path, **files: str | bytes) -> Guides:
    """The guides of a hall with these files (by name without ending) beside or instead of ours."""
    named = {"hall": HALL, "civil_affairs": OFFICE, **files}
    return check_guides(
        write(folder, {f"{name.replace('_', '-')}.yaml": told for name, told in named.items()})
    )


def read(owner: type, text: str, folder: Path = Path()) -> tuple[Any, list[Problem]]:
    """The facts of one class in a few lines, and what is wrong in them."""
    sheet = Sheet("here.yaml", folder, ("zh", "en"), Spots())
    node = compose(text)
    assert node is not None
    return read_record(sheet, node, owner, **_filled(owner)), sheet.problems


def _filled(owner: type) -> dict[str, Any]:
    return {"id": "here"} if owner.__name__ in {"Hall", "Office"} else {}


def zh(words: str) -> Text:
    """A text in the hall's first language."""
    return Text({"zh": words})


def both(chinese: str, english: str) -> Text:
    """A text in two languages."""
    return Text({"zh": chinese, "en": english})
