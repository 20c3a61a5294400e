"""What may stand on the command line, and in the environment in its place."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any


def parser(env: Mapping[str, str], sample: Path) -> argparse.ArgumentParser:
    """The commands with their arguments; `sample` are the guides where none are named."""
    guides = Path(env.get("GUIDES") or sample)
    whole = argparse.ArgumentParser(
        prog="bot.py",
        description="Shouwen 首问: a service-hall guide",
        parents=[_guides(), _doors()],
    )
    port = _port(whole, env.get("PORT") or "8080")
    whole.set_defaults(guides=guides, host=env.get("HOST") or "127.0.0.1", port=port, sample=sample)
    whole.set_defaults(lang=_spoken(env))
    commands = whole.add_subparsers(dest="command", title="commands", metavar="")
    commands.add_parser("run", parents=[_guides(), _doors()], help="open the doors (the default)")
    chat = commands.add_parser("chat", parents=[_guides()], help="talk in the terminal")
    chat.add_argument("--session", metavar="NAME", help="whose conversation it is")
    desk = commands.add_parser("desk", parents=[_guides()], help="answer what was taken down")
    desk.add_argument("--name", help="who answers (the user's name)")
    _language(desk, env)
    register = commands.add_parser("register", parents=[_guides()], help="show how a day ended")
    register.add_argument("--day", type=_day, metavar="2026-11-26", help="not today")
    _language(register, env)
    ask = commands.add_parser("ask", parents=[_guides()], help="ask; nothing is written down")
    ask.add_argument("--json", action="store_true", help="answer in JSON, one line a question")
    ask.add_argument("question", nargs="+", help="questions, or - for JSON lines on standard input")
    why = commands.add_parser("why", parents=[_guides()], help="show what decided about a question")
    why.add_argument("question", nargs="+", help="questions")
    _language(why, env)
    evaluate = commands.add_parser(
        "evaluate", parents=[_guides()], help="hold a desk against answers"
    )
    evaluate.add_argument("file", type=Path, help="question<TAB>expected, or a questions.yaml")
    report = commands.add_parser("report", parents=[_guides()], help="the figures of a month")
    report.add_argument("--month", help="like 2026-11 (the month before this one)")
    report.add_argument("--out", type=Path, metavar="DIR", help="where it goes (report-2026-11)")
    _language(report, env)
    review = commands.add_parser(
        "review", parents=[_guides()], help="work through what was asked in vain"
    )
    review.add_argument("--digest", action="store_true", help="only tell those of this week")
    review.add_argument(
        "--send", action="store_true", help="with --digest: to the editors on Telegram too"
    )
    _language(review, env)
    _users(commands.add_parser("user", help="who may log in at the staff page"))
    commands.add_parser("key", help="make a CONTACT_KEY, under which phones are kept")
    check = commands.add_parser("check", help="name every fault in the guides")
    check.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="the guides")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.add_argument("--fast", action="store_true", help="faults alone, without the engine")
    check.add_argument(
        "--accept", action="store_true", help="keep this as what later checks show changes against"
    )
    _language(check, env)
    _exchange(commands, env)
    schema = commands.add_parser("schema", help="JSON Schemas of the guides, for editors' programs")
    schema.add_argument("--out", type=Path, metavar="DIR", help="where to; else printed")
    _language(schema, env)
    new = commands.add_parser("new", parents=[_guides()], help="a skeleton to fill in")
    new.add_argument("kind", choices=("hall", "office", "service"))
    new.add_argument("id", metavar="ID", help="its id; of a service, office/service")
    _language(new, env)
    return whole


def _users(user: argparse.ArgumentParser) -> None:
    actions = user.add_subparsers(dest="action", required=True, title="actions", metavar="")
    add = actions.add_parser("add", parents=[_guides()], help="let somebody in")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=["editor", "staff", "head"], required=True)
    add.add_argument("--windows", metavar="NUMBERS", help="the windows that staff serve: 3,4")
    add.add_argument("--hall", metavar="ID", help="their hall, where there are several")
    actions.add_parser("list", help="show who may log in")
    remove = actions.add_parser("remove", help="let somebody in no longer")
    remove.add_argument("name", metavar="NAME")


def _exchange(commands: Any, env: Mapping[str, str]) -> None:
    """Guides from a list of items, and in the forms others keep."""
    into = commands.add_parser(
        "import", parents=[_guides()], help="make guides from a list of items (XLSX, CSV)"
    )
    into.add_argument("file", type=Path, metavar="FILE", help="the list")
    into.add_argument("--hall", metavar="ID", help="the hall's folder, where --guides holds halls")
    into.add_argument("--office", metavar="ID", help="the office's file, where there is only one")
    into.add_argument("--force", action="store_true", help="replace files that differ")
    _language(into, env)
    out = commands.add_parser(
        "export", parents=[_guides()], help="write the guides as a list, data or printed notices"
    )
    out.add_argument("--format", required=True, choices=("xlsx", "jsonld", "rdf", "html"))
    out.add_argument("--out", type=Path, metavar="PATH", help="the file, or a folder")
    out.add_argument("--hall", metavar="ID", help="only this hall")
    out.add_argument("--link", metavar="URL", help="where the guides are published on the web")
    out.add_argument("--force", action="store_true", help="replace what is there")
    _language(out, env)


def _language(command: argparse.ArgumentParser, env: Mapping[str, str]) -> None:
    command.add_argument("--lang", default=_spoken(env), help="the language of the report")


def _spoken(env: Mapping[str, str]) -> str:
    return "zh" if "zh" in env.get("LANG", "") else "en"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-11-26") from None


# What stands before the command counts unless it stands behind it again: an argument that is not
# given leaves no trace. Each parser has its own, for defaults are kept in the arguments.
def _guides() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--guides", type=Path, metavar="DIR", help="the guides")
    return common


def _doors() -> argparse.ArgumentParser:
    doors = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    doors.add_argument("--host", help="the address of the web page (127.0.0.1)")
    doors.add_argument("--port", type=int, help="its port (8080; 0 takes a free one)")
    return doors


def _port(whole: argparse.ArgumentParser, port: str) -> int:
    if not port.isdecimal():
        whole.error(f"PORT is a number, not {port!r}")
    return int(port)
