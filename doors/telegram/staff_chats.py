"""The chats of the people behind the desk, by the keys under which the guides name them."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from facts.model import Hall

LOG = logging.getLogger("shouwen.telegram")

EDITORS = "editors"
"""The key of those who are told of the guides themselves."""
FORM = "civil=-100123 lead=456,789"
CHAT = re.compile(r"-?[1-9]\d*")


class StaffChatsError(Exception):
    """The setting cannot be read."""


@dataclass(frozen=True, slots=True)
class StaffChats:
    """The chats of each key; only these may act as clerks."""

    chats: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, env: Mapping[str, str]) -> StaffChats:
        """The chats that `STAFF_CHATS` and the file `STAFF_FILE` name.

        Raises `StaffChatsError`, with what to do, where they cannot be read.
        """
        found: defaultdict[str, list[int]] = defaultdict(list)
        named = [*_in_words(env.get("STAFF_CHATS") or "")]
        if file := env.get("STAFF_FILE"):
            named += _in_file(Path(file))
        for key, chat in named:
            if chat not in found[key]:
                found[key].append(chat)
        return cls({key: tuple(chats) for key, chats in found.items()})

    @property
    def all(self) -> frozenset[int]:
        """Every chat of clerks."""
        return frozenset(chat for chats in self.chats.values() for chat in chats)

    def keys_of(self, chat: int) -> frozenset[str]:
        """The keys of those who read this chat."""
        return frozenset(key for key, chats in self.chats.items() if chat in chats)

    def warn(self, halls: Iterable[Hall]) -> None:
        """Name in the log the keys that stand on one side only: in the guides or in the setting."""
        wanted = {key for hall in halls for key in keys_in(hall)}
        if missing := sorted(wanted - self.chats.keys()):
            LOG.warning(
                "no chat for the clerks of: %s (STAFF_CHATS or STAFF_FILE)", ", ".join(missing)
            )
        if unknown := sorted(self.chats.keys() - wanted - {EDITORS}):
            LOG.warning("no guide names these keys of clerks: %s", ", ".join(unknown))


def keys_in(hall: Hall) -> Iterator[str]:
    """The keys under which a hall names its people."""
    yield from (each.staff for each in hall.windows if each.staff)
    if hall.head:
        yield hall.head


def _in_words(text: str) -> Iterator[tuple[str, int]]:
    for word in text.split():
        key, _, chats = word.partition("=")
        for chat in chats.split(","):
            if not key or not CHAT.fullmatch(chat):
                raise StaffChatsError(
                    f"STAFF_CHATS: {word!r} is not a key and the number of its chat; write {FORM!r}"
                )
            yield key, int(chat)


def _in_file(file: Path) -> Iterator[tuple[str, int]]:
    try:
        told = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise StaffChatsError(f"STAFF_FILE: {file} cannot be read: {error}") from error
    if not isinstance(told, dict):
        raise StaffChatsError(f"STAFF_FILE: {file} holds no lines such as 'civil: -100123'")
    for key, chats in told.items():
        for chat in chats if isinstance(chats, list) else [chats]:
            if not CHAT.fullmatch(str(chat)):
                raise StaffChatsError(
                    f"STAFF_FILE: {file}: {chat!r} of {key!r} is not the number of a chat"
                )
            yield str(key), int(chat)
