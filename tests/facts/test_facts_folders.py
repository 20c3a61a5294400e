"""Which files of a folder are read, and what the folder itself may lack."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_guides import HALL, OFFICE, write

from facts.guides import Guides, check_guides, read_guides
from facts.problems import report
from facts.questions import read_questions

HALL_FILES: dict[str, str | bytes] = {"hall.yaml": HALL, "civil-affairs.yaml": OFFICE}


def told(guides: Guides) -> list[tuple[str, str]]:
    return [(problem.file, problem.kind) for problem in guides.problems]


def test_a_halls_folder_is_one_hall(tmp_path: Path) -> None:
    guides = read_guides(write(tmp_path / "hedong", HALL_FILES))
    assert [hall.id for hall in guides.halls] == ["hedong"]
    assert guides.halls[0].office("civil-affairs") is not None


def test_a_folder_of_halls_is_all_of_them(tmp_path: Path) -> None:
    for name in ("hexi", "hedong"):
        write(tmp_path / name, HALL_FILES)
    guides = read_guides(tmp_path)
    assert [hall.id for hall in guides.halls] == ["hedong", "hexi"]
    assert guides.hall("hexi") is guides.halls[1]
    assert guides.hall("hebei") is None
    assert guides.problems == ()


def test_the_folder_one_stands_in_has_a_name_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path / "hedong", HALL_FILES))
    assert read_guides(Path()).halls[0].id == "hedong"


def test_what_is_no_guide_is_not_read(tmp_path: Path) -> None:
    others = {
        "README.md": "# how to",
        "notes.txt": "office: 乙",
        ".hidden.yaml": "[",
        ".git/config.yaml": "[",
        "old/civil.yaml.bak": "[",
        "civil-affairs.yaml~": "[",
        "#civil-affairs.yaml#": "[",
        "plan.svg": "<svg/>",
    }
    guides = read_guides(write(tmp_path, {**HALL_FILES, **others}))
    assert guides.problems == ()
    assert [office.id for office in guides.halls[0].offices] == ["civil-affairs"]


def test_yml_and_chinese_file_names_are_read(tmp_path: Path) -> None:
    guides = read_guides(write(tmp_path, {"hall.yml": "name: 甲", "民政.YAML": OFFICE}))
    assert [office.id for office in guides.halls[0].offices] == ["民政"]


FOLDERS = [
    ({}, [("", "empty-folder")]),
    ({"README.md": "x"}, [("", "empty-folder")]),
    ({"civil-affairs.yaml": OFFICE}, [("hall.yaml", "no-hall")]),
    ({"hedong/civil-affairs.yaml": OFFICE}, [("hedong/hall.yaml", "no-hall")]),
    (
        {"hedong/hall.yaml": HALL, "hedong/civil-affairs.yaml": OFFICE, "hexi/a.yaml": OFFICE},
        [("hexi/hall.yaml", "folder-without-hall")],
    ),
    (
        {"hedong/hall.yaml": HALL, "hedong/civil-affairs.yaml": OFFICE, "tax.yaml": OFFICE},
        [("tax.yaml", "stray-file")],
    ),
    (
        {**HALL_FILES, "civil-affairs.yml": OFFICE},
        [("civil-affairs.yml", "double-file")],
    ),
]


@pytest.mark.parametrize(("files", "expected"), FOLDERS)
def test_what_a_folder_lacks_is_told(
    tmp_path: Path, files: dict[str, str | bytes], expected: list[tuple[str, str]]
) -> None:
    guides = read_guides(write(tmp_path, files))
    assert told(guides) == [(file or str(tmp_path), kind) for file, kind in expected]


def test_a_missing_folder_and_a_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert told(read_guides(tmp_path / "nowhere")) == [
        (str(tmp_path / "nowhere"), "missing-folder")
    ]
    assert told(read_guides(tmp_path / "file")) == [(str(tmp_path / "file"), "not-a-folder")]


def test_a_folder_that_links_to_itself_is_missing(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert told(read_guides(tmp_path / "loop")) == [(str(tmp_path / "loop"), "missing-folder")]


def test_a_problem_names_the_file_within_the_folder_that_was_given(tmp_path: Path) -> None:
    write(tmp_path / "hedong", {"hall.yaml": "name: 甲\nfone: 1\n"})
    start = "hall.yaml:2:1: error: there is no key `fone`"
    assert report(read_guides(tmp_path).problems, "en")[0].startswith(f"hedong/{start}")
    assert report(read_guides(tmp_path / "hedong").problems, "en")[0].startswith(start)


def test_a_hall_without_a_name_is_called_by_its_folder_and_is_faulty(tmp_path: Path) -> None:
    guides = read_guides(write(tmp_path / "hedong", {**HALL_FILES, "hall.yaml": "phone: 1"}))
    assert guides.halls[0].name.say("zh") == "hedong"
    assert ("hall.yaml", "missing-key") in told(guides)


def test_a_hall_whose_hall_yaml_cannot_be_read_is_left_out_but_its_files_are_checked(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {"hall.yaml": "name: [", "tax.yaml": "office: 甲\nfone: 1\n"}
    guides = read_guides(write(tmp_path, files))
    assert guides.halls == ()
    assert sorted(told(guides)) == [("hall.yaml", "yaml-bracket"), ("tax.yaml", "unknown-key")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, HALL_FILES)
    (tmp_path / "civil-affairs.yaml").chmod(0)
    assert ("civil-affairs.yaml", "unreadable") in told(read_guides(tmp_path))


def test_texts_are_in_the_halls_first_language_wherever_languages_stands(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hall.yaml": "name: Millbrook\n语言: [en]\nwindows: [{number: 2}]\n",
        "registry.yaml": "office: Registry\n",
    }
    hall = read_guides(write(tmp_path, files)).halls[0]
    assert hall.name.words == {"en": "Millbrook"}
    assert hall.offices[0].office.words == {"en": "Registry"}


def test_a_hall_that_lists_no_language_speaks_chinese(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {**HALL_FILES, "hall.yaml": HALL + "languages: []\n"}
    assert read_guides(write(tmp_path, files)).halls[0].languages == ("zh",)


def test_a_floor_plan_is_an_svg_file_beside_hall_yaml(tmp_path: Path) -> None:
    hall = HALL + "floor_plan: plan.svg\n"
    guides = read_guides(write(tmp_path, {**HALL_FILES, "hall.yaml": hall, "plan.svg": "<svg/>"}))
    assert guides.problems == ()
    assert guides.halls[0].floor_plan == "plan.svg"


@pytest.mark.parametrize("name", ["../plan.svg", "/etc/plan.svg", "hall.yaml", "x" * 5000 + ".svg"])
def test_no_other_file_is_a_floor_plan(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"plan.svg": "<svg/>"})
    hall = HALL + f"floor_plan: {name}\n"
    guides = read_guides(write(tmp_path / "hedong", {**HALL_FILES, "hall.yaml": hall}))
    assert told(guides) == [("hall.yaml", "missing-floor-plan")]
    assert guides.halls[0].floor_plan is None


TWO = "- {ask: [低保, 吃低保], expect: civil-affairs/dibao, about: [materials, fee]}\n"
SAID = "- say: [低保, 谢谢]\n  expect: [civil-affairs/dibao, talk]\n  about: [[overview], []]\n"


def test_questions_are_read_only_where_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "hedong", {**HALL_FILES, "questions.yaml": TWO + SAID + "- {ask: a}\n"})
    assert read_guides(tmp_path).problems == ()
    assert read_guides(tmp_path).questions == {}
    one, other = read_guides(tmp_path, questions=True).questions["hedong"]
    assert one.ask == ("低保", "吃低保")
    assert one.expect == ("civil-affairs/dibao",)
    assert one.about == (("materials", "fee"),)
    assert other.say == ("低保", "谢谢")
    assert other.expect == ("civil-affairs/dibao", "talk")
    assert other.about == (("overview",), ())
    assert told(check_guides(tmp_path)) == [("hedong/questions.yaml", "missing-key")]


@pytest.mark.parametrize("expected", ["civil-affairs/dibao|register", "choose", "hall_hours"])
def test_a_question_may_expect_one_of_several_an_ending_or_an_intent(
    tmp_path: Path, expected: str
) -> None:
    questions = f"- {{ask: 甲, expect: {expected}}}\n"
    read = check_guides(write(tmp_path, {**HALL_FILES, "questions.yaml": questions}))
    assert [each for each in read.problems if each.kind != "no-question"] == []


def test_a_file_of_questions_may_stand_anywhere(tmp_path: Path) -> None:
    halls = read_guides(write(tmp_path / "hedong", HALL_FILES)).halls
    file = write(tmp_path, {"mine.yaml": TWO + "- {ask: 乙, expect: no/where}\n"}) / "mine.yaml"
    questions, problems = read_questions(file, halls)
    assert [question.expect for question in questions] == [("civil-affairs/dibao",), ("no/where",)]
    assert [(each.file, each.line, each.kind) for each in problems] == [
        ("mine.yaml", 2, "unknown-topic")
    ]
    assert read_questions(tmp_path / "none.yaml", halls)[1][0].kind == "unreadable"


TOPICS = ["civil-affairs/dibao", "hedong:civil-affairs/dibao", "hexi:civil-affairs/dibao#new",
          "elsewhere/passport", "journeys/newborn", "window/2", "hexi:window/1"]  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_of_any_hall_that_is_read_may_be_named(tmp_path: Path, topic: str) -> None:
    files: dict[str, str | bytes] = {
        "hall.yaml": HALL,
        "civil-affairs.yaml": OFFICE + "    cases: [{id: new, name: 新办, fee: 5}]\n",
        "elsewhere.yaml": f"- {{id: passport, name: 甲, bring: {{name: 证, topic: {topic}}}}}\n",
        "journeys.yaml": f"- {{id: newborn, name: 生孩子, lead: 1, steps: ['{topic}']}}\n",
    }
    for name in ("hexi", "hedong"):
        files["tax.yaml"] = OFFICE.replace("低保", name).replace(
            "materials", f"related: ['{topic}']\n    materials"
        )
        write(tmp_path / name, files)
    assert read_guides(tmp_path).problems == ()
