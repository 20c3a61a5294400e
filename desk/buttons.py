"""Buttons: what a pressed one stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desk.decision import (
    Add,
    Because,
    Categorise,
    Decision,
    Erase,
    OfHall,
    OwnData,
    Rate,
    ReceiptStatus,
    Register,
    Settled,
    Talk,
    Tell,
)
from desk.places import ABOUT_HALL
from desk.receipts.aftercare import LEVELS, REASONS
from desk.receipts.numbers import find_number
from desk.telling import TOLD
from desk.topics import Topics

PLAIN: Mapping[str, Decision] = {
    "language:zh": Talk("language"),
    "language:en": Talk("language"),
    "about:help": Talk("help"),
    "about:location": Talk("location"),
    "about:human": Register("human"),
    "about:none": Register("question"),
    "about:forget": Erase(),
    "forget:yes": Erase(confirmed=True),
    "forget:no": Talk("help"),
    "about:my_data": OwnData(),
    "about:receipt_status": ReceiptStatus(),
    "about:unsettled": Settled(settled=False),
    "about:settled": Settled(settled=True),
    **{f"rate:{level}": Rate(level) for level in LEVELS},
    **{f"reason:{each}": Because(each) for each in REASONS},
    **{f"about:{intent}": OfHall(intent) for intent in ABOUT_HALL},
}
"""What a button stands for that names neither a topic nor a receipt."""
OF_RECEIPT: Mapping[str, Callable[[str], Decision]] = {
    "settled": lambda number: Settled(settled=True, receipt=number),
    "unsettled": lambda number: Settled(settled=False, receipt=number),
    "add": Add,
    "receipt": ReceiptStatus,
}
"""What a button stands for that names a receipt."""


def pressed(choice: str, topics: Topics) -> Decision | None:
    """What a button stands for; None where it is older than the guides."""
    if choice in PLAIN:
        return PLAIN[choice]
    key, _, rest = choice.partition(":")
    if key in OF_RECEIPT and (number := find_number(rest)):
        return OF_RECEIPT[key](number)
    if key == "category" and (number := find_number(rest)):
        return Categorise(number, rest.rpartition(":")[2])
    topic = topics.by_key(key)
    return Tell(topic, tuple(filter(TOLD.__contains__, rest.split("+"))), 1.0) if topic else None
