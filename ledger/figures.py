"""Figures: what the ledger holds of a span of time, counted in the database.

Nothing here tells of one person: a text comes out only where several sessions have written it,
unless the caller, who is one of the hall's editors, asks for fewer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Label,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    distinct,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from ledger.connection import Database
from ledger.tables import events, ratings, receipts, turns
from ledger.vain import asked_in_vain

SEVERAL = 3
"""A text is told where at least so many sessions have written it."""
ANSWERS = ("answered", "not_ours", "refused")
"""Events by which a receipt is answered."""
COMPLAINT = "complaint"
"""The kind of a receipt that is a complaint."""
TALK = "talk"
"""The outcome of a turn that is no question."""

# A moment is kept as text in SQLite and as a time with its zone in PostgreSQL; both as UTC.
_MINUTE: Mapping[str, Callable[[ColumnElement[datetime]], ColumnElement[str]]] = {
    "sqlite": lambda at: func.substr(at, 1, 16, type_=String),
    "postgresql": lambda at: func.to_char(
        func.timezone("UTC", at), "YYYY-MM-DD HH24:MI", type_=String
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """How many turns there were of one kind."""

    hall: str | None
    window: str | None
    topic: str | None
    door: str
    language: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many receipts there were of one kind.

    `standing` is: in_time, late (answered after the end of the term, or not answered by then),
    open (the term has not ended yet), or no_term.
    """

    hall: str
    window: str | None
    topic: str | None
    kind: str
    door: str
    language: str
    standing: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained:
    """How many complaints there were of one kind, see `Taken`; `window` is the one complained
    about, `refused` whether they were not accepted."""

    window: str | None
    category: str | None
    standing: str
    refused: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """How many ratings there were of one level."""

    hall: str
    window: str | None
    topic: str | None
    level: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """How many questions were asked in a quarter of an hour that begins at `at`."""

    at: datetime
    outcome: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text that several sessions have written, how often, and a topic it was answered about."""

    text: str
    topic: str | None
    sessions: int
    count: int


class Figures:
    """Counts of the turns, receipts and ratings from one moment to before another.

    Every method may raise `LedgerError`. `hall` is a hall's id.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def turns(self, hall: str, since: datetime, until: datetime) -> list[Turns]:
        """The turns by window, topic, door, language and outcome."""
        by = [turns.c[name] for name in ("hall", "window", "topic", "door", "language", "outcome")]
        query = select(*by, func.count().label("count")).where(_turns(hall, since, until))
        return [Turns(**row) for row in self._rows(query.group_by(*by))]

    def about(self, hall: str, since: datetime, until: datetime) -> dict[tuple[str, ...], int]:
        """How often each combination of intents was asked, where the turn is a question."""
        about = cast(turns.c.about, String).label("about")
        asked = and_(_turns(hall, since, until), turns.c.outcome != TALK)
        query = select(about, func.count().label("count")).where(asked).group_by(about)
        return {tuple(json.loads(row["about"])): row["count"] for row in self._rows(query)}

    def sessions(self, hall: str, since: datetime, until: datetime) -> int:
        """How many conversations there were."""
        query = select(func.count(distinct(turns.c.session)).label("count"))
        [row] = self._rows(query.where(_turns(hall, since, until), turns.c.session != ""))
        return int(row["count"])

    def quarters(self, hall: str, since: datetime, until: datetime) -> list[Quarter]:
        """The questions by the time they were asked: zones are shifted by quarters of an hour."""
        minute = _MINUTE[self._database.backend](turns.c.at)
        hour = func.substr(minute, 1, 13, type_=String).label("hour")
        quarter = (cast(func.substr(minute, 15, 2), Integer) // 15).label("quarter")
        by = (hour, quarter, turns.c.outcome)
        asked = and_(_turns(hall, since, until), turns.c.outcome != TALK)
        query = select(*by, func.count().label("count")).where(asked).group_by(*by)
        return [
            Quarter(
                at=datetime.fromisoformat(f"{row['hour']}:{15 * int(row['quarter']):02}").replace(
                    tzinfo=UTC
                ),
                outcome=row["outcome"],
                count=row["count"],
            )
            for row in self._rows(query)
        ]

    def receipts(self, hall: str, since: datetime, until: datetime, now: datetime) -> list[Taken]:
        """The receipts taken down in that time, by how they stand now."""
        answered = _last(ANSWERS, hall, since, until)
        standing = _standing(answered, now)
        names = ("hall", "window", "topic", "kind", "door", "language")
        by = (*(receipts.c[name] for name in names), standing)
        query = (
            select(*by, func.count().label("count"))
            .outerjoin(answered, answered.c.receipt == receipts.c.number)
            .where(_within(receipts, hall, since, until))
            .group_by(*by)
        )
        return [Taken(**row) for row in self._rows(query)]

    def complaints(
        self, hall: str, since: datetime, until: datetime, now: datetime
    ) -> list[Complained]:
        """The complaints taken down in that time, by how they stand now."""
        answered = _last(ANSWERS, hall, since, until)
        refused = _last(("refused",), hall, since, until)
        by = (
            receipts.c.about.label("window"),
            receipts.c.category,
            _standing(answered, now),
            # What was reopened and answered after all is refused no longer.
            func.coalesce(refused.c.at == answered.c.at, false()).label("refused"),
        )
        query = (
            select(*by, func.count().label("count"))
            .outerjoin(answered, answered.c.receipt == receipts.c.number)
            .outerjoin(refused, refused.c.receipt == receipts.c.number)
            .where(_within(receipts, hall, since, until), receipts.c.kind == COMPLAINT)
            .group_by(*by)
        )
        return [Complained(**{**row, "refused": bool(row["refused"])}) for row in self._rows(query)]

    def ratings(self, hall: str, since: datetime, until: datetime) -> list[Rated]:
        """The ratings by window, topic and level."""
        by = [ratings.c[name] for name in ("hall", "window", "topic", "level")]
        query = select(*by, func.count().label("count"))
        query = query.where(_within(ratings, hall, since, until)).group_by(*by)
        return [Rated(**row) for row in self._rows(query)]

    def said(
        self, hall: str, since: datetime, until: datetime, most: int, least: int = SEVERAL
    ) -> list[Said]:
        """The questions that most sessions, and at least so many, have asked in the same words."""
        asked = and_(_turns(hall, since, until), turns.c.outcome != TALK)
        return [Said(**row) for row in self._rows(_several(turns, most, asked, least))]

    def vain(
        self, hall: str, since: datetime, until: datetime, most: int
    ) -> tuple[dict[str, int], list[Said]]:
        """How many questions were asked in vain by the reason, and those that most have asked."""
        asked = asked_in_vain(hall, since, until).cte("asked")
        reasons = select(
            asked.c.reason.label("text"),
            null().label("topic"),
            literal(0).label("sessions"),
            func.count().label("count"),
        ).group_by(asked.c.reason)
        rows = self._rows(union_all(reasons, select(_several(asked, most).subquery())))
        found = [Said(**row) for row in rows if row["sessions"]]
        found.sort(key=lambda each: (-each.sessions, each.text))
        return {row["text"]: row["count"] for row in rows if not row["sessions"]}, found

    def _rows(
        self, query: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
    ) -> Sequence[Mapping[str, Any]]:
        with self._database.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _several(
    asked: Any, most: int, where: ColumnElement[bool] | None = None, least: int = SEVERAL
) -> Select[Any]:
    """The texts that most sessions have written, each with its topic and how often."""
    sessions = func.count(distinct(asked.c.session)).label("sessions")
    topic, count = func.max(asked.c.topic).label("topic"), func.count().label("count")
    return (
        select(asked.c.text, topic, sessions, count)
        .where(true() if where is None else where, asked.c.session != "", asked.c.text != "")
        .group_by(asked.c.text)
        .having(sessions >= least)
        .order_by(sessions.desc(), asked.c.text)
        .limit(most)
    )


def _within(table: Any, hall: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(table.c.hall == hall, table.c.at >= since, table.c.at < until)


def _turns(hall: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    return _within(turns, hall, since, until)


def _last(kinds: tuple[str, ...], hall: str, since: datetime, until: datetime) -> Subquery:
    """When such an event happened last to each receipt of that time."""
    return (
        select(events.c.receipt, func.max(events.c.at).label("at"))
        .join(receipts, receipts.c.number == events.c.receipt)
        .where(_within(receipts, hall, since, until), events.c.kind.in_(kinds))
        .group_by(events.c.receipt)
        .subquery()
    )


def _standing(answered: Subquery, now: datetime) -> Label[str]:
    """How a receipt stands, whose last answer is in `answered`."""
    settled = func.coalesce(answered.c.at, receipts.c.closed_at)
    done = receipts.c.state.in_(("answered", "closed"))
    return case(
        (receipts.c.due.is_(None), "no_term"),
        (and_(done, settled <= receipts.c.due), "in_time"),
        (or_(done, receipts.c.due < now), "late"),
        else_="open",
    ).label("standing")
