"""What the page sends, read with distrust."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from doors.web.refusal import Refusal
from facts.model import Location

MOST_CHARACTERS = 2_000
MOST_BYTES = 64 * 1024
MOST_KEY_BYTES = 64
MOST_NOTICES = 100
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A citizen's words, the button pressed, the language set on the page, and a place shared.

    `id` is the page's name for the message, the same when it sends it again.
    """

    text: str
    choice: str | None
    language: str | None
    id: str | None
    location: Location | None = None


async def fields(request: Request) -> dict[str, Any]:
    """The JSON object of a request that our own page sent; raises `Refusal`."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Refusal(415, "not_json")
    try:
        found = json.loads((await body(request)).decode())
    except (ValueError, RecursionError):
        raise Refusal(400, "unreadable") from None
    if not isinstance(found, dict):
        raise Refusal(400, "unreadable")
    return found


def language(found: dict[str, Any], languages: Collection[str]) -> str | None:
    """The language set on the page; raises `Refusal` for one that there is not."""
    name = found.get("language")
    if name is not None and (not isinstance(name, str) or name not in languages):
        raise Refusal(400, "unreadable")
    return name


def question(found: dict[str, Any], language: str | None) -> Question:
    """The question in these fields; raises `Refusal` in the citizen's language."""
    text = _string(found.get("text"), language).strip()
    choice = None if found.get("choice") is None else _string(found["choice"], language)
    if len(text) > MOST_CHARACTERS:
        raise Refusal(413, "too_long", language, most=MOST_CHARACTERS, count=len(text))
    if choice is not None and not 0 < len(choice.encode()) <= MOST_KEY_BYTES:
        raise Refusal(400, "unreadable", language)
    if not text and choice is None:
        raise Refusal(400, "empty", language)
    named = identifier(found.get("id"), language)
    place = _location(found, language)
    return Question(text=text, choice=choice, language=language, id=named, location=place)


def _location(found: dict[str, Any], language: str | None) -> Location | None:
    """Where the citizen is, in degrees; raises `Refusal` for what is no place on the earth."""
    told = found.get("location")
    if told is None:
        return None
    degrees = [told.get("lat"), told.get("lon")] if isinstance(told, dict) else []
    match degrees:
        case [int() | float() as lat, int() | float() as lon] if abs(lat) <= 90 and abs(lon) <= 180:
            return Location(lat=float(lat), lon=float(lon))
    raise Refusal(400, "unreadable", language)


def identifier(value: object, language: str | None = None) -> str | None:
    """The page's name for a message, if it gave one."""
    if value is None:
        return None
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Refusal(400, "unreadable", language)
    return value


def notices(found: dict[str, Any]) -> list[int]:
    """The ids of the notices that the page has received."""
    ids = found.get("received", [])
    known = isinstance(ids, list) and len(ids) <= MOST_NOTICES
    if not known or not all(type(each) is int and 0 < each < 1 << 62 for each in ids):
        raise Refusal(400, "unreadable")
    return list(ids)


def words(found: dict[str, Any], name: str, language: str | None) -> str:
    """A short text among the fields."""
    text = _string(found.get(name), language).strip()
    if len(text) > MOST_KEY_BYTES:
        raise Refusal(400, "unreadable", language)
    return text


def _string(value: object, language: str | None) -> str:
    if not isinstance(value, str):
        raise Refusal(400, "unreadable", language)
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which no ledger can write
        raise Refusal(400, "unreadable", language) from None
    return value


async def body(request: Request, most: int = MOST_BYTES) -> bytes:
    """The body of a request; raises `Refusal` before a large one is read to its end."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > most:
            raise Refusal(413, "too_big")
    return bytes(read)
