"""A small hall for the tests of the editors' tools, and a check of it as `bot.py check` does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from desk.desk import Desk
from editing.checking import Wanted, check
from facts.guides import Guides
from ledger.memory import MemoryLedger

DAY = date(2026, 11, 26)
HALL = """\
name: 河西镇政务服务中心
phone: "0000-1"
lead_window: 1
windows:
  - number: 1
  - number: 2
    office: civil
"""
CIVIL = """\
office: 民政办
window: 2
services:
  - id: dibao
    name: 最低生活保障
    also: [低保]
    fee: free
    materials: [身份证]
    time_limit: {statutory: 20个工作日}
  - id: marriage-proof
    name: 婚姻状况证明
    fee:
      - amount: 20
    materials: [户口簿]
    time_limit: {promised: 3天}
"""
QUESTIONS = """\
- ask: [低保要带什么]
  expect: civil/dibao
- ask: [婚姻状况证明多少钱]
  expect: civil/marriage-proof
"""


def write(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """The hall in this folder, with these files (by name) instead of its own or besides."""
    hall = folder / "hexi"
    hall.mkdir(exist_ok=True)
    told = {"hall.yaml": HALL, "civil.yaml": CIVIL, "questions.yaml": QUESTIONS}
    for name, text in {**told, **(files or {})}.items():
        (hall / name).write_text(text, "utf-8")
    return hall


def desk_of(guides: Guides) -> Desk:
    """A desk that knows nothing but the guides."""
    return Desk(guides, MemoryLedger())


def checked(folder: Path, **wanted: Any) -> tuple[str, int]:
    """What a check writes, and its exit status; what goes on is shown to nobody."""
    out, err = StringIO(), StringIO()
    status = check(folder, Wanted(**wanted), DAY, desk_of, out, err)
    assert err.getvalue() == ""
    return out.getvalue(), status


def machine(folder: Path, **wanted: Any) -> dict[str, Any]:
    """What a check writes for programs."""
    told: dict[str, Any] = json.loads(checked(folder, form="json", **wanted)[0])
    return told
