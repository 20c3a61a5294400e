"""The checklist of a topic: the materials it wants, each once, and which of them are there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desk.journeys import shared_materials
from desk.paper_names import PaperNames
from desk.papers import Named
from desk.topics import Topic, Topics
from facts.model import Elsewhere, Journey, Material, Materials, Service


@dataclass(frozen=True, slots=True)
class Paper:
    """A material of a checklist. `cases` are those that alone want it; without any, all do."""

    key: str
    material: Material
    cases: tuple[Topic, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is wanted of everybody."""
        return not self.cases and not self.material.when and self.material.need == "required"


def papers_of(topics: Topics, topic: Topic, day: date) -> tuple[Paper, ...] | None:
    """The papers that a topic wants on this day; None where no guide tells."""
    match topic.item:
        case Elsewhere():
            return tuple(_keyed((each, ()) for each in topic.item.bring)) or None
        case Journey():
            steps = (topics.within(topic.hall, step.topic) for step in topic.item.steps)
            materials = shared_materials(filter(None, steps), day)
            return tuple(_keyed((each, ()) for each in materials)) or None
    if topic.service is None or topic.kind not in ("service", "case"):
        return None
    return _of_service(topics, topic, topic.service, day)


def _of_service(
    topics: Topics, topic: Topic, service: Service, day: date
) -> tuple[Paper, ...] | None:
    cases = topics.cases(topic)
    lists = [service.facts(day, case.case).materials for case in cases]
    if not cases or all(each == lists[0] for each in lists):
        own = lists[0] if cases else service.facts(day, topic.case).materials
        return None if own is None else tuple(_keyed((each, ()) for each in own))
    known: list[Materials] = [each or () for each in lists]
    wanted: list[tuple[Material, list[Topic]]] = []
    for case, materials in zip(cases, known, strict=True):
        for material in materials:
            of = next((of for each, of in wanted if each == material), None)
            if of is None:
                wanted.append((material, [case]))
            elif case not in of:
                of.append(case)
    return tuple(_keyed((each, () if len(of) == len(cases) else tuple(of)) for each, of in wanted))


def _keyed(materials: Iterable[tuple[Material, tuple[Topic, ...]]]) -> Iterable[Paper]:
    """Papers with their keys, which stay the same wherever a paper of the name is wanted."""
    taken: set[str] = set()
    for material, cases in materials:
        name = next(iter(material.name.words.values()), "")
        place = 0
        while (key := _key(name, place)) in taken:
            place += 1
        taken.add(key)
        yield Paper(key, material, cases)


def _key(name: str, place: int) -> str:
    return hashlib.blake2b(f"{name}\n{place}".encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Matched:
    """Keys of the papers that are meant, and of those meant in a form that does not serve."""

    keys: frozenset[str] = frozenset()
    unfit: frozenset[str] = frozenset()


class Matcher:
    """Finds the papers of a checklist that a citizen names."""

    def __init__(self, names: PaperNames) -> None:
        self._names = names

    def matched(self, named: Iterable[Named], papers: Sequence[Paper], topic: Topic) -> Matched:
        """The papers that are meant by these names."""
        found: set[str] = set()
        unfit: set[str] = set()
        for each in named:
            for paper in self._meant(each, papers, topic):
                (found if serves(each, paper.material) else unfit).add(paper.key)
        return Matched(frozenset(found), frozenset(unfit - found))

    def _meant(self, named: Named, papers: Sequence[Paper], topic: Topic) -> list[Paper]:
        """The paper of that name, else one whose name ends so: one of everybody's, or one a case.

        What is wanted in some circumstance only, and then of somebody else, comes last.
        """
        same = self._names.same(named.name)
        found = [p for p in papers if same & self._names.of(p.material, topic.hall)]
        found = found or [p for p in papers if self._ends_so(p.material, same)]
        found.sort(key=lambda paper: (bool(paper.material.when), bool(paper.cases)))
        meant: list[Paper] = []
        for paper in found:
            taken = {case.label for each in meant for case in each.cases}
            if meant and (not meant[0].cases or {case.label for case in paper.cases} <= taken):
                continue
            meant.append(paper)
        return meant

    def _ends_so(self, material: Material, names: Iterable[tuple[str, ...]]) -> bool:
        tails = self._names.tails(material)
        return any(tail[-len(name) :] == name for tail in tails for name in names)


def serves(named: Named, material: Material) -> bool:
    """Whether a paper in this form is what the guide asks for."""
    if named.form == "electronic":
        return bool(material.electronic)
    return named.form != "copy" or not material.original
