"""What goes into the ledgers under test, and a look into the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, select

from ledger.database import file_url
from ledger.records import Entry, Receipt
from ledger.tables import turns

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)

ENTRY = Entry(
    at=NOON,
    hall="taiping",
    door="web",
    session="s1",
    language="zh",
    text="社保卡丢了怎么办",
    outcome="answered",
    topic="social_card",
    case=None,
    about=("materials", "fee"),
    window="3",
    confidence=0.93,
    milliseconds=1.25,
)

RECEIPT = Receipt(
    number="K7M4Q",
    at=NOON,
    hall="taiping",
    door="telegram",
    session="s1",
    language="zh",
    text="我的退休金少了",
    topic="pension",
    window="5",
    due=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
)


def entries_in(path: Path) -> list[Entry]:
    """The turns in the database in this file, oldest first."""
    engine = create_engine(file_url(path))
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(select(turns).order_by("id")).mappings()]
    engine.dispose()
    for row in rows:
        del row["id"]
        row["about"] = tuple(row["about"])
    return [Entry(**row) for row in rows]
