"""The commands `import` and `export`: from arguments to files, told in lines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from editing.exchange import exporting, ids
from editing.exchange.importing import import_list
from editing.exchange.remarks import Refused, say
from editing.whole import Unwritable, refused
from editing.words import Say


def import_command(given: Namespace, sample: Path) -> int:
    """Guides from a list; the exit status is 1 where nothing was written.

    `sample` are the guides where none are named: a list goes beside them, never into them.
    """
    root, hall = given.guides, given.hall
    if root == sample:
        root, hall = sample.parent, hall or ids.made(given.file.stem)
    try:
        outcome = import_list(
            given.file,
            root,
            hall=hall,
            office=given.office,
            force=given.force,
            language=given.lang,
        )
    except (Refused, Unwritable, OSError) as error:
        return _refuse(error, given.lang)
    _tell(outcome.lines, sys.stdout)
    return int(not outcome.written)


def export_command(given: Namespace) -> int:
    """The guides in another form; the exit status is 1 where nothing was written."""
    try:
        lines = exporting.export(
            given.guides,
            given.format,
            given.out,
            hall=given.hall,
            link=given.link,
            force=given.force,
            language=given.lang,
        )
    except (Refused, Unwritable, OSError) as error:
        return _refuse(error, given.lang)
    _tell(lines, sys.stderr if given.out is None and given.format != "html" else sys.stdout)
    return 0


def _refuse(error: Refused | Unwritable | OSError, language: str) -> int:
    if isinstance(error, OSError):
        told = refused(error, Say.of(language))
    else:
        told = error.render(language)
    sys.stderr.write(f"{say('error', language)}: {told}\n")
    return 1


def _tell(lines: Iterable[str], stream: object) -> None:
    for line in lines:
        print(line, file=stream)  # type: ignore[call-overload]
