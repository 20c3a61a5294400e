"""What the desk remembers of a conversation between two turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Conversation:
    """The state of one conversation, in plain values that the ledger can keep.

    `topic` and `case` are what was last spoken of (a label as in `Topics`); `offered` are the
    labels that the last question back offered, in order, and `asked` what had been asked then.
    """

    hall: str | None = None
    language: str | None = None
    topic: str | None = None
    case: str | None = None
    about: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    asked_matter: bool = False
    set_language: str | None = None
    question: str = ""
    receipt: str | None = None

    def plain(self) -> dict[str, Any]:
        """The state as JSON values."""
        return asdict(self)

    @classmethod
    def read(cls, plain: Mapping[str, Any] | None) -> Conversation:
        """The state from JSON values; what is unknown is left out."""
        known = cls.__dataclass_fields__
        return cls(**{key: value for key, value in (plain or {}).items() if key in known})
