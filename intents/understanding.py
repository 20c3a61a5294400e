"""Understanding: what a text asks, and about which of the known topics."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.cache import Cache
from intents.confidence import TALK, Told
from intents.encoder import VectorStore
from intents.features import features, sounds, stresses
from intents.fold import fold, has_han
from intents.lexicon import IDLE, Lexicon, PhraseList, Span, texts
from intents.named_days import Named, NamedDay, NamedDays
from intents.parts import AskedOf, Figures, Part, Parts
from intents.pinyin import sounds_of
from intents.query import Clause, query
from intents.ranker import SURE, Ranker
from intents.scorer import Phrase, Phrases, Score
from intents.signals import Sign, Signals
from intents.stages import Stages
from intents.tokens import Token, tokens

_PARTS = re.compile(r"[,.!?;:，。！？；：、\n]+|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")

CLAUSES = 8
"""Clauses of a text that may be questions of their own: the last ones."""
PINYIN, PINYIN_LONGEST = 4, 500
"""With fewer letters, or more characters, a text is no pinyin."""
STORY, CLAUSE = 25, 5
"""Characters from which a text is looked at clause by clause, and those of a clause."""
HOURS = ("hours", "hall_hours", "window_info")
"""What is asked where a day that is named may be one on which it is open."""
OWN_QUESTION = 0.55
"""From this score on a clause that asks is a question of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An intent that was recognised, and how surely (0 to 1)."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a text means.

    `topics` are the likeliest first, `none` is what speaks for none of them; `content` is how
    many tokens tell of a topic at all (0: only courtesy and words of office); `weak` is whether
    words of office are among the rest; `whole` is whether several matters at once are asked for,
    and `stages` are the stages of a paper's life that are spoken of; `familiar` is the share of
    the text that stands in any known phrase; `signs` are what it lets know besides; `days` are
    those that a question about opening hours names. `rest` holds the meaning of a further
    question in the same text.
    """

    folded: str
    language: str
    asked: tuple[Asked, ...] = ()
    topics: tuple[Score, ...] = ()
    none: float = 0.0
    content: int = 0
    weak: bool = False
    whole: bool = False
    stages: frozenset[str] = frozenset()
    familiar: float = 0.0
    corrects: bool = False
    follows: bool = False
    signs: tuple[Sign, ...] = ()
    days: tuple[NamedDay, ...] = ()
    rest: tuple[Meaning, ...] = ()

    @property
    def told(self) -> Told:
        """What topics are judged by of the text itself."""
        length = len(self.folded)
        return Told(self.content, self.familiar, length, self.whole, self.language, self.stages)

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of what is asked, surest first."""
        return tuple(each.intent for each in self.asked)

    @property
    def signals(self) -> frozenset[str]:
        """The kinds of what it lets know besides its question."""
        return frozenset(each.kind for each in self.signs)


