"""Public holidays and make-up working days, from the `holidays` library."""

from __future__ import annotations

import functools
import sys
from datetime import date
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import NamedTuple

HABIT, OF_LAST = 3, 5
"""A country that moved days in so many of the last years moves them every year, by decree."""
IN_USE = 2024
"""A country whose last moved day is older has given the habit up."""


def _library() -> ModuleType:
    """The library, which loads the one country that is asked for.

    Left to itself its package of countries loads all of them (100 ms, 15 MB).
    """
    import holidays  # noqa: PLC0415 - 50 ms that a hall without holidays need not pay

    countries = find_spec("holidays.countries")
    if countries and countries.name not in sys.modules:
        sys.modules[countries.name] = module_from_spec(countries)
    return holidays


class Year(NamedTuple):
    """The public holidays of a year, and the days of a weekend on which people work instead."""

    days_off: frozenset[date]
    workdays: frozenset[date]


@functools.lru_cache(maxsize=64)
def year_of(country: str, year: int) -> Year:
    """The days of a country or of its part (`CN`, `GB-ENG`) in one year."""
    code, _, part = country.partition("-")
    # A day worked for a holiday of the next year's first week stands with that year.
    known = _library().country_holidays(code, subdiv=part or None, years=(year, year + 1))
    return Year(
        frozenset(day for day in known if day.year == year),
        frozenset(day for day in known.weekend_workdays if day.year == year),
    )


@functools.lru_cache(maxsize=64)
def next_named(country: str, name: str, since: date) -> date | None:
    """The next day from `since` on that bears this English name, within two years."""
    code, _, part = country.partition("-")
    years = (since.year, since.year + 1)
    known = _library().country_holidays(code, subdiv=part or None, years=years, language="en_US")
    return min((day for day in known.get_named(name, lookup="exact") if day >= since), default=None)


def is_published(country: str, year: int) -> bool:
    """Whether the days off of this year are settled.

    Some countries move days off and working days about by a decree for each year; until the
    library knows the decree it knows only the days fixed by law. Halls are told of it aloud.
    """
    moved = _moved(country.partition("-")[0])
    if not moved:
        return True
    last = max(moved)
    yearly = last >= IN_USE and sum(last - each < OF_LAST for each in moved) >= HABIT
    return year <= last or not yearly


@functools.lru_cache(maxsize=16)
def _moved(code: str) -> frozenset[int]:
    """The years for which the library knows of days off that are worked for on another day."""
    special = getattr(_library().country_holidays(code), "special_public_holidays", {})
    return frozenset(
        year
        for year, days in special.items()
        if any(len(day) > 3 for day in (days if isinstance(days[0], tuple) else (days,)))
    )
