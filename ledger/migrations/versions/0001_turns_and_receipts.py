"""Turns, receipts and conversations: made by the program itself, before there was Alembic."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: a database of this version is as it was made."""
