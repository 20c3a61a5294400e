"""The hall into which a list is imported: which folder it is, and a first hall.yaml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from editing.exchange import cells, ids
from editing.exchange.grid import Cell
from editing.exchange.item import Item
from editing.exchange.items import Entry
from editing.exchange.remarks import Refused
from facts import folders

_HAN = re.compile("[\u4e00-\u9fff]")


def target(root: Path, hall: str | None, told: str) -> Path:
    """The hall's folder: `root` itself, or one in it; `told` is the hall that the file names.

    Raises `Refused`.
    """
    if hall is not None and not ids.FILE.fullmatch(hall):
        raise Refused("--hall", "wrong-id", id=hall)
    if "hall" in folders.files(root):
        if hall is not None and hall != root.resolve().name:
            raise Refused("--hall", "is-a-hall", folder=str(root), hall=root.resolve().name)
        return root
    if hall is not None:
        return root / hall
    known = folders.halls(root)
    if told and (root / told) in known:
        return root / told
    if len(known) > 1:
        raise Refused("--guides", "which-hall", folder=str(root), halls=_names(known))
    return known[0] if known else root


def _names(found: Iterable[Path]) -> str:
    return ", ".join(each.name for each in found)


def common_place(entries: Iterable[Entry]) -> str:
    """The place that most items of a list tell."""
    told = Counter(cells.line(cell.text) for e in entries for cell in e.told.get("window", ()))
    return told.most_common(1)[0][0] if told else ""


def made(name: str, items: Sequence[Item], address: str) -> dict[str, Any]:
    """A first hall.yaml from what a list tells: its windows, and the hours of most items."""
    hall: dict[str, Any] = {"name": name}
    hall["languages"] = ["zh"] if _HAN.search(name + _names_of(items)) else ["en"]
    numbered = [place for item in items for place in item.places if place.numbers]
    if address and not any(number in address for p in numbered for number in p.numbers):
        hall["address"] = address
    hours = Counter(
        tuple(item.data["hours"]) for item in items if isinstance(item.data.get("hours"), list)
    )
    if hours:
        hall["hours"] = list(hours.most_common(1)[0][0])
    if "zh" in hall["languages"]:
        hall["holidays"] = "CN"
    windows = _windows(items)
    if windows:
        hall["windows"] = windows
    return hall


def _names_of(items: Iterable[Item]) -> str:
    return "".join(str(item.data.get("name", "")) for item in items)


def _windows(items: Sequence[Item]) -> list[dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for item in items:
        for place in item.places:
            for number in place.numbers:
                window = told.setdefault(number, {"number": number, "offices": []})
                if item.office_id not in window["offices"]:
                    window["offices"].append(item.office_id)
                if number in place.names:
                    window.setdefault("name", place.names[number])
                if place.rest:
                    window.setdefault("place", cells.line(place.rest))
    ordered = sorted(told.values(), key=lambda each: _natural(each["number"]))
    return [_one_office(each) for each in ordered]


def _one_office(window: dict[str, Any]) -> dict[str, Any]:
    offices = window.pop("offices")
    return window | ({"office": offices[0]} if len(offices) == 1 else {"offices": offices})


def _natural(number: str) -> tuple[str, int, str]:
    found = re.match(r"(\D*)(\d*)", number)
    letters, digits = found.groups() if found else ("", "")
    return letters, int(digits or 0), number


def office_name(told: Mapping[str, Sequence[Cell]]) -> str:
    """The office that an item names."""
    found = told.get("office", ())
    return cells.line(found[0].text) if found else ""
