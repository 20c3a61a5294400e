"""Shouwen 首问 starts here: the doors on one desk, and the commands for editors."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
import threading
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from doors.arguments import parser

if TYPE_CHECKING:
    from desk.desk import Desk
    from facts.guides import Guides

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

    from doors.opening import desk_on  # noqa: PLC0415
    from doors.running import open_doors  # noqa: PLC0415

    desk = desk_on(given.guides, env, lasting=True)
    threading.Thread(target=desk.warm_up, daemon=True).start()
    return asyncio.run(open_doors(desk, given.host, given.port, env))


def _chat(given: Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415
    from doors.opening import desk_on  # noqa: PLC0415

    desk = desk_on(given.guides, env, lasting=True)
    terminal.chat(desk, sys.stdin, sys.stdout, f"terminal:{secrets.token_hex(8)}")
    return 0


def _ask(given: Namespace, env: Mapping[str, str]) -> int:
    from doors import terminal  # noqa: PLC0415
    from doors.opening import desk_on  # noqa: PLC0415

    terminal.set_encoding(sys.stdin, sys.stdout)
    desk = desk_on(given.guides, env)
    if given.question == ["-"]:
        zone = ZoneInfo(desk.guides.halls[0].time_zone)
        return min(terminal.ask_lines(desk, sys.stdin, sys.stdout, zone), 1)
    if terminal.ask(desk, given.question, sys.stdout, machine=given.json) and not given.json:
        print("(ask is a trial: no receipt is kept; use run or chat)", file=sys.stderr)
    return 0


def _why(given: Namespace, env: Mapping[str, str]) -> int:
    from doors.opening import desk_on  # noqa: PLC0415

    desk = desk_on(given.guides, env)
    print("\n".join(line for each in given.question for line in (*desk.why(each, given.lang), "")))
    return 0


def _evaluate(given: Namespace, env: Mapping[str, str]) -> int:
    from desk.evaluation import evaluate, of_questions, read_lines, summary  # noqa: PLC0415
    from doors.opening import desk_on, tell  # noqa: PLC0415
    from facts.questions import read_questions  # noqa: PLC0415

    desk = desk_on(given.guides, env)
    try:
        if given.file.suffix in (".yaml", ".yml"):
            questions, problems = read_questions(given.file, desk.guides.halls)
            tell(problems)
            cases = of_questions(questions)
        else:
            cases = read_lines(given.file)
    except (OSError, ValueError) as error:
        raise SystemExit(str(error)) from error
    print("\n".join(summary(list(evaluate(desk, cases)))))
    return 0


def _check(given: Namespace, env: Mapping[str, str]) -> int:
    from editing.checking import Wanted, check  # noqa: PLC0415

    def desk_of(guides: Guides) -> Desk:
        from doors.opening import desk_of  # noqa: PLC0415 - a fast check goes without a desk

        return desk_of(guides, env)

    encoder = env.get("ENCODER") != "none"
    wanted = Wanted(given.lang, given.format, given.fast, given.accept, encoder)
    folder, today = given.folder or given.guides, datetime.now().astimezone().date()
    return check(folder, wanted, today, desk_of, sys.stdout, sys.stderr)


def _schema(given: Namespace, _: Mapping[str, str]) -> int:
    from editing.schema import schemas, write  # noqa: PLC0415

    if given.out is None:
        print(json.dumps(schemas(), ensure_ascii=False))
        return 0
    try:
        written = write(given.out)
    except OSError as error:
        raise SystemExit(str(error)) from error
    print(*written, sep="\n")
    return 0


def _new(given: Namespace, _: Mapping[str, str]) -> int:
    from editing.skeleton import NotWritten, new, told  # noqa: PLC0415

    try:
        written = new(given.kind, given.id, given.guides, given.lang)
    except (NotWritten, OSError) as error:
        print(told(error, given.lang), file=sys.stderr)
        return 1
    print(told(written, given.lang))
    return 0


_COMMANDS = {
    each.__name__[1:]: each for each in (_run, _chat, _ask, _why, _evaluate, _check, _schema, _new)
}

if __name__ == "__main__":
    sys.exit(main())
