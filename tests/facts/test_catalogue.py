"""The catalogue of public matters: read, checked, and overridden by a later folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.catalogue import Catalogue, folder, read_catalogue
from facts.problems import has_errors

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
