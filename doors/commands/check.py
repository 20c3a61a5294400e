"""`check`: every fault in the guides."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from facts.guides import check_guides
from facts.problems import has_errors, report


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    guides = check_guides(given.folder or given.guides)
    for line in report(guides.problems, given.lang):
        print(line)
    if not guides.problems:
        print({"zh": "没有发现问题。"}.get(given.lang, "No faults found."))
    return int(has_errors(guides.problems))
