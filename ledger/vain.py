"""What was asked in vain: the questions that the guides did not settle, and for what reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    CompoundSelect,
    Select,
    Table,
    and_,
    func,
    literal,
    null,
    select,
    union_all,
)

from ledger.connection import Database
from ledger.tables import ratings, receipts, turns

Reason = Literal["taken_down", "asked_back", "unhelpful", "weak"]
"""Why a question counts: nobody's guide answered it; asked back, and nothing came of it; answered,
and then said not to be settled or rated low; answered with little confidence."""

LOW = 2
"""A rating up to here says that the answer was of no use."""
TOLD = ("answered", "led", "referred")
"""Outcomes that are an answer."""
ASKED_BACK = "choose"
NOTHING_CAME = ("", "talk")
"""What follows a question back that led to nothing: no more turn, or courtesy."""
QUESTION = "question"
"""The kind of a receipt that is no grievance and no wish for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """One question of one session that was asked in vain; `topic` is what it was answered about."""

    at: datetime
    reason: Reason
    session: str
    text: str
    topic: str | None


def failed(
    database: Database,
    hall: str,
    since: datetime,
    until: datetime,
    weak: tuple[float, float] | None = None,
) -> list[Failed]:
    """The questions asked in vain, those of `weak` too: answered with a confidence from the
    first to below the second. Raises `LedgerError`."""
    asked = asked_in_vain(hall, since, until, weak).subquery()
    query = select(asked).where(asked.c.session != "")
    with database.reading() as connection:
        return [Failed(**row) for row in connection.execute(query).mappings()]


def asked_in_vain(
    hall: str, since: datetime, until: datetime, weak: tuple[float, float] | None = None
) -> CompoundSelect[Any]:
    """Rows of reason, session, text, topic and time."""
    receipts_then = _within(receipts, hall, since, until, receipts.c.kind == QUESTION)
    answered = _answer(receipts, turns.c.text == receipts.c.text)
    asked_back = _within(turns, hall, since, until, turns.c.outcome == ASKED_BACK)
    bad = _within(
        ratings, hall, since, until, and_(ratings.c.level <= LOW, ratings.c.receipt.is_(None))
    )
    rated = _answer(ratings, turns.c.topic == ratings.c.topic)
    parts = [
        _rows("taken_down", receipts, receipts.c.text, null()).where(
            receipts_then, ~answered.exists()
        ),
        _rows("unhelpful", receipts, receipts.c.text, _last(answered, turns.c.topic)).where(
            receipts_then, answered.exists()
        ),
        _rows("asked_back", turns, turns.c.text, null()).where(
            asked_back, turns.c.text != "", func.coalesce(_next_outcome(), "").in_(NOTHING_CAME)
        ),
        _rows("unhelpful", ratings, _last(rated, turns.c.text), ratings.c.topic).where(
            bad, rated.exists()
        ),
    ]
    if weak:
        least, below = weak
        unsure = and_(
            turns.c.outcome.in_(TOLD),
            turns.c.confidence >= least,
            turns.c.confidence < below,
            turns.c.text != "",
        )
        unsurely = _within(turns, hall, since, until, unsure)
        parts.append(_rows("weak", turns, turns.c.text, turns.c.topic).where(unsurely))
    return union_all(*parts)


def _rows(reason: Reason, table: Table, text: Any, topic: Any) -> Select[Any]:
    return select(
        literal(reason).label("reason"),
        table.c.session.label("session"),
        text.label("text"),
        topic.label("topic"),
        table.c.at.label("at"),
    )


def _within(table: Table, hall: str, since: datetime, until: datetime, more: Any) -> Any:
    return and_(table.c.hall == hall, table.c.at >= since, table.c.at < until, more)


def _answer(after: Table, same: Any) -> Select[Any]:
    """The answers in the same session before a receipt or a rating, to what it is about."""
    return (
        select(turns.c.id)
        .where(
            turns.c.session == after.c.session,
            turns.c.outcome.in_(TOLD),
            turns.c.at <= after.c.at,
            same,
            turns.c.text != "",
        )
        .correlate(after)
    )


def _last(answers: Select[Any], column: Any) -> Any:
    wanted = answers.with_only_columns(column, maintain_column_froms=True)
    return wanted.order_by(turns.c.id.desc()).limit(1).scalar_subquery()


def _next_outcome() -> Any:
    later = turns.alias("later")
    return (
        select(later.c.outcome)
        .where(later.c.session == turns.c.session, later.c.id > turns.c.id)
        .order_by(later.c.id)
        .limit(1)
        .correlate(turns)
        .scalar_subquery()
    )
