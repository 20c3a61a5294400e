"""However guides are damaged, check ends soon and tells it in words.

`DAMAGED_GUIDES` sets how many are tried (140 where it is not set), `DAMAGED_SEED` which.
"""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path
from time import process_time

import damaged
from edited_hall import CIVIL, DAY, HALL, QUESTIONS, desk_of, write

from editing.checking import Wanted, check
from editing.formats import FORMATS, TEXTS

COUNT = int(os.environ.get("DAMAGED_GUIDES", "140"))
SEED = int(os.environ.get("DAMAGED_SEED", "1"))
SECONDS = 2
"""Processor time that one check may take."""
ENGINE = 10
"""Every so many of them are put to the engine too."""

CANNOT_RUN = TEXTS.say("cannot_run", "zh", reason="-").partition("（")[0]

RICH = """\
office: {zh: 村务办, en: Village office}
window: 2
hours: [{days: Mon-Fri, open: ["08:30-12:00", "14:00-17:30"], from: 05-01, to: 09-30}]
services:
  - id: proof
    name: 居住证明
    also: [住址证明, proof of address]
    audience: [自然人]
    materials:
      - 身份证
      - {name: 照片, copies: 2, need: 必要, one_of: [甲, 乙], topic: civil/dibao}
    time_limit: {法定: 20个工作日, promised: 5 working days}
    fee: [{amount: 20, for: 工本费}]
    alert: {text: 检修, from: 2026-01-01, until: 2026-12-31}
    cases: [{id: new, name: 新办, add_materials: [申请表]}]
    faq: [{ask: 要预约吗, answer: "不用: 直接来"}]
    changes: {2027-01-01: {fee: free}}
    matter: none
    verified_on: 2026-11-01
    review_by: 2027-05-01
"""
ELSEWHERE = """\
- id: passport
  name: 护照
  authority: 县公安局
  bring: [身份证]
  hours: Mon-Fri 08:30-17:00
"""
JOURNEYS = """\
- id: moving
  name: 搬家
  lead: 2
  steps:
    - {topic: civil/dibao, note: 先办}
    - topic: village/proof
      with: previous
"""
FILES = {
    "hall.yaml": HALL + "languages: [zh, en]\nwords: [[低保, 最低生活保障]]\n",
    "civil.yaml": CIVIL,
    "village.yaml": RICH,
    "elsewhere.yaml": ELSEWHERE,
    "journeys.yaml": JOURNEYS,
    "questions.yaml": QUESTIONS,
}


def test_however_guides_are_damaged_check_ends_soon_and_tells_it_in_words(tmp_path: Path) -> None:
    hall = write(tmp_path, FILES)
    whole = {name: text.encode() for name, text in FILES.items()}
    slowest = 0.0
    for number, files in enumerate(damaged.damaged(whole, COUNT, SEED)):
        for name, contents in files.items():
            (hall / name).write_bytes(contents)
        wanted = Wanted("zh", FORMATS[number % 3], fast=number % ENGINE > 0, accept=number % 7 == 0)
        out = StringIO()
        began = process_time()
        status = check(hall, wanted, DAY, desk_of, out, StringIO())
        spent = process_time() - began
        slowest = max(slowest, spent)
        assert spent < SECONDS, f"number {number} of seed {SEED} took {spent:.1f} s"
        assert status in (0, 1)
        assert out.getvalue().strip()
        assert CANNOT_RUN not in out.getvalue()
        if wanted.form == "json":
            told = json.loads(out.getvalue())
            assert (told["errors"] > 0) == (status == 1)
    print(f"{COUNT} damaged guides, the slowest took {slowest:.2f} s")  # noqa: T201 - shown with -s


def test_the_same_seed_damages_in_the_same_way() -> None:
    whole = {"a.yaml": RICH.encode(), "b.yaml": JOURNEYS.encode()}
    once = list(damaged.damaged(whole, 30, 7))
    assert once == list(damaged.damaged(whole, 30, 7))
    assert once != list(damaged.damaged(whole, 30, 8))
    assert all(each != whole for each in once)
