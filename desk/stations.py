"""Stations by the names that people use, and how far a place is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from desk.decision import AskBack, AtStation, Decision, Tell
from desk.topics import Topic, Topics
from facts.model import Hall, Location, Station
from intents.fold import fold, has_han
from intents.lexicon import Lexicon, PhraseList, texts
from intents.tokens import tokens
from intents.understanding import Meaning

EARTH = 6371.0
"""The earth's mean radius in kilometres."""
_OFFICE = re.compile(
    r"(?:党群|便民|政务|综合|社区|为民)*服务(?:站|点|中心|室)$|(?:代办|服务)点$"
    r"|(?: (?:public|community|citizen|convenience))?(?: services?)"
    r"(?: (?:station|point|centre|center))?$"
)
_KIND = re.compile(r"(?:村|社区|居委会|小区)$| (?:village|community|neighbourhood|neighborhood)$")
_AREA = "镇乡县市省区街路"
AT_STATIONS = ("service", "case", "journey")
ASKS_WHERE = frozenset({"nearest", "place", "hours"})
BESIDE = ASKS_WHERE | {"overview", "untold", "conditions", "online"}
"""What is asked beside whether it can be done somewhere, and is told with that."""
OF_STATION = frozenset({"hours", "contact", "place", "hall_services", "hall_hours", "hall_place"})
"""What is asked of a station itself."""
SURE = 0.9
"""The confidence of what is said with a station's name."""
SHORTEST = 2
"""Characters of a name without its kind ("文坛" of 文坛村); of letters twice as many."""


def kilometres(first: Location, second: Location) -> float:
    """The great-circle distance between two places, by the haversine formula."""
    lat, other = radians(first.lat), radians(second.lat)
    across = sin((other - lat) / 2) ** 2
    along = cos(lat) * cos(other) * sin(radians(second.lon - first.lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, across + along)))


@dataclass(frozen=True, slots=True)
class Stood:
    """A station that a text names, and the text without it.

    `asks` is whether it asks if something can be done; `rest` has none of these words.
    """

    station: Topic
    rest: str
    asks: bool


class Stations:
    """Finds the stations that texts name, in full or by their village alone."""

    def __init__(self, topics: Topics, lexicons: Iterable[Lexicon]) -> None:
        self._possible = PhraseList.merged(each.possible for each in lexicons)
        self._named: dict[str, list[Topic]] = {}
        for topic in topics:
            if isinstance(topic.item, Station):
                for name in _names(topic.hall, topic.item):
                    self._named.setdefault(name, []).append(topic)
        self._longest = sorted(self._named, key=len, reverse=True)

    def named(self, text: str, hall: str | None) -> Stood | None:
        """The station that a text names, of the hall spoken of where several have it."""
        folded = fold(text)
        for name in self._longest:
            found = re.search(_pattern(name), folded) if name in folded else None
            if found:
                stations = self._named[name]
                of_hall = (each for each in stations if each.hall.id == hall)
                rest = f"{folded[: found.start()]} {folded[found.end() :]}".strip()
                matter = self._without_possible(rest)
                return Stood(next(of_hall, stations[0]), matter, matter != rest)
        return None

    def _without_possible(self, rest: str) -> str:
        """The text without the words that ask whether it can be done: they tell of no matter."""
        sequence = tokens(rest)
        kept = list(rest)
        for span in self._possible.find(texts(sequence)):
            for token in sequence[span.start : span.end]:
                kept[token.start : token.start + len(token.text)] = " " * len(token.text)
        return "".join(kept).strip() if kept != list(rest) else rest

    def decided(
        self, stood: Stood, meaning: Meaning, first: Decision, last: Topic | None
    ) -> list[Decision] | None:
        """What to do where a station is named; None where its name tells no more than the rest.

        `first` is what would be done about the text without it, `last` the last topic.
        """
        asks = stood.asks
        station = Tell(stood.station, ("nearest",), SURE)
        if isinstance(first, AskBack):
            if first.topics:
                return [AskBack(first.topics, ("nearest",), first.confidence)] if asks else None
            of_station = set(meaning.intents) & OF_STATION and not asks
            return [station if last is None or of_station else AtStation(stood.station, last, SURE)]
        if not isinstance(first, Tell) or first.topic.kind not in AT_STATIONS:
            return None
        goes_on = last is not None and first.topic.id == last.id
        if goes_on and not asks and set(meaning.intents) & OF_STATION:
            return [station]
        about = set(first.about)
        if not asks and not about & ASKS_WHERE and not (goes_on and about <= BESIDE):
            return [first]
        at = AtStation(stood.station, first.topic, first.confidence)
        return [at] if about <= BESIDE else [first, at]


def _pattern(name: str) -> str:
    if has_han(name):
        return re.escape(name) + f"(?:村|社区)?(?![{_AREA}])"
    return rf"\b(?:(?:at|in|of) )?(?:the )?{re.escape(name)}(?: village)?\b"


def _names(hall: Hall, station: Station) -> Iterator[str]:
    """A station's names, its village's, and the village's without its kind."""
    of_hall = " ".join(fold(word) for word in (*hall.name.words.values(), *hall.also))
    for name in map(fold, (*station.name.words.values(), *station.also)):
        yield name
        village = _OFFICE.sub("", name).strip()
        place = _KIND.sub("", village).strip()
        least = SHORTEST if has_han(place) else 2 * SHORTEST
        yield from (
            each
            for each in dict.fromkeys((village, place))
            if each != name and len(each) >= least and each not in of_hall
        )
