"""The catalogue of public matters: read, checked, and overridden by a later folder or a hall."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_guides import HALL, OFFICE, write

from facts.catalogue import SHIPPED, Catalogue, files, folder, folders_for, read_catalogue
from facts.guides import check_guides, read_guides
from facts.problems import Problem, has_errors

MATTER = """\
- id: id-card
  name: {zh: 身份证, en: Identity card}
  also: [办身份证]
  ask: [身份证怎么办]
  neighbours: [{matter: id-lost, telling: [新办]}]
  authority: {zh: 公安, en: police}
- id: id-lost
  name: {zh: 身份证补领, en: Lost identity card}
  authority: {zh: 公安, en: police}
"""


def catalogue(folder: Path, **files: str) -> Catalogue:
    """A catalogue with these files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return read_catalogue(folder)


def test_matters_are_known_by_file_and_id(tmp_path: Path) -> None:
    read = catalogue(tmp_path, police=MATTER)
    assert list(read.matters) == ["police/id-card", "police/id-lost"]
    assert read.problems == ()


def test_a_later_folder_replaces_and_adds(tmp_path: Path) -> None:
    catalogue(tmp_path / "ours", police=MATTER)
    own = MATTER.replace("身份证补领", "身份证挂失").replace("id: id-card", "id: id-new")
    catalogue(tmp_path / "theirs", police=own)
    read = read_catalogue(tmp_path / "ours", tmp_path / "theirs")
    assert read.matters["police/id-lost"].name.words["zh"] == "身份证挂失"
    assert set(read.matters) == {"police/id-card", "police/id-lost", "police/id-new"}


FAULTS = {
    "a language is missing": (
        ("zh: 身份证, en: Identity card", "zh: 身份证"),
        "matter-language",
        2,
    ),
    "a neighbour that there is not": (("matter: id-lost", "matter: id-gone"), "unknown-matter", 5),
    "a neighbour that nothing tells apart": (
        (", telling: [新办]", ""),
        "nothing-tells",
        5,
    ),
    "a phrase of two matters": (
        ("en: Lost identity card}", "en: Lost identity card}\n  also: [办身份证]"),
        "phrase-of-two-matters",
        9,
    ),
    "an id used twice": (("id: id-lost\n", "id: id-card\n"), "double-id", 7),
    "a phrase of signs alone": (("[办身份证]", "[办身份证, 。]"), "empty-phrase", 3),
    "a text in place of a matter": (("- id: id-lost", "- lost\n- id: id-lost"), "wrong-matter", 7),
    "a text in place of a neighbour": (
        ("{matter: id-lost, telling: [新办]}", "id-lost"),
        "wrong-neighbour",
        5,
    ),
    "no authority": (
        ("en: Identity card}\n", "en: Identity card}\n  authorty: {zh: 公安, en: police}\n"),
        "unknown-key",
        3,
    ),
}


