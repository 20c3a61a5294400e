"""What is missing of a topic's materials: named once, all of it; and the list to tick it off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desk.answers import capital
from desk.checking import CHECKLIST, DONE, LIST, OF_LIST, TICK, UNTICK
from desk.checklist import Paper, papers_of
from desk.decision import Check, Tell, Wanted
from desk.journeys import step_name
from desk.message import Choice, Item
from desk.said import Said
from desk.telling import Teller
from desk.topics import Topic, Topics
from desk.wording import Wording, dotted
from facts.counts import phone_of, windows_of
from facts.model import Case, Elsewhere, Material

BOX, TICKED = "□", "☑"
OFFERED_AFTER = ("materials", "overview")
"""Answers after which it is offered to check the papers."""


class Checker:
    """Tells what is missing."""

    def __init__(self, topics: Topics, teller: Teller) -> None:
        self._topics = topics
        self._teller = teller

    def tell(self, say: Wording, check: Check) -> Said:
        """The checklist of the decision's topic, or what is missing of it."""
        topic = check.topic
        papers = self._papers(say, topic)
        ask_case = check.listed and any(paper.cases for paper in papers)
        lines: list[str] = []
        if papers and not ask_case:
            told = (
                self._list(say, check, papers) if check.listed else self._report(say, check, papers)
            )
            lines = list(told)
        about = tuple(each for each in check.about if each in OF_LIST)
        tell = Tell(topic, (CHECKLIST,), check.confidence, told=tuple(lines))
        said = self._teller.tell(say, tell)
        said.about = about
        if check.listed and not ask_case:
            said.checklist = _items(say, check, papers)
            said.in_place = check.in_place
            said.next = (_choice(say, topic, DONE),)
        else:
            said.next = (*self._offer(say, topic), *said.next)
        return said

    def wanted(self, say: Wording, wanted: Wanted) -> Said:
        """Whether the papers that are asked for are wanted, and how."""
        topic = wanted.topic
        papers = self._papers(say, topic)
        lines: list[str] = []
        for name, keys, unfit in wanted.papers:
            meant = [paper for paper in papers if paper.key in keys | unfit]
            lines += wanted_lines(say, topic, name, meant)
            if unfit:
                lines.append(say("lacking_unfit", list=name, phone=_asked_at(say, topic)))
        about = "place" if topic.kind == "elsewhere" else CHECKLIST
        tell = Tell(topic, (about,), wanted.confidence, told=tuple(lines))
        said = self._teller.tell(say, tell)
        said.about = ("materials",)
        said.next = (*self._offer(say, topic), *said.next)
        return said

    def offered(self, say: Wording, said: Said, tell: Tell) -> Said:
        """The answer about a topic, with the button that shows its checklist."""
        if set(OFFERED_AFTER) & set(said.about) and said.topic is not None:
            # The next step of a journey comes before its papers.
            first = 1 if tell.topic.kind == "journey" else 0
            said.next = (*said.next[:first], *self._offer(say, tell.topic), *said.next[first:])
        return said

    def _offer(self, say: Wording, topic: Topic) -> Iterator[Choice]:
        cancelled = topic.service is not None and topic.service.status == "cancelled"
        if not cancelled and self._papers(say, topic):
            yield _choice(say, topic, LIST)

    def _papers(self, say: Wording, topic: Topic) -> tuple[Paper, ...]:
        return papers_of(self._topics, topic, self._teller.day(say, topic.hall)) or ()

    def _list(self, say: Wording, check: Check, papers: Sequence[Paper]) -> Iterator[str]:
        yield capital(say("checklist", doing=say.doing(_name(say, check.topic))))
        for item in _items(say, check, papers):
            yield f"{TICKED if item.ticked else BOX} {item.text}"
        yield say("checklist_how")

    def _report(self, say: Wording, check: Check, papers: Sequence[Paper]) -> Iterator[str]:
        topic = check.topic
        left = [paper for paper in papers if paper.key not in check.there]
        certain = [paper for paper in left if paper.certain]
        doing = say.doing(_name(say, topic))
        by_case = [paper for paper in left if paper.cases]
        if by_case and not certain:
            yield capital(say("lacking_by_case", of=say.of(_name(say, topic))))
        elif certain:
            key = "lacking_one" if len(certain) == 1 else "lacking_some"
            yield capital(say(key, doing=doing, n=len(certain)))
        else:
            yield capital(say("lacking_none" if not left else "lacking_must", doing=doing))
        for n, paper in enumerate(certain, 1):
            yield f"{n}. {say.material(paper.material, topic.hall)}"
            yield from self._issued(say, topic, paper.material)
        yield from self._of_cases(say, topic, left)
        for key, group in _apart(left):
            yield say(key)
            for each in group:
                yield from dotted([say.material(each, topic.hall)])
                yield from self._issued(say, topic, each)
        there = [
            _counted(say, paper.material, topic) for paper in papers if paper.key in check.there
        ]
        if there and left:
            yield say("lacking_there", list=say.joined(dict.fromkeys(there)))
        unfit = [say.text(paper.material.name) for paper in left if paper.key in check.unfit]
        if unfit:
            yield say("lacking_unfit", list=say.joined(unfit), phone=_asked_at(say, topic))
        if left:
            yield say("rights")

    def _of_cases(self, say: Wording, topic: Topic, left: Iterable[Paper]) -> Iterator[str]:
        """What each case wants besides."""
        if not any(paper.cases for paper in left):
            return
        for case in self._topics.cases(topic):
            name = say.text(case.item.name) if isinstance(case.item, Case) else ""
            of_case = [paper.material for paper in left if case in paper.cases]
            yield say("lacking_case" if of_case else "lacking_case_none", case=name)
            yield from dotted(say.material(each, topic.hall) for each in of_case)

    def _issued(self, say: Wording, topic: Topic, material: Material) -> Iterator[str]:
        """Where a paper is issued that another topic issues, where the guide tells no source."""
        labels = [
            each.topic for each in (material, *material.one_of) if each.topic and not each.source
        ]
        for label in dict.fromkeys(labels):
            issuer = self._topics.within(topic.hall, label)
            where = _where(say, issuer) if issuer else ""
            if issuer and where:
                yield say("lacking_issued", topic=step_name(say, issuer), where=where)


