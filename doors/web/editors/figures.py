"""The figures of a month as they stand now: the report's page, and its tables as files."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from desk.desk import Desk
from doors.web.editors.asking import Asking, asking
from doors.web.staff.gate import HEADERS, Gate
from doors.web.staff.markup import Markup, element
from editing.figures.files import csv_of, xlsx_of
from editing.figures.month import Month
from editing.figures.page import POLICY, Live
from editing.figures.report import BOOK, Report
from editing.words import Say
from facts.model import Hall
from ledger.connection import Database
from ledger.figures import Figures
from ledger.records import LedgerError

LOG = logging.getLogger("shouwen.doors")
KEEP = timedelta(minutes=1)
"""So long a count counts."""
MONTHS = 13
"""That can be chosen: this one, and those of a year before."""
# the page's own style is known by its digest; nothing is loaded but the door's icon
_HEADERS = HEADERS | {
    "Content-Security-Policy": f"{POLICY}; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Wanted(NamedTuple):
    hall: Hall
    month: Month
    this: Month


class FiguresRoutes:
    """The routes over a desk's halls and the database of its ledger. One report at a time is
    counted, in a thread, and kept for a minute."""

    def __init__(
        self, desk: Desk, gate: Gate, database: Database, now: Callable[[], datetime]
    ) -> None:
        self._desk = desk
        self._gate = gate
        self._database = database
        self._now = now
        self._counting = asyncio.Lock()
        self._kept: dict[tuple[str, str, str], tuple[datetime, Report]] = {}

    def routes(self) -> list[Route]:
        """The paths."""
        return [
            Route("/editors/figures", self.page),
            Route("/editors/table", self.table),
            Route("/editors/workbook", self.workbook),
        ]

    async def page(self, request: Request) -> Response:
        """The report of a month."""
        found = await self._found(request)
        if isinstance(found, Response):
            return found
        by, wanted, report = found
        live = Live(
            element("link", rel="icon", href="../icon.svg", type="image/svg+xml"),
            self._tools(by, wanted),
            lambda table: f"table?{_query(wanted, by.language)}&{urlencode({'key': table.key})}",
        )
        return HTMLResponse(report.page(live), headers=_HEADERS)

    async def table(self, request: Request) -> Response:
        """One table as CSV."""
        found = await self._found(request)
        if isinstance(found, Response):
            return found
        by, wanted, report = found
        key = request.query_params.get("key", "")
        table = next((each for each in report.tables if each.key == key), None)
        if table is None:
            return by.refused(by.page.saying("editors")("no_figures"), 404)
        name = f"{wanted.hall.id}-{wanted.month}-{key}.csv"
        return _file(csv_of(table), "text/csv; charset=utf-8", name)

    async def workbook(self, request: Request) -> Response:
        """All tables as XLSX."""
        found = await self._found(request)
        if isinstance(found, Response):
            return found
        _, wanted, report = found
        made = await run_in_threadpool(xlsx_of, report.tables)
        return _file(made, _XLSX, f"{wanted.hall.id}-{wanted.month}-{BOOK}")

    async def _found(self, request: Request) -> tuple[Asking, _Wanted, Report] | Response:
        by = await asking(self._gate, request, "../")
        if isinstance(by, Response):
            return by
        wanted = self._wanted(request, by)
        if wanted is None:
            return by.refused(by.page.saying("editors")("no_figures"), 404)
        try:
            return by, wanted, await self._report(wanted, by.language)
        except LedgerError as error:
            LOG.error("the figures could not be counted: %s", error)
            return by.refused(by.page.say("ledger_away"), 503)

    def _wanted(self, request: Request, by: Asking) -> _Wanted | None:
        """The hall and the month that are asked for: else the first, and this one."""
        halls = by.halls(self._desk)
        name, written = (request.query_params.get(each, "") for each in ("hall", "month"))
        hall = next((each for each in halls if name in ("", each.id)), None)
        if hall is None:
            return None
        this = Month.of(self._now().astimezone(ZoneInfo(hall.time_zone)))
        try:
            return _Wanted(hall, Month.read(written) if written else this, this)
        except ValueError:
            return None

    async def _report(self, wanted: _Wanted, language: str) -> Report:
        key = wanted.hall.id, str(wanted.month), language
        async with self._counting:
            now = self._now()
            self._kept = {
                each: kept for each, kept in self._kept.items() if kept[0] <= now < kept[0] + KEEP
            }
            if key not in self._kept:
                topics, figures = self._desk.knowledge.topics, Figures(self._database)
                say = Say.of(language)
                report = await run_in_threadpool(
                    Report.of, wanted.hall, topics, figures, wanted.month, say, now
                )
                self._kept[key] = now, report
            return self._kept[key][1]

    def _tools(self, by: Asking, wanted: _Wanted) -> Markup:
        """The way back, and what can be chosen."""
        say, halls = by.page.saying("editors"), by.halls(self._desk)
        months = [wanted.this.earlier(each) for each in range(MONTHS)]
        if wanted.month not in months:
            months.append(wanted.month)
        form = element(
            "form",
            _select(say("figures_hall"), "hall", [(each.id, each.name.say(by.language))
                    for each in halls], wanted.hall.id) if len(halls) > 1 else None,
            _select(say("figures_month"), "month", [(str(each), str(each)) for each in months],
                    str(wanted.month)),
            element("button", say("figures_go"), type="submit"),
        )  # fmt: skip
        others = [each for each in by.page.languages if each != by.language]
        return element(
            "nav",
            element("a", by.page.say("back_editors"), href="../editors"),
            form,
            element("a", say("figures_workbook"),
                    href=f"workbook?{_query(wanted, by.language)}"),
            *(element("a", by.page.switch(each), href=f"figures?{_query(wanted, each)}", lang=each)
              for each in others),
            aria_label=by.page.say("tools"),
        )  # fmt: skip


def _select(label: str, name: str, options: list[tuple[str, str]], chosen: str) -> Markup:
    made = [element("option", told, value=value, selected=value == chosen)
            for value, told in options]  # fmt: skip
    return element("label", label, " ", element("select", *made, name=name))


def _query(wanted: _Wanted, language: str) -> str:
    return urlencode({"hall": wanted.hall.id, "month": str(wanted.month), "language": language})


def _file(contents: bytes, media: str, name: str) -> Response:
    headers = HEADERS | {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(contents, media_type=media, headers=headers)
