"""The work list: what citizens asked in vain, and what it may have been about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desk.decision import ANSWER
from desk.topics import Topic
from editing.engine import Engine, Likely
from editing.groups import Group, groups
from editing.reviewed import reviewed
from facts.guides import Guides
from facts.model import Case, Elsewhere, Hall, Journey, Service
from intents.fold import fold
from ledger.connection import Database
from ledger.figures import Figures
from ledger.vain import failed

LONG_AGO = datetime.min.replace(tzinfo=UTC)
BACK = timedelta(days=90)
"""So far back the list looks."""
PAST = 1000
"""Past questions that a new phrase is tried with."""
WEAK = (ANSWER, ANSWER + 0.1)
"""An answer with a confidence from the first to below the second was near to none."""
SETTLED = frozenset({"unhelpful", "weak"})
"""Reasons that remain although the question is answered by now."""


@dataclass(frozen=True, slots=True)
class Item:
    """A group of questions with its likeliest topics, likeliest first."""

    hall: Hall
    group: Group
    likely: tuple[Likely, ...]


def work_list(
    database: Database, hall: Hall, engine: Engine, at: datetime, back: timedelta = BACK
) -> Sequence[Group]:
    """What was asked in vain in a hall, most sessions first. Raises `LedgerError`.

    What was put aside is left out, and what was not answered but is a phrase of a topic by now.
    """
    rows = failed(database, hall.id, at - back, at, WEAK)
    rest = reviewed(hall)
    again = (each for each in rows if each.at > rest.get(fold(each.text), LONG_AGO))
    written = {fold(each) for topic in engine.topics for each in phrases(topic)}
    return groups(
        (each for each in again if each.reason in SETTLED or fold(each.text) not in written),
        engine.store,
    )


def item_of(group: Group, hall: Hall, engine: Engine) -> Item | None:
    """A group with what it may be about; None where nothing more is to be done about it.

    A question that was taken down or asked back, and is answered by now, needs nothing more.
    """
    if SETTLED.isdisjoint(group.reasons) and engine.topics.find(engine.taken_for(group.text)):
        return None
    return Item(hall, group, tuple(engine.likeliest(group.text)))


def asked(database: Database, guides: Guides, hall: Hall, at: datetime) -> list[str]:
    """The questions that a new phrase is tried with: those of questions.yaml, then past ones, those
    that most have asked. Raises `LedgerError`."""
    known = [text for own in guides.questions.values() for each in own for text in each.ask]
    past = Figures(database).said(hall.id, at - BACK, at, PAST, least=1)
    return list(dict.fromkeys([*known, *(each.text for each in past)]))


def phrases(topic: Topic) -> tuple[str, ...]:
    """The phrases that editors have written for a topic."""
    item = topic.item
    own = isinstance(item, Service | Case | Elsewhere | Journey)
    return (*item.also, *item.ask) if own else ()  # type: ignore[union-attr]
