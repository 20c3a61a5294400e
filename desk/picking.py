"""Picking: an answer to the last question back, by a number, a word, or none of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from desk.asked import OVERVIEW, about_topic
from desk.conversation import Conversation
from desk.decision import AskBack, Decision, Register, Tell
from desk.topics import Topic, Topics
from facts.model import Case
from intents.fold import fold
from intents.lexicon import Lexicon
from intents.understanding import Meaning

ALIKE = 75
"""From this likeness on (0 to 100) a text is the name of an offered topic."""


class Picker:
    """Finds what was picked of the topics offered."""

    def __init__(self, topics: Topics, lexicons: Iterable[Lexicon]) -> None:
        self._topics = topics
        self._lexicons = tuple(lexicons)

    def decide(self, meaning: Meaning, conversation: Conversation) -> Decision | None:
        """What to do about a pick; None where the message is none."""
        folded = meaning.folded.strip(" .。!?！？").lstrip("我选要就是那")
        offered = [self._topics.find(label) for label in conversation.offered]
        known = [topic for topic in offered if topic]
        if not known:
            return AskBack((), ()) if self._ordinal(folded, 99) is not None else None
        if any(folded in lexicon.none_of_these for lexicon in self._lexicons):
            return Register("question")
        picked = self._picked(folded, known)
        if picked:
            return Tell(picked, tuple(conversation.about) or OVERVIEW, 1.0)
        in_hall = [topic for topic in known if topic.hall.id == conversation.hall]
        if len(in_hall) == 1 < len(known) and meaning.content <= 1:
            return Tell(in_hall[0], tuple(conversation.about) or OVERVIEW, 1.0)
        about = about_topic(meaning)
        if about and not meaning.content and conversation.asks:
            return AskBack(tuple(known), about)
        return None

    def _picked(self, folded: str, offered: Sequence[Topic]) -> Topic | None:
        place = self._ordinal(folded, len(offered))
        if place is None and len(offered) == 1 and any(folded in x.yes for x in self._lexicons):
            place = 0
        return offered[place] if place is not None else _by_name(folded, offered)

    def _ordinal(self, folded: str, count: int) -> int | None:
        number = folded.rstrip("号个).、")
        if number.isdecimal() and 1 <= int(number[:4]) <= count:
            return int(number) - 1
        for lexicon in self._lexicons:
            for place, words in enumerate(lexicon.ordinals[:count]):
                if folded in words:
                    return place
        return None


def _by_name(folded: str, offered: Sequence[Topic]) -> Topic | None:
    """The one offered topic whose name is what the citizen wrote, or nearly."""
    scores = [max(fuzz.ratio(folded, fold(name)) for name in _names(each)) for each in offered]
    best = max(scores)
    return offered[scores.index(best)] if best >= ALIKE and scores.count(best) == 1 else None


def _names(topic: Topic) -> list[str]:
    item = topic.item
    names = [topic.name("zh"), topic.name("en"), *topic.hall.name.words.values(), *topic.hall.also]
    if isinstance(item, Case):
        names += item.also
    return names
