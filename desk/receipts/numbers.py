"""Receipt numbers: short, unguessable, and easily read aloud."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

ALPHABET = "23456789ACDEFGHJKMNPQRTWXY"
"""Without 0/O, 1/I/L, B, S, U, V and Z, which are misread or misheard."""
DIGITS = 8
LENGTH = 6
_HALF = rf"[{ALPHABET}]{{{LENGTH // 2}}}"
_NUMBER = re.compile(rf"(?<![0-9A-Z]){_HALF}[ -]?{_HALF}(?![0-9A-Z])")


def new_number(choice: Callable[[str], str] = secrets.choice) -> str:
    """A receipt number such as `4F7KM2`: one of 66 million, the last two a letter and a digit."""
    number = "".join(choice(ALPHABET) for _ in range(LENGTH - 2))
    return number + choice(ALPHABET[DIGITS:]) + choice(ALPHABET[:DIGITS])


def find_number(text: str) -> str | None:
    """The receipt number that stands in a text, if one does; it holds letters and digits."""
    for match in _NUMBER.findall(text.upper()):
        found = match.replace(" ", "").replace("-", "")
        if not found.isalpha() and not found.isdigit():
            return str(found)
    return None
