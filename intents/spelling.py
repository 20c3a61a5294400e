"""Spelling: words that no known text has, read as what most likely was meant.

A noisy channel (Kernighan, Church & Gale 1990): what is meant is likely beside the words around it
and few slips from what was typed. A slip is a letter more, fewer, another, or two exchanged, and
so is a space, so that a word may be two, and a letter belong to the next word. Words that known
texts have are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.fold import is_han
from intents.tokens import words

SLIP = 5.0
"""What a slip takes from the logarithm of the probability of what was meant."""
TWO = 6
"""Letters from which a word may have two slips."""
SMOOTH = 5.0
"""So many times words are thought to have followed each other as often as each comes at all."""
RARE = 0.1
"""How often a word is thought to have come besides."""
STRANGE, LETTERS = 20, 24
"""Strange words of a text that are read, and letters of one: more are no slips, and cost time."""
EDGE = "\n"
"""What stands before the first word of a text and behind its last."""


class Reading(NamedTuple):
    """What the next `used` words of a text may stand for, with so many slips."""

    meant: tuple[str, ...]
    used: int
    slips: int


class Spelling:
    """The words of known texts, and how often each follows another."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._times: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._before: Counter[str] = Counter()
        for text in texts:
            edged = (EDGE, *words(text), EDGE)
            self._times.update(edged[1:])
            self._pairs.update(pairwise(edged))
            self._before.update(edged[:-1])
        self._whole = sum(self._times.values())
        self._of_length: dict[int, list[str]] = {}
        for word in self._times:
            if not is_han(word[0]):
                self._of_length.setdefault(len(word), []).append(word)

    def repaired(self, text: str) -> str:
        """The text with its strange words as they were likely meant; itself where it has none."""
        typed = words(text)
        if not any(map(self._is_strange, typed)):
            return text
        written, at, left = [EDGE], 0, STRANGE
        while at < len(typed):
            word, *behind = typed[at : at + 2]
            found = tuple(self._readings(word, *behind)) if left else ()
            left -= bool(found)
            read = max(
                found or (Reading((word,), 1, 0),),
                key=lambda each: self._likely(each, written[-1], typed[at + each.used :]),
            )
            written += read.meant
            at += read.used
        return " ".join(written[1:])

    def _is_strange(self, word: str) -> bool:
        plain = word[0].isdecimal() or is_han(word[0])
        return not plain and word not in self._times and len(word) <= LETTERS

    def _readings(self, word: str, behind: str = "") -> Iterator[Reading]:
        """What a word may stand for, or it and the one behind it; nothing where none is strange."""
        if self._is_strange(word):
            yield from (Reading((meant,), 1, slips) for meant, slips in self._near(word))
            yield from (Reading(two, 1, 1) for two in self._parted(word))
            yield from (Reading(meant, 2, 1) for meant in self._across(word, behind))
        elif behind and self._is_strange(behind):
            across = [Reading(meant, 2, 1) for meant in self._across(word, behind)]
            if across:
                yield from across
                yield from (Reading((word, one), 2, slips) for one, slips in self._near(behind))

    def _near(self, word: str) -> Iterator[tuple[str, int]]:
        """The known words that one or two slips make this word, and how many slips."""
        most = 2 if len(word) >= TWO else 1
        for length in range(len(word) - most, len(word) + most + 1):
            known = self._of_length.get(length, ())
            for meant, slips, _ in process.extract_iter(
                word, known, scorer=OSA.distance, score_cutoff=most
            ):
                yield meant, int(slips)

    def _parted(self, word: str) -> Iterator[tuple[str, str]]:
        """Two known words whose space was left out, or became a letter."""
        for at in range(1, len(word)):
            for behind in (word[at:], word[at + 1 :]):
                if word[:at] in self._times and behind in self._times:
                    yield word[:at], behind

    def _across(self, word: str, behind: str) -> Iterator[tuple[str, ...]]:
        """Known words where the space between two stands a letter too late or too early, or is
        too much."""
        if behind:
            late, early = (word[:-1], word[-1] + behind), (word + behind[0], behind[1:])
            for meant in (late, early, (word + behind,)):
                if all(each in self._times for each in meant):
                    yield meant

    def _likely(self, read: Reading, before: str, behind: Sequence[str]) -> float:
        """How likely this was meant between what was written before and what is typed behind."""
        after = behind[0] if behind else EDGE
        known = (after,) if after in self._times else ()
        follow = pairwise((before, *read.meant, *known))
        return sum(self._following(*each) for each in follow) - SLIP * read.slips

    def _following(self, word: str, other: str) -> float:
        """The logarithm of the probability that the other word follows this one."""
        chance = SMOOTH * (self._times[other] + RARE) / self._whole
        return log((self._pairs[word, other] + chance) / (self._before[word] + SMOOTH))
