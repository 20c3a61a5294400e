"""By file: what is made of each file of the halls, again only where something else stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from facts.model import Elsewhere, Hall, Office, Strings

T = TypeVar("T")
File = Office | tuple[Elsewhere, ...]
"""What a file tells: an office with its services, or the matters that a hall does not handle."""


class ByFile(Generic[T]):
    """What is made of each file.

    What was made `before`, of the very same file and beside the same synonyms, is taken over: a
    file that is not read again is the same object.
    """

    def __init__(
        self,
        halls: Iterable[Hall],
        make: Callable[[File, Hall], T],
        before: ByFile[T] | None = None,
    ) -> None:
        known = before._made if before else {}
        self._made: dict[tuple[str, int], tuple[File, tuple[Strings, ...], T]] = {}
        for hall in halls:
            files: tuple[File, ...] = (*hall.offices, hall.elsewhere)
            for file in files:
                at = hall.id, id(file)
                found = known.get(at)
                if found is None or found[1] != hall.words:
                    # The file is kept with it, so that no other takes its id.
                    found = file, hall.words, make(file, hall)
                self._made[at] = found

    def __iter__(self) -> Iterator[T]:
        return (made for *_, made in self._made.values())
