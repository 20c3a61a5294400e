"""Emergency numbers, by the country in which a hall stands."""

from __future__ import annotations

from facts.model import Hall

NUMBERS = {
    "HK": "999",
    "MO": "999",
    "TW": "110 / 119",
    "JP": "110 / 119",
    "KR": "112 / 119",
    "SG": "999 / 995",
    "IN": "112",
    "GB": "999",
    "IE": "999 / 112",
    "US": "911",
    "CA": "911",
    "MX": "911",
    "AU": "000",
    "NZ": "111",
    "ZA": "10111 / 112",
    "KE": "999 / 112",
}
"""Police, ambulance and fire, as the countries publish them; China's stand in its own text."""
OF_EUROPE = "112"
"""Answered in every country of the European Union and most others of Europe."""
ANYWHERE = "112 / 999 / 911"
"""Where the country is not told: mobile phones put at least one of them through."""
_ZONES = {
    "Asia/Shanghai": "CN",
    "Asia/Urumqi": "CN",
    "Asia/Hong_Kong": "HK",
    "Asia/Macau": "MO",
    "Asia/Taipei": "TW",
    "Asia/Tokyo": "JP",
    "Asia/Seoul": "KR",
    "Asia/Singapore": "SG",
    "Asia/Kolkata": "IN",
    "Europe/London": "GB",
    "Europe/Dublin": "IE",
    "America/New_York": "US",
    "America/Chicago": "US",
    "America/Denver": "US",
    "America/Los_Angeles": "US",
    "America/Toronto": "CA",
    "America/Vancouver": "CA",
    "America/Mexico_City": "MX",
    "Pacific/Auckland": "NZ",
    "Africa/Johannesburg": "ZA",
    "Africa/Nairobi": "KE",
}


def country_of(hall: Hall) -> str | None:
    """The country whose holidays the hall keeps, else that of its time zone, where it is known."""
    kept = (hall.holidays or "none").partition("-")[0]
    if kept != "none":
        return kept
    if hall.time_zone.startswith("Australia/"):
        return "AU"
    return _ZONES.get(hall.time_zone)


def number_of(hall: Hall) -> str:
    """The number to call in an emergency outside mainland China."""
    known = NUMBERS.get(country_of(hall) or "")
    return known or (OF_EUROPE if hall.time_zone.startswith("Europe/") else ANYWHERE)
