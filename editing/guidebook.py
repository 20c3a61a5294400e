"""The guidebook: guides as editors see them, open one entry at a time, check it and save it."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from editing import accepted, passages, translations, whole
from editing.commits import Commit, commit
from editing.opened import Opened
from editing.whole import ChangedMeanwhile, Unwritable
from facts import folders
from facts.guides import Guides, GuidesFolder
from facts.problems import Fault, Problem
from facts.reading import Drafts

_Signature = tuple[tuple[str, int, int], ...]
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Checked:
    """Guides with a draft in them: faults of the draft itself, those that it brings about
    elsewhere, and the guides as they would be."""

    guides: Guides
    own: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before it can be saved."""
        return tuple(each for each in self._all if each.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful."""
        return tuple(each for each in self._all if each.severity == "warning")

    @property
    def doubts(self) -> str:
        """A name for these warnings, so that no others are confirmed with them."""
        told = "\n".join(each.what("en") for each in self.warnings)
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def _all(self) -> tuple[Problem, ...]:
        return (*self.own, *self.elsewhere)


@dataclass(frozen=True, slots=True)
class Saving:
    """How saving ended. `opened` is the entry as it stands in the file then.

    In a `conflict` somebody has changed the file since it was loaded; `doubtful` are warnings that
    nobody has confirmed. `reason` is what the system said where it `failed`.
    """

    ended: Literal["saved", "unchanged", "conflict", "faulty", "doubtful", "failed"]
    opened: Opened
    checked: Checked | None = None
    commit: Commit | None = None
    reason: str = ""


class Guidebook:
    """The guides in a folder. Safe for threads of one process."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))
        self._files = GuidesFolder(self._root)
        self._saving = threading.Lock()
        self._checking = threading.Lock()
        self._known: tuple[_Signature, Guides] | None = None

    @property
    def root(self) -> Path:
        """The folder."""
        return self._root

    def guides(self) -> Guides:
        """The guides as they stand in the files, with every fault."""
        with self._checking:
            signature = self._signature()
            if self._known is None or self._known[0] != signature:
                self._known = signature, self._check()
            return self._known[1]

    def halls(self) -> Mapping[str, Sequence[str]]:
        """The files of each hall by their names without ending, also of one that cannot be read."""
        return {each.name: tuple(folders.files(each)) for each in folders.halls(self._root)}

    def relative(self, hall: str, name: str) -> str:
        """Where a file of a hall lies in the guides, as faults tell it."""
        file = self._file(hall, name)
        return file.relative_to(self._root).as_posix() if file else ""

    def open(self, hall: str, name: str, topic: str | None = None) -> Opened | None:
        """Open an entry, or with no topic a whole file; None where there is no such file or topic.

        Only files that the guides consist of are opened. Raises `Fault` for what is no text.
        """
        file = self._file(hall, name)
        return Opened.of(hall, topic, file, self._root) if file else None

    def lines(self, hall: str, name: str) -> Mapping[str, range]:
        """The lines (from 1) in which each topic of a file stands, by its id. Raises `Fault`."""
        opened = self.open(hall, name)
        if opened is None:
            return {}
        found = passages.every(opened.text, name)
        return {topic: replace(opened, passage=each).lines for topic, each in found.items()}

    def has(self, opened: Opened) -> bool:
        """Whether the guides tell this topic, or it is a whole file."""
        hall = self.guides().hall(opened.hall)
        return opened.topic is None or (hall is not None and opened.label in hall.topic_ids())

    def checked(self, draft: Opened) -> Checked:
        """Check the guides with this draft in the place of its file."""
        before = self.guides().problems
        guides = self._check({draft.file: draft.contents})
        lines = draft.lines
        own = [
            each for each in guides.problems if each.file == draft.relative and each.line in lines
        ]
        others = (each for each in guides.problems if each not in own)
        new = _more(others, before)
        return Checked(guides, _ordered(own), _ordered(new))

    def _check(self, drafts: Drafts | None = None) -> Guides:
        checked = self._files.check() if drafts is None else self._files.draft(drafts)
        guides, readings = checked
        old = [
            problem
            for each in readings
            if each.hall and (before := accepted.readable(each.hall))
            for problem in translations.older(each, each.hall, before.translations)
        ]
        return replace(guides, problems=(*guides.problems, *old))

    def save(
        self, now: Opened, own: str, digest: str, author: str, *, confirmed: str = ""
    ) -> Saving:
        """Save an entry over the file with this digest, and commit it under the author's name.

        Never with errors, with warnings only where these `doubts` are confirmed, and never over
        what somebody has changed since. `now` tells which entry.
        """
        with self._saving:
            try:
                opened = Opened.of(now.hall, now.topic, now.file, self._root)
            except Fault as fault:
                problem = Problem(now.relative, fault.line, fault.column, fault.kind, fault.values)
                return Saving("failed", now, reason=problem.what("en"))
            draft = opened.exchanged(own)
            if opened.digest != digest:
                return Saving("conflict", opened)
            if draft.contents == opened.contents:
                return Saving("unchanged", opened)
            checked = self.checked(draft)
            if checked.errors:
                return Saving("faulty", opened, checked)
            if checked.warnings and checked.doubts != confirmed:
                return Saving("doubtful", opened, checked)
            try:
                self._write(opened, draft)
            except Unwritable as unwritable:
                reason = unwritable.error.strerror or str(unwritable)
                return Saving("failed", opened, checked, reason=reason)
            except (OSError, ChangedMeanwhile) as error:
                return Saving("failed", opened, checked, reason=str(error))
            done = commit(draft.file.resolve(), author, f"{now.hall}/{now.label}: {author}")
            return Saving("saved", draft, checked, done)

    def adding(self, author: str, write: Callable[[], Iterable[Path]]) -> Commit | None:
        """Let this write files of the guides while nothing else is saved, and commit them under
        the author's name: how the last that did not go well ended, else any.

        What `write` raises is raised.
        """
        with self._saving:
            found = [
                commit(file.resolve(), author, f"{file.parent.name}/{file.stem}: {author}")
                for file in write()
            ]
        failed = [each for each in found if each.ended != "committed"]
        return next(iter([*failed, *found]), None)

    def _write(self, opened: Opened, draft: Opened) -> None:
        """Write the file; a link stays a link, but never leads out of the guides."""
        file = opened.file.resolve(strict=True)
        if not file.is_relative_to(self._root):
            raise OSError(f"{opened.relative} leads out of the guides")
        whole.write({file: draft.contents}, {file: opened.contents})

    def _file(self, hall: str, name: str) -> Path | None:
        found = next((each for each in folders.halls(self._root) if each.name == hall), None)
        return folders.files(found).get(name) if found else None

    def _signature(self) -> _Signature:
        """Another one whenever a file of the guides has changed."""
        found = []
        for hall in folders.halls(self._root):
            own = folders.matters(hall)
            for file in (
                *folders.files(hall).values(),
                hall / accepted.FILE,
                *(folders.files(own) if own else {}).values(),
            ):
                try:
                    told = file.stat()
                except OSError:
                    continue
                found.append((str(file), told.st_mtime_ns, told.st_size))
        return tuple(found)


def _more(problems: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """The problems that there are more of than before, wherever they stand by now."""
    had = Counter(map(_kind, before))
    found = []
    for each in problems:
        had[_kind(each)] -= 1
        if had[_kind(each)] < 0:
            found.append(each)
    return found


def _kind(problem: Problem) -> tuple[str, ...]:
    values = (_NUMBER.sub("", str(each)) for each in problem.values.values())
    return problem.file, problem.kind, *values


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors first, each kind in the order of its place."""
    return tuple(
        sorted(problems, key=lambda each: (each.severity, each.file, each.line, each.column))
    )
