"""`evaluate`: hold a desk against questions whose answers are known."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence

from desk.evaluation import evaluate, of_questions, read_lines, summary
from doors.opening import desk_on, tell
from doors.refusal import FileRefusal, Refusal
from facts.problems import Problem
from facts.questions import read_questions


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    problems: Sequence[Problem] = ()
    desk = desk_on(given.guides, env, given.lang)
    try:
        if given.file.suffix in (".yaml", ".yml"):
            questions, problems = read_questions(given.file, desk.guides.halls)
            tell(problems, given.lang)
            cases = of_questions(questions)
        else:
            cases = read_lines(given.file)
    except OSError as error:
        raise FileRefusal(error, given.file) from error
    except ValueError as error:
        raise SystemExit(str(error)) from error
    if not cases:
        if problems:
            return 1
        raise Refusal("no_questions", file=given.file)
    print("\n".join(summary(list(evaluate(desk, cases)))))
    return 0
