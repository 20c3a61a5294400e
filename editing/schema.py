"""JSON Schemas of the guides' files, made of the model that reads them, for editors' programs.

They are of draft 7, which yaml-language-server knows best. A schema is a help while writing: it may
underline less than the reader finds, and never what the reader takes.
"""

from __future__ import annotations

import functools
import json
import types
import typing
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from editing import whole
from facts import model, schema, values
from facts.model import Duration, Hours, MonthDay, Span, Strings, Text
from facts.schema import Key

Schema = dict[str, Any]

FILES: Mapping[str, tuple[type, bool]] = {
    "hall": (model.Hall, False),
    "office": (model.Office, False),
    "elsewhere": (model.Elsewhere, True),
    "journeys": (model.Journey, True),
    "questions": (model.Question, True),
    "matters": (model.Matter, True),
}
"""The kinds of files, what each holds, and whether it is a list of it."""

DRAFT = "http://json-schema.org/draft-07/schema#"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_NOTHING: Schema = {"enum": [None, ""]}
_TAG = r"^(?:[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*|中文|汉语|英文|英语)$"
_NUMBER = r"^[\s+\-0-9０-９.．°]+$"
_DAY = r"^\s*[0-9０-９]{4}.+[0-9０-９]"


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file, by the kind's name."""
    return {kind: _file(kind) for kind in FILES}


def write(folder: Path) -> list[Path]:
    """Writes `<kind>.schema.json` of each kind; what they were written to. Raises `Unwritable`."""
    files = {
        folder / f"{kind}.schema.json": f"{json.dumps(told, ensure_ascii=False, indent=1)}\n"
        for kind, told in schemas().items()
    }
    whole.write(files)
    return list(files)


def _file(kind: str) -> Schema:
    owner, is_list = FILES[kind]
    maker = _Maker()
    whole = maker.records(owner) if is_list else maker.reference(owner)
    return {
        "$schema": DRAFT,
        "title": f"Shouwen: {kind}.yaml" if kind != "office" else "Shouwen: <office>.yaml",
        **whole,
        "definitions": maker.definitions(),
    }


