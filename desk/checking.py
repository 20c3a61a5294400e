"""Checking: deciding about what a citizen has of the materials, and what is missing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desk.asked import OVERVIEW
from desk.by_file import ByFile, File
from desk.checklist import Matched, Matcher, Paper, papers_of
from desk.conversation import Conversation
from desk.decision import AskBack, Check, Decision, Tell, Wanted
from desk.following import UNTOLD
from desk.message import Outcome
from desk.paper_names import Name, PaperNames
from desk.papers import Brought, Marks, Papers, words_of
from desk.said import Said
from desk.topics import Topic, Topics
from desk.wanted import WantedPapers
from facts.calendar import Calendar
from facts.model import Hall, Office
from intents.lexicon import Lexicon

CHECKLIST = "checklist"
OF_LIST = (CHECKLIST, "materials")
LIST, DONE, TICK, UNTICK = "check", "done", "tick", "untick"
"""What the buttons of a checklist do, as it stands in their keys."""
SURE = 0.9
"""The confidence of what a button or a number says."""
_NUMBERS = re.compile(r"\s*\d{1,2}(?:\s*(?:[,，、.;；]|and|和|号)?\s*\d{1,2})*\s*[号.。]?\s*")


class Checking:
    """Decides what a message says of the materials of a topic."""

    def __init__(
        self, topics: Topics, calendars: Mapping[str, Calendar], lexicons: Iterable[Lexicon]
    ) -> None:
        self._lexicons = tuple(lexicons)
        self._topics = topics
        self._calendars = calendars
        self._marks = Marks(self._lexicons)

    def renewed(self, topics: Topics, calendars: Mapping[str, Calendar]) -> Checking:
        """The same of other topics; of what is known already only what differs is made."""
        made = Checking(topics, calendars, self._lexicons)
        if "_papers" in self.__dict__:
            halls = topics.halls
            made._names = PaperNames(halls, self._lexicons, self._names)
            made._called = ByFile(halls, _called_in, self._called)
            made._papers = self._papers.beside(made._names, frozenset().union(*made._called))
        if "_wanted" in self.__dict__:
            made._wanted = self._wanted.beside(made._names)
        return made

    def warm_up(self) -> None:
        """Make now what the first message would otherwise wait for."""
        _ = self._papers, self._wanted

    @functools.cached_property
    def _names(self) -> PaperNames:
        return PaperNames(self._topics.halls, self._lexicons)

    @functools.cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._names)

    @functools.cached_property
    def _papers(self) -> Papers:
        return Papers(self._names, self._lexicons, frozenset().union(*self._called))

    @functools.cached_property
    def _called(self) -> ByFile[frozenset[Name]]:
        return ByFile(self._topics.halls, _called_in)

    @functools.cached_property
    def _wanted(self) -> WantedPapers:
        return WantedPapers(self._names, self._lexicons)

    def read(self, text: str, conversation: Conversation) -> Brought | None:
        """What a text says of papers; None where it is about something else."""
        going_on = conversation.checklist is not None and (
            conversation.ticking or CHECKLIST in conversation.about
        )
        if not going_on and not self._marks.may_stand_in(text):
            return None
        brought = self._papers.read(text, known=conversation.topic is not None, going_on=going_on)
        goes_on = going_on or (brought.there and set(OF_LIST) & set(conversation.about))
        if brought.says and (brought.asks or goes_on or conversation.papers):
            return brought
        return brought if going_on and brought.all else None

    def numbers(self, text: str, conversation: Conversation, at: datetime) -> Check | None:
        """What the numbers of a checklist tick that was just shown."""
        topic = self._listed(conversation)
        if topic is None or not conversation.ticking or not _NUMBERS.fullmatch(text):
            return None
        papers = self.papers(topic, at)
        places = {int(each) for each in re.findall(r"\d+", text)}
        if not places <= set(range(1, len(papers) + 1)):
            return None
        there = {papers[place - 1].key for place in places}
        return Check(topic, frozenset(there.union(conversation.there)), OF_LIST[:1], SURE)

    def wanted(self, text: str, conversation: Conversation, at: datetime) -> Wanted | None:
        """Whether papers that a text asks for are on the list of what is spoken of; None where it
        asks for something else. A bare name asks so where materials were just told."""
        topic = None if conversation.asks else self._last(conversation)
        papers = self.papers(topic, at) if topic else ()
        asking = self._wanted.read(text) if papers else None
        if topic is None or asking is None:
            return None
        found = []
        for each in asking.papers:
            matched = self._matcher.matched((each.paper,), papers, topic)
            found.append((each.name, matched.keys, matched.unfit))
        on_list = all(keys or unfit for _, keys, unfit in found)
        if not asking.plainly and not (on_list and set(OF_LIST) & set(conversation.about)):
            return None
        return Wanted(topic, tuple(found), SURE)

    def pressed(
        self, topic: Topic, act: str, conversation: Conversation, at: datetime
    ) -> Check | None:
        """What a button of the checklist does; None where the button is none of it."""
        act, _, key = act.partition(":")
        if act not in (LIST, DONE, TICK, UNTICK):
            return None
        there = self._there(topic, conversation)
        if act == TICK:
            there |= {key}
        elif act == UNTICK:
            there -= {key}
        known = {paper.key for paper in self.papers(topic, at)}
        return Check(
            topic,
            frozenset(there & known),
            OF_LIST[:1],
            SURE,
            listed=act != DONE,
            in_place=act in (TICK, UNTICK),
        )

    def decided(
        self, decision: Decision, brought: Brought, conversation: Conversation, at: datetime
    ) -> list[Decision]:
        """What to do where a message tells of papers: about its own matter, else about the last."""
        if isinstance(decision, AskBack) and not decision.topics:
            last = self._listed(conversation)
            decision = Tell(last, OF_LIST[:1], SURE) if last else AskBack((), OF_LIST[:1])
        if isinstance(decision, AskBack):
            return [AskBack(decision.topics, OF_LIST[:1], decision.confidence)]
        if not isinstance(decision, Tell):
            return [decision]
        about = tuple(dict.fromkeys((*OF_LIST[:1], *decision.about)))
        about = tuple(each for each in about if each not in ("overview", "untold", "conditions"))
        tell = Tell(decision.topic, about, decision.confidence)
        return self.held(tell, conversation, at, brought)

    def held(
        self,
        decision: Decision,
        conversation: Conversation,
        at: datetime,
        brought: Brought | None = None,
    ) -> list[Decision]:
        """A question about materials, held against what is there; what else is asked stays."""
        if not isinstance(decision, Tell):
            return [decision]
        tell = decision
        if conversation.papers and tell.about in (OVERVIEW, UNTOLD):
            tell = replace(tell, about=OF_LIST[:1])
        if CHECKLIST not in tell.about or tell.faq:
            return [tell]
        if not (papers := self.papers(tell.topic, at)):
            return [tell]
        there, unfit = self._there(tell.topic, conversation), frozenset[str]()
        said = [brought] if brought else []
        if conversation.papers:
            said.insert(0, self._papers.read(conversation.papers, known=True, going_on=True))
        for each in said:
            has, lacks = self._matched(each, papers, tell.topic)
            if each.all and not each.there:
                there = {paper.key for paper in papers}
            there = (there | has.keys) - lacks.keys
            unfit |= has.unfit
        check = Check(
            tell.topic,
            frozenset(there),
            tell.about,
            tell.confidence,
            listed=not said and not there,
            unfit=unfit - there,
        )
        others = tuple(each for each in tell.about if each not in OF_LIST)
        return [check, Tell(tell.topic, others, tell.confidence)] if others else [check]

    def papers(self, topic: Topic, at: datetime) -> tuple[Paper, ...]:
        """The papers on a topic's checklist."""
        day = self._calendars[topic.hall.id].local(at).date()
        return papers_of(self._topics, topic, day) or ()

    def _matched(
        self, brought: Brought, papers: tuple[Paper, ...], topic: Topic
    ) -> tuple[Matched, Matched]:
        return (
            self._matcher.matched(brought.there, papers, topic),
            self._matcher.matched(brought.lacking, papers, topic),
        )

    def _there(self, topic: Topic, conversation: Conversation) -> set[str]:
        return set(conversation.there) if conversation.checklist == topic.id else set()

    def _last(self, conversation: Conversation) -> Topic | None:
        return self._topics.find(conversation.case) or self._topics.find(conversation.topic)

    def _listed(self, conversation: Conversation) -> Topic | None:
        """The topic whose list is gone through, in the case spoken of; else the last topic."""
        last = self._last(conversation)
        listed = self._topics.find(conversation.checklist)
        return last if listed is None or (last and last.id == listed.id) else listed


def _called_in(file: File, _: Hall) -> frozenset[Name]:
    """What is done there, by the names of a file."""
    items = file.services if isinstance(file, Office) else file
    names = (name for each in items for name in (*each.name.words.values(), *each.also))
    return frozenset(words_of(name) for name in names if name)


def remember(
    conversation: Conversation, decisions: Sequence[Decision], said: Said, papers: str | None
) -> None:
    """What is there of the materials of a topic, for as long as that topic is spoken of.

    `papers` is a message that told of some; it is remembered until its topic is known.
    """
    check = next((each for each in decisions if isinstance(each, Check)), None)
    conversation.ticking = bool(said.checklist)
    if check:
        conversation.checklist, conversation.there = check.topic.id, sorted(check.there)
    elif said.topic is not None and said.topic.id != conversation.checklist:
        conversation.checklist, conversation.there = None, []
    asks_back = said.outcome is Outcome.CHOOSE and check is None
    conversation.papers = (papers or conversation.papers) if asks_back else ""
