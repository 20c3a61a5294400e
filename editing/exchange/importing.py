"""A list of items into guides: read, checked, and written only where nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from editing import whole
from editing.exchange import files, halls, sources
from editing.exchange.assembly import Assembly, assemble
from editing.exchange.pruning import prune
from editing.exchange.remarks import Refused, say
from facts import folders
from facts.guides import check_guides, read_guides
from facts.model import Hall
from facts.problems import Problem

MOST_ROUNDS = 8
"""How often what is refused is taken out and the rest checked again."""


@dataclass(slots=True)
class Outcome:
    """What an import says, and whether it wrote the guides."""

    lines: list[str] = field(default_factory=list)
    written: bool = False


def import_list(
    file: Path,
    root: Path,
    *,
    hall: str | None = None,
    office: str | None = None,
    force: bool = False,
    language: str = "en",
) -> Outcome:
    """Writes the services of a list (XLSX, CSV) as guides into a hall's folder.

    `root` is the folder of the hall or of halls. Files that are there and differ are kept unless
    `force`: then nothing is written at all. Raises `Refused` for a file that cannot be used,
    `Unwritable` and OSError.
    """
    source = sources.read(file)
    folder = halls.target(root, hall, source.supplement.hall)
    before = _existing(folder)
    assembly = assemble(source, before, folder.resolve().name if hall else file.stem, office)
    told, after = _checked(assembly, folder, language)
    remarks = dict.fromkeys(remark.render(language) for remark in assembly.remarks())
    outcome = Outcome([*remarks])
    if after is None:
        outcome.lines += [say("fails-check", language), *told.values()]
        return outcome
    same = {name for name, text in told.items() if _is_same(folder, name, text, before, after)}
    _write(outcome, folder, told, same, force=force, language=language)
    if outcome.written and assembly.new_hall:
        name = str(assembly.hall["name"])
        outcome.lines.append(say("hall-made", language, file=folder / "hall.yaml", name=name))
    figures = {"offices": len(assembly.offices), "services": assembly.count(),
               "remarks": len(remarks)}  # fmt: skip
    outcome.lines.append(say("summary", language, **figures))
    return outcome


def _existing(folder: Path) -> Hall | None:
    if "hall" not in folders.files(folder):
        return None
    found = read_guides(folder).halls
    if not found:
        raise Refused("--guides", "not-guides", folder=str(folder))
    return found[0]


def _checked(assembly: Assembly, folder: Path, language: str) -> tuple[dict[str, str], Hall | None]:
    """The files as they pass the check, and the hall they make; else what is wrong, and None."""
    with tempfile.TemporaryDirectory() as scratch:
        draft = Path(scratch) / (folder.resolve().name or "hall")
        known = _faults(_copy(folder, draft))
        for _ in range(MOST_ROUNDS):
            told = assembly.files(language)
            whole.write({draft / name: text for name, text in told.items()})
            guides = check_guides(draft)
            errors = [each for each in guides.problems if each.severity == "error"]
            wrong = [each for each in errors if _told(each) not in known]
            if not wrong and guides.halls:
                return told, guides.halls[0]
            if not _pruned(assembly, told, wrong):
                break
    return {str(n): each.render(language) for n, each in enumerate(wrong)}, None


def _is_same(folder: Path, name: str, text: str, before: Hall | None, after: Hall) -> bool:
    """Whether a file that is there tells what would be written, in whatever way it is written."""
    old = files.old(folder, name)
    if old is None or before is None or not files.comments(text) <= files.comments(old):
        return old == text
    stem = name.removesuffix(".yaml")
    if stem == "hall":
        return _bare(before) == _bare(after)
    if stem in ("elsewhere", "journeys"):
        return bool(getattr(before, stem) == getattr(after, stem))
    if after.office(stem) is None:
        return old == text
    return before.office(stem) == after.office(stem)


def _bare(hall: Hall) -> Hall:
    """What hall.yaml tells by itself."""
    return replace(hall, folder=None, offices=(), elsewhere=(), journeys=())


def _pruned(assembly: Assembly, told: Mapping[str, str], wrong: Sequence[Problem]) -> bool:
    by_file: dict[str, list[Problem]] = {}
    for each in wrong:
        by_file.setdefault(each.file, []).append(each)
    for name, problems in by_file.items():
        office = assembly.offices.get(name.removesuffix(".yaml"))
        if office is None or not prune(office, told[name], problems, assembly.titles):
            return False
    return True


def _copy(folder: Path, draft: Path) -> Path:
    """A copy of a hall's guides, in which what would be written is tried."""
    draft.mkdir(parents=True)
    for file in folders.files(folder).values():
        shutil.copyfile(file, draft / file.name)
    for plan in folder.glob("*.svg"):
        shutil.copyfile(plan, draft / plan.name)
    own = folders.matters(folder)
    if own:
        shutil.copytree(own, draft / "matters")
    return draft


def _faults(folder: Path) -> set[tuple[str, ...]]:
    """The errors that are in the guides already."""
    if not folders.files(folder):
        return set()
    return {_told(each) for each in check_guides(folder).problems if each.severity == "error"}


def _told(problem: Problem) -> tuple[str, ...]:
    return problem.file, problem.kind, *map(str, sorted(problem.values.items()))


def _write(
    outcome: Outcome,
    folder: Path,
    told: Mapping[str, str],
    same: Collection[str],
    *,
    force: bool,
    language: str,
) -> None:
    """Writes the files but those that are the same, or tells what would be lost."""
    old = {name: files.old(folder, name) for name in told}
    differing = [name for name in told if old[name] is not None and name not in same]
    if differing and not force:
        for name in differing:
            outcome.lines.append(say("differs", language, file=folder / name))
            lines = files.difference(old[name] or "", told[name])
            outcome.lines += lines[: files.MOST_TOLD]
            if len(lines) > files.MOST_TOLD:
                more = len(lines) - files.MOST_TOLD
                outcome.lines.append(say("more-lines", language, n=more))
        outcome.lines.append(say("nothing-written", language))
        return
    new = {name: text for name, text in told.items() if name not in same}
    written = [folder / name for name in new]
    whole.write(dict(zip(written, new.values(), strict=True)))
    outcome.lines += [say("stays", language, file=folder / name) for name in sorted(same)]
    outcome.lines += [say("written", language, file=file) for file in written]
    outcome.written = True
