"""One item of a list read into a service as guides write it, with what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from editing.exchange import cells, lists, material_rows, materials, terms, windows
from editing.exchange.cells import Unread
from editing.exchange.grid import Cell
from editing.exchange.item import Item, Told
from editing.exchange.remarks import Remark


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the hall when a list is read: its windows' numbers by name and its place."""

    windows: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    place: str = ""
    new: bool = True


def _list(text: str) -> list[str]:
    return lists.listed(text)


def _words(text: str) -> list[str]:
    if "\n" in text or lists.is_numbered(text):
        return lists.listed(text)
    return [part.strip() for part in lists.split(text, "、；;，,") if part.strip()]


_READ: Mapping[str, Callable[[str], Any]] = {
    "name": cells.line,
    "code": cells.line,
    "also": _words,
    "ask": _list,
    "summary": cells.line,
    "audience": cells.audience,
    "conditions": _list,
    "not_accepted": _list,
    "kind": cells.choice(("instant", "promised"), "advice-kind"),
    "materials": materials.materials,
    "steps": lists.steps,
    "hours": cells.hours,
    "visits": cells.visits,
    "basis": _list,
    "accepted_at": cells.choice(cells.LEVELS["accepted_at"], "advice-level"),
    "decided_at": cells.choice(cells.LEVELS["decided_at"], "advice-level"),
    "status": cells.choice(("active", "suspended", "cancelled"), "advice-value"),
    "related": _words,
    "matter": _words,
    **dict.fromkeys(
        ("result", "validity", "scope", "online", "appointment", "progress", "proxy", "urgent",
         "green_channel", "apply_when", "appeal", "complaint", "owner", "source", "verified_on",
         "review_by"),
        cells.line,
    ),
}  # fmt: skip
"""How the columns are read that stand for one key by themselves."""

ORDER = (
    "id", "name", "code", "also", "ask", "summary", "audience", "conditions", "not_accepted",
    "kind", "materials", "steps", "window", "phone", "hours", "time_limit", "fee", "forms",
    "apply_when", "result", "validity", "visits", "proxy", "online", "appointment", "progress",
    "urgent", "green_channel", "joint", "scope", "complaint", "appeal", "accepted_at",
    "decided_at", "basis", "cases", "faq", "related", "alert", "status", "verified_on",
    "review_by", "owner", "source", "matter", "changes",
)  # fmt: skip
"""The keys of a service in the order in which guides tell them."""

_KEPT_IF_NOTHING = frozenset({"materials"})


def read(told: Told, around: Around, titles: Mapping[str, str]) -> Item:
    """The service that the cells of an item tell; `titles` are the columns' headings."""
    item = Item(told=told)
    usable = {column: _usable(item, column, all_, titles) for column, all_ in told.items()}
    first = {column: each[0] for column, each in usable.items() if each}
    for column, convert in _READ.items():
        cell = _whole(usable.get(column, ()))
        if cell and (column in _KEPT_IF_NOTHING or not cells.is_nothing(cell.text)):
            _take(item, column, cell, titles.get(column, column), convert)
    material_rows.take(item, usable)
    terms.take_limits(item, first, titles)
    terms.take_fee(item, first, titles)
    for column, take in (("phone", _phone), ("window", _window)):
        cell = _whole(usable.get(column, ()))
        if cell and not cells.is_nothing(cell.text):
            take(item, cell, titles.get(column, column), around)
    item.data = {key: item.data[key] for key in ORDER if key in item.data}
    return item


def _usable(item: Item, column: str, told: Sequence[Cell], titles: Mapping[str, str]) -> list[Cell]:
    """The cells that may be read: no formulas; halves of characters are told."""
    usable = []
    for cell in told:
        if cell.half:
            item.remarks.append(Remark(cell.place, "half-character"))
        if cell.formula:
            item.remarks.append(Remark(cell.place, "formula"))
            item.comment(cell, titles.get(column, column))
        elif cell.text:
            usable.append(cell)
    return usable


def _whole(told: Sequence[Cell]) -> Cell | None:
    """The cells of one column as one: their texts each on its line."""
    if len(told) < 2:
        return told[0] if told else None
    texts = dict.fromkeys(cell.text for cell in told)
    return Cell("\n".join(texts), told[0].place)


def _take(item: Item, key: str, cell: Cell, title: str, convert: Callable[[str], Any]) -> None:
    try:
        item.data[key] = convert(cell.text)
    except Unread as unread:
        item.unread(cell, title, unread.advice)
    else:
        item.origins[key] = cell


def _phone(item: Item, cell: Cell, title: str, _: Around) -> None:
    try:
        numbers, more = cells.phone(cell.text)
    except Unread as unread:
        item.unread(cell, title, unread.advice)
        return
    item.data["phone"] = numbers
    item.origins["phone"] = cell
    if more:
        item.unread(cell, title, "advice-phone")


def _window(item: Item, cell: Cell, title: str, around: Around) -> None:
    place = windows.place(cell.text, around.windows)
    known = [each for each in place.numbers if around.new or each in around.numbers]
    if known:
        item.data["window"] = known
        item.origins["window"] = cell
    in_the_hall = cells.line(cell.text) in around.place
    if len(known) < len(place.numbers) or not (known or in_the_hall):
        item.unread(cell, title, "advice-window")
    elif place.rest and not around.new and place.rest not in around.place:
        item.comment(cell, title)
    if around.new:
        item.places.append(place)
