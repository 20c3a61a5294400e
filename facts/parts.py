"""Parts of what was read of a hall, which are checked one by one: a file that stays as it is need
not be checked again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from facts.model import Case, Hall, Material, Office, Service
from facts.schema import fields
from facts.sheet import Spots

T = TypeVar("T")


class Part:
    """A piece of what was read of a hall; `hall` has nothing but what is told there.

    `known` is what checks have found in it before. `is_rest` is whether it is what no office's
    file tells, the hall itself with it.
    """

    def __init__(
        self, hall: Hall, spots: Spots, known: dict[str, Any], *, is_rest: bool = False
    ) -> None:
        self.hall = hall
        self.spots = spots
        self.is_rest = is_rest
        self._known = known

    def once(self, what: str, find: Callable[[Part], Iterable[T]]) -> Sequence[T]:
        """What is found in it, looked for only once as long as the same stands there."""
        if what not in self._known:
            self._known[what] = tuple(find(self))
        found: Sequence[T] = self._known[what]
        return found

    def tellings(self) -> Sequence[Telling]:
        """Every mapping that tells facts of a service."""
        return self._told

    @functools.cached_property
    def _told(self) -> Sequence[Telling]:
        return [each for office, of in self.hall.services() for each in _tellings(office, of)]

    def materials(self) -> Iterator[Material]:
        """Every material that services tell, also where one of several is enough."""
        told = [each.facts.get("materials") or () for each in self.tellings()]
        told += [each.holder.add_materials for each in self.tellings() if each.is_case]
        for materials in told:
            yield from _with_alternatives(materials)

    def brought_elsewhere(self) -> Iterator[Material]:
        """Every material that is told of matters that the hall does not handle."""
        for each in self.hall.elsewhere:
            yield from _with_alternatives(each.bring)


class Telling(NamedTuple):
    """Facts that stand in one mapping: a service's, a case's, or those of a change."""

    office: Office
    service: Service
    holder: Any
    facts: Mapping[str, Any]

    @property
    def is_case(self) -> bool:
        """Whether these are a case's facts."""
        return isinstance(self.holder, Case)


def _with_alternatives(materials: Iterable[Material]) -> Iterator[Material]:
    for material in materials:
        yield material
        yield from _with_alternatives(material.one_of)


def _tellings(office: Office, service: Service) -> Iterator[Telling]:
    names = [key.field for key in fields(Service)]
    yield Telling(office, service, service, {name: getattr(service, name) for name in names})
    changes = list((service.changes or {}).values())
    for case in service.cases:
        yield Telling(office, service, case, case.overrides)
        changes += (case.overrides.get("changes") or {}).values()
    yield from (Telling(office, service, change, change) for change in changes)
