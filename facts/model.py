"""The typed facts of a hall, spelled as in the guides.

Every field is one key of the guide format; `key` carries its Chinese names. The elements are those
of GB/T 39554.2-2020 (全国一体化政务服务平台 政务服务事项基本目录及实施清单 第2部分:要素要求).
A fact that the guides do not tell is `None` (one value) or `()` (a list).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, Literal


def key(
    *chinese: str,
    default: Any = None,
    required: bool = False,
    form: str | None = None,
    plural: str | None = None,
) -> Any:
    """A field read from the guides: its Chinese names, and what stands where the key is missing.

    `form` names how its text is read where the type does not tell it; a list that stands at this
    key is read as the field `plural`.
    """
    metadata = {"chinese": chinese, "required": required, "form": form, "plural": plural}
    if required:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def filled(default: Any = None) -> Any:
    """A field that the reader fills in and no guide may write."""
    return field(default=default, metadata={"filled": True})


Day = date
"""The type of a date, where a key of that name hides it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language, e.g. `{"zh": "居住证申领", "en": "Residence permit"}`."""

    words: Mapping[str, str]

    def say(self, language: str) -> str:
        """The text in this language (`zh` and `zh-Hans` serve each other), else in the first."""
        return self.words.get(language) or self._near(language.partition("-")[0])

    def _near(self, language: str) -> str:
        near = (text for tag, text in self.words.items() if tag.partition("-")[0] == language)
        return next(near, "") or next(iter(self.words.values()), "")

    def __bool__(self) -> bool:
        return any(self.words.values())


Texts = tuple[Text, ...]
Strings = tuple[str, ...]

Unit = Literal[
    "working days", "days", "weeks", "working hours", "months", "on the spot", "hours", "years"
]


@dataclass(frozen=True, slots=True)
class Duration:
    """A term: `Duration(20, "working days")`; on the spot is `Duration(0, "on the spot")`."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of day to another on the same day."""

    start: time
    end: time


MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One entry of `hours`: on these days (0 is Monday) open in these spans, or only in season."""

    days: tuple[int, ...] = key("日子", required=True)
    open: tuple[Span, ...] = key("开放", required=True)
    from_: MonthDay | None = key("自")
    to: MonthDay | None = key("至")


Hours = tuple[Opening, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place on the earth: degrees, WGS 84."""

    lat: float = key("纬度", required=True, form="latitude")
    lon: float = key("经度", required=True, form="longitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A text that counts while its dates last (both inclusive)."""

    text: Text = key("内容", required=True)
    from_: date | None = key("自")
    until: date | None = key("至")

    def counts(self, day: date) -> bool:
        """Whether the notice is told on this day."""
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day <= self.until
        )


