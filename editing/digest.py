"""The week's digest: what was asked in vain, as plain text of a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from editing.engine import Engine
from editing.groups import Group
from editing.words import Say
from editing.worklist import Item, item_of
from facts.model import Hall

WEEK = timedelta(days=7)
FAINT = 0.1
"""A topic with less probability is not worth naming."""
SHOWN = 10
"""Groups that are told; the review has them all."""


def digest(hall: Hall, found: Iterable[Group], engine: Engine, say: Say) -> str:
    """What was asked in vain in a hall, the commonest first."""
    items = filter(None, (item_of(each, hall, engine) for each in found))
    name = hall.name.say(say.language)
    lines = [
        say(
            "digest_item",
            place=place,
            people=each.group.sessions,
            text=each.group.text,
            reasons=reasons(each, say),
            likely=likeliest(each, say),
        )
        for place, each in enumerate(islice(items, SHOWN), 1)
    ]
    if not lines:
        return say("digest_none", hall=name)
    return "\n".join([say("digest", hall=name), *lines, say("digest_how")])


def reasons(item: Item, say: Say) -> str:
    """Why it was asked in vain, and by how many for each reason."""
    return say("comma").join(
        f"{say(f'reason_{name}')} {count}" for name, count in item.group.reasons.items()
    )


def likeliest(item: Item, say: Say) -> str:
    """The likeliest topic by its name, if any comes near."""
    best = next(iter(item.likely), None)
    near = best and best.confidence >= FAINT
    return best.topic.name(say.language) if best and near else say("likely_none")


def named(label: str, engine: Engine, say: Say) -> str:
    """A topic by its name, or how a question ended that was answered about none."""
    topic = engine.topics.find(label)
    return topic.name(say.language) if topic else say.known(f"ending_{label}", label)
