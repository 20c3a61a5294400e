"""Shouwen 首问 starts here: the doors on one desk, and the commands for editors."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from facts.guides import check_guides, read_guides
from facts.problems import Problem, has_errors, report
from ledger.records import Ledger, LedgerError, MemoryLedger

if TYPE_CHECKING:
    from desk.desk import Desk

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] = os.environ) -> int:
    """Run one command; the exit status is 0, or 1 where guides or a question are faulty."""
    given = _parser(env).parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    command = getattr(given, "command", None) or "run"
    return int(_COMMANDS[command](given, env))


def _parser(env: Mapping[str, str]) -> argparse.ArgumentParser:
    guides = Path(env.get("GUIDES") or HERE / "guides" / "taiping")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--guides", type=Path, default=guides, metavar="DIR", help="the guides")
    parser = argparse.ArgumentParser(prog="bot.py", description=__doc__, parents=[common])
    commands = parser.add_subparsers(dest="command", title="commands", metavar="")
    run = commands.add_parser("run", parents=[common], help="open the doors (the default)")
    for each in (parser, run):
        each.add_argument("--host", default=env.get("HOST") or "127.0.0.1")
        each.add_argument("--port", type=int, default=int(env.get("PORT") or 8080))
    commands.add_parser("chat", parents=[common], help="talk in the terminal")
    ask = commands.add_parser("ask", parents=[common], help="ask; nothing is written down")
    ask.add_argument("--json", action="store_true", help="answer in JSON, one line a question")
    ask.add_argument("question", nargs="+", help="questions, or - for JSON lines on standard input")
    evaluate = commands.add_parser("evaluate", parents=[common], help="hold a desk against answers")
    evaluate.add_argument("file", type=Path, help="question<TAB>expected, or a questions.yaml")
    check = commands.add_parser("check", help="name every fault in the guides")
    check.add_argument("guides", type=Path, nargs="?", default=guides, metavar="DIR")
    check.add_argument("--lang", default="zh" if "zh" in env.get("LANG", "") else "en")
    return parser


def _run(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    import asyncio  # noqa: PLC0415 - each command imports what it alone needs

    from doors.running import open_doors  # noqa: PLC0415

    desk = _desk(given.guides, env, lasting=True)
    threading.Thread(target=desk.warm_up, daemon=True).start()
    return asyncio.run(open_doors(desk, given.host, given.port, env))


def _chat(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415

    desk = _desk(given.guides, env, lasting=True)
    terminal.chat(desk, sys.stdin, sys.stdout, f"terminal:{secrets.token_hex(8)}")
    return 0


def _ask(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415

    desk = _desk(given.guides, env)
    if given.question == ["-"]:
        zone = ZoneInfo(desk.guides.halls[0].time_zone)
        return min(terminal.ask_lines(desk, sys.stdin, sys.stdout, zone), 1)
    terminal.ask(desk, given.question, sys.stdout, machine=given.json)
    return 0


def _evaluate(given: argparse.Namespace, env: Mapping[str, str]) -> int:
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


def _check(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    guides = check_guides(given.guides)
    for line in report(guides.problems, given.lang):
        print(line)
    if not guides.problems:
        print({"zh": "没有发现问题。"}.get(given.lang, "No faults found."))
    return int(has_errors(guides.problems))


def _desk(folder: Path, env: Mapping[str, str], *, lasting: bool = False) -> Desk:
    """A desk on the guides; what is faulty in them is told on standard error and left out."""
    from desk.desk import Desk  # noqa: PLC0415 - check needs no desk
    from intents.cache import IndexCache  # noqa: PLC0415

    guides = read_guides(folder)
    _tell(problem for problem in guides.problems if problem.severity == "error")
    if not guides.halls:
        raise SystemExit(1)
    cache = env.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    ledger = _ledger(env) if lasting else MemoryLedger()
    return Desk(guides, ledger, cache=IndexCache(Path(cache) / "shouwen"))


def _tell(problems: Iterable[Problem]) -> None:
    for line in report(problems, "en"):
        print(line, file=sys.stderr)


def _ledger(env: Mapping[str, str]) -> Ledger:
    from ledger.database import DatabaseLedger, file_url  # noqa: PLC0415 - the driver is slow

    try:
        return DatabaseLedger.open(env.get("DATABASE_URL") or file_url(HERE / "data/shouwen.db"))
    except LedgerError as error:
        raise SystemExit(f"The ledger cannot be opened: {error}") from error


_COMMANDS = {"run": _run, "chat": _chat, "ask": _ask, "evaluate": _evaluate, "check": _check}

if __name__ == "__main__":
    sys.exit(main())
