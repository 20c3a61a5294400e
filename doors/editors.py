"""What editors start in the terminal: the month's report, the review, the week's digest.

Each raises SystemExit, with what is wrong, where it cannot go on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from doors.opening import aids_of, database_of, halls_in
from doors.terminal import set_encoding
from editing.digest import WEEK, digest
from editing.engine import Engine
from editing.figures.report import report_of
from editing.review import Review
from editing.words import Say
from editing.worklist import BACK, work_list
from facts.guides import Guides, read_guides
from ledger.figures import Figures
from ledger.records import LedgerError

PAST = 1000
"""Past questions that a new phrase is tried with: those that most have asked."""


@contextmanager
def told() -> Iterator[None]:
    """What is wrong ends the program with one line."""
    try:
        yield
    except (ValueError, OSError, LedgerError) as error:
        raise SystemExit(str(error)) from error


@told()
def report(
    folder: Path, env: Mapping[str, str], language: str, month: str | None, out: Path | None
) -> None:
    """Write the figures of a month."""
    lines = report_of(halls_in(folder), database_of(env), month, out, language)
    print("\n".join(lines))


@told()
def review(folder: Path, env: Mapping[str, str], language: str) -> None:
    """Work through what was asked in vain."""
    set_encoding(sys.stdin, sys.stdout)
    guides, database, say = _guides(folder), database_of(env), Say.of(language)
    engine, now = _engine(guides, env), datetime.now(UTC)
    asked = [text for hall in guides.questions.values() for each in hall for text in each.ask]
    for hall in guides.halls:
        past = Figures(database).said(hall.id, now - BACK, now, PAST, least=1)
        found = work_list(database, hall, engine, now)
        if not found:
            print(hall.name.say(say.language), say("review_none"))
            continue
        known = list(dict.fromkeys([*asked, *(each.text for each in past)]))
        lines = iter(sys.stdin.readline, "")
        talk = Review(folder, engine, known, say, now, lines, sys.stdout)
        talk.run(hall, found)
        engine = talk.engine


@told()
def digests(folder: Path, env: Mapping[str, str], language: str) -> None:
    """Print what was asked in vain this week, for every hall."""
    set_encoding(sys.stdin, sys.stdout)
    guides, database, say = _guides(folder), database_of(env), Say.of(language)
    engine, now = _engine(guides, env), datetime.now(UTC)
    for hall in guides.halls:
        found = work_list(database, hall, engine, now, WEEK)
        print(digest(hall, found, engine, say))


def _guides(folder: Path) -> Guides:
    guides = read_guides(folder, questions=True)
    if not guides.halls:
        raise SystemExit(f"there is no hall in {folder}")
    return guides


def _engine(guides: Guides, env: Mapping[str, str]) -> Engine:
    cache, store, folders = aids_of(guides.halls, env)
    return Engine(guides.halls, folders, cache, store)
