"""What is missing in guides that load: questions, translations, services, reviews in time."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from facts.model import Case, Hall, Text
from facts.parts import Part
from facts.problems import Problem
from facts.reading import Reading
from facts.schema import told
from facts.sheet import MOST
from facts.slips import shown

_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"\S+://\S+|\bwww\.\S+|\S+@\S+")
_AS_THEY_ARE = frozenset({"owner", "basis", "form", "sample"})
"""Fields that citizens do not read, or that name a paper as it is printed; so does the source of a
service, but not that of a material."""


def check(reading: Reading, hall: Hall, day: date | None) -> Iterator[Problem]:
    """All that is missing in a hall; reviews are overdue on this day, or none where it is None."""
    yield from islice(questions(reading, hall), MOST)
    yield from islice(windows(reading, hall), MOST)
    yield from islice(translations(reading, hall), MOST)
    if day:
        yield from islice(reviews(reading, hall, day), MOST)


def questions(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Services that no question of a hall's questions expects, where it has questions at all."""
    expected = {
        topic.strip().rpartition(":")[2].partition("#")[0]
        for question in reading.questions
        for either in question.expect
        for topic in either.split("|")
    }
    for office, service in hall.services() if expected else ():
        topic = f"{office.id}/{service.id}"
        if topic not in expected and service.status != "cancelled":
            yield reading.spots.problem(service, "", "no-question", topic=shown(topic))


def windows(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Windows at which nothing is done: named by no office and no service, and leading nothing."""
    used = {hall.lead_window, *(journey.lead for journey in hall.journeys)}
    used |= {hall.complaints.window} if hall.complaints else set()
    for part in reading.parts:
        used.update(part.once("at work", _at_work))
    at_work = {office.id for office in hall.offices if office.services} | reading.lost
    for window in hall.windows:
        if window.number not in used and not at_work & {*window.offices}:
            values = {"number": shown(window.number)}
            yield reading.spots.problem(window, "number", "idle-window", **values)


def _at_work(part: Part) -> Iterable[str]:
    """The windows of offices that do something, and of services."""
    of_offices = [number for each in part.hall.offices if each.services for number in each.window]
    return {*of_offices, *(at for each in part.tellings() for at in each.facts.get("window", ()))}


def translations(reading: Reading, hall: Hall) -> Iterator[Problem]:
    """Texts that citizens read in some of the hall's languages only, one problem a topic."""
    if len(hall.languages) < 2:
        return
    for part in reading.parts:
        yield from part.once("translations", lambda part: islice(_translations(part), MOST))


def _translations(part: Part) -> Iterator[Problem]:
    hall = part.hall
    own = [*hall.offices, *hall.windows, *hall.stations, *hall.elsewhere, *hall.journeys]
    services = [service for _, service in hall.services()]
    for record in (*((hall,) if part.is_rest else ()), *own, *services):
        yield from _untranslated(part, hall, record, texts_of(record))
    for case in (case for service in services for case in service.cases):
        yield from _untranslated(part, hall, case, texts_of_case(case))


def _untranslated(
    part: Part, hall: Hall, holder: object, texts: Iterable[tuple[str, Text]]
) -> Iterator[Problem]:
    missing: dict[str, dict[str, None]] = {}
    for key, text in texts:
        for language in hall.languages:
            if not _has(text, language) and is_words(text):
                missing.setdefault(language, {})[key] = None
    for language, keys in missing.items():
        values = {"language": language, "keys": ", ".join(keys)}
        yield part.spots.problem(holder, "", "missing-translation", **values)


def _has(text: Text, language: str) -> bool:
    short = language.partition("-")[0]
    return any(tag.partition("-")[0] == short and words for tag, words in text.words.items())


def is_words(text: Text) -> bool:
    """Whether a text is words of its language: no number, address or name in foreign letters."""
    for tag, words in text.words.items():
        wanted = _HAN if tag.partition("-")[0] == "zh" else _LETTER
        if wanted.search(_ADDRESS.sub("", words)):
            return True
    return False


_TOPICS = frozenset({"services", "cases", "windows", "stations"})
"""Fields that hold topics of their own, which are told apart."""


def texts_of(record: Any) -> Iterator[tuple[str, Text]]:
    """The texts of a record that citizens read, by the record's own key, without those of topics
    within it.
    """
    yield from _of_mapping(
        {key.field: value for key, value in told(record) if key.field not in _TOPICS}
    )


def texts_of_case(case: Case) -> Iterator[tuple[str, Text]]:
    """The texts of a case that citizens read, by its keys."""
    own = {"name": case.name, "add_materials": case.add_materials}
    yield from _of_mapping({**own, **case.overrides})


def _of_mapping(facts: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for key, value in facts.items():
        if key not in _AS_THEY_ARE and key != "source":
            yield from ((key.rstrip("_"), text) for text in _within(value))


def _within(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _within(each)
    elif dataclasses.is_dataclass(value):
        for key, each in told(value):
            if key.field not in _AS_THEY_ARE:
                yield from _within(each)


def reviews(reading: Reading, hall: Hall, day: date) -> Iterator[Problem]:
    """Services and cases that were to be verified again before this day."""
    for _, service in hall.services():
        holders: list[tuple[object, date | None]] = [(service, service.review_by)]
        holders += [(case, case.overrides.get("review_by")) for case in service.cases]
        for holder, review_by in holders:
            if review_by and review_by < day and service.status != "cancelled":
                by = review_by.isoformat()
                yield reading.spots.problem(holder, "review_by", "review-overdue", date=by)
