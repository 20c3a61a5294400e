"""The catalogue of public matters: what citizens bring to halls, whoever handles it there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from facts import folders, source
from facts.model import Hall, Matter
from facts.problems import Fault, Problem
from facts.reader import read_records
from facts.sheet import MOST, Sheet, Spots
from facts.slips import shown
from facts.values import says_nothing

SHIPPED = Path(__file__).parents[1] / "matters"
"""The project's own catalogue, one folder a language of halls."""
_LONGEST = 100
"""Characters of a wrong id that are compared with known ones."""
VECTORS = "vectors.npz"
"""The file beside the matters that holds their phrases as vectors."""
LANGUAGES = ("zh", "en")
"""Languages in which every matter has a name."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Matters by their full id (`<file>/<id>`), and what is wrong in their files.

    `lost` are the names of the files of which nothing could be read, so that nobody is blamed for
    naming what stands there.
    """

    matters: Mapping[str, Matter] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str] = frozenset()

    def may_have(self, matter: str) -> bool:
        """Whether there is a matter with this full id, or may be in a file that is lost."""
        return matter in self.matters or matter.partition("/")[0] in self.lost

    def nearest(self, name: str) -> str:
        """The full id most like this: by what stands after the file, by all of it, or by a name."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a faulty guide pays for it

        own = name.rpartition("/")[2]
        called = {each: each for each in self.matters if each.partition("/")[2] == own} or {
            text: each for each, matter in self.matters.items() for text in (each, *_names(matter))
        }
        found = process.extractOne(name[:_LONGEST], list(called), scorer=fuzz.ratio)
        return called[found[0]] if found else "–"


def _names(matter: Matter) -> Iterator[str]:
    yield from (matter.id, *matter.name.words.values(), *matter.names, *matter.also)


def folder(language: str, root: Path = SHIPPED) -> Path | None:
    """The folder of the matters that are brought to halls of this language."""
    found = root / language.partition("-")[0]
    return found if found.is_dir() else None


def files(*folders_read: Path) -> Iterator[Path]:
    """The files of a catalogue in the order they are read, without those that cannot be."""
    for each in folders_read:
        root = _root(each)
        for file in folders.files(each).values():
            if file.is_file() and source.inside(file, root) and os.access(file, os.R_OK):
                yield file


def read_catalogue(*folders_read: Path) -> Catalogue:
    """The matters in these folders; one of a later folder replaces one of an earlier.

    Never raises for what stands there.
    """
    catalogue = Catalogue()
    for each in folders_read:
        catalogue = _with(catalogue, each, each.parent)
    return catalogue


def catalogue_of(halls: Iterable[Hall], root: Path) -> Catalogue:
    """The catalogue that serves these halls, with what is wrong in their own files of it alone.

    These are named as they lie under `root`.
    """
    halls = list(halls)
    catalogue = replace(read_catalogue(*_shipped(halls)), problems=())
    for each in own_folders(halls):
        catalogue = _with(catalogue, each, root)
    return catalogue


class KnownCatalogue:
    """The catalogue that serves some halls, read again (a second) only where other files stand
    there, or other halls are asked for."""

    def __init__(self) -> None:
        self._known: tuple[object, Catalogue] | None = None

    def of(self, halls: Iterable[Hall], root: Path) -> Catalogue:
        """What `catalogue_of` tells."""
        halls = list(halls)
        read = folders_for(halls)
        stats = [(file, file.stat()) for file in files(*read)]
        state = read, [(each, at.st_mtime_ns, at.st_size, at.st_ino) for each, at in stats]
        known = self._known
        if known is None or known[0] != state:
            known = self._known = state, catalogue_of(halls, root)
        return known[1]


def _with(before: Catalogue, added: Path, root: Path) -> Catalogue:
    """A catalogue with the matters of one more folder; its files are named from `root` on."""
    problems = [*before.problems]
    spots = Spots()
    read: dict[str, Matter] = {}
    lost: set[str] = set()
    found = folders.files(added)
    for name, file in found.items():
        sheet = Sheet(file.relative_to(root).as_posix(), added, LANGUAGES, spots)
        try:
            node = source.read(file, _root(added))
            records = read_records(sheet, node, Matter) if node else ()
        except Fault as fault:
            sheet.add(fault)
            lost.add(name)
            records = ()
        read |= {f"{name}/{matter.id}": matter for matter in records}
        problems += sheet.problems
    catalogue = Catalogue({**before.matters, **read}, lost=before.lost | lost)
    problems += islice(_check(read, catalogue, spots), MOST * len(found))
    return replace(catalogue, problems=tuple(problems))


def _root(added: Path) -> Path:
    """Where the files of a folder of matters must lie when links are followed."""
    return added.parent.resolve()


def _check(read: Mapping[str, Matter], known: Catalogue, spots: Spots) -> Iterator[Problem]:
    """Missing languages, unknown neighbours, neighbours without a telling word, idle phrases."""
    said: dict[str, str] = {}
    for label, matter in read.items():
        for text, key in ((matter.name, "name"), (matter.authority, "authority")):
            for language in LANGUAGES:
                if not text.words.get(language):
                    yield spots.problem(matter, key, "matter-language", language=language)
        yield from _check_neighbours(label, matter, known, spots)
        for phrase, key in _phrases(matter):
            first = said.setdefault(phrase.casefold(), label)
            if says_nothing(phrase):
                yield spots.problem(matter, key, "empty-phrase", phrase, text=shown(phrase))
            elif first != label:
                told = {"text": shown(phrase), "other": first}
                yield spots.problem(matter, key, "phrase-of-two-matters", phrase, **told)


def _check_neighbours(
    label: str, matter: Matter, known: Catalogue, spots: Spots
) -> Iterator[Problem]:
    for neighbour in matter.neighbours:
        other = full_id(label, neighbour.matter)
        if not known.may_have(other):
            told = {"matter": shown(neighbour.matter), "nearest": known.nearest(other)}
            yield spots.problem(neighbour, "matter", "unknown-matter", **told)
        elif not neighbour.telling:
            yield spots.problem(neighbour, "matter", "nothing-tells", matter=shown(other))


def full_id(label: str, matter: str) -> str:
    """The full id of a matter that an entry names; without a file it is one of the same file."""
    return matter if "/" in matter else f"{label.partition('/')[0]}/{matter}"


def _phrases(matter: Matter) -> Iterator[tuple[str, str]]:
    yield from ((text, "also") for text in matter.also)
    yield from ((text, "ask") for text in matter.ask)


def folders_for(halls: Iterable[Hall]) -> list[Path]:
    """The folders of the catalogue that serves these halls: the project's, then the halls' own."""
    halls = list(halls)
    return [*_shipped(halls), *own_folders(halls)]


def _shipped(halls: Iterable[Hall]) -> list[Path]:
    """The project's own folders, in the languages of these halls."""
    languages = dict.fromkeys(hall.languages[0] for hall in halls)
    return [found for each in languages if (found := folder(each))]


def own_folders(halls: Iterable[Hall]) -> list[Path]:
    """The folders of the matters that halls have of their own."""
    return [found for hall in halls if hall.folder and (found := folders.matters(hall.folder))]


def vectors_in(folders_read: Iterable[Path]) -> list[Path]:
    """The files of vectors that lie beside these matters."""
    return [file for each in folders_read if (file := each / VECTORS).is_file()]
