"""What changed since a person accepted it: facts and what becomes of the questions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from edited_hall import CIVIL, HALL, QUESTIONS, checked, machine, write

from editing.accepted import FILE
from editing.formats import TEXTS


def accepted(folder: Path) -> Path:
    """A hall that is accepted as it is."""
    hall = write(folder)
    told, status = checked(hall, accept=True)
    assert f"Accepted: {hall / FILE}" in told
    assert status == 0
    return hall


FACTS = [
    ("    fee:\n      - amount: 20\n", "    fee: free\n",
     "  fee of civil/marriage-proof: 20 → free"),
    ("[身份证]", "[身份证, 照片]", "  materials of civil/dibao: 身份证 → 身份证; 照片"),
    ("20个工作日", "15个工作日",
     "  time_limit of civil/dibao: statutory 20 working days → statutory 15 working days"),
    ("promised: 3天", "promised: 即办",
     "  time_limit of civil/marriage-proof: promised 3 days → promised on the spot"),
    ("    fee: free\n", "    fee: free\n    proxy: 家人可代办\n",
     "  proxy of civil/dibao: – → 家人可代办"),
    ("  - id: dibao", "  - id: dibao\n    status: 暂停\n    alert: 检修",
     "  status of civil/dibao: active → suspended"),
    ("id: marriage-proof", "id: marriage", "  new: civil/marriage (婚姻状况证明)"),
    ("id: marriage-proof", "id: marriage", "  gone: civil/marriage-proof (婚姻状况证明)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), FACTS, ids=[row[2] for row in FACTS])
def test_a_changed_fact_is_told_as_it_was_and_as_it_is(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    hall = accepted(tmp_path)
    (hall / "civil.yaml").write_text(CIVIL.replace(old, new), "utf-8")
    shown, _ = checked(hall, fast=True)
    assert told in shown.splitlines()


def test_a_fact_of_the_hall_or_a_window_is_compared_too(tmp_path: Path) -> None:
    hall = accepted(tmp_path)
    (hall / "hall.yaml").write_text(HALL.replace("0000-1", "0000-2"), "utf-8")
    assert "  hall 的 电话：0000-1 → 0000-2" in checked(hall, fast=True, language="zh")[0]


def test_a_long_fact_is_kept_short_and_its_end_counts_all_the_same(tmp_path: Path) -> None:
    long = CIVIL + f"    summary: {'很长' * 100}甲\n"
    hall = write(tmp_path, {"civil.yaml": long})
    checked(hall, accept=True, fast=True)
    assert max(map(len, (hall / FILE).read_text("utf-8").splitlines())) < 100
    (hall / "civil.yaml").write_text(long.replace("甲\n", "乙\n"), "utf-8")
    [change] = machine(hall, fast=True)["changes"]
    assert (change["topic"], change["key"]) == ("civil/marriage-proof", "summary")


def test_questions_that_go_another_way_than_accepted_are_told(tmp_path: Path) -> None:
    hall = accepted(tmp_path)
    without = CIVIL.replace("    also: [低保]\n", "").replace("最低生活保障", "特困供养")
    (hall / "civil.yaml").write_text(without, "utf-8")
    told = machine(hall)
    [question] = [each for each in told["changes"] if "question" in each]
    assert (question["question"], question["before"]) == ("低保要带什么", "right")
    assert question["after"] != "right"
    shown, status = checked(hall)
    assert "    低保要带什么" in shown.splitlines()
    assert "python bot.py check --accept" in shown
    assert status == 0


def test_a_question_that_is_right_again_is_told(tmp_path: Path) -> None:
    wrong = QUESTIONS.replace("expect: civil/dibao", "expect: register")
    hall = write(tmp_path, {"questions.yaml": wrong})
    checked(hall, accept=True)
    (hall / "questions.yaml").write_text(QUESTIONS, "utf-8")
    assert "  questions that are now right: 1" in checked(hall)[0].splitlines()


def test_a_turn_of_a_conversation_stands_behind_those_before_it(tmp_path: Path) -> None:
    talk = "- say: [低保要带什么, 婚姻状况证明多少钱]\n  expect: [civil/dibao, civil/dibao]\n"
    hall = write(tmp_path, {"questions.yaml": talk})
    checked(hall, accept=True)
    told = yaml.safe_load((hall / FILE).read_text("utf-8"))
    assert list(told["misses"]) == ["低保要带什么 > 婚姻状况证明多少钱"]


def test_nothing_is_compared_before_anything_is_accepted(tmp_path: Path) -> None:
    hall = write(tmp_path)
    told, _ = checked(hall)
    assert "hanged" not in told
    assert not (hall / FILE).exists()


def test_what_is_as_accepted_is_said_to_be(tmp_path: Path) -> None:
    told, status = checked(accepted(tmp_path))
    assert told.splitlines()[-1] == f"Nothing has changed since it was accepted ({FILE})."
    assert status == 0


def test_the_accepted_state_is_sorted_the_same_each_time_and_no_guide(tmp_path: Path) -> None:
    hall = accepted(tmp_path)
    first = (hall / FILE).read_text("utf-8")
    checked(hall, accept=True)
    assert (hall / FILE).read_text("utf-8") == first
    topics = list(yaml.safe_load(first)["facts"])
    assert topics == sorted(topics)
    assert "civil/dibao" in topics
    assert "最低生活保障" in first


def test_accepting_fast_keeps_what_was_known_of_the_questions(tmp_path: Path) -> None:
    hall = write(tmp_path, {"questions.yaml": QUESTIONS.replace("civil/dibao", "register")})
    checked(hall, accept=True)
    before = yaml.safe_load((hall / FILE).read_text("utf-8"))["misses"]
    checked(hall, accept=True, fast=True)
    assert yaml.safe_load((hall / FILE).read_text("utf-8"))["misses"] == before != {}


@pytest.mark.parametrize(
    "broken", ["<<<<<<< HEAD\nfacts: {\n", "- a\n", "facts: [a]\n", "[" * 5000, "", "facts: 1\n"]
)
def test_an_accepted_state_that_cannot_be_read_is_told_and_stops_nothing(
    tmp_path: Path, broken: str
) -> None:
    hall = accepted(tmp_path)
    (hall / FILE).write_text(broken, "utf-8")
    told, status = checked(hall, fast=True)
    assert "What was accepted cannot be used" in told
    assert status == 0
    assert "Accepted: " in checked(hall, accept=True)[0]
    assert "Nothing has changed" in checked(hall)[0]


def test_questions_that_were_accepted_with_another_engine_are_not_compared(tmp_path: Path) -> None:
    hall = write(tmp_path, {"questions.yaml": QUESTIONS.replace("civil/dibao", "register")})
    checked(hall, accept=True, encoder=False)
    (hall / "questions.yaml").write_text(QUESTIONS, "utf-8")
    told = machine(hall, encoder=True)
    assert told["changes"] == []
    assert "ENCODER" in told["notes"][0]
    assert [each["after"] for each in machine(hall, encoder=False)["changes"]] == ["right"]


def test_the_texts_for_editors_are_the_same_in_both_languages() -> None:
    assert TEXTS.keys("zh") == TEXTS.keys("en")
    for key in TEXTS.keys("en"):
        names = [set(re.findall(r"{(\w+)\b", TEXTS._texts[each][key])) for each in ("zh", "en")]
        assert names[0] == names[1]
