"""`review`: what was asked in vain, to be worked through, or told as this week's digest."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from desk.desk import now
from desk.editors import Editors
from doors.opening import database_of, ledger_of
from doors.refusal import Refusal
from doors.shelf import Shelf
from doors.terminal import set_encoding
from editing.digest import WEEK, digest
from editing.engine import Engine
from editing.review import Review
from editing.words import Say
from editing.worklist import asked, work_list
from facts.guides import Guides, read_guides
from ledger.connection import Database
from ledger.records import LedgerError


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    set_encoding(sys.stdin, sys.stdout)
    if given.send and not given.digest:
        raise Refusal("send_without_digest")
    guides = read_guides(given.guides, questions=True)
    if not guides.halls:
        raise Refusal("no_guides", folder=given.guides)
    folders, cache, store = Shelf(given.guides, env).sources(guides)
    database, say = database_of(env), Say.of(given.lang)
    engine = Engine(guides.halls, folders, cache, store)
    try:
        if given.digest:
            told = _digests(guides, database, engine, say)
            print(told)
            if given.send:
                Editors(ledger_of(env), now).digest(told)
        else:
            _reviews(given.guides, guides, database, engine, say)
    except LedgerError as error:
        raise Refusal("no_ledger", reason=error) from error
    return 0


def _digests(guides: Guides, database: Database, engine: Engine, say: Say) -> str:
    found = ((hall, work_list(database, hall, engine, now(), WEEK)) for hall in guides.halls)
    return "\n\n".join(digest(hall, groups, engine, say) for hall, groups in found)


def _reviews(folder: Path, guides: Guides, database: Database, engine: Engine, say: Say) -> None:
    at = now()
    for hall in guides.halls:
        found = work_list(database, hall, engine, at)
        if not found:
            print(hall.name.say(say.language), say("review_none"))
            continue
        lines = iter(sys.stdin.readline, "")
        known = asked(database, guides, hall, at)
        talk = Review(folder, engine, known, say, at, lines, sys.stdout)
        if not talk.run(hall, found):
            break
        engine = talk.engine
