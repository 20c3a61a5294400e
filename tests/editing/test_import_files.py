"""The files that an import writes: their ids, what is kept, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from item_lists import HEADER, Cells, imported, text, workbook

from editing.exchange.importing import import_list
from editing.exchange.remarks import Refused

LIST: Cells = [
    HEADER,
    ["民政办", "低保", "身份证", "15个工作日", "免费"],
    ["民政办", "低保", "户口簿", "15个工作日", "免费"],
    ["林业站", "采伐许可", "林权证", "20个工作日", "免费"],
]
HALL = "name: 河东镇政务服务中心\nwindows:\n  - number: 1\n    name: 综合窗口\n"
OFFICE = """\
office: 民政办
services:
  - id: dibao
    name: 低保
    fee: free
"""


def hall(folder: Path, **files: str) -> Path:
    """A hall that is there already."""
    place = folder / "guides" / "hedong"
    place.mkdir(parents=True)
    for name, contents in {"hall": HALL, **files}.items():
        (place / f"{name}.yaml").write_text(contents, "utf-8")
    return place


def contents(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text("utf-8") for each in sorted(folder.iterdir())}


def test_ids_are_pinyin_unique_and_the_same_every_time(tmp_path: Path) -> None:
    first = imported(workbook(tmp_path, LIST), hall="first")
    again = imported(workbook(tmp_path, LIST), hall="again")
    ids = {f"{office.id}/{each.id}" for office, each in first.hall.services()}
    assert ids == {"min-zheng-ban/di-bao", "min-zheng-ban/di-bao-2", "lin-ye-zhan/cai-fa-xu-ke"}
    assert ids == {f"{office.id}/{each.id}" for office, each in again.hall.services()}


def test_another_order_of_rows_keeps_the_ids_where_codes_tell_services_apart(
    tmp_path: Path,
) -> None:
    head, *rows = [["事项名称", "实施编码"], ["低保", "11001"], ["低保", "11002"]]
    told = [
        {each.code: each.id for each in imported(workbook(tmp_path, given), hall=name).services}
        for name, given in (("one", [head, *rows]), ("other", [head, *reversed(rows)]))
    ]
    assert told[0] == told[1]


def test_services_and_offices_that_are_there_keep_their_ids(tmp_path: Path) -> None:
    folder = hall(tmp_path, **{"civil-affairs": OFFICE})
    found = imported(workbook(tmp_path, LIST), force=True)
    assert "dibao" in {each.id for each in found.services}
    assert sorted(contents(folder)) == ["civil-affairs.yaml", "hall.yaml", "lin-ye-zhan.yaml"]


def test_files_that_differ_are_kept_and_nothing_else_is_written(tmp_path: Path) -> None:
    folder = hall(tmp_path, **{"civil-affairs": OFFICE})
    before = contents(folder)
    found = imported(workbook(tmp_path, LIST))
    assert not found.outcome.written
    assert contents(folder) == before
    assert "civil-affairs.yaml is there already and differs" in found.said
    assert "身份证" in found.said


def test_force_replaces_the_files_that_differ_and_no_others(tmp_path: Path) -> None:
    folder = hall(tmp_path, **{"civil-affairs": OFFICE, "land": OFFICE.replace("民政办", "国土所")})
    before = contents(folder)
    assert imported(workbook(tmp_path, LIST), force=True).outcome.written
    after = contents(folder)
    assert {name for name in before if after[name] != before[name]} == {"civil-affairs.yaml"}


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    imported(workbook(tmp_path, LIST))
    found = imported(workbook(tmp_path, LIST))
    assert found.outcome.written
    assert "is as it was" in found.said
    assert "differs" not in found.said


def test_a_window_that_the_hall_does_not_have_is_told_and_kept_as_a_comment(
    tmp_path: Path,
) -> None:
    folder = hall(tmp_path)
    rows = [["事项名称", "办理地点"], ["低保", "7号窗口"], ["救助", "综合窗口"]]
    found = imported(workbook(tmp_path, rows))
    assert "Sheet1!B2" in found.said
    assert found.service("低保").window == ()
    assert found.service("救助").window == ("1",)
    assert (folder / "hall.yaml").read_text("utf-8") == HALL


def test_the_office_may_be_named_where_there_is_one(tmp_path: Path) -> None:
    rows = [["事项名称", "收费"], ["低保", "免费"]]
    found = imported(workbook(tmp_path, rows), office="civil-affairs")
    assert [each.id for each in found.hall.offices] == ["civil-affairs"]


REFUSED = [
    ({"office": "one"}, "several-offices"),
    ({"office": "hall"}, "wrong-id"),
    ({"office": "../up"}, "wrong-id"),
    ({"hall": "../up"}, "wrong-id"),
    ({"hall": "a/b"}, "wrong-id"),
]


@pytest.mark.parametrize(("given", "kind"), REFUSED, ids=[str(given) for given, _ in REFUSED])
def test_ids_that_lead_out_of_the_folder_are_refused(
    given: dict[str, str], kind: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        import_list(workbook(tmp_path, LIST), tmp_path / "guides", **{"hall": "a", **given})  # type: ignore[arg-type]
    assert refused.value.kind == kind
    assert not (tmp_path / "guides").exists()


def test_a_hall_of_several_must_be_named(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "guides" / name).mkdir(parents=True)
        (tmp_path / "guides" / name / "hall.yaml").write_text(HALL, "utf-8")
    with pytest.raises(Refused, match="which-hall"):
        import_list(workbook(tmp_path, LIST), tmp_path / "guides")


def test_what_is_read_never_becomes_yaml_by_itself(tmp_path: Path) -> None:
    hostile = "免费\n    id: evil"
    rows = [
        ["事项名称", "简介", "备注"],
        ["a: b", hostile, "x\nservices: []\n"],
        ["- {x}", "#", "&a *a"],
    ]
    found = imported(workbook(tmp_path, rows))
    assert [each.name.say("zh") for each in found.services] == ["a: b", "- {x}"]
    assert found.services[0].id != "evil"


def test_phrases_that_the_desk_must_never_say_are_only_a_warning(tmp_path: Path) -> None:
    found = imported(text(tmp_path, "事项名称,简介\n低保,不归我管\n"))
    assert len(found.services) == 1
