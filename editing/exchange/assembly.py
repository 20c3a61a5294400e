"""The files of a hall put together from lists, their supplement, and the guides that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from editing.exchange import halls, ids, services, supplement
from editing.exchange.files import OfficeFile, dump
from editing.exchange.item import Item
from editing.exchange.items import Entry, Listing
from editing.exchange.remarks import Refused, Remark, say
from editing.exchange.services import ORDER, Around
from editing.exchange.sources import Source
from editing.exchange.spreadsheet import around
from editing.exchange.supplement import Supplement
from facts.model import Hall, Office
from facts.nodes import compose
from facts.reader import read_record
from facts.sheet import Sheet, Spots


@dataclass(slots=True)
class Assembly:
    """What is to be written: the offices by id, and `hall`, empty where it stays as it is."""

    supplement: Supplement
    offices: dict[str, OfficeFile] = field(default_factory=dict)
    hall: dict[str, Any] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    noted: list[Remark] = field(default_factory=list)
    new_hall: bool = False

    def remarks(self) -> list[Remark]:
        """All that is to be looked at."""
        own = [remark for each in self.offices.values() for remark in each.remarks()]
        return [*self.noted, *own, *self.supplement.remarks]

    def count(self) -> int:
        """How many services there are."""
        return sum(len(office.items) for office in self.offices.values())

    def files(self, language: str) -> dict[str, str]:
        """The files by name; comments are in the language."""
        told = {"hall.yaml": dump(self.hall)} if self.hall else {}
        comment = say("comment", language)
        told |= {f"{id_}.yaml": each.text(comment) for id_, each in self.offices.items()}
        for name in ("elsewhere", "journeys"):
            entries = [self.supplement.data(name, id_) for id_ in self.supplement.entries(name)]
            if entries:
                told[f"{name}.yaml"] = dump(entries)
        return told | self.supplement.raw


def assemble(source: Source, before: Hall | None, named: str, office: str | None) -> Assembly:
    """The files that a source makes; `before` is the hall that is there, `named` a new one's name
    where the list does not tell it.

    `office` is the id of the only office, where one was given. Raises `Refused`.
    """
    made = Assembly(source.supplement, noted=[*source.remarks])
    made.hall = made.supplement.data("hall", "")
    known = _facts(made.hall) or before
    entries = [(each, entry) for each in source.listings for entry in each.entries]
    place = halls.common_place(entry for _, entry in entries)
    near = around(known) if known else Around(place=place)
    items = [_item(listing, entry, near) for listing, entry in entries]
    for listing, _ in entries:
        made.titles |= listing.titles
    titles = [each.title for each in source.listings if each.title]
    name = known.name.say(known.languages[0]) if known else next(iter(titles), "") or named
    _name_offices(items, before, name, office)
    _fill_offices(made, items, before, known.languages[0] if known else "zh")
    strays = [stray for each in source.listings for stray in each.strays]
    if made.offices:
        next(iter(made.offices.values())).strays += strays
    if known is None:
        made.hall = halls.made(name, items, place)
        made.new_hall = True
    return made


def _facts(hall: Mapping[str, Any]) -> Hall | None:
    if not hall:
        return None
    sheet = Sheet("hall.yaml", Path(), ("zh",), Spots())
    languages = hall.get("languages", hall.get("语言"))
    if isinstance(languages, list) and languages:
        sheet.speak([str(each) for each in languages])
    node = compose(dump(hall))
    if node is None:
        return None
    read: Hall | None = read_record(sheet, node, Hall, id="hall", folder=None)
    return read


def _item(listing: Listing, entry: Entry, near: Around) -> Item:
    item = services.read(entry.told, near, listing.titles)
    item.office = halls.office_name(entry.told)
    for title, cell in entry.others:
        item.comment(cell, title)
    return item


def _text(item: Item, column: str) -> str:
    return next((cell.text for cell in item.told.get(column, ())), "")


def _name_offices(items: list[Item], before: Hall | None, hall: str, given: str | None) -> None:
    """Gives every item its office: by its id, its name, that given, or the hall's own name."""
    names = dict.fromkeys(item.office for item in items if item.office)
    if given is not None:
        if not ids.FILE.fullmatch(given) or given in ids.RESERVED:
            raise Refused("--office", "wrong-id", id=given)
        if len(names) > 1:
            raise Refused("--office", "several-offices", names="、".join(names))
    known = {
        word: office.id
        for office in (before.offices if before else ())
        for word in (*office.office.words.values(), *office.also)
    }
    made: dict[str, str] = {}
    for item in items:
        named = item.office or hall
        own = _text(item, "office.id")
        if not own or not ids.FILE.fullmatch(own) or own in ids.RESERVED:
            own = given or known.get(named) or made.get(named) or ""
        if not own:
            own = ids.made(named, taken={*ids.RESERVED, *known.values(), *made.values()})
        made[named] = item.office_id = own
        item.office = named


