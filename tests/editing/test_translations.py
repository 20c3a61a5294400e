"""A translation whose original was changed after both were accepted is older than it."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_hall import HALL, checked, machine, write

from editing.accepted import FILE
from editing.guidebook import Guidebook

BOTH = HALL.replace("河西镇政务服务中心", "{zh: 河西镇政务服务中心, en: Hexi Hall}") + (
    "languages: [zh, en]\n"
)
ASKED = {"questions.yaml": "- {ask: 低保, expect: civil/dibao}\n"}
CIVIL = """\
office: {zh: 民政办, en: Civil affairs}
window: 2
services:
  - id: dibao
    name: {zh: 最低生活保障, en: Minimum living allowance}
    fee: free
    time_limit: {statutory: 20个工作日}
    materials:
      - name: {zh: 户口簿复印件, en: Copy of the household register}
      - name: {zh: 结婚证复印件, en: Copy}
      - {zh: 身份证, en: Identity card}
    cases:
      - id: new
        name: {zh: 新办, en: First time}
        proxy: {zh: 本人到场。, en: Come yourself.}
    changes:
      2027-01-01:
        proxy: {zh: 带原件。, en: Bring originals.}
"""


def accepted(folder: Path, civil: str = CIVIL, hall: str = BOTH) -> Path:
    """A hall in two languages, accepted as it is."""
    home = write(folder, {"hall.yaml": hall, "civil.yaml": civil, **ASKED})
    assert checked(home, accept=True, fast=True)[1] == 0
    return home


def old(home: Path, civil: str, hall: str = BOTH) -> list[tuple[str, int, str]]:
    """File, line and original of each translation that is older than its original."""
    write(home.parent, {"hall.yaml": hall, "civil.yaml": civil, **ASKED})
    found = [each for each in machine(home, fast=True)["problems"]
             if each["kind"] == "older-translation"]  # fmt: skip
    assert {each["severity"] for each in found} <= {"warning"}
    return [(each["file"], each["line"], each["what"].split("”")[0][1:]) for each in found]


OLDER = [
    ("最低生活保障", "城乡最低生活保障", 5),
    ("{zh: 户口簿复印件", "{zh: 户口簿复印件两份", 9),
    ("{zh: 身份证", "{zh: 身份证原件", 11),
    ("本人到场。", "可以代办。", 15),
    ("带原件。", "带原件和照片。", 18),
]


@pytest.mark.parametrize(("before", "after", "line"), OLDER)
def test_a_translation_is_older_where_only_its_original_was_changed(
    tmp_path: Path, before: str, after: str, line: int
) -> None:
    changed = CIVIL.replace(before, after)
    original = after.removeprefix("{zh: ")
    assert old(accepted(tmp_path), changed) == [("civil.yaml", line, original)]


NOT_OLDER = [
    ("as it was", "", ""),
    ("both changed", "{zh: 身份证, en: Identity card}", "{zh: 身份证原件, en: Your identity card}"),
    ("only the translation", "en: Come yourself", "en: Come in person"),
    ("written otherwise", "{zh: 身份证, en: Identity card}", '{en: "Identity card", zh: "身份证"}'),
    ("no translation", "{zh: 身份证, en: Identity card}", "身份证原件"),
    ("one more", "- {zh: 身份证", "- {zh: 残疾证复印件, en: Copy}\n      - {zh: 身份证"),
    ("moved", "      - {zh: 身份证, en: Identity card}\n    cases", "    cases"),
    ("another id", "id: dibao", "id: allowance"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"), [row[1:] for row in NOT_OLDER], ids=[row[0] for row in NOT_OLDER]
)
def test_a_translation_is_no_older_where_it_was_changed_too_or_nothing_was(
    tmp_path: Path, before: str, after: str
) -> None:
    changed = CIVIL.replace(before, after) if before else CIVIL
    assert old(accepted(tmp_path), changed) == []


def test_one_word_for_two_is_older_once_either_original_is_replaced(tmp_path: Path) -> None:
    two = CIVIL.replace("en: Copy of the household register", "en: Copy")
    home = accepted(tmp_path, two)
    assert old(home, two.replace("结婚证复印件", "离婚证复印件")) == [
        ("civil.yaml", 10, "离婚证复印件")
    ]


def test_the_original_is_the_halls_first_language(tmp_path: Path) -> None:
    hall = BOTH.replace("[zh, en]", "[en, zh]")
    home = accepted(tmp_path, hall=hall)
    assert old(home, CIVIL.replace("{zh: 身份证,", "{zh: 身份证原件,"), hall) == []
    changed = CIVIL.replace("en: Identity card", "en: Original identity card")
    assert old(home, changed, hall) == [("civil.yaml", 11, "Original identity card")]


def test_a_hall_in_one_language_has_no_translations(tmp_path: Path) -> None:
    home = accepted(tmp_path, hall=HALL)
    assert "translations" not in (home / FILE).read_text("utf-8")
    assert old(home, CIVIL.replace("身份证", "身份证原件"), HALL) == []


def test_the_warning_names_both_texts_and_what_to_do(tmp_path: Path) -> None:
    home = accepted(tmp_path)
    write(
        tmp_path,
        {"hall.yaml": BOTH, "civil.yaml": CIVIL.replace("身份证", "身份证原件"), **ASKED},
    )
    english, chinese = (checked(home, fast=True, language=each)[0] for each in ("en", "zh"))
    told = "civil.yaml:11:14: warning: “身份证原件” was changed after it was accepted"
    assert told in english
    assert "“Identity card”. Change the translation too; if it still holds" in english
    assert "civil.yaml:11:14: 提醒: “身份证原件”在确认以后改过" in chinese


def test_what_still_holds_is_accepted_and_is_told_then_only(tmp_path: Path) -> None:
    home = accepted(tmp_path)
    changed = CIVIL.replace("身份证", "身份证原件")
    assert len(old(home, changed)) == 1
    told, _ = checked(home, accept=True, fast=True)
    assert "originals had been changed: 1\n  civil.yaml:11\n" in told
    assert "warning: “身份证原件”" not in told
    assert old(home, changed) == []
    assert "originals had been changed" not in checked(home, accept=True, fast=True)[0]


def test_a_state_that_was_accepted_without_translations_warns_of_none(tmp_path: Path) -> None:
    home = accepted(tmp_path)
    kept = (home / FILE).read_text("utf-8").partition("translations:")[0]
    (home / FILE).write_text(kept, "utf-8")
    assert old(home, CIVIL.replace("身份证", "身份证原件")) == []


@pytest.mark.parametrize("broken", ["translations: 1\n", "translations: {hall: {name: a:b c}}\n"])
def test_accepted_translations_that_make_no_sense_stop_nothing(tmp_path: Path, broken: str) -> None:
    home = accepted(tmp_path)
    (home / FILE).write_text(broken, "utf-8")
    assert old(home, CIVIL) == []


def test_editors_are_told_in_the_guidebook_too(tmp_path: Path) -> None:
    home = accepted(tmp_path)
    book = Guidebook(home)
    assert [each for each in book.guides().problems if each.kind == "older-translation"] == []
    opened = book.open("hexi", "civil", "dibao")
    assert opened is not None
    draft = book.checked(opened.exchanged(opened.own.replace("身份证", "身份证原件")))
    assert "older-translation" in [each.kind for each in draft.warnings]
