"""The ledgers under test: in memory, in an SQLite file, in PostgreSQL where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import postgresql
import pytest
from sqlalchemy import create_engine

from ledger.database import DatabaseLedger, file_url
from ledger.memory import MemoryLedger
from ledger.records import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "shouwen.db"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL database that lasts as long as the tests."""
    if missing := postgresql.missing():
        pytest.skip(f"there is no {missing}")
    with postgresql.server() as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The address of an empty PostgreSQL database."""
    engine = create_engine(postgresql_server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return postgresql_server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, path: Path) -> str:
    """The address of a database that nobody has used yet."""
    if request.param == "sqlite":
        return file_url(path)
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, path: Path) -> Iterator[Ledger]:
    if request.param == "memory":
        yield MemoryLedger()
        return
    database = DatabaseLedger.open(
        file_url(path)
        if request.param == "sqlite"
        else str(request.getfixturevalue("postgresql_url"))
    )
    yield database
    database.close()
