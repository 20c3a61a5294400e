"""Completeness: which facts of a topic the guides tell, and how old they are."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from facts.model import Elsewhere, Hall, Journey, Office, Question, Service, Text

Signs = Mapping[str, bool]
"""What is wanted of a topic, and whether it is told."""
_SAME = re.compile(r"[\W\d_]*|https?://\S+")
"""What is said alike in every language."""
_AS_PRINTED = frozenset({"owner", "source", "form", "sample", "basis"})
"""Fields that nobody but editors is told, or that name a paper by what is printed on it."""
_NEVER_LOOKED_INTO = (str, int, float, bool, date, type(None))


def of_service(
    hall: Hall, office: Office, service: Service, questions: Iterable[Question]
) -> Signs:
    """What a service tells; a fact that each of its cases tells is told."""
    topic = f"{office.id}/{service.id}"
    window = service.window or office.window
    named = any(office.id in each.offices for each in hall.windows)
    asked = service.ask or any(case.ask for case in service.cases)
    return {
        "materials": _told(service, "materials"),
        "steps": _told(service, "steps"),
        "fee": _told(service, "fee"),
        "time_limit": _told(service, "time_limit"),
        "place": bool(window or named),
        "conditions": _told(service, "conditions"),
        "questions": bool(asked) or _expected(topic, questions),
        "languages": speaks(service, hall.languages),
    }


def of_elsewhere(hall: Hall, matter: Elsewhere, questions: Iterable[Question]) -> Signs:
    """What a matter of another authority tells."""
    return {
        "authority": bool(matter.authority),
        "place": bool(matter.address or matter.location),
        "phone": bool(matter.phone),
        "materials": bool(matter.bring),
        "questions": bool(matter.ask) or _expected(f"elsewhere/{matter.id}", questions),
        "languages": speaks(matter, hall.languages),
    }


def of_journey(hall: Hall, journey: Journey, questions: Iterable[Question]) -> Signs:
    """What a journey tells."""
    return {
        "steps": bool(journey.steps),
        "lead": journey.lead is not None,
        "questions": bool(journey.ask) or _expected(f"journeys/{journey.id}", questions),
        "languages": speaks(journey, hall.languages),
    }


def speaks(record: object, languages: Iterable[str]) -> bool:
    """Whether every text that citizens read in a record is there in each of these languages; a
    number or an address on the web is the same in all of them."""
    wanted = {tag.partition("-")[0] for tag in languages}
    return all(
        wanted <= {tag.partition("-")[0] for tag, words in text.words.items() if words}
        for text in _texts(record)
        if not all(map(_SAME.fullmatch, text.words.values()))
    )


def names(topic: str, question: Question) -> bool:
    """Whether a question is expected to lead to a topic, or to a case of it."""
    expected = (each for turn in question.expect for each in turn.split("|"))
    return any(each.strip().partition("#")[0].rpartition(":")[2] == topic for each in expected)


def _expected(topic: str, questions: Iterable[Question]) -> bool:
    return any(names(topic, each) for each in questions)


def _told(service: Service, key: str) -> bool:
    own = getattr(service, key)
    in_cases = bool(service.cases) and all(
        key in case.overrides or (key == "materials" and case.add_materials)
        for case in service.cases
    )
    return own not in (None, ()) or (own == () and key in ("materials", "fee")) or in_cases


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, _NEVER_LOOKED_INTO):
        return
    if isinstance(value, Text):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name in _AS_PRINTED:
                continue
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
