"""What a refusal is based on, and what a complaint is about."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the two columns; what was written before has neither."""
    op.add_column("events", sa.Column("basis", sa.String()))
    op.add_column("receipts", sa.Column("category", sa.String()))
