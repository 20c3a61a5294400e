"""Replacement of a file: written whole or not at all, and never over what came meanwhile."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

RIGHTS = 0o644
"""Of a file that was not there before."""


class ChangedMeanwhile(OSError):  # noqa: N818 - nobody's error: two people were at work
    """Somebody has written the file since it was read."""


def contents_of(file: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises OSError."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def replace(file: Path, contents: bytes, had: bytes | None) -> None:
    """Put contents in the place of what a file `had`, None where there was none.

    The file keeps its rights, and a link stays a link. Raises `ChangedMeanwhile` where it holds
    something else by now, and OSError where it cannot be written; then it is as it was.
    """
    file = file.resolve()
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as part:
        made = Path(part.name)
        try:
            part.write(contents)
            part.flush()
            os.fsync(part.fileno())
        except OSError:
            made.unlink(missing_ok=True)
            raise
    try:
        if had is None:
            made.chmod(RIGHTS)
        else:
            shutil.copymode(file, made)
        if contents_of(file) != had:
            raise ChangedMeanwhile(f"{file.name} was changed this very moment")
        made.replace(file)
    except OSError:
        made.unlink(missing_ok=True)
        raise
