"""Shouwen 首问 starts here: the doors on one desk, and the commands for editors."""

from __future__ import annotations

import logging
import os
import sys
import threading
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from doors.arguments import parser
from facts.guides import check_guides
from facts.problems import has_errors
from facts.problems import report as lines_of

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
    from doors.opening import desk_on, terminal_session  # noqa: PLC0415

    terminal.set_encoding(sys.stdin, sys.stdout)
    desk = desk_on(given.guides, env, lasting=True)
    terminal.chat(desk, sys.stdin, sys.stdout, terminal_session(env, given.session))
    return 0


def _desk(given: Namespace, env: Mapping[str, str]) -> int:
    from getpass import getuser  # noqa: PLC0415

    from doors import clerk, terminal  # noqa: PLC0415
    from doors.opening import desk_on  # noqa: PLC0415

    terminal.set_encoding(sys.stdin, sys.stdout)
    desk = desk_on(given.guides, env, lasting=True)
    clerk.serve(desk, sys.stdin, sys.stdout, given.name or getuser(), given.lang)
    return 0


def _register(given: Namespace, env: Mapping[str, str]) -> int:
    from desk.desk import now  # noqa: PLC0415
    from desk.register import lines, registers  # noqa: PLC0415
    from doors.opening import halls_in, ledger_of  # noqa: PLC0415

    found = list(registers(halls_in(given.guides), ledger_of(env), now(), given.day))
    print("\n\n".join("\n".join(lines(each, given.lang)) for each in found))
    return int(not all(each.whole for each in found))


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


def _report(given: Namespace, env: Mapping[str, str]) -> int:
    from doors.editors import report  # noqa: PLC0415

    report(given.guides, env, given.lang, given.month, given.out)
    return 0


def _review(given: Namespace, env: Mapping[str, str]) -> int:
    from doors.editors import digests, review  # noqa: PLC0415

    (digests if given.digest else review)(given.guides, env, given.lang)
    return 0


def _check(given: Namespace, _: Mapping[str, str]) -> int:
    guides = check_guides(given.folder or given.guides)
    for line in lines_of(guides.problems, given.lang):
        print(line)
    if not guides.problems:
        print({"zh": "没有发现问题。"}.get(given.lang, "No faults found."))
    return int(has_errors(guides.problems))


_ALL = (_run, _chat, _desk, _register, _ask, _why, _evaluate, _report, _review, _check)
_COMMANDS = {each.__name__[1:]: each for each in _ALL}

if __name__ == "__main__":
    sys.exit(main())
