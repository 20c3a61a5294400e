"""Run every benchmark: `python -m bench [FOLDER OF QUESTION SETS] [--guides DIR]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import matching, speed

HERE = Path(__file__).parents[1]


def main() -> None:
    """Print the tables; matching is measured where question sets are given."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="folders with train_10.tsv and test.tsv")
    parser.add_argument("--guides", type=Path, default=HERE / "guides" / "taiping")
    given = parser.parse_args()
    speed.measure(given.guides)
    if given.data:
        matching.measure(given.data)


if __name__ == "__main__":
    main()
