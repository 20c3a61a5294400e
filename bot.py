"""Shouwen 首问 starts here: the doors on one desk, and the commands for editors."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from doors.arguments import parser
from doors.refusal import Refusal

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] = os.environ) -> int:
    """Run one command; the exit status is 0, or 1 where guides or a question are faulty."""
    given = parser(env, HERE / "guides" / "taiping").parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        return int(import_module(f"doors.commands.{given.command or 'run'}").command(given, env))
    except Refusal as refusal:
        raise SystemExit(refusal.render(given.lang)) from None
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who read the answers has gone; Python would complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
