"""What a ranker keeps besides its indexes, told as plain arrays for the cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from intents.cache import Arrays, packed, unpacked
from intents.scorer import Phrase


class Words(NamedTuple):
    """Words, and how often each comes, that can be kept."""

    times: Mapping[str, int]

    def arrays(self) -> Arrays:
        """All of them."""
        return {"words": packed(self.times), "times": np.array([*self.times.values()], np.int32)}

    @classmethod
    def restored(cls, arrays: Arrays) -> Words:
        """The words that `arrays` gave."""
        return cls(dict(zip(unpacked(arrays["words"]), arrays["times"].tolist(), strict=True)))


class Listed(NamedTuple):
    """Phrases that can be kept."""

    phrases: tuple[Phrase, ...]

    def by_label(self) -> Mapping[str, Sequence[Phrase]]:
        """The phrases by their labels."""
        found: dict[str, list[Phrase]] = {}
        for each in self.phrases:
            found.setdefault(each.label, []).append(each)
        return found

    def arrays(self) -> Arrays:
        """All of them, one a line."""
        rows = (
            (each.label, str(int(each.name)), " ".join(each.text.split())) for each in self.phrases
        )
        return {"phrases": packed("\t".join(row) for row in rows)}

    @classmethod
    def restored(cls, arrays: Arrays) -> Listed:
        """The phrases that `arrays` gave."""
        rows = (row.split("\t", 2) for row in unpacked(arrays["phrases"]))
        return cls(tuple(Phrase(label, text, name == "1") for label, name, text in rows))


class StagesByLabel(NamedTuple):
    """The stages that the names of topics speak of, by label, so that they can be kept."""

    stages: Mapping[str, frozenset[str]]

    def arrays(self) -> Arrays:
        """All of them."""
        return {"stages": packed("\t".join((label, *of)) for label, of in self.stages.items())}

    @classmethod
    def restored(cls, arrays: Arrays) -> StagesByLabel:
        """What `arrays` gave."""
        rows = (row.split("\t") for row in unpacked(arrays["stages"]))
        return cls({label: frozenset(of) for label, *of in rows})
