"""Single cells of a list of items, read into values as guides write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from editing.exchange.lists import amount, listed
from facts import hours as facts_hours
from facts import values
from facts.values import Misread

NOTHING = frozenset(
    {"", "/", "\\", "-", "—", "——", "--", "无", "没有", "none", "n/a", "暂无", "空"}
)
_LATIN_ITEM = re.compile(r"[\s,，、;；/及和与]+")

_WHOM = {
    "individual": {"自然人", "个人", "公民", "居民", "村民", "群众", "individual", "individuals"},
    "business": {"法人", "企业", "企业法人", "事业法人", "社会组织法人", "非法人企业", "其他组织",
                 "行政机关", "社会团体", "事业单位", "组织", "单位", "法人及其他组织", "个体工商户",
                 "其他法人", "机关", "business", "businesses"},
}  # fmt: skip
_DURATION = re.compile(
    r"(\d{1,5}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])\s*个?\s*"
    r"(工作日|工作天|自然日|日历日|工作小时|工作时|小时|周|月|年|天|日)"
)
_SPOT = re.compile(r"即时|即办|当场|现场办结|当日办结|立等可取")
_MONEY = r"(\d+(?:\.\d+)?(?:\s*[-~—–至]\s*\d+(?:\.\d+)?)?)\s*(?:元|块|yuan|CNY)(?:人民币)?"
_PRICE = re.compile(
    rf"^(?:(?P<for>[^\d：:]{{2,12}}?)[：:]?\s*)?{_MONEY}(?:\s*/\s*(?P<per>[^\d\s/]{{1,4}}))?$"
)
_PHONE = re.compile(r"(?:\+?\d[\d()（）－—-]{2,18}\d)(?:\s*(?:转|分机|ext\.?)\s*\d{1,5})?")
_PHONE_LABEL = re.compile(
    r"(?:咨询|联系|办公|窗口|固定|服务|政务|热线)*(?:电话|热线|方式)?(?:咨询)?[:：]?"
)


class Unread(Exception):  # noqa: N818 - the cell is at fault
    """A cell that cannot be read as its column; `advice` is what to write instead."""

    def __init__(self, advice: str = "advice-value") -> None:
        super().__init__(advice)
        self.advice = advice


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is none of it."""
    return text.casefold().rstrip("。.") in NOTHING


