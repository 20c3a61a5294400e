"""Reading a guide's file: only a text of reasonable size that lies in its folder."""

from __future__ import annotations

import errno
import re
import stat
from pathlib import Path

from facts.nodes import Node, compose
from facts.problems import Fault, Word

LIMIT = 16_000_000
"""Bytes of one file; a thousand services told in full in two languages are about 10 MB."""

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_HAN = re.compile("[\u4e00-\u9fff]")


def read(file: Path, root: Path) -> Node | None:
    """The tree of a YAML file that lies under `root` (resolved), None where it is empty.

    Raises `Fault`: nothing else, whatever stands in the file.
    """
    return compose(text_of(file, root))


def text_of(file: Path, root: Path) -> str:
    """The text of a file that lies under `root` (resolved). Raises `Fault`: nothing else."""
    return decode(contents_of(file, root))


def inside(file: Path, root: Path) -> bool:
    """Whether a file lies under `root` (resolved) when links are followed."""
    try:
        return file.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError, ValueError):
        return False


def is_beside(name: str, folder: Path) -> bool:
    """Whether a plain file of this name lies in the folder itself."""
    file = folder / name
    return file.parent == folder and inside(file, folder) and file.is_file()


def contents_of(file: Path, root: Path) -> bytes:
    """The bytes of a file of reasonable size that lies under `root` (resolved); raises `Fault`."""
    try:
        status = file.stat()
        if not inside(file, root):
            raise Fault(1, 1, "outside")
        if not stat.S_ISREG(status.st_mode):
            raise Fault(1, 1, "not-a-file")
        with file.open("rb") as stream:
            read = stream.read(LIMIT + 1) if status.st_size <= LIMIT else b""
    except OSError as error:
        raise Fault(1, 1, "unreadable", reason=_reason(error)) from None
    if status.st_size > LIMIT or len(read) > LIMIT:
        size = f"{max(status.st_size, len(read)) / 1e6:.0f}"
        raise Fault(1, 1, "too-large", size=size, limit=f"{LIMIT // 1_000_000}")
    return read


def _reason(error: OSError) -> str:
    known = {errno.EACCES: "no-right", errno.EPERM: "no-right", errno.ENOENT: "not-there"}
    word = known.get(error.errno or 0)
    return Word(word) if word else error.strerror or str(error)


def decode(contents: bytes) -> str:
    """The text in these bytes: UTF-8, with a byte order mark or without; raises `Fault`."""
    if contents.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(contents):
        raise Fault(1, 1, "utf-16")
    if b"\0" in contents:
        raise _at(contents, contents.index(b"\0"), "not-text")
    try:
        text = contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(contents, error.start) from None
    found = _UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise Fault(line, column, "control-character", code=f"U+{ord(found[0]):04X}")
    return text


def _is_wide(contents: bytes) -> bool:
    """Whether every other byte is often zero, as in UTF-16 without its mark."""
    zeros = sorted((contents[0::2].count(0), contents[1::2].count(0)))
    return zeros[0] == 0 and zeros[1] * 20 > len(contents)


def _wrong_encoding(contents: bytes, position: int) -> Fault:
    try:
        text = contents.decode("gb18030")
    except UnicodeDecodeError:
        return _at(contents, position, "encoding")
    return _at(contents, position, "gbk" if _HAN.search(text) else "encoding")


def _at(contents: bytes, position: int, kind: str) -> Fault:
    start = contents.rfind(b"\n", 0, position) + 1
    column = len(contents[start:position].decode("utf-8", "replace")) + 1
    return Fault(contents.count(b"\n", 0, position) + 1, column, kind)
