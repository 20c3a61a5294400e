"""Which files of a folder are guides: the halls' folders, and the files of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from facts.problems import Problem

_ENDINGS = frozenset({".yaml", ".yml"})
_WATCHED = _ENDINGS | {".svg"}


def files(folder: Path) -> Mapping[str, Path]:
    """The guides' files in a folder by their names without ending, in the names' order."""
    found: dict[str, Path] = {}
    for file in _visible(folder):
        if file.suffix.lower() in _ENDINGS and not file.is_dir():
            found.setdefault(file.stem, file)
    return found


def halls(path: Path) -> list[Path]:
    """The folder itself where it holds a hall.yaml, else those in it that do."""
    if "hall" in files(path):
        return [path]
    return [folder for folder in _folders(path) if "hall" in files(folder)]


State = Mapping[str, tuple[int, int, int]]
"""When each file was changed (nanoseconds), its size, and its number on the disk."""


def state(path: Path) -> State:
    """What tells that something else stands in a folder of guides now, without reading it."""
    found = {}
    for folder in (path, *_folders(path)):
        for each in (folder, folder / "matters"):
            for file in _visible(each):
                if file.suffix.lower() in _WATCHED and (status := _status(file)):
                    found[str(file)] = status.st_mtime_ns, status.st_size, status.st_ino
    return found


def _status(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except (OSError, ValueError):
        return None


def matters(hall: Path) -> Path | None:
    """The folder of a hall's own matters, where it has one."""
    found = hall / "matters"
    return found if found.is_dir() else None


def check(path: Path) -> Iterator[Problem]:
    """What is wrong with the folders before any file is read."""
    if not path.exists():
        yield Problem(str(path), 1, 1, "missing-folder")
    elif not path.is_dir():
        yield Problem(str(path), 1, 1, "not-a-folder")
    else:
        yield from _check_halls(path)


def _check_halls(path: Path) -> Iterator[Problem]:
    found = halls(path)
    for folder in found:
        for each in filter(None, (folder, matters(folder))):
            yield from _check_doubles(each, path)
    if found == [path]:
        return
    strays = files(path)
    if found:
        yield from (Problem(file.name, 1, 1, "stray-file") for file in strays.values())
    elif strays:
        yield Problem("hall.yaml", 1, 1, "no-hall")
    without = [each for each in _folders(path) if each not in found and files(each)]
    for folder in without:
        kind = "folder-without-hall" if found else "no-hall"
        yield Problem(f"{folder.name}/hall.yaml", 1, 1, kind)
    if not (found or strays or without):
        yield Problem(str(path), 1, 1, "empty-folder")


def _check_doubles(folder: Path, root: Path) -> Iterator[Problem]:
    read = files(folder)
    for file in _visible(folder):
        first = read.get(file.stem, file)
        if first != file and file.suffix.lower() in _ENDINGS:
            name = file.relative_to(root).as_posix()
            yield Problem(name, 1, 1, "double-file", {"first": first.name})


def _folders(path: Path) -> list[Path]:
    return [each for each in _visible(path) if each.is_dir()]


def _visible(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError:
        return []
