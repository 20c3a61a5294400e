"""The review: what was asked in vain, one group after another, and what is done about each.

Whatever is done is written at once, so the review can end at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from desk.topics import Topic
from editing.digest import reasons
from editing.engine import NEAREST, Engine
from editing.entries import KINDS, Phrase, add_elsewhere, add_phrase, add_service
from editing.groups import Group
from editing.reviewed import put_aside
from editing.words import Say
from editing.worklist import SETTLED, Item, item_of
from editing.writing import NotWritten, tidy
from facts.model import Hall
from intents.fold import fold

COMMANDS: dict[str, tuple[str, ...]] = {
    "also": ("1", "also", "name", "别名", "叫法"),
    "ask": ("2", "ask", "question", "问法"),
    "new": ("3", "new", "service", "新事项", "新增", "事项"),
    "elsewhere": ("4", "elsewhere", "不归本厅", "不归本厅办", "外单位"),
    "settled": ("5", "settled", "done", "改好", "改好了", "已改"),
    "ignore": ("6", "ignore", "忽略", "不理"),
    "skip": ("", "7", "skip", "next", "跳过", "下一个"),
    "help": ("?", "？", "h", "help", "帮助"),
    "quit": ("0", "q", "quit", "exit", "退出", "结束"),
}
"""What is typed for each command; nothing at all skips."""
YES = frozenset({"y", "yes", "1", "是", "好", "对"})
VARIANTS, DRAWN = 4, 8
"""Further wordings, and drawn questions, that are shown."""


class Ended(Exception):  # noqa: N818 - the end of a talk is no error
    """Nobody types any more."""


@dataclass
class Review:
    """A talk with an editor over `lines` and `out`.

    `asked` are the questions that a new phrase is tried with: those of questions.yaml, and past
    ones.
    """

    root: Path
    engine: Engine
    asked: Sequence[str]
    say: Say
    now: datetime
    lines: Iterator[str]
    out: TextIO
    done: int = field(default=0, init=False)

    def run(self, hall: Hall, groups: Sequence[Group]) -> bool:
        """Go through what was asked in vain in a hall; whether to the end."""
        whole = False
        try:
            self._tell(self.say("review_help"))
            for place, group in enumerate(groups, 1):
                item = item_of(group, hall, self.engine)
                if item is None:
                    continue
                self._show(item, place, len(groups))
                if not self._deal(item):
                    break
            else:
                whole = True
        except Ended:
            pass
        self._tell("", self.say("review_done", count=self.done))
        return whole

    def _deal(self, item: Item) -> bool:
        """Commands about one item until it is done or skipped; False ends the review."""
        doing: dict[str, Callable[[Item], bool]] = {
            "also": lambda each: self._add(each, "also"),
            "ask": lambda each: self._add(each, "ask"),
            "new": self._new,
            "elsewhere": self._elsewhere,
            "settled": lambda each: self._put_aside(each, "review_settled", self.now),
            "ignore": lambda each: self._put_aside(each, "review_ignored", None),
        }
        while True:
            match _command(self._ask("review_prompt")):
                case "quit":
                    return False
                case "skip":
                    return True
                case "help":
                    self._tell(self.say("review_help"))
                case None:
                    self._tell(self.say("review_unknown"))
                case known:
                    if self._done(doing[known], item):
                        self.done += 1
                        return True

    def _done(self, doing: Callable[[Item], bool], item: Item) -> bool:
        try:
            return doing(item)
        except NotWritten as error:
            self._tell(str(error))
            return False

    def _add(self, item: Item, phrase: Phrase) -> bool:
        meant = self._topic(item)
        topic = self.engine.topics.find(meant.label) if meant else None
        if topic is None:
            return False
        text = self._text(item.group.text, phrase)
        others = [each for each in self.asked if each not in item.group.texts]
        drawn = self.engine.drawn(topic, phrase, text, others)
        for each in drawn[:DRAWN]:
            before, after = self._named(each.before), self._named(each.after)
            self._tell(self.say("review_drawn", text=each.text, before=before, after=after))
        if len(drawn) > DRAWN:
            self._tell(self.say("review_drawn_more", count=len(drawn) - DRAWN))
        if not drawn:
            self._tell(self.say("review_drawn_none", count=min(NEAREST, len(self.asked))))
        elif self._ask("review_sure").casefold() not in YES:
            return False
        file = add_phrase(self.root, topic, phrase, text, self.say)
        self.engine = self.engine.with_phrase(topic, phrase, text)
        self._tell(self.say("review_written", file=file.name))
        if not SETTLED.isdisjoint(item.group.reasons):
            put_aside(item.hall, item.group.texts, self.say, self.now)
        taken = self.engine.topics.find(self.engine.taken_for(item.group.text))
        if taken is None or taken.id != topic.id:
            self._tell(self.say("review_still", text=item.group.text))
        return True

    def _new(self, item: Item) -> bool:
        offices = item.hall.offices
        for place, each in enumerate(offices, 1):
            self._tell(f"  {place}. {each.office.say(self.say.language)}")
        given = self._ask("review_office")
        wanted = [
            each
            for place, each in enumerate(offices, 1)
            if given in (str(place), each.id) or (given and given in each.office.words.values())
        ]
        if not wanted:
            self._tell(self.say("review_unknown"))
            return False
        name = self._ask("review_service")
        if not name:
            return False
        text = item.group.text
        file = add_service(self.root, item.hall, wanted[0].id, name, text, self.say)
        self._tell(self.say("review_written_new", file=file.name))
        return True

    def _elsewhere(self, item: Item) -> bool:
        name = self._ask("review_matter")
        if not name:
            return False
        authority = self._ask("review_authority")
        text = item.group.text
        file = add_elsewhere(self.root, item.hall, name, authority, text, self.say)
        self._tell(self.say("review_written_new", file=file.name))
        return True

    def _put_aside(self, item: Item, key: str, until: datetime | None) -> bool:
        file = put_aside(item.hall, item.group.texts, self.say, until)
        self._tell(self.say(key, file=file.name))
        return True

    def _topic(self, item: Item) -> Topic | None:
        """The topic that is meant: the likeliest, one by its number, its id, or its name."""
        likely = [each.topic for each in item.likely if each.topic.kind in KINDS]
        given = self._ask("review_topic")
        if not given and likely:
            return likely[0]
        if given.isdecimal() and 1 <= int(given) <= len(likely):
            return likely[int(given) - 1]
        known = [each for each in self.engine.topics if each.kind in KINDS]
        named = [each for each in known if given in (each.label, each.name(self.say.language))]
        named = named or [
            each for each in known if given and fold(given) in fold(each.name(self.say.language))
        ]
        if len(named) == 1:
            return named[0]
        for each in named[:DRAWN]:
            self._tell(f"  {each.label}  {each.name(self.say.language)}")
        self._tell(self.say("review_topics" if named else "review_topic_none"))
        return None

    def _text(self, text: str, phrase: Phrase) -> str:
        return tidy(self._ask(f"review_text_{phrase}", text=text)) or text

    def _show(self, item: Item, place: int, several: int) -> None:
        group = item.group
        self._tell(
            "",
            self.say(
                "review_item",
                place=place,
                several=several,
                people=group.sessions,
                text=group.text,
                reasons=reasons(item, self.say),
            ),
        )
        if more := group.texts[1 : 1 + VARIANTS]:
            self._tell("  " + self.say("review_variants", texts=self.say("comma").join(more)))
        if group.told:
            self._tell("  " + self.say("review_told", topic=self._named(group.told)))
        likely = [each for each in item.likely if each.topic.kind in KINDS]
        for number, each in enumerate(likely, 1):
            name = each.topic.name(self.say.language)
            self._tell(f"  {number}. {name}  {each.topic.label}  {each.confidence:.0%}")
        if not likely:
            self._tell("  " + self.say("likely_none"))

    def _named(self, label: str) -> str:
        topic = self.engine.topics.find(label)
        if topic:
            return topic.name(self.say.language)
        return self.say.known(f"ending_{label}", label)

    def _ask(self, key: str, **values: object) -> str:
        print(self.say(key, **values), end=" ", file=self.out, flush=True)
        line = next(self.lines, None)
        if line is None:
            raise Ended
        return line.strip()

    def _tell(self, *lines: str) -> None:
        print(*lines, sep="\n", file=self.out, flush=True)


def _command(typed: str) -> str | None:
    """The command that is meant by a number or a word."""
    word = typed.casefold()
    return next((name for name, words in COMMANDS.items() if word in words), None)