def line(text: str) -> str:
    """A text in one line."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    joined = ""
    for part in parts:
        stop = "" if not joined or joined[-1] in "，。；：、,.;:！？" else "；"
        joined += stop + part if not joined.isascii() else (" " if joined else "") + part
    return joined


def audience(text: str) -> list[str]:
    """Whom it is for."""
    parts = [part for part in _LATIN_ITEM.split(text.casefold()) if part]
    found = [whom for whom, words in _WHOM.items() if any(part in words for part in parts)]
    if not found or any(all(part not in words for words in _WHOM.values()) for part in parts):
        raise Unread("advice-audience")
    return found


def choice(words: Sequence[str], advice: str) -> Callable[[str], str]:
    """One word of a few."""

    def read(text: str) -> str:
        try:
            return values.choice(text.strip("。 "), tuple(words))
        except Misread:
            raise Unread(advice) from None

    return read


def visits(text: str) -> str:
    """How often one has to come."""
    found = re.fullmatch(r"(?:最多)?(?:跑|到现场)?\s*(\d{1,2}|[零〇一二两三])\s*次?(?:现场)?", text)
    if found:
        return str(0 if found[1] in "零〇" else amount(found[1]))
    if text in ("零跑腿", "零跑动", "不见面", "不跑"):
        return "0"
    raise Unread("advice-visits")


def term(text: str, unit: str = "") -> tuple[str, str]:
    """A term as guides write it, and the text where it says more; ("", "") where there is none.

    `unit` is that of a bare number.
    """
    if is_nothing(text) or text in ("无法定时限", "无承诺时限", "不限"):
        return "", ""
    if text.isdecimal() and unit:
        text = f"{text}个{unit}" if unit in ("工作日", "月") else f"{text}{unit}"
    if re.fullmatch(r"0\s*个?(?:工作日|天|日|小时)?", text):
        return "即办", ""
    try:
        values.duration(text)
    except Misread:
        pass
    else:
        return text, ""
    found = _DURATION.findall(text)
    if len(found) == 1:
        number, kind = found[0]
        kind = {"自然日": "天", "日历日": "天", "工作小时": "工作时", "工作天": "工作日"}.get(
            kind, kind
        )
        written = (
            f"{number}个{kind}" if kind in ("工作日", "月", "小时", "工作时") else number + kind
        )
        plain = re.sub(r"\s|个|以?内|自?受理之日起|之?日?起|办结|完成|[（()）。]", "", text)
        bare = plain == re.sub(r"个", "", written) or plain == number + found[0][1]
        return written, "" if bare else text
    if not found and _SPOT.search(text):
        return "即办", "" if len(text) <= 6 else text
    raise Unread("advice-duration")


def terms(text: str, unit: str = "") -> dict[str, str]:
    """The limits of one cell: the statutory and the promised one, or that which counts."""
    told: dict[str, str] = {}
    parts = [part for part in re.split(r"[\n，,；;。/]", text) if part.strip()]
    for key, word in (("statutory", "法定"), ("promised", "承诺")):
        for part in parts:
            if word in part:
                value = re.sub(
                    rf".*?{word}(?:办结|办理)?(?:时限|期限|时间)?(?:为)?[:：]?", "", part
                )
                told[key] = term(value.strip(), unit)[0]
    if told:
        if len(parts) > len(told):
            told["note"] = line(text)
        return {key: value for key, value in told.items() if value}
    value, note = term(text, unit)
    return {key: each for key, each in (("promised", value), ("note", note)) if each}


def fee(text: str, basis: str = "") -> list[dict[str, str]] | str:
    """What is charged, `free` where nothing is."""
    if values.is_free(text.rstrip("。.")) or text in (
        "否",
        "0",
        "0元",
        "不收取费用",
        "不收取任何费用",
    ):
        return "free"
    if is_nothing(text):
        return "free"
    if text in ("是", "收费"):
        raise Unread("advice-charged")
    charges = [_charge(each) for each in listed(text)]
    return [{**charge, **({"basis": basis} if basis else {})} for charge in charges]


def _charge(text: str) -> dict[str, str]:
    found = _PRICE.match(text)
    if not found:
        return {"amount": text}
    money = re.sub(r"\s*[-~—–至]\s*", "-", found[2])
    charge = {"amount": money}
    if found["for"]:
        charge["for"] = found["for"]
    if found["per"]:
        charge["note"] = f"每{found['per']}"
    return charge


def phone(text: str) -> tuple[str, bool]:
    """The phone numbers of a cell, and whether it says more than these."""
    if re.fullmatch(r"[\d\s()（）+*#-]{3,30}", text):
        return text.strip(), False
    found = [each.group().strip() for each in _PHONE.finditer(text)]
    if not found:
        raise Unread("advice-phone")
    rest = _PHONE.sub("", text)
    rest = _PHONE_LABEL.sub("", rest).strip(" \n，,、；;。/：:")
    return "、".join(found), bool(rest)


_HALF_DAY = re.compile(
    r"(上午|下午|早上|中午|晚上)?\s*(\d{1,2})\s*[:：.时点]\s*(\d{2})?\s*分?\s*(?:-|–|—|~|至|到|－)+\s*"
    r"(?:上午|下午|晚上)?\s*(\d{1,2})\s*[:：.时点]\s*(\d{2})?\s*分?"
)
_HOLIDAYS = re.compile(
    r"[，,；;]?\s*[（(]?(?:国家)?(?:法定)?节假日(?:及公休日)?(?:除外|不办公|休息|不上班)[)）]?。?"
)


def hours(text: str) -> list[str] | str:
    """Opening hours, one entry a line where they can be read, else the text as it stands."""
    entries = []
    for part in _HOLIDAYS.sub("", text).split("\n"):
        if not part.strip(" 。；;"):
            continue
        entry = re.sub(r"[；;，,、。\s]+", ",", _HALF_DAY.sub(_span, part)).strip(",")
        entry = re.sub(r"^([^\d,]*?)[,:：（(]*(?=\d{2}:)", r"\1 ", entry).replace(")", "")
        if entry[:1] == " " or entry[:1].isdigit():
            return line(text)
        try:
            facts_hours.opening(entry)
        except Misread:
            return line(text)
        entries.append(entry)
    return entries or line(text)


def _span(found: re.Match[str]) -> str:
    first, last = int(found[2]), int(found[4])
    if found[1] in ("下午", "晚上"):
        first += 12 * (first < 12)
    if last < first:
        last += 12
    return f" {first:02}:{found[3] or '00'}-{last:02}:{found[5] or '00'} "


LEVELS: Mapping[str, Any] = {
    "accepted_at": ("village", "town", "county", "city", "province"),
    "decided_at": ("village", "town", "county", "city", "province"),
}
"""Columns that hold a level of government."""
