"""Single values as people write them, in both languages."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from small_guides import both, read, zh

from facts import hours, values
from facts.model import (
    Case,
    Charge,
    Closure,
    Elsewhere,
    Form,
    Hall,
    Location,
    Material,
    Notice,
    Opening,
    Service,
    Span,
    Step,
    Text,
    Window,
)

TERMS = {
    "20 working days": (20, "working days"),
    "1 working day": (1, "working days"),
    "within 5 business days": (5, "working days"),
    "20个工作日": (20, "working days"),
    "20工作日": (20, "working days"),
    "20 工作日": (20, "working days"),
    "20 个工作日": (20, "working days"),
    "２０个工作日内": (20, "working days"),
    "二十个工作日": (20, "working days"),
    "十五日": (15, "days"),
    "两周": (2, "weeks"),
    "60 days": (60, "days"),
    "1 day": (1, "days"),
    "60天": (60, "days"),
    "60日": (60, "days"),
    "30个自然日": (30, "days"),
    "2 weeks": (2, "weeks"),
    "1 week": (1, "weeks"),
    "4 working hours": (4, "working hours"),
    "4个工作时": (4, "working hours"),
    "4个工作小时": (4, "working hours"),
    "2小时": (2, "hours"),
    "3 months": (3, "months"),
    "1 month": (1, "months"),
    "3个月": (3, "months"),
    "1年": (1, "years"),
    "on the spot": (0, "on the spot"),
    "On the spot": (0, "on the spot"),
    "即办": (0, "on the spot"),
    "当场办结": (0, "on the spot"),
}


@pytest.mark.parametrize(("told", "term"), TERMS.items())
def test_a_term_is_read_in_all_its_ways_of_writing(told: str, term: tuple[int, str]) -> None:
    duration = values.duration(told)
    assert (duration.amount, duration.unit) == term


@pytest.mark.parametrize(
    "told", ["20", "soon", "半天", "working days", "-3 days", "二二日", "十十日", "9" * 5000 + "天"]
)
def test_what_is_no_term_is_refused(told: str) -> None:
    with pytest.raises(values.Misread, match="wrong-duration"):
        values.duration(told)


WEEK = {
    "Mon-Fri": (0, 1, 2, 3, 4),
    "Mon – Fri": (0, 1, 2, 3, 4),
    "monday to friday": (0, 1, 2, 3, 4),
    "周一至周五": (0, 1, 2, 3, 4),
    "周一到周五": (0, 1, 2, 3, 4),
    "周一至五": (0, 1, 2, 3, 4),
    "星期一 - 星期五": (0, 1, 2, 3, 4),
    "工作日": (0, 1, 2, 3, 4),
    "Mon, Wed": (0, 2),
    "Mon and Wed": (0, 2),
    "周一、周三": (0, 2),
    "周一三五": (0, 2, 4),
    "Mon-Fri, Sun": (0, 1, 2, 3, 4, 6),
    "Sat-Mon": (0, 5, 6),
    "周六至周一": (0, 5, 6),
    "周日": (6,),
    "周天": (6,),
    "Thurs": (3,),
    "daily": (0, 1, 2, 3, 4, 5, 6),
    "每天": (0, 1, 2, 3, 4, 5, 6),
}


@pytest.mark.parametrize(("told", "days"), WEEK.items())
def test_days_are_read_as_ranges_and_lists_that_may_run_over_the_week(
    told: str, days: tuple[int, ...]
) -> None:
    assert hours.days(told) == days


SPANS = {
    "08:30-12:00": [("08:30", "12:00")],
    "8:30-12:00": [("08:30", "12:00")],
    "8：30—12：00": [("08:30", "12:00")],
    "8:30 – 12:00": [("08:30", "12:00")],
    "8:30至12:00": [("08:30", "12:00")],
    "8:30~12:00": [("08:30", "12:00")],
    "08:30-12:00, 14:00-17:30": [("08:30", "12:00"), ("14:00", "17:30")],
    "08:30-12:00、14:00-17:30": [("08:30", "12:00"), ("14:00", "17:30")],
    "00:00-24:00": [("00:00", "23:59")],
    "closed": [],
    "休息": [],
}


@pytest.mark.parametrize(("told", "spans"), SPANS.items())
def test_times_of_day_are_read_with_any_dash(told: str, spans: list[tuple[str, str]]) -> None:
    expected = tuple(
        Span(time.fromisoformat(start), time.fromisoformat(end)) for start, end in spans
    )
    assert hours.spans(told) == expected


DATES = {
    "2026-12-31": date(2026, 12, 31),
    "2026-1-5": date(2026, 1, 5),
    "2026/12/31": date(2026, 12, 31),
    "2026.12.31": date(2026, 12, 31),
    "2026年12月31日": date(2026, 12, 31),
}


@pytest.mark.parametrize(("told", "day"), DATES.items())
def test_a_date_is_read_in_all_its_ways_of_writing(told: str, day: date) -> None:
    assert values.day(told) == day


AMOUNTS = {
    "20": "20",
    "12.50": "12.50",
    "200-6000": "200-6000",
    "200 ~ 6000": "200-6000",
    "200至6000": "200-6000",
    "1.5%": "1.5%",
    "１．５％": "1.5%",
    "按面积计算": "按面积计算",
    "From 20 GBP": "From 20 GBP",
}


@pytest.mark.parametrize(("told", "amount"), AMOUNTS.items())
def test_an_amount_is_a_number_a_range_a_percentage_or_a_text(told: str, amount: str) -> None:
    assert values.amount(told) == amount


WORDS = [
    ("electronic", "是", True),
    ("electronic", "no", False),
    ("electronic", "否", False),
    ("need", "必要", "required"),
    ("need", "非必要", "optional"),
    ("need", "optional", "optional"),
]


@pytest.mark.parametrize(("key", "told", "expected"), WORDS)
def test_a_materials_words_are_read_in_both_languages(
    key: str, told: str, expected: object
) -> None:
    material, problems = read(Material, f"name: 甲\n{key}: {told}\n")
    assert problems == []
    assert getattr(material, key) == expected


CHOICES = [
    ("audience: individual", "audience", ("individual",)),
    ("audience: 法人", "audience", ("business",)),
    ("audience: both", "audience", ("individual", "business")),
    ("audience: individual, business", "audience", ("individual", "business")),
    ("服务对象: [自然人, 法人]", "audience", ("individual", "business")),
    ("kind: 承诺件", "kind", "promised"),
    ("kind: promised", "kind", "promised"),
    ("status: 正常", "status", "active"),
    ("status: 取消", "status", "cancelled"),
    ("status: cancelled", "status", "cancelled"),
    ("accepted_at: 镇", "accepted_at", "town"),
    ("accepted_at: 市", "accepted_at", "city"),
    ("accepted_at: province", "accepted_at", "province"),
    ("accepted_at: 省", "accepted_at", "province"),
    ("materials: 无", "materials", ()),
    ("materials: []", "materials", ()),
    ("materials: 身份证", "materials", (Material(name=zh("身份证")),)),
    ("materials: [{zh: 证, en: Card}]", "materials", (Material(name=both("证", "Card")),)),
    ("fee: 免费", "fee", ()),
    ("fee: [free]", "fee", ()),
    ("fee: {zh: 免费, en: free}", "fee", ()),
    ("fee: 无", "fee", ()),
    ("fee: {amount: 20, for: 工本费}", "fee", (Charge(amount=zh("20"), for_=zh("工本费")),)),
    ("fee: 每本20元", "fee", (Charge(amount=zh("每本20元")),)),
    ("window: 3", "window", ("3",)),
    ("window: 3, 4", "window", ("3", "4")),
    ("window: [3, 4]", "window", ("3", "4")),
    ("conditions: 年满16周岁", "conditions", (zh("年满16周岁"),)),
    ("conditions: {zh: 甲, en: A}", "conditions", (both("甲", "A"),)),
    ("also: 低保", "also", ("低保",)),
    ("also: {zh: [低保, 吃低保], en: benefit}", "also", ("低保", "吃低保", "benefit")),
    ("also: [{zh: 低保, en: benefit}]", "also", ("低保", "benefit")),
    ("alert: 系统升级", "alert", (Notice(text=zh("系统升级")),)),
    ("alert: [{text: 甲}, 乙]", "alert", (Notice(text=zh("甲")), Notice(text=zh("乙")))),
    ("forms: 申请表", "forms", (Form(name=zh("申请表")),)),
    ("hours: 赶集日上午", "hours", zh("赶集日上午")),
    ("hours: {zh: 上午, en: mornings}", "hours", both("上午", "mornings")),
    ("summary: {en: A, zh: 甲}", "summary", both("甲", "A")),
    ("summary: {中文: 甲, 英文: A}", "summary", both("甲", "A")),
    ("summary: {EN: A}", "summary", Text({"en": "A"})),
    ("code: 0713", "code", "0713"),
    ("code: 8:30", "code", "8:30"),
    ("code: no", "code", "no"),
    ("code: 1_000", "code", "1_000"),
    ("code: 0x1F", "code", "0x1F"),
    ("code: ~", "code", "~"),
    ("phone:", "phone", None),
    ('phone: ""', "phone", None),
    ("visits: 0", "visits", zh("0")),
]


@pytest.mark.parametrize(("told", "field", "expected"), CHOICES, ids=[row[0] for row in CHOICES])
def test_a_service_takes_short_and_rich_forms(told: str, field: str, expected: Any) -> None:
    service, problems = read(Service, f"id: a\nname: 甲\n{told}\n")
    assert problems == []
    assert getattr(service, field) == expected


MORNING = (Span(time(8, 30), time(12, 0)),)
OTHERS: list[tuple[type, str, str, Any]] = [
    (Window, "number: 1\noffice: [tax, police]", "offices", ("tax", "police")),
    (Window, "number: 1\n单位: [tax, police]", "office", "tax"),
    (Window, "number: 1\noffice: tax", "offices", ("tax",)),
    (Window, "number: 1\noffices: tax", "office", "tax"),
    (
        Window,
        "number: 1\nhours: Mon-Tue 8:30-12:00",
        "hours",
        (Opening(days=(0, 1), open=MORNING),),
    ),
    (
        Window,
        "number: 1\nhours: {days: [周一, 周二], open: 08:30-12:00}",
        "hours",
        (Opening(days=(0, 1), open=MORNING),),
    ),
    (Opening, "days: Sat\nopen: []", "open", ()),
    (Hall, "name: 甲\nholidays: gb-eng", "holidays", "GB-ENG"),
    (Hall, "name: 甲\nholidays: CN", "holidays", "CN"),
    (Hall, "name: 甲\n语言: 中文", "languages", ("zh",)),
    (Hall, "name: 甲\nlanguages: [zh-Hant, EN]", "languages", ("zh-Hant", "en")),
    (Hall, "name: 甲\ncurrency: 人民币", "currency", "CNY"),
    (Hall, "name: 甲\nwords: [甲=乙, '丙, 丁']", "words", (("甲", "乙"), ("丙", "丁"))),
    (Hall, "name: 甲\nclosed: 2026-12-31", "closed", (Closure(date=date(2026, 12, 31)),)),
    (Hall, "name: 甲\nclosed: none", "closed", ()),
    (Hall, "name: 甲\nnotices: 甲", "notices", (Notice(text=zh("甲")),)),
    (Location, "lat: 30.5°\nlon: 118", "lat", 30.5),
    (
        Elsewhere,
        "id: a\nname: 甲\nhours: [{days: Mon, open: 8:30-12:00}]",
        "hours",
        (Opening(days=(0,), open=MORNING),),
    ),
    (
        Case,
        "id: a\nname: 甲\nwindow: 3\nfee: 20",
        "overrides",
        {"window": ("3",), "fee": (Charge(amount=zh("20")),)},
    ),
    (Step, "a/b", "topic", "a/b"),
]


@pytest.mark.parametrize(
    ("owner", "told", "field", "expected"), OTHERS, ids=[row[1] for row in OTHERS]
)
def test_short_and_rich_forms_are_taken_elsewhere_too(
    owner: type, told: str, field: str, expected: Any
) -> None:
    facts, problems = read(owner, told)
    assert problems == []
    assert getattr(facts, field) == expected


def test_plain_texts_are_in_the_halls_first_language_and_stand_first() -> None:
    service, _ = read(Service, "id: a\nname: {en: Permit, zh: 许可}\n")
    assert list(service.name.words) == ["zh", "en"]


def test_a_text_is_said_in_a_language_near_to_the_one_asked_for() -> None:
    service, _ = read(Service, "id: a\nname: {zh-Hant: 許可, en-GB: Permit}\n")
    assert [service.name.say(language) for language in ("zh", "en", "zh-Hant", "fr")] == [
        "許可",
        "Permit",
        "許可",
        "許可",
    ]
