"""The phrase lists of a language, read from its data file."""

from __future__ import annotations

import copy
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from intents.fold import fold
from intents.pinyin import character_sound
from intents.tokens import Token, words

GAP = "…"
MATTER = "~"
"""A gap in which the matter is named ("能办~吗"): what stands there is none of the phrase."""
GAPS = (GAP, MATTER)
IDLE = "idle"
"""The label of phrases that sound like a question and are none ("前几天")."""
LONGEST_GAP = 6
"""Tokens that may stand where a phrase has a gap (half as many words of letters)."""


class Span(NamedTuple):
    """Tokens `start` to `end` of a text, and what they were recognised as."""

    start: int
    end: int
    label: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end


Pattern = tuple[str, ...]
_PARTED = re.compile("([…~])")


class PhraseList:
    """Phrases by label, found in a sequence of tokens; a longer phrase hides the ones inside it."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._set((_pattern(phrase), label) for phrase, label in phrases)

    def _set(self, patterns: Iterable[tuple[Pattern, str]]) -> None:
        self._patterns = tuple((pattern, label) for pattern, label in patterns if pattern)
        self._by_start: dict[str, dict[str | None, list[tuple[Pattern, str]]]] = {}
        for pattern, label in self._patterns:
            found = self._by_start.setdefault(pattern[0], {})
            found.setdefault(_second(pattern), []).append((pattern, label))

    @classmethod
    def merged(cls, lists: Iterable[PhraseList]) -> PhraseList:
        """The phrases of several lists in one."""
        every = cls(())
        every._set(found for each in lists for found in each._patterns)
        return every

    def replaced(self, gone: PhraseList, more: PhraseList, *, ordered: bool = False) -> PhraseList:
        """The list without some of its phrases and with more of them; this one stays.

        They come behind the others; `ordered` is a list that is in the order of its labels, in
        which they then stand too.
        """
        made = copy.copy(self)
        left = Counter(gone._patterns)
        kept = []
        for each in self._patterns:
            if left.get(each):
                left[each] -= 1
            else:
                kept.append(each)
        made._patterns = (*kept, *more._patterns)
        made._by_start = dict(self._by_start)
        for pattern, label in gone._patterns:
            made._bucket(pattern).remove((pattern, label))
        for pattern, label in more._patterns:
            found = made._bucket(pattern)
            found.append((pattern, label))
            if ordered:
                found.sort(key=lambda each: each[1])
        return made

    def _bucket(self, pattern: Pattern) -> list[tuple[Pattern, str]]:
        """The phrases that begin as this one, in a list of their own that may be changed."""
        second = _second(pattern)
        found = list(self._by_start.get(pattern[0], {}).get(second, ()))
        self._by_start[pattern[0]] = {**self._by_start.get(pattern[0], {}), second: found}
        return found

    def phrases(self) -> Iterator[str]:
        """Each phrase as its tokens stand side by side."""
        return ("".join(pattern) for pattern, _ in self._patterns if not has_gap(pattern))

    def sounding(self) -> PhraseList:
        """The same phrases by their sounds."""
        heard = PhraseList(())
        heard._set((tuple(map(_sound, pattern)), label) for pattern, label in self._patterns)
        return heard

    def find(self, sequence: Sequence[str]) -> list[Span]:
        """The spans recognised, longest first taken, in the order of the text.

        A phrase around a matter is a span on each side of it.
        """
        found = list(self._every(sequence))
        found.sort(key=lambda parts: (parts[0].start - parts[-1].end, parts[0].start))
        kept: list[Span] = []
        taken = bytearray(len(sequence))
        for parts in found:
            start, end = parts[0].start, parts[-1].end
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                kept += parts
        return sorted(kept, key=lambda span: span.start)

    def _every(self, sequence: Sequence[str]) -> Iterator[list[Span]]:
        by_start = self._by_start
        if by_start.keys().isdisjoint(sequence):
            return
        there = frozenset(sequence)
        for start, first in enumerate(sequence):
            if first not in by_start:
                continue
            found = by_start[first]
            for second in (None, *sequence[start + 1 : start + 2]):
                for pattern, label in found.get(second, ()):
                    # Most phrases are told apart by their last word, without looking further.
                    if pattern[-1] in there and (cuts := _match(pattern, sequence, start)):
                        ends = zip(cuts[::2], cuts[1::2], strict=True)
                        yield [Span(first, end, label) for first, end in ends]


def has_gap(phrase: Iterable[str]) -> bool:
    """Whether a phrase, or its pattern, has a gap."""
    return any(gap in phrase for gap in GAPS)


def _second(pattern: Pattern) -> str | None:
    """The second token, where it must follow the first at once."""
    return pattern[1] if len(pattern) > 1 and pattern[1] not in GAPS else None


def _pattern(phrase: str) -> Pattern:
    pattern: list[str] = []
    for part in _PARTED.split(phrase):
        if part not in GAPS:
            pattern.extend(words(fold(part)))
        elif pattern:
            pattern.append(part)
    while pattern and pattern[-1] in GAPS:
        pattern.pop()
    return tuple(pattern)


def _sound(token: str) -> str:
    return character_sound(token) if len(token) == 1 and token not in GAPS else token


def _match(pattern: Pattern, sequence: Sequence[str], start: int) -> list[int]:
    """Where the pattern begins that stands at `start`, and where it ends; where a matter is named
    within, it ends before that and begins again behind it. Nothing where it does not stand there.
    """
    if not has_gap(pattern):
        end = start + len(pattern)
        return [start, end] if tuple(sequence[start:end]) == pattern else []
    place, cuts = start, [start]
    gap = ""
    for part in pattern:
        if part in GAPS:
            gap = part
            continue
        before = place
        last = min(len(sequence), place + (LONGEST_GAP if gap else 0) + 1)
        place = next((i for i in range(place, last) if sequence[i] == part), -1) + 1
        if not place:
            return []
        if gap == MATTER:
            cuts += (before, place - 1)
        gap = ""
    return [*cuts, place]


@dataclass(frozen=True)
class Lexicon:
    """One language's phrases: what is asked, and the words that tell nothing of the topic."""

    language: str
    intents: PhraseList
    signals: PhraseList
    fillers: PhraseList
    negations: PhraseList
    corrections: PhraseList
    follow_up: PhraseList
    whole: PhraseList
    stages_named: PhraseList
    stages_said: PhraseList
    talk: Mapping[str, tuple[str, ...]]
    ordinals: tuple[frozenset[str], ...]
    none_of_these: frozenset[str]
    yes: frozenset[str]
    also_asked: PhraseList
    vocabulary: frozenset[str]
    names: tuple[str, ...]
    possible: PhraseList
    papers: Mapping[str, tuple[str, ...]]
    grievances: PhraseList
    same_papers: tuple[tuple[str, ...], ...]
    days: Mapping[str, Any]

    @functools.cached_property
    def heard(self) -> PhraseList:
        """The intents by their sounds, for wrong characters."""
        return self.intents.sounding()


