"""Run the benchmarks: `python -m bench [DATA] [--guides DIR] [--only PART] [--million]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench import (
    change,
    channels,
    foreign,
    ledger,
    loop,
    matching,
    meaning,
    names,
    reload,
    report,
    scale,
    scope,
    slipped,
    speed,
)

HERE = Path(__file__).parents[1]
OF_GUIDES: Mapping[str, Callable[[Path], None]] = {
    "speed": speed.measure,
    "slipped": slipped.measure,
    "foreign": foreign.measure,
    "channels": channels.measure,
    "ledger": ledger.measure,
    "report": report.measure,
    "loop": loop.measure,
    "reload": reload.measure,
}
"""Parts that measure the guides of a hall."""


def main() -> None:
    """Print the tables of every part whose data are given, or of one part."""
    of_data: dict[str, Callable[[Path], None]] = {
        "matching": matching.measure,
        "scope": scope.measure,
        "names": names.measure,
        "scale": scale.measure,
        "change": change.measure,
        "meaning": meaning.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="a folder of question sets and items")
    parser.add_argument("--guides", type=Path, default=HERE / "guides" / "taiping")
    parser.add_argument("--only", choices=(*OF_GUIDES, *of_data), help="run one part")
    parser.add_argument("--million", action="store_true", help="scale: a million phrases too")
    given = parser.parse_args()
    of_data["scale"] = partial(scale.measure, million=given.million)
    if given.only in of_data and given.data is None:
        parser.error(f"--only {given.only} needs a folder of data")
    for parts, folder in ((OF_GUIDES, given.guides), (of_data, given.data)):
        for name, measure in parts.items():
            if folder and given.only in (None, name):
                print(f"\n== {name}", flush=True)
                measure(folder)


if __name__ == "__main__":
    main()
