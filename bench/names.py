"""A hall of real items that it knows by their names only, asked for by whole and broken names.

The items stand in `*-zh/items.tsv` and `*-en/items.tsv`, lines of a name first and who offers it
last. An item counts as found where any item of the same name is.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from bench.sets import Pairs, items
from bench.slips import SEED, Slips
from bench.speed import desk_on
from bench.times import middle_and_worst, timed
from desk.message import Message
from facts.guides import Guides
from facts.model import Hall, Office, Service, Text, Window
from intents.encoder import Encoder, installed
from intents.fold import fold, has_han
from ledger.memory import MemoryLedger

CHOICES = 4
"""Choices that a desk offers at most; the peer may name as many."""
ASKED = 1000
"""Items of a list that are asked for at most."""
Finder = Callable[[str], list[str]]


def measure(folder: Path) -> None:
    """Print the share found and milliseconds by the clock for each language's items."""
    print(
        f"Names only: at most {ASKED} items of a list asked for, seed {SEED}; nothing chosen\n"
        f"{'items':12}{'method':26}{'asked by':22}{'first %':>9}"
        f"{f'among {CHOICES} %':>11}{'ms p50':>9}{'p99':>9}"
    )
    for language in ("zh", "en"):
        listed = items(folder, language)
        if listed:
            _measure_list(language, listed)
        else:
            print(f"no *-{language}/items.tsv in {folder}")


def _measure_list(language: str, listed: Pairs) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same questions in every run
    names = [name for name, _ in listed]
    some = chance.sample(names, min(ASKED, len(names)))
    breaking = Breaking(names, chance)
    ways = {
        "the whole name": some,
        "one wrong character": [breaking.one_wrong(name) for name in some],
        "half the name": [breaking.half(name) for name in some],
    }
    for method, find in _finders(language, listed):
        for way, asked in ways.items():
            found = [timed(find, text) for text in asked]
            middle, worst = middle_and_worst([1000 * spent for _, spent in found])
            wanted = [(fold(name), labels) for name, (labels, _) in zip(some, found, strict=True)]
            first = sum(name in labels[:1] for name, labels in wanted) / len(wanted)
            among = sum(name in labels[:CHOICES] for name, labels in wanted) / len(wanted)
            print(
                f"{f'{len(names)} {language}':12}{method:26}{way:22}{100 * first:9.1f}"
                f"{100 * among:11.1f}{middle:9.2f}{worst:9.2f}",
                flush=True,
            )


class Breaking:
    """Names as they are broken: by chance, among the characters in use."""

    def __init__(self, names: list[str], chance: random.Random) -> None:
        self._slips = Slips(names)
        self._in_use = "".join(names)
        self._chance = chance

    def one_wrong(self, name: str) -> str:
        """A name with a wrong character of the same sound, else with any other wrong one."""
        typed = self._slips.same_sound(name)
        if typed != name:
            return typed
        at = self._chance.randrange(len(name))
        in_use = self._in_use if has_han(name) else string.ascii_lowercase
        return name[:at] + self._chance.choice(in_use) + name[at + 1 :]

    def half(self, name: str) -> str:
        """The first or second half: of the words where there are several, else of characters."""
        units, gap = (name.split(), " ") if " " in name else (list(name), "")
        middle = (len(units) + 1) // 2
        return gap.join(self._chance.choice((units[:middle], units[middle:])))


def hall_of(listed: Pairs, language: str) -> Hall:
    """A hall with one window whose services have names only."""
    services: dict[str, list[Service]] = {}
    for number, (name, office) in enumerate(listed):
        service = Service(id=f"item-{number}", name=Text({language: name}))
        services.setdefault(office, []).append(service)
    offices = tuple(
        Office(id=f"office-{at}", office=Text({language: name}), services=tuple(of))
        for at, (name, of) in enumerate(services.items())
    )
    return Hall(
        id="items",
        name=Text({language: "items"}),
        languages=(language,),
        windows=(Window(number="1"),),
        lead_window="1",
        offices=offices,
    )


def _finders(language: str, listed: Pairs) -> Iterator[tuple[str, Finder]]:
    """Ways to find names, likeliest first and folded."""
    hall = hall_of(listed, language)
    if encoder := installed():
        yield "ours", _desk(hall, encoder)
    yield "ours, without encoder", _desk(hall, None)
    names = [name for name, _ in listed]
    prepared = [utils.default_process(name) for name in names]

    def nearest(text: str) -> list[str]:
        asked = utils.default_process(text)
        found = process.extract(asked, prepared, scorer=fuzz.WRatio, limit=CHOICES)
        return [fold(names[at]) for _, _, at in found]

    yield "RapidFuzz WRatio", nearest


def _desk(hall: Hall, encoder: Encoder | None) -> Finder:
    desk = desk_on(Guides((hall,)), MemoryLedger(), encoder)
    desk.warm_up()
    names = {
        f"{office.id}/{service.id}": fold(service.name.say(""))
        for office, service in hall.services()
    }

    sessions = count()

    def find(text: str) -> list[str]:
        """What the turn is about, else what is offered."""
        turn = desk.answer(Message(text=text, session=str(next(sessions)), door="bench"))
        told = [turn.topic] if turn.topic else [each.topic for each in turn.choices]
        return [names.get(each or "", "") for each in told]

    return find
