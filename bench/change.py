"""Change: one service of ten thousand gets other phrases while questions go on.

Items stand in `*-zh/items.tsv` and `*-en/items.tsv`; where they are too few, they are taken again
as those of another office. Without the encoder.
"""

from __future__ import annotations

import random
from itertools import islice, product
from pathlib import Path

from bench.matching import understanding
from bench.scale import phrases_of
from bench.sets import items
from bench.slips import SEED
from bench.times import middle_and_worst, timed
from intents.fold import fold
from intents.scorer import Phrase

SERVICES, PHRASES, CHANGES = 10_000, 10, 200


def measure(folder: Path) -> None:
    """Print milliseconds by the clock of building, of changing one service, and of a question."""
    known = {fold(name): name for name, _ in items(folder, "zh") + items(folder, "en")}
    if not known:
        print(f"no *-zh/items.tsv or *-en/items.tsv in {folder}")
        return
    chance = random.Random(SEED)  # noqa: S311 - the same changes in every run
    again = product(("", " 2", " 3", " 4"), known.values())
    names = [f"{name}{office}" for office, name in islice(again, SERVICES)]
    said = phrases_of(names, PHRASES * len(names), chance)
    by_label: dict[str, list[Phrase]] = {}
    for text, label in said:
        by_label.setdefault(label, []).append(Phrase(label, text, name=False))
    engine, build = timed(understanding, said)
    labels = list(by_label)
    changes, asked = [], []
    for number in range(CHANGES):
        label, like = chance.choice(labels), chance.choice(labels)
        new = [each._replace(label=label) for each in by_label[like]]
        new.append(Phrase(label, f"{names[int(like)]} {number}", name=False))
        engine, spent = timed(engine.replaced, label, new)
        changes.append(1000 * spent)
        asked.append(1000 * timed(engine.understand, new[-1].text)[1])
    print(
        f"{len(labels)} services, {len(said)} phrases, {CHANGES} changes of one, seed {SEED}\n"
        f"{'build s':>9}{'change ms p50':>15}{'p99':>9}{'question then ms p50':>22}{'p99':>9}\n"
        f"{build:9.2f}{middle_and_worst(changes)[0]:15.1f}{middle_and_worst(changes)[1]:9.1f}"
        f"{middle_and_worst(asked)[0]:22.2f}{middle_and_worst(asked)[1]:9.2f}",
        flush=True,
    )
