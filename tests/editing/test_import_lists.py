"""Lists in the layouts that halls use, in workbooks and in text."""

from __future__ import annotations

from pathlib import Path

import pytest
from item_lists import HEADER, Cells, imported, text, workbook

from facts.model import Duration

ROWS = [
    ["民政办", "低保申请", "1.身份证\n2.户口簿", "15个工作日", "不收费"],
    ["林业站", "采伐许可", "林权证、申请表", "即办", "20元"],
]
PLAIN: Cells = [HEADER, *ROWS]
UNDER_TITLES: Cells = [
    ["河东镇政务服务事项清单（2026年版）"],
    ["填报单位：河东镇人民政府"],
    [],
    HEADER,
    *ROWS,
]
WITH_NUMBERS: Cells = [["序号", *HEADER], [1, *ROWS[0]], [2, *ROWS[1]]]
OTHER_ORDER: Cells = [list(reversed(row)) for row in PLAIN]
OTHER_NAMES: Cells = [
    ["实施 主体", "＊事项名称（必填）", "申报材料：", "承诺办结时间", "收费标准及依据"],
    *ROWS,
]
SLASHED: Cells = [
    ["主管部门/实施主体", "政务服务事项名称", "申请材料/所需材料", "承诺时限", "费用"],
    *ROWS,
]
REPEATED: Cells = [HEADER, ROWS[0], HEADER, [], ROWS[1]]
SECTIONS: Cells = [
    HEADER[1:],
    ["一、民政办（1项）"],
    ROWS[0][1:],
    ["二、林业站（1项）"],
    ROWS[1][1:],
]
TWO_ROWS: Cells = [
    ["主管部门", "事项名称", "申请材料", "办结时限", None, "收费标准"],
    [None, None, None, "法定", "承诺", None],
    [*ROWS[0][:3], "20个工作日", *ROWS[0][3:]],
    [*ROWS[1][:3], "", *ROWS[1][3:]],
]
MATERIAL_ROWS: Cells = [
    ["主管部门", "事项名称", "申请材料", None, "承诺时限", "收费"],
    [None, None, "名称", "来源渠道", None, None],
    ["民政办", "低保申请", "身份证", "公安部门", "15个工作日", "不收费"],
    [None, None, "户口簿", "公安部门", None, None],
    ["林业站", "采伐许可", "林权证", "", "即办", "20元"],
    [None, None, "申请表", "窗口领取", None, None],
]
ENGLISH: Cells = [
    ["Department", "Service name", "Required documents", "Promised time limit", "Fees"],
    *ROWS,
]

LAYOUTS: dict[str, tuple[Cells, list[str]]] = {
    "plain": (PLAIN, []),
    "under titles": (UNDER_TITLES, ["A1:E1", "A2:E2"]),
    "with numbers": (WITH_NUMBERS, []),
    "other order": (OTHER_ORDER, []),
    "other names": (OTHER_NAMES, []),
    "slashed names": (SLASHED, []),
    "repeated header": (REPEATED, []),
    "sections": (SECTIONS, ["A2:D2", "A4:D4"]),
    "two header rows": (TWO_ROWS, ["D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2"]),
    "a material a row, merged": (
        MATERIAL_ROWS,
        ["C1:D1", "A1:A2", "B1:B2", "E1:E2", "F1:F2", "A3:A4", "B3:B4", "E3:E4", "A5:A6", "B5:B6"],
    ),
    "a material a row, not merged": (MATERIAL_ROWS, ["C1:D1"]),
    "English headings": (ENGLISH, []),
}


