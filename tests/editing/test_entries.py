"""Phrases and entries are written where they belong, and every other byte stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from guides_in_styles import BLOCK, HALL, STYLES
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.topics import Topic, Topics
from editing.entries import Phrase, add_elsewhere, add_phrase, add_service, new_id
from editing.words import Say
from editing.writing import NotWritten, tidy
from facts.guides import read_guides

SAY = Say("en")
PHRASES = [
    "低保户补助",
    "办: 低保 #1",
    'say "no", [please]',
    "- 是",
    "no",
    "怎么办？要带什么，多少钱",
    "*x",
]


def hall_in(folder: Path, office: str | bytes, **files: str) -> Path:
    (folder / "hall.yaml").write_text(HALL, "utf-8")
    contents = office if isinstance(office, bytes) else office.encode()
    (folder / "welfare.yaml").write_bytes(contents)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def topic(folder: Path, label: str = "welfare/it") -> Topic:
    found = Topics(read_guides(folder).halls).find(label)
    assert found is not None
    return found


def phrases(folder: Path, field: str, label: str = "welfare/it") -> tuple[str, ...]:
    return tuple(getattr(topic(folder, label).item, field))


def only_put_in(before: bytes, after: bytes) -> bool:
    """Whether the one is the other with bytes put in at one place."""
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    start = len(before) if same is None else same
    return any(
        after.endswith(before[cut:]) and len(after) >= len(before)
        for cut in range(max(0, start - 200), start + 1)
        if before[:cut] == after[:cut]
    )


@pytest.mark.parametrize("field", ["also", "ask"])
@pytest.mark.parametrize("style", STYLES)
def test_a_phrase_is_added_and_the_rest_stays_as_it_was(
    tmp_path: Path, style: str, field: Phrase
) -> None:
    folder = hall_in(tmp_path, STYLES[style])
    file, before = tmp_path / "welfare.yaml", (tmp_path / "welfare.yaml").read_bytes()
    had = {each: phrases(folder, each) for each in ("also", "ask")}
    assert add_phrase(folder, topic(folder), field, "新的说法", SAY) == file
    for each in ("also", "ask"):
        wanted = {*had[each], "新的说法"} if each == field else {*had[each]}
        assert set(phrases(folder, each)) == wanted
    if style != "one phrase without a list":
        assert only_put_in(before, file.read_bytes())


@pytest.mark.parametrize("text", PHRASES)
@pytest.mark.parametrize("style", STYLES)
def test_any_words_are_read_back_as_they_were_said(tmp_path: Path, style: str, text: str) -> None:
    folder = hall_in(tmp_path, STYLES[style])
    add_phrase(folder, topic(folder), "ask", text, SAY)
    assert text in phrases(folder, "ask")


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=30).filter(lambda each: bool(tidy(each))))
@pytest.mark.parametrize("style", ["block", "inline", "chinese keys"])
def test_whatever_is_said_loads_again_or_nothing_is_written(
    tmp_path_factory: pytest.TempPathFactory, style: str, text: str
) -> None:
    folder = hall_in(tmp_path_factory.mktemp("hall"), STYLES[style])
    before = (folder / "welfare.yaml").read_bytes()
    try:
        add_phrase(folder, topic(folder), "also", text, SAY)
    except NotWritten:
        assert (folder / "welfare.yaml").read_bytes() == before
    else:
        assert tidy(text) in phrases(folder, "also")


def test_line_ends_are_those_of_the_file(tmp_path: Path) -> None:
    folder = hall_in(tmp_path, STYLES["windows line ends"])
    add_phrase(folder, topic(folder), "also", "新的", SAY)
    written = (folder / "welfare.yaml").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") == BLOCK.count("\n") + 1


def test_the_new_item_stands_behind_the_others_with_their_indent(tmp_path: Path) -> None:
    folder = hall_in(tmp_path, BLOCK)
    add_phrase(folder, topic(folder), "also", "新的", SAY)
    add_phrase(folder, topic(folder), "ask", "新的怎么办", SAY)
    written = (folder / "welfare.yaml").read_text("utf-8")
    assert '      - "低保: 户"   # quoted\n      - 新的\n    # 下面是问法\n' in written
    assert "    - 低保怎么办\n    - 新的怎么办\n    fee: free\n" in written


def test_a_case_has_phrases_of_its_own(tmp_path: Path) -> None:
    cases = "    cases:\n      - id: lost\n        name: 丢了\n        fee: free\n"
    folder = hall_in(tmp_path, BLOCK + cases)
    add_phrase(folder, topic(folder, "welfare/it#lost"), "also", "弄丢", SAY)
    assert phrases(folder, "also", "welfare/it#lost") == ("弄丢",)
    assert "弄丢" not in phrases(folder, "also")


@pytest.mark.parametrize("name", ["elsewhere", "journeys"])
def test_matters_of_elsewhere_and_journeys_have_phrases_too(tmp_path: Path, name: str) -> None:
    more = "  authority: 县里\n" if name == "elsewhere" else "  steps: [{topic: welfare/it}]\n"
    folder = hall_in(tmp_path, BLOCK, **{name: f"# x\n- id: far\n  name: 远的事\n{more}"})
    add_phrase(folder, topic(folder, f"{name}/far"), "ask", "远的事怎么办", SAY)
    assert phrases(folder, "ask", f"{name}/far") == ("远的事怎么办",)


@pytest.mark.parametrize("style", STYLES)
def test_a_service_is_appended_with_its_name_and_question(tmp_path: Path, style: str) -> None:
    folder = hall_in(tmp_path, STYLES[style])
    before = (folder / "welfare.yaml").read_bytes()
    [hall] = read_guides(folder).halls
    add_service(folder, hall, "welfare", "居住证明", "我住这里要个证明", SAY)
    [hall] = read_guides(folder).halls
    [office] = hall.offices
    added = office.services[-1]
    assert (added.name.say("zh"), added.ask) == ("居住证明", ("我住这里要个证明",))
    assert only_put_in(before, (folder / "welfare.yaml").read_bytes())


@pytest.mark.parametrize(
    "office",
    [
        "office: a\n",
        "office: a",
        "office: a\nservices:\n  - id: x\n    name: 甲\n\n# the phone\nphone: '1'\n",
        "office: a\nservices:\n- id: x\n  name: 甲\n  summary: |\n    一\n\nphone: '1'\n",
        "office: a\r\nservices: []\r\nphone: '1'\r\n",
    ],
)
def test_a_service_is_put_among_the_services_wherever_they_stand(
    tmp_path: Path, office: str
) -> None:
    folder = hall_in(tmp_path, office)
    [hall] = read_guides(folder).halls
    add_service(folder, hall, "welfare", "居住证明", "要个证明", SAY)
    [hall] = read_guides(folder).halls
    assert [each.name.say("zh") for each in hall.offices[0].services][-1] == "居住证明"
    assert hall.offices[0].phone == ("1" if "phone" in office else None)


@pytest.mark.parametrize(
    "elsewhere",
    [None, "", "# nothing yet\n", "- id: far\n  name: 远\n\n- id: off\n  name: 外", "[]"],
)
def test_a_matter_of_elsewhere_is_appended(tmp_path: Path, elsewhere: str | None) -> None:
    folder = hall_in(tmp_path, BLOCK, **({} if elsewhere is None else {"elsewhere": elsewhere}))
    [hall] = read_guides(folder).halls
    add_elsewhere(folder, hall, "护照", "县公安局", "护照怎么办", SAY)
    [hall] = read_guides(folder).halls
    added = hall.elsewhere[-1]
    assert added.authority is not None
    assert (added.name.say("zh"), added.authority.say("zh"), added.ask) == (
        "护照",
        "县公安局",
        ("护照怎么办",),
    )


def test_what_does_not_load_is_put_back_and_the_fault_is_told(tmp_path: Path) -> None:
    folder = hall_in(tmp_path, BLOCK, elsewhere="id: far\nname: 远\n")
    [hall] = read_guides(folder).halls
    with pytest.raises(NotWritten, match=r"elsewhere\.yaml"):
        add_elsewhere(folder, hall, "护照", "", "护照怎么办", SAY)
    assert (folder / "elsewhere.yaml").read_text("utf-8") == "id: far\nname: 远\n"


def test_phrases_that_stand_under_an_alias_are_left_to_people(tmp_path: Path) -> None:
    office = (
        "office: a\nservices:\n  - id: x\n    name: 甲\n    also: &all\n      - 共\n"
        "  - id: it\n    name: 低保\n    also: *all\n"
    )
    folder = hall_in(tmp_path, office)
    with pytest.raises(NotWritten, match="by hand"):
        add_phrase(folder, topic(folder), "also", "新的", SAY)
    assert (folder / "welfare.yaml").read_text("utf-8") == office


def test_a_file_that_is_faulty_already_can_still_be_added_to(tmp_path: Path) -> None:
    folder = hall_in(tmp_path, BLOCK.replace("fee: free", "fees: free"))
    add_phrase(folder, topic(folder), "also", "新的", SAY)
    assert "新的" in phrases(folder, "also")


def test_a_file_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    folder = hall_in(tmp_path, BLOCK)
    real = folder / "kept.txt"
    (folder / "welfare.yaml").rename(real)
    real.chmod(0o640)
    (folder / "welfare.yaml").symlink_to(real.name)
    add_phrase(folder, topic(folder), "also", "新的", SAY)
    assert (folder / "welfare.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "新的" in real.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "taken", "wanted"),
    [
        ("Proof of residence", [], "proof-of-residence"),
        ("居住证明", [], "ju-zhu-zheng-ming"),
        ("居住证明", ["ju-zhu-zheng-ming"], "ju-zhu-zheng-ming-2"),
        ("？！", [], "new"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, taken: list[str], wanted: str) -> None:
    assert new_id(name, taken) == wanted


def test_of_several_halls_the_one_that_is_meant_is_written(tmp_path: Path) -> None:
    for name in ("east", "west"):
        (tmp_path / name).mkdir()
        hall_in(tmp_path / name, BLOCK)
    add_phrase(tmp_path, topic(tmp_path, "west:welfare/it"), "also", "新的", SAY)
    assert "新的" in phrases(tmp_path, "also", "west:welfare/it")
    assert (tmp_path / "east" / "welfare.yaml").read_text("utf-8") == BLOCK
