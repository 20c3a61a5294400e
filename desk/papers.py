"""Papers: what a message says of the materials that are there, and of those that are lacking."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desk.paper_names import Name, PaperNames, may_hold_a_slip, singular, tokens_of
from intents.features import sounds
from intents.fold import fold
from intents.lexicon import Lexicon, PhraseList, Span
from intents.tokens import Token, tokens, words

NAME, THERE, LACKING, ENOUGH, NEITHER = "name", "there", "lacking", "enough", "neither"
MARKS = (THERE, LACKING, ENOUGH, NEITHER)
ELECTRONIC, COPY = "electronic", "copy"
"""Forms of a paper that are not the original."""
HEARD = 3
"""From this length on a name is recognised by its sound ("身份正")."""
_BREAK = re.compile(r"[,.!?;:，。！？；：\n]")
_ELECTRONIC_BEFORE = re.compile(r"(?:电子版?的?|手机上的?|electronic |digital )$")
_ELECTRONIC_BEHIND = re.compile(r"的?电子")
_COPY_BEFORE = re.compile(r"(?:cop(?:y|ies) of (?:my |the )?|复印的)$")
_COPY_BEHIND = re.compile(r"的?复印件(?!.{0,2}原件)| (?:photo)?cop(?:y|ies)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A paper as it was named; `form` is `electronic`, `copy`, or nothing."""

    name: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a message says of papers.

    `named` are papers of which it says neither; `rest` is the message without what it says of
    papers; `asks` is whether it asks what is missing, `all` whether nothing is said to be.
    """

    there: tuple[Named, ...] = ()
    lacking: tuple[Named, ...] = ()
    named: tuple[Named, ...] = ()
    rest: str = ""
    asks: bool = False
    all: bool = False

    @property
    def says(self) -> bool:
        """Whether it says of any paper that it is there or lacking."""
        return bool(self.there or self.lacking)


class _Part(NamedTuple):
    kind: str
    span: Span
    name: tuple[str, ...] = ()


class Marks:
    """The words without which a message says nothing of papers: quicker looked for than papers."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._phrases = PhraseList(_said(lexicons, (*MARKS, "asks")))

    def may_stand_in(self, text: str) -> bool:
        """Whether any of them, or a word that may be one with a slip in it, stands in a text."""
        said = words_of(text)
        return any(map(may_hold_a_slip, said)) or bool(self._phrases.find(said))