def wanted_lines(say: Wording, topic: Topic, name: str, meant: Sequence[Paper]) -> Iterator[str]:
    """Whether a paper is wanted: of everybody, of some, or of nobody."""
    doing = say.doing(_name(say, topic))
    if not meant:
        yield capital(say("wanted_not", doing=doing, paper=name))
        return
    for paper in meant:
        key = "wanted" if paper.material.need != "optional" else "wanted_optional"
        case = [each.item.name for each in paper.cases if isinstance(each.item, Case)]
        if case:
            yield say("wanted_case", case=say.joined(say.text(each) for each in case))
        elif paper.material.when:
            yield capital(say("wanted_sometimes", doing=doing))
        else:
            yield capital(say(key, doing=doing))
        yield from dotted([say.material(paper.material, topic.hall)])


def _items(say: Wording, check: Check, papers: Sequence[Paper]) -> tuple[Item, ...]:
    items = []
    for n, paper in enumerate(papers, 1):
        ticked = paper.key in check.there
        act = UNTICK if ticked else TICK
        material, hall = paper.material, check.topic.hall
        short = Material(name=material.name, when=material.when)
        items.append(
            Item(
                key=f"{check.topic.key}:{act}:{paper.key}",
                label=f"{n}. {say.material(short, hall)}",
                text=f"{n}. {say.material(material, hall)}",
                ticked=ticked,
            )
        )
    return tuple(items)


def _apart(left: Sequence[Paper]) -> Iterator[tuple[str, list[Material]]]:
    """What is not wanted of everybody, or not at once, by the line that stands above it."""
    common = [paper.material for paper in left if not paper.cases]
    now = [each for each in common if each.need == "required" and each.when]
    if now:
        yield "lacking_when", now
    for need in ("deferrable", "optional"):
        of_need = [replace(each, need="required") for each in common if each.need == need]
        if of_need:
            yield f"lacking_{need}", of_need


def _counted(say: Wording, material: Material, topic: Topic) -> str:
    """A paper that is there, with how many of it are wanted."""
    plain = Material(name=material.name, original=material.original, copies=material.copies)
    return say.material(plain, topic.hall)


def _choice(say: Wording, topic: Topic, act: str) -> Choice:
    return Choice(
        key=f"{topic.key}:{act}",
        label=say(f"next_{act}"),
        topic=topic.id,
        case=topic.case,
        about=CHECKLIST,
    )


def _name(say: Wording, topic: Topic) -> str:
    return step_name(say, topic)


def _where(say: Wording, issuer: Topic) -> str:
    if isinstance(issuer.item, Elsewhere):
        return say.text(issuer.item.authority)
    if issuer.office is None:
        return ""
    window = next(iter(windows_of(issuer.hall, issuer.office, issuer.service)), None)
    return say.window(window) if window else ""


def _asked_at(say: Wording, topic: Topic) -> str:
    if topic.office is None:
        return say.phone(topic.hall.phone)
    return say.phone(phone_of(topic.hall, topic.office, topic.service))