@pytest.mark.parametrize(("change", "kind", "line"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(
    change: tuple[str, str], kind: str, line: int, tmp_path: Path
) -> None:
    read = catalogue(tmp_path, police=MATTER.replace(*change, 1))
    found = [each for each in read.problems if each.kind == kind]
    assert [(each.file, each.line) for each in found] == [(f"{tmp_path.name}/police.yaml", line)]
    assert all(each.render("zh") and each.render("en") for each in found)


@pytest.mark.parametrize(("language", "least"), [("zh", 700), ("en", 250)])
def test_the_projects_own_catalogue_has_no_errors(language: str, least: int) -> None:
    shipped = folder(language)
    assert shipped is not None
    read = read_catalogue(shipped)
    assert len(read.matters) >= least
    assert not has_errors(read.problems), [each.render("en") for each in read.problems]
    assert [each.render("en") for each in read.problems if each.kind == "nothing-tells"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_matter_is_said_in_several_ways(language: str) -> None:
    shipped = folder(language)
    assert shipped is not None
    for label, matter in read_catalogue(shipped).matters.items():
        assert len(matter.also) >= 5, label
        assert len(matter.ask) >= 8, label
        assert matter.neighbours, label


def test_a_language_that_nobody_wrote_a_catalogue_for_has_none() -> None:
    assert folder("sw") is None
    assert folder("zh-Hant") == folder("zh")


OWN = """\
- id: ferry-pass
  name: {zh: 渡船证, en: Ferry pass}
  also: [过河证]
  authority: {zh: 交通局, en: transport office}
"""
"""A matter that only this hall has."""


def hall(folder: Path, matter: str = "none", **own: str) -> Path:
    """A hall's folder with a service of this matter, and matters of its own in these files."""
    office = OFFICE + f"    matter: {matter}\n"
    matters = {f"matters/{name}.yaml": text for name, text in own.items()}
    return write(folder, {"hall.yaml": HALL, "civil-affairs.yaml": office, **matters})


def told(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, str]]:
    return [(each.file, each.line, each.column, each.kind) for each in problems]


def test_a_halls_own_matters_come_after_the_projects(tmp_path: Path) -> None:
    halls = read_guides(hall(tmp_path / "hedong", river=OWN)).halls
    assert folders_for(halls) == [SHIPPED / "zh", tmp_path / "hedong" / "matters"]


def test_a_hall_without_matters_of_its_own_has_the_projects(tmp_path: Path) -> None:
    assert folders_for(read_guides(hall(tmp_path)).halls) == [SHIPPED / "zh"]


def test_a_halls_own_matters_add_to_the_catalogue_and_override_it(tmp_path: Path) -> None:
    own = MATTER.replace("id: id-card", "id: id-first")
    halls = read_guides(hall(tmp_path, police=own, river=OWN)).halls
    matters = read_catalogue(*folders_for(halls)).matters
    assert matters["river/ferry-pass"].also == ("过河证",)
    assert matters["police/id-first"].also == ("办身份证",)
    assert matters["police/id-lost"].name.words["zh"] == "身份证补领"
    assert "police/id-child" in matters


def test_each_of_several_halls_may_have_its_own(tmp_path: Path) -> None:
    hall(tmp_path / "hedong", river=OWN)
    hall(tmp_path / "hexi", ferry=OWN)
    own = folders_for(read_guides(tmp_path).halls)[1:]
    assert own == [tmp_path / "hedong" / "matters", tmp_path / "hexi" / "matters"]


def test_a_halls_own_matters_are_no_offices(tmp_path: Path) -> None:
    guides = read_guides(hall(tmp_path, river=OWN, hall=HALL))
    assert [office.id for office in guides.halls[0].offices] == ["civil-affairs"]
    assert guides.problems == ()


def test_a_service_may_name_a_matter_of_its_hall(tmp_path: Path) -> None:
    assert check_guides(hall(tmp_path, "river/ferry-pass", river=OWN)).problems == ()


def test_a_matter_in_a_file_that_cannot_be_read_is_not_blamed(tmp_path: Path) -> None:
    problems = check_guides(hall(tmp_path, "river/ferry-pass", river="- {")).problems
    assert [(each.file, each.kind) for each in problems] == [("matters/river.yaml", "yaml-bracket")]


OWN_FAULTS = {
    "a language is missing": ((", en: Ferry pass", ""), (2, 9, "matter-language")),
    "an unknown key": (("also:", "alsa:"), (3, 3, "unknown-key")),
    "no authority": (
        ("  authority: {zh: 交通局, en: transport office}\n", ""),
        (1, 3, "missing-key"),
    ),
    "a phrase of signs alone": (("过河证", "过河证, ⛴"), (3, 15, "empty-phrase")),
    "a neighbour that there is not": (
        ("  also", "  neighbours: [{matter: police/id-frist, telling: [甲]}]\n  also"),
        (3, 25, "unknown-matter"),
    ),
}


@pytest.mark.parametrize(("change", "place"), OWN_FAULTS.values(), ids=OWN_FAULTS)
@pytest.mark.parametrize("under", ["", "hedong/"])
def test_a_fault_in_a_halls_own_matters_is_told_with_its_place(
    change: tuple[str, str], place: tuple[int, int, str], under: str, tmp_path: Path
) -> None:
    hall(tmp_path / under, river=OWN.replace(*change, 1))
    problems = check_guides(tmp_path).problems
    assert told(problems) == [(f"{under}matters/river.yaml", *place)]
    assert all(each.render("zh") and each.render("en") for each in problems)


def test_a_neighbour_of_a_halls_own_matter_may_be_one_of_the_projects(tmp_path: Path) -> None:
    own = OWN + "  neighbours: [{matter: police/id-first, telling: [身份证]}]\n"
    assert check_guides(hall(tmp_path, river=own)).problems == ()


def test_two_files_of_one_name_among_a_halls_own_matters_are_told(tmp_path: Path) -> None:
    write(hall(tmp_path, river=OWN), {"matters/river.yml": OWN})
    assert told(check_guides(tmp_path).problems) == [("matters/river.yml", 1, 1, "double-file")]


def test_matters_that_lie_outside_the_halls_folder_are_not_read(tmp_path: Path) -> None:
    write(tmp_path / "far", {"river.yaml": OWN})
    (hall(tmp_path / "hedong") / "matters").symlink_to(tmp_path / "far")
    guides = check_guides(tmp_path / "hedong")
    assert told(guides.problems) == [("matters/river.yaml", 1, 1, "outside")]
    read = folders_for(guides.halls)
    assert list(files(*read)) == list(files(SHIPPED / "zh"))
    assert "river/ferry-pass" not in read_catalogue(*read).matters


def test_what_is_no_readable_file_is_no_file_of_the_catalogue(tmp_path: Path) -> None:
    own = hall(tmp_path, river=OWN) / "matters"
    os.mkfifo(own / "pipe.yaml")
    (own / "loop.yaml").symlink_to("loop.yaml")
    assert [file.name for file in files(own)] == ["river.yaml"]


@pytest.mark.parametrize("matter", ["", "none"])
def test_nobody_reads_the_catalogue_where_no_matter_is_named(
    matter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr("facts.catalogue.catalogue_of", lambda *given: read.append(given))
    write(tmp_path, {"hall.yaml": HALL, "civil-affairs.yaml": OFFICE + f"    matter: {matter}\n"})
    assert check_guides(tmp_path).problems == ()
    assert read == []