def _said(lexicons: Iterable[Lexicon], kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is said of papers in these ways, as phrases by their kind."""
    every = tuple(kinds)
    for lexicon in lexicons:
        for kind in every:
            for phrase in lexicon.papers[kind]:
                yield " ".join(words_of(phrase)), kind


class Papers:
    """Reads what messages say of papers; `matters` are the names of what is done there."""

    def __init__(
        self,
        names: PaperNames,
        lexicons: Iterable[Lexicon],
        matters: frozenset[Name] = frozenset(),
    ) -> None:
        known = tuple(lexicons)
        self._matters = matters
        said = [*_said(known, (*MARKS, "aims", "glue", "asks"))]
        self._names = names
        self._phrases = PhraseList(said + as_phrases(names.every))
        self._heard = PhraseList(_long(names.every)).sounding()
        self._all = frozenset(words_of(each) for x in known for each in x.papers["all"])

    def beside(self, names: PaperNames, matters: frozenset[Name]) -> Papers:
        """The same with other names of papers, and of what is done there."""
        made = copy.copy(self)
        made._matters, made._names = matters, names
        gone, more = self._names.every - names.every, names.every - self._names.every
        if gone or more:
            written = PhraseList(as_phrases(gone)), PhraseList(as_phrases(more))
            made._phrases = self._phrases.replaced(*written)
            heard = PhraseList(_long(gone)).sounding(), PhraseList(_long(more)).sounding()
            made._heard = self._heard.replaced(*heard, ordered=True)
        return made

    def says_all(self, text: str) -> bool:
        """Whether a text says no more than that everything is there."""
        return words_of(text) in self._all

    def read(self, text: str, *, known: bool = False, going_on: bool = False) -> Brought:
        """What the text says; while a list is gone through, names alone say that they are there.

        Where no matter is `known` yet, one that is named first is the matter and no paper.
        """
        folded = fold(text)
        sequence = tokens(folded)
        spans = self._spans(sequence)
        asks = any(part.kind in ("asks", ENOUGH) for part in spans)
        found: dict[_Part, str] = {}
        used: set[_Part] = set()
        waiting: list[_Part] = []
        going = ""
        for clause in _clauses(folded, sequence, spans):
            parts = [part for part in clause if part.kind in (NAME, *MARKS)]
            names = [part for part in parts if part.kind == NAME]
            marks = [part for part in parts if part.kind in MARKS]
            if not marks:
                going = going if _covered(clause) else ""
                if going:
                    found |= dict.fromkeys(names, going)
                elif not known and clause[0].span.start == 0 and self._is_matter(names):
                    known = True
                elif _covered(clause):
                    waiting += names
                continue
            if names and parts[0].kind != NAME:
                waiting = []  # what was listed before is the matter: "身份证,我带了户口本"
            told = _polarities(parts) | dict.fromkeys(waiting, marks[0].kind)
            waiting = []
            found |= told
            used |= set(marks) if told else set()
            going = marks[-1].kind if parts[-1].kind == NAME else ""
        kinds = {part: _settled(kind) for part, kind in found.items()}
        if going_on or (asks and len(waiting) > 1):
            kinds |= dict.fromkeys(waiting, THERE)
        gone = used | {part for part, kind in kinds.items() if kind}
        rest = _without(folded, sequence, spans, gone)
        is_all = self.says_all(rest)
        return Brought(
            there=tuple(_named(folded, sequence, p) for p, k in kinds.items() if k == THERE),
            lacking=tuple(_named(folded, sequence, p) for p, k in kinds.items() if k == LACKING),
            named=tuple(_named(folded, sequence, part) for part in waiting if part not in kinds),
            rest="" if is_all else rest,
            asks=asks,
            all=is_all or self._says_all(sequence, used),
        )

    def _is_matter(self, names: Sequence[_Part]) -> bool:
        return len(names) == 1 and names[0].name in self._matters

    def _says_all(self, sequence: Sequence[Token], marks: Iterable[_Part]) -> bool:
        ends = [(each.span.start, each.span.end) for each in marks if each.kind == THERE]
        return any(
            tuple(singular(token.text) for token in sequence[start:end]) in self._all
            for start, end in ends
        )

    def _spans(self, sequence: Sequence[Token]) -> list[_Part]:
        """Names and marks in the order of the text; a matter to be done is no paper."""
        said = [self._names.repaired(token.text) for token in sequence]
        spans = self._phrases.find(said)
        parts = [
            _Part(
                span.label, span, tuple(said[span.start : span.end]) if span.label == NAME else ()
            )
            for span in spans
        ]
        for span in self._heard.find(sounds(sequence)):
            clashing = [part for part in parts if part.span.overlaps(span)]
            if all(part.kind == "glue" for part in clashing):
                parts = [part for part in parts if part not in clashing]
                parts.append(_Part(NAME, span, words(span.label)))
        parts.sort(key=lambda part: part.span.start)
        aimed = {part.span.end for part in parts if part.kind == "aims"}
        return [p for p in parts if not (p.kind == NAME and p.span.start in aimed)]


def as_phrases(names: Iterable[Name]) -> list[tuple[str, str]]:
    """The names of papers as phrases of the kind `NAME`."""
    return [(" ".join(name), NAME) for name in names]


def _long(names: Iterable[Name]) -> list[tuple[str, str]]:
    """The names that are recognised by their sound, in an order of their own: of two that sound
    alike the first is taken."""
    return sorted((" ".join(name), " ".join(name)) for name in names if len(name) >= HEARD)


def words_of(text: str) -> Name:
    """A text as the tokens that are compared."""
    return tokens_of(fold(text))


def _clauses(
    folded: str, sequence: Sequence[Token], spans: Sequence[_Part]
) -> Iterator[list[_Part]]:
    """The parts of each clause, with a part of no kind for what else stands in it."""
    covered = {place: part for part in spans for place in range(part.span.start, part.span.end)}
    clause: list[_Part] = []
    end = 0
    for place, token in enumerate(sequence):
        if clause and _BREAK.search(folded, end, token.start):
            yield clause
            clause = []
        part = covered.get(place) or _Part("other", Span(place, place + 1, "other"))
        if not clause or clause[-1] != part:
            clause.append(part)
        end = token.start + len(token.text)
    if clause:
        yield clause


def _covered(clause: Sequence[_Part]) -> bool:
    return all(part.kind in (NAME, "glue") for part in clause)


def _polarities(parts: Sequence[_Part]) -> dict[_Part, str]:
    """What each name of a clause is said to be: "有身份证没户口本", or "身份证有户口本没有"."""
    forward = parts[-1].kind == NAME or parts[0].kind in MARKS
    found: dict[_Part, str] = {}
    mark = ""
    for part in parts if forward else reversed(parts):
        if part.kind in MARKS:
            mark = part.kind
        elif mark:
            found[part] = mark
    last, names = parts[-1], [part for part in parts if part.kind == NAME]
    run = 0
    for part in reversed(parts[:-1]):
        if part.kind != NAME:
            break
        run += 1
    if forward and last.kind in MARKS and run > 1 and names:
        found[names[-1]] = last.kind
    return found


def _settled(kind: str) -> str:
    return {ENOUGH: THERE, NEITHER: ""}.get(kind, kind)


def _named(folded: str, sequence: Sequence[Token], part: _Part) -> Named:
    """The paper with its form, which stands right before or behind the name."""
    first, last = sequence[part.span.start], sequence[part.span.end - 1]
    return Named(part.name, form_of(folded, first.start, last.start + len(last.text)))


def form_of(folded: str, start: int, end: int) -> str:
    """The form in which the paper is told whose name stands there; often nothing."""
    before, behind = folded[:start], folded[end:]
    if _ELECTRONIC_BEFORE.search(before) or _ELECTRONIC_BEHIND.match(behind):
        return ELECTRONIC
    return COPY if _COPY_BEFORE.search(before) or _COPY_BEHIND.match(behind) else ""


def _without(
    folded: str, sequence: Sequence[Token], spans: Sequence[_Part], gone: set[_Part]
) -> str:
    """The text without these parts, and without what only joined them."""
    if not gone:
        return folded
    places = {place for part in gone for place in range(part.span.start, part.span.end)}
    glue = [part.span for part in spans if part.kind == "glue"]
    for span in (*glue, *reversed(glue)):
        if span.start - 1 in places or span.end in places:
            places.update(range(span.start, span.end))
    kept = list(folded)
    for token in (sequence[place] for place in places):
        kept[token.start : token.start + len(token.text)] = " " * len(token.text)
    return re.sub(r"\s+", " ", "".join(kept)).strip(" 、,，")
