"""The topics a desk can speak of, taken from the guides of its halls."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from facts.model import Case, Elsewhere, Hall, Journey, Office, Service, Station, Text, Window
from intents.scorer import Phrase

Kind = Literal["service", "case", "elsewhere", "journey", "window", "office", "station"]
Item = Service | Case | Elsewhere | Journey | Window | Office | Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something a question can be about. `label` is its full id in the guide format."""

    label: str
    kind: Kind
    hall: Hall
    item: Item
    office: Office | None = None
    service: Service | None = None

    @property
    def id(self) -> str:
        """The label without its case."""
        return self.label.partition("#")[0]

    @property
    def case(self) -> str | None:
        """The case's id, where the topic is a case."""
        return self.label.partition("#")[2] or None

    @property
    def key(self) -> str:
        """A short opaque key for buttons."""
        return hashlib.blake2b(self.label.encode(), digest_size=6).hexdigest()

    def name(self, language: str) -> str:
        """What a citizen calls it."""
        if isinstance(self.item, Window):
            return self.item.number
        if isinstance(self.item, Office):
            return self.item.office.say(language)
        return self.item.name.say(language)


class Topics:
    """Every topic of the halls, found by label or by a button's key."""

    def __init__(self, halls: Iterable[Hall]) -> None:
        self.halls = tuple(halls)
        several = len(self.halls) > 1
        found = [
            topic
            for hall in self.halls
            for topic in _topics(hall, f"{hall.id}:" if several else "")
        ]
        self._by_label: Mapping[str, Topic] = {topic.label: topic for topic in found}
        self._by_key = {topic.key: topic for topic in found}

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._by_label.values())

    def find(self, label: str | None) -> Topic | None:
        """The topic with this label."""
        return self._by_label.get(label or "")

    def by_key(self, key: str) -> Topic | None:
        """The topic that a button's key stands for."""
        return self._by_key.get(key)

    def within(self, hall: Hall, label: str) -> Topic | None:
        """A topic that a hall's guides name without the hall's prefix."""
        return self.find(label) or self.find(f"{hall.id}:{label}")

    def parts(self) -> Iterator[Phrase]:
        """What the cases are called by themselves, without their service."""
        return (each for topic in self for each in _alone(topic))

    def parts_of(self, topic: str) -> list[Phrase]:
        """What the cases of the topic with this id are called by themselves."""
        return [each for part in self._within(topic) for each in _alone(part)]

    def journeys(self) -> list[str]:
        """The labels of journeys."""
        return [topic.label for topic in self if topic.kind == "journey"]

    def cases(self, topic: Topic) -> list[Topic]:
        """The cases of a service, in the order of the guide."""
        if topic.service is None or topic.kind != "service":
            return []
        every = (self.find(f"{topic.id}#{case.id}") for case in topic.service.cases)
        return [case for case in every if case]

    def window(self, number: str) -> Topic | None:
        """The window with this number, of the first hall that has it."""
        windows = (topic for topic in self if isinstance(topic.item, Window))
        return next((each for each in windows if each.name("").casefold() == number), None)

    def phrases(self) -> Iterator[Phrase]:
        """All the ways the guides say their topics."""
        return (each for topic in self for each in _said(topic))

    def phrases_of(self, topic: str) -> list[Phrase]:
        """All the ways they say the topic with this id, and its cases."""
        return [each for part in self._within(topic) for each in _said(part)]

    def others_than(self, before: Topics) -> set[str]:
        """The ids of the topics that may be spoken of otherwise than before: not all that they and
        their cases are called is the very same, or stands beside the same synonyms."""
        words = {hall.id: hall.words for hall in before.halls}
        kept = {hall.id for hall in self.halls if hall.words == words.get(hall.id)}
        found = {label.partition("#")[0] for label in before._by_label.keys() - self._by_label}
        for label, topic in self._by_label.items():
            known = before._by_label.get(label)
            if (
                known is None
                or known.item is not topic.item
                or known.service is not topic.service
                or topic.hall.id not in kept
            ):
                found.add(topic.id)
        return found

    def _within(self, topic: str) -> list[Topic]:
        whole = self.find(topic)
        return [whole, *self.cases(whole)] if whole else []


