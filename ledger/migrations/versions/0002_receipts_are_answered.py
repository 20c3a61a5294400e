"""Receipts are taken, passed on, answered and closed; notices, ratings and contacts."""

import sqlalchemy as sa
from alembic import op

from ledger.tables import contacts, events, notices, ratings

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and tables, and drop the version of before Alembic."""
    for column in (
        sa.Column("message", sa.String()),
        sa.Column("taker", sa.String()),
        sa.Column("remind_at", sa.DateTime(timezone=True)),
        sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("about", sa.String()),
    ):
        op.add_column("receipts", column)
    op.create_index("receipts_by_remind_at", "receipts", ["remind_at"])
    op.create_index("receipts_by_session", "receipts", ["session"])
    op.add_column("turns", sa.Column("message", sa.String()))
    op.add_column("turns", sa.Column("reply", sa.JSON()))
    op.create_index("turns_by_session", "turns", ["session", "message"])
    for table in (events, notices, ratings, contacts):
        table.create(op.get_bind())
    op.drop_table("schema")
