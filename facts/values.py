"""Single values as they are written in guides, in English and Chinese: text in, value out."""

from __future__ import annotations

import functools
import re
import unicodedata
import zoneinfo
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from facts.model import Duration, MonthDay, Unit


class Misread(ValueError):  # noqa: N818 - the text is wrong, not the program
    """A text that is not such a value; `kind` is the kind of fault."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def plain(text: str) -> str:
    """The text with full-width signs made plain, in lower case, spaces made one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def says_nothing(text: str) -> bool:
    """Whether no letter and no number stands in the text: signs, emoji, blanks."""
    return not any(map(str.isalnum, unicodedata.normalize("NFKC", text)))


DASH = r"\s*(?:-|–|—|−|~|to|至|到)+\s*"
"""What stands between the ends of a range."""

_NOTHING = frozenset({"none", "no", "nothing", "无", "没有", "不需要", "无需", "不用"})
_FREE = frozenset({"free", "free of charge", "no fee", "免费", "不收费", "无收费", *_NOTHING})


def is_nothing(text: str) -> bool:
    """Whether the text says that there is none of it: `none`, 无."""
    return plain(text) in _NOTHING


def is_free(text: str) -> bool:
    """Whether the text says that nothing is charged: `free`, 免费."""
    return plain(text) in _FREE


_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")} | {"两": 2}
_UNITS: Mapping[Unit, str] = {
    "working days": r"(?:working|business|work) ?days?|个?工作[日天]",
    "days": r"(?:calendar )?days?|个?(?:自然|日历)?[日天]",
    "weeks": r"weeks?|个?(?:周|星期|礼拜)",
    "working hours": r"(?:working|business|work) ?hours?|个?工作(?:小?时)",
    "months": r"(?:calendar )?months?|个?月",
    "hours": r"hours?|个?小?时",
    "years": r"years?|年",
}
_DIGIT = "[一二两三四五六七八九]"
_DURATION = re.compile(
    rf"(?:within )?(\d{{1,5}}|{_DIGIT}?十{_DIGIT}?|{_DIGIT}) ?(?:"
    + "|".join(f"(?P<u{number}>{pattern})" for number, pattern in enumerate(_UNITS.values()))
    + r")(?:以?内)?"
)
_SPACED = re.compile(r"(?<=[\d\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_ON_THE_SPOT = frozenset(
    {"on the spot", "instant", "instantly", "immediately", "at once", "same visit"}
    | {"即办", "即办件", "即时", "即时办结", "当场", "当场办结", "当场办理", "现场办结", "立等可取"}
)


def duration(text: str) -> Duration:
    """A term: `20 working days`, 20个工作日, `on the spot`, 即办."""
    folded = _SPACED.sub("", plain(text))
    if folded in _ON_THE_SPOT:
        return Duration(0, "on the spot")
    found = _DURATION.fullmatch(folded)
    if not found:
        raise Misread("wrong-duration")
    unit = list(_UNITS)[next(n for n in range(len(_UNITS)) if found[f"u{n}"])]
    return Duration(_amount(found[1]), unit)