_WINDOW = re.compile(
    r"(?P<before>[a-z]?\d{1,4}|[一二三四五六七八九十]{1,3}) ?号? ?(?:窗口|柜台|窗)"
    r"|(?:窗口|(?:window|counter|desk)(?: number| no\.?)?) ?(?P<after>[a-z]?\d{1,4})"
)
_NUMERALS = {numeral: str(place) for place, numeral in enumerate("一二三四五六七八九十", 1)}
_NUMERALS |= {f"十{numeral}": str(place) for place, numeral in enumerate("一二三四五六七八九", 11)}


def window_number(folded: str) -> str | None:
    """The number of the window that a folded text names (3号窗口, 三号窗口, window A03)."""
    match = _WINDOW.search(folded)
    number = (match["before"] or match["after"]) if match else None
    return _NUMERALS.get(number, number) if number else None


def _topics(hall: Hall, prefix: str) -> Iterator[Topic]:
    for office, service in hall.services():
        label = f"{prefix}{office.id}/{service.id}"
        yield Topic(
            label=label, kind="service", hall=hall, item=service, office=office, service=service
        )
        for case in service.cases:
            yield Topic(
                label=f"{label}#{case.id}",
                kind="case",
                hall=hall,
                item=case,
                office=office,
                service=service,
            )
    for elsewhere in hall.elsewhere:
        label = f"{prefix}elsewhere/{elsewhere.id}"
        yield Topic(label=label, kind="elsewhere", hall=hall, item=elsewhere)
    for journey in hall.journeys:
        label = f"{prefix}journeys/{journey.id}"
        yield Topic(label=label, kind="journey", hall=hall, item=journey)
    for window in hall.windows:
        label = f"{prefix}window/{window.number}"
        yield Topic(label=label, kind="window", hall=hall, item=window)
    for office in hall.offices:
        yield Topic(
            label=f"{prefix}office/{office.id}",
            kind="office",
            hall=hall,
            item=office,
            office=office,
        )
    for station in hall.stations:
        yield Topic(label=f"{prefix}station/{station.id}", kind="station", hall=hall, item=station)


def _said(topic: Topic) -> Iterator[Phrase]:
    """All the ways the guides say a topic."""
    synonyms = topic.hall.words
    for text in dict.fromkeys(names_of(topic)):
        yield Phrase(topic.label, text)
        for other in with_synonyms(text, synonyms):
            yield Phrase(topic.label, other)
    item = topic.item
    if isinstance(item, (Service, Case, Elsewhere, Journey)):
        for text in item.ask:
            yield Phrase(topic.label, text, name=False)
    if isinstance(item, Service):
        for text in (each for faq in item.faq for each in faq.ask):
            yield Phrase(topic.label, text, name=False)


def _alone(topic: Topic) -> Iterator[Phrase]:
    """What a case is called by itself, without its service."""
    if isinstance(topic.item, Case):
        for text in (*_words(topic.item.name), *topic.item.also):
            yield Phrase(topic.label, text)


def _words(text: Text | None) -> list[str]:
    return [each for each in text.words.values() if each] if text else []


def names_of(topic: Topic) -> Iterator[str]:
    """What a topic is called in the guides."""
    item = topic.item
    if isinstance(item, Case) and topic.service:
        for case in (*_words(item.name), *item.also):
            for service in _words(topic.service.name):
                yield f"{service} {case}"
    elif isinstance(item, Office):
        yield from (*_words(item.office), *item.also)
    elif isinstance(item, Window):
        yield from (*_words(item.name), *item.also)
    else:
        yield from (*_words(item.name), *item.also)


def with_synonyms(text: str, synonyms: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The text with a word of the hall replaced by each that means the same."""
    for words in synonyms:
        found = next((word for word in words if word in text), None)
        if found:
            yield from (text.replace(found, word) for word in words if word != found)
