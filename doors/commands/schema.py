"""`schema`: JSON Schemas of the guides, for editors' programs."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping

from editing.schema import schemas, write


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    if given.out is None:
        print(json.dumps(schemas(), ensure_ascii=False))
        return 0
    try:
        written = write(given.out)
    except OSError as error:
        raise SystemExit(str(error)) from error
    print(*written, sep="\n")
    return 0
