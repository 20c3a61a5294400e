"""A desk as the environment and the command line want it."""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desk.desk import Desk
from desk.retention import Retention
from doors.refusal import Refusal
from doors.reloading import Reloading, uncollected
from doors.shelf import Shelf
from doors.web.staff.users import Users
from facts.guides import Guides, read_guides
from facts.model import Hall
from facts.problems import Problem, report
from ledger.memory import MemoryLedger
from ledger.records import Ledger, LedgerError

if TYPE_CHECKING:
    from ledger.connection import Database

HERE = Path(__file__).parents[1]
COUNTING = 30.0
"""Seconds to wait for a ledger in which others write, before something is counted in it."""


def desk_on(folder: Path, env: Mapping[str, str], language: str, *, lasting: bool = False) -> Desk:
    """A desk on the guides as they are now, see `desk_of`. `lasting`: its ledger is kept."""
    ledger = partial(ledger_of, env) if lasting else MemoryLedger
    with uncollected():
        return desk_of(Shelf(folder, env), read_guides(folder), ledger, language)


@contextmanager
def lasting_desk(
    folder: Path, env: Mapping[str, str], language: str
) -> Iterator[tuple[Desk, Reloading]]:
    """A desk whose ledger is kept and whose guides are read again when they change."""
    shelf = Shelf(folder, env)
    state = shelf.state()
    with uncollected():
        desk = desk_of(shelf, shelf.read(), partial(ledger_of, env), language)
    with Reloading(desk, shelf, state) as reloading:
        yield desk, reloading


def desk_of(
    shelf: Shelf, guides: Guides, ledger: Callable[[], Ledger], language: str = "en"
) -> Desk:
    """A desk on the guides; what is faulty in them is told on standard error and left out.

    Raises SystemExit or `Refusal`, with what to do, where there can be none.
    """
    tell((each for each in guides.problems if each.severity == "error"), language)
    if not guides.halls:
        raise SystemExit(1)
    catalogue, cache, store = shelf.sources(guides)
    try:
        return Desk(
            guides,
            ledger(),
            cache=cache,
            catalogue=catalogue,
            store=store,
            retention=Retention.of(shelf.env),
            contact_key=shelf.env.get("CONTACT_KEY"),
        )
    except ValueError as error:
        raise SystemExit(str(error)) from error


def users_of(env: Mapping[str, str]) -> Users:
    """Who may log in at the staff page: those in `USERS_FILE`, else in `data/`."""
    return Users(Path(env.get("USERS_FILE") or HERE / "data/users.yaml"))


def terminal_session(env: Mapping[str, str], name: str | None) -> str:
    """The session of whoever sits at this terminal: by a name, else the same at every start.

    It is kept in the state folder of the user; where that cannot be written it lasts until the end.
    """
    if name is not None:
        return f"terminal:{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    state = Path(env.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "shouwen/terminal"
    token = secrets.token_hex(8)
    with suppress(OSError, UnicodeDecodeError):
        if state.is_file() and (kept := state.read_text("utf-8").strip()):
            return f"terminal:{kept}"
        state.parent.mkdir(parents=True, exist_ok=True)
        state.touch(0o600)
        state.write_text(token, "utf-8")
    return f"terminal:{token}"


def halls_in(folder: Path) -> Sequence[Hall]:
    """The halls in the guides, without a word about their faults. Raises `Refusal` without any."""
    halls = read_guides(folder).halls
    if not halls:
        raise Refusal("no_guides", folder=folder)
    return halls


def tell(problems: Iterable[Problem], language: str) -> None:
    """Name faults in the guides on standard error."""
    for line in report(problems, language):
        print(line, file=sys.stderr)


def ledger_of(env: Mapping[str, str]) -> Ledger:
    """The ledger at `DATABASE_URL`, else in `data/`. Raises `Refusal` where there can be none."""
    from ledger.database import DatabaseLedger, file_url  # noqa: PLC0415 - the driver is slow

    try:
        return DatabaseLedger.open(env.get("DATABASE_URL") or file_url(HERE / "data/shouwen.db"))
    except LedgerError as error:
        raise Refusal("no_ledger", reason=error) from error


def database_of(env: Mapping[str, str]) -> Database:
    """The database of that ledger, for what is counted in it."""
    from ledger.connection import Database  # noqa: PLC0415 - the driver is slow
    from ledger.database import file_url  # noqa: PLC0415

    url = env.get("DATABASE_URL") or file_url(HERE / "data/shouwen.db")
    try:
        return Database(url, COUNTING)
    except LedgerError as error:
        raise Refusal("no_ledger", reason=error) from error
