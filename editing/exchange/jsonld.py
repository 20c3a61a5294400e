"""A hall's services as schema.org GovernmentService, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from editing.exchange.linked import Names, iso
from editing.exchange.listing import duration
from facts.counts import phone_of, windows_of
from facts.model import (
    Charge,
    Duration,
    Hall,
    Hours,
    Material,
    MonthDay,
    Office,
    Service,
    Text,
    Window,
)

Thing = dict[str, Any]

CONTEXT: Any = [
    "https://schema.org",
    {
        "cpsv": "http://purl.org/vocab/cpsv#",
        "requiredDocuments": {"@id": "cpsv:hasInput", "@type": "@id"},
    },
]
"""schema.org has no word for what one brings; CPSV has."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STATUS = {"suspended": "suspended", "cancelled": "cancelled"}


def document(hall: Hall, link: str | None) -> str:
    """The hall's services as one JSON-LD document; `link` is where its guides are published."""
    names = Names(hall, link)
    graph = [_hall(hall, names)]
    graph += [_office(hall, office, names) for office in hall.offices]
    graph += [_service(hall, office, each, names) for office, each in hall.services()]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _clean(thing: Mapping[str, Any]) -> Thing:
    """A thing without what it does not tell."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {}, ())}


def _text(text: Text | None) -> Any:
    """A text by language."""
    if not text:
        return None
    told = [{"@value": words, "@language": tag} for tag, words in text.words.items() if words]
    return told[0] if len(told) == 1 else told


def _ref(names: Names, *parts: str) -> Thing:
    return {"@id": names.of(*parts)}


def _hall(hall: Hall, names: Names) -> Thing:
    return _clean(
        {
            "@type": "GovernmentOffice",
            "@id": names.of("hall"),
            "name": _text(hall.name),
            "alternateName": [*hall.also],
            "address": _text(hall.address),
            "telephone": hall.phone,
            "geo": _geo(hall),
            "openingHoursSpecification": _hours(hall.hours),
        }
    )


def _geo(hall: Hall) -> Thing | None:
    at = hall.location
    return {"@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon} if at else None


def _office(hall: Hall, office: Office, names: Names) -> Thing:
    return _clean(
        {
            "@type": "GovernmentOrganization",
            "@id": names.of(f"office/{office.id}"),
            "name": _text(office.office),
            "alternateName": [*office.also],
            "telephone": phone_of(hall, office),
            "parentOrganization": _ref(names, "hall"),
        }
    )


def _service(hall: Hall, office: Office, service: Service, names: Names) -> Thing:
    topic = f"{office.id}/{service.id}"
    offices = _ref(names, f"office/{office.id}")
    hours = service.hours if isinstance(service.hours, tuple) else ()
    return _clean(
        {
            "@type": "GovernmentService",
            "@id": names.of(topic),
            "identifier": service.code or topic,
            "name": _text(service.name),
            "alternateName": [*service.also],
            "description": _text(service.summary),
            "provider": offices,
            "serviceOperator": offices,
            "areaServed": _clean(
                {"@type": "AdministrativeArea", "name": _text(service.scope or hall.name)}
            ),
            "audience": [{"@type": "Audience", "audienceType": each} for each in service.audience],
            "hoursAvailable": _hours(hours or _window_hours(hall, office, service)),
            "availableChannel": _channels(hall, office, service, names),
            "offers": _offers(service.fee, hall.currency),
            "requiredDocuments": _documents(service.materials, names, topic),
            "serviceOutput": _clean({"@type": "Thing", "name": _text(service.result)})
            if service.result
            else None,
            "subjectOf": [*_laws(service.basis), *_steps(service)],
            "isRelatedTo": [_ref(names, each.rpartition(":")[2]) for each in service.related],
            "creativeWorkStatus": _STATUS.get(service.status),
        }
    )


def _window_hours(hall: Hall, office: Office, service: Service) -> Hours:
    windows = windows_of(hall, office, service)
    return (windows[0].hours if windows else ()) or office.hours or hall.hours


def _hours(hours: Hours) -> list[Thing]:
    """Opening hours, one a span; a season is told in this year."""
    return [
        _clean(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[day] for day in opening.days],
                "opens": f"{span.start:%H:%M}",
                "closes": f"{span.end:%H:%M}",
                "validFrom": _season(opening.from_),
                "validThrough": _season(opening.to, opening.from_),
            }
        )
        for opening in hours
        for span in opening.open
    ]


def _season(day: MonthDay | None, since: MonthDay | None = None) -> str | None:
    """A day of this year, or of the next where the season runs over the new year."""
    if day is None:
        return None
    year = date.today().year + (since is not None and day < since)  # noqa: DTZ011 - only its year
    return f"{year}-{day[0]:02}-{day[1]:02}"


def _channels(hall: Hall, office: Office, service: Service, names: Names) -> list[Thing]:
    windows = windows_of(hall, office, service)
    limit = service.time_limit
    term = (limit.promised or limit.statutory) if limit else None
    common = {
        "availableLanguage": [*hall.languages],
        "processingTime": iso(term) if term else None,
        "description": duration(term, hall.languages[0]) if isinstance(term, Duration) else None,
        "servicePhone": _phone(phone_of(hall, office, service), service.hours),
    }
    at = [_place(hall, window) for window in windows] or [_ref(names, "hall")]
    channels = [
        _clean({"@type": "ServiceChannel", "serviceLocation": each} | common) for each in at
    ]
    if service.online:
        url = next((w for w in service.online.words.values() if w.startswith("http")), None)
        told = None if url else _text(service.online)
        channels.append(_clean({"@type": "ServiceChannel", "serviceUrl": url, "description": told}))
    return channels


def _phone(phone: str | None, hours: Hours | Text | None) -> Thing | None:
    if not phone:
        return None
    open_ = _hours(hours) if isinstance(hours, tuple) else []
    return _clean({"@type": "ContactPoint", "telephone": phone, "hoursAvailable": open_})


def _place(hall: Hall, window: Window) -> Thing:
    return _clean(
        {
            "@type": "Place",
            "name": _text(window.name) or window.number,
            "branchCode": window.number,
            "description": _text(window.place),
            "address": _text(hall.address),
            "telephone": window.phone,
            "geo": _geo(hall),
        }
    )


def _offers(fee: tuple[Charge, ...] | None, currency: str) -> list[Thing]:
    if fee is None:
        return []
    if not fee:
        return [{"@type": "Offer", "price": "0", "priceCurrency": currency}]
    return [_offer(charge, charge.currency or currency) for charge in fee]


def _offer(charge: Charge, currency: str) -> Thing:
    amount = next(iter(charge.amount.words.values()), "")
    offer: Thing = {"@type": "Offer", "priceCurrency": currency, "name": _text(charge.for_),
                    "description": _text(charge.note)}  # fmt: skip
    low, dash, high = amount.partition("-")
    if amount.replace(".", "", 1).isdigit():
        offer["price"] = amount
    elif dash and all(each.replace(".", "", 1).isdigit() for each in (low, high)):
        offer["priceSpecification"] = {"@type": "PriceSpecification", "minPrice": low,
                                       "maxPrice": high, "priceCurrency": currency}  # fmt: skip
    else:
        offer["priceSpecification"] = {"@type": "PriceSpecification",
                                       "description": _text(charge.amount)}  # fmt: skip
    return _clean(offer)


def _documents(materials: Iterable[Material] | None, names: Names, topic: str) -> list[Thing]:
    return [
        _clean(
            {
                "@type": "CreativeWork",
                "@id": names.of(topic, "material", str(number)),
                "name": _text(material.name),
                "alternateName": [*material.also],
                "description": _text(material.note or material.when),
            }
        )
        for number, material in enumerate(materials or (), 1)
    ]


def _laws(basis: Iterable[Text]) -> list[Thing]:
    return [{"@type": "Legislation", "name": _text(each)} for each in basis]


def _steps(service: Service) -> list[Thing]:
    if not service.steps:
        return []
    steps = [{"@type": "HowToStep", "position": n, "text": _text(each)}
             for n, each in enumerate(service.steps, 1)]  # fmt: skip
    return [{"@type": "HowTo", "name": _text(service.name), "step": steps}]
