"""The tables of the ledger, the same for every database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

VERSION = 1
"""The version of these tables; a change of them raises it."""


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept in UTC: SQLite drops the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """The time in UTC; a time without zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone cannot be kept: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """The time in UTC, with its zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]


class Words(TypeDecorator[str]):
    """Text that every database takes: half characters and NUL become `?`."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """The text without what cannot be stored."""
        if value is None:
            return None
        return value.encode("utf-8", "replace").decode().replace("\0", "?")


metadata = MetaData()

schema = Table(
    "schema",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("number", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("hall", Words, nullable=False),
    Column("door", Words, nullable=False),
    Column("session", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("topic", Words),
    Column("window", Words),
    Column("due", Moment),
    Column("kind", Words, nullable=False),
    Column("state", Words, nullable=False),
    Index("receipts_by_state_and_due", "state", "due"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("hall", Words),
    Column("door", Words, nullable=False),
    Column("session", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("topic", Words),
    Column("case", Words),
    Column("about", JSON, nullable=False),
    Column("window", Words),
    Column("confidence", Float, nullable=False),
    Column("milliseconds", Float, nullable=False),
    Column("receipt", ForeignKey("receipts.number")),
    Index("turns_by_at", "at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("session", Words, primary_key=True),
    Column("conversation", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
