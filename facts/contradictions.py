"""What contradicts itself: terms, dates, ids, and materials that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from facts.model import Closure, Duration, Hall, Hours, Material, Notice, TimeLimit
from facts.parts import Part
from facts.problems import Problem
from facts.slips import shown

_ID = re.compile(r"[a-z0-9-]+")
_PLAIN_ID = re.compile(r"[^/#:|\s]+")

_VAGUE = re.compile(
    r"其[他它](?:需要?|应当?|必[要需]|相关|有关|规定|要求|提[交供]|补充|佐证|辅助|证明|申请|所需|须|的){0,6}"
    r"(?:材料|资料|证明|证件|文件)"
    r"|^(?:相关|有关|相应)的?(?:证明)?(?:材料|资料|证明|证件|文件)$"
    r"|(?<![同平高中初优对何上下次一二三四五六七八九头劣甲乙特])等"
    r"(?=$|[,，。、;；()（）\s]|材料|证件|证明|资料|文件|相关|有关|证书|手续)"
    r"|\bother (?:(?:relevant|supporting|related|required|necessary|applicable|such) ){0,2}"
    r"(?:materials?|documents?|documentation|papers?|paperwork|evidence|proofs?)\b"
    r"|\betc\b|\band so (?:on|forth)\b",
    re.IGNORECASE,
)


_DOUBTFUL = re.compile("(?:相关|有关|相应)的?(?:证明)?(?:材料|资料|证件|文件)$")


def vague_materials(part: Part, _: Hall) -> Iterator[Problem]:
    """Materials such as `other materials` or 户口本等, which are none: nobody can bring them."""
    for material in part.materials():
        yield from _vague(part, material, "vague-material", _VAGUE)
        yield from _vague(part, material, "vague-material-doubt", _DOUBTFUL)
    for material in part.brought_elsewhere():
        yield from _vague(part, material, "vague-material-doubt", _VAGUE)


def _vague(part: Part, material: Material, kind: str, words: re.Pattern[str]) -> Iterator[Problem]:
    for name in material.name.words.values():
        found = words.search(name)
        if found:
            told = {"name": shown(name), "part": shown(found[0])}
            yield part.spots.problem(material, "name", kind, name, **told)


def ids(part: Part, hall: Hall) -> Iterator[Problem]:
    """Ids that cannot stand in a topic's id."""
    for office in hall.offices:
        if not _PLAIN_ID.fullmatch(office.id) or office.id == "window":
            yield part.spots.problem(office, "", "wrong-file-name", id=shown(office.id))
        for service in office.services:
            if not _ID.fullmatch(service.id):
                told = {"id": shown(service.id)}
                yield part.spots.problem(service, "id", "wrong-service-id", **told)
    cases = (case for _, service in hall.services() for case in service.cases)
    others: list[Any] = [*hall.elsewhere, *hall.journeys, *hall.stations, *cases]
    for each in others:
        if not _PLAIN_ID.fullmatch(each.id):
            yield part.spots.problem(each, "id", "wrong-id", id=shown(each.id))


def limits(part: Part, hall: Hall) -> Iterator[Problem]:
    """Promised limits above the statutory ones, and urgent ones above those promised."""
    for telling in part.tellings():
        limit = telling.facts.get("time_limit")
        if limit:
            yield from _limit(part, limit, telling.service.time_limit)
    for each in hall.elsewhere:
        if each.time_limit:
            yield from _limit(part, each.time_limit, None)


def _limit(part: Part, limit: TimeLimit, whole: TimeLimit | None) -> Iterator[Problem]:
    ordinary = limit.promised or limit.statutory
    if is_longer(limit.promised, limit.statutory):
        yield part.spots.problem(limit, "promised", "promised-above-statutory")
    elif whole and not limit.statutory and is_longer(limit.promised, whole.statutory):
        yield part.spots.problem(limit, "promised", "promised-above-service")
    if is_longer(limit.urgent, ordinary):
        yield part.spots.problem(limit, "urgent", "urgent-above-promised")


def is_longer(one: Duration | None, other: Duration | None) -> bool:
    """Whether one term is surely longer than another, in ordinary weeks without holidays."""
    if one is None or other is None:
        return False
    if one.unit == other.unit:
        return one.amount > other.amount
    return _days(one)[0] > _days(other)[1]


def _days(term: Duration) -> tuple[float, float]:
    """The fewest and the most days that a term may last."""
    amount = term.amount
    if term.unit == "working days":
        return amount + 2 * ((amount - 1) // 5), amount + 2 * ((amount + 4) // 5)
    if term.unit == "working hours":
        return amount / 24, amount / 8 + 2 * (amount // 40 + 1)
    fewest, most = _LENGTHS[term.unit]
    return amount * fewest, amount * most


_LENGTHS: Mapping[str, tuple[float, float]] = {
    "on the spot": (0, 0),
    "hours": (1 / 24, 1 / 24),
    "days": (1, 1),
    "weeks": (7, 7),
    "months": (28, 31),
    "years": (365, 366),
}
"""Days of each unit, fewest and most."""


def dates(part: Part, hall: Hall) -> Iterator[Problem]:
    """Dates that end before they begin."""
    dated: list[Notice | Closure] = [*hall.notices, *hall.closed]
    for telling in part.tellings():
        dated += telling.facts.get("alert", ())
        checked, review = telling.facts.get("verified_on"), telling.facts.get("review_by")
        if checked and review and review < checked:
            yield part.spots.problem(telling.holder, "review_by", "dates-reversed")
    for each in dated:
        start = each.date if isinstance(each, Closure) else each.from_
        if start and each.until and each.until < start:
            yield part.spots.problem(each, "until", "dates-reversed")


def seasons(part: Part, hall: Hall) -> Iterator[Problem]:
    """Opening hours that have only one end of their season."""
    for hours in _all_hours(part, hall):
        for opening in hours:
            if (opening.from_ is None) != (opening.to is None):
                yield part.spots.problem(opening, "from_", "half-season")


def _all_hours(part: Part, hall: Hall) -> Iterator[Hours]:
    owners: tuple[Any, ...] = (hall, *hall.windows, *hall.offices, *hall.stations, *hall.elsewhere)
    told = [owner.hours for owner in owners]
    told += [telling.facts.get("hours") for telling in part.tellings()]
    yield from (hours for hours in told if isinstance(hours, tuple))