class Understanding:
    """Understands texts by the phrases of known topics and the phrase lists of the languages.

    `phrases` are those of the topics that answers are known for, `parts` what their parts are
    called alone; `others` may say more of them,
    and speak of topics that are known only so that they are not taken for one of these. `wholes`
    are the labels of topics that are several matters at once.
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        lexicons: Mapping[str, Lexicon],
        others: Phrases | None = None,
        parts: Iterable[Phrase] = (),
        wholes: Iterable[str] = (),
        cache: Cache | None = None,
        store: VectorStore | None = None,
        sure: float = SURE,
    ) -> None:
        self._lexicons = lexicons
        self._intents = PhraseList.merged(each.intents for each in lexicons.values())
        self._fillers = PhraseList.merged(each.fillers for each in lexicons.values())
        self._also_asked = PhraseList.merged(each.also_asked for each in lexicons.values())
        self._follow_up = PhraseList.merged(each.follow_up for each in lexicons.values())
        self._whole = PhraseList.merged(each.whole for each in lexicons.values())
        self._negations = PhraseList.merged(each.negations for each in lexicons.values())
        self._corrections = PhraseList.merged(each.corrections for each in lexicons.values())
        self._stages = Stages(lexicons)
        self._signals = Signals(lexicons.values())
        self._days = NamedDays(each.days for each in lexicons.values())
        self._ranker = Ranker(
            tuple(phrases),
            self._fillers,
            self._intents,
            self._stages,
            _talk(lexicons),
            others,
            frozenset(wholes),
            cache,
            store,
            sure,
        )
        self._parts = Parts(
            parts,
            self._ranker.parts,
            self._ranker.features,
            self._stages,
            store,
        )
        self._learn_words()

    def replaced(
        self,
        label: str,
        phrases: Iterable[Phrase],
        parts: Iterable[Phrase] = (),
        *,
        whole: bool = False,
        others: Phrases | None = None,
    ) -> Understanding:
        """An understanding with these phrases and parts of a topic and no others.

        Without phrases it does not know the topic; `others` say more of it than before, if they
        are given: the understanding is to be put `beside` them once every topic is replaced of
        which they do. This one stays as it is, so that threads may go on with it. For what is not
        quite as if made anew, see `Ranker.replaced`.
        """
        made = copy.copy(self)
        made._ranker = self._ranker.replaced(label, phrases, whole=whole, others=others)
        said = made._ranker.phrases_of(label, others)
        of_parts = (each for each in said if "#" in each.label)
        made._parts = self._parts.replaced(label, parts, of_parts, made._ranker.parts)
        made._learn_words()
        return made

    def beside(self, others: Phrases) -> Understanding:
        """The same beside others; what they say otherwise of a topic is replaced already."""
        made = copy.copy(self)
        made._ranker = self._ranker.beside(others)
        made._parts = self._parts.beside(made._ranker.parts)
        return made

    def _learn_words(self) -> None:
        """Know the words of the phrases, and by length those that others may be repaired to."""
        spoken = (lexicon.vocabulary for lexicon in self._lexicons.values())
        self._vocabulary = set(self._ranker.words).union(*spoken)
        self._long: dict[int, list[str]] = {}
        for word in sorted(each for each in self._vocabulary if len(each) >= 4):
            self._long.setdefault(len(word), []).append(word)

    def rank(self, text: str) -> Sequence[Score]:
        """The topics a text may be about, likeliest first: the interface of a `Scorer`."""
        return self.understand(text).topics

    def near(self, text: str) -> Sequence[Score]:
        """The topics that the words of a text come near, nearest first: quick, and not judged."""
        return self._ranker.near(self.asked_of(text).features)

    def choose(self, text: str, labels: Sequence[str], *, meaning: bool = True) -> list[Part]:
        """The parts of one topic that a text may speak of, likeliest first.

        Without `meaning` by words and sounds alone: where the topic's name explains the whole
        text, there is no meaning left to be looked for.
        """
        return self._parts.choose(self.asked_of(text), labels, meaning=meaning)

    def phrases_of(self, label: str) -> Iterable[Phrase]:
        """The phrases in which a topic, with its parts, is spoken of."""
        return self._ranker.phrases_of(label)

    def figures_of_parts(self, text: str, labels: Sequence[str], *, meaning: bool) -> Figures:
        """What the parts of one topic are judged by."""
        return self._parts.figures(self.asked_of(text), labels, meaning=meaning)

    def asked_of(self, text: str) -> AskedOf:
        """A text as parts are held against it."""
        folded = self._spelt(fold(text))
        sequence = tokens(folded)
        stress = stresses(sequence, self._fillers, self._intents.find(texts(sequence)))
        stages = self._stages.of_text(sequence)
        return AskedOf(folded, features(sequence, stress), stages=stages)

    def warm_up(self, choices: Iterable[Sequence[str]] = ()) -> None:
        """Make now what would otherwise be made by the first question that needs it.

        `choices` are the groups of labels that `choose` will be asked for.
        """
        self._ranker.warm_up()
        sounds_of("pinyin")
        self._parts.warm_up(choices)

    def understand(self, text: str) -> Meaning:
        """The meaning of a text: its intents and the topics it may be about, likeliest first."""
        folded = fold(text)
        if has_han(folded) or not folded:
            return self._chinese(folded)
        english = self._english(folded)
        if not PINYIN <= len(folded) <= PINYIN_LONGEST or sounds_of(folded) is None:
            return english
        typed = self._ranker.input_method.typed(folded)
        pinyin = self._chinese(typed) if typed else english
        return pinyin if _weight(pinyin) > _weight(english) else english

    def _chinese(self, typed: str) -> Meaning:
        folded = self._spelt(typed)
        sequence, corrects = self._corrected(folded, tokens(folded))
        spans = self._spans(folded, sequence) or self._heard_spans(sequence)
        return self._meant(typed, folded, "zh", sequence, spans, corrects)

    def _english(self, typed: str) -> Meaning:
        folded = self._spelt(typed)
        sequence, corrects = self._corrected(folded, tokens(folded))
        spans = self._spans(folded, sequence)
        return self._meant(typed, folded, "en", sequence, spans, corrects)

    def _spans(self, folded: str, sequence: Sequence[Token]) -> list[Span]:
        """What is asked, clause by clause: no phrase reaches over a comma."""
        found = []
        for start, end in self._clauses(folded, sequence) or [(0, len(sequence))]:
            spans = self._intents.find(texts(sequence[start:end]))
            found += [Span(each.start + start, each.end + start, each.label) for each in spans]
        return found

    def _heard_spans(self, sequence: Sequence[Token]) -> list[Span]:
        found = self._lexicons["zh"].heard.find(sounds(sequence))
        return [span for span in found if span.end - span.start >= 3]

    def _spelt(self, folded: str) -> str:
        """The text with words of letters that nobody knows repaired to the nearest one known."""
        written, end = [], 0
        found = tokens(folded)
        repairs = {each: self._repair(each) for each in {each.text for each in found}}
        for token in found:
            if (repaired := repairs[token.text]) != token.text:
                written += [folded[end : token.start], repaired]
                end = token.start + len(token.text)
        return "".join((*written, folded[end:])) if written else folded

    def _repair(self, word: str) -> str:
        if len(word) < 4 or word in self._vocabulary or not word.isalpha():
            return word
        edits = 1 if len(word) < 8 else 2
        near = []
        for length in range(len(word) - edits, len(word) + edits + 1):
            known = self._long.get(length, ())
            if found := process.extractOne(word, known, scorer=OSA.distance, score_cutoff=edits):
                near.append((found[1], found[0]))
        return min(near)[1] if near else word

    def _corrected(self, folded: str, sequence: list[Token]) -> tuple[list[Token], bool]:
        """The text without what it takes back ("不是换证,是补办"), and whether it takes back."""
        found = texts(sequence)
        negation = next((span for span in self._negations.find(found) if span.start == 0), None)
        if negation is None or any(  # "not settled" is said of a question, and takes nothing back
            span.start == 0 and span.end > negation.end for span in self._intents.find(found)
        ):
            return sequence, False
        turn = next(iter(self._corrections.find(found[negation.end :])), None)
        if turn is not None:
            return sequence[negation.end + turn.end :], True
        parted = _next_clause(folded, sequence, negation.end)
        return (sequence[parted:] if parted else sequence[negation.end :]), True

    def _meant(
        self,
        typed: str,
        folded: str,
        language: str,
        sequence: Sequence[Token],
        spans: Sequence[Span],
        corrects: bool,
    ) -> Meaning:
        untelling = self._signals.untelling(folded, sequence)
        named = self._days.find(folded)
        of_days = [Span(*_range(sequence, each), HOURS[0]) for each in named]
        if named and not untelling and self._is_bare(sequence, of_days, spans):
            spans = of_days
        asks_hours = any(span.label in HOURS for span in spans)
        untelling += of_days if asks_hours else ()
        stress = stresses(sequence, self._fillers, [*spans, *untelling])
        told = folded[sequence[0].start :] if sequence else folded
        whole = bool(self._whole.find(texts(sequence)))
        asked = query(
            told,
            sequence,
            stress,
            tuple(self._clause(text) for text in _long_clauses(told)),
            whole=whole,
            language=language,
            stages=self._stages.of_text(sequence),
        )
        ranked = self._ranker.rank(asked._replace(typed=typed))
        meaning = Meaning(
            folded=told,
            language=language,
            asked=() if ranked.named else _asked(spans),
            topics=ranked.topics,
            none=ranked.none,
            content=asked.content,
            whole=whole,
            weak=any(0.2 < each < 0.5 for each in stress),
            stages=asked.stages,
            familiar=ranked.familiar,
            corrects=corrects,
            follows=self._follows(sequence),
            signs=self._signals.signs(folded),
            days=tuple(day for each in named for day in each.days) if asks_hours else (),
        )
        return self._parted(folded, meaning, sequence, stress, spans)

    def _is_bare(
        self, sequence: Sequence[Token], days: Sequence[Span], asked: Sequence[Span]
    ) -> bool:
        """Whether a text tells of days and nothing else ("那31号呢")."""
        said = (*self._fillers.find(texts(sequence)), *self._follow_up.find(texts(sequence)))
        idle = [*days, *(span for span in said if span.label in ("padding", "follow_up"))]
        inside = {place for each in idle for place in range(each.start, each.end)}
        return len(inside) == len(sequence) and all(
            any(day.overlaps(each) for day in days) for each in asked
        )

    def _clause(self, text: str) -> Clause:
        sequence = tokens(text)
        spans = self._intents.find(texts(sequence))
        stress = stresses(
            sequence, self._fillers, [*spans, *self._signals.untelling(text, sequence)]
        )
        return Clause(text, features(sequence, stress), bool(_asked(spans)))

    def _follows(self, sequence: Sequence[Token]) -> bool:
        return any(span.start == 0 for span in self._follow_up.find(texts(sequence)))

    def _clauses(self, folded: str, sequence: Sequence[Token]) -> list[tuple[int, int]]:
        """The clauses of a text of several, as ranges of tokens: the last ones."""
        cuts = {span.start for span in self._also_asked.find(texts(sequence))} | {0}
        cut = 0
        while cut := _next_clause(folded, sequence, cut + 1):
            cuts.add(cut)
        if len(cuts) < 2:
            return []
        starts = sorted(cuts)
        return list(zip(starts, [*starts[1:], len(sequence)], strict=True))[-CLAUSES:]

    def _parted(
        self,
        folded: str,
        meaning: Meaning,
        sequence: Sequence[Token],
        stress: Sequence[float],
        spans: Sequence[Span],
    ) -> Meaning:
        """The meaning of each question, where one text asks about several topics."""
        asking = [
            (start, end, inside)
            for start, end in self._clauses(folded, sequence)
            if (inside := [span for span in spans if start <= span.start < end])
        ]
        if len(asking) < 2:
            return meaning
        questions: list[Meaning] = []
        for start, end, inside in asking:
            asked = query(
                folded[start:end],
                sequence[start:end],
                stress[start:end],
                language=meaning.language,
                stages=self._stages.of_text(sequence[start:end]),
            )
            ranked = self._ranker.rank(asked, meaning=False)
            if not ranked.topics or ranked.topics[0].score < OWN_QUESTION:
                continue
            if any(ranked.topics[0].label == each.topics[0].label for each in questions):
                continue
            questions.append(
                replace(
                    meaning,
                    asked=_asked(inside),
                    topics=ranked.topics,
                    none=ranked.none,
                    content=asked.content,
                )
            )
        if len(questions) < 2:
            return meaning
        return replace(questions[0], rest=tuple(questions[1:3]))


def _talk(lexicons: Mapping[str, Lexicon]) -> tuple[Phrase, ...]:
    """Small talk, as phrases of topics of its own."""
    return tuple(
        Phrase(TALK + intent, text, name=False)
        for lexicon in lexicons.values()
        for intent, said in lexicon.talk.items()
        for text in said
    )


def _long_clauses(told: str) -> tuple[str, ...]:
    """The clauses of a long text that may each hold its question; none of a short one."""
    if len(told) < STORY:
        return ()
    clauses = (part.strip() for part in _PARTS.split(told))
    return tuple(part for part in clauses if len(part) >= CLAUSE)[-CLAUSES:]


def _weight(meaning: Meaning) -> float:
    best = meaning.topics[0].score if meaning.topics else 0.0
    return best + 0.3 * len(meaning.asked[:1])


WIDE = {
    "validity": ("duration",),
    "progress": ("steps", "place"),
    "checklist": ("materials",),
    "forms": ("steps",),
}
"""Intents beside which a short phrase of these others only belongs to their question."""
SHORT = 2


def _asked(spans: Iterable[Span]) -> tuple[Asked, ...]:
    found = tuple(spans)
    wide = {other for span in found for other in WIDE.get(span.label, ())}
    surest: dict[str, float] = {}
    for span in found:
        if span.label == IDLE or (span.label in wide and span.end - span.start <= SHORT):
            continue
        sure = 1 - 0.5 ** (span.end - span.start)
        surest[span.label] = max(sure, surest.get(span.label, 0.0))
    return tuple(Asked(intent, sure) for intent, sure in surest.items())


def _range(sequence: Sequence[Token], named: Named) -> tuple[int, int]:
    """The tokens of a day that is named."""
    inside = [n for n, token in enumerate(sequence) if named.start <= token.start < named.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _next_clause(folded: str, sequence: Sequence[Token], place: int) -> int:
    """The first token after the clause that holds the token at `place`; 0 where there is none."""
    for index in range(max(place, 1), len(sequence)):
        before = sequence[index - 1]
        if _PARTS.search(folded, before.start + len(before.text) - 1, sequence[index].start + 1):
            return index
    return 0
