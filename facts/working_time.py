"""How terms run in working time: when they end, and when half of them has passed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from facts.model import Duration, Span

LOOK_AHEAD = 60
"""Days without any opening after which no further one is looked for."""
FARTHEST = 3660
"""Days after which no working time is counted any more."""

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The working time of one window or hall.

    `spans` are the times of a day at which it is open, in order. `same_day` is whether the day on
    which a term begins is the first that counts; else it is the next working day (民法典第201条).
    `moved` is whether a term in calendar days whose last day is a day off ends on the next working
    day (民法典第203条).
    """

    spans: Callable[[date], Sequence[Span]]
    zone: ZoneInfo
    same_day: bool = False
    moved: bool = True

    def due(self, at: datetime, term: Duration) -> datetime | None:
        """When a term ends that begins now; None where no working time is known, or too far off.

        Working days end when the hall closes. A term that begins after closing time or on a day
        off begins on the next working day, which is then the first that counts. Working hours run
        while it is open. All other terms run through days off: months and years to the day of the
        same number, or the last of a shorter month; they end when the hall closes on their last
        day, which is moved to the next working day where it is a day off and terms are `moved`.
        """
        if term.unit == "working hours":
            return self._after_hours(at, timedelta(hours=term.amount))
        local = at.astimezone(self.zone)
        if term.unit == "working days":
            today = self.same_day or not term.amount
            return self._after_days(local, max(term.amount, 1), today=today)
        if term.unit == "hours":
            return (at.astimezone(UTC) + timedelta(hours=term.amount)).astimezone(self.zone)
        day = self._calendar_day(local.date(), term)
        return self._end_of(day, local.time()) if day else None

    def half(self, at: datetime, due: datetime) -> datetime:
        """When half of the working time between two moments has passed.

        Half of all the time where none of it is working time.
        """
        stretches = [(start, min(end, due)) for start, end in self._stretches(at, due)]
        left = sum((end - start for start, end in stretches), timedelta()) / 2
        if not left:
            return (at.astimezone(UTC) + max(due - at, timedelta()) / 2).astimezone(self.zone)
        return self._after(stretches, left) or due.astimezone(self.zone)

    def _after_hours(self, at: datetime, left: timedelta) -> datetime | None:
        return self._after(self._stretches(at), left)

    def _after(
        self, stretches: Iterator[Stretch] | Sequence[Stretch], left: timedelta
    ) -> datetime | None:
        for start, end in stretches:
            if end - start >= left:
                return (start + left).astimezone(self.zone)
            left -= end - start
        return None

    def _after_days(self, local: datetime, left: int, *, today: bool) -> datetime | None:
        for day, spans in self._open_days(local.date()):
            end = self._moment(day, spans[-1].end)
            if day == local.date() and not (today and local.astimezone(UTC) < end):
                continue
            left -= 1
            if not left:
                return end.astimezone(self.zone)
        return None

    def _end_of(self, day: date, clock: time) -> datetime:
        """The end of a term in calendar days; at the time it began where no hours are known."""
        last, spans = next(self._open_days(day), (day, ()))
        if spans and (self.moved or last == day):
            return self._moment(last, spans[-1].end).astimezone(self.zone)
        return datetime.combine(day, clock, self.zone)

    def _calendar_day(self, day: date, term: Duration) -> date | None:
        amount = term.amount
        try:
            if term.unit in ("months", "years"):
                return _in_months(day, amount * (12 if term.unit == "years" else 1))
            days = {"days": amount - (self.same_day and amount > 0), "weeks": 7 * amount}
            return day + timedelta(days=days.get(term.unit, 0))
        except (OverflowError, ValueError):
            return None

    def _stretches(self, at: datetime, until: datetime | None = None) -> Iterator[Stretch]:
        """The working time from a moment on, in UTC: clocks may be put forward or back in it."""
        start = at.astimezone(UTC)
        for day, spans in self._open_days(at.astimezone(self.zone).date()):
            for span in spans:
                begin = max(self._moment(day, span.start), start)
                end = self._moment(day, span.end)
                if until is not None and begin >= until:
                    return
                if begin < end:
                    yield begin, end

    def _open_days(self, day: date) -> Iterator[tuple[date, Sequence[Span]]]:
        idle = 0
        for _ in range(FARTHEST):
            spans = self.spans(day)
            if spans:
                yield day, spans
            idle = 0 if spans else idle + 1
            if idle > LOOK_AHEAD or day == date.max:
                return
            day += timedelta(days=1)

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def _in_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
