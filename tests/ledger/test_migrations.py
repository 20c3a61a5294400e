"""A database of an older program is brought up to date, with all that stands in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger_samples import ENTRY, LONG_AGO, NOON, RECEIPT
from sqlalchemy import Connection, create_engine, make_url, text

import ledger.schema
from ledger.database import DatabaseLedger
from ledger.records import Event
from ledger.tables import VERSIONS, metadata

pytest_plugins = ["ledger_fixtures"]
MIGRATIONS = Path(ledger.schema.__file__).parent / "migrations"
OLD = Path(__file__).with_name("version_1.sql").read_text("utf-8")
SPELT = {
    "sqlite": {"moment": "DATETIME", "serial": "INTEGER", "zone": ""},
    "postgresql": {"moment": "TIMESTAMP WITH TIME ZONE", "serial": "SERIAL", "zone": "+00"},
}


@pytest.fixture
def connection(url: str, path: Path) -> Iterator[Connection]:
    """A connection to the database beside the ledger."""
    path.parent.mkdir()
    address = make_url(url.replace("postgresql:", "postgresql+psycopg:"))
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connected:
        yield connected
    engine.dispose()


@pytest.fixture
def old(connection: Connection) -> Connection:
    """A database as the first program made it, with a turn, a receipt and a conversation."""
    statements = OLD.format(**SPELT[connection.dialect.name]).split(";\n")
    for each in filter(str.strip, statements):
        connection.exec_driver_sql(each)
    return connection


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))


def test_an_old_database_keeps_its_rows(url: str, old: Connection) -> None:
    ledger = DatabaseLedger.open(url)
    assert ledger.receipt(RECEIPT.number) == RECEIPT
    assert list(ledger.turns_of("s1", 9)) == [ENTRY]
    assert ledger.conversation("s1") == {"topic": "social_card"}
    ledger.close()


def test_an_old_receipt_can_be_dealt_with(url: str, old: Connection) -> None:
    ledger = DatabaseLedger.open(url)
    event = Event(receipt=RECEIPT.number, at=NOON, kind="taken", by="Li")
    assert ledger.change(RECEIPT.number, ("open",), {"state": "taken", "taker": "Li"}, event)
    assert list(ledger.events(RECEIPT.number)) == [event]
    assert ledger.forget(LONG_AGO, LONG_AGO, LONG_AGO) == 0
    ledger.close()


def test_an_old_database_becomes_what_a_new_one_is(url: str, old: Connection) -> None:
    DatabaseLedger.open(url).close()
    assert differences(old) == []
    assert old.scalar(text("SELECT version_num FROM alembic_version")) == VERSIONS[-1]


def test_a_new_database_is_what_the_tables_say(url: str, connection: Connection) -> None:
    DatabaseLedger.open(url).close()
    assert differences(connection) == []


def test_it_is_brought_up_to_date_once_whoever_opens_it(url: str, old: Connection) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = [*pool.map(lambda _: DatabaseLedger.open(url, patience=60), range(4))]
    for each in opened:
        assert each.receipt(RECEIPT.number) == RECEIPT
        each.close()
    assert differences(old) == []


def test_a_migration_that_fails_leaves_the_old_database_as_it_was(
    url: str, old: Connection
) -> None:
    old.exec_driver_sql("CREATE TABLE contacts (stray INTEGER)")
    with pytest.raises(Exception, match="contacts"):
        DatabaseLedger.open(url)
    assert old.scalar(text("SELECT version FROM schema")) == 1
    assert old.scalar(text("SELECT count(*) FROM receipts")) == 1
    old.exec_driver_sql("DROP TABLE contacts")
    DatabaseLedger.open(url).close()
    assert differences(old) == []


def test_every_version_has_its_migration_in_order() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert [each.revision for each in script.walk_revisions()][::-1] == list(VERSIONS)


def test_bringing_it_up_to_date_leaves_the_log_of_the_program_alone(
    url: str, old: Connection
) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    DatabaseLedger.open(url).close()
    assert (root.level, list(root.handlers)) == before
