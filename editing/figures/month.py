"""A month on a hall's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})")


class MonthError(ValueError):
    """What was written is no month; the text says how to write one."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> Self:
        """The month that is written like 2026-11. Raises `MonthError`."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) < 3000:
            raise MonthError(f"{text}: write a month like 2026-11")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def before(cls, at: datetime) -> Self:
        """The month before the one of this time."""
        return cls.of(at).earlier(1)

    @classmethod
    def of(cls, at: datetime) -> Self:
        """The month of this time."""
        return cls(at.year, at.month)

    def earlier(self, months: int) -> Self:
        """The month so many months before this one."""
        count = self.year * 12 + self.month - 1 - months
        return type(self)(count // 12, count % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its first moment and that of the next month, on the clock of this zone."""
        after = (self.year + self.month // 12, self.month % 12 + 1)
        return datetime(self.year, self.month, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)
