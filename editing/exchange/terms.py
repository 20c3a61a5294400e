"""The terms and fees of an item, each told in several columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from editing.exchange import cells
from editing.exchange.cells import Unread
from editing.exchange.grid import Cell
from editing.exchange.item import Item

First = Mapping[str, Cell]
"""The first usable cell of each column."""
Titles = Mapping[str, str]


def take_limits(item: Item, first: First, titles: Titles) -> None:
    """Reads the statutory and the promised limit, the column for both, and notes."""
    limit: dict[str, str] = {}
    notes: list[str] = []
    for key in ("statutory", "promised"):
        _one_limit(item, key, (limit, notes), first, titles)
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


def _one_limit(
    item: Item,
    key: str,
    told: tuple[dict[str, str], list[str]],
    first: First,
    titles: Titles,
) -> None:
    column = f"time_limit.{key}"
    cell, unit = first.get(column), first.get(f"{column}_unit")
    if cell is None:
        return
    title = titles.get(column, key)
    try:
        value, note = cells.term(cell.text, unit.text if unit else _unit(title))
    except Unread as unread:
        item.unread(cell, title, unread.advice)
        return
    limit, notes = told
    if value:
        limit[key] = value
        item.origins[column] = item.origins["time_limit"] = cell
    if note:
        notes.append(cells.line(note))


def _unit(title: str) -> str:
    """The unit that a heading tells: 法定办结时限（工作日）."""
    for unit in ("工作日", "小时", "日", "天", "月"):
        if f"（{unit}" in title or f"({unit}" in title or f"个{unit}" in title:
            return unit
    return ""


def take_fee(item: Item, first: First, titles: Titles) -> None:
    """Reads whether and what is charged, and on what basis."""
    charged, cell, basis = (first.get(each) for each in ("fee.charged", "fee", "fee.basis"))
    ground = "" if basis is None or cells.is_nothing(basis.text) else cells.line(basis.text)
    source = cell or charged
    fee = _fee(item, charged, cell, ground, titles)
    if fee is not None and source is not None:
        item.data["fee"] = fee
        item.origins["fee"] = source
    if ground and basis is not None and not isinstance(fee, list):
        item.unread(basis, titles.get("fee.basis", "basis"), "advice-basis")


def _fee(item: Item, charged: Cell | None, cell: Cell | None, basis: str, titles: Titles) -> Any:
    """What is charged, None where the cells do not tell it or tell it differently."""
    free = charged is not None and charged.text.strip("。") in _FREE
    source = cell or charged
    if source is None or (cell is None and free):
        return "free" if free else None
    if cell is not None and free and cells.is_nothing(cell.text):
        return "free"
    try:
        fee = cells.fee(source.text, basis)
    except Unread as unread:
        item.unread(source, titles.get("fee", "fee"), unread.advice)
        return None
    if charged and cell and free != (fee == "free"):
        item.unread(charged, titles.get("fee.charged", "fee"), "advice-both")
        item.comment(cell, titles.get("fee", "fee"))
        return None
    return fee


_FREE = frozenset({"否", "不收费", "免费", "无", "no", "No"})
