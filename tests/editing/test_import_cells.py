"""Single cells of a list, read into facts, or told and kept beside the service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from item_lists import imported, one, workbook

from editing.exchange.remarks import texts
from facts.model import Duration, Material, Service, Text


def zh(words: str) -> Text:
    return Text({"zh": words})


def m(name: str, **told: Any) -> Material:
    texts = {k: zh(v) for k, v in told.items() if isinstance(v, str) and k != "need"}
    return Material(name=zh(name), **{**told, **texts})


ID = m("身份证")
ONE_AND_TWO = m("身份证", original=1, copies=2)

MATERIALS: list[tuple[str, tuple[Material, ...]]] = [
    ("身份证", (ID,)),
    ("身份证、户口簿", (ID, m("户口簿"))),
    ("身份证，户口簿", (ID, m("户口簿"))),
    ("身份证；户口簿；", (ID, m("户口簿"))),
    ("身份证\n户口簿", (ID, m("户口簿"))),
    ("1.身份证2.户口簿", (m("身份证2.户口簿"),)),
    ("1.身份证；2.户口簿。", (ID, m("户口簿。"))),
    ("1、身份证\n2、户口簿", (ID, m("户口簿"))),
    ("（1）身份证（2）户口簿", (ID, m("户口簿"))),
    ("①身份证②户口簿", (ID, m("户口簿"))),
    ("一、身份证\n二、户口簿", (ID, m("户口簿"))),
    ("· 身份证\n· 户口簿", (ID, m("户口簿"))),
    ("身份证原件1份，复印件2份", (ONE_AND_TWO,)),
    ("身份证（原件1份，复印件2份）", (ONE_AND_TWO,)),
    ("身份证原件1份复印件2份", (ONE_AND_TWO,)),
    ("身份证（原件一份、复印件两份）", (ONE_AND_TWO,)),
    ("身份证复印件", (m("身份证", copies=1),)),
    ("身份证原件及复印件", (m("身份证", original=1, copies=1),)),
    ("身份证（原件及复印件各2份）", (m("身份证", original=2, copies=2),)),
    ("申请表（一式三份）", (m("申请表", original=3),)),
    ("一寸照片2张", (m("一寸照片", original=2),)),
    ("委托书（委托办理时提供）", (m("委托书", when="委托办理时"),)),
    ("结婚证（已婚的提供）", (m("结婚证", when="已婚的"),)),
    ("残疾证复印件1份（残疾人提供）", (m("残疾证", copies=1, when="残疾人"),)),
    ("收入证明（由村委会出具）", (m("收入证明", source="由村委会出具"),)),
    ("申请表（来源：窗口领取）", (m("申请表", source="窗口领取"),)),
    ("学历证书（容缺后补）", (m("学历证书", need="deferrable"),)),
    ("身份证（电子证照）", (m("身份证", electronic=True),)),
    ("营业执照（副本）", (m("营业执照（副本）"),)),
    ("营业执照复印件（加盖公章）", (m("营业执照", copies=1, note="加盖公章"),)),
    ("有效身份证件，须本人签名", (m("有效身份证件，须本人签名"),)),
    ("《申请表（一）》", (m("《申请表（一）》"),)),
    ("无", ()),
    ("无需申请材料", ()),
]


@pytest.mark.parametrize(("cell", "materials"), MATERIALS, ids=[cell for cell, _ in MATERIALS])
def test_materials_are_read_with_their_numbers_and_conditions(
    cell: str, materials: tuple[Material, ...], tmp_path: Path
) -> None:
    assert one(tmp_path, 申请材料=cell).services[0].materials == materials


FACTS: list[tuple[str, Any, str, Any]] = [
    ("法定办结时限", "20个工作日", "statutory", Duration(20, "working days")),
    ("法定办结时限（工作日）", 20, "statutory", Duration(20, "working days")),
    ("承诺办结时限", "自受理之日起5个工作日内", "promised", Duration(5, "working days")),
    ("承诺办结时限", "即时办结", "promised", Duration(0, "on the spot")),
    ("承诺办结时限", "0个工作日", "promised", Duration(0, "on the spot")),
    ("承诺时限", "三个月", "promised", Duration(3, "months")),
    ("办结时限", "法定30日，承诺10日", "promised", Duration(10, "days")),
    ("办结时限", "法定30日，承诺10日", "statutory", Duration(30, "days")),
    ("服务对象", "自然人、法人", "audience", ("individual", "business")),
    ("服务对象", "企业法人/其他组织", "audience", ("business",)),
    ("办件类型", "即办件", "kind", "instant"),
    ("到现场次数", "1次", "visits", zh("1")),
    ("到现场次数", 0, "visits", zh("0")),
    ("到现场次数", "最多跑一次", "visits", zh("1")),
    ("行使层级", "县级", "decided_at", "county"),
    ("咨询电话", "窗口电话：0000-1234567", "phone", "0000-1234567"),
    ("咨询方式", "0000-1234567；12345", "phone", "0000-1234567、12345"),
    ("办理时间", "法定工作日", "hours", zh("法定工作日")),
    ("设定依据", "《甲法》第一条；《乙法》", "basis", (zh("《甲法》第一条"), zh("《乙法》"))),
    ("办理流程", "申请→受理→办结", "steps", (zh("申请"), zh("受理"), zh("办结"))),
    ("办理流程", "申请-受理-办结", "steps", (zh("申请"), zh("受理"), zh("办结"))),
    ("办理流程", "1. 申请\n到窗口\n2. 领证", "steps", (zh("申请到窗口"), zh("领证"))),
    ("受理条件", "（一）满16周岁；（二）本地户籍", "conditions", (zh("满16周岁"), zh("本地户籍"))),
    ("受理条件", "满1.5米；有票", "conditions", (zh("满1.5米"), zh("有票"))),
    ("办理结果", "居住证", "result", zh("居住证")),
    ("通办范围", "全市", "scope", zh("全市")),
]


def told(service: Service, key: str) -> Any:
    holder = service.time_limit if key in ("statutory", "promised") else service
    return getattr(holder, key)


@pytest.mark.parametrize(
    ("column", "cell", "key", "fact"), FACTS, ids=[f"{column} {cell}" for column, cell, *_ in FACTS]
)
def test_a_cell_is_read_as_its_column(
    column: str, cell: Any, key: str, fact: Any, tmp_path: Path
) -> None:
    found = one(tmp_path, **{column: cell}, 实施编码="1")
    assert told(found.services[0], key) == fact
    assert "Sheet1!" not in found.said


HOURS = [
    "周一至周五 08:30-12:00, 14:00-17:30",
    "周一至周五，上午8:30-12:00，下午14:00-17:30（法定节假日除外）",
    "周一至周五 上午8:30-12:00 下午2:00-5:30",
    "星期一至星期五：8：30—12：00；14：00—17：30",
    "工作日8:30至12:00、14:00至17:30",
]


@pytest.mark.parametrize("cell", HOURS)
def test_opening_hours_are_read_as_hours(cell: str, tmp_path: Path) -> None:
    [service] = one(tmp_path, 办理时间=cell).services
    assert isinstance(service.hours, tuple)
    [opening] = service.hours
    assert opening.days == (0, 1, 2, 3, 4)
    assert [f"{s.start:%H:%M}-{s.end:%H:%M}" for s in opening.open] == [
        "08:30-12:00",
        "14:00-17:30",
    ]


FEES: list[tuple[dict[str, str], list[str] | None]] = [
    ({"收费标准": "不收费"}, []),
    ({"收费标准": "无"}, []),
    ({"是否收费": "否"}, []),
    ({"是否收费": "否", "收费标准": "无"}, []),
    ({"是否收费": "是", "收费标准": "20元"}, ["20"]),
    ({"收费标准": "工本费10元/本"}, ["10"]),
    ({"收费标准": "10-50元"}, ["10-50"]),
    ({"收费标准": "工本费5元；照片费20元"}, ["5", "20"]),
    ({"收费标准": "按面积收取"}, ["按面积收取"]),
    ({"是否收费": "是"}, None),
]


@pytest.mark.parametrize(("cells", "amounts"), FEES, ids=[str(cells) for cells, _ in FEES])
def test_fees_are_read_from_one_column_or_two(
    cells: dict[str, str], amounts: list[str] | None, tmp_path: Path
) -> None:
    fee = one(tmp_path, **cells).services[0].fee
    assert (None if fee is None else [each.amount.say("zh") for each in fee]) == amounts


WINDOWS = [
    ("3号窗口", ["3"], ""),
    ("政务服务中心一楼3号窗口", ["3"], "政务服务中心一楼"),
    ("二楼5、6号窗口", ["5", "6"], "二楼"),
    ("3-5号窗口", ["3", "4", "5"], ""),
    ("一楼三号窗口", ["3"], "一楼"),
    ("A12号窗口", ["A12"], ""),
    ("窗口7", ["7"], ""),
    ("7", ["7"], ""),
    ("大厅8号民政窗口", ["8"], "大厅"),
]


@pytest.mark.parametrize(("cell", "numbers", "place"), WINDOWS, ids=[w[0] for w in WINDOWS])
def test_windows_are_found_in_places_and_become_the_windows_of_a_new_hall(
    cell: str, numbers: list[str], place: str, tmp_path: Path
) -> None:
    found = one(tmp_path, 办理地点=cell)
    assert list(found.services[0].window) == numbers
    assert [each.number for each in found.hall.windows] == numbers
    assert {each.place.say("zh") if each.place else "" for each in found.hall.windows} == {place}


UNREAD = [
    ("承诺办结时限", "视情况而定", "B2"),
    ("服务对象", "残疾人", "B2"),
    ("办件类型", "上报件", "B2"),
    ("到现场次数", "看情况", "B2"),
    ("行使层级", "本级", "B2"),
    ("咨询电话", "见大厅公告", "B2"),
    ("咨询电话", "0000-1234567 张三", "B2"),
    ("收费标准", "是", "B2"),
    ("事项类型", "行政许可", "B1"),
    ("申请材料", "身份证、其他材料", "B2"),
    ("法定办结时限", "=10+10", "B2"),
]


@pytest.mark.parametrize(
    ("column", "cell", "place"), UNREAD, ids=[f"{c} {t}" for c, t, _ in UNREAD]
)
def test_what_is_not_read_is_told_with_its_cell_and_kept_beside_the_service(
    column: str, cell: str, place: str, tmp_path: Path
) -> None:
    found = one(tmp_path, **{column: cell}, 实施编码="1")
    assert f"items.xlsx: Sheet1!{place}: " in found.said
    [comment] = [line for line in found.yaml().splitlines() if line.lstrip().startswith("#")]
    assert cell.rpartition("、")[2] in comment
    assert "items.xlsx: Sheet1!B2" in comment


def test_a_promise_above_the_law_is_kept_beside_the_service(tmp_path: Path) -> None:
    found = one(tmp_path, 法定办结时限="10个工作日", 承诺办结时限="20个工作日")
    limit = found.services[0].time_limit
    assert limit is not None
    assert (limit.statutory, limit.promised) == (Duration(10, "working days"), None)
    assert "Sheet1!C2" in found.said
    assert "20个工作日" in found.yaml()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_remarks_are_told_in_the_language_asked_for(language: str, tmp_path: Path) -> None:
    file = workbook(tmp_path, [["事项名称", "服务对象"], ["办理", "残疾人"]])
    said = imported(file, language=language).said
    assert ("请写“自然人”或“法人”" in said) == (language == "zh")


def test_both_languages_tell_the_same_things() -> None:
    assert texts().keys("zh") == texts().keys("en")