@pytest.mark.parametrize(("rows", "merged"), LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_gives_the_same_services(
    rows: Cells, merged: list[str], tmp_path: Path
) -> None:
    found = imported(workbook(tmp_path, rows, merged=merged))
    assert {each.office.say("zh"): each.id for each in found.hall.offices} == {
        "民政办": "min-zheng-ban",
        "林业站": "lin-ye-zhan",
    }
    dibao, permit = found.service("低保申请"), found.service("采伐许可")
    assert [each.name.say("zh") for each in dibao.materials or ()] == ["身份证", "户口簿"]
    assert [each.name.say("zh") for each in permit.materials or ()] == ["林权证", "申请表"]
    assert dibao.time_limit is not None
    assert dibao.time_limit.promised == Duration(15, "working days")
    assert (dibao.fee, [each.amount.say("zh") for each in permit.fee or ()]) == ((), ["20"])


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_text_is_read_whatever_its_encoding_and_delimiter(
    encoding: str, delimiter: str, tmp_path: Path
) -> None:
    quoted = [[f'"{cell}"' for cell in row] for row in PLAIN]
    contents = "\r\n".join(delimiter.join(row) for row in quoted)
    found = imported(text(tmp_path, contents.encode(encoding)))
    assert [each.name.say("zh") for each in found.services] == ["采伐许可", "低保申请"]
    assert len(found.service("低保申请").materials or ()) == 2


@pytest.mark.parametrize("name", ["items.csv", "items.xlsx", "items.txt"])
def test_the_contents_count_not_the_ending_of_the_name(name: str, tmp_path: Path) -> None:
    found = imported(text(tmp_path, "事项名称,收费\n低保,免费\n", name))
    assert found.services[0].fee == ()
    assert imported(workbook(tmp_path, PLAIN, name="list.csv"), hall="other").services


def test_a_merged_office_counts_for_all_its_rows(tmp_path: Path) -> None:
    rows: Cells = [HEADER, ROWS[0], [None, "临时救助", "身份证", "即办", "免费"]]
    found = imported(workbook(tmp_path, rows, merged=["A2:A3"]))
    assert [len(each.services) for each in found.hall.offices] == [2]


def test_several_sheets_are_one_hall_and_their_names_are_offices(tmp_path: Path) -> None:
    def more(book: object) -> None:
        other = book.create_sheet("林业站")  # type: ignore[attr-defined]
        other.append(["事项名称", "收费"])
        other.append(["采伐许可", "免费"])
        book.create_sheet("填表说明").append(["请如实填写"])  # type: ignore[attr-defined]

    rows = [["事项名称", "收费"], ["低保申请", "免费"]]
    found = imported(workbook(tmp_path, rows, sheet="民政办", change=more))
    assert {each.office.say("zh") for each in found.hall.offices} == {"民政办", "林业站"}
    assert "items.xlsx: 填表说明: no header row" in found.said


def test_the_title_names_a_new_hall(tmp_path: Path) -> None:
    rows, merged = LAYOUTS["under titles"]
    assert imported(workbook(tmp_path, rows, merged=merged)).hall.name.say("zh") == "河东镇"


def test_a_new_hall_has_the_windows_with_their_offices_and_the_hours_of_its_list(
    tmp_path: Path,
) -> None:
    rows = [
        ["主管部门", "事项名称", "办理地点", "办理时间"],
        ["民政办", "低保申请", "一楼3号民政窗口", "周一至周五 8:30-12:00"],
        ["林业站", "采伐许可", "二楼5号窗口", "周一至周五 8:30-12:00"],
    ]
    hall = imported(workbook(tmp_path, rows)).hall
    assert [(each.number, each.office) for each in hall.windows] == [
        ("3", "min-zheng-ban"),
        ("5", "lin-ye-zhan"),
    ]
    assert [each.days for each in hall.hours] == [(0, 1, 2, 3, 4)]


def test_a_row_without_a_service_is_told_and_kept(tmp_path: Path) -> None:
    rows: Cells = [
        ["部门", "事项名称", "收费"],
        ["注：本清单由政务办解释", None, None],
        ["民政办", "低保", "免费"],
    ]
    found = imported(workbook(tmp_path, rows))
    assert "items.xlsx: Sheet1!A2: " in found.said
    assert "本清单由政务办解释" in found.yaml()


def test_cells_with_control_and_half_characters_are_read_and_told(tmp_path: Path) -> None:
    contents = "事项名称,申请材料,收费\n低\x07保,身份证".encode("gbk") + b"\xd6,\xc3\xe2\xb7\xd1\n"
    found = imported(text(tmp_path, contents))
    assert "items.csv: B2: " in found.said
    [service] = found.services
    assert service.name.say("zh") == "低保"
    assert [each.name.say("zh") for each in service.materials or ()] == ["身份证"]


@pytest.mark.parametrize("cell", ["低_x0007_保", "低_xD83D_保", "低\u0085保", "低\ufeff保"])
def test_codes_of_characters_in_workbooks_are_no_text(cell: str, tmp_path: Path) -> None:
    found = imported(workbook(tmp_path, [["事项名称", "收费"], [cell, "免费"]]))
    assert found.services[0].name.say("zh").replace("\n", "").replace("；", "") == "低保"
