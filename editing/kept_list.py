"""The work list of a desk that is open: found anew now and then, and shorter as soon as something
of it is dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple, Protocol

from desk.knowledge import Knowledge
from editing.dealing import Dealing
from editing.engine import Engine
from editing.groups import Group
from editing.reviewed import reviewed
from editing.worklist import LONG_AGO, Item, item_of, work_list
from facts.model import Hall
from intents.fold import fold
from ledger.connection import Database

KEEP = timedelta(minutes=10)
"""So long a list counts: of a thousand questions it takes ten seconds to tell which are alike."""


class Desk(Protocol):
    """The desk that is open."""

    @property
    def knowledge(self) -> Knowledge:
        """What is known now."""


class Part(NamedTuple):
    """Part of a list: its items, how many groups there are in all, and where the next begins."""

    items: Sequence[Item]
    several: int
    next: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """The groups of a hall at a time, and what they may be about by what is known now."""

    at: datetime
    groups: Sequence[Group]
    items: dict[tuple[str, ...], Item | None] = field(default_factory=dict)


class KeptList:
    """The work lists of a desk's halls. One at a time may use it."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database
        self._found: dict[str, _Found] = {}
        self._known = desk.knowledge
        self._engine = Engine.of(self._known)
        self._done: set[str] = set()

    def engine(self) -> Engine:
        """The desk's engine, with the phrases that were added and are not taken up yet."""
        if self._known is not self._desk.knowledge:
            self._known = self._desk.knowledge
            self._engine, self._done = Engine.of(self._known), set()
            for each in self._found.values():
                each.items.clear()
        return self._engine

    def part(self, hall: Hall, start: int, most: int, at: datetime) -> Part:
        """So many items of a hall, from this group on. Raises `LedgerError`."""
        groups = self._open(hall, at)
        wanted = islice(enumerate(groups), max(start, 0), None)
        found = ((place, self._item(each, hall)) for place, each in wanted)
        items = list(islice(((place, item) for place, item in found if item), most + 1))
        following = items[most][0] if len(items) > most else None
        return Part([item for _, item in items[:most]], len(groups), following)

    def find(self, hall: Hall, texts: Iterable[str], at: datetime) -> Item | None:
        """The item of these questions, as far as they are still on the list; None where they are
        not. Raises `LedgerError`."""
        seen = set(texts)
        for each in self._open(hall, at):
            kept = tuple(text for text in each.texts if text in seen)
            if kept:
                return self._item(replace(each, texts=kept), hall)
        return None

    def dealt_with(self, item: Item, dealing: Dealing) -> None:
        """Leave an item out until the guides that were changed are taken up."""
        self._engine = dealing.engine
        self._done |= set(map(fold, item.group.texts))

    def _item(self, group: Group, hall: Hall) -> Item | None:
        known = self._found[hall.id].items
        if group.texts not in known:
            known[group.texts] = item_of(group, hall, self.engine())
        return known[group.texts]

    def _open(self, hall: Hall, at: datetime) -> Sequence[Group]:
        engine, found = self.engine(), self._found.get(hall.id)
        if found is None or not found.at <= at < found.at + KEEP:
            found = _Found(at, work_list(self._database, hall, engine, at))
            self._found[hall.id] = found
        return list(self._left(hall, found))

    def _left(self, hall: Hall, found: _Found) -> Iterator[Group]:
        """The groups without what was put aside since, or has been dealt with."""
        rest, since = reviewed(hall), found.at.replace(microsecond=0)
        for group in found.groups:
            texts = tuple(
                each
                for each in group.texts
                if (key := fold(each)) not in self._done and rest.get(key, LONG_AGO) < since
            )
            if texts:
                yield replace(group, texts=texts)
