"""What a hall's guides tell and which questions go wrong: as accepted, and what changed since.

The accepted state is a small file beside the guides, sorted so that git shows what changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml

from desk.evaluation import Answering, Verdict, evaluate, of_questions
from editing import whole
from editing.progress import Progress
from editing.translations import Pairs
from facts.model import Charge, Duration, Hall, Material, Question, Span, Text
from facts.schema import told

FILE = ".accepted.yaml"
HEAD = "# What the guides told and which questions went wrong when a person accepted it.\n"
LONGEST = 60
"""Characters of a fact; of a longer one the beginning is kept, and a digest of all of it."""
_NO_FACTS = frozenset({"id", "also", "ask", "cases", "services", "windows", "stations", "words"})
_LARGEST = 16_000_000
Facts = Mapping[str, Mapping[str, str]]


class UnreadableError(ValueError):
    """The accepted state cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class State:
    """Facts and translations by topic and key, and what became of each question that went wrong.

    A question that is a turn of a conversation stands behind those before it. `encoder` is whether
    the questions were asked with the sentence encoder: without it more of them go wrong.
    """

    facts: Facts = field(default_factory=dict)
    misses: Mapping[str, str] = field(default_factory=dict)
    encoder: bool = True
    translations: Pairs = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact (`topic`, `key`) or a question (`key` alone) that is not as it was accepted.

    None is what was not there, or a question that went right.
    """

    topic: str | None
    key: str
    before: str | None
    after: str | None


def read(folder: Path) -> State | None:
    """The accepted state of a hall, None where nothing was accepted. Raises `UnreadableError`."""
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        if file.stat().st_size > _LARGEST:
            raise UnreadableError(f"{file}: too large")
        kept = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - texts only
        facts, translations = _topics(kept, "facts"), _topics(kept, "translations")
        misses = _texts(kept.get("misses") or {})
        return State(facts, misses, kept.get("encoder") != "no", translations)
    except (OSError, ValueError, AttributeError, RecursionError, yaml.YAMLError) as error:
        raise UnreadableError(
            f"{file}: {str(error).splitlines()[0] if str(error) else 'empty'}"
        ) from error


def readable(hall: Hall) -> State | None:
    """The accepted state of a hall, None also where it cannot be read."""
    try:
        return read(hall.folder) if hall.folder else None
    except UnreadableError:
        return None


def _topics(kept: Any, key: str) -> Facts:
    return {str(topic): _texts(keys) for topic, keys in (kept.get(key) or {}).items()}


def _texts(read: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in read.items()}


def write(folder: Path, state: State) -> Path:
    """Keeps a state as the accepted one. Raises `Unwritable` where that fails."""
    kept: dict[str, object] = {} if state.encoder else {"encoder": "no"}
    kept["facts"] = {topic: dict(keys) for topic, keys in state.facts.items()}
    kept["misses"] = dict(state.misses)
    if state.translations:
        kept["translations"] = {topic: dict(keys) for topic, keys in state.translations.items()}
    text = yaml.dump(kept, Dumper=yaml.CSafeDumper, allow_unicode=True, width=1000)
    whole.write({folder / FILE: HEAD + text})
    return folder / FILE


def changes(before: State, after: State, *, questions: bool = True) -> Iterator[Change]:
    """What is not as it was accepted; without `questions`, facts alone."""
    for topic in sorted({*before.facts, *after.facts}):
        was, now = before.facts.get(topic), after.facts.get(topic)
        if was is None or now is None:
            yield Change(topic, "", (was or {}).get("name"), (now or {}).get("name"))
            continue
        for key in sorted({*was, *now}):
            if was.get(key) != now.get(key):
                yield Change(topic, key, was.get(key), now.get(key))
    for text in sorted({*before.misses, *after.misses}) if questions else ():
        if before.misses.get(text) != after.misses.get(text):
            yield Change(None, text, before.misses.get(text), after.misses.get(text))


def facts_of(hall: Hall) -> Facts:
    """Every fact of a hall in a few words, by topic and key."""
    found = {"hall": _facts(hall)}
    found |= {f"office/{each.id}": _facts(each) for each in hall.offices}
    found |= {f"window/{each.number}": _facts(each) for each in hall.windows}
    found |= {f"elsewhere/{each.id}": _facts(each) for each in hall.elsewhere}
    found |= {f"journeys/{each.id}": _facts(each) for each in hall.journeys}
    found |= {f"station/{each.id}": _facts(each) for each in hall.stations}
    for office, service in hall.services():
        topic = f"{office.id}/{service.id}"
        found[topic] = _facts(service)
        for case in service.cases:
            own = {"name": case.name, "add_materials": case.add_materials, **case.overrides}
            found[f"{topic}#{case.id}"] = _in_words(own, spoken=set(case.overrides))
    return found


def _facts(record: Any) -> dict[str, str]:
    own = {key.field: value for key, value in told(record)}
    spoken = {key for key in ("fee", "materials") if own.get(key) is not None}
    return _in_words(own, spoken)


def _in_words(facts: Mapping[str, Any], spoken: set[str]) -> dict[str, str]:
    """Facts that are told; of those in `spoken` it is told too that there is none."""
    words = {
        key.rstrip("_"): _short(in_words(value)) or ("free" if key == "fee" else "none")
        for key, value in facts.items()
        if key not in _NO_FACTS and (value not in (None, ()) or key in spoken)
    }
    return dict(sorted(words.items()))


def in_words(value: Any) -> str:
    """A fact in a few words, the same for the same fact."""
    match value:
        case Text():
            return " / ".join(dict.fromkeys(filter(None, value.words.values())))
        case Duration(unit="on the spot"):
            return "on the spot"
        case Duration():
            return f"{value.amount} {value.unit}"
        case Span():
            return f"{value.start:%H:%M}-{value.end:%H:%M}"
        case date() | time():
            return value.isoformat()
        case tuple():
            return "; ".join(map(in_words, value))
        case Mapping():
            return "; ".join(f"{in_words(each)}: {in_words(of)}" for each, of in value.items())
        case _ if dataclasses.is_dataclass(value):
            return _record(value)
        case _:
            return str(value)


def _record(record: Any) -> str:
    """A record by what it tells; of materials and fees the first value needs no key."""
    first = {Material: "name", Charge: "amount"}.get(type(record))
    parts = []
    for key, value in told(record):
        if value in (None, (), "required"):
            continue
        parts.append(in_words(value) if key.name == first else f"{key.name} {in_words(value)}")
    return ", ".join(parts)


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    digest = hashlib.blake2b(line.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{line[: LONGEST - 12]}… [{digest}]"


def asked(
    desk: Answering, questions: tuple[Question, ...], progress: Progress, what: str
) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each question of a hall; each conversation is one of its own."""
    cases = of_questions(questions)
    for number, case in enumerate(progress.over(cases, len(cases), what)):
        verdicts = evaluate(desk, [case], lambda _, at=number: f"check {at}")  # type: ignore[misc]
        for place, verdict in enumerate(verdicts, 1):
            yield " > ".join(case.say[:place]), verdict


MISSED = {"wrong": "wrong", "offered": "asked", "asked": "asked", "registered": "registered"}
"""What becomes of a question that did not go right, by its verdict."""
