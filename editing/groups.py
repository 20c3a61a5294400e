"""Groups of like questions: those that say the same in other words or letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from editing.writing import tidy
from intents.encoder import VectorStore
from intents.fold import fold
from ledger.vain import Failed

MOST = 1000
"""Different texts that are grouped: those that most sessions have written."""
SAME = 85
"""From this likeness of letters on (0 to 100) two texts are one question."""
ALIKE = 0.8
"""From this likeness of meaning on (0 to 1) they are."""

FEW = 16
"""Texts that are encoded at once."""


@dataclass(frozen=True, slots=True)
class Group:
    """Like questions, the commonest first; how many sessions asked them, and why in vain.

    `told` is the label of the topic that they were mostly answered about, if any.
    """

    texts: tuple[str, ...]
    sessions: int
    reasons: Mapping[str, int]
    told: str | None = None

    @property
    def text(self) -> str:
        """The commonest of them."""
        return self.texts[0]


class _Asked:
    """All that is known of one text."""

    def __init__(self) -> None:
        self.spelt: Counter[str] = Counter()
        self.sessions: set[str] = set()
        self.reasons: dict[str, set[str]] = {}
        self.told: Counter[str] = Counter()

    def add(self, failed: Failed) -> None:
        self.spelt[tidy(failed.text)] += 1
        self.sessions.add(failed.session)
        self.reasons.setdefault(failed.reason, set()).add(failed.session)
        if failed.topic:
            self.told[failed.topic] += 1


def groups(failed: Iterable[Failed], store: VectorStore | None = None) -> list[Group]:
    """Groups of what was asked in vain, those of most sessions first."""
    asked: dict[str, _Asked] = {}
    for each in failed:
        folded = fold(each.text)
        if folded.strip():
            asked.setdefault(folded, _Asked()).add(each)
    order = sorted(asked, key=lambda each: (-len(asked[each].sessions), each))[:MOST]
    found = [_group([asked[each] for each in members]) for members in _alike(order, store)]
    return sorted(found, key=lambda each: (-each.sessions, each.text))


def _alike(texts: Sequence[str], store: VectorStore | None) -> list[list[str]]:
    """Each text with the first before it that it is like, where there is one."""
    if not texts:
        return []
    by_letters = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=SAME) >= SAME
    by_words = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=SAME) >= SAME
    like = by_letters | by_words
    if store:
        # a few at a time: citizens' questions stand in line for the same encoder
        few = (tuple(texts[at : at + FEW]) for at in range(0, len(texts), FEW))
        vectors = np.concatenate([store.fresh(each) for each in few])
        like |= vectors @ vectors.T >= ALIKE
    members: dict[int, list[str]] = {}
    for place, text in enumerate(texts):
        leads = np.array(list(members), int)
        near = leads[like[place, leads]] if len(leads) else leads
        members.setdefault(int(near[0]) if len(near) else place, []).append(text)
    return list(members.values())


def _group(members: Sequence[_Asked]) -> Group:
    reasons: dict[str, set[str]] = {}
    told: Counter[str] = Counter()
    for each in members:
        told += each.told
        for reason, sessions in each.reasons.items():
            reasons.setdefault(reason, set()).update(sessions)
    counts = {reason: len(sessions) for reason, sessions in reasons.items()}
    return Group(
        tuple(each.spelt.most_common(1)[0][0] for each in members),
        len(set().union(*(each.sessions for each in members))),
        dict(sorted(counts.items(), key=lambda each: -each[1])),
        told.most_common(1)[0][0] if told else None,
    )
