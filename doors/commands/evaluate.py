"""`evaluate`: hold a desk against questions whose answers are known."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from desk.evaluation import evaluate, of_questions, read_lines, summary
from doors.opening import desk_on, tell
from facts.questions import read_questions


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
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
