"""Leading on to a nearer place: a station in the village, the hall, or another hall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desk import places
from desk.answers import capital
from desk.decision import AtStation, Near
from desk.journeys import step_name
from desk.message import Choice, Outcome
from desk.opening import open_line
from desk.said import Said
from desk.stations import kilometres
from desk.topics import Topic, Topics
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import windows_of
from facts.model import Hall, Hours, Journey, Location, Station
from intents.fold import fold

LOCATION = "location"
"""What a door is asked for where it can tell it."""
NEAREST = ("nearest",)


@dataclass(frozen=True, slots=True)
class _Place:
    hall: Hall
    station: Station | None
    kilometres: float


class Nearer:
    """Tells what can be done at which place."""

    def __init__(self, topics: Topics, calendars: Mapping[str, Calendar]) -> None:
        self._topics = topics
        self._calendars = calendars

    def at_station(self, say: Wording, decision: AtStation) -> Said:
        """Whether a topic can be done at a station, with what one needs to go there."""
        station, topic = decision.station.item, decision.topic
        if not isinstance(station, Station):
            raise TypeError(decision.station.label)
        name, matter = say.text(station.name), step_name(say, topic)
        if isinstance(topic.item, Journey):
            lines = list(self._steps(say, station, topic, topic.item))
        elif handles(station, topic):
            lines = [capital(say("station_yes", station=name, topic=matter))]
            lines += self._of_station(say, decision.station.hall, station)
        else:
            lines = [capital(say("station_no", station=name, topic=matter))]
            others = [each for each in topic.hall.stations if handles(each, topic)]
            if others:
                lines += places.nearer(say, topic.hall, topic, self._calendars[topic.hall.id])
        lines += self._of_hall(say, topic)
        return self._said(say, topic, lines, decision.confidence)

    def near(self, say: Wording, hall: Hall, decision: Near) -> Said:
        """The places nearest to a location: of a topic, where it can be done."""
        topic = decision.topic
        found = sorted(self._places(decision.location, topic), key=lambda each: each.kilometres)
        if not found:
            calendar = self._calendars[hall.id]
            lines = [say("near_unknown"), *places.nearest(say, hall, calendar)]
            return self._said(say, topic, lines, 1.0)
        first, *others = found
        lines = [self._nearest(say, first, topic), *self._reached(say, first, topic)]
        shut = not self._open(say, first)
        second = next((each for each in others if not shut or self._open(say, each)), None)
        second = second or next(iter(others), None)
        if second:
            key = "near_instead" if shut and self._open(say, second) else "near_next"
            lines.append(say(key, place=_name(say, second), distance=_far(say, second)))
            lines += self._reached(say, second, topic, short=True)
        return self._said(say, topic, lines, 1.0)

    def elsewhere_lines(self, say: Wording, topic: Topic) -> list[str]:
        """The other halls that have a matter too."""
        lines = []
        for hall in {twin.hall.id: twin.hall for twin in self._twins(topic)}.values():
            address = say("address_is", address=say.text(hall.address)) if hall.address else ""
            name, phone = say.text(hall.name), say.phone(hall.phone)
            lines.append(say("hall_too", hall=name, address=address, phone=phone))
        return lines

    def _said(self, say: Wording, topic: Topic | None, lines: list[str], confidence: float) -> Said:
        window = _window(topic) if topic else None
        return Said(
            outcome=Outcome.ANSWERED,
            lines=lines,
            topic=topic,
            about=NEAREST,
            window=window,
            next=(here(say),),
            hall=topic.hall if topic else None,
            confidence=confidence,
        )

    def _steps(
        self, say: Wording, station: Station, topic: Topic, journey: Journey
    ) -> Iterator[str]:
        steps = [self._topics.within(topic.hall, step.topic) for step in journey.steps]
        done = [step_name(say, step) for step in steps if step and handles(station, step)]
        name, matter = say.text(station.name), step_name(say, topic)
        if not done:
            yield capital(say("station_no", station=name, topic=matter))
            return
        yield say("station_steps", station=name, topic=matter, list=say.joined(done))
        yield from self._of_station(say, topic.hall, station)

    def _of_station(self, say: Wording, hall: Hall, station: Station) -> list[str]:
        return places.station(say, self._calendars[hall.id], station, ())

    def _of_hall(self, say: Wording, topic: Topic) -> Iterator[str]:
        """The window in the hall, with whether it is open now."""
        if topic.office is None:
            return
        window = next(iter(windows_of(topic.hall, topic.office, topic.service)), None)
        if window:
            place = say.window(window) + say.place(window)
            calendar = self._calendars[topic.hall.id]
            state = open_line(say, calendar, window.number)
            yield say("station_hall", place=place, state=state).rstrip()

    def _places(self, here: Location, topic: Topic | None) -> Iterator[_Place]:
        twins = [topic, *self._twins(topic)] if topic else []
        for hall in self._topics.halls:
            own = next((each for each in twins if each.hall.id == hall.id), None)
            if topic and own is None:
                continue
            if hall.location:
                yield _Place(hall, None, kilometres(here, hall.location))
            for station in hall.stations:
                if station.location and (own is None or handles(station, own)):
                    yield _Place(hall, station, kilometres(here, station.location))

    def _twins(self, topic: Topic) -> list[Topic]:
        """The same matter in other halls: by its name, or another that it goes by."""
        names = _called(topic)
        others = (each for each in self._topics if each.kind == topic.kind)
        return [each for each in others if each.hall.id != topic.hall.id and names & _called(each)]

    def _nearest(self, say: Wording, place: _Place, topic: Topic | None) -> str:
        key = "near_topic" if topic else "near_place"
        matter = step_name(say, topic) if topic else ""
        line = say(key, place=_name(say, place), distance=_far(say, place), topic=matter)
        return capital(line)

    def _reached(
        self, say: Wording, place: _Place, topic: Topic | None, *, short: bool = False
    ) -> list[str]:
        """How to reach a place, when it is open, and what it handles."""
        hall, station = place.hall, place.station
        calendar = self._calendars[hall.id]
        if station is None:
            lines = places.hall_place(say, hall, calendar)
            return lines if topic or short else [*lines, say("hall_services_ask")]
        found = (self._topics.within(hall, label) for label in station.services)
        names = () if topic else [each.name(say.language) for each in found if each]
        lines = places.station(say, calendar, station, names)
        return lines[:2] if short else lines

    def _open(self, say: Wording, place: _Place) -> bool:
        hours: Hours = place.station.hours if place.station else place.hall.hours
        calendar = self._calendars[place.hall.id]
        return not hours or calendar.opened(say.at, None, hours).now


def handles(station: Station, topic: Topic) -> bool:
    """Whether a station handles a service, or a case of it."""
    return bool({_bare(topic.label), _bare(topic.id)} & set(map(_bare, station.services)))


def here(say: Wording) -> Choice:
    """The button that hands over where one is."""
    return Choice(key=f"about:{LOCATION}", label=say("next_location"), asks=LOCATION)


def _bare(label: str) -> str:
    return label.rpartition(":")[2]


def _called(topic: Topic) -> set[str]:
    if topic.service is None:
        return set()
    return {fold(name) for name in (*topic.service.name.words.values(), *topic.service.also)}


def _name(say: Wording, place: _Place) -> str:
    return say.text(place.station.name if place.station else place.hall.name)


def _far(say: Wording, place: _Place) -> str:
    """A distance in metres, rounded to a hundred, or in kilometres."""
    metres = round(place.kilometres * 10) * 100
    if metres < 1000:
        return say("distance_metres", n=max(metres, 100))
    km = place.kilometres
    return say("distance_kilometres", n=f"{km:.1f}" if km < 10 else f"{km:.0f}")


def _window(topic: Topic) -> str | None:
    if topic.office is None:
        return None
    window = next(iter(windows_of(topic.hall, topic.office, topic.service)), None)
    return window.number if window else None
