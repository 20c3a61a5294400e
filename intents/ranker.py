"""The ranker: which topics a text may be about, by all that can be told of it.

Topics come near by the characters and words of their phrases, by how these sound, and, where that
leaves a doubt, by what they mean. `confidence` turns all of it into one order.
"""

from __future__ import annotations

import copy
import functools
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from intents.cache import Arrays, Cache, Kept, digest_of
from intents.confidence import Told, is_named, judged, probabilities
from intents.encoder import Vectors, VectorStore
from intents.examples import LABELS, LEAST, MOST, Examples
from intents.features import Features, features, sound_features, sounds, stresses
from intents.fold import fold, has_han
from intents.index import Index
from intents.input_method import InputMethod
from intents.kept import Listed, StagesByLabel, Words
from intents.lexicon import PhraseList, texts
from intents.likeness import NOT_ALIKE, Likeness
from intents.query import Query
from intents.scorer import Phrase, Phrases, Score, topic_of
from intents.stages import NONE, Stages
from intents.tokens import Token, tokens, words

T = TypeVar("T", bound=Kept)

SOUND = 0.9
"""A topic found by its sound counts a little less than one found by its characters."""
CLEAR = 0.6
"""From this score on sounds are not asked."""
SURE, NAMED = 0.98, 0.08
"""From this probability on meaning is not asked: it takes some milliseconds. So much less is enough
where the likeliest topic is named."""
NEAR_A_CLAUSE = 4
"""Topics that each clause of a long text may bring in."""
PART, PIECE, LETTERS = 0.96, 4, 10
"""A text of so many Chinese characters, or letters, that stands in a name is as like it as this."""
CHARACTERS = 2
"""So many Chinese characters, or `LETTERS`, hardly stand in a name by chance."""
FAR = 0.2
"""Where no topic reaches this score, none is near by its words."""
LIKELY = 12
"""Topics that come near by their meaning alone."""


class Ranked(NamedTuple):
    """Topics likeliest first, what speaks for none of them, the share of the text that stands in
    any known phrase, and whether the text is nothing but the name of a topic."""

    topics: tuple[Score, ...]
    none: float
    familiar: float
    named: bool = False

    @property
    def surest(self) -> float:
        """The probability of the likeliest topic."""
        logits = [each.logit for each in self.topics]
        return max(probabilities(logits, self.none), default=0.0)


