"""The review: what was asked in vain, one group after another, and what is done about each.

Whatever is done is written at once, so the review can end at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

from desk.topics import Topic
from editing.dealing import Dealing, phrase_of
from editing.digest import named, reasons
from editing.engine import NEAREST
from editing.entries import KINDS, Phrase
from editing.groups import Group
from editing.worklist import Item, item_of
from editing.writing import NotWritten
from facts.model import Hall

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
class Review(Dealing):
    """A talk with an editor over `lines` and `out`."""

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
            "settled": lambda each: self._rest(each, "review_settled", self.now),
            "ignore": lambda each: self._rest(each, "review_ignored", None),
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
        topic = self._topic(item)
        if topic is None:
            return False
        wanted = self._ask(f"review_text_{phrase}", text=item.group.text)
        text = phrase_of(wanted, item.group.text)
        drawn = self.drawn(item, topic, phrase, text)
        for each in drawn[:DRAWN]:
            before, after = self._named(each.before), self._named(each.after)
            self._tell(self.say("review_drawn", text=each.text, before=before, after=after))
        if len(drawn) > DRAWN:
            self._tell(self.say("review_drawn_more", count=len(drawn) - DRAWN))
        if not drawn:
            self._tell(self.say("review_drawn_none", count=min(NEAREST, len(self.asked))))
        elif self._ask("review_sure").casefold() not in YES:
            return False
        file, *_ = self.add(item, topic, phrase, text)
        self._tell(self.say("review_written", file=file.name))
        if not self.leads(item, topic):
            self._tell(self.say("review_still", text=item.group.text))
        return True

    def _new(self, item: Item) -> bool:
        for place, each in enumerate(item.hall.offices, 1):
            self._tell(f"  {place}. {each.office.say(self.say.language)}")
        wanted = self.offices(item, self._ask("review_office"))
        if not wanted:
            self._tell(self.say("review_unknown"))
            return False
        name = self._ask("review_service")
        if not name:
            return False
        file, *_ = self.begin_service(item, wanted[0], name)
        self._tell(self.say("review_written_new", file=file.name))
        return True

    def _elsewhere(self, item: Item) -> bool:
        name = self._ask("review_matter")
        if not name:
            return False
        file, *_ = self.begin_elsewhere(item, name, self._ask("review_authority"))
        self._tell(self.say("review_written_new", file=file.name))
        return True

    def _rest(self, item: Item, key: str, until: datetime | None) -> bool:
        self._tell(self.say(key, file=self.put_aside(item, until).name))
        return True

    def _topic(self, item: Item) -> Topic | None:
        """The topic that is meant: the likeliest, one by its number, its id, or its name."""
        likely = self.likely(item)
        given = self._ask("review_topic")
        if not given and likely:
            return likely[0]
        if given.isdecimal() and 1 <= int(given) <= len(likely):
            return likely[int(given) - 1]
        named = self.meant(item, given)
        if len(named) == 1:
            return named[0]
        for each in named[:DRAWN]:
            self._tell(f"  {each.label}  {each.name(self.say.language)}")
        self._tell(self.say("review_topics" if named else "review_topic_none"))
        return None

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
        return named(label, self.engine, self.say)

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
