"""The check of guides: their faults, what the engine confuses, and what changed since accepted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TextIO

from desk.evaluation import Answering
from editing import accepted, translations
from editing.formats import TEXTS, Report
from editing.progress import Progress
from editing.whole import Unwritable
from facts.guides import Guides, check_readings
from facts.model import Hall
from facts.problems import Problem
from facts.reading import Reading

LOG = logging.getLogger("shouwen.check")
DeskOf = Callable[[Guides], Answering]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a check: its language and format; `fast` leaves the engine out, `accept`
    keeps what the guides tell now as accepted, `encoder` is whether the desk has one."""

    language: str = "en"
    form: str = "text"
    fast: bool = False
    accept: bool = False
    encoder: bool = True


def check(
    folder: Path, wanted: Wanted, day: date, desk_of: DeskOf, out: TextIO, err: TextIO
) -> int:
    """Checks the guides in a folder and writes the report; the exit status.

    `desk_of` makes the desk that the questions are put to; `err` shows what is going on.
    """
    guides, readings = check_readings(folder, day)
    report = Report(folder, guides.problems)
    progress = Progress(err)
    found: list[Problem] = []
    for reading in readings:
        if reading.hall:
            found += _hall(reading, reading.hall, wanted, desk_of, progress, report)
    report.problems = (*guides.problems, *found)
    for line in report.lines(wanted.form, wanted.language):
        out.write(f"{_printable(line)}\n")
    out.flush()
    return report.status()


def _hall(
    reading: Reading,
    hall: Hall,
    wanted: Wanted,
    desk_of: DeskOf,
    progress: Progress,
    report: Report,
) -> Sequence[Problem]:
    """What is only found with what was accepted, or by the engine; compares one hall with the
    former, or accepts it."""
    before = _accepted(hall, wanted, report)
    old = list(translations.older(reading, hall, before.translations)) if before else []
    found: Sequence[Problem] = [] if wanted.accept else old
    misses: dict[str, str] = {}
    if not wanted.fast:
        try:
            found = [*found, *_asked(reading, hall, wanted, desk_of, progress, report, misses)]
        except Exception as error:  # the faults that were found are told all the same
            LOG.exception("the engine could not be asked")
            report.notes.append(
                _say("cannot_run", wanted, reason=str(error) or type(error).__name__)
            )
            return old
    state = accepted.State(
        accepted.facts_of(hall), misses, wanted.encoder, translations.pairs_of(hall)
    )
    if wanted.accept:
        if _accept(hall, state, before, wanted, report) and old:
            places = "\n".join(f"  {each.file}:{each.line}" for each in old)
            report.notes.append(_say("still_hold", wanted, count=len(old), places=places))
    elif before:
        _compare(before, state, wanted, report)
    return found


def _asked(
    reading: Reading,
    hall: Hall,
    wanted: Wanted,
    desk_of: DeskOf,
    progress: Progress,
    report: Report,
    misses: dict[str, str],
) -> Sequence[Problem]:
    """Puts the questions to a desk, and the topics' own words to the engine."""
    from editing import telling_apart  # noqa: PLC0415 - a fast check goes without the engine

    if reading.questions:
        desk = desk_of(Guides((hall,)))
        asking = _say("asking", wanted)
        for text, verdict in accepted.asked(desk, reading.questions, progress, asking):
            ended = accepted.MISSED.get(verdict.verdict, verdict.verdict)
            report.verdicts[ended] += 1
            if ended != "right":
                misses[text] = ended
    missed = telling_apart.missed(hall, reading.questions, misses)
    return telling_apart.find(reading, missed, progress, _say("comparing", wanted))


def _accepted(hall: Hall, wanted: Wanted, report: Report) -> accepted.State | None:
    try:
        return accepted.read(hall.folder) if hall.folder else None
    except accepted.UnreadableError as error:
        if not wanted.accept:
            report.notes.append(_say("unreadable", wanted, reason=error))
        return None


def _accept(
    hall: Hall,
    state: accepted.State,
    before: accepted.State | None,
    wanted: Wanted,
    report: Report,
) -> bool:
    """Keeps what a hall tells now; whether that could be done."""
    if hall.folder is None:
        return False
    if wanted.fast and before:  # what became of the questions is not known this time
        state = replace(state, misses=before.misses, encoder=before.encoder)
    try:
        kept = accepted.write(hall.folder, state)
    except Unwritable as unwritable:
        report.notes.append(unwritable.render(wanted.language))
        report.failed = True
        return False
    report.notes.append(_say("accepted", wanted, file=kept))
    return True


def _compare(before: accepted.State, state: accepted.State, wanted: Wanted, report: Report) -> None:
    alike = before.encoder == state.encoder
    if not wanted.fast and not alike:
        report.notes.append(_say("other_engine", wanted))
    report.compared = True
    asked = not wanted.fast and alike
    report.changes += accepted.changes(before, state, questions=asked)


def _say(key: str, wanted: Wanted, **values: object) -> str:
    return TEXTS.say(key, "zh" if wanted.language.partition("-")[0] == "zh" else "en", **values)


def _printable(line: str) -> str:
    """A line that any stream takes: names of files may hold bytes that are no text."""
    return line.encode("utf-8", "replace").decode()
