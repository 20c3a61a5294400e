"""The complaints of a month by themselves (duty C3): by what they are about, and by window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from desk.receipts.categories import CATEGORIES
from editing.figures.table import Chart, Table
from editing.words import Say
from ledger.figures import Complained

KINDS = (*CATEGORIES, "none")
COUNTED = ("taken_down", "in_time", "late", "open", "not_accepted")


def complaint_tables(
    complaints: Sequence[Complained], say: Say, window: Callable[[str | None], str]
) -> Iterator[Table]:
    """A table by category, and one by the window complained about, named by `window`."""
    yield _by_kind(complaints, say)
    yield _by_window(complaints, say, window)


def _by_kind(complaints: Sequence[Complained], say: Say) -> Table:
    counts: dict[str, Counter[str]] = {each: Counter() for each in KINDS}
    for each in complaints:
        count = counts[_kind(each)]
        count["taken_down"] += each.count
        count[each.standing] += each.count
        count["not_accepted"] += each.count if each.refused else 0
    return Table(
        key="complaints",
        title=say("table_complaints"),
        columns=(say("first_complaints"), *(say(f"column_{each}") for each in COUNTED)),
        rows=tuple(
            (say.category(kind), *(count[each] for each in COUNTED))
            for kind, count in counts.items()
        ),
        note=say("note_complaints"),
        chart=Chart("bars", (1,)),
    )


def _by_window(
    complaints: Sequence[Complained], say: Say, window: Callable[[str | None], str]
) -> Table:
    counts: dict[str | None, Counter[str]] = {}
    for each in complaints:
        counts.setdefault(each.window, Counter())[_kind(each)] += each.count
    return Table(
        key="complaints-by-window",
        title=say("table_complaints-by-window"),
        columns=(say("first_windows"), *(say.category(each) for each in KINDS)),
        rows=tuple(
            (window(number), *(counts[number][each] for each in KINDS))
            for number in sorted(counts, key=lambda each: (each is None, str(each)))
        ),
    )


def _kind(complained: Complained) -> str:
    return complained.category if complained.category in CATEGORIES else "none"
