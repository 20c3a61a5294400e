"""From YAML nodes to typed facts, by the types of the facts' fields.

What cannot be read is noted as a problem and left out; everything around it is still read.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from facts import conversions, schema, source, values
from facts.conversions import Convert, found
from facts.model import (
    Case,
    Charge,
    Duration,
    FloorPlan,
    Hours,
    MonthDay,
    Opening,
    Service,
    Span,
    Strings,
    Text,
)
from facts.nodes import Fields, Items, Node, Scalar
from facts.problems import Fault
from facts.schema import Key
from facts.sheet import Sheet
from facts.slips import shown

T = TypeVar("T")


def read_record(sheet: Sheet, node: Node, owner: type, **filled: Any) -> Any:
    """The facts of this class that a mapping tells, None where a required one is missing.

    `filled` are facts that stand elsewhere; one that the mapping tells too goes before it.
    """
    if owner in schema.SHORT and _is_text(node, owner):
        key = Scalar(node.line, node.column, schema.SHORT[owner], plain=True)
        node = Fields(node.line, node.column, inline=True, pairs=[(key, node)])
    if not isinstance(node, Fields):
        raise node.fault(f"wrong-{owner.__name__.lower()}", found=found(node))
    facts, places = _read_fields(sheet, node, schema.keys(owner), owner)
    _check_required(sheet, node, owner, facts, places)
    facts = {**filled, **facts}
    if any(key.required and key.field not in facts for key in schema.fields(owner)):
        return None
    record = owner(**_with_overrides(facts) if owner is Case else facts)
    sheet.note(record, node, places)
    return record


def _check_required(
    sheet: Sheet, node: Fields, owner: type, facts: Mapping[str, Any], places: Mapping[str, Node]
) -> None:
    for key in schema.fields(owner):
        place = places.get(key.field)
        unread = isinstance(place, Scalar) and place.empty
        if key.required and key.field not in facts and (place is None or unread):
            sheet.add((place or node).fault("missing-key", key=key.name, chinese=key.chinese[0]))


def _with_overrides(facts: dict[str, Any]) -> dict[str, Any]:
    own = {key.field for key in schema.fields(Case)}
    overrides = {name: value for name, value in facts.items() if name not in own}
    return {name: facts[name] for name in facts if name in own} | {"overrides": overrides}


def _read_fields(
    sheet: Sheet, node: Fields, keys: Mapping[str, Key], owner: type
) -> tuple[dict[str, Any], dict[str, Node]]:
    """The values of a mapping by field, and where each stands."""
    facts: dict[str, Any] = {}
    places: dict[str, Node] = {}
    for key, value in _entries(sheet, node, keys, owner):
        plural = key.plural if isinstance(value, Items) else None
        name = plural or key.field
        places[name] = value
        if isinstance(value, Scalar) and value.empty:
            continue
        convert = conversions.strings if plural else _converter(key.hint, key.form)
        try:
            read = convert(sheet, value)
        except Fault as fault:
            sheet.add(fault)
            continue
        if read is not None:
            facts[name] = read
    return facts, places


def _entries(
    sheet: Sheet, node: Fields, keys: Mapping[str, Key], owner: type
) -> Iterator[tuple[Key, Node]]:
    """The known keys of a mapping; those unknown or written twice become problems."""
    seen: dict[str, Scalar] = {}
    for name, value in node.pairs:
        key = keys.get(name.text.strip())
        written = key.field if key else name.text
        if written in seen:
            told = conversions.first(seen[written])
            sheet.add(name.fault("double-key", key=shown(name.text), **told))
            continue
        seen[written] = name
        if key:
            yield key, value
        else:
            _unknown(sheet, node, (name, value), keys, owner)


def _unknown(
    sheet: Sheet, node: Fields, pair: tuple[Scalar, Node], keys: Mapping[str, Key], owner: type
) -> None:
    """An unknown key: a slip of comma or colon, or a word that is nearly a key."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a faulty guide pays for the import

    if sheet.full:
        return
    name, value = pair
    if conversions.is_left_over(node, value):
        raise name.fault("inline-comma", text=shown(name.text))
    nearest, score, _ = process.extractOne(name.text, list(keys), scorer=fuzz.ratio)
    if len(node.pairs) == 1 and owner in schema.SHORT and score < 60:
        raise name.fault("colon-in-text", text=shown(name.text))
    if name.text == "<<":
        sheet.add(name.fault("merge-key"))
    else:
        sheet.add(name.fault("unknown-key", key=shown(name.text), nearest=nearest))


def _is_text(node: Node, owner: type) -> bool:
    """Whether a text stands here, in one language or several, and no mapping of this class."""
    if not isinstance(node, Fields):
        return isinstance(node, Scalar)
    keys = schema.keys(owner)
    return bool(node.pairs) and all(
        values.is_language(key.text) and key.text not in keys for key, _ in node.pairs
    )


