"""What the engine confuses is told at the words that confuse it."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_hall import CIVIL, HALL, checked, machine, write

SERVICE = "  - id: {id}\n    name: {name}\n    fee: free\n    materials: 无\n" + (
    "    time_limit: {{promised: 3天}}\n"
)


def office(*services: tuple[str, str], more: str = "") -> str:
    """An office with these services (id and name)."""
    told = "".join(SERVICE.format(id=each, name=name) for each, name in services)
    return f"office: 综合办\nwindow: 1\nservices:\n{told}{more}"


ALIKE = [
    (("a", "食品经营许可证"), ("b", "食品经营许可证办理")),
    (("a", "老年人优待证"), ("b", "老年人优待证件")),
    (("a", "Parking permit for residents"), ("b", "Residents parking permit")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_names_that_can_hardly_be_told_apart_are_told_once(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str]
) -> None:
    files = {"desk.yaml": office(one, other, ("c", "残疾人证")), "questions.yaml": ""}
    told = machine(write(tmp_path, files))
    [found] = [each for each in told["problems"] if each["kind"] == "hard-to-tell"]
    assert found["file"] == "desk.yaml"
    assert found["line"] in (5, 10)
    assert one[1] in found["what"]
    assert "desk.yaml:" in found["what"]
    assert found["severity"] == "warning"


APART = [
    (("a", "残疾人证"), ("b", "居住证")),
    (("a", "不动产登记"), ("b", "城乡居民医保参保")),
    (("a", "Library card"), ("b", "Marriage certificate")),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_differ_are_not_told(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str]
) -> None:
    files = {"desk.yaml": office(one, other), "questions.yaml": ""}
    assert machine(write(tmp_path, files))["problems"] == []


DRAWING = "  - id: b\n    name: 社会保障卡\n    also: [社保卡, 低保补贴到账]\n    fee: free\n" + (
    "    materials: 无\n    time_limit: {promised: 3天}\n"
)


def test_another_name_that_draws_a_question_away_is_told_where_it_stands(tmp_path: Path) -> None:
    asked = "- ask: [低保补贴什么时候到账]\n  expect: civil/dibao\n"
    files = {"desk.yaml": office(more=DRAWING), "questions.yaml": asked}
    found = [
        each for each in machine(write(tmp_path, files))["problems"] if each["kind"] == "draws-away"
    ]
    assert [(each["file"], each["line"]) for each in found] == [("desk.yaml", 6)]
    assert "`低保补贴到账` draws the question `低保补贴什么时候到账`" in found[0]["what"]
    assert "最低生活保障" in found[0]["what"]


def test_what_only_a_name_of_its_own_can_draw_is_no_fault_of_other_names(tmp_path: Path) -> None:
    asked = "- ask: [低保要带什么]\n  expect: civil/dibao\n"
    told = machine(write(tmp_path, {"desk.yaml": office(more=DRAWING), "questions.yaml": asked}))
    assert "draws-away" not in {each["kind"] for each in told["problems"]}


def test_the_same_other_name_in_two_topics_is_told_once_and_not_measured(tmp_path: Path) -> None:
    more = DRAWING.replace("[社保卡, 低保补贴到账]", "[低保]")
    kinds = [
        each["kind"]
        for each in machine(
            write(tmp_path, {"desk.yaml": office(more=more), "questions.yaml": ""})
        )["problems"]
    ]
    assert kinds == ["double-also"]


def test_a_fast_check_leaves_the_engine_out(tmp_path: Path) -> None:
    hall = write(tmp_path, {"desk.yaml": office(*ALIKE[0]), "questions.yaml": ""})
    assert "hard-to-tell" in checked(hall, form="json")[0]
    assert machine(hall, fast=True)["problems"] == []


def test_each_hall_of_a_folder_is_asked_by_itself(tmp_path: Path) -> None:
    write(tmp_path)
    other = tmp_path / "hedong"
    other.mkdir()
    (other / "hall.yaml").write_text(HALL, "utf-8")
    (other / "civil.yaml").write_text(CIVIL, "utf-8")
    told = machine(tmp_path)
    assert told["problems"] == []
    assert told["questions"] == {"right": 2}
