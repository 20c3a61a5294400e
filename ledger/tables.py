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

VERSIONS = ("0001", "0002", "0003")
"""The versions of these tables, oldest first: each one after the first has a file in `migrations/`
that makes it of the one before."""


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

version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))

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
    Column("message", Words),
    Column("taker", Words),
    Column("remind_at", Moment),
    Column("reminders", Integer, nullable=False, server_default="0"),
    Column("closed_at", Moment),
    Column("about", Words),
    Column("category", Words),
    Index("receipts_by_state_and_due", "state", "due"),
    Index("receipts_by_remind_at", "remind_at"),
    Index("receipts_by_session", "session"),
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
    Column("message", Words),
    Column("reply", JSON(none_as_null=True)),
    Index("turns_by_at", "at"),
    Index("turns_by_session", "session", "message"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("session", Words, primary_key=True),
    Column("conversation", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("receipt", ForeignKey("receipts.number"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("window", Words),
    Column("text", Words),
    Column("due", Moment),
    Column("basis", Words),
    Index("events_by_receipt", "receipt"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("to", Words, nullable=False),
    Column("receipt", Words),
    Column("kind", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("claimed_at", Moment),
    Index("notices_by_to", "to"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("hall", Words, nullable=False),
    Column("session", Words, nullable=False),
    Column("window", Words),
    Column("topic", Words),
    Column("receipt", Words),
    Column("level", Integer, nullable=False),
    Index("ratings_by_at", "at"),
    Index("ratings_by_session", "session"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("receipt", ForeignKey("receipts.number"), primary_key=True),
    Column("secret", Words, nullable=False),
)