def _amount(text: str) -> int:
    """A number in figures or in Chinese characters up to 99."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?")
_MONTH_DAY = re.compile(r"(\d{1,2})(?:-|/|月)(\d{1,2})日?")


def day(text: str) -> date:
    """A date: `2026-12-31`, 2026年12月31日."""
    found = _DATE.fullmatch(plain(text).replace(" ", ""))
    if not found:
        raise Misread("wrong-date")
    return _date(int(found[1]), int(found[2]), int(found[3]), "wrong-date")


def month_day(text: str) -> MonthDay:
    """A day of every year: `05-01`, 5月1日."""
    found = _MONTH_DAY.fullmatch(plain(text).replace(" ", ""))
    if not found:
        raise Misread("wrong-month-day")
    read = _date(2024, int(found[1]), int(found[2]), "wrong-month-day")
    return read.month, read.day


def _date(year: int, month: int, day_: int, kind: str) -> date:
    try:
        return date(year, month, day_)
    except ValueError:
        raise Misread(kind) from None


_COUNT = re.compile(r"(\d{1,6}) ?(?:份|张|本|套|cop(?:y|ies)|originals?)?")
_DECIMAL = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,12})?")


def count(text: str) -> int:
    """A whole number of things: `2`, 2份."""
    found = _COUNT.fullmatch(plain(text))
    if not found:
        raise Misread("wrong-count")
    return int(found[1])


def decimal(text: str) -> float:
    """A number that may have decimals."""
    found = _DECIMAL.fullmatch(plain(text))
    if not found:
        raise Misread("wrong-number")
    return float(found[0])


def latitude(text: str) -> float:
    """Degrees north."""
    return _degrees(text, 90)


def longitude(text: str) -> float:
    """Degrees east."""
    return _degrees(text, 180)


def _degrees(text: str, most: int) -> float:
    degrees = decimal(text.strip().rstrip("°"))
    if abs(degrees) > most:
        raise Misread(f"wrong-degrees-{most}")
    return degrees


_YES = {"yes": True, "true": True, "是": True, "有": True, "可": True, "可以": True}
_NO = {"no": False, "false": False, "否": False, "无": False, "不可": False, "不可以": False}


def yes(text: str) -> bool:
    """`yes` or `no`, 是 or 否."""
    try:
        return (_YES | _NO)[plain(text)]
    except KeyError:
        raise Misread("wrong-yes") from None


CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "individual": ("自然人", "个人", "individuals"),
        "business": ("法人", "企业", "businesses"),
        "instant": ("即办件", "即办"),
        "promised": ("承诺件", "承诺"),
        "required": ("必要", "必需", "必须"),
        "optional": ("非必要", "非必需", "可选"),
        "deferrable": ("容缺后补", "容缺"),
        "active": ("正常", "在用"),
        "suspended": ("暂停", "暂停办理"),
        "cancelled": ("取消", "已取消", "canceled"),
        "next working day": ("下一工作日", "下一个工作日", "次日", "第二天"),
        "same day": ("当日", "当天"),
        "working day": ("工作日", "顺延"),
        "any day": ("任何一天", "不顺延"),
        "previous": ("上一步", "前一步"),
        "village": ("村", "村级", "社区"),
        "town": ("镇", "镇级", "乡", "乡级", "乡镇", "街道"),
        "county": ("县", "县级", "区", "区级"),
        "city": ("市", "市级"),
        "province": ("省", "省级"),
    }
)
"""The words of the guides' choices beside their English ones."""


@functools.cache
def _choices(words: tuple[str, ...]) -> Mapping[str, str]:
    return {name: word for word in words for name in (word, *CHOICES.get(word, ()))}


def choice(text: str, words: tuple[str, ...]) -> str:
    """The one of `words` that is written here in English or Chinese."""
    try:
        return _choices(words)[plain(text)]
    except KeyError:
        raise Misread("wrong-choice") from None


_RANGE = re.compile(rf"(\d+(?:\.\d+)?){DASH}(\d+(?:\.\d+)?)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?%")


def amount(text: str) -> str:
    """An amount of money: `20`, `200-6000` and `1.5%` in one way of writing, else the text."""
    folded = plain(text)
    found = _RANGE.fullmatch(folded)
    if found:
        return f"{found[1]}-{found[2]}"
    found = _PERCENT.fullmatch(folded)
    if found:
        return f"{found[1]}%"
    return folded if _DECIMAL.fullmatch(folded) else text.strip()


_CURRENCIES = {"元": "CNY", "人民币": "CNY", "rmb": "CNY", "￥": "CNY", "¥": "CNY"}


def currency(text: str) -> str:
    """A currency's code."""
    return _CURRENCIES.get(plain(text), text.strip())


_COUNTRY = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def holidays(text: str) -> str:
    """The country whose holidays are kept (`CN`, `GB-ENG`), or `none`."""
    if is_nothing(text):
        return "none"
    code = {"中国": "CN"}.get(text.strip(), plain(text).upper())
    if not _COUNTRY.fullmatch(code):
        raise Misread("wrong-holidays")
    return code


def time_zone(text: str) -> str:
    """An IANA time zone's name."""
    name = text.strip()
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise Misread("wrong-time-zone") from None
    return name


_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8})*)")
_LANGUAGES = {"中文": "zh", "汉语": "zh", "英文": "en", "英语": "en"}


def is_language(text: str) -> bool:
    """Whether the text looks like a language's tag: `zh`, `zh-Hans`, 中文."""
    return text in _LANGUAGES or bool(_LANGUAGE.fullmatch(text))


def language(text: str) -> str:
    """A language's tag, its first part in lower case."""
    name = text.strip()
    if name in _LANGUAGES:
        return _LANGUAGES[name]
    found = _LANGUAGE.fullmatch(name)
    if not found:
        raise Misread("wrong-language")
    return found[1].lower() + found[2].replace("_", "-")
