"""Connections to the database of the ledger: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from ledger.records import LedgerError
from ledger.schema import prepare

BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}
"""How each database begins what is written whole; SQLite takes its place as writer at once."""

AGAIN = 0.01
"""Seconds until SQLite is asked once more for what it does not wait for by itself."""


class Database:
    """A database whose tables are there: connections stand in line for one at a time.

    SQLite has one writer, and its own waiting is slower and less fair. A broken connection is
    thrown away and the next call makes a new one, so the ledger works again as soon as its disk
    or its server does.
    """

    def __init__(self, url: str, patience: float) -> None:
        """`patience` is how many seconds a call waits for its place in the line."""
        self._engine = _engine(url, patience)
        self._line = threading.Lock()
        self._patience = patience

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection; what goes wrong with it is a `LedgerError`."""
        try:
            with self._place_in_line(), self._engine.connect() as connection:
                try:
                    if "prepared" not in connection.info:
                        prepare(connection, _name(self._engine.url))
                        connection.info["prepared"] = True
                    yield connection
                except DBAPIError:
                    connection.invalidate()
                    raise
        except (SQLAlchemyError, OSError) as error:
            raise LedgerError(_cause(error, self._engine.url)) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose statements are written whole or not at all."""
        with self.reading() as connection:
            connection.exec_driver_sql(BEGIN[self.backend])
            try:
                yield connection
            except BaseException:
                if not connection.invalidated:
                    connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    @contextmanager
    def _place_in_line(self) -> Iterator[None]:
        if not self._line.acquire(timeout=self._patience):
            raise LedgerError(f"{_name(self._engine.url)}: busy for {self._patience:g} s")
        try:
            yield
        finally:
            self._line.release()


def _engine(url: str, patience: float) -> Engine:
    try:
        address = make_url(url)
        known = address.get_backend_name()
        if known not in BEGIN:
            raise LedgerError(f"{_name(address)}: no ledger in {known}; sqlite or postgresql")
        if known == "sqlite":
            return _sqlite_engine(address, patience)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise LedgerError(_cause(error, None)) from error


def _write_ahead(connection: Any, patience: float) -> None:
    """Keep a log of what is written ahead. SQLite does not wait by itself for another process that
    turns to the log, or away from it, this very moment."""
    until = monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() >= until:
                raise
            sleep(AGAIN)
        else:
            return


def _sqlite_engine(url: URL, patience: float) -> Engine:
    """An engine for one SQLite file; everything that only SQLite needs is here."""
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=QueuePool,
        pool_size=1,
        connect_args={"check_same_thread": False, "timeout": patience},
    )
    file = Path(url.database) if url.database and url.database != ":memory:" else None

    @event.listens_for(engine, "do_connect")
    def make_folder(*_: object) -> None:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        _write_ahead(connection, patience)
        for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        record.info["file"] = _identity(file)

    # A file that is moved away stays open, and what is written to it is lost without an error.
    @event.listens_for(engine, "checkout")
    def same_file(_: Any, record: Any, __: Any) -> None:
        if record.info["file"] != _identity(file):
            raise DisconnectionError("the file is another one than before")

    return engine


def _identity(file: Path | None) -> tuple[int, int] | None:
    try:
        status = file.stat() if file else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None


def _name(url: URL) -> str:
    return url.database or url.render_as_string(hide_password=True)


def _cause(error: BaseException, url: URL | None) -> str:
    """One line for the person who runs the ledger: which database, and what is wrong with it."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    text = " ".join(str(cause).split("(Background")[0].split())
    return f"{_name(url)}: {text}" if url else text
