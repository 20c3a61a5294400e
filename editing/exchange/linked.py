"""What linked data of every kind says in the same way: addresses of things, terms, languages."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from facts.model import Duration, Hall

LANGUAGES: Mapping[str, str] = {"zh": "ZHO", "en": "ENG", "fr": "FRA", "de": "DEU", "es": "SPA"}
"""Names of languages in the authority tables of the EU (ISO 639-3)."""


class Names:
    """Addresses of a hall's things: below `link`, else below a name of the hall's own."""

    def __init__(self, hall: Hall, link: str | None) -> None:
        self.base = f"{link.rstrip('/')}/" if link else f"urn:x-shouwen:{quote(hall.id, safe='')}:"

    def of(self, *parts: str) -> str:
        """The address of a thing by its topic's id and what it is of that topic."""
        topic, *rest = parts
        ending = "#" + "-".join(quote(each, safe="") for each in rest) if rest else ""
        return self.base + quote(topic, safe="/") + ending


def iso(term: Duration) -> str:
    """A term in ISO 8601; working days are told as the days that they last at least."""
    number = term.amount
    match term.unit:
        case "on the spot":
            return "PT0S"
        case "working days":
            return f"P{number + 2 * ((number - 1) // 5)}D" if number else "PT0S"
        case "days":
            return f"P{number}D"
        case "weeks":
            return f"P{number}W"
        case "months":
            return f"P{number}M"
        case "years":
            return f"P{number}Y"
    return f"PT{number}H"