class Ranker:
    """Ranks topics by the phrases in which they are spoken of. Safe for threads."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        fillers: PhraseList,
        intents: PhraseList,
        stages: Stages,
        talk: Sequence[Phrase] = (),
        others: Phrases | None = None,
        wholes: frozenset[str] = frozenset(),
        cache: Cache | None = None,
        store: VectorStore | None = None,
        sure: float = SURE,
    ) -> None:
        self._sure = sure
        self._phrases = phrases
        self._others = others
        self._fillers = fillers
        self._intents = intents
        self._find_stages = stages
        self._talk = tuple(talk)
        self._small = tuple(dict.fromkeys(each.label for each in self._talk))
        self._cache = cache
        self._store = store
        self._likeness: Likeness | None = None
        self._building = threading.Lock()
        self._wholes = wholes
        self._own = _by_topic(phrases)
        self._names: dict[str, list[str]] = {}
        self._written = self._kept("written", self._as_written, Index.restored)

    @functools.cached_property
    def _heard(self) -> Index:
        """The phrases by their sounds; made when first needed, for most questions need it not."""
        return self._kept("heard", self._as_heard, Index.restored)

    @functools.cached_property
    def words(self) -> Mapping[str, int]:
        """Every word of letters in the phrases, and how often it comes."""
        return self._kept("words", self._all_words, Words.restored).times

    def replaced(
        self, label: str, phrases: Iterable[Phrase], *, whole: bool, others: Phrases | None = None
    ) -> Ranker:
        """A ranker with these phrases of a topic, with its parts, and no others; this one stays.

        What others say of the topic stays too, or is what these `others` say, beside which the
        ranker is to be put then. For what is not quite as if made anew, see `Index.replaced`.
        """
        own = tuple(phrases)
        made = copy.copy(self)
        made._building = threading.Lock()
        made._own = {**self._own, label: own}
        if not own:
            del made._own[label]
        before, after = self.phrases_of(label), made.phrases_of(label, others)
        made._phrases = tuple(chain.from_iterable(made._own.values()))
        made._wholes = self._wholes - {label} | (frozenset((label,)) if whole else frozenset())
        made._names = {}
        made._written = self._written.replaced(label, ((e.name, self.features(e)) for e in after))
        known = dict(self.__dict__)
        for name in ("_every", "_of_parts", "_digest"):
            made.__dict__.pop(name, None)
        if len(made._phrases) <= MOST or known.get("_examples"):
            made.__dict__.pop("_examples", None)
        if "_heard" in known:
            spoken = (each for each in after if has_han(each.text))
            sounding = ((each.name, self.sounds(each)) for each in spoken)
            made.__dict__["_heard"] = self._heard.replaced(label, sounding)
        if "words" in known:
            made.__dict__["words"] = _recounted(self.words, _words(before), _words(after))
        if "input_method" in known:
            texts_before, texts_after = ([each.text for each in of] for of in (before, after))
            taught = self.input_method.taught(texts_before, texts_after)
            made.__dict__["input_method"] = taught
        if "_stages" in known:
            stages = {at: of for at, of in self._stages.items() if at != label}
            made.__dict__["_stages"] = stages | self._stages_in(after)
        if self._store and (likeness := known["_likeness"]):
            folded = tuple(fold(each.text) for each in after if _has_meaning(each))
            made._likeness = likeness.replaced(label, Vectors.of(self._store.fresh(folded)))
        return made

    def beside(self, others: Phrases) -> Ranker:
        """The same beside others; what they say otherwise of a topic is to be replaced before."""
        made = copy.copy(self)
        made._building = threading.Lock()
        made._others = others
        return made

    @functools.cached_property
    def _rivals(self) -> bool:
        """Whether topics are known for which there are no answers, small talk aside."""
        known = {*self._own, *self._small}
        return any(label not in known for label in self._written.labels)

    def rank(self, asked: Query, *, meaning: bool = True) -> Ranked:
        """The topics a text may be about; without `meaning`, by its words and sounds alone."""
        if self._examples:
            scores, none = self._examples.rank(asked.typed or asked.text, asked.text)
            return Ranked(tuple(scores), none, self._written.familiar(asked.written))
        told = Told(
            asked.content,
            self._written.familiar(asked.written),
            len(asked.text),
            asked.whole,
            asked.language,
            asked.stages,
            self._rivals,
        )
        found = _near(self._by_clause(asked, self._written.rank(asked.written)))
        ranked = self._judged(asked, found, told, meaning=False)
        if ranked.surest < self._sure and _is_unclear(asked, found):
            found = _near(_with_sounds(found, self._by_sound(asked)))
            ranked = self._judged(asked, found, told, meaning=False)
        if not meaning or self._store is None or self._is_sure(ranked):
            return ranked
        if (likeness := self.likeness()) is None:
            return ranked
        vectors = self._store.fresh((asked.text, *(each.text for each in asked.clauses)))
        near = {each.label for each in found}
        likely = (*likeness.likely(vectors, LIKELY), *self._small)
        more = [each for each in dict.fromkeys(likely) if each not in near]
        found = [*found, *self._written.scores(asked.written, more)]
        alike = likeness.alike(vectors, [each.label for each in found])
        found = [each._replace(alike=alike.get(each.label, NOT_ALIKE)) for each in found]
        return self._judged(asked, found, told, meaning=True)

    def _is_sure(self, ranked: Ranked) -> bool:
        """Whether words tell enough: a rare one may mislead, the name of a topic hardly."""
        best = ranked.topics[0] if ranked.topics else None
        named = best is not None and (is_named(best) or best.aligned >= PART)
        return ranked.surest >= self._sure - (NAMED if named else 0.0)

    def near(self, written: Features) -> list[Score]:
        """The topics that features come near as they are written, nearest first."""
        return self._written.rank(written)

    def parts(self) -> Iterable[Phrase]:
        """The phrases that speak of a part of their topic."""
        return self._of_parts.phrases

    def phrases_of(self, label: str, others: Phrases | None = None) -> Sequence[Phrase]:
        """The phrases in which a topic, with its parts, is spoken of, each once; these `others`
        may speak in place of those that do."""
        others = others or self._others
        told = (*self._own.get(label, ()), *(others.phrases_of(label) if others else ()))
        return tuple(dict.fromkeys((*told, *(each for each in self._talk if each.label == label))))

    def warm_up(self) -> None:
        """Make now what would otherwise be made by the first question that needs it."""
        if self._examples:
            return
        self._written.warm_up()
        self._heard.warm_up()
        _ = self._stages
        self.input_method.characters(())
        self.likeness()

    def likeness(self) -> Likeness | None:
        """The phrases by their meaning; None without an encoder, or while another thread makes it.

        Making it may take long the first time (a millisecond a phrase): nobody waits for another.
        """
        store = self._store
        if store is None or self._likeness is not None:
            return self._likeness
        if not self._building.acquire(blocking=False):
            return None
        try:
            if self._likeness is None:
                self._likeness = self._kept(
                    "meant", lambda: self._as_meant(store), Likeness.restored
                )
        finally:
            self._building.release()
        return self._likeness

    def _judged(self, asked: Query, found: Sequence[Score], told: Told, *, meaning: bool) -> Ranked:
        kin = self._others.kin if self._others else {}
        whole = "".join(words(asked.text))
        spoken = [each for each in {whole, asked.telling} if each]
        known = [
            each._replace(
                aligned=self._aligned(spoken, each.label),
                stands=self._standing(whole, each.label),
                here=each.label in self._own,
                kin=kin.get(each.label, 0.0),
                whole=each.label in self._wholes,
                stages=self._stages.get(each.label, NONE),
            )
            for each in found
        ]
        topics, none = judged(known, told, meaning=meaning)
        named = any(each.aligned == 1 and whole in self._own_names(each.label) for each in topics)
        return Ranked(tuple(topics), none, told.familiar, named)

    def _aligned(self, spoken: Sequence[str], label: str) -> float:
        """How like one of a topic's own names the text, or what of it tells, is (0 to 1)."""
        if not (names := self._own_names(label)):
            return 0.0
        found = (process.extractOne(text, names, scorer=fuzz.ratio) for text in spoken)
        whole = max((each[1] for each in found if each), default=0.0) / 100
        parts = (text for text in spoken if len(text) >= (PIECE if has_han(text) else LETTERS))
        within = any(text in name for text in parts for name in names)
        return max(whole, PART) if within else whole

    def _standing(self, text: str, label: str) -> float:
        """The greatest share of one of a topic's own names that a text is, where it is in it."""
        if len(text) < (CHARACTERS if has_han(text) else LETTERS):
            return 0.0
        names = self._own_names(label)
        return max((len(text) / len(name) for name in names if text in name), default=0.0)

    def _own_names(self, label: str) -> list[str]:
        if label not in self._names:
            own = self._own.get(label, ())
            names = (each.text for each in own if each.name and each.label == label)
            self._names[label] = ["".join(words(fold(text))) for text in names]
        return self._names[label]

    def _by_clause(self, asked: Query, found: Sequence[Score]) -> Sequence[Score]:
        """The topics found, and those that a clause of a long text comes near, each with how near
        its nearest clause comes."""
        if not asked.clauses:
            return found
        nearest: dict[str, float] = {}
        named: set[str] = set()
        for clause in asked.clauses:
            for score in self._written.rank(clause.written)[:NEAR_A_CLAUSE]:
                nearest[score.label] = max(score.score, nearest.get(score.label, 0.0))
                if clause.asks and is_named(score):
                    named.add(score.label)
        known = {each.label for each in found}
        more = self._written.scores(asked.written, (each for each in nearest if each not in known))
        return [
            each._replace(
                clause=max(each.score, nearest.get(each.label, 0.0)), asked=each.label in named
            )
            for each in (*found, *more)
        ]

    def _by_sound(self, asked: Query) -> list[Score]:
        return self._heard.rank(sound_features(sounds(asked.sequence), asked.stress))

    def _kept(self, name: str, build: Callable[[], T], restored: Callable[[Arrays], T]) -> T:
        if self._cache is None:
            return build()
        digest = f"{self._others.digest} {self._store is None}" if self._others else ""
        return self._cache.kept([name, digest, self._digest], build, restored)

    @functools.cached_property
    def _digest(self) -> str:
        every = (*self._phrases, *self._talk)
        return digest_of(f"{each.label}\t{each.text}\t{each.name}" for each in every)

    @functools.cached_property
    def _of_parts(self) -> Listed:
        """Kept, so that the phrases of others need not be read where a case is asked for."""
        return self._kept("parts", self._all_of_parts, Listed.restored)

    def _all_of_parts(self) -> Listed:
        return Listed(tuple(each for each in self._every if "#" in each.label))

    @functools.cached_property
    def _examples(self) -> Examples | None:
        """The labels by their examples, where there are enough and no names."""
        every = self._phrases
        labels = {each.label for each in every}
        enough = LEAST * len(labels) <= len(every) <= MOST
        if not labels or len(labels) > LABELS or not enough or any(each.name for each in every):
            return None
        folded = [fold(each.text) for each in every]
        return Examples([each.label for each in every], folded, self._store)

    @functools.cached_property
    def input_method(self) -> InputMethod:
        """What pinyin most likely stands for, by the phrases of the topics and of questions."""
        return self._kept("input", self._as_typed, InputMethod.restored)

    def _as_typed(self) -> InputMethod:
        asked = (phrase for each in (self._intents, self._fillers) for phrase in each.phrases())
        return InputMethod.of((*(each.text for each in self._every), *asked))

    @functools.cached_property
    def _stages(self) -> Mapping[str, frozenset[str]]:
        return self._kept("stages", self._all_stages, StagesByLabel.restored).stages

    def _all_stages(self) -> StagesByLabel:
        return StagesByLabel(self._stages_in(self._every))

    def _stages_in(self, phrases: Iterable[Phrase]) -> dict[str, frozenset[str]]:
        """By the first name of each topic in Chinese and in letters: what comes later may be what
        only a part of it is called."""
        first: dict[tuple[str, bool], str] = {}
        for phrase in phrases:
            if phrase.name and "#" not in phrase.label:
                first.setdefault((phrase.label, has_han(phrase.text)), phrase.text)
        found: dict[str, frozenset[str]] = {}
        for (label, _), name in first.items():
            found[label] = found.get(label, NONE) | self._find_stages.of_names((name,))
        return {label: of for label, of in found.items() if of}

    @functools.cached_property
    def _every(self) -> tuple[Phrase, ...]:
        """The phrases of the known topics, of others and of small talk, each once."""
        others = self._others.phrases() if self._others else ()
        return tuple(dict.fromkeys((*self._phrases, *others, *self._talk)))

    def _all_words(self) -> Words:
        return Words(Counter(_words(self._every)))

    def _as_meant(self, store: VectorStore) -> Likeness:
        told = [each for each in self._every if _has_meaning(each)]
        folded = [fold(each.text) for each in told]
        return Likeness([topic_of(each.label) for each in told], store.vectors(folded))

    def features(self, phrase: Phrase) -> Features:
        """The features of a phrase as it is written."""
        return features(*self._read(phrase))

    def sounds(self, phrase: Phrase) -> Features:
        """The features of a phrase as it sounds."""
        sequence, stress = self._read(phrase)
        return sound_features(sounds(sequence), stress)

    def _as_written(self) -> Index:
        return Index((topic_of(each.label), each.name, self.features(each)) for each in self._every)

    def _as_heard(self) -> Index:
        return Index(
            (topic_of(each.label), each.name, self.sounds(each))
            for each in self._every
            if has_han(each.text)
        )

    def _read(self, phrase: Phrase) -> tuple[list[Token], list[float]]:
        """A phrase's tokens, and how much each tells."""
        sequence = tokens(fold(phrase.text))
        asked = () if phrase.name else self._intents.find(texts(sequence))
        return sequence, stresses(sequence, self._fillers, asked)


