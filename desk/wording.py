"""Facts put into words: terms, money, dates, hours, windows and materials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from desk.texts import Texts
from facts.calendar import Opened
from facts.model import (
    Charge,
    Duration,
    Hall,
    Hours,
    Material,
    Opening,
    Service,
    Span,
    Text,
    Window,
)
from intents.named_days import NamedDay

_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?([-–~至]\d[\d,]*(\.\d+)?)?")
_END = re.compile(r"[。.!?！？；;，,\s]+$")


class Wording:
    """Says facts in one language, at one time; `days` are those that the question names."""

    def __init__(
        self, texts: Texts, language: str, at: datetime, days: Sequence[NamedDay] = ()
    ) -> None:
        self._texts = texts
        self.language = language
        self.at = at
        self.days = days
        self.told: dict[tuple[str, int], tuple[Service, list[str]]] = {}
        """Answers put into words in this turn, by intent and service (held, so its id stays)."""

    def __call__(self, key: str, **values: object) -> str:
        """A text of the desk, filled in; a text of the guides is put in without its full stop."""
        return self._texts.say(key, self.language, **values)

    def text(self, text: Text | None) -> str:
        """A text of the guides in this language, without a closing full stop."""
        return _END.sub("", text.say(self.language)) if text else ""

    def joined(self, parts: Iterable[str]) -> str:
        """Parts one after another in a sentence."""
        return self("list_comma").join(part for part in parts if part)

    def doing(self, name: str) -> str:
        """`For “…”, `, or nothing where the matter was named already."""
        return self("doing", topic=name) if name else ""

    def of(self, name: str) -> str:
        """` for “…”`, or nothing where the matter was named already."""
        return self("of", topic=name) if name else ""

    def duration(self, duration: Duration) -> str:
        """`20个工作日`, `20 working days`."""
        unit = duration.unit.replace(" ", "_")
        one = "one_" if duration.amount == 1 and unit != "on_the_spot" else ""
        return self(f"unit_{one}{unit}", n=duration.amount)

    def money(self, charge: Charge, hall: Hall) -> str:
        """An amount with its currency; a percentage or a text stands as it is."""
        amount = self.text(charge.amount)
        if amount == "0":
            return self("free")
        if not _NUMBER.fullmatch(amount):
            return amount
        currency = charge.currency or hall.currency
        if f"money_{currency}" in self._texts.keys(self.language):
            return self(f"money_{currency}", n=amount)
        return self("money", n=amount, currency=currency)

    def charge(self, charge: Charge, hall: Hall, *, listed: bool) -> str:
        """One fee with what it is for: before the amount in a list, else behind it."""
        amount = self.money(charge, hall)
        details = [self.text(charge.note)] if charge.note else []
        if charge.for_ and listed:
            amount = self("fee_for", what=self.text(charge.for_)) + amount
        elif charge.for_:
            details.insert(0, self.text(charge.for_))
        return amount + (
            self("in_brackets", text=self("semicolon").join(details)) if details else ""
        )

    def fee(self, of: str, fee: Sequence[Charge], hall: Hall) -> list[str]:
        """All fees of a matter: none, one in a line, or a list."""
        if not fee:
            return [self("fee_free", of=of)]
        if len(fee) == 1:
            return [self("fee_one", of=of, amount=self.charge(fee[0], hall, listed=False))]
        return [
            self("fee_many", of=of),
            *dotted(self.charge(each, hall, listed=True) for each in fee),
        ]

    def date(self, day: date) -> str:
        """A date with its year."""
        return self("date", year=day.year, month=self._month(day.month), day=day.day)

    def moment(self, when: datetime) -> str:
        """A day of the week, a date and a time of day."""
        return self(
            "when_full",
            weekday=self.weekday(when.weekday()),
            month=self._month(when.month),
            day=when.day,
            time=f"{when:%H:%M}",
        )

    def day(self, when: datetime, since: datetime | None = None) -> str:
        """A date with its day of the week, and its year where it is not that of `since` (now)."""
        known = since or self.at
        key = "day" if when.year == known.astimezone(when.tzinfo).year else "day_of_year"
        return self(
            key,
            weekday=self.weekday(when.weekday()),
            month=self._month(when.month),
            day=when.day,
            year=when.year,
        )

    def weekday(self, number: int) -> str:
        """The name of a day of the week, 0 being Monday."""
        return self("weekdays").split()[number]

    def hours(self, hours: Hours) -> list[str]:
        """Opening hours, one line an entry."""
        return [self._opening(each) for each in hours]

    def opened(self, opened: Opened) -> str:
        """Whether it is open now, else when it opens."""
        if opened.now and opened.until:
            until = f"{opened.until:%H:%M}"
            if opened.again and opened.again.date() == opened.until.date():
                return self("open_now_again", until=until, again=f"{opened.again:%H:%M}")
            return self("open_now", until=until)
        why = self("closed_because", why=self.text(opened.why)) if opened.why else ""
        state = why or self("closed_now")
        if opened.again is None:
            return self("closed_until_asked", state=state)
        told = self._again(opened.again, state)
        unsure = "" if opened.settled else self("unpublished", year=opened.again.year)
        return self("sentences", first=told, second=unsure) if unsure else told

    def _again(self, again: datetime, state: str) -> str:
        days = (again.date() - self.at.astimezone(again.tzinfo).date()).days
        key = ("opens_today", "opens_tomorrow")[days] if days < 2 else "opens_on"
        return self(
            key,
            state=state,
            time=f"{again:%H:%M}",
            weekday=self.weekday(again.weekday()),
            month=self._month(again.month),
            day=again.day,
        )

    def _opening(self, opening: Opening) -> str:
        season = ""
        if opening.from_ and opening.to:
            first, last = (
                self("month_day", month=self._month(month), day=day)
                for month, day in (opening.from_, opening.to)
            )
            season = self("hours_season", from_=first, to=last)
        spans = self.joined(_span(span) for span in opening.open)
        return season + self("hours_line", days=self._days(opening.days), spans=spans)

    def _days(self, days: Sequence[int]) -> str:
        first, last = days[0], days[-1]
        if len(days) > 2 and list(days) == list(range(first, last + 1)):
            return self("days_range", first=self.weekday(first), last=self.weekday(last))
        return self.joined(self.weekday(day) for day in days)

    def _month(self, month: int) -> str:
        return self("months").split()[month - 1]

    def window(self, window: Window) -> str:
        """A window by number and name."""
        letter = "" if window.number.isdigit() else "_letter"
        key = f"window{letter}_named" if window.name else f"window{letter}"
        key = key if window.name or letter else "window_plain"
        return self(key, number=window.number, name=self.text(window.name))

    def phone(self, phone: str | None) -> str:
        """`, phone …`, or nothing."""
        return self("window_phone", phone=phone) if phone else ""

    def place(self, window: Window) -> str:
        """`, where the window is`, or nothing."""
        floor, place = self.text(window.floor), self.text(window.place)
        if floor.isdigit():
            floor = self("floor_number", floor=floor)
        in_place = floor in place or "楼" in place or "floor" in place.lower()
        told = self("window_floor", floor=floor) if floor and not in_place else ""
        return told + (self("window_place", place=place) if place else "")

    def materials(self, materials: Iterable[Material], hall: Hall) -> list[str]:
        """Materials as numbered lines."""
        return [f"{n}. {self.material(each, hall)}" for n, each in enumerate(materials, 1)]

    def material(self, material: Material, hall: Hall) -> str:
        """One material with how many, in which form, and where from."""
        name = self.text(material.name)
        if material.one_of:
            parts = self("or").join(self.material(each, hall) for each in material.one_of)
            name += self("material_one_of", list=parts)
        details = list(self._details(material, hall))
        if not details:
            return name
        return name + self("in_brackets", text=self("semicolon").join(details))

    def _count(self, key: str, number: int | None) -> str:
        if not number:
            return ""
        return self(f"material_{key}_one") if number == 1 else self(f"material_{key}", n=number)

    def _details(self, material: Material, hall: Hall) -> Iterable[str]:
        if material.when:
            yield self("material_when", when=_small(self.text(material.when)))
        counts = (
            self._count("original", material.original),
            self._count("copies", material.copies),
        )
        if any(counts):
            yield self.joined(counts)
        if material.need != "required":
            yield self(f"material_{material.need}")
        if material.electronic:
            yield self("material_electronic")
        for key in ("form", "sample", "source"):
            text: Text | None = getattr(material, key)
            if text:
                yield self(f"material_{key}", **{key: self.text(text)})
        issued = hall.named(material.topic) if material.topic else None
        if issued and not material.source:
            yield self("material_topic", topic=self.text(issued))
        if material.note:
            yield self.text(material.note)


def _span(span: Span) -> str:
    return f"{span.start:%H:%M}-{span.end:%H:%M}"


def _small(text: str) -> str:
    """A phrase inside a sentence begins small, unless it is a name."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def numbered(lines: Iterable[str]) -> list[str]:
    """Lines with their numbers."""
    return [f"{n}. {line}" for n, line in enumerate(lines, 1)]


def dotted(lines: Iterable[str]) -> list[str]:
    """Lines of a list without numbers."""
    return [f"· {line}" for line in lines]
