"""Skeletons of a hall, an office and a service: commented files to fill in, nothing overwritten."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from desk.texts import Texts
from editing import whole
from editing.whole import Unwritable
from facts import folders, source
from facts.model import Office
from facts.nodes import Fields, Items, Node, Scalar, compose
from facts.problems import Fault
from facts.schema import keys

TEXTS = Texts(Path(__file__).parent / "texts")
KINDS = ("hall", "office", "service")
_FOLDER = Path(__file__).parent / "skeletons"
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_NO_OFFICES = frozenset(
    {"hall", "elsewhere", "journeys", "questions", "window", "office", "station"}
)
_BOM = b"\xef\xbb\xbf"


class NotWritten(Exception):  # noqa: N818 - nothing went wrong in the program
    """Nothing was written: `key` of the texts says why, filled with `values`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Written(NamedTuple):
    """The file that was written or added to, and the hall's folder."""

    file: Path
    hall: Path


def new(kind: str, name: str, guides: Path, language: str) -> Written:
    """Writes the skeleton of a hall, of an office, or of a service in its office's file.

    `guides` is a hall's folder or a folder of halls. Raises `NotWritten`, and `Unwritable`.
    """
    language = "zh" if language.partition("-")[0] == "zh" else "en"
    if kind == "hall":
        return _hall(name, guides, language)
    if kind == "office":
        return _office(name, guides, language)
    return _service(name, guides, language)


def told(what: Written | Exception, language: str) -> str:
    """What was written, or why nothing was, in words."""
    language = "zh" if language.partition("-")[0] == "zh" else "en"
    if isinstance(what, NotWritten):
        return TEXTS.say(what.key, language, **what.values)
    if isinstance(what, Unwritable):
        return what.render(language)
    if isinstance(what, Written):
        hint = TEXTS.say("check_hint", language, folder=what.hall)
        return f"{TEXTS.say('written', language, file=what.file)}\n{hint}"
    return str(what)


def _hall(name: str, guides: Path, language: str) -> Written:
    _check_id(name)
    beside = guides.parent if "hall" in folders.files(guides) else guides
    hall = beside / name
    found = folders.files(hall) if hall.is_dir() else {}
    if "hall" in found:
        raise NotWritten("exists", file=found["hall"])
    return Written(_put(hall / "hall.yaml", _skeleton("hall", name, language)), hall)


def _office(name: str, guides: Path, language: str) -> Written:
    own, hall = name.rpartition("/")[2], _hall_of(name, 1, guides)
    if own in _NO_OFFICES:
        raise NotWritten("wrong_id", id=own)
    _check_id(own)
    if own in folders.files(hall):
        raise NotWritten("exists", file=folders.files(hall)[own])
    return Written(_put(hall / f"{own}.yaml", _skeleton("office", own, language)), hall)


def _service(name: str, guides: Path, language: str) -> Written:
    if name.count("/") not in (1, 2):
        raise NotWritten("wrong_service", id=name)
    office, _, own = name.removesuffix("/").rpartition("/")
    hall, office = _hall_of(name, 2, guides), office.rpartition("/")[2]
    _check_id(own)
    file = folders.files(hall).get(office)
    if file is None:
        raise NotWritten("no_office", file=hall / f"{office}.yaml", office=office)
    try:
        text = source.text_of(file, hall.resolve())
        root = compose(text)
    except Fault as fault:
        raise NotWritten("broken", file=file, folder=hall) from fault
    if own in _services(root):
        raise NotWritten("taken", id=own, file=file)
    added = _appended(text, root, _skeleton("service", own, language))
    if added is None:
        raise NotWritten("not_appended", file=file)
    mark = _BOM if file.read_bytes().startswith(_BOM) else b""
    whole.write({file: mark + added.encode()})
    return Written(file, hall)


def _check_id(name: str) -> None:
    if not _ID.fullmatch(name):
        raise NotWritten("wrong_id", id=name)


