"""Skeletons load as they are and with their examples, and nothing that stands is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from editing.skeleton import NotWritten, Written, new, told
from facts.guides import check_guides
from facts.problems import has_errors

LANGUAGES = ("zh", "en")
EXAMPLE = re.compile(r"^( *)#(?=\S|  )", re.MULTILINE)


def hall(folder: Path, language: str = "zh") -> Path:
    """A hall with one office, as `new` writes them."""
    made = new("hall", "hexi", folder, language).hall
    new("office", "village", made, language)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_hall_with_an_office_and_a_service_loads(tmp_path: Path, language: str) -> None:
    made = hall(tmp_path, language)
    new("service", "village/proof", made, language)
    new("service", "village/second", made, language)
    read = check_guides(made)
    assert {each.kind for each in read.problems} == {"missing-facts"}
    assert [service.id for _, service in read.halls[0].services()] == ["proof", "second"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_in_a_skeleton_loads_once_its_mark_is_taken_away(
    tmp_path: Path, language: str
) -> None:
    made = hall(tmp_path, language)
    new("service", "village/proof", made, language)
    for file in made.glob("*.yaml"):
        text = file.read_text("utf-8")
        assert EXAMPLE.search(text)
        file.write_text(EXAMPLE.sub(r"\1", text), "utf-8")
    read = check_guides(made)
    assert [each.render("en") for each in read.problems] == []
    [(_, service)] = read.halls[0].services()
    assert service.fee
    assert service.cases
    assert read.halls[0].windows


@pytest.mark.parametrize("kind", ["hall", "office", "service"])
def test_both_languages_have_the_same_examples(kind: str) -> None:
    root = Path(__file__).parents[2] / "editing" / "skeletons"
    counts = [len(EXAMPLE.findall((root / f"{kind}.{each}.yaml").read_text("utf-8")))
              for each in LANGUAGES]  # fmt: skip
    assert abs(counts[0] - counts[1]) <= 3


OFFICES = [
    # (what stands there, what stands there afterwards, where the new service is at INSERTED)
    ("office: 甲\nservices:\n  - id: a\n    name: 乙\n",
     "office: 甲\nservices:\n  - id: a\n    name: 乙\nINSERTED"),
    ("office: 甲\nservices:\n- id: a\n  name: 乙",
     "office: 甲\nservices:\n- id: a\n  name: 乙\nINSERTED"),
    ("office: 甲\n事项: # 见下\n    - name:  乙   # 说明\n      id: a\n\n\n# 联系\nphone: '1'\n",
     "office: 甲\n事项: # 见下\n    - name:  乙   # 说明\n      id: a\nINSERTED\n\n"
     "# 联系\nphone: '1'\n"),
    ("office: 甲\nservices:\n  - id: a\n    name: 乙\n    # 收费\n\n# 结束\n",
     "office: 甲\nservices:\n  - id: a\n    name: 乙\n    # 收费\nINSERTED\n# 结束\n"),
    ("office: 甲\nservices:\n  - id: a\n    name: 乙\n    steps: |\n     一\n\n     二\n",
     "office: 甲\nservices:\n  - id: a\n    name: 乙\n    steps: |\n     一\n\n     二\nINSERTED"),
    ("office: 甲\n", "office: 甲\nservices:\nINSERTED"),
    ("office: 甲\nservices:\nphone: '1'\n", "office: 甲\nservices:\nINSERTEDphone: '1'\n"),
    ("\ufeffoffice: 甲\r\nservices:\r\n  - id: a\r\n    name: 乙\r\n",
     "\ufeffoffice: 甲\r\nservices:\r\n  - id: a\r\n    name: 乙\r\nINSERTED"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), OFFICES)
def test_a_service_is_added_behind_the_others_and_all_else_stays_byte_for_byte(
    tmp_path: Path, before: str, after: str
) -> None:
    made = hall(tmp_path)
    file = made / "village.yaml"
    file.write_bytes(before.encode())
    new("service", "village/proof", made, "en")
    start, end = after.split("INSERTED")
    written = file.read_bytes().decode()
    assert written.startswith(start)
    assert written.endswith(end)
    added = written[len(start) : len(written) - len(end)]
    assert added.lstrip().startswith("- id: proof")
    assert ("\r\n" in before) == ("\r\n" in added)
    services = [service.id for _, service in check_guides(made).halls[0].services()]
    assert services[-1] == "proof"
    assert not has_errors(check_guides(made).problems)


REFUSED = [
    ("hall", "hexi", None, "hall.yaml is there already"),
    ("hall", "He Xi", None, "no id"),
    ("hall", "../out", None, "no id"),
    ("office", "village", None, "village.yaml is there already"),
    ("office", "elsewhere", None, "no id"),
    ("office", "nowhere/tax", None, "There is no hall.yaml"),
    ("service", "proof", None, "write office/service"),
    ("service", "tax/proof", None, "There is no office file"),
    ("service", "village/Proof", None, "no id"),
    ("service", "village/a", "office: 甲\nservices:\n  - 标识: a\n    name: 乙\n", "already"),
    ("service", "village/b", "office: [\n", "mend it first"),
    ("service", "village/b", "office: 甲\nservices: [{id: a, name: 乙}]\n", "one item a line"),
    ("service", "village/b", "office: 甲\nservices: []\n", "one item a line"),
    ("service", "village/b", "{office: 甲}\n", "one item a line"),
    ("service", "village/b", "- 甲\n", "one item a line"),
    ("service", "village/b", "office: 甲\nservices: none\n", "one item a line"),
    ("service", "village/b", "office: 甲\n...\n", "one item a line"),
]


@pytest.mark.parametrize(("kind", "name", "office", "words"), REFUSED)
def test_what_cannot_be_written_leaves_every_file_as_it_was(
    tmp_path: Path, kind: str, name: str, office: str | None, words: str
) -> None:
    made = hall(tmp_path)
    if office is not None:
        (made / "village.yaml").write_text(office, "utf-8")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(NotWritten) as refused:
        new(kind, name, made, "en")
    assert words in told(refused.value, "en")
    assert re.search("[\u4e00-\u9fff]", told(refused.value, "zh"))
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_hall_is_written_beside_another_and_an_office_into_the_hall_that_is_named(
    tmp_path: Path,
) -> None:
    made = hall(tmp_path)
    other = new("hall", "hedong", made, "zh")
    assert other == Written(tmp_path / "hedong" / "hall.yaml", tmp_path / "hedong")
    assert new("office", "hedong/tax", tmp_path, "zh").file == tmp_path / "hedong" / "tax.yaml"
    assert new("service", "hedong/tax/a", tmp_path, "zh").hall == tmp_path / "hedong"
    with pytest.raises(NotWritten):
        new("office", "tax", tmp_path, "zh")


def test_what_was_written_is_told_with_what_to_do_next(tmp_path: Path) -> None:
    written = new("hall", "hexi", tmp_path, "en")
    assert told(written, "en").splitlines() == [
        f"Written: {tmp_path / 'hexi' / 'hall.yaml'}",
        f"Now fill it in, then: python bot.py check {tmp_path / 'hexi'}",
    ]
