"""Materials that stand one a row, with columns of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from editing.exchange import cells, lists, materials
from editing.exchange.grid import Cell
from editing.exchange.item import Data, Item


def take(item: Item, usable: Mapping[str, Sequence[Cell]]) -> None:
    """Adds the materials of an item's rows to those that stand in one cell."""
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
