"""Shouwen 首问 starts here: the doors on one desk, and the commands for editors."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import threading
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from doors.arguments import parser
from facts.guides import check_guides, read_guides
from facts.problems import Problem, has_errors, report
from ledger.memory import MemoryLedger
from ledger.records import Ledger, LedgerError

if TYPE_CHECKING:
    from desk.desk import Desk
    from desk.retention import Retention

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] = os.environ) -> int:
    """Run one command; the exit status is 0, or 1 where guides or a question are faulty."""
    given = parser(env, HERE / "guides" / "taiping").parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        return int(_COMMANDS[given.command or "run"](given, env))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who read the answers has gone; Python would complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(given: Namespace, env: Mapping[str, str]) -> int:
    import asyncio  # noqa: PLC0415 - each command imports what it alone needs

    from doors.running import open_doors  # noqa: PLC0415

    desk = _desk(given.guides, env, lasting=True)
    threading.Thread(target=desk.warm_up, daemon=True).start()
    return asyncio.run(open_doors(desk, given.host, given.port, env))


def _chat(given: Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415

    desk = _desk(given.guides, env, lasting=True)
    terminal.chat(desk, sys.stdin, sys.stdout, f"terminal:{secrets.token_hex(8)}")
    return 0


def _ask(given: Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415

    terminal.set_encoding(sys.stdin, sys.stdout)
    desk = _desk(given.guides, env)
    if given.question == ["-"]:
        zone = ZoneInfo(desk.guides.halls[0].time_zone)
        return min(terminal.ask_lines(desk, sys.stdin, sys.stdout, zone), 1)
    if terminal.ask(desk, given.question, sys.stdout, machine=given.json) and not given.json:
        print("(ask is a trial: no receipt is kept; use run or chat)", file=sys.stderr)
    return 0


def _why(given: Namespace, env: Mapping[str, str]) -> int:
    desk = _desk(given.guides, env)
    print("\n".join(line for each in given.question for line in (*desk.why(each, given.lang), "")))
    return 0


def _evaluate(given: Namespace, env: Mapping[str, str]) -> int:
    from desk.evaluation import evaluate, of_questions, read_lines, summary  # noqa: PLC0415
    from facts.questions import read_questions  # noqa: PLC0415

    desk = _desk(given.guides, env)
    try:
        if given.file.suffix in (".yaml", ".yml"):
            questions, problems = read_questions(given.file, desk.guides.halls)
            _tell(problems)
            cases = of_questions(questions)
        else:
            cases = read_lines(given.file)
    except (OSError, ValueError) as error:
        raise SystemExit(str(error)) from error
    print("\n".join(summary(list(evaluate(desk, cases)))))
    return 0


def _check(given: Namespace, _: Mapping[str, str]) -> int:
    guides = check_guides(given.folder or given.guides)
    for line in report(guides.problems, given.lang):
        print(line)
    if not guides.problems:
        print({"zh": "没有发现问题。"}.get(given.lang, "No faults found."))
    return int(has_errors(guides.problems))


def _desk(folder: Path, env: Mapping[str, str], *, lasting: bool = False) -> Desk:
    """A desk on the guides; what is faulty in them is told on standard error and left out."""
    from desk.desk import Desk  # noqa: PLC0415 - check needs no desk
    from facts.catalogue import folders_for, vectors_in  # noqa: PLC0415
    from intents.cache import Cache  # noqa: PLC0415
    from intents.encoder import VectorStore, installed  # noqa: PLC0415

    guides = read_guides(folder)
    _tell(problem for problem in guides.problems if problem.severity == "error")
    if not guides.halls:
        raise SystemExit(1)
    cache = Path(env.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shouwen"
    folders = folders_for(guides.halls)
    encoder = None if env.get("ENCODER") == "none" else installed()
    return Desk(
        guides,
        _ledger(env) if lasting else MemoryLedger(),
        cache=Cache(cache),
        catalogue=folders,
        store=VectorStore(encoder, cache, vectors_in(folders)) if encoder else None,
        retention=_retention(env),
    )


def _retention(env: Mapping[str, str]) -> Retention:
    from desk.retention import Retention  # noqa: PLC0415

    try:
        return Retention.of(env)
    except ValueError as error:
        raise SystemExit(str(error)) from error


def _tell(problems: Iterable[Problem]) -> None:
    for line in report(problems, "en"):
        print(line, file=sys.stderr)


def _ledger(env: Mapping[str, str]) -> Ledger:
    from ledger.database import DatabaseLedger, file_url  # noqa: PLC0415 - the driver is slow

    try:
        return DatabaseLedger.open(env.get("DATABASE_URL") or file_url(HERE / "data/shouwen.db"))
    except LedgerError as error:
        raise SystemExit(f"The ledger cannot be opened: {error}") from error


_COMMANDS = {each.__name__[1:]: each for each in (_run, _chat, _ask, _why, _evaluate, _check)}

if __name__ == "__main__":
    sys.exit(main())