class _Maker:
    """Makes the schema of a class, and those of all classes that it holds."""

    def __init__(self) -> None:
        self._made: dict[str, Schema] = {}

    def definitions(self) -> dict[str, Schema]:
        """Every class that is referred to, by its name."""
        return dict(sorted(self._made.items()))

    def reference(self, owner: type) -> Schema:
        """Where one of this class may stand; many may be told by a plain text."""
        name = owner.__name__
        if name not in self._made:
            self._made[name] = {}
            self._made[name] = self._record(owner)
        return {"$ref": f"#/definitions/{name}"}

    def records(self, owner: type) -> Schema:
        """A list of one class, one of it, or none."""
        one = self.reference(owner)
        return _any({"type": "array", "items": _any(one, _NOTHING)}, one, _words("none", "无"))

    def _record(self, owner: type) -> Schema:
        fields = self._fields(schema.keys(owner), owner)
        needed = [
            {"anyOf": [{"required": [name]} for name in _names(schema.keys(owner), key)]}
            for key in schema.fields(owner)
            if key.required
        ]
        fields |= {"allOf": needed} if needed else {}
        return _any(fields, _text()) if owner in schema.SHORT else fields

    def changeable(self) -> Schema:
        """What may be replaced in a service from a day on."""
        if "Change" not in self._made:
            self._made["Change"] = {}
            self._made["Change"] = self._fields(schema.changeable(), model.Service)
        return {"$ref": "#/definitions/Change"}

    def _fields(self, keys: Mapping[str, Key], owner: type) -> Schema:
        properties = {name: self._property(name, key, owner) for name, key in keys.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def _property(self, name: str, key: Key, owner: type) -> Schema:
        value = _form(key.form) if key.form else self._value(key.hint)
        if key.form == "floor_plan":
            value = _any(self.reference(model.FloorPlan), _SCALAR)
        if key.plural:
            value = _any(value, _strings())
        told = {"description": description(owner, key), "title": key.name}
        if name == key.name and key.chinese:
            told["title"] = f"{key.name} {key.chinese[0]}"
        return {**told, **_any(value, _NOTHING)}

    def _value(self, hint: Any) -> Schema:
        if isinstance(hint, Hashable) and hint in _VALUES:
            return _VALUES[hint]
        if hint == Hours:
            opening = _any(self.reference(model.Opening), _SCALAR)
            return _any({"type": "array", "items": _any(opening, _NOTHING)}, opening)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            told = [self._value(each) for each in arguments if each is not types.NoneType]
            return _any(*told)
        if origin is typing.Literal:
            return _choice(arguments)
        if hint == Mapping[date, Mapping[str, Any]]:
            by_day = {_DAY: self.changeable()}
            return {"type": "object", "patternProperties": by_day, "additionalProperties": False}
        if origin is tuple:
            return self.records(arguments[0])
        return self.reference(hint)


def _names(keys: Mapping[str, Key], key: Key) -> list[str]:
    return [name for name, each in keys.items() if each.field == key.field]


def _any(*told: Schema) -> Schema:
    """One of these; choices within them are drawn up, and each stands once."""
    flat: list[Schema] = []
    for each in told:
        flat += each["anyOf"] if set(each) == {"anyOf"} else [each]
    once = [each for place, each in enumerate(flat) if each not in flat[:place]]
    return once[0] if len(once) == 1 else {"anyOf": once}


def _listed(one: Schema) -> Schema:
    return _any(one, {"type": "array", "items": _any(one, _NOTHING)})


def _words(*words: str) -> Schema:
    return {"enum": list(words)}


def _text() -> Schema:
    by_language = {"type": "object", "minProperties": 1, "additionalProperties": False}
    told = {_TAG: _any(_SCALAR, _NOTHING)}
    return _any(_SCALAR, {**by_language, "patternProperties": told})


def _strings() -> Schema:
    """Words or questions: one or many, perhaps under their languages."""
    many = {"type": "array", "items": _any(_SCALAR, _NOTHING)}
    by_language = {"type": "object", "minProperties": 1, "additionalProperties": False}
    told = {**by_language, "patternProperties": {_TAG: _any(_SCALAR, many, _NOTHING)}}
    return _any(_SCALAR, told, {"type": "array", "items": _any(_SCALAR, told, _NOTHING)})


def _choice(words: Strings) -> Schema:
    return _words(*(name for word in words for name in (word, *values.CHOICES.get(word, ()))))


def _pattern(pattern: str, *examples: str) -> Schema:
    return {"type": ["string", "number"], "pattern": pattern, "examples": list(examples)}


_POINT: Schema = _any(
    {"type": "array", "items": _pattern(_NUMBER), "minItems": 2, "maxItems": 2},
    {"type": "string", "pattern": "[,，、;；]"},
)
_TERM = _pattern(
    r"[0-9０-９一二两三四五六七八九十]|^\s*(?:[Oo]n the spot|[Ii]n|[Aa]t|[Ss]a|即|当场|现场|立等)",
    *("5 working days", "20个工作日", "60 days", "on the spot", "即办"),
)
_MORE_YES = ("有", "无", "可", "可以", "不可", "不可以")
_VALUES: Mapping[Hashable, Schema] = {
    str: _SCALAR,
    Text: _text(),
    int: _pattern(r"[0-9０-９]", "1"),
    float: _pattern(_NUMBER),
    bool: {
        "enum": [
            True,
            False,
            "yes",
            "no",
            *("是", "否", "有", "无", "可", "可以", "不可", "不可以"),
        ]
    },
    date: _pattern(_DAY, "2026-12-31"),
    Duration: _TERM,
    MonthDay: _pattern(r"[0-9０-９]", "05-01"),
    tuple[float, float]: _POINT,
    tuple[int, ...]: {**_listed(_SCALAR), "examples": ["Mon-Fri", "周一至周五"]},
    tuple[Span, ...]: {**_listed(_SCALAR), "examples": ["08:30-12:00"]},
    tuple[Text, ...]: _listed(_text()),
    tuple[Strings, ...]: _listed(_strings()),
    Strings: _strings(),
}
"""The schemas of the types that are no class of facts, no choice and no list of these."""


def _form(form: str) -> Schema:
    match form:
        case "about":
            return _listed(_strings())
        case "amount" | "untold":
            return _text()
        case "audience":
            return _listed(_SCALAR)
        case "latitude" | "longitude":
            return _pattern(_NUMBER)
        case "languages" | "numbers":
            return _listed(_SCALAR)
        case _:
            return _SCALAR


@functools.cache
def meanings() -> Mapping[str, tuple[str, str]]:
    """What keys mean in Chinese and English; `Class.key` counts before `key`."""
    text = (Path(__file__).parent / "keys.yaml").read_text("utf-8")
    read: Mapping[str, Mapping[str, str]] = yaml.load(text, yaml.CSafeLoader)
    return {key: (told["zh"], told["en"]) for key, told in read.items()}


def description(owner: type, key: Key) -> str:
    """What a key means, in both languages."""
    for name in _where(owner, key):
        if name in meanings():
            chinese, english = meanings()[name]
            return f"{chinese}。\n{english[0].upper()}{english[1:]}."
    raise KeyError(f"{owner.__name__}.{key.name}")


def _where(owner: type, key: Key) -> Iterator[str]:
    yield f"{owner.__name__}.{key.name}"
    if owner is model.Case:
        yield f"Service.{key.name}"
    yield key.name
