"""The ranker: which topics a text may be about, by all that can be told of it.

Topics come near by the characters and words of their phrases, by how these sound, and, where that
leaves a doubt, by what they mean. `confidence` turns all of it into one order.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from intents.cache import IndexCache
from intents.confidence import Told, judged, probabilities
from intents.encoder import VectorStore
from intents.features import Features, features, sound_features, sounds, stresses
from intents.fold import fold
from intents.lexicon import PhraseList, texts
from intents.likeness import NOT_ALIKE, Likeness
from intents.scorer import UNSEEN, Index, Phrase, Score
from intents.tokens import Token, tokens

SOUND = 0.9
"""A topic found by its sound counts a little less than one found by its characters."""
CLEAR = 0.6
"""From this score on sounds are not asked."""
SURE = 0.9
"""From this probability on meaning is not asked: it takes some milliseconds."""
LIKELY = 12
"""Topics that come near by their meaning alone."""


class Query(NamedTuple):
    """A text as it is ranked: its tokens, how much each tells, and the features of these."""

    text: str
    sequence: Sequence[Token]
    stress: Sequence[float]
    written: Features

    @property
    def content(self) -> int:
        """How many tokens tell of a topic at all."""
        return sum(each > 0.5 for each in self.stress)


class Ranked(NamedTuple):
    """Topics likeliest first, what speaks for none of them, and the share of the text that stands
    in any known phrase."""

    topics: tuple[Score, ...]
    none: float
    familiar: float

    @property
    def surest(self) -> float:
        """The probability of the likeliest topic."""
        logits = [each.logit for each in self.topics]
        return max(probabilities(logits, self.none), default=0.0)


def query(
    text: str,
    sequence: Sequence[Token],
    stress: Sequence[float],
) -> Query:
    """A query with its features."""
    return Query(text, sequence, stress, features(sequence, stress))


def topic_of(label: str) -> str:
    """The topic a label names, without the part of it."""
    return label.partition("#")[0]


class Ranker:
    """Ranks topics by the phrases in which they are spoken of. Safe for threads."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        fillers: PhraseList,
        intents: PhraseList,
        cache: IndexCache | None = None,
        store: VectorStore | None = None,
        sure: float = SURE,
    ) -> None:
        self._sure = sure
        self._phrases = phrases
        self._fillers = fillers
        self._intents = intents
        self._cache = cache
        self._store = store
        self._likeness: Likeness | None = None
        self._building = threading.Lock()
        self._chosen: dict[tuple[str, ...], Index] = {}
        self._elsewhere = frozenset(topic_of(each.label) for each in phrases if not each.here)
        self._written = self._index("written", lambda: self._as_written(phrases))

    @functools.cached_property
    def _heard(self) -> Index:
        """The phrases by their sounds; made when first needed, for most questions need it not."""
        return self._index("heard", self._as_heard)

    def rank(self, asked: Query, *, meaning: bool = True) -> Ranked:
        """The topics a text may be about; without `meaning`, by its words and sounds alone."""
        told = Told(asked.content, self._written.familiar(asked.written), len(asked.text))
        found = self._with_sounds(asked, self._written.rank(asked.written))
        ranked = self._judged(found, told, meaning=False)
        if not meaning or ranked.surest >= self._sure or (likeness := self.likeness()) is None:
            return ranked
        vector = self._store.vector(asked.text) if self._store else None
        if vector is None:
            return ranked
        more = likeness.likely(vector, LIKELY)
        found = self._with_sounds(asked, self._written.rank(asked.written, also=more))
        alike = likeness.alike(vector, [each.label for each in found])
        found = [each._replace(alike=alike.get(each.label, NOT_ALIKE)) for each in found]
        return self._judged(found, told, meaning=True)

    def rank_heard(self, heard: Features, content: int, length: int) -> Ranked:
        """The topics a text may be about that is known by its sounds alone."""
        told = Told(content, self._heard.familiar(heard), length)
        return self._judged(self._heard.rank(heard), told, meaning=False)

    def choose(self, sequence: Sequence[Token], labels: Sequence[str]) -> list[Score]:
        """Some labels only, held against one another: those with most evidence first.

        For telling the parts of one topic apart, where what they share tells nothing.
        """
        stress = stresses(sequence, self._fillers, self._intents.find(texts(sequence)))
        index = self._among(tuple(labels))
        return sorted(index.rank(features(sequence, stress)), key=lambda each: -each.weight)

    def warm_up(self, choices: Iterable[Sequence[str]] = ()) -> None:
        """Make now what would otherwise be made by the first question that needs it.

        `choices` are the groups of labels that `choose` will be asked for.
        """
        self._heard.rank({})
        for labels in choices:
            self._among(tuple(labels))
        self.likeness()

    def likeness(self) -> Likeness | None:
        """The phrases by their meaning; None without an encoder, or while another thread makes it.

        Making it may take long the first time (a millisecond a phrase): nobody waits for another.
        """
        if self._store is None or self._likeness is not None:
            return self._likeness
        if not self._building.acquire(blocking=False):
            return None
        try:
            if self._likeness is None:
                # A part's name is its topic's with a few words more: nothing new in meaning.
                told = [each for each in self._phrases if not (each.name and "#" in each.label)]
                vectors = self._store.vectors([fold(each.text) for each in told])
                self._likeness = Likeness([topic_of(each.label) for each in told], vectors)
        finally:
            self._building.release()
        return self._likeness

    def _judged(self, found: Sequence[Score], told: Told, *, meaning: bool) -> Ranked:
        here = [each._replace(here=each.label not in self._elsewhere) for each in found]
        topics, none = judged(here, told, meaning=meaning)
        return Ranked(tuple(topics), none, told.familiar)

    def _with_sounds(self, asked: Query, written: list[Score]) -> list[Score]:
        """Topics by characters and, where these leave a doubt, by sounds."""
        if not any(token.han for token in asked.sequence):
            return written
        if written and max(each.score for each in written) > CLEAR:
            return written
        best = {score.label: score for score in written}
        heard = self._heard.rank(sound_features(sounds(asked.sequence), asked.stress))
        for score in heard:
            near = score._replace(score=score.score * SOUND)
            known = best.get(score.label)
            if known is None or near.score > known.score:
                best[score.label] = near
        return list(best.values())

    def _among(self, labels: tuple[str, ...]) -> Index:
        if labels not in self._chosen:
            wanted = set(labels)
            chosen = (phrase for phrase in self._phrases if phrase.label in wanted)
            self._chosen[labels] = self._as_written(chosen, unseen=1, label=lambda each: each)
        return self._chosen[labels]

    def _index(self, name: str, build: Callable[[], Index]) -> Index:
        if self._cache is None:
            return build()
        parts = (f"{each.label}\t{each.text}\t{each.name}" for each in self._phrases)
        return self._cache.index([name, *parts], build)

    def _as_written(
        self,
        phrases: Iterable[Phrase],
        unseen: int = UNSEEN,
        label: Callable[[str], str] = topic_of,
    ) -> Index:
        read = (
            (label(phrase.label), phrase.name, features(sequence, stress))
            for phrase, sequence, stress in self._read(phrases)
        )
        return Index(read, unseen)

    def _as_heard(self) -> Index:
        return Index(
            (topic_of(phrase.label), phrase.name, sound_features(sounds(sequence), stress))
            for phrase, sequence, stress in self._read(self._phrases)
            if any(token.han for token in sequence)
        )

    def _read(self, phrases: Iterable[Phrase]) -> Iterable[tuple[Phrase, list[Token], list[float]]]:
        for phrase in phrases:
            sequence = tokens(fold(phrase.text))
            asked = () if phrase.name else self._intents.find(texts(sequence))
            yield phrase, sequence, stresses(sequence, self._fillers, asked)
