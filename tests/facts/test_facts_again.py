"""A folder that is read again: what did not change is kept, what did is as if read anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_guides import HALL, OFFICE, write

from facts import folders
from facts.guides import GuidesFolder, check_guides

FILES = {
    "hall.yaml": HALL,
    "civil-affairs.yaml": OFFICE,
    "land.yaml": OFFICE.replace("dibao", "plot").replace("低保", "宅基地"),
    "elsewhere.yaml": "- {id: passport, name: 护照, authority: 公安局}\n",
}
CHANGES: dict[str, Callable[[str], str]] = {
    "a fee": lambda text: text.replace("fee: free", "fee: [{amount: 7}]"),
    "an error": lambda text: text.replace("fee: free", "fees: free"),
    "an id twice": lambda text: text + text[text.index("  - id") :],
    "nothing readable": lambda text: text + "\t- {",
    "nothing at all": lambda text: "",
    "a window that is not there": lambda text: text.replace("window: 2", "window: 9"),
    "a doubt": lambda text: text.replace("[身份证]", "[我不知道的证]"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_read_as_if_for_the_first_time(change: Callable[[str], str], folder: Path) -> None:
    again = GuidesFolder(folder)
    for contents in (FILES["land.yaml"], change(FILES["land.yaml"]), FILES["land.yaml"]):
        (folder / "land.yaml").write_text(contents, "utf-8")
        for _ in range(2):
            read, anew = again.read(), check_guides(folder)
            assert read.halls == anew.halls
            assert sorted(map(str, read.problems)) == sorted(map(str, anew.problems))


def test_only_what_changed_is_read(folder: Path) -> None:
    again = GuidesFolder(folder)
    [before] = again.read().halls
    (folder / "land.yaml").write_text(CHANGES["a fee"](FILES["land.yaml"]), "utf-8")
    [after] = again.read().halls
    assert after.offices[0] is before.offices[0]
    assert after.elsewhere[0] is before.elsewhere[0]
    assert after.offices[1] != before.offices[1]


def test_another_first_language_changes_every_text(folder: Path) -> None:
    again = GuidesFolder(folder)
    again.read()
    (folder / "hall.yaml").write_text(f"languages: [en, zh]\n{HALL}", "utf-8")
    [hall] = again.read().halls
    assert {next(iter(office.office.words)) for office in hall.offices} == {"en"}


def test_a_matter_that_is_new_in_the_catalogue_is_known_at_once(folder: Path) -> None:
    land = FILES["land.yaml"].replace("- id: plot", "- id: plot\n    matter: own/ferry")
    write(folder, {"land.yaml": land})
    again = GuidesFolder(folder)
    assert "unknown-matter" in {each.kind for each in again.read().problems}
    own = "- {id: ferry, name: {zh: 渡船, en: Ferry}, authority: {zh: 港务局, en: Port}}\n"
    write(folder, {"matters/own.yaml": own})
    assert "unknown-matter" not in {each.kind for each in again.read().problems}


def test_a_draft_is_checked_as_if_it_stood_in_its_file(folder: Path) -> None:
    again = GuidesFolder(folder)
    before, _ = again.check()
    for change in CHANGES.values():
        contents = change(FILES["land.yaml"])
        draft, _ = again.draft({folder.resolve() / "land.yaml": contents.encode()})
        (folder / "land.yaml").write_text(contents, "utf-8")
        anew = check_guides(folder)
        assert draft.halls == anew.halls
        assert sorted(map(str, draft.problems)) == sorted(map(str, anew.problems))
        (folder / "land.yaml").write_text(FILES["land.yaml"], "utf-8")
    assert again.check()[0].halls == before.halls


def test_a_draft_reads_its_own_file_alone(folder: Path) -> None:
    again = GuidesFolder(folder)
    [before] = again.check()[0].halls
    contents = CHANGES["a fee"](FILES["land.yaml"]).encode()
    [after] = again.draft({folder.resolve() / "land.yaml": contents})[0].halls
    assert after.offices[0] is before.offices[0]
    assert after.offices[1] != before.offices[1]


SAVED: dict[str, Callable[[Path], object]] = {
    "written over": lambda file: file.write_text("office: 甲", "utf-8"),
    "put in its place": lambda file: (
        file.with_name("new.tmp").write_bytes(file.read_bytes()),
        file.with_name("new.tmp").replace(file),
    ),
    "taken away": lambda file: file.unlink(),
    "a file more": lambda file: file.with_name("more.yml").touch(),
    "a matter of its own": lambda file: write(file.parent, {"matters/own.yaml": ""}),
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("halls", [True, False], ids=["a folder of halls", "a hall"])
def test_a_saved_file_is_seen_without_reading(
    halls: bool, save: Callable[[Path], object], tmp_path: Path
) -> None:
    hall = write(tmp_path / "hall", FILES)
    looked_at = tmp_path if halls else hall
    before = folders.state(looked_at)
    assert folders.state(looked_at) == before
    save(hall / "land.yaml")
    assert folders.state(looked_at) != before


@pytest.mark.parametrize("name", ["land.yaml~", ".land.yaml.swp", "4913", "#land.yaml#", "a.tmp"])
def test_what_an_editor_leaves_beside_a_guide_is_not_seen(name: str, folder: Path) -> None:
    before = folders.state(folder)
    (folder / name).touch()
    assert folders.state(folder) == before


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert folders.state(tmp_path / "nowhere") == {}