Notices = tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """An entry of `closed`: without hours the whole day, without windows the whole hall."""

    date: Day = key("日期", required=True)
    until: Day | None = key("至")
    hours: tuple[Span, ...] = key("办公时间", "时间", default=())
    windows: Strings = key("窗口", default=(), form="numbers")
    reason: Text | None = key("原因")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A counter of the hall."""

    number: str = key("编号", required=True)
    name: Text | None = key("名称", "窗口名称")
    office: str | None = key("单位", plural="offices")
    offices: Strings = key(default=())
    place: Text | None = key("位置")
    floor: Text | None = key("楼层")
    at: tuple[float, float] | None = key("平面坐标")
    phone: str | None = key("电话")
    hours: Hours = key("办公时间", default=())
    also: Strings = key("别名", default=())
    staff: str | None = key("值守")

    def __post_init__(self) -> None:
        """Tells the offices in both ways: `office` is the first of `offices`."""
        offices = tuple(dict.fromkeys((*filter(None, [self.office]), *self.offices)))
        object.__setattr__(self, "offices", offices)
        object.__setattr__(self, "office", offices[0] if offices else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A service point in a village or community (便民服务站)."""

    id: str = key("标识", required=True)
    name: Text = key("名称", required=True)
    also: Strings = key("别名", default=())
    address: Text | None = key("地址")
    location: Location | None = key("坐标")
    phone: str | None = key("电话")
    hours: Hours = key("办公时间", default=())
    services: Strings = key("事项", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """Where to complain about the hall."""

    phone: str | None = key("电话")
    window: str | None = key("窗口")
    online: Text | None = key("网址")
    reply_within: Duration | None = key("答复时限")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPlan:
    """The floor in metres, from which a plan is drawn."""

    width: float = key("宽", "宽度", required=True)
    height: float = key("高", "高度", required=True)
    entrance: tuple[float, float] | None = key("入口")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One thing to bring."""

    name: Text = key("名称", "材料名称", required=True)
    also: Strings = key("别名", default=())
    original: int | None = key("原件")
    copies: int | None = key("复印件")
    electronic: bool | None = key("电子证照")
    when: Text | None = key("情况")
    need: Literal["required", "optional", "deferrable"] = key("材料必要性", default="required")
    source: Text | None = key("来源渠道")
    form: Text | None = key("表格")
    sample: Text | None = key("样表")
    one_of: tuple[Material, ...] = key("任选其一", default=())
    topic: str | None = key("对应事项", "事项")
    note: Text | None = key("填报须知", "说明", "备注")


Materials = tuple[Material, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """How long the hall may take, and promises to take."""

    statutory: Duration | None = key("法定")
    promised: Duration | None = key("承诺")
    urgent: Duration | None = key("加急")
    note: Text | None = key("说明", "备注")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One fee: a number, a range, a percentage or a text; `currency` None is the hall's."""

    amount: Text = key("金额", required=True, form="amount")
    currency: str | None = key("货币", form="currency")
    for_: Text | None = key("项目")
    basis: Text | None = key("依据")
    note: Text | None = key("说明", "备注")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form to fill in."""

    name: Text = key("名称", required=True)
    file: str | None = key("文件")
    url: str | None = key("网址")
    sample: str | None = key("样表")


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A body that does its part of the matter, in order; the service's own office leads."""

    office: str | None = key("单位")
    authority: Text | None = key("主管部门")
    does: Text | None = key("职责")


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """Questions with one answer in the editors' own words."""

    ask: Strings = key("问法", "提问", required=True)
    answer: Text = key("回答", required=True)


Audience = Literal["individual", "business"]
Level = Literal["village", "town", "county", "city", "province"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A circumstance (情形): overrides any key of its service; the rest is inherited."""

    id: str = key("标识", required=True)
    name: Text = key("名称", "情形名称", required=True)
    also: Strings = key("别名", default=())
    ask: Strings = key("问法", default=())
    add_materials: Materials = key("增加材料", default=())
    overrides: Mapping[str, Any] = field(default_factory=dict, metadata={"filled": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One matter that a citizen can have done at the hall (政务服务事项)."""

    id: str = key("标识", required=True)
    name: Text = key("事项名称", "名称", required=True)
    code: str | None = key("实施编码")
    also: Strings = key("别名", default=())
    ask: Strings = key("问法", default=())
    summary: Text | None = key("简介")
    audience: tuple[Audience, ...] = key("服务对象", default=(), form="audience")
    conditions: Texts = key("受理条件", default=())
    not_accepted: Texts = key("不予受理情形", default=())
    kind: Literal["instant", "promised"] | None = key("办件类型")
    materials: Materials | None = key("申请材料")
    steps: Texts = key("办理流程", default=())
    window: Strings = key("办理窗口", "窗口", default=(), form="numbers")
    phone: str | None = key("咨询电话", "电话")
    hours: Hours | Text | None = key("办理时间", "办公时间")
    time_limit: TimeLimit | None = key("办结时限")
    fee: tuple[Charge, ...] | None = key("收费")
    forms: tuple[Form, ...] = key("表格", default=())
    apply_when: Text | None = key("申请时间")
    result: Text | None = key("办理结果")
    validity: Text | None = key("有效期")
    visits: Text | None = key("到现场次数")
    proxy: Text | None = key("代办")
    online: Text | None = key("网上办理")
    appointment: Text | None = key("预约")
    progress: Text | None = key("进度查询")
    urgent: Text | None = key("急办")
    green_channel: Text | None = key("绿色通道")
    joint: tuple[Joint, ...] = key("联办机构", default=())
    scope: Text | None = key("通办范围")
    complaint: Text | None = key("监督投诉方式")
    appeal: Text | None = key("救济途径")
    accepted_at: Level | None = key("受理层级")
    decided_at: Level | None = key("决定层级")
    basis: Texts = key("设定依据", default=())
    cases: tuple[Case, ...] = key("情形", default=())
    faq: tuple[Faq, ...] = key("常见问题", default=())
    related: Strings = key("相关事项", default=())
    alert: Notices = key("提示", default=())
    status: Literal["active", "suspended", "cancelled"] = key("事项状态", default="active")
    verified_on: date | None = key("核对日期")
    review_by: date | None = key("复核日期")
    owner: Text | None = key("责任人", form="untold")
    source: Text | None = key("来源")
    matter: Strings = key("公共事项", default=())
    changes: Mapping[date, Mapping[str, Any]] | None = key("生效日期")

    def facts(self, day: date, case: str | None = None) -> Service:
        """The service as it counts on this day in this case: changes first, then the case."""
        service = _changed(self, day)
        chosen = service.case(case)
        if chosen is None:
            return service
        service = dataclasses.replace(service, **{"changes": None, **chosen.overrides})
        service = _changed(service, day)
        if chosen.add_materials:
            materials = (*(service.materials or ()), *chosen.add_materials)
            service = dataclasses.replace(service, materials=materials)
        return service

    def case(self, case: str | None) -> Case | None:
        """The case with this id."""
        return next((each for each in self.cases if each.id == case), None)


def _changed(service: Service, day: date) -> Service:
    for start in sorted(service.changes or ()):
        if start <= day:
            service = dataclasses.replace(service, **(service.changes or {})[start])
    return service


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A unit with services in the hall (单位); `id` is its file's name."""

    id: str = filled()
    office: Text = key("单位", "名称", required=True)
    also: Strings = key("别名", default=())
    window: Strings = key("窗口", "办理窗口", default=(), form="numbers")
    phone: str | None = key("电话")
    hours: Hours = key("办公时间", default=())
    services: tuple[Service, ...] = key("事项", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A matter that the hall does not handle, and who does."""

    id: str = key("标识", required=True)
    name: Text = key("名称", "事项名称", required=True)
    also: Strings = key("别名", default=())
    ask: Strings = key("问法", default=())
    authority: Text | None = key("主管部门")
    address: Text | None = key("地址")
    phone: str | None = key("电话")
    hours: Hours | Text | None = key("办公时间")
    location: Location | None = key("坐标")
    hall: str | None = key("大厅")
    bring: Materials = key("携带材料", default=())
    fee: tuple[Charge, ...] | None = key("收费")
    time_limit: TimeLimit | None = key("办结时限")
    online: Text | None = key("网址", "网上办理")
    help_here: Text | None = key("本厅协助")
    note: Text | None = key("说明", "备注")
    matter: Strings = key("公共事项", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a journey: after the one before it, or side by side with it (`with`)."""

    topic: str = key("事项", required=True)
    with_: Literal["previous"] | None = key("同时")
    note: Text | None = key("说明", "备注")


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One thing in a citizen's life that crosses offices (一件事)."""

    id: str = key("标识", required=True)
    name: Text = key("名称", required=True)
    also: Strings = key("别名", default=())
    ask: Strings = key("问法", default=())
    lead: str | None = key("牵头窗口")
    steps: tuple[Step, ...] = key("步骤", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A matter that is easily confused with another, and the words that speak for the latter."""

    matter: str = key("公共事项", required=True)
    telling: Strings = key("区别词", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A public matter as the catalogue has it, whoever handles it: its official `name` and
    `names`, what people call it (`also`), how they ask for it without the name (`ask`), and the
    kind of authority that is usually competent.
    """

    id: str = key("标识", required=True)
    name: Text = key("名称", "事项名称", required=True)
    names: Strings = key("正式名称", default=())
    also: Strings = key("别名", default=())
    ask: Strings = key("问法", default=())
    neighbours: tuple[Neighbour, ...] = key("易混事项", default=())
    authority: Text = key("主管部门", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the answer it must get: phrasings of one (`ask`) or a conversation (`say`).

    `expect` is one answer (`ask`) or one a turn (`say`): a topic id, `register`, `choose`, `talk`
    or an intent, with `|` between those of which any is right; `about` are intents in the same
    way, `()` where none is expected.
    """

    ask: Strings = key("问法", "提问", default=())
    say: Strings = key("对话", "说", default=())
    expect: Strings = key("期望", "应答", required=True)
    about: tuple[Strings, ...] = key("所问", "询问", default=(), form="about")

    def __post_init__(self) -> None:
        """Brings lists that belong to one question to one entry."""
        if self.ask and not self.say:
            about = tuple(intent for intents in self.about for intent in intents)
            object.__setattr__(self, "about", (about,) if about else ())
            object.__setattr__(self, "expect", ("|".join(self.expect),))


CountFrom = Literal["next working day", "same day"]
"""The day that counts first of a term in days."""
EndsOn = Literal["working day", "any day"]
"""The days on which a term in calendar days can end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A service hall with all that its folder tells; `id` is the folder's name.

    `folder` is None where the hall was not read from one.
    """

    id: str = filled()
    folder: Path | None = filled()
    name: Text = key("名称", required=True)
    also: Strings = key("别名", default=())
    languages: Strings = key("语言", default=("zh",), form="languages")
    address: Text | None = key("地址")
    location: Location | None = key("坐标")
    phone: str | None = key("电话")
    time_zone: str = key("时区", default="Asia/Shanghai", form="time_zone")
    hours: Hours = key("办公时间", default=())
    holidays: str | None = key("节假日", form="holidays")
    closed: tuple[Closure, ...] = key("临时闭馆", default=())
    lead_window: str | None = key("首问窗口")
    windows: tuple[Window, ...] = key("窗口", default=())
    currency: str = key("货币", default="CNY", form="currency")
    floor_plan: FloorPlan | str | None = key("平面图", form="floor_plan")
    stations: tuple[Station, ...] = key("便民服务站", default=())
    complaints: Complaints | None = key("投诉")
    reply_within: Duration | None = key("答复时限")
    head: str | None = key("负责人")
    count_from: CountFrom = key("起算", default="next working day")
    ends_on: EndsOn = key("届满", default="working day")
    words: tuple[Strings, ...] = key("同义词", default=())
    notices: Notices = key("公告", default=())
    offices: tuple[Office, ...] = filled(default=())
    elsewhere: tuple[Elsewhere, ...] = filled(default=())
    journeys: tuple[Journey, ...] = filled(default=())

    def window(self, number: str | None) -> Window | None:
        """The window with this number."""
        return next((each for each in self.windows if each.number == number), None)

    def office(self, office: str | None) -> Office | None:
        """The office with this id."""
        return next((each for each in self.offices if each.id == office), None)

    def topic_ids(self) -> frozenset[str]:
        """The ids of all topics of this hall, without the hall's own."""
        services = [(f"{office.id}/{service.id}", service) for office, service in self.services()]
        return frozenset(
            (
                *(topic for topic, _ in services),
                *(f"{topic}#{case.id}" for topic, service in services for case in service.cases),
                *(f"elsewhere/{each.id}" for each in self.elsewhere),
                *(f"journeys/{each.id}" for each in self.journeys),
                *(f"window/{each.number}" for each in self.windows),
            )
        )

    def named(self, topic: str) -> Text | None:
        """The name of a service or a matter elsewhere by its topic id (without a hall's name)."""
        part, _, rest = topic.rpartition(":")[2].partition("/")
        if part == "elsewhere":
            return next((each.name for each in self.elsewhere if each.id == rest), None)
        office = self.office(part)
        service = rest.partition("#")[0]
        found = (each.name for each in office.services if each.id == service) if office else ()
        return next(iter(found), None)

    def services(self) -> Iterator[tuple[Office, Service]]:
        """Every service with its office, in the order of the files."""
        for office in self.offices:
            for service in office.services:
                yield office, service
