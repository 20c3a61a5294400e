"""`new`: a skeleton of a hall, an office or a service, to fill in."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from doors.refusal import FileRefusal
from editing.skeleton import NotWritten, new, told
from editing.whole import Unwritable


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    try:
        written = new(given.kind, given.id, given.guides, given.lang)
    except OSError as error:
        raise FileRefusal(error) from error
    except (NotWritten, Unwritable) as error:
        print(told(error, given.lang), file=sys.stderr)
        return 1
    print(told(written, given.lang))
    return 0
