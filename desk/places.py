"""Answers about the hall itself, its windows, and the stations in villages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desk.elsewhere import some_phone
from desk.opening import open_line
from desk.topics import Topic
from desk.wording import Wording, dotted
from facts.calendar import Calendar
from facts.counts import window_phone, windows_of
from facts.model import Hall, Office, Service, Station, Window

Lines = list[str]
FEW = 6
"""Services named of a window before the rest is only counted."""


def hall_hours(say: Wording, hall: Hall, calendar: Calendar) -> Lines:
    """When the hall is open, and whether it is now."""
    name = say.text(hall.name)
    if not hall.hours:
        return [_by_phone(say, hall, "open_unknown")]
    head = [open_line(say, calendar, None), say("hall_hours", hall=name)]
    return head + dotted(say.hours(hall.hours))


def hall_place(say: Wording, hall: Hall, calendar: Calendar) -> Lines:
    """Where the hall is."""
    name = say.text(hall.name)
    if not hall.address:
        return [_by_phone(say, hall, "place_hall_none")]
    lines = [say("place_hall", hall=name, address=say.text(hall.address)), *_phone(say, hall)]
    return [*lines, *filter(None, [open_line(say, calendar, None)])]


def hall_services(say: Wording, hall: Hall, _: Calendar) -> Lines:
    """What can be done in the hall, by window."""
    services = list(hall.services())
    lines = [
        say(
            "hall_services",
            hall=say.text(hall.name),
            offices=len(hall.offices),
            windows=len(hall.windows),
            services=len(services),
        )
    ]
    for window in hall.windows:
        names = [say.text(service.name) for service in handled(hall, window)]
        if names:
            line = say("hall_services_line", window=say.window(window), list=_some(say, names))
            lines += dotted([line])
    return [*lines, say("hall_services_ask")]


def hall_contact(say: Wording, hall: Hall, calendar: Calendar) -> Lines:
    """How to reach the hall."""
    return _phone(say, hall) or hall_place(say, hall, calendar)


def nearest(say: Wording, hall: Hall, calendar: Calendar) -> Lines:
    """The stations where some matters can be done nearer."""
    if not hall.stations:
        return [say("stations_none", hall=say.text(hall.name)), *hall_place(say, hall, calendar)]
    lines = [_with_state(say, each, calendar) for each in hall.stations]
    return [say("stations"), *dotted(lines), say("stations_how")]


def nearer(say: Wording, hall: Hall, topic: Topic, calendar: Calendar) -> Lines:
    """The stations that handle a service too."""
    found = stations_of(hall, topic)
    if not found:
        return [say("no_station")]
    return [say("yes_station"), *dotted(_with_state(say, each, calendar) for each in found)]


def stations_of(hall: Hall, topic: Topic) -> list[Station]:
    """The stations that handle a service."""
    ids = {topic.label.rpartition(":")[2], topic.id.rpartition(":")[2]}
    return [each for each in hall.stations if ids & set(each.services)]


def station(say: Wording, calendar: Calendar, found: Station, names: Iterable[str]) -> Lines:
    """One station: where, when, and what it handles."""
    lines = [_station(say, found)]
    if found.hours:
        lines.append(open_line(say, calendar, None, found.hours))
    listed = list(names)
    if listed:
        lines.append(say("station_services", list=say.joined(listed)))
    if found.hours:
        lines += [say("hours", of=say.of(say.text(found.name))), *dotted(say.hours(found.hours))]
    return lines


def window(say: Wording, hall: Hall, calendar: Calendar, found: Window) -> Lines:
    """One window: where, phone, open now, and what it handles; the days asked about come first."""
    phone = say.phone(window_phone(hall, found))
    first = say("window_does", window=say.window(found), place=say.place(found), phone=phone)
    lines = [first[:1].upper() + first[1:]]
    if opened := open_line(say, calendar, found.number):
        lines.insert(0 if say.days else 1, opened)
    if found.number == hall.lead_window:
        lines.append(say("window_lead"))
    names = [say.text(service.name) for service in handled(hall, found)]
    if names:
        lines.append(say("window_services", list=say.joined(names)))
    return lines


def office(say: Wording, hall: Hall, calendar: Calendar, found: Office) -> Lines:
    """An office: its window and what it handles."""
    windows = windows_of(hall, found)
    if not windows:
        return _phone(say, hall)
    lines = [line for each in windows for line in window(say, hall, calendar, each)]
    where = 1 if say.days and len(lines) > 1 else 0
    named = say("window_office", office=say.text(found.office))
    return [*lines[: where + 1], named, *lines[where + 1 :]]


def handled(hall: Hall, found: Window) -> list[Service]:
    """The services that a window handles."""
    return [
        service for office, service in hall.services() if found in windows_of(hall, office, service)
    ]


def notices(say: Wording, hall: Hall, today: date) -> Lines:
    """The hall's notices that count on this day."""
    return [say("notice", text=say.text(each.text)) for each in hall.notices if each.counts(today)]


def _with_state(say: Wording, found: Station, calendar: Calendar) -> str:
    """A station, and whether it is open now."""
    if not found.hours:
        return _station(say, found)
    state = open_line(say, calendar, None, found.hours)
    return say("station_state", station=_station(say, found), state=state)


def _station(say: Wording, found: Station) -> str:
    address = say("address_is", address=say.text(found.address)) if found.address else ""
    name = say.text(found.name)
    return say("station_line", name=name, address=address, phone=say.phone(found.phone))


def _by_phone(say: Wording, hall: Hall, key: str) -> str:
    """That something is to be asked by phone, where there is one."""
    phone, name = some_phone(hall), say.text(hall.name)
    return say(key, hall=name, phone=phone) if phone else say(f"{key}_plain", hall=name)


def _phone(say: Wording, hall: Hall) -> Lines:
    return [say("hall_phone", phone=hall.phone)] if hall.phone else []


def _some(say: Wording, names: list[str]) -> str:
    listed = say.joined(names[:FEW])
    if len(names) <= FEW:
        return listed
    return say("hall_services_more", list=listed, n=len(names))


ABOUT_HALL = {
    "hall_hours": hall_hours,
    "hall_place": hall_place,
    "hall_services": hall_services,
    "nearest": nearest,
    "contact": hall_contact,
}
"""What can be asked about the hall, and what answers it."""
LED = ("hall_place", "nearest", "contact")
"""What asks for the way to the hall, its stations or its phone."""
