"""Runs the migrations on the connection that `ledger.schema` hands over."""

from alembic import context

from ledger.tables import metadata

# The caller has begun, and commits or rolls back, all of it.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
