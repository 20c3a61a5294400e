"""What is asked, sorted by whom it is asked of: a topic, the hall, or the desk itself."""

from __future__ import annotations

from intents.understanding import Meaning

OVERVIEW = ("overview",)
TALK = ("greeting", "thanks", "goodbye", "help", "language", "praise")
FOREMOST = ("language", "help", "praise", "goodbye", "thanks", "greeting")
"""Of several courtesies in one message the first of these is answered."""
OF_HALL = ("hall_hours", "hall_place", "hall_services", "nearest", "window_info")
DANGER = "danger"
"""A threat to life: the emergency numbers stand before everything else."""
LATER = ("settled", "unsettled", "addition", "forget", "my_data")
"""What is about a question that was answered or taken down, or about what is kept of it."""
OF_DESK = ("complaint", "human", "receipt_status", "anonymous", DANGER, *LATER)
HALL_FOR = {"hours": "hall_hours", "place": "hall_place", "contact": "contact"}
"""What is asked of the hall where no matter is named."""
WAYS = ("online", "proxy", "appointment", "place", "hours")
"""Ways of getting a matter done: "能网上办吗" asks for one, and not for the conditions."""
LANGUAGES = {
    "zh": ("中文", "汉语", "普通话", "chinese", "mandarin"),
    "en": ("英文", "英语", "english"),
}
PLAINLY = 0.75
"""The confidence of an intent recognised by two words or characters; one may be chance."""
QUESTION_ENDS = ("?", "吗", "没", "没有", "了么", "不")
"""What a text ends with that asks whether something is so."""
FEW = 3
"""So many telling tokens may stand beside a question about the hall; with more it is a matter."""


def about_topic(meaning: Meaning) -> tuple[str, ...]:
    """What is asked about a topic: `overview` only where nothing narrower is asked."""
    beside = {*TALK, *OF_HALL, *OF_DESK} - {"nearest"}
    asked = tuple(intent for intent in meaning.intents if intent not in beside)
    narrow = tuple(intent for intent in asked if intent not in OVERVIEW)
    if set(narrow) & set(WAYS):
        narrow = tuple(intent for intent in narrow if intent != "conditions")
    return narrow or asked


def settled(meaning: Meaning) -> bool | None:
    """Whether a text says that a question is settled; None where it says nothing of that, or asks
    whether it is."""
    if "unsettled" in meaning.intents:
        return False
    asks = meaning.folded.rstrip(" .。!").endswith(QUESTION_ENDS)
    return True if "settled" in meaning.intents and not asks else None


def wanted_language(meaning: Meaning) -> str | None:
    """The language that a text asks for by its name."""
    asked = next((each for each in meaning.asked if each.intent == "language"), None)
    if asked is None or meaning.content >= FEW:
        return None
    if asked.confidence < PLAINLY and not set(meaning.intents) <= set(TALK):
        return None
    named = (code for code, names in LANGUAGES.items() if any(n in meaning.folded for n in names))
    return next(named, None)
