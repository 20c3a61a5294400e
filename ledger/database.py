"""The ledger in a database: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateIndex, CreateTable

from ledger.records import Entry, LedgerError, NumberTaken, Receipt
from ledger.tables import VERSION, conversations, metadata, receipts, schema, turns

PATH = Path("data", "shouwen.db")
"""Where the ledger is when nobody says otherwise, seen from the folder of the program."""

# An upsert is not in standard SQL; the two databases spell it alike, but each has its own class.
UPSERTS: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
ENTRY_FIELDS = tuple(name for name in turns.c.keys() if name != "id")  # noqa: SIM118 - a column collection iterates over columns
RECEIPT_FIELDS = tuple(receipts.c.keys())


def file_url(path: Path = PATH) -> str:
    """The address of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


class DatabaseLedger:
    """A ledger that lasts: every method commits before it returns, and any thread may call it.

    Calls stand in line for one connection: SQLite has one writer, and its own waiting is slower
    and less fair. A broken connection is thrown away and the next call makes a new one, so the
    ledger works again as soon as its disk or its server does.
    """

    def __init__(self, engine: Engine, patience: float) -> None:
        self._engine = engine
        self._line = threading.Lock()
        self._patience = patience
        self._upsert = UPSERTS[engine.dialect.name]

    @classmethod
    def open(cls, url: str, patience: float = 2.0) -> Self:
        """The ledger at this address, made if it is not there yet.

        `patience` is how many seconds a call waits for its place in the line, and again for
        another process that is writing. Raises `LedgerError` where there can be no ledger.
        """
        ledger = cls(_engine(url, patience), patience)
        try:
            with ledger._connection():
                return ledger
        except LedgerError:
            ledger.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def record(self, entry: Entry) -> None:
        """Write one turn."""
        row = {name: getattr(entry, name) for name in ENTRY_FIELDS}
        with self._connection() as connection:
            connection.execute(insert(turns), row)

    def take_down(self, receipt: Receipt) -> None:
        """Write one receipt. Raises `NumberTaken` where there is one with its number."""
        row = {name: getattr(receipt, name) for name in RECEIPT_FIELDS}
        with self._connection() as connection:
            try:
                connection.execute(insert(receipts), row)
            except IntegrityError as error:
                if self._receipt(connection, receipt.number) is None:
                    raise
                raise NumberTaken(f"there is a receipt {receipt.number} already") from error

    def receipt(self, number: str) -> Receipt | None:
        """The receipt with this number."""
        with self._connection() as connection:
            return self._receipt(connection, number)

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """What was last kept of this conversation."""
        query = select(conversations.c.conversation).where(conversations.c.session == session)
        with self._connection() as connection:
            kept: Mapping[str, Any] | None = connection.scalar(query)
            return kept

    def keep(self, session: str, conversation: Mapping[str, Any], at: datetime) -> None:
        """Keep the state of a conversation in place of the last one."""
        new = self._upsert(conversations)
        replace = new.on_conflict_do_update(
            index_elements=["session"],
            set_={"conversation": new.excluded.conversation, "at": new.excluded.at},
        )
        row = {"session": session, "conversation": dict(conversation), "at": at}
        with self._connection() as connection:
            connection.execute(replace, row)

    def forget(self, before: datetime) -> int:
        """Drop the conversations last kept before this time; returns how many there were."""
        with self._connection() as connection:
            return connection.execute(
                delete(conversations).where(conversations.c.at < before)
            ).rowcount

    @staticmethod
    def _receipt(connection: Connection, number: str) -> Receipt | None:
        query = select(receipts).where(receipts.c.number == number)
        row = connection.execute(query).mappings().one_or_none()
        return None if row is None else Receipt(**row)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """A connection to tables that are there; what goes wrong with it is a `LedgerError`."""
        try:
            with self._place_in_line(), self._engine.connect() as connection:
                try:
                    self._prepare(connection)
                    yield connection
                except DBAPIError:
                    connection.invalidate()
                    raise
        except (SQLAlchemyError, OSError) as error:
            raise LedgerError(_cause(error, self._engine.url)) from error

    @contextmanager
    def _place_in_line(self) -> Iterator[None]:
        if not self._line.acquire(timeout=self._patience):
            raise LedgerError(f"{_name(self._engine.url)}: busy for {self._patience:g} s")
        try:
            yield
        finally:
            self._line.release()

    def _prepare(self, connection: Connection) -> None:
        """Make the tables, once for a connection. Two processes may do so at the same time."""
        if "prepared" in connection.info:
            return
        version = _version(connection)
        if version is None:
            self._create(connection)
        elif version > VERSION:
            raise LedgerError(
                f"{_name(self._engine.url)}: written by a newer Shouwen (tables of version "
                f"{version}, known here up to {VERSION}); update Shouwen to read it"
            )
        connection.info["prepared"] = True

    def _create(self, connection: Connection) -> None:
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
        # The version comes last: where it stands, everything else does.
        first = self._upsert(schema).on_conflict_do_nothing()
        connection.execute(first, {"id": 1, "version": VERSION})


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(schema.name):
        return None
    return connection.scalar(select(schema.c.version))


def _engine(url: str, patience: float) -> Engine:
    try:
        address = make_url(url)
        known = address.get_backend_name()
        if known not in UPSERTS:
            raise LedgerError(f"{_name(address)}: no ledger in {known}; sqlite or postgresql")
        if known == "sqlite":
            return _sqlite_engine(address, patience)
        return create_engine(address, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise LedgerError(_cause(error, None)) from error


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
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
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
