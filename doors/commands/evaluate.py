"""`evaluate`: hold a desk against questions whose answers are known."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from desk.evaluation import Case, evaluate, of_questions, read_lines, summary
from doors.opening import desk_on, halls_in, tell
from doors.refusal import FileRefusal, Refusal
from facts.questions import read_questions


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    cases = _cases(given)
    desk = desk_on(given.guides, env, given.lang)
    print("\n".join(summary(list(evaluate(desk, cases)))))
    return 0


def _cases(given: Namespace) -> list[Case]:
    """What is to be asked. Raises SystemExit or `Refusal` where that is nothing."""
    if given.file.suffix in (".yaml", ".yml"):
        questions, problems = read_questions(given.file, halls_in(given.guides))
        tell(problems, given.lang)
        cases = of_questions(questions)
        if problems and not cases:
            raise SystemExit(1)
    else:
        try:
            cases = read_lines(given.file)
        except OSError as error:
            raise FileRefusal(error, given.file) from error
        except ValueError as error:
            raise SystemExit(str(error)) from error
    if not cases:
        raise Refusal("no_questions", file=given.file)
    return cases
