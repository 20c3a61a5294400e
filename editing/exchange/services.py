"""One item of a list read into a service as guides write it, with what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from editing.exchange import cells, lists, materials, windows
from editing.exchange.cells import Unread
from editing.exchange.grid import Cell
from editing.exchange.remarks import Remark, shown

Data = dict[str, Any]
Told = Mapping[str, Sequence[Cell]]
"""The cells of an item by column; of several rows, those that tell something."""


@dataclass(slots=True)
class Item:
    """A service read from a list: its data, the cell of each key, and what is only a comment."""

    data: Data = field(default_factory=dict)
    office: str = ""
    office_id: str = ""
    origins: dict[str, Cell] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    places: list[windows.Place] = field(default_factory=list)
    told: Told = field(default_factory=dict)

    def unread(self, cell: Cell, column: str, advice: str = "advice-value") -> None:
        """Notes a cell that is not, or not wholly, read."""
        values = {"text": shown(cell.text), "column": column, "advice": advice}
        self.remarks.append(Remark(cell.place, "unread", values))
        self.comment(cell, column)

    def comment(self, cell: Cell, column: str) -> None:
        """Keeps a cell's text beside the service."""
        self.comments.append(f"{cell.place} {column}: {cell.text}")


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
    "id", "name", "code", "also", "ask", "summary", "audience", "conditions", "not_accepted", "kind",
    "materials", "steps", "window", "phone", "hours", "time_limit", "fee", "forms", "apply_when",
    "result", "validity", "visits", "proxy", "online", "appointment", "progress", "urgent",
    "green_channel", "joint", "scope", "complaint", "appeal", "accepted_at", "decided_at", "basis",
    "cases", "faq", "related", "alert", "status", "verified_on", "review_by", "owner", "source",
    "matter", "changes",
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
    _material_rows(item, usable)
    _limits(item, first, titles)
    _fee(item, first, titles)
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


def _material_rows(item: Item, usable: Mapping[str, Sequence[Cell]]) -> None:
    """Materials that stand one a row, with columns of their own."""
    names = usable.get("materials.name", ())
    if not names:
        return
    rows = []
    for cell in names:
        read = materials.materials(cell.text)
        if isinstance(read, str):
            continue
        if len(read) == 1:
            read = [_with_columns(item, read[0], cell, usable)]
        rows += read
    own = item.data.get("materials")
    item.data["materials"] = [*(own if isinstance(own, list) else []), *rows] or "none"
    item.origins.setdefault("materials", names[0])


def _row(cell: Cell) -> str:
    return cell.place[len(cell.place.rstrip("0123456789")) :]


def _with_columns(
    item: Item, material: Data, name: Cell, usable: Mapping[str, Sequence[Cell]]
) -> Data:
    beside = {
        column: cell
        for column, told in usable.items()
        if column.startswith("materials.") and column != "materials.name"
        for cell in told
        if _row(cell) == _row(name) and not cells.is_nothing(cell.text)
    }
    for column, cell in beside.items():
        if not _tell(material, column.partition(".")[2], cell, beside):
            item.unread(cell, f"{name.text} {column.partition('.')[2]}")
    return material


def _tell(material: Data, key: str, cell: Cell, beside: Mapping[str, Cell]) -> bool:
    """Adds what a column of its own tells of a material; False where it cannot be read."""
    text = cells.line(cell.text)
    if key == "count":
        return _counted(material, text, beside)
    if key == "form":
        if "materials.count" in beside:
            return "原件" in text or "复印" in text or "纸质" in text or "电子" in text
        read = materials.material(f"材料（{text}）")
        material.update({k: v for k, v in read.items() if k not in ("name", "note")})
        return "note" not in read and len(read) > 1
    if key in ("original", "copies"):
        number = lists.amount(text.rstrip("份张 "))
        return number is not None and _set(material, key, number)
    if key == "need":
        read = materials.material(f"材料（{text}）")
        return "need" in read and _set(material, "need", read["need"])
    return _set(material, key, text)


def _counted(material: Data, text: str, beside: Mapping[str, Cell]) -> bool:
    number = lists.amount(text.rstrip("份张 "))
    form = beside["materials.form"].text if "materials.form" in beside else ""
    if number is None:
        read = materials.material(f"材料（{text}）")
        material.update({k: v for k, v in read.items() if k in ("original", "copies")})
        return "original" in read or "copies" in read
    for word, key in (("原件", "original"), ("复印", "copies")):
        if word in form or (key == "original" and "复印" not in form):
            material[key] = number
    return True


def _set(material: Data, key: str, value: Any) -> bool:
    if key in material and material[key] != value:
        return False
    material[key] = value
    return True


def _limits(item: Item, first: Mapping[str, Cell], titles: Mapping[str, str]) -> None:
    limit: dict[str, str] = {}
    notes: list[str] = []
    for key in ("statutory", "promised"):
        cell = first.get(f"time_limit.{key}")
        if cell is None:
            continue
        title = titles.get(f"time_limit.{key}", key)
        unit = first.get(f"time_limit.{key}_unit")
        try:
            value, note = cells.term(cell.text, unit.text if unit else _unit(title))
        except Unread as unread:
            item.unread(cell, title, unread.advice)
            continue
        if value:
            limit[key] = value
            item.origins[f"time_limit.{key}"] = item.origins["time_limit"] = cell
        notes += [cells.line(note)] if note else []
    cell = first.get("time_limit")
    if cell:
        title = titles.get("time_limit", "time_limit")
        try:
            read = cells.terms(cell.text, _unit(title))
        except Unread as unread:
            item.unread(cell, title, unread.advice)
        else:
            notes += [read.pop("note")] if "note" in read else []
            limit = {**read, **limit}
            item.origins.setdefault("time_limit", cell)
    told = first.get("time_limit.note")
    if told and not cells.is_nothing(told.text):
        notes.append(cells.line(told.text))
        item.origins.setdefault("time_limit", told)
    if notes:
        limit["note"] = "；".join(dict.fromkeys(notes))
    if limit:
        item.data["time_limit"] = limit


def _unit(title: str) -> str:
    """The unit that a heading tells: 法定办结时限（工作日）."""
    for unit in ("工作日", "小时", "日", "天", "月"):
        if f"（{unit}" in title or f"({unit}" in title or f"个{unit}" in title:
            return unit
    return ""


def _fee(item: Item, first: Mapping[str, Cell], titles: Mapping[str, str]) -> None:
    charged, cell = first.get("fee.charged"), first.get("fee")
    basis = first.get("fee.basis")
    basis_text = "" if basis is None or cells.is_nothing(basis.text) else cells.line(basis.text)
    source = cell or charged
    free = charged is not None and charged.text.strip("。") in ("否", "不收费", "免费", "无")
    if source is None:
        fee: Any = None
    else:
        try:
            fee = "free" if free and cell is None else cells.fee(source.text, basis_text)
        except Unread as unread:
            item.unread(source, titles.get("fee", "fee"), unread.advice)
            fee = None
    if fee is not None and source is not None:
        if charged and cell and free != (fee == "free"):
            item.unread(charged, titles.get("fee.charged", "fee"), "advice-both")
            fee = None
            item.comment(cell, titles.get("fee", "fee"))
        else:
            item.data["fee"] = fee
            item.origins["fee"] = source
    if basis_text and basis is not None and not isinstance(fee, list):
        item.unread(basis, titles.get("fee.basis", "basis"), "advice-basis")


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
