"""Files that are written whole or not at all, several of them together."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from editing.words import Say

_REASONS = {
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "no_right",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.ENOENT: "not_there",
    errno.EISDIR: "is_folder",
    errno.ENOTDIR: "in_the_way",
    errno.EEXIST: "in_the_way",
    errno.ENAMETOOLONG: "name_too_long",
}
"""What an error of the system is in plain words, by its number."""


class Unwritable(Exception):  # noqa: N818 - nothing in the program is broken
    """A file could not be written; none of those that were to be written is changed."""

    def __init__(self, file: Path, error: OSError) -> None:
        super().__init__(f"{file}: {error.strerror}")
        self.file = file
        self.error = error

    def render(self, language: str) -> str:
        """What could not be written and why, in one line."""
        say = Say.of(language)
        return say("cannot_write", file=self.file, reason=reason(self.error, say))


class ChangedMeanwhile(Exception):  # noqa: N818 - nobody's error: two people were at work
    """Somebody has written the file since it was read; none is changed."""


def contents_of(file: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises OSError."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def reason(error: OSError, say: Say) -> str:
    """Why the system refused, in plain words."""
    key = _REASONS.get(error.errno or 0)
    return say(key) if key else error.strerror or type(error).__name__


def refused(error: OSError, say: Say, file: Path | None = None) -> str:
    """What the system refused, in one line: reading a file, or room for scratch files."""
    told = reason(error, say)
    name = file or error.filename
    if name is None or told == say("disk_full"):
        return say("cannot_go_on", reason=told)
    return say("cannot_read", file=name, reason=told)


def write(
    files: Mapping[Path, str | bytes], had: Mapping[Path, bytes | None] = MappingProxyType({})
) -> None:
    """Writes these files with the folders they need, in place of those that are there.

    A file keeps its rights, a link stays a link. Raises `Unwritable`, and `ChangedMeanwhile` where
    a file holds another thing than it `had` (None: where it was not there).
    """
    drafts: list[tuple[Path, Path]] = []
    made: list[Path] = []
    at = Path()
    try:
        for file, contents in files.items():
            at = file
            held = Path(os.path.realpath(file))
            made += _folders(held.parent)
            draft = held.with_name(f".{secrets.token_hex(8)}.new")
            drafts.append((draft, held))
            with draft.open("wb") as out:
                out.write(contents if isinstance(contents, bytes) else contents.encode())
                out.flush()
                os.fsync(out.fileno())
            if held.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if held.exists():
                if not os.access(held, os.W_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                shutil.copymode(held, draft)
        for at, before in had.items():
            if contents_of(at) != before:
                raise ChangedMeanwhile(f"{at.name} was changed this very moment")
        for draft, held in drafts:
            at = held
            draft.replace(held)
    except OSError as error:
        _take_back([draft for draft, _ in drafts], made)
        raise Unwritable(at, error) from error
    except BaseException:
        _take_back([draft for draft, _ in drafts], made)
        raise


def _folders(folder: Path) -> list[Path]:
    """Makes a folder and those it is in; the ones that were not there, outermost first."""
    new = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return new[::-1]


def _take_back(drafts: list[Path], made: list[Path]) -> None:
    for draft in drafts:
        with suppress(OSError):
            draft.unlink()
    for folder in reversed(made):
        with suppress(OSError):
            folder.rmdir()
