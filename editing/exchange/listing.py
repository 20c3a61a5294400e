"""A hall's services as rows of the national columns, as a clerk would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from facts.counts import phone_of, windows_of
from facts.model import Charge, Duration, Hall, Material, Office, Opening, Service, Text
from facts.values import CHOICES

COLUMNS = (
    "office", "name", "code", "audience", "kind", "conditions", "materials", "steps",
    "time_limit.statutory", "time_limit.promised", "time_limit.note", "fee", "fee.basis", "window",
    "hours", "phone", "complaint", "basis", "visits", "result", "scope", "online", "summary",
    "not_accepted", "apply_when", "validity", "proxy", "appointment", "progress", "urgent",
    "green_channel", "appeal", "accepted_at", "decided_at", "also", "ask", "related", "status",
    "matter", "verified_on", "review_by", "owner", "source", "office.id", "id",
)  # fmt: skip
"""The columns of an exported list in their order."""

Row = dict[str, str]


def row(hall: Hall, office: Office, service: Service) -> Row:
    """The cells of one service by column; what has none is left out."""
    language = hall.languages[0]
    told = {column: _cell(getattr(service, column, None), column, language) for column in COLUMNS}
    told["office"] = office.office.say(language)
    told["office.id"] = office.id
    numbers = service.window or [each.number for each in windows_of(hall, office, service)]
    told["window"] = "、".join(_window(each, language) for each in numbers)
    told["phone"] = phone_of(hall, office, service) or ""
    limit = service.time_limit
    if limit:
        told["time_limit.statutory"] = duration(limit.statutory, language)
        told["time_limit.promised"] = duration(limit.promised, language)
        told["time_limit.note"] = _text(limit.note, language)
    if service.fee is not None:
        told["fee"] = _fee(service.fee, language, hall.currency)
        bases = dict.fromkeys(_text(each.basis, language) for each in service.fee)
        told["fee.basis"] = next(iter(bases), "") if len(bases) == 1 else ""
    return {column: text for column, text in told.items() if text}


def _text(value: Text | None, language: str) -> str:
    return value.say(language) if value else ""


def _cell(value: Any, column: str, language: str) -> str:
    if column in _WRITTEN:
        return _WRITTEN[column](value, language)
    if value is None or value == ():
        return ""
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, tuple):
        return "\n".join(str(each) for each in value)
    return str(value)


def _list(items: Iterable[str]) -> str:
    """Texts as a list: numbered where there are several."""
    told = [item for item in items if item]
    if len(told) < 2:
        return "".join(told)
    return "\n".join(f"{number}. {item}" for number, item in enumerate(told, 1))


def _texts(value: Iterable[Text], language: str) -> str:
    return _list(each.say(language) for each in value)


def _word(value: str | None, language: str) -> str:
    return CHOICES[value][0] if value and language.startswith("zh") else value or ""


def _status(value: str, language: str) -> str:
    return "" if value == "active" else _word(value, language)


def _audience(value: Iterable[str], language: str) -> str:
    return ("、" if language.startswith("zh") else ", ").join(
        _word(each, language) for each in value
    )


def _hours(value: Any, language: str) -> str:
    if isinstance(value, Text):
        return value.say(language)
    return "\n".join(_opening(each) for each in value or ())


def _opening(opening: Opening) -> str:
    days = "、".join("周" + "一二三四五六日"[day] for day in opening.days)
    if len(opening.days) > 2 and opening.days[-1] - opening.days[0] == len(opening.days) - 1:
        days = f"周{'一二三四五六日'[opening.days[0]]}至周{'一二三四五六日'[opening.days[-1]]}"
    return f"{days} " + ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in opening.open)


def _materials(value: tuple[Material, ...] | None, language: str) -> str:
    if value is None:
        return ""
    if not value:
        return "无" if language.startswith("zh") else "none"
    return _list(_material(each, language) for each in value)


def _material(material: Material, language: str) -> str:
    name = material.name.say(language)
    if not language.startswith("zh"):
        return name
    counts = [
        f"{word}{number}份"
        for word, number in (("原件", material.original), ("复印件", material.copies))
        if number is not None
    ]
    told = ["，".join(counts)] if counts else []
    if material.need != "required":
        told.append({"optional": "非必要", "deferrable": "容缺后补"}[material.need])
    told += ["电子证照"] if material.electronic else []
    told += [f"别名：{'、'.join(material.also)}"] if material.also else []
    for word, key in (("情况", "when"), ("来源", "source"), ("表格", "form"), ("样表", "sample"),
                      ("说明", "note")):  # fmt: skip
        text = _text(getattr(material, key), language)
        told += [f"{word}：{text}"] if text else []
    return name + "".join(f"（{each}）" for each in told)


def duration(value: Duration | None, language: str) -> str:
    """A term in words: 20个工作日, `20 working days`."""
    if value is None:
        return ""
    if not language.startswith("zh"):
        return value.unit if value.unit == "on the spot" else f"{value.amount} {value.unit}"
    units = {"working days": "个工作日", "days": "天", "weeks": "周", "working hours": "个工作时",
             "months": "个月", "hours": "小时", "years": "年"}  # fmt: skip
    return "当场办结" if value.unit == "on the spot" else f"{value.amount}{units[value.unit]}"


def _fee(fee: tuple[Charge, ...], language: str, currency: str) -> str:
    if not fee:
        return "不收费" if language.startswith("zh") else "free"
    return _list(_charge(each, language, currency) for each in fee)


def _charge(charge: Charge, language: str, currency: str) -> str:
    amount = charge.amount.say(language)
    if (charge.currency or currency) == "CNY" and amount.replace(".", "").replace(
        "-", ""
    ).isdigit():
        amount = f"{amount}元"
    what, note = _text(charge.for_, language), _text(charge.note, language)
    per = f"/{note[1:]}" if note[:1] == "每" else ""
    return (f"{what}：" if what else "") + amount + per


def _window(number: str, language: str) -> str:
    if not language.startswith("zh"):
        return f"window {number}"
    return f"{number}号窗口" if number.isdigit() else f"{number}窗口"


_WRITTEN: Mapping[str, Callable[[Any, str], str]] = {
    **dict.fromkeys(("conditions", "not_accepted", "steps", "basis"), _texts),
    **dict.fromkeys(("also", "ask", "related", "matter"), lambda value, _: _list(value)),
    **dict.fromkeys(("kind", "accepted_at", "decided_at"), _word),
    **dict.fromkeys(("time_limit.note", "fee", "fee.basis"), lambda _, __: ""),
    "audience": _audience,
    "status": _status,
    "hours": _hours,
    "materials": _materials,
}
"""How the columns are written that are no plain text."""