def _labelled(lists: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for label, phrases in lists.items():
        for phrase in phrases:
            yield phrase, label


def _flat(phrases: Iterable[Any]) -> frozenset[str]:
    return frozenset(fold(str(phrase)) for phrase in phrases)


def _every_text(data: Any) -> Iterator[str]:
    """Every phrase of a file: its words are known, so nothing repairs them."""
    if isinstance(data, str):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _every_text(each)


def _of_stages(data: Mapping[str, Any], by: str) -> Mapping[str, Iterable[str]]:
    """What each stage is called; people use the words of names as well."""
    both = ("named", "said") if by == "said" else (by,)
    return {
        stage: [phrase for each in both for phrase in phrases[each]]
        for stage, phrases in data["stages"].items()
    }


def _of_papers(data: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """What is said of papers, by kind; `asks` asks what is missing and tells of none."""
    kinds = {kind: tuple(said) for kind, said in data["papers"].items() if kind != "same"}
    there = {*kinds["there"], *kinds["enough"]}
    asks = (
        each for each in data["intents"]["checklist"] if each not in there and not has_gap(each)
    )
    return {**kinds, "asks": tuple(asks)}


def read_lexicon(file: Path) -> Lexicon:
    """One language's data file."""
    data = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - makes strings only
    fillers = {
        "padding": data["padding"],
        "weak": data["weak"],
        "action": data["actions"],
    }
    return Lexicon(
        language=data["language"],
        intents=PhraseList(_labelled({**data["intents"], IDLE: data["idle"]})),
        signals=PhraseList(_labelled(data["signals"])),
        fillers=PhraseList(_labelled(fillers)),
        negations=PhraseList(_labelled({"negation": data["negations"]})),
        corrections=PhraseList(_labelled({"correction": data["corrections"]})),
        whole=PhraseList(_labelled({"whole": data["whole"]})),
        stages_named=PhraseList(_labelled(_of_stages(data, "named"))),
        stages_said=PhraseList(_labelled(_of_stages(data, "said"))),
        follow_up=PhraseList(_labelled({"follow_up": data["follow_up"]})),
        talk={intent: tuple(said) for intent, said in data["talk"].items()},
        ordinals=tuple(_flat(each) for each in data["ordinals"]),
        none_of_these=_flat(data["none_of_these"]),
        yes=_flat(data["yes"]),
        also_asked=PhraseList(_labelled({"also_asked": data["also_asked"]})),
        vocabulary=frozenset(word for phrase in _every_text(data) for word in words(fold(phrase))),
        names=tuple(data["intents"]),
        possible=PhraseList(_labelled({"possible": data["possible"]})),
        papers=_of_papers(data),
        grievances=PhraseList(_labelled(data["grievances"])),
        same_papers=tuple(tuple(each) for each in data["papers"]["same"]),
        days=data["days"],
    )


def file_of(language: str) -> Path:
    """The data file of a language."""
    return Path(__file__).parent / f"{language}.yaml"


@functools.cache
def lexicons() -> Mapping[str, Lexicon]:
    """Every language's phrases, by language."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    return {lexicon.language: lexicon for lexicon in map(read_lexicon, files)}


def texts(found: Iterable[Token]) -> tuple[str, ...]:
    """The tokens' texts."""
    return tuple(token.text for token in found)
