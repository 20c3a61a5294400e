"""The tables of a month's report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.topics import Topics
from editing.figures.complaints import complaint_tables
from editing.figures.measures import COLUMNS, OUTCOMES, Counts, Measures, Placed
from editing.figures.month import Month
from editing.figures.table import Chart, Share, Table
from editing.words import Say
from facts.model import Hall
from intents.fold import fold
from ledger.figures import Figures, Quarter, Said

MOST = 50
"""Questions that are told in their own words."""
LEVELS = (5, 4, 3, 2, 1)
BY_TIME = (*OUTCOMES, ("registered",))
ASKED, IN_TIME, SATISFIED = (
    1,
    1 + COLUMNS.index("in_time_share"),
    1 + COLUMNS.index("satisfied_share"),
)
REASONS = ("taken_down", "asked_back", "unhelpful")


@dataclass(frozen=True, slots=True)
class MonthTables:
    """Makes the tables of one hall and one month, in the words of `say`."""

    hall: Hall
    topics: Topics
    month: Month
    say: Say

    def of(self, figures: Figures, now: datetime) -> list[Table]:
        """All tables, the whole first. Raises `LedgerError`."""
        zone = ZoneInfo(self.hall.time_zone)
        span = (self.hall.id, *self.month.span(zone))
        turns, ratings = figures.turns(*span), figures.ratings(*span)
        counts = Counts(turns, figures.receipts(*span, now), ratings)
        reasons, in_vain = figures.vain(*span, MOST)
        return [
            self._whole(counts, figures.sessions(*span)),
            *self._places(counts),
            self._levels(counts),
            self._by_window_and_level(counts),
            *self._times(figures.quarters(*span), zone),
            self._way("doors", counts, "door"),
            self._way("languages", counts, "language"),
            self._about(figures.about(*span)),
            self._said("most", figures.said(*span, MOST)),
            self._reasons(reasons),
            self._said("vain", in_vain),
            *complaint_tables(figures.complaints(*span, now), self.say, self._window),
        ]

    def _whole(self, counts: Counts, sessions: int) -> Table:
        whole = counts.by_place(lambda _: "").get("", Measures())
        rows = [
            (self.say("sessions"), sessions, None),
            *(
                (self.say(f"column_{name}"), cell, self._share(name, whole))
                for name, cell in zip(COLUMNS, whole.cells(), strict=True)
            ),
        ]
        columns = (self.say("column_measure"), self.say("column_count"), self.say("column_of_all"))
        return Table(
            key="whole",
            title=self.say("table_whole"),
            columns=columns,
            rows=tuple(rows),
            note=self.say("note_whole"),
        )

    @staticmethod
    def _share(name: str, whole: Measures) -> Share | None:
        of_turns = dict(zip(COLUMNS[1:4], OUTCOMES, strict=True))
        if name in of_turns:
            return Share(whole.ended(*of_turns[name]), whole.asked)
        if name in ("in_time", "late", "open"):
            return Share(whole.standings[name], whole.standings.total())
        return Share(whole.standings.total(), whole.asked) if name == "taken_down" else None

    def _places(self, counts: Counts) -> Iterator[Table]:
        windows = counts.by_place(lambda each: each.window)
        known: dict[Hashable, str] = {
            each.number: self._window(each.number) for each in self.hall.windows
        }
        side_by_side = Chart("bars", (IN_TIME, SATISFIED))
        yield self._table("windows", known, windows, side_by_side, all_known=True)
        yield self._table("offices", {}, counts.by_place(self._office), Chart("bars", (ASKED,)))
        yield self._table("services", {}, counts.by_place(self._topic), Chart("bars", (ASKED,)))

    def _table(
        self,
        key: str,
        known: Mapping[Hashable, str],
        measured: Mapping[Hashable, Measures],
        chart: Chart,
        *,
        all_known: bool = False,
    ) -> Table:
        """A row for each group: those known in their order, else the most asked first."""
        order = sorted(
            (each for each in measured if each not in known and each is not None),
            key=lambda each: (-measured[each].asked, str(each)),
        )
        keys: list[Hashable] = [*(known if all_known else ()), *order]
        keys += [None] if None in measured else []
        rows = tuple(
            (
                known.get(each) or (self.say("none") if each is None else str(each)),
                *measured.get(each, Measures()).cells(),
            )
            for each in keys
        )
        columns = (self.say(f"first_{key}"), *(self.say(f"column_{each}") for each in COLUMNS))
        return Table(
            key=key,
            title=self.say(f"table_{key}"),
            columns=columns,
            rows=rows,
            note=self.say(f"note_{key}"),
            chart=chart,
        )

    def _levels(self, counts: Counts) -> Table:
        levels: Counter[int] = Counter()
        for each in counts.ratings:
            levels[each.level] += each.count
        rows = tuple(
            (self.say.level(each), levels[each], Share(levels[each], levels.total()))
            for each in LEVELS
        )
        return self._counted("ratings", rows, "note_ratings")

    def _by_window_and_level(self, counts: Counts) -> Table:
        given: dict[str | None, Counter[int]] = {}
        for each in counts.ratings:
            given.setdefault(each.window, Counter())[each.level] += each.count
        order = sorted(given, key=lambda each: (each is None, str(each)))
        return Table(
            key="ratings-by-window",
            title=self.say("table_ratings-by-window"),
            columns=(self.say("first_windows"), *(self.say.level(each) for each in LEVELS)),
            rows=tuple(
                (self._window(window), *(given[window][each] for each in LEVELS))
                for window in order
            ),
        )

    def _times(self, quarters: Sequence[Quarter], zone: ZoneInfo) -> Iterator[Table]:
        days: dict[int, Counter[str]] = {}
        hours: dict[int, Counter[str]] = {each: Counter() for each in range(24)}
        first, end = self.month.span(zone)
        for each in range(1, (end.replace(tzinfo=None) - first.replace(tzinfo=None)).days + 1):
            days[each] = Counter()
        for quarter in quarters:
            local = quarter.at.astimezone(zone)
            days[local.day][quarter.outcome] += quarter.count
            hours[local.hour][quarter.outcome] += quarter.count
        for key, times in (("days", days), ("hours", hours)):
            yield Table(
                key=key,
                title=self.say(f"table_{key}"),
                columns=(
                    self.say(f"first_{key}"),
                    self.say("column_asked"),
                    *(self.say(f"outcome_{each[-1]}") for each in BY_TIME),
                ),
                rows=tuple(
                    (
                        self._time(key, time),
                        count.total(),
                        *(sum(count[name] for name in each) for each in BY_TIME),
                    )
                    for time, count in times.items()
                ),
                chart=Chart("columns", (1,)),
            )

    def _time(self, key: str, time: int) -> str:
        return str(time) if key == "days" else f"{time:02}:00"

    def _way(self, key: str, counts: Counts, name: str) -> Table:
        ways = counts.by_way(lambda each: str(getattr(each, name)))
        rows = sorted(ways.items(), key=lambda each: (-each[1].asked, str(each[0])))
        shown = COLUMNS[: COLUMNS.index("ratings")]
        return Table(
            key=key,
            title=self.say(f"table_{key}"),
            columns=(self.say(f"first_{key}"), *(self.say(f"column_{each}") for each in shown)),
            rows=tuple(
                (self.say.known(f"{name}_{way}", str(way)), *measures.cells()[: len(shown)])
                for way, measures in rows
            ),
            chart=Chart("bars", (ASKED,)),
        )

    def _about(self, about: Mapping[tuple[str, ...], int]) -> Table:
        asked: Counter[str] = Counter()
        for intents, count in about.items():
            for each in intents:
                asked[each] += count
        rows = tuple(
            (self.say.known(f"about_{intent}", intent), count, Share(count, asked.total()))
            for intent, count in asked.most_common()
        )
        return self._counted("about", rows, "")

    def _reasons(self, reasons: Mapping[str, int]) -> Table:
        whole = sum(reasons.values())
        rows = tuple(
            (self.say(f"reason_{each}"), reasons.get(each, 0), Share(reasons.get(each, 0), whole))
            for each in REASONS
        )
        return self._counted("vain-reasons", rows, "note_vain-reasons")

    def _counted(self, key: str, rows: tuple[tuple[str, int, Share], ...], note: str) -> Table:
        return Table(
            key=key,
            title=self.say(f"table_{key}"),
            columns=(self.say(f"first_{key}"), self.say("column_count"), self.say("column_share")),
            rows=rows,
            note=self.say(note) if note else "",
            chart=Chart("bars", (1,)),
        )

    def _said(self, key: str, said: Sequence[Said]) -> Table:
        """Questions in their own words: those that differ in signs and case alone are one row."""
        rows: dict[str, Said] = {}
        counts: Counter[str] = Counter()
        for each in said:
            rows.setdefault(fold(each.text), each)
            counts[fold(each.text)] += each.count
        columns = ("question", "topic", "people", "times")
        return Table(
            key=key,
            title=self.say(f"table_{key}"),
            columns=tuple(self.say(f"column_{each}") for each in columns),
            rows=tuple(
                (each.text, self._name(each.topic) or "", each.sessions, counts[folded])
                for folded, each in rows.items()
            ),
            note=self.say("note_said"),
        )

    def _window(self, number: str | None) -> str:
        found = self.hall.window(number)
        if found is None:
            return number or self.say("none")
        name = found.name.say(self.say.language) if found.name else ""
        return f"{number} {name}".strip()

    def _office(self, each: Placed) -> str | None:
        topic = self.topics.find(each.topic)
        if topic is None:
            return None
        if topic.office is None:
            return self.say(f"kind_{topic.kind}")
        return topic.office.office.say(self.say.language)

    def _topic(self, each: Placed) -> str | None:
        return self._name(each.topic)

    def _name(self, label: str | None) -> str | None:
        topic = self.topics.find(label)
        if topic is None:
            return label
        return (
            self._window(topic.name(""))
            if topic.kind == "window"
            else topic.name(self.say.language)
        )
