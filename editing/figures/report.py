"""A month's report of every hall, written into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from desk.topics import Topics
from editing import whole
from editing.figures.files import csv_of, xlsx_of
from editing.figures.month import Month
from editing.figures.page import Live, page
from editing.figures.table import Table
from editing.figures.tables import MonthTables
from editing.words import Say
from facts.model import Hall
from ledger.connection import Database
from ledger.figures import Figures

PAGE, BOOK = "report.html", "figures.xlsx"


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one hall and one month; `at` is when it was counted, on the hall's clock."""

    title: str
    at: str
    tables: Sequence[Table]
    say: Say

    @classmethod
    def of(
        cls, hall: Hall, topics: Topics, figures: Figures, month: Month, say: Say, now: datetime
    ) -> Self:
        """Count it. Raises `LedgerError`."""
        tables = MonthTables(hall, topics, month, say).of(figures, now)
        name = hall.name.say(say.language)
        title = say("report_title", hall=name, year=month.year, month=month.month)
        at = now.astimezone(ZoneInfo(hall.time_zone)).strftime("%Y-%m-%d %H:%M")
        return cls(title, at, tables, say)

    def page(self, live: Live | None = None) -> str:
        """The page of it."""
        return page(self.title, self.at, self.tables, self.say, live)


def report_of(
    halls: Sequence[Hall],
    database: Database,
    month: str | None,
    folder: Path | None,
    language: str,
    now: datetime | None = None,
) -> list[str]:
    """Write the report of a month (without one, of the last that is over); what is told of it.

    Raises `MonthError`, `LedgerError`, `Unwritable`, and OSError.
    """
    at = (now or datetime.now(UTC)).astimezone(ZoneInfo(halls[0].time_zone))
    wanted = Month.read(month) if month else Month.before(at)
    out = folder or Path(f"report-{wanted}")
    return write_reports(halls, Figures(database), wanted, out, Say.of(language), at)


def write_reports(
    halls: Sequence[Hall], figures: Figures, month: Month, folder: Path, say: Say, now: datetime
) -> list[str]:
    """Write the report of every hall, each in a folder of its own where there are several.

    Gives a line for each. Raises `LedgerError`, `Unwritable`, and OSError.
    """
    topics = Topics(halls)
    several = len(halls) > 1
    return [
        _write(hall, topics, figures, month, folder / hall.id if several else folder, say, now)
        for hall in halls
    ]


def _write(
    hall: Hall,
    topics: Topics,
    figures: Figures,
    month: Month,
    folder: Path,
    say: Say,
    now: datetime,
) -> str:
    report = Report.of(hall, topics, figures, month, say, now)
    files = {folder / PAGE: report.page().encode("utf-8", "replace")}
    files |= {folder / f"{table.key}.csv": csv_of(table) for table in report.tables}
    whole.write({**files, folder / BOOK: xlsx_of(report.tables)})
    return say("report_done", file=folder / PAGE, count=len(report.tables))