@functools.cache
def _converter(hint: Hashable, form: str | None = None) -> Convert:
    """How a value of this type is read."""
    if form:
        return _FORMS[form]
    if hint in _TYPES:
        return _TYPES[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _either([each for each in arguments if each is not types.NoneType])
    if origin is typing.Literal:
        return conversions.choice(arguments)
    if origin is tuple:
        return _records(arguments[0])
    return _record(typing.cast("type", hint))


def _either(hints: list[Any]) -> Convert:
    """One of two types: a text stands in one line or by language, all else is the richer one."""
    if len(hints) == 1:
        return _converter(hints[0])
    simple = next(hint for hint in hints if hint in (str, Text))
    rich = next(hint for hint in hints if hint is not simple)
    owner = next(iter(typing.get_args(rich)), rich)

    def convert(sheet: Sheet, node: Node) -> Any:
        return _converter(simple if _is_text(node, owner) else rich)(sheet, node)

    return convert


def _record(owner: type) -> Convert:
    def convert(sheet: Sheet, node: Node) -> Any:
        return read_record(sheet, node, owner)

    return convert


def _records(owner: type) -> Convert:
    """A list of facts of one class; `none` is an empty one."""

    def convert(sheet: Sheet, node: Node) -> tuple[Any, ...]:
        if isinstance(node, Scalar) and values.is_nothing(node.text):
            return ()
        return read_records(sheet, node, owner)

    return convert


def read_records(sheet: Sheet, node: Node, owner: type[T]) -> tuple[T, ...]:
    """The facts of this class that a list tells; of two with one id the first counts."""
    read: dict[object, T] = {}
    for record in conversions.items(sheet, node, _record(owner)):
        name = getattr(record, "id", None) or getattr(record, "number", None)
        if name in read:
            sheet.double(record, str(name), read[name])
        else:
            read[name or len(read)] = record
    return tuple(read.values())


def _hours(sheet: Sheet, node: Node) -> tuple[Opening, ...]:
    """Opening hours; one line may tell days and times: `Mon-Fri 08:30-17:00`."""
    return tuple(conversions.items(sheet, node, _opening))


def _opening(sheet: Sheet, node: Node) -> Opening | None:
    if isinstance(node, Scalar):
        days, spans = conversions.opening(sheet, node)
        line = Opening(days=days, open=spans)
        sheet.note(line, node, {})
        return line
    told: Opening | None = read_record(sheet, node, Opening)
    return told


def _charges(sheet: Sheet, node: Node) -> tuple[Charge, ...] | None:
    """What is charged; `free` is nothing, None where it cannot be read."""
    only = node.nodes[0] if isinstance(node, Items) and len(node.nodes) == 1 else node
    if isinstance(only, Scalar) and values.is_free(only.text):
        return ()
    charges = read_records(sheet, node, Charge)
    if any(map(values.is_free, charges[0].amount.words.values() if len(charges) == 1 else ())):
        return ()
    return charges or None


def _changes(sheet: Sheet, node: Node) -> Mapping[date, Mapping[str, Any]]:
    """What replaces a service's facts, by the date from which it counts."""
    if not isinstance(node, Fields):
        raise node.fault("wrong-changes", found=found(node))
    changes: dict[date, Mapping[str, Any]] = {}
    seen: dict[date, Scalar] = {}
    for key, value in node.pairs:
        try:
            start: date = _DAY(sheet, key)
            if start in seen:
                told = conversions.first(seen[start])
                raise key.fault("double-key", key=shown(key.text), **told)
            seen[start] = key
            changes[start] = _changed(sheet, value)
        except Fault as fault:
            sheet.add(fault)
    return changes


def _changed(sheet: Sheet, node: Node) -> Mapping[str, Any]:
    if not isinstance(node, Fields):
        raise node.fault("wrong-changes", found=found(node))
    facts, places = _read_fields(sheet, node, schema.changeable(), Service)
    sheet.note(facts, node, places)
    return facts


def _floor_plan(sheet: Sheet, node: Node) -> FloorPlan | str | None:
    """An SVG file beside hall.yaml, or the measures from which a plan is drawn."""
    if not isinstance(node, Scalar):
        plan: FloorPlan | None = read_record(sheet, node, FloorPlan)
        return plan
    name = node.text.strip()
    if not source.is_beside(name, sheet.folder) or not name.lower().endswith(".svg"):
        raise node.fault("missing-floor-plan", found=found(node))
    return name


_DAY = conversions.scalar(values.day, "wrong-date")

_TYPES: Mapping[Hashable, Convert] = {
    str: conversions.string,
    Text: conversions.text,
    int: conversions.scalar(values.count, "wrong-count"),
    float: conversions.scalar(values.decimal, "wrong-number"),
    bool: conversions.scalar(values.yes, "wrong-yes"),
    date: _DAY,
    Duration: conversions.scalar(values.duration, "wrong-duration"),
    MonthDay: conversions.scalar(values.month_day, "wrong-month-day"),
    tuple[float, float]: conversions.point,
    tuple[int, ...]: conversions.days,
    tuple[Span, ...]: conversions.spans,
    tuple[Text, ...]: conversions.listed(conversions.text),
    tuple[Strings, ...]: conversions.listed(conversions.synonyms),
    Strings: conversions.strings,
    tuple[Charge, ...]: _charges,
    Hours: _hours,
    Mapping[date, Mapping[str, Any]]: _changes,
}
"""How the types are read that are no class of facts, no choice and no list of these."""

_FORMS: Mapping[str, Convert] = {
    "about": conversions.listed(conversions.strings),
    "amount": conversions.amount,
    "audience": conversions.audience,
    "floor_plan": _floor_plan,
    "currency": conversions.scalar(values.currency, "wrong-string"),
    "holidays": conversions.scalar(values.holidays, "wrong-holidays"),
    "languages": conversions.languages,
    "latitude": conversions.scalar(values.latitude, "wrong-number"),
    "longitude": conversions.scalar(values.longitude, "wrong-number"),
    "numbers": conversions.numbers,
    "time_zone": conversions.scalar(values.time_zone, "wrong-time-zone"),
    "untold": conversions.untold,
}
"""How the fields are read that name a form."""
