"""The ledger in a database: SQLite in one file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Table,
    and_,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL

from ledger.connection import Database
from ledger.records import (
    CLOSED,
    OPEN,
    Entry,
    Event,
    LedgerError,
    Notice,
    NumberTaken,
    Rating,
    Receipt,
)
from ledger.tables import (
    contacts,
    conversations,
    events,
    notices,
    ratings,
    receipts,
    turns,
)

PATH = Path("data", "shouwen.db")
"""Where the ledger is when nobody says otherwise, seen from the folder of the program."""

# An upsert is not in standard SQL; the two databases spell it alike, but each has its own class.
UPSERTS: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def file_url(path: Path = PATH) -> str:
    """The address of an SQLite file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


class DatabaseLedger:
    """A `Ledger` that lasts: every method commits before it returns, and any thread may call it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._upsert = UPSERTS[database.backend]

    @classmethod
    def open(cls, url: str, patience: float = 2.0) -> Self:
        """The ledger at this address, made if it is not there yet.

        `patience` is how many seconds a call waits for its place in the line, and again for
        another process that is writing. Raises `LedgerError` where there can be no ledger.
        """
        database = Database(url, patience)
        try:
            with database.reading():
                return cls(database)
        except LedgerError:
            database.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def record(self, entry: Entry, conversation: Mapping[str, Any] | None = None) -> None:
        """Write one turn, and with it the state of its conversation."""
        with self._database.writing() as connection:
            connection.execute(insert(turns), _row(entry))
            if conversation is not None:
                self._keep(connection, entry.session, conversation, entry.at)

    def answered(self, session: str, message: str) -> Entry | None:
        """The turn that answered this message of a door, if one did."""
        query = _turns().where(turns.c.session == session, turns.c.message == message)
        with self._database.reading() as connection:
            found = connection.execute(query.limit(1)).one_or_none()
        return None if found is None else _entry(found)

    def told(self, session: str, message: str) -> None:
        """Drop the reply to a message: it has reached the citizen."""
        change = update(turns).where(turns.c.session == session, turns.c.message == message)
        with self._database.writing() as connection:
            connection.execute(change.values(reply=null()))

    def conversation(self, session: str) -> Mapping[str, Any] | None:
        """What was last kept of this conversation."""
        query = select(conversations.c.conversation).where(conversations.c.session == session)
        with self._database.reading() as connection:
            kept: Mapping[str, Any] | None = connection.scalar(query)
            return kept

    def keep(self, session: str, conversation: Mapping[str, Any], at: datetime) -> None:
        """Keep the state of a conversation in place of the last one."""
        with self._database.writing() as connection:
            self._keep(connection, session, conversation, at)

    def turns_of(self, session: str, most: int) -> Sequence[Entry]:
        """The last turns of a conversation, oldest first."""
        query = _turns().where(turns.c.session == session).order_by(turns.c.id.desc())
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query.limit(most))][::-1]

    def turns(self, since: datetime, until: datetime) -> Sequence[Entry]:
        """The turns from one moment to before another, oldest first."""
        query = _turns().where(turns.c.at >= since, turns.c.at < until).order_by(turns.c.id)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def take_down(
        self, receipt: Receipt, event: Event | None = None, notices: Collection[Notice] = ()
    ) -> None:
        """Write one receipt. Raises `NumberTaken` where there is one with its number."""
        new = self._upsert(receipts).on_conflict_do_nothing(index_elements=["number"])
        with self._database.writing() as connection:
            if connection.scalar(new.returning(receipts.c.number), _row(receipt)) is None:
                raise NumberTaken(f"there is a receipt {receipt.number} already")
            _happen(connection, event, notices)

    def receipt(self, number: str) -> Receipt | None:
        """The receipt with this number."""
        return next(iter(self._receipts(select(receipts).where(receipts.c.number == number))), None)

    def receipt_for(self, session: str, message: str) -> Receipt | None:
        """The receipt under which this message of a door was taken down, if it was."""
        found = self._receipts(
            select(receipts).where(receipts.c.session == session, receipts.c.message == message)
        )
        return next(iter(found), None)

    def receipts(
        self, states: Collection[str] = OPEN, session: str | None = None
    ) -> Sequence[Receipt]:
        """The receipts in these states, of one citizen or of all, those due first first."""
        query = select(receipts).where(receipts.c.state.in_(states))
        if session is not None:
            query = query.where(receipts.c.session == session)
        return self._receipts(
            query.order_by(receipts.c.due.is_(None), receipts.c.due, receipts.c.at)
        )

    def change(
        self,
        number: str,
        states: Collection[str],
        values: Mapping[str, Any],
        event: Event,
        notices: Collection[Notice] = (),
        reminders: int | None = None,
    ) -> bool:
        """Change a receipt that is in one of these states, and tell what happened to whom."""
        change = update(receipts).where(receipts.c.number == number, receipts.c.state.in_(states))
        if reminders is not None:
            change = change.where(receipts.c.reminders == reminders)
        with self._database.writing() as connection:
            changed = connection.execute(change.values(number=number, **values)).rowcount == 1
            if changed and values.get("state") == CLOSED:
                connection.execute(delete(contacts).where(contacts.c.receipt == number))
            if changed:
                _happen(connection, event, notices)
            return changed

    def events(self, number: str) -> Sequence[Event]:
        """What happened to a receipt, oldest first."""
        query = select(events).where(events.c.receipt == number).order_by(events.c.id)
        with self._database.reading() as connection:
            return [Event(**_without_id(row)) for row in connection.execute(query)]

    def due(self, at: datetime) -> Sequence[Receipt]:
        """The receipts of which somebody is to be reminded by this time."""
        query = select(receipts).where(receipts.c.remind_at <= at, receipts.c.state.in_(OPEN))
        return self._receipts(query.order_by(receipts.c.remind_at))

    def notify(self, notices: Collection[Notice]) -> None:
        """Keep notices that are about no receipt."""
        with self._database.writing() as connection:
            _happen(connection, None, notices)

    def claim(self, to: str, at: datetime, again: datetime) -> Sequence[Notice]:
        """Notices for one address, or for all of a kind, each given to one caller only."""
        kind = not to or to.endswith(":")
        free = and_(
            # LIKE of SQLite takes A for a
            func.substr(notices.c.to, 1, len(to)) == to if kind else notices.c.to == to,
            or_(notices.c.claimed_at.is_(None), notices.c.claimed_at <= again),
        )
        with self._database.reading() as connection:
            if connection.scalar(select(notices.c.id).where(free).limit(1)) is None:
                return []
        with self._database.writing() as connection:
            claimed = update(notices).where(free).values(claimed_at=at).returning(notices)
            found = [_notice(row) for row in connection.execute(claimed)]
        return sorted(found, key=lambda each: each.id)

    def sent(self, to: str, ids: Collection[int]) -> None:
        """Drop notices to this address, by their ids: they have reached whom they were for."""
        own = and_(notices.c.to == to, notices.c.id.in_(ids))
        with self._database.writing() as connection:
            connection.execute(delete(notices).where(own))

    def rate(self, rating: Rating) -> None:
        """Write a rating."""
        with self._database.writing() as connection:
            connection.execute(insert(ratings), _row(rating))

    def ratings(self, since: datetime, until: datetime) -> Sequence[Rating]:
        """The ratings from one moment to before another, oldest first."""
        query = select(ratings).where(ratings.c.at >= since, ratings.c.at < until)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(ratings.c.id))
            return [Rating(**_without_id(row)) for row in rows]

    def put_contact(self, receipt: str, secret: str) -> None:
        """Keep how the citizen of a receipt can be reached, encrypted."""
        new = self._upsert(contacts)
        replace = new.on_conflict_do_update(
            index_elements=["receipt"], set_={"secret": new.excluded.secret}
        )
        with self._database.writing() as connection:
            connection.execute(replace, {"receipt": receipt, "secret": secret})

    def contact(self, receipt: str) -> str | None:
        """How the citizen of a receipt can be reached, encrypted."""
        with self._database.reading() as connection:
            found: str | None = connection.scalar(
                select(contacts.c.secret).where(contacts.c.receipt == receipt)
            )
            return found

    def erase(self, session: str) -> int:
        """Delete all that belongs to a citizen; an open receipt stays without its session."""
        own = select(receipts.c.number).where(receipts.c.session == session)
        closed = own.where(receipts.c.state.not_in(OPEN))
        with self._database.writing() as connection:
            connection.execute(delete(contacts).where(contacts.c.receipt.in_(own)))
            connection.execute(delete(notices).where(notices.c.to == session))
            erased = sum(
                connection.execute(delete(each).where(each.c.session == session)).rowcount
                for each in (turns, conversations, ratings)
            )
            erased += _drop(connection, closed)
            connection.execute(
                update(receipts)
                .where(receipts.c.session == session)
                .values(session="", message=None)
            )
            return erased

    def forget(
        self, talk_before: datetime, turns_before: datetime, receipts_before: datetime
    ) -> int:
        """Delete what is older than its term; returns how many rows."""
        closed = select(receipts.c.number).where(
            receipts.c.closed_at < receipts_before, receipts.c.state.not_in(OPEN)
        )
        with self._database.writing() as connection:
            old = delete(conversations).where(conversations.c.at < talk_before)
            forgotten = connection.execute(old).rowcount
            for table in (turns, notices):
                old = delete(table).where(table.c.at < turns_before)
                forgotten += connection.execute(old).rowcount
            connection.execute(
                update(ratings).where(ratings.c.at < turns_before).values(session="")
            )
            return forgotten + _drop(connection, closed)

    def _keep(
        self, connection: Connection, session: str, conversation: Mapping[str, Any], at: datetime
    ) -> None:
        new = self._upsert(conversations)
        replace = new.on_conflict_do_update(
            index_elements=["session"],
            set_={"conversation": new.excluded.conversation, "at": new.excluded.at},
        )
        row = {"session": session, "conversation": dict(conversation), "at": at}
        connection.execute(replace, row)

    def _receipts(self, query: Select[Any]) -> list[Receipt]:
        with self._database.reading() as connection:
            return [Receipt(**row._mapping) for row in connection.execute(query)]


def _row(record: Entry | Receipt | Event | Notice | Rating) -> dict[str, Any]:
    return {each.name: getattr(record, each.name) for each in fields(record) if each.name != "id"}


def _without_id(row: Row[Any]) -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != "id"}


def _turns() -> Select[Any]:
    return select(*(column for column in turns.c if column.name != "id"))


def _entry(row: Row[Any]) -> Entry:
    return Entry(**{**row._mapping, "about": tuple(row.about)})


def _notice(row: Row[Any]) -> Notice:
    told = {name: value for name, value in row._mapping.items() if name != "claimed_at"}
    return Notice(**{**told, "choices": tuple((key, label) for key, label in row.choices)})


def _happen(connection: Connection, event: Event | None, told: Collection[Notice]) -> None:
    if event:
        connection.execute(insert(events), _row(event))
    if told:
        connection.execute(insert(notices), [_row(each) for each in told])


def _drop(connection: Connection, numbers: Select[Any]) -> int:
    """Delete receipts with what hangs on them; returns how many receipts and turns."""
    for table in (events, contacts, notices):
        connection.execute(delete(table).where(table.c.receipt.in_(numbers)))
    return sum(
        connection.execute(delete(table).where(column.in_(numbers))).rowcount
        for table, column in ((turns, turns.c.receipt), (receipts, receipts.c.number))
    )
