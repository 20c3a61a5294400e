"""Translations that are older than their originals, by what was accepted.

The original of a text is what it says in the hall's first language. What is accepted keeps a digest
of every translation with that of its original; a translation that stands there still, while its
original says something else, is older than it. No history of the files is needed for that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from facts import gaps
from facts.model import Hall, Text
from facts.problems import Problem
from facts.reading import Reading
from facts.sheet import MOST
from facts.slips import shown

Pairs = Mapping[str, Mapping[str, str]]
"""By topic and key: `language:original:translation` of each translated text, as digests."""
_Pair = tuple[str, str, str]


class _Translated(NamedTuple):
    """A text in two languages, and where it is told."""

    holder: object
    language: str
    original: str
    translation: str

    @property
    def pair(self) -> _Pair:
        return self.language, _digest(self.original), _digest(self.translation)


def pairs_of(hall: Hall) -> Pairs:
    """Every translation of a hall with its original."""
    found: dict[str, dict[str, str]] = {}
    for (topic, key), texts in _by_key(hall).items():
        pairs = sorted({each.pair for each in texts})
        found.setdefault(topic, {})[key] = " ".join(":".join(each) for each in pairs)
    return found


def older(reading: Reading, hall: Hall, accepted: Pairs) -> Iterator[Problem]:
    """Translations that were accepted for another original, which is there no longer."""
    found = (
        reading.spots.problem(
            text.holder,
            key,
            "older-translation",
            text.original,
            original=shown(text.original),
            translation=shown(text.translation),
            language=text.language,
        )
        for (topic, key), texts in _by_key(hall).items()
        for text in _older(texts, _read(accepted.get(topic, {}).get(key, "")))
    )
    yield from islice(found, MOST)


def _older(texts: Iterable[_Translated], accepted: set[_Pair]) -> Iterator[_Translated]:
    """One word may translate several: what is new beside them has not made it any older."""
    texts = tuple(texts)
    gone = accepted - {each.pair for each in texts}
    lost = {(language, translation) for language, _, translation in gone}
    for each in texts:
        language, _, translation = each.pair
        if each.pair not in accepted and (language, translation) in lost:
            yield each


def _read(told: str) -> set[_Pair]:
    parts = (each.split(":") for each in told.split())
    return {(part[0], part[1], part[2]) for part in parts if len(part) == 3}


def _by_key(hall: Hall) -> Mapping[tuple[str, str], list[_Translated]]:
    found: dict[tuple[str, str], list[_Translated]] = {}
    for topic, holder, texts in _topics(hall):
        for key, text in texts:
            for each in _translated(holder, text, hall.languages):
                found.setdefault((topic, key), []).append(each)
    return found


def _topics(hall: Hall) -> Iterator[tuple[str, object, Iterable[tuple[str, Text]]]]:
    own: Mapping[str, list[tuple[str, Any]]] = {
        "office": [(each.id, each) for each in hall.offices],
        "window": [(each.number, each) for each in hall.windows],
        "station": [(each.id, each) for each in hall.stations],
        "elsewhere": [(each.id, each) for each in hall.elsewhere],
        "journeys": [(each.id, each) for each in hall.journeys],
    }
    yield "hall", hall, gaps.texts_of(hall)
    for kind, records in own.items():
        for name, record in records:
            yield f"{kind}/{name}", record, gaps.texts_of(record)
    for office, service in hall.services():
        topic = f"{office.id}/{service.id}"
        yield topic, service, gaps.texts_of(service)
        for case in service.cases:
            yield f"{topic}#{case.id}", case, gaps.texts_of_case(case)


def _translated(holder: object, text: Text, languages: Iterable[str]) -> Iterator[_Translated]:
    first, *others = languages
    original = _words(text, first)
    for language in others if original and gaps.is_words(text) else ():
        translation = _words(text, language)
        if translation and translation != original:
            yield _Translated(holder, language, original, translation)


def _words(text: Text, language: str) -> str:
    """What a text says in a language, and never in another."""
    short = language.partition("-")[0]
    near = (words for tag, words in text.words.items() if tag.partition("-")[0] == short)
    return text.words.get(language) or next(near, "")


def _digest(words: str) -> str:
    told = " ".join(words.split()).encode("utf-8", "replace")
    return hashlib.blake2b(told, digest_size=4).hexdigest()
