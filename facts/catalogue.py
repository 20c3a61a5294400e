"""The catalogue of public matters: what citizens bring to halls, whoever handles it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from facts import folders, source
from facts.model import Hall, Matter
from facts.problems import Fault, Problem
from facts.reader import read_records
from facts.sheet import Sheet, Spots
from facts.slips import shown

SHIPPED = Path(__file__).parents[1] / "matters"
"""The project's own catalogue, one folder a language of halls."""
VECTORS = "vectors.npz"
"""The file beside the matters that holds their phrases as vectors."""
LANGUAGES = ("zh", "en")
"""Languages in which every matter has a name."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Matters by their full id (`<file>/<id>`), and what is wrong in their files."""

    matters: Mapping[str, Matter]
    problems: tuple[Problem, ...] = ()


def folder(language: str, root: Path = SHIPPED) -> Path | None:
    """The folder of the matters that are brought to halls of this language."""
    found = root / language.partition("-")[0]
    return found if found.is_dir() else None


def files(*folders_read: Path) -> Iterator[Path]:
    """The files of a catalogue in the order they are read."""
    for each in folders_read:
        yield from folders.files(each).values()


def read_catalogue(*folders_read: Path) -> Catalogue:
    """The matters in these folders; one of a later folder replaces one of an earlier.

    Never raises for what stands there.
    """
    matters: dict[str, Matter] = {}
    problems: list[Problem] = []
    for each in folders_read:
        spots = Spots()
        read: dict[str, Matter] = {}
        for name, file in folders.files(each).items():
            sheet = Sheet(f"{each.name}/{file.name}", each, LANGUAGES, spots)
            try:
                node = source.read(file, each.resolve())
                found = read_records(sheet, node, Matter) if node else ()
            except Fault as fault:
                sheet.add(fault)
                found = ()
            read |= {f"{name}/{matter.id}": matter for matter in found}
            problems += sheet.problems
        problems += _check(read, matters, spots)
        matters |= read
    return Catalogue(matters, tuple(problems))


def _check(
    read: Mapping[str, Matter], before: Mapping[str, Matter], spots: Spots
) -> Iterator[Problem]:
    """Missing languages, unknown neighbours, neighbours without a telling word, doubled phrases."""
    known = {**before, **read}
    said: dict[str, str] = {}
    for label, matter in read.items():
        for text, field in ((matter.name, "name"), (matter.authority, "authority")):
            for language in LANGUAGES:
                if not text.words.get(language):
                    yield spots.problem(matter, field, "matter-language", language=language)
        for neighbour in matter.neighbours:
            other = full_id(label, neighbour.matter)
            if other not in known:
                told = {"matter": shown(neighbour.matter)}
                yield spots.problem(neighbour, "matter", "unknown-matter", **told)
            elif not neighbour.telling:
                yield spots.problem(neighbour, "matter", "nothing-tells", matter=shown(other))
        for phrase, field in _phrases(matter):
            first = said.setdefault(phrase.casefold(), label)
            if first != label:
                told = {"text": shown(phrase), "other": first}
                yield spots.problem(matter, field, "phrase-of-two-matters", phrase, **told)


def full_id(label: str, matter: str) -> str:
    """The full id of a matter that an entry names; without a file it is one of the same file."""
    return matter if "/" in matter else f"{label.partition('/')[0]}/{matter}"


def _phrases(matter: Matter) -> Iterator[tuple[str, str]]:
    yield from ((text, "also") for text in matter.also)
    yield from ((text, "ask") for text in matter.ask)


def folders_for(halls: Iterable[Hall]) -> list[Path]:
    """The folders of the project's catalogue in the languages of these halls."""
    languages = dict.fromkeys(hall.languages[0] for hall in halls)
    return [found for each in languages if (found := folder(each))]


def vectors_in(folders_read: Iterable[Path]) -> list[Path]:
    """The files of vectors that lie beside these matters."""
    return [file for each in folders_read if (file := each / VECTORS).is_file()]
