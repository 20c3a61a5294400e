"""What is linked: the topics that each public matter is, and by what a topic is linked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from desk.topics import Topic
from facts.model import Case, Elsewhere, Service
from intents.cache import Arrays, packed, unpacked

Links = Mapping[str, tuple[str, ...]]
"""The labels of the topics that each matter is linked to."""


class Linked(NamedTuple):
    """Links, and the likeness of what has none, so that they can be kept."""

    links: Links
    kin: Mapping[str, float]

    def arrays(self) -> Arrays:
        """All of it."""
        return {
            "links": packed("\t".join((matter, *of)) for matter, of in self.links.items()),
            "strange": packed(self.kin),
            "kin": np.array(list(self.kin.values())),
        }

    @classmethod
    def restored(cls, arrays: Arrays) -> Linked:
        """What `arrays` gave."""
        rows = (row.split("\t") for row in unpacked(arrays["links"]))
        kin = zip(unpacked(arrays["strange"]), arrays["kin"].tolist(), strict=True)
        return cls({matter: tuple(of) for matter, *of in rows}, dict(kin))


def written(topic: Topic) -> tuple[str, ...]:
    """The matters that an editor has named; `none` is none of them."""
    item = topic.item
    if isinstance(item, Case):
        own: tuple[str, ...] = item.overrides.get("matter", ())
        return own
    return item.matter if isinstance(item, (Service, Elsewhere)) else ()


def called(topic: Topic) -> list[str]:
    """All by which a topic is linked."""
    item = topic.item
    if not isinstance(item, (Service, Elsewhere, Case)):
        return []
    return [*item.name.words.values(), *item.also, *item.ask]
