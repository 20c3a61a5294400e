"""Shouwen 首问 starts here: the doors on one desk, and the commands for editors."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from facts.guides import Guides, check_guides, read_guides
from facts.problems import has_errors, report

if TYPE_CHECKING:
    from desk.desk import Desk
    from ledger.records import Ledger

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
    from doors.running import open_doors  # noqa: PLC0415 - no other command needs the doors

    guides = _read(given.guides)
    if guides is None:
        return 1
    ledger = _ledger(env)
    return asyncio.run(open_doors(_desk(guides, ledger), given.host, given.port, env))


def _chat(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415

    guides = _read(given.guides)
    if guides is None:
        return 1
    session = f"terminal:{secrets.token_hex(8)}"
    terminal.chat(_desk(guides, _ledger(env)), sys.stdin, sys.stdout, session)
    return 0


def _ask(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415
    from ledger.records import MemoryLedger  # noqa: PLC0415

    guides = _read(given.guides)
    if guides is None:
        return 1
    desk = _desk(guides, MemoryLedger())
    if given.question == ["-"]:
        zone = ZoneInfo(guides.halls[0].time_zone)
        return min(terminal.ask_lines(desk, sys.stdin, sys.stdout, zone), 1)
    terminal.ask(desk, given.question, sys.stdout, machine=given.json)
    return 0


def _evaluate(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    from desk.evaluation import evaluate, read_cases, summary  # noqa: PLC0415
    from ledger.records import MemoryLedger  # noqa: PLC0415

    guides = _read(given.guides)
    if guides is None:
        return 1
    try:
        cases = read_cases(given.file, guides)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    verdicts = list(evaluate(_desk(guides, MemoryLedger()), cases))
    print("\n".join(summary(verdicts)))
    return 0


def _check(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    guides = check_guides(given.guides)
    for line in report(guides.problems, given.lang):
        print(line)
    return int(has_errors(guides.problems))


def _read(folder: Path) -> Guides | None:
    """The guides, or None where they are faulty: the faults are then on standard error."""
    guides = read_guides(folder)
    if has_errors(guides.problems) or not guides.halls:
        errors = [each for each in guides.problems if each.severity == "error"]
        print("\n".join(report(errors, "en")), file=sys.stderr)
        print(f"Mend these, then start again; `bot.py check {folder}` tells all.", file=sys.stderr)
        return None
    return guides


def _desk(guides: Guides, ledger: Ledger) -> Desk:
    from desk.desk import Desk  # noqa: PLC0415 - check needs no desk

    return Desk(guides, ledger)


def _ledger(env: Mapping[str, str]) -> Ledger:
    from ledger.database import DatabaseLedger, file_url  # noqa: PLC0415 - the driver is slow

    return DatabaseLedger.open(env.get("DATABASE_URL") or file_url())


_COMMANDS = {"run": _run, "chat": _chat, "ask": _ask, "evaluate": _evaluate, "check": _check}

if __name__ == "__main__":
    sys.exit(main())
