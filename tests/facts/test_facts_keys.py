"""Every key of the guide format is read under its English and its Chinese names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any, NamedTuple

import pytest
from small_guides import both, read, zh

from facts import model, schema
from facts.model import (
    Case,
    Charge,
    Closure,
    Complaints,
    Duration,
    Elsewhere,
    Faq,
    FloorPlan,
    Form,
    Hall,
    Joint,
    Journey,
    Location,
    Material,
    Matter,
    Neighbour,
    Notice,
    Office,
    Opening,
    Question,
    Service,
    Span,
    Station,
    Step,
    Text,
    TimeLimit,
    Window,
)

MORNING = Span(time(8, 30), time(12, 0))
WEEK = (Opening(days=(0, 1, 2, 3, 4), open=(MORNING,)),)
CARD = Material(name=zh("身份证"))
HOURS = '[{days: Mon-Fri, open: "08:30-12:00"}]'
HOURS_ZH = '[{日子: 周一至周五, 开放: "08:30-12:00"}]'


class Row(NamedTuple):
    """A key, its Chinese names, what stands there, and what is read; `base` is what it needs."""

    owner: type
    english: str
    chinese: str
    written: str
    read: Any
    in_chinese: str | None = None


def text(owner: type, english: str, chinese: str) -> Row:
    return Row(owner, english, chinese, "{zh: 甲, en: A}", both("甲", "A"), "甲")


def string(owner: type, english: str, chinese: str) -> Row:
    return Row(owner, english, chinese, "0713", "0713")


def strings(owner: type, english: str, chinese: str) -> Row:
    return Row(owner, english, chinese, "[吃低保, no]", ("吃低保", "no"))


def texts(owner: type, english: str, chinese: str) -> Row:
    return Row(owner, english, chinese, "[甲, {zh: 乙, en: B}]", (zh("甲"), both("乙", "B")))


def hours(owner: type, chinese: str) -> Row:
    return Row(owner, "hours", chinese, HOURS, WEEK, HOURS_ZH)


def dated(owner: type, english: str, chinese: str) -> Row:
    return Row(owner, english, chinese, "2026-12-31", date(2026, 12, 31), "2026年12月31日")


LIMIT = TimeLimit(statutory=Duration(20, "working days"), promised=Duration(5, "working days"))
LIMIT_EN = "{statutory: 20 working days, promised: 5 working days}"
LIMIT_ZH = "{法定: 20个工作日, 承诺: 5工作日}"
NOTICE = (Notice(text=zh("甲"), until=date(2026, 12, 31)),)
PLACE = Location(lat=30.5, lon=118.0)

ROWS = [
    # hall.yaml
    text(Hall, "name", "名称"),
    strings(Hall, "also", "别名"),
    Row(Hall, "languages", "语言", "[zh, en]", ("zh", "en"), "[中文, 英文]"),
    text(Hall, "address", "地址"),
    Row(Hall, "location", "坐标", "{lat: 30.5, lon: 118}", PLACE, "{纬度: 30.5, 经度: 118}"),
    string(Hall, "phone", "电话"),
    Row(Hall, "time_zone", "时区", "Europe/London", "Europe/London"),
    hours(Hall, "办公时间"),
    Row(Hall, "holidays", "节假日", "none", "none", "无"),
    Row(
        Hall,
        "closed",
        "临时闭馆",
        "[{date: 2026-12-31}]",
        (Closure(date=date(2026, 12, 31)),),
        "[{日期: 2026-12-31}]",
    ),
    Row(Hall, "lead_window", "首问窗口", "1", "1"),
    string(Hall, "head", "负责人"),
    Row(Hall, "windows", "窗口", "[{number: A01}]", (Window(number="A01"),), "[{编号: A01}]"),
    Row(Hall, "currency", "货币", "EUR", "EUR"),
    Row(
        Hall,
        "floor_plan",
        "平面图",
        "{width: 20, height: 10.5}",
        FloorPlan(width=20, height=10.5),
        "{宽度: 20, 高度: 10.5}",
    ),
    Row(
        Hall,
        "stations",
        "便民服务站",
        "[{id: east, name: 甲}]",
        (Station(id="east", name=zh("甲")),),
        "[{标识: east, 名称: 甲}]",
    ),
    Row(
        Hall,
        "complaints",
        "投诉",
        '{phone: "12345"}',
        Complaints(phone="12345"),
        '{电话: "12345"}',
    ),
    Row(
        Hall,
        "reply_within",
        "答复时限",
        "4 working hours",
        Duration(4, "working hours"),
        "4个工作时",
    ),
    Row(Hall, "count_from", "起算", "same day", "same day", "当日"),
    Row(Hall, "ends_on", "届满", "any day", "any day", "任何一天"),
    Row(Hall, "words", "同义词", "[[甲, 乙], [丙, 丁]]", (("甲", "乙"), ("丙", "丁"))),
    Row(
        Hall,
        "notices",
        "公告",
        "[{text: 甲, until: 2026-12-31}]",
        NOTICE,
        "{内容: 甲, 至: 2026-12-31}",
    ),
    # hours, closed, windows, stations and the rest of hall.yaml
    Row(Opening, "days", "日子", "[Sat, Sun-Mon]", (0, 5, 6), "周六至周一"),
    Row(
        Opening,
        "open",
        "开放",
        '["8:30-12:00", "14:00-17:30"]',
        (MORNING, Span(time(14), time(17, 30))),
        "8：30—12：00，14:00至17:30",
    ),
    Row(Opening, "from", "自", "05-01", (5, 1), "5月1日"),
    Row(Opening, "to", "至", "09-30", (9, 30), "9月30日"),
    Row(Location, "lat", "纬度", "30.5", 30.5),
    Row(Location, "lon", "经度", "-118.25", -118.25),
    dated(Closure, "date", "日期"),
    dated(Closure, "until", "至"),
    Row(Closure, "hours", "办公时间", '"8:30-12:00"', (MORNING,)),
    Row(Closure, "windows", "窗口", "[3, A01]", ("3", "A01"), "3、A01"),
    text(Closure, "reason", "原因"),
    Row(Window, "number", "编号", "A01", "A01"),
    text(Window, "name", "名称 窗口名称"),
    Row(Window, "office", "单位", "police", "police"),
    Row(Window, "offices", "单位", "[police, tax]", ("police", "tax")),
    text(Window, "place", "位置"),
    text(Window, "floor", "楼层"),
    Row(Window, "at", "平面坐标", "[10, 6.5]", (10.0, 6.5), "10，6.5"),
    string(Window, "phone", "电话"),
    hours(Window, "办公时间"),
    strings(Window, "also", "别名"),
    string(Window, "staff", "值守"),
    Row(FloorPlan, "width", "宽 宽度", "20", 20.0),
    Row(FloorPlan, "height", "高 高度", "10.5", 10.5),
    Row(FloorPlan, "entrance", "入口", "[10, 10]", (10.0, 10.0)),
    string(Station, "id", "标识"),
    text(Station, "name", "名称"),
    strings(Station, "also", "别名"),
    text(Station, "address", "地址"),
    Row(Station, "location", "坐标", "{lat: 30.5, lon: 118}", PLACE),
    string(Station, "phone", "电话"),
    hours(Station, "办公时间"),
    Row(Station, "services", "事项", "[civil-affairs/dibao]", ("civil-affairs/dibao",)),
    string(Complaints, "phone", "电话"),
    string(Complaints, "window", "窗口"),
    text(Complaints, "online", "网址"),
    Row(
        Complaints,
        "reply_within",
        "答复时限",
        "5 working days",
        Duration(5, "working days"),
        "5个工作日",
    ),
    text(Notice, "text", "内容"),
    dated(Notice, "from", "自"),
    dated(Notice, "until", "至"),
    # an office's file
    text(Office, "office", "单位"),
    strings(Office, "also", "别名"),
    Row(Office, "window", "窗口", "3", ("3",)),
    string(Office, "phone", "电话"),
    hours(Office, "办公时间"),
    Row(
        Office,
        "services",
        "事项",
        "[{id: dibao, name: 低保}]",
        (Service(id="dibao", name=zh("低保")),),
        "[{标识: dibao, 事项名称: 低保}]",
    ),
    # a service
    Row(Service, "id", "标识", "dibao", "dibao"),
    text(Service, "name", "事项名称 名称"),
    string(Service, "code", "实施编码"),
    strings(Service, "also", "别名"),
    strings(Service, "ask", "问法"),
    text(Service, "summary", "简介"),
    Row(
        Service,
        "audience",
        "服务对象",
        "[individual, business]",
        ("individual", "business"),
        "自然人、法人",
    ),
    texts(Service, "conditions", "受理条件"),
    texts(Service, "not_accepted", "不予受理情形"),
    Row(Service, "kind", "办件类型", "instant", "instant", "即办件"),
    Row(Service, "materials", "申请材料", "[身份证]", (CARD,), "[{材料名称: 身份证}]"),
    texts(Service, "steps", "办理流程"),
    Row(Service, "window", "办理窗口", "[3, A01]", ("3", "A01")),
    string(Service, "phone", "咨询电话"),
    hours(Service, "办理时间"),
    Row(Service, "time_limit", "办结时限", LIMIT_EN, LIMIT, LIMIT_ZH),
    Row(Service, "fee", "收费", "free", (), "免费"),
    Row(Service, "forms", "表格", "[申请表]", (Form(name=zh("申请表")),), "{名称: 申请表}"),
    text(Service, "apply_when", "申请时间"),
    text(Service, "result", "办理结果"),
    text(Service, "validity", "有效期"),
    Row(Service, "visits", "到现场次数", "1", zh("1")),
    text(Service, "proxy", "代办"),
    text(Service, "online", "网上办理"),
    text(Service, "appointment", "预约"),
    text(Service, "progress", "进度查询"),
    text(Service, "urgent", "急办"),
    text(Service, "green_channel", "绿色通道"),
    Row(
        Service,
        "joint",
        "联办机构",
        "[{office: tax, does: 甲}]",
        (Joint(office="tax", does=zh("甲")),),
        "[{单位: tax, 职责: 甲}]",
    ),
    text(Service, "scope", "通办范围"),
    text(Service, "complaint", "监督投诉方式"),
    text(Service, "appeal", "救济途径"),
    Row(Service, "accepted_at", "受理层级", "village", "village", "村"),
    Row(Service, "decided_at", "决定层级", "county", "county", "县"),
    texts(Service, "basis", "设定依据"),
    Row(
        Service,
        "cases",
        "情形",
        "[{id: new, name: 新办, fee: free}]",
        (Case(id="new", name=zh("新办"), overrides={"fee": ()}),),
        "[{标识: new, 名称: 新办, 收费: 免费}]",
    ),
    Row(
        Service,
        "faq",
        "常见问题",
        "[{ask: [甲], answer: 乙}]",
        (Faq(ask=("甲",), answer=zh("乙")),),
        "[{问法: 甲, 回答: 乙}]",
    ),
    Row(Service, "related", "相关事项", "tax/stamp", ("tax/stamp",)),
    Row(
        Service,
        "alert",
        "提示",
        "{text: 甲, until: 2026-12-31}",
        NOTICE,
        "[{内容: 甲, 至: 2026-12-31}]",
    ),
    Row(Service, "status", "事项状态", "suspended", "suspended", "暂停"),
    dated(Service, "verified_on", "核对日期"),
    dated(Service, "review_by", "复核日期"),
    text(Service, "owner", "责任人"),
    text(Service, "source", "来源"),
    Row(Service, "matter", "公共事项", "police/id-card", ("police/id-card",)),
    Row(
        Service,
        "changes",
        "生效日期",
        "{2027-01-01: {fee: free}}",
        {date(2027, 1, 1): {"fee": ()}},
        "{2027年1月1日: {收费: 免费}}",
    ),
    # a case's own keys
    string(Case, "id", "标识"),
    text(Case, "name", "名称 情形名称"),
    strings(Case, "also", "别名"),
    strings(Case, "ask", "问法"),
    Row(Case, "add_materials", "增加材料", "[身份证]", (CARD,)),
    # a material
    text(Material, "name", "材料名称 名称"),
    strings(Material, "also", "别名"),
    Row(Material, "original", "原件", "1", 1, "1份"),
    Row(Material, "copies", "复印件", "2", 2, "２份"),
    Row(Material, "electronic", "电子证照", "yes", True, "是"),
    text(Material, "when", "情况"),
    Row(Material, "need", "材料必要性", "deferrable", "deferrable", "容缺后补"),
    text(Material, "source", "来源渠道"),
    text(Material, "form", "表格"),
    text(Material, "sample", "样表"),
    Row(Material, "one_of", "任选其一", "[身份证]", (CARD,), "{名称: 身份证}"),
    string(Material, "topic", "对应事项 事项"),
    text(Material, "note", "填报须知 说明 备注"),
    # the rest of a service
    Row(TimeLimit, "statutory", "法定", "60 days", Duration(60, "days"), "60日"),
    Row(TimeLimit, "promised", "承诺", "on the spot", Duration(0, "on the spot"), "即办"),
    Row(TimeLimit, "urgent", "加急", "1 working day", Duration(1, "working days"), "1个工作日"),
    text(TimeLimit, "note", "说明 备注"),
    Row(Charge, "amount", "金额", "200-6000", zh("200-6000"), "200 ～ 6000"),
    Row(Charge, "currency", "货币", "EUR", "EUR"),
    text(Charge, "for", "项目"),
    text(Charge, "basis", "依据"),
    text(Charge, "note", "说明 备注"),
    text(Form, "name", "名称"),
    string(Form, "file", "文件"),
    string(Form, "url", "网址"),
    string(Form, "sample", "样表"),
    string(Joint, "office", "单位"),
    text(Joint, "authority", "主管部门"),
    text(Joint, "does", "职责"),
    strings(Faq, "ask", "问法 提问"),
    text(Faq, "answer", "回答"),
    # elsewhere.yaml
    string(Elsewhere, "id", "标识"),
    text(Elsewhere, "name", "名称 事项名称"),
    strings(Elsewhere, "also", "别名"),
    strings(Elsewhere, "ask", "问法"),
    text(Elsewhere, "authority", "主管部门"),
    text(Elsewhere, "address", "地址"),
    string(Elsewhere, "phone", "电话"),
    Row(Elsewhere, "hours", "办公时间", "工作日白天", zh("工作日白天")),
    Row(Elsewhere, "location", "坐标", "{lat: 30.5, lon: 118}", PLACE),
    string(Elsewhere, "hall", "大厅"),
    Row(Elsewhere, "bring", "携带材料", "[身份证]", (CARD,)),
    Row(Elsewhere, "fee", "收费", "[{amount: 20}]", (Charge(amount=zh("20")),), "{金额: 20}"),
    Row(Elsewhere, "time_limit", "办结时限", LIMIT_EN, LIMIT, LIMIT_ZH),
    text(Elsewhere, "online", "网址 网上办理"),
    text(Elsewhere, "help_here", "本厅协助"),
    text(Elsewhere, "note", "说明 备注"),
    Row(Elsewhere, "matter", "公共事项", "[police/id-card, none]", ("police/id-card", "none")),
    # journeys.yaml
    string(Journey, "id", "标识"),
    text(Journey, "name", "名称"),
    strings(Journey, "also", "别名"),
    strings(Journey, "ask", "问法"),
    string(Journey, "lead", "牵头窗口"),
    Row(
        Journey,
        "steps",
        "步骤",
        "[{topic: tax/stamp, note: 甲}]",
        (Step(topic="tax/stamp", note=zh("甲")),),
        "[{事项: tax/stamp, 说明: 甲}]",
    ),
    string(Step, "topic", "事项"),
    Row(Step, "with", "同时", "previous", "previous", "上一步"),
    text(Step, "note", "说明 备注"),
    # the catalogue of public matters
    Row(Matter, "id", "标识", "id-card", "id-card"),
    text(Matter, "name", "名称 事项名称"),
    strings(Matter, "names", "正式名称"),
    strings(Matter, "also", "别名"),
    strings(Matter, "ask", "问法"),
    Row(
        Matter,
        "neighbours",
        "易混事项",
        "[{matter: id-lost, telling: [丢了]}]",
        (Neighbour(matter="id-lost", telling=("丢了",)),),
        "[{公共事项: id-lost, 区别词: [丢了]}]",
    ),
    text(Matter, "authority", "主管部门"),
    string(Neighbour, "matter", "公共事项"),
    strings(Neighbour, "telling", "区别词"),
    # questions.yaml
    strings(Question, "ask", "问法 提问"),
    strings(Question, "say", "对话 说"),
    Row(Question, "expect", "期望 应答", "tax/stamp", ("tax/stamp",)),
    Row(Question, "about", "所问 询问", "[[fee], []]", (("fee",), ())),
]

BASES: dict[type, str] = {
    Hall: "{name: 甲}",
    Opening: '{days: Mon, open: "8:30-12:00"}',
    Location: "{lat: 1, lon: 1}",
    Closure: "{date: 2026-12-30}",
    Window: "{number: 1}",
    FloorPlan: "{width: 1, height: 1}",
    Station: "{id: a, name: 甲}",
    Notice: "{text: 乙}",
    Service: "{id: a, name: 甲}",
    Case: "{id: a, name: 甲}",
    Material: "{name: 甲}",
    Charge: "{amount: 1}",
    Form: "{name: 甲}",
    Faq: "{ask: [甲], answer: 乙}",
    Elsewhere: "{id: a, name: 甲}",
    Journey: "{id: a, name: 甲}",
    Matter: "{id: a, name: 甲, authority: 乙}",
    Neighbour: "{matter: a}",
    Step: "{topic: a/b}",
    Question: "{say: [甲, 乙], expect: a/b}",
    Office: "{office: 甲}",
}
"""What each class needs besides the key that is read."""


def lines(row: Row, name: str, written: str) -> str:
    """The base without the key, and the key as it is written."""
    base = BASES.get(row.owner, "{}").strip("{}")
    kept = [part for part in base.split(", ") if part and not part.startswith(f"{row.english}:")]
    if row.owner is Question:
        kept = ["expect: a/b", "say: [甲, 乙]"] if row.english == "about" else ["expect: a/b"]
        kept = [part for part in kept if not part.startswith(row.english)]
    return "\n".join([*kept, f"{name}: {written}", ""])


def written() -> Iterator[Any]:
    for row in ROWS:
        yield pytest.param(row, row.english, row.written, id=f"{row.owner.__name__}.{row.english}")
        for name in row.chinese.split():
            told = row.in_chinese or row.written
            yield pytest.param(row, name, told, id=f"{row.owner.__name__}.{name}")


@pytest.mark.parametrize(("row", "name", "told"), list(written()))
def test_a_key_is_read_under_each_of_its_names(row: Row, name: str, told: str) -> None:
    facts, problems = read(row.owner, lines(row, name, told))
    assert problems == []
    field = {key.name: key.field for key in schema.fields(row.owner)}[row.english]
    expected = row.read
    if told != row.written and isinstance(expected, Text):
        expected = Text({"zh": expected.words["zh"]})
    assert getattr(facts, field) == expected


def test_every_field_that_a_guide_may_write_is_in_the_table() -> None:
    owners = [each for each in vars(model).values() if isinstance(each, type)]
    told = {
        (owner, key.name)
        for owner in owners
        if hasattr(owner, "__dataclass_fields__")
        for key in schema.fields(owner)
    }
    assert told == {(row.owner, row.english) for row in ROWS}


@pytest.mark.parametrize("name", ["名称", "事项名称", "材料名称", "窗口名称"])
@pytest.mark.parametrize("owner", [Hall, Window, Station, Service, Case, Material, Form, Journey])
def test_a_name_may_be_called_by_any_of_its_chinese_names(owner: type, name: str) -> None:
    base = BASES[owner].strip("{}").replace("name: 甲", "")
    facts, problems = read(
        owner, f"{{{base.strip(', ')}{', ' if base.strip(', ') else ''}{name}: 丙}}"
    )
    assert problems == []
    assert facts.name == zh("丙")


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.owner is Service and row.english not in schema.OF_THE_CASE],
    ids=lambda row: row.english,
)
def test_a_case_may_override_any_key_of_its_service(row: Row) -> None:
    case, problems = read(Case, f"id: a\nname: 甲\n{row.english}: {row.written}\n")
    assert problems == []
    assert case.overrides == {row.english: row.read}
