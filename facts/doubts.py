"""What is doubtful in the guides and still loads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from facts.model import FloorPlan, Hall, Service
from facts.parts import Part
from facts.problems import Problem
from facts.reading import Reading
from facts.slips import shown
from facts.values import plain, says_nothing

_WANTED = {"fee": "收费", "materials": "申请材料", "time_limit": "办结时限"}
"""What citizens ask most, with its Chinese name."""

_Said = tuple[object, str, Iterable[str]]
"""A record, its field, and what is said there."""


def names(reading: Reading, _: Hall) -> Iterator[Problem]:
    """Two services of one name."""
    seen: dict[str, Service] = {}
    for part in reading.parts:
        for service, called in part.once("names", _names):
            for name, written in called.items():
                first = seen.setdefault(name, service)
                if first is not service:
                    told = {"name": shown(written), "place": reading.spots.place(first)}
                    yield reading.spots.problem(service, "name", "double-name", written, **told)
                    break


def _names(part: Part) -> Iterator[tuple[Service, dict[str, str]]]:
    """Each service with its names, made plain and as they are written."""
    for _, service in part.hall.services():
        yield service, {plain(words): words for words in service.name.words.values()}


def also(reading: Reading, _: Hall) -> Iterator[Problem]:
    """The same `also` in two topics."""
    seen: dict[str, object] = {}
    for part in reading.parts:
        for topic, name, word in part.once("also", _also):
            first = seen.setdefault(name, topic)
            if first is not topic:
                told = {"word": shown(word), "place": reading.spots.place(first)}
                yield reading.spots.problem(topic, "also", "double-also", word, **told)


def _also(part: Part) -> Iterator[tuple[object, str, str]]:
    """Each topic with what it is also called, made plain and as it is written."""
    hall = part.hall
    services = [service for _, service in hall.services()]
    cases = [case for service in services for case in service.cases]
    topics: list[Any] = [*services, *cases, *hall.elsewhere, *hall.journeys, *hall.windows]
    yield from ((topic, plain(word), word) for topic in topics for word in topic.also)


def phrases(part: Part, hall: Hall) -> Iterator[Problem]:
    """Names and phrases in which there is nothing that a question could be matched with."""
    for holder, field, said in _said(part, hall):
        for text in filter(says_nothing, said):
            yield part.spots.problem(holder, field, "empty-phrase", text, text=shown(text))


def _said(part: Part, hall: Hall) -> Iterator[_Said]:
    for telling in part.tellings():
        yield from _called(telling.holder, {} if telling.is_case else telling.facts)
        for faq in telling.facts.get("faq", ()):
            yield faq, "ask", faq.ask
    cases = [case for _, service in hall.services() for case in service.cases]
    topics: list[Any] = [*cases, *hall.elsewhere, *hall.journeys]
    for topic in topics:
        yield from _called(topic, {key: getattr(topic, key) for key in ("name", "also", "ask")})


def _called(holder: object, facts: Mapping[str, Any]) -> Iterator[_Said]:
    if "name" in facts:
        yield holder, "name", facts["name"].words.values()
    yield holder, "also", facts.get("also", ())
    yield holder, "ask", facts.get("ask", ())


def cases(part: Part, hall: Hall) -> Iterator[Problem]:
    """Cases that override nothing."""
    for _, service in hall.services():
        for case in service.cases:
            if not case.overrides and not case.add_materials:
                told = {"name": shown(case.name.say(hall.languages[0]))}
                yield part.spots.problem(case, "", "case-overrides-nothing", **told)


def missing(part: Part, hall: Hall) -> Iterator[Problem]:
    """Services that do not tell what citizens ask most."""
    for _, service in hall.services():
        keys = [
            f"{key} {chinese}"
            for key, chinese in _WANTED.items()
            if getattr(service, key) is None and not _in_every_case(service, key)
        ]
        if keys and service.status != "cancelled":
            yield part.spots.problem(service, "", "missing-facts", keys=", ".join(keys))


def _in_every_case(service: Service, key: str) -> bool:
    return bool(service.cases) and all(key in case.overrides for case in service.cases)


def suspended(part: Part, hall: Hall) -> Iterator[Problem]:
    """Suspended services that do not say why."""
    for _, service in hall.services():
        if service.status == "suspended" and not service.alert:
            yield part.spots.problem(service, "status", "suspended-without-alert")


def windows_on_plan(part: Part, hall: Hall) -> Iterator[Problem]:
    """Windows outside the floor plan."""
    plan = hall.floor_plan
    if not isinstance(plan, FloorPlan):
        return
    for window in hall.windows:
        across, down = window.at or (0, 0)
        if not (0 <= across <= plan.width and 0 <= down <= plan.height):
            yield part.spots.problem(window, "at", "at-outside")