def _hall_of(name: str, parts: int, guides: Path) -> Path:
    """The hall's folder: the guides themselves, their only hall, or the one that is named."""
    named = name.split("/")[:-parts]
    found = folders.halls(guides) if guides.is_dir() else []
    if named:
        found = [each for each in found if each.name == named[0]]
    if len(found) != 1:
        raise NotWritten("no_hall", folder=guides / named[0] if named else guides, hall="ID")
    return found[0]


def _skeleton(kind: str, name: str, language: str) -> str:
    text = (_FOLDER / f"{kind}.{language}.yaml").read_text("utf-8")
    return re.sub(r"\bID\b", name, text)


def _put(file: Path, text: str) -> Path:
    if os.path.lexists(file):
        raise NotWritten("exists", file=file)
    whole.write({file: text})
    return file


def _appended(text: str, root: Node | None, item: str) -> str | None:
    """An office's file with a service behind those it has, all else byte for byte as it was.

    None where that cannot be done, as in a list in brackets.
    """
    if root is not None and not isinstance(root, Fields):
        return None
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    place = _place(root, lines)
    if place is None:
        return None
    at, indent, head = place
    told = [head] if head else []
    told += [f"{' ' * indent}{line}" if line else "" for line in item.splitlines()]
    before = lines[:at]
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    added = "".join((*before, *(f"{line}{end}" for line in told), *lines[at:]))
    return added if _only_adds(root, added) else None


def _place(root: Fields | None, lines: list[str]) -> tuple[int, int, str] | None:
    """Before which line (from 0) the item goes, how far it is indented, and what precedes it."""
    if root is None or root.inline:
        return None
    found = _list(root)
    if found is None:
        return _last(len(lines), 0, lines), 2, "services:"
    key, value = found
    later = [each.line for each, _ in root.pairs if each.line > key.line]
    end = min(later, default=len(lines) + 1) - 1
    if isinstance(value, Scalar) and value.empty:
        return _last(end, key.line, lines), key.column + 1, ""
    if not isinstance(value, Items) or value.inline or not value.nodes:
        return None
    indent = value.column - 1
    return _last(end, value.nodes[-1].line, lines, indent), indent, ""


def _last(end: int, start: int, lines: list[str], indent: int = 0) -> int:
    """The end of a block without the blank lines and the comments that belong to what follows."""
    while end > start:
        row = lines[end - 1]
        told = row.strip()
        outside = told.startswith("#") and len(row) - len(row.lstrip()) < indent
        if told and not outside:
            break
        end -= 1
    return end


def _list(root: Fields) -> tuple[Scalar, Node] | None:
    names = {name for name, key in keys(Office).items() if key.field == "services"}
    return next(((key, value) for key, value in root.pairs if key.text.strip() in names), None)


def _services(root: Node | None) -> list[str]:
    """The ids of the services in an office's file."""
    found = _list(root) if isinstance(root, Fields) else None
    services = found[1].nodes if found and isinstance(found[1], Items) else []
    fields = (each.pairs for each in services if isinstance(each, Fields))
    return [
        value.text.strip()
        for pairs in fields
        for key, value in pairs
        if key.text.strip() in ("id", "标识") and isinstance(value, Scalar)
    ]


def _only_adds(root: Fields | None, added: str) -> bool:
    """Whether a text holds all that stood there, and one service more."""
    try:
        after = compose(added)
    except Fault:
        return False
    if not isinstance(after, Fields) or root is None:
        return False
    found, had = _list(after), _list(root)
    if found is None or not isinstance(found[1], Items):
        return False
    found[1].nodes.pop()
    kept = _plain(after), _plain(root)
    if had is None or (isinstance(had[1], Scalar) and had[1].empty):
        return not found[1].nodes and _without(kept[0]) == _without(kept[1])
    return bool(kept[0] == kept[1])


def _without(pairs: Any) -> list[Any]:
    """The pairs of a file without its list of services."""
    names = {name for name, key in keys(Office).items() if key.field == "services"}
    return [(key, value) for key, value in pairs if key.strip() not in names]


def _plain(node: Node) -> Any:
    if isinstance(node, Fields):
        return [(key.text, _plain(value)) for key, value in node.pairs]
    if isinstance(node, Items):
        return [_plain(each) for each in node.nodes]
    return node.text if isinstance(node, Scalar) else None
