"""What a list has no columns for: a second sheet of files, ids, keys and contents as guides write.

A name of a file with an ending stands for its whole text, one without for single keys. A key that
the list tells too carries a seal of the list's cells: where they were changed, the list counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from editing.exchange import ids
from editing.exchange.files import dump, plain
from editing.exchange.grid import EMPTY, Cell, Grid, clean, folded
from editing.exchange.remarks import Remark, texts
from facts.nodes import compose
from facts.problems import Fault
from facts.values import is_language

HEADS = ("head-file", "head-id", "head-key", "head-content", "head-seal")
LONGEST_CELL = 30_000
"""Characters of a cell; Excel takes 32,767."""
_RAW = re.compile(r"(?:matters/)?(?:[\w-]+/)?[\w-][\w.-]*\.(?:yaml|yml|svg)")
_IN_CELL = frozenset({"original", "copies", "need", "electronic", "statutory", "promised"})
"""Inner keys that a cell always tells: where they are gone from it, they are gone."""


class Part(NamedTuple):
    """One row: a file's text, or a key of a file (`id` is "") or of an entry in it."""

    file: str
    id: str
    key: str
    content: str
    seal: str = ""


@dataclass(slots=True)
class Supplement:
    """The parts by file and id, and whole files."""

    hall: str = ""
    parts: dict[tuple[str, str], dict[str, Part]] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, part: Part, place: str) -> None:
        """Takes one part; of a text that is too long for a cell, the next piece."""
        if part.file == "hall" and not part.key and not part.id:
            self.hall = part.content
        elif "." in part.file:
            if not _RAW.fullmatch(part.file):
                self.remarks.append(Remark(place, "unsafe-name", {"name": part.file}))
                return
            self.raw[part.file] = self.raw.get(part.file, "").rstrip("\n") + part.content + "\n"
        elif not ids.FILE.fullmatch(part.file):
            self.remarks.append(Remark(place, "unsafe-name", {"name": part.file}))
        else:
            told = self.parts.setdefault((part.file, part.id), {})
            before = told[part.key].content if part.key in told else ""
            told[part.key] = part._replace(content=before + part.content)

    def data(self, file: str, id_: str) -> dict[str, Any]:
        """The contents of an entry's keys; those that cannot be read are told."""
        told = {}
        for key, part in self.parts.get((file, id_), {}).items():
            try:
                told[key] = plain(compose(part.content))
            except Fault:
                name = " ".join(filter(None, (file, id_, key)))
                self.remarks.append(Remark(file, "bad-supplement", {"name": name}))
        return told

    def entries(self, file: str) -> list[str]:
        """The ids of a file's entries in their order."""
        return [id_ for name, id_ in self.parts if name == file and id_]

    def files(self) -> list[str]:
        """The files of which single keys are told."""
        return list(dict.fromkeys(name for name, _ in self.parts))


def read(grid: Grid, into: Supplement) -> bool:
    """Takes a sheet's parts where it is a supplement; whether it is one."""
    for start, row in enumerate(grid.rows[:10]):
        if _is_head(row):
            for number, each in enumerate(grid.rows[start + 1 :], start + 1):
                told = [cell.text for cell in [*each, *[EMPTY] * len(HEADS)][: len(HEADS)]]
                if told[0]:
                    into.add(Part(*told), grid.place(number, 0))
            return True
    return False


def _is_head(row: Sequence[Cell]) -> bool:
    told = [folded(cell.text) for cell in row[: len(HEADS)]]
    return any(
        told == [folded(texts().say(head, language)) for head in HEADS]
        for language in texts().languages
    )


def rows(parts: Iterable[Part]) -> Iterable[Sequence[str]]:
    """The parts as rows of a sheet, long contents in pieces."""
    for part in parts:
        pieces = _pieces(part.content)
        for piece in pieces:
            yield part.file, part.id, part.key, piece, part.seal


def _pieces(text: str) -> list[str]:
    """A text in pieces that a cell can hold; none begins or ends with what a cell loses."""
    pieces = []
    while len(text) > LONGEST_CELL:
        cut = LONGEST_CELL
        while cut > 1 and (text[cut - 1].isspace() or text[cut].isspace()):
            cut -= 1
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def part(file: str, id_: str, key: str, value: Any, seal: str = "") -> Part:
    """A key's value as a part."""
    return Part(file, id_, key, dump(value), seal)


def seal(told: Mapping[str, str], key: str) -> str:
    """A code of the list's cells that stand for a key."""
    cells = sorted((column, clean(text)) for column, text in told.items() if of(column) == key)
    return hashlib.blake2b(repr(cells).encode(), digest_size=6).hexdigest()


def of(column: str) -> str:
    """The key for which a column stands."""
    return column.partition(".")[0]


def merged(rich: Any, new: Any, language: str) -> tuple[Any, list[Any]]:
    """A changed cell's value with the details that belong to what it tells; and those that do not.

    Texts keep their other languages, lists the details of the items that are still named.
    """
    if isinstance(rich, dict) and isinstance(new, str) and all(map(is_language, rich)):
        return {**rich, language: new}, []
    if isinstance(rich, dict) and isinstance(new, dict):
        kept = {key: value for key, value in rich.items() if key not in _IN_CELL}
        return kept | {k: merged(rich[k], v, language)[0] if k in rich else v
                       for k, v in new.items()}, []  # fmt: skip
    if isinstance(rich, list) and isinstance(new, list):
        left = list(rich)
        read = []
        for each in new:
            found = next(
                (old for old in left if _name(old, language) == _name(each, language)), None
            )
            if found is not None:
                left.remove(found)
                each = merged(found, each, language)[0]  # noqa: PLW2901
            read.append(each)
        return read, left
    return new, [] if rich in ("", new) else [rich]


def _name(value: Any, language: str) -> str:
    if isinstance(value, dict):
        inner = value.get("name", value.get(language, ""))
        return _name(inner, language) if inner is not value else ""
    return str(value).strip()
