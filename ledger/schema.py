"""The version of the tables in a database: made, brought up to date, or refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.schema import CreateIndex, CreateTable

from ledger.records import LedgerError
from ledger.tables import VERSIONS, metadata, version

HERE = Path(__file__).parent
FIRST = "schema"
"""The table that held the version before Alembic did."""
LOCK = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "BEGIN; SELECT pg_advisory_xact_lock(20261126)",
}
"""Of several processes that open one database at the same time, one at a time looks and makes."""


def prepare(connection: Connection, name: str) -> None:
    """Make the tables, or bring them up to date. Raises `LedgerError` for a newer database."""
    if _found(connection) == VERSIONS[-1]:
        return
    connection.exec_driver_sql(LOCK[connection.dialect.name])
    try:
        found = _found(connection)
        if found is None:
            _create(connection)
        elif found not in VERSIONS:
            raise LedgerError(
                f"{name}: written by a newer Shouwen (tables of version {found}, known here up to "
                f"{VERSIONS[-1]}); update Shouwen to read it"
            )
        elif found != VERSIONS[-1]:
            _upgrade(connection, found)
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def _found(connection: Connection) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if version.name in tables:
        return connection.scalar(select(version.c.version_num))
    if FIRST in tables:
        known = connection.scalar(text("SELECT version FROM schema"))
        return None if known is None else f"{known:04}"
    return None


def _create(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    connection.execute(version.insert(), {"version_num": VERSIONS[-1]})


def _upgrade(connection: Connection, found: str) -> None:
    from alembic import command  # noqa: PLC0415 - only an old database needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["connection"] = connection
    if version.name not in inspect(connection).get_table_names():
        command.stamp(config, found)
    command.upgrade(config, "head")
