"""Guides written in the forms others keep: a workbook, JSON-LD, RDF, printed notices."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from editing import whole
from editing.exchange import cpsv, jsonld, printing, spreadsheet
from editing.exchange.notices import notices
from editing.exchange.remarks import Refused, say
from facts.guides import read_guides
from facts.model import Hall

_LINK = re.compile(r"https?://[^\s/<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*")
ENDINGS = {"xlsx": ".xlsx", "jsonld": ".jsonld", "rdf": ".ttl", "html": ""}


def export(
    root: Path,
    kind: str,
    out: Path | None,
    *,
    hall: str | None = None,
    link: str | None = None,
    force: bool = False,
    language: str = "en",
) -> list[str]:
    """Writes the halls at `root`; gives lines that tell what was written. Raises `Refused`,
    `Unwritable`, and OSError.

    Without `out`, JSON-LD and RDF go to standard output, a workbook or notices into a file or
    folder of the hall's name. `link` is where the guides are published.
    """
    if link is not None and not _LINK.fullmatch(link):
        raise Refused("--link", "wrong-link", link=link)
    halls = _halls(root, hall)
    if out is None and kind in ("jsonld", "rdf"):
        for each in halls:
            sys.stdout.write(_document(each, kind, _below(link, each, len(halls))))
        return []
    files: dict[Path, str | bytes] = {}
    for each, place in _places(halls, kind, out):
        at = datetime.now(UTC)
        files |= _files(each, kind, place, _below(link, each, len(halls)), at)
    there = [file for file in files if file.exists()]
    if there and not force:
        raise Refused("", "out-exists", path=str(there[0]))
    whole.write(files)
    told = {file.parent if kind == "html" else file for file in files}
    return [say("written", language, file=file) for file in sorted(told)]


def _halls(root: Path, wanted: str | None) -> list[Hall]:
    guides = read_guides(root)
    halls = [each for each in guides.halls if wanted in (None, each.id)]
    if not guides.halls:
        raise Refused("--guides", "not-guides", folder=str(root))
    if not halls:
        names = ", ".join(each.id for each in guides.halls)
        raise Refused("--hall", "no-hall-named", hall=wanted, halls=names)
    return halls


def _places(halls: list[Hall], kind: str, out: Path | None) -> Iterator[tuple[Hall, Path]]:
    """Each hall with its file, or its folder of notices."""
    several = len(halls) > 1
    if several and out is not None and (out.is_file() or out.suffix):
        raise Refused("--out", "out-is-file", path=str(out))
    for hall in halls:
        name = hall.id + (ENDINGS[kind] or "-notices")
        if out is None:
            yield hall, Path(name)
        elif several or (out.is_dir() and kind != "html"):
            yield hall, out / (hall.id + ENDINGS[kind])
        else:
            yield hall, out


def _below(link: str | None, hall: Hall, halls: int) -> str | None:
    return f"{link.rstrip('/')}/{hall.id}" if link and halls > 1 else link


def _document(hall: Hall, kind: str, link: str | None) -> str:
    return jsonld.document(hall, link) if kind == "jsonld" else cpsv.document(hall, link)


def _files(
    hall: Hall, kind: str, place: Path, link: str | None, at: datetime
) -> Mapping[Path, str | bytes]:
    if kind == "xlsx":
        return {place: spreadsheet.workbook(hall)}
    if kind != "html":
        return {place: _document(hall, kind, link)}
    told = list(notices(hall, at))
    pages = {place / each.file: printing.page(each, link) for each in told}
    return {place / "index.html": printing.index(hall, told), **pages}
