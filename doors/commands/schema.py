"""`schema`: JSON Schemas of the guides, for editors' programs."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping

from doors.refusal import FileRefusal
from editing.schema import schemas, write
from editing.whole import Unwritable


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    if given.out is None:
        print(json.dumps(schemas(), ensure_ascii=False))
        return 0
    try:
        written = write(given.out)
    except Unwritable as error:
        raise FileRefusal(error) from error
    print(*written, sep="\n")
    return 0
