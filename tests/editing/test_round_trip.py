"""Guides to a workbook and back: the same facts, whatever stands in them."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from editing.exchange.importing import Outcome, import_list
from editing.exchange.spreadsheet import workbook
from facts.guides import Guides, check_guides, read_guides
from facts.model import Hall

SAMPLE = Path(__file__).parents[2] / "guides" / "taiping"


def there_and_back(
    hall: Hall, folder: Path, change: Callable[[Any], None] | None = None
) -> tuple[Guides, str]:
    """The hall exported and imported again, perhaps changed in between; and what was said."""
    outcome = exported_and_imported(hall, folder, change)
    assert outcome.written
    return check_guides(folder / "guides" / hall.id), "\n".join(outcome.lines)


def exported_and_imported(
    hall: Hall, folder: Path, change: Callable[[Any], None] | None = None
) -> Outcome:
    contents = workbook(hall)
    if change:
        book = openpyxl.load_workbook(BytesIO(contents))
        change(book)
        book.save(folder / "hall.xlsx")
    else:
        (folder / "hall.xlsx").write_bytes(contents)
    return import_list(folder / "hall.xlsx", folder / "guides", hall=hall.id)


def alone(hall: Hall) -> Hall:
    """The hall without the place of its folder."""
    return dataclasses.replace(hall, folder=None)


@pytest.fixture(scope="module")
def sample() -> Guides:
    return check_guides(SAMPLE)


def test_the_whole_sample_hall_comes_back(sample: Guides, tmp_path: Path) -> None:
    back, said = there_and_back(sample.halls[0], tmp_path)
    assert alone(back.halls[0]) == alone(sample.halls[0])
    assert back.questions == sample.questions
    assert {each.kind for each in back.problems} == {each.kind for each in sample.problems}
    assert "0 places to look at" in said


def test_an_export_into_the_hall_it_came_from_changes_nothing(
    sample: Guides, tmp_path: Path
) -> None:
    shutil.copytree(SAMPLE, tmp_path / "guides" / "taiping")
    before = {each: each.read_bytes() for each in (tmp_path / "guides").rglob("*.yaml")}
    _, said = there_and_back(sample.halls[0], tmp_path)
    assert {each: each.read_bytes() for each in (tmp_path / "guides").rglob("*.yaml")} == before
    assert "wrote" not in said


def test_a_floor_plan_and_own_matters_come_along(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    (folder / "matters").mkdir(parents=True)
    (folder / "hall.yaml").write_text("name: 大厅\nfloor_plan: plan.svg\n", "utf-8")
    (folder / "plan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>\n", "utf-8")
    (folder / "matters" / "own.yaml").write_text("[]\n", "utf-8")
    (folder / "land.yaml").write_text("office: 国土所\nservices: [{id: a, name: 甲}]\n", "utf-8")
    hall = read_guides(folder).halls[0]
    (tmp_path / "out").mkdir()
    back, _ = there_and_back(hall, tmp_path / "out")
    assert alone(back.halls[0]) == alone(hall)
    copies = tmp_path / "out" / "guides" / "hall"
    for name in ("plan.svg", "matters/own.yaml"):
        assert (copies / name).read_bytes() == (folder / name).read_bytes()


def column(sheet: Any, title: str) -> int:
    return [cell.value for cell in sheet[1]].index(title) + 1


def test_a_changed_cell_keeps_the_details_of_what_it_still_tells(
    sample: Guides, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        cell = sheet.cell(2, column(sheet, "申请材料"))
        cell.value = cell.value.replace("原件1份", "原件2份", 1) + "\n6. 照片"
        sheet.cell(2, column(sheet, "事项名称")).value = "耕地补贴"

    before = next(service for _, service in sample.halls[0].services())
    back, said = there_and_back(sample.halls[0], tmp_path, change)
    after = next(service for _, service in back.halls[0].services())
    assert after.name.words == {**before.name.words, "zh": "耕地补贴"}
    first, *_, last = after.materials or ()
    assert first == dataclasses.replace((before.materials or ())[0], original=2)
    assert last.name.say("zh") == "照片"
    assert (after.cases, after.faq) == (before.cases, before.faq)
    assert "details" not in said


def small(folder: Path, hall: str = "", **second: Any) -> Hall:
    """A hall with two services, of which the second tells more."""
    services = [{"id": "a", "name": "甲", "faq": [{"ask": "吗", "answer": "是"}]},
                {"id": "b", "name": "乙", **second}]  # fmt: skip
    (folder / "h").mkdir()
    (folder / "h" / "hall.yaml").write_text(f"name: 大厅\n{hall}", "utf-8")
    office = yaml.safe_dump({"office": "单位", "services": services})
    (folder / "h" / "o.yaml").write_text(office, "utf-8")
    return read_guides(folder / "h").halls[0]


def delete(book: Any) -> None:
    book.worksheets[0].delete_rows(2)


def test_a_row_that_was_deleted_is_told(tmp_path: Path) -> None:
    back, said = there_and_back(small(tmp_path), tmp_path, delete)
    assert "“a”" in said
    assert [each.id for _, each in back.halls[0].services()] == ["b"]


def test_a_deleted_row_that_others_name_is_taken_out_there_too(tmp_path: Path) -> None:
    hall = small(tmp_path, related=["o/a"])
    back, said = there_and_back(hall, tmp_path, delete)
    assert "“o/a”" in said
    assert [each.related for _, each in back.halls[0].services()] == [()]


def test_nothing_is_written_where_the_guides_would_not_pass_the_check(tmp_path: Path) -> None:
    hall = small(tmp_path, hall="stations: [{id: x, name: 站, services: [o/a]}]\n")
    outcome = exported_and_imported(hall, tmp_path, delete)
    assert not outcome.written
    assert any("hall.yaml" in line and "o/a" in line for line in outcome.lines)
    assert not (tmp_path / "guides").exists()


def test_details_that_no_longer_fit_are_told_and_kept(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet.cell(3, column(sheet, "申请材料")).value = "照片"

    hall = small(tmp_path, materials=[{"name": {"zh": "合同", "en": "Contract"}}])
    back, said = there_and_back(hall, tmp_path, change)
    assert "hall.xlsx: 事项清单!G3: this cell was changed" in said
    assert "en: Contract" in (tmp_path / "guides" / "h" / "o.yaml").read_text("utf-8")
    *_, (_, service) = back.halls[0].services()
    assert [each.name.words for each in service.materials or ()] == [{"zh": "照片"}]


def test_a_name_of_a_file_in_a_supplement_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for name in ("../../evil.yaml", "/evil.yaml", "..", "a/b", ".hidden.yaml", "evil.py"):
            book.worksheets[1].append([name, "x", "name", "evil"])

    there_and_back(small(tmp_path), tmp_path, change)
    assert list(tmp_path.rglob("*evil*")) == []


HARMFUL = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("words", HARMFUL)
def test_cells_that_begin_like_formulas_are_texts(words: str, tmp_path: Path) -> None:
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "hall.yaml").write_text("name: 大厅\n", "utf-8")
    told = {"office": "单位", "services": [{"id": "a", "name": words, "summary": words}]}
    (tmp_path / "h" / "o.yaml").write_text(yaml.safe_dump(told), "utf-8")
    hall = read_guides(tmp_path / "h").halls[0]
    sheet = openpyxl.load_workbook(BytesIO(workbook(hall))).worksheets[0]
    cell = sheet.cell(2, column(sheet, "事项名称"))
    assert (cell.value, cell.data_type, cell.quotePrefix) == (words, "s", True)
    back, _ = there_and_back(hall, tmp_path)
    assert alone(back.halls[0]) == alone(hall)


words = st.text(
    st.sampled_from(
        "身份证户口簿原件1份复印2、；，。（）()：: \n.=+-@#&*!|>'\"%_x000A_①→无免费元号窗口AaЖ𠮷🙂"
    ),
    min_size=1,
    max_size=12,
).filter(str.strip)
texts = words | st.fixed_dictionaries({"zh": words, "en": words})
phones = st.from_regex(r"0\d{3}-\d{7}", fullmatch=True)
terms = st.sampled_from(["20个工作日", "3 months", "即办", "60天", "2 working hours", "1 year"])
materials = st.lists(
    texts
    | st.fixed_dictionaries(
        {"name": texts},
        optional={
            "original": st.integers(0, 3), "copies": st.integers(0, 3), "when": texts,
            "source": texts, "electronic": st.sampled_from(["yes", "no"]), "note": texts,
            "need": st.sampled_from(["required", "optional", "deferrable"]),
            "also": st.lists(words, max_size=2), "form": texts,
            "one_of": st.lists(texts, min_size=1, max_size=2),
        },
    ),
    max_size=3,
)  # fmt: skip
fees = st.just("free") | st.lists(
    st.fixed_dictionaries(
        {"amount": st.sampled_from(["20", "10-50", "1.5%"]) | texts},
        optional={"for": texts, "note": texts, "basis": texts, "currency": st.just("EUR")},
    ),
    min_size=1,
    max_size=2,
)
facts: dict[str, st.SearchStrategy[Any]] = {
    "code": words,
    "also": st.lists(words, max_size=2),
    "ask": st.lists(words, max_size=2),
    "summary": texts,
    "conditions": st.lists(texts, max_size=3),
    "materials": materials,
    "steps": st.lists(texts, max_size=3),
    "window": st.sampled_from(["1", "A2"]),
    "phone": phones,
    "hours": st.sampled_from([["Mon-Fri 08:30-12:00"], ["Mon, Wed 09:00-12:00, 13:00-17:00"]])
    | words,
    "time_limit": st.fixed_dictionaries({}, optional={"promised": terms, "note": texts}),
    "fee": fees,
    "visits": texts,
    "result": texts,
    "kind": st.sampled_from(["instant", "promised"]),
    "audience": st.sampled_from(["individual", "business", ["individual", "business"]]),
    "basis": st.lists(texts, max_size=2),
    "scope": texts,
    "accepted_at": st.just("town"),
    "status": st.sampled_from(["active", "suspended"]),
    "verified_on": st.just("2026-11-01"),
    "faq": st.lists(
        st.fixed_dictionaries({"ask": st.lists(words, min_size=1), "answer": texts}), max_size=1
    ),
    "cases": st.just([{"id": "lost", "name": "丢失", "fee": "free"}]),
}
services = st.lists(st.fixed_dictionaries({"name": texts}, optional=facts), max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    services=services, office=texts, language=st.sampled_from([["zh"], ["zh", "en"], ["en", "zh"]])
)
def test_random_guides_come_back(
    services: list[dict[str, Any]], office: Any, language: list[str]
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place) / "h"
        folder.mkdir()
        hall = {
            "name": "大厅",
            "languages": language,
            "windows": [{"number": "1", "name": "综合窗口"}, {"number": "A2"}],
        }
        told = {
            "office": office,
            "services": [{"id": f"s{n}", **each} for n, each in enumerate(services)],
        }
        (folder / "hall.yaml").write_text(yaml.safe_dump(hall, allow_unicode=True), "utf-8")
        (folder / "o.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
        before = check_guides(folder)
        assume(all(each.severity != "error" for each in before.problems))
        back, _ = there_and_back(before.halls[0], Path(place))
        assert alone(back.halls[0]) == alone(before.halls[0])
