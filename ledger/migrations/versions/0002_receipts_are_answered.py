"""Receipts are taken, passed on, answered and closed; notices, ratings and contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def moment(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    """A column for a time with its zone."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def words(name: str, *, nullable: bool = True) -> "sa.Column[object]":
    """A column for text."""
    return sa.Column(name, sa.String(), nullable=nullable)


def upgrade() -> None:
    """Add the columns and tables, and drop the version of before Alembic."""
    for column in (
        words("message"),
        words("taker"),
        moment("remind_at"),
        sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"),
        moment("closed_at"),
        words("about"),
    ):
        op.add_column("receipts", column)
    op.create_index("receipts_by_remind_at", "receipts", ["remind_at"])
    op.create_index("receipts_by_session", "receipts", ["session"])
    op.add_column("turns", words("message"))
    op.add_column("turns", sa.Column("reply", sa.JSON()))
    op.create_index("turns_by_session", "turns", ["session", "message"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("receipt", sa.String(), sa.ForeignKey("receipts.number"), nullable=False),
        moment("at", nullable=False),
        words("kind", nullable=False),
        words("by", nullable=False),
        words("window"),
        words("text"),
        moment("due"),
    )
    op.create_index("events_by_receipt", "events", ["receipt"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), primary_key=True),
        moment("at", nullable=False),
        words("to", nullable=False),
        words("receipt"),
        words("kind", nullable=False),
        words("text", nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        moment("claimed_at"),
    )
    op.create_index("notices_by_to", "notices", ["to"])
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), primary_key=True),
        moment("at", nullable=False),
        words("hall", nullable=False),
        words("session", nullable=False),
        words("window"),
        words("topic"),
        words("receipt"),
        sa.Column("level", sa.Integer(), nullable=False),
    )
    op.create_index("ratings_by_at", "ratings", ["at"])
    op.create_index("ratings_by_session", "ratings", ["session"])
    op.create_table(
        "contacts",
        sa.Column("receipt", sa.String(), sa.ForeignKey("receipts.number"), primary_key=True),
        words("secret", nullable=False),
    )
    op.drop_table("schema")