def _by_topic(phrases: Iterable[Phrase]) -> dict[str, Sequence[Phrase]]:
    found = defaultdict(list)
    for each in phrases:
        found[topic_of(each.label)].append(each)
    return {**found}


def _words(phrases: Iterable[Phrase]) -> Iterable[str]:
    """The words of letters in these phrases, as often as they come."""
    return filter(str.isalpha, (word for each in phrases for word in words(fold(each.text))))


def _recounted(
    times: Mapping[str, int], gone: Iterable[str], more: Iterable[str]
) -> Mapping[str, int]:
    """How often each word comes when some are gone and there are more."""
    found = dict(times)
    for word, change in (*((each, -1) for each in gone), *((each, 1) for each in more)):
        found[word] = found.get(word, 0) + change
        if not found[word]:
            del found[word]
    return found


def _has_meaning(phrase: Phrase) -> bool:
    """A part's name is its topic's with a few words more: nothing new in meaning."""
    return not (phrase.name and "#" in phrase.label)


def _near(found: Iterable[Score]) -> list[Score]:
    """The topics found, if any of them comes near at all."""
    every = list(found)
    return every if any(max(each.score, each.clause) >= FAR for each in every) else []


def _is_unclear(asked: Query, found: Sequence[Score]) -> bool:
    """Whether a text with Chinese characters comes near no topic as it is written."""
    near = max((each.score for each in found), default=0.0)
    return near <= CLEAR and any(token.han for token in asked.sequence)


def _with_sounds(written: Sequence[Score], heard: Iterable[Score]) -> list[Score]:
    """The topics found by characters and by sounds, each as it comes nearest."""
    best = {score.label: score for score in written}
    for score in heard:
        near = score._replace(score=score.score * SOUND)
        known = best.get(score.label)
        if known is None or near.score > known.score:
            best[score.label] = near
    return list(best.values())
