"""The keys of the guide format, taken from the typed facts: names in both languages, and types."""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from facts import model


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the format: its English name, the field it fills, and what may stand there."""

    name: str
    field: str
    hint: Any
    required: bool
    form: str | None
    plural: str | None
    chinese: tuple[str, ...]


SHORT: Mapping[type, str] = {
    model.Charge: "amount",
    model.Closure: "date",
    model.Complaints: "phone",
    model.Form: "name",
    model.Joint: "authority",
    model.Material: "name",
    model.Notice: "text",
    model.Step: "topic",
}
"""What a plain text means where one of these is expected."""

_NEVER_CHANGED = frozenset({"id", "changes"})
OF_THE_CASE = frozenset({"id", "name", "also", "ask", "cases"})


@functools.cache
def fields(owner: type) -> tuple[Key, ...]:
    """The keys that fill the fields of a class of facts."""
    hints = typing.get_type_hints(owner)
    return tuple(
        Key(field.name.rstrip("_"), field.name, hints[field.name], **field.metadata)
        for field in dataclasses.fields(owner)
        if "chinese" in field.metadata
    )


def told(record: object) -> Iterator[tuple[Key, Any]]:
    """The keys of a record's class with what the record tells there."""
    owner: type = type(record)
    for each in fields(owner):
        yield each, getattr(record, each.field)


@functools.cache
def keys(owner: type) -> Mapping[str, Key]:
    """The keys that may stand in a mapping of this class, by every name they may be written with.

    A case may hold every key of a service besides its own.
    """
    own = fields(owner)
    if owner is model.Case:
        own += tuple(key for key in fields(model.Service) if key.name not in OF_THE_CASE)
    return _named(own)


@functools.cache
def changeable() -> Mapping[str, Key]:
    """The keys of a service that may be replaced from a date on."""
    return _named(key for key in fields(model.Service) if key.name not in _NEVER_CHANGED)


def _named(own: typing.Iterable[Key]) -> Mapping[str, Key]:
    """The keys by name; a Chinese name that an English one has elsewhere counts here too."""
    own = tuple(own)
    named = {name: key for key in reversed(own) for name in (key.name, *key.chinese)}
    for key in own:
        for name in _chinese().get(key.name, ()):
            named.setdefault(name, key)
    return named


@functools.cache
def _chinese() -> Mapping[str, tuple[str, ...]]:
    """Every Chinese name of each English one, in all classes of facts."""
    found: dict[str, tuple[str, ...]] = {"name": ("单位名称", "大厅名称", "表格名称")}
    for owner in _owners():
        for key in fields(owner):
            found[key.name] = (*found.get(key.name, ()), *key.chinese)
    return found


def chinese_of(name: str) -> str:
    """The Chinese name of a key, or the key itself where it has none."""
    owners = (model.Hall, model.Service)
    known = [key.chinese[0] for owner in owners for key in fields(owner) if key.name == name]
    return next(iter((*known, *_chinese().get(name, ()))), name)


def _owners() -> Iterator[type]:
    for each in vars(model).values():
        if isinstance(each, type) and dataclasses.is_dataclass(each):
            yield each