def _fill_offices(made: Assembly, items: list[Item], before: Hall | None, language: str) -> None:
    rest = made.supplement
    for file in rest.files():
        if file not in ("hall", "elsewhere", "journeys"):
            made.offices[file] = OfficeFile(rest.data(file, ""))
    named = Counter((item.office_id, item.data.get("name")) for item in items)
    for item in items:
        office = made.offices.setdefault(item.office_id, OfficeFile({}))
        office.head = office.head or _head(item, before)
        one = named[item.office_id, item.data.get("name")] == 1
        id_ = _service_id(item, office, before, one=one)
        if "name" not in item.data and ("name" not in rest.parts.get((item.office_id, id_), {})):
            office.strays += item.comments
            office.noted += item.remarks
            continue
        _join(item, id_, rest, language)
        office.items.append(item)
    for file, id_ in rest.parts:
        office = made.offices.get(file, OfficeFile({}))
        if id_ and file in made.offices and all(id_ != each.data["id"] for each in office.items):
            made.noted.append(Remark(f"{file}.yaml", "left-out", {"name": id_}))


def _head(item: Item, before: Hall | None) -> dict[str, Any]:
    """An office's head: what stands there, where only its services are replaced."""
    office: Office | None = before.office(item.office_id) if before else None
    if office is None or office.office.say("zh") == item.office:
        return {"office": item.office}
    return {"office": dict(office.office.words)}


def _service_id(item: Item, office: OfficeFile, before: Hall | None, *, one: bool) -> str:
    """The item's own id, that of the service of this code or name, or one made from its name.

    `one` is whether no other item has its name; where one has, codes tell them apart.
    """
    taken = {each.data["id"] for each in office.items}
    own = _text(item, "id")
    if ids.ID.fullmatch(own) and own not in taken:
        return own
    there = before.office(item.office_id) if before else None
    name, code = item.data.get("name", ""), item.data.get("code")
    for service in there.services if there else ():
        named = name in service.name.words.values()
        same = code == service.code if code and service.code else named
        if same and service.id not in taken:
            return service.id
    plain = set() if one or not code else {ids.made(str(name))}
    return ids.made(str(name), code=str(code or ""), taken=taken | plain)


def _join(item: Item, id_: str, rest: Supplement, language: str) -> None:
    """Adds what the supplement tells of a service; a cell that was changed since counts."""
    told = {column: "\n".join(cell.text for cell in each) for column, each in item.told.items()}
    parts = rest.parts.get((item.office_id, id_), {})
    for key, value in rest.data(item.office_id, id_).items():
        if supplement.seal(told, key) == parts[key].seal:
            if value == "" and not parts[key].content:
                item.data.pop(key, None)
            else:
                item.data[key] = value
        elif key in item.data:
            item.data[key], lost = supplement.merged(value, item.data[key], language)
            for each in lost:
                _lost(item, key, each)
        elif value != "":
            _lost(item, key, value)
    ordered = {"id": id_} | {key: item.data[key] for key in ORDER if key in item.data}
    item.data = ordered | {key: value for key, value in item.data.items() if key not in ordered}


def _lost(item: Item, key: str, value: Any) -> None:
    cells = [cell for column, told in item.told.items() if supplement.of(column) == key
             for cell in told] or [*item.told.get("name", ())]  # fmt: skip
    place = cells[0].place if cells else ""
    item.remarks.append(Remark(place, "details-dropped"))
    item.comments.append(f"{place} {key}: {dump(value).strip()}")
