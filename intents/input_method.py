"""Input method: the characters that pinyin most likely stands for, judged by known phrases.

As every pinyin keyboard does it: the likeliest path through the characters of each sound, by how
often one follows another (Viterbi 1967), counted in the phrases of the topics and of questions.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log

import numpy as np

from intents.cache import Arrays, packed, unpacked
from intents.fold import fold, is_han
from intents.pinyin import character_sound, sounds_of

_RUNS = re.compile(r"([a-zü' ]*[a-zü][a-zü' ]*)")

CONSIDERED = 12
"""Characters of one sound that are considered: the most frequent."""
FOLLOWED = 0.9
"""How much what follows a character counts, beside how frequent each is by itself."""
MOST = 60_000
"""Pairs of characters that are kept: the most frequent."""


class InputMethod:
    """Turns sounds into characters."""

    def __init__(self, single: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        self._single, self._pairs = dict(single), dict(pairs)
        self._whole = max(sum(self._single.values()), 1)

    @functools.cached_property
    def _of_sound(self) -> Mapping[str, Sequence[str]]:
        of_sound: dict[str, list[str]] = {}
        for character in sorted(self._single, key=lambda each: -self._single[each]):
            found = of_sound.setdefault(character_sound(character), [])
            if len(found) < CONSIDERED:
                found.append(character)
        return of_sound

    @classmethod
    def of(cls, phrases: Iterable[str]) -> InputMethod:
        """The input method that these phrases teach."""
        single, pairs = _counted(phrases)
        return cls(single, dict(pairs.most_common(MOST)))

    def taught(self, forgotten: Iterable[str], phrases: Iterable[str]) -> InputMethod:
        """What it would be without some of its phrases and with others.

        Pairs that were too rare to be kept count from 0 on.
        """
        counted = zip(_counted(forgotten), _counted(phrases), strict=True)
        taught = []
        for known, (less, more) in zip((self._single, self._pairs), counted, strict=True):
            times = dict(known)
            for each in {**less, **more}:
                times[each] = max(times.get(each, 0) + more[each] - less[each], 0)
            taught.append(times)
        return InputMethod(*taught)

    def arrays(self) -> Arrays:
        """All that was counted."""
        return {
            "single": packed(self._single),
            "times": np.array(list(self._single.values()), np.int32),
            "pairs": packed(self._pairs),
            "times_of_pairs": np.array(list(self._pairs.values()), np.int32),
        }

    @classmethod
    def restored(cls, arrays: Arrays) -> InputMethod:
        """What `arrays` gave."""
        single = zip(unpacked(arrays["single"]), arrays["times"].tolist(), strict=True)
        pairs = zip(unpacked(arrays["pairs"]), arrays["times_of_pairs"].tolist(), strict=True)
        return cls(dict(single), dict(pairs))

    def typed(self, text: str) -> str | None:
        """A text in pinyin (spaced or not) as characters; None where a word of it is no pinyin."""
        written = []
        for run in _RUNS.split(text):
            spoken = sounds_of(run) if _RUNS.fullmatch(run) else None
            if spoken is None and any(map(str.isalpha, run)):
                return None
            written.append(self.characters(spoken) if spoken else run)
        return "".join(written).strip()

    def characters(self, sounds: Sequence[str]) -> str:
        """The likeliest characters of these sounds; a sound that none has stands for itself."""
        paths: dict[str, tuple[float, str]] = {"": (0.0, "")}
        for sound in sounds:
            paths = {
                each: max(
                    (told + self._likely(last, each), path + each)
                    for last, (told, path) in paths.items()
                )
                for each in self._of_sound.get(sound, [sound])
            }
        return max(paths.values())[1]

    def _likely(self, last: str, character: str) -> float:
        alone = self._single.get(character, 0) / self._whole
        after = self._pairs.get(last + character, 0) / max(self._single.get(last, 0), 1)
        return log(FOLLOWED * after + (1 - FOLLOWED) * alone + 1e-12)


def _counted(phrases: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each Chinese character, and each pair of them, comes."""
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for phrase in phrases:
        if phrase.isascii():
            continue
        folded = fold(phrase)
        single.update(filter(is_han, folded))
        pairs.update(a + b for a, b in pairwise(folded) if is_han(a) and is_han(b))
    return single, pairs
