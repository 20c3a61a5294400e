"""Keeps out of the guides what a check would refuse; it stays beside the service as a comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from editing.exchange.files import OfficeFile, dump
from editing.exchange.grid import Cell
from editing.exchange.item import Item
from editing.exchange.remarks import Remark, shown
from facts.nodes import Fields, Items, Node, Scalar, compose
from facts.problems import Problem

_Spot = tuple[int, str, int | str | None]
"""A service's place in its file, its key, and the place or key within."""


def prune(
    office: OfficeFile, text: str, problems: Iterable[Problem], titles: Mapping[str, str]
) -> bool:
    """Takes out of an office's file what these problems point at; whether all could be found."""
    tree = compose(text)
    found: dict[_Spot, Problem] = {}
    for problem in problems:
        spot = _spot(tree, problem.line)
        if spot is None:
            return False
        found.setdefault(spot, problem)
    for spot in sorted(found, key=_place, reverse=True):
        _take_out(office, spot, found[spot], titles)
    office.noted += [remark for each in office.items if not each.data for remark in each.remarks]
    office.strays += [text for each in office.items if not each.data for text in each.comments]
    office.items = [item for item in office.items if item.data]
    return bool(found)


def _place(spot: _Spot) -> tuple[int, str, int]:
    return spot[0], spot[1], spot[2] if isinstance(spot[2], int) else 0


def _spot(tree: Node | None, line: int) -> _Spot | None:
    services = _last(tree.pairs, line) if isinstance(tree, Fields) else None
    if services is None or services[0].text != "services" or not isinstance(services[1], Items):
        return None
    number = _before(services[1].nodes, line)
    service = services[1].nodes[number]
    pair = _last(service.pairs, line) if isinstance(service, Fields) else None
    if pair is None:
        return None
    key, value = pair
    if isinstance(value, Items) and value.nodes and value.nodes[0].line <= line:
        return number, key.text, _before(value.nodes, line)
    if isinstance(value, Fields) and value.pairs and value.pairs[0][0].line <= line:
        inner = _last(value.pairs, line)
        return number, key.text, inner[0].text if inner else None
    return number, key.text, None


def _last(pairs: list[tuple[Scalar, Node]], line: int) -> tuple[Scalar, Node] | None:
    found = [pair for pair in pairs if pair[0].line <= line]
    return found[-1] if found else None


def _before(nodes: list[Node], line: int) -> int:
    return max(0, sum(node.line <= line for node in nodes) - 1)


def _take_out(office: OfficeFile, spot: _Spot, problem: Problem, titles: Mapping[str, str]) -> None:
    number, key, within = spot
    item = office.items[number]
    value = item.data.get(key)
    if key in ("id", "name"):
        value = _named(item).text
        item.data.clear()
    elif within is not None and isinstance(value, (list, dict)) and len(value) > 1:
        value = value.pop(within)  # type: ignore[arg-type]
    else:
        item.data.pop(key, None)
    short = isinstance(value, str) or len(value or ()) < 2
    text = _name(value) if short else dump(value).strip()
    told = f"{key}.{within}" if isinstance(within, str) else key
    origin = item.origins.get(told) or item.origins.get(key) or _named(item)
    title = titles.get(told, titles.get(key, key))
    comment = f"{origin.place} {title}: {text}"
    item.comments.append(comment)
    item.remarks.append(Remark(origin.place, "refused", {"text": shown(_name(value))}, problem))


def _named(item: Item) -> Cell:
    return next(iter(item.told.get("name", ())), Cell())


def _name(value: Any) -> str:
    """What a value is called: its first text."""
    if isinstance(value, dict):
        value = list(value.values())
    return _name(next(iter(value), "")) if isinstance(value, list) else str(value)
