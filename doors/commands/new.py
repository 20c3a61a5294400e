"""`new`: a skeleton of a hall, an office or a service, to fill in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from editing.skeleton import NotWritten, new, told


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    try:
        written = new(given.kind, given.id, given.guides, given.lang)
    except (NotWritten, OSError) as error:
        print(told(error, given.lang), file=sys.stderr)
        return 1
    print(told(written, given.lang))
    return 0
