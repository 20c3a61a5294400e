"""Languages: in which one a message is answered."""

from __future__ import annotations

from desk.asked import wanted_language
from desk.conversation import Conversation
from desk.message import Message
from desk.receipts.numbers import find_number
from desk.texts import Texts
from intents.fold import has_han
from intents.tokens import words
from intents.understanding import Meaning


def language_of(message: Message, conversation: Conversation, meaning: Meaning, own: str) -> str:
    """What the citizen has set, else the language of the text, else of the talk so far, else the
    hall's `own`."""
    if (message.choice or "").startswith("language:"):
        return (message.choice or "").removeprefix("language:")
    if wanted := wanted_language(meaning):
        return wanted
    read = not message.choice and _tells(meaning)
    return (
        message.language
        or conversation.set_language
        or (meaning.language if read else conversation.language)
        or conversation.language
        or own
    )


def known(language: str, texts: Texts) -> str:
    """The language of the texts that serves for a tag such as `zh-Hans` or `en-GB`."""
    return next((each for each in (language, language.partition("-")[0]) if each in texts), "en")


def _tells(meaning: Meaning) -> bool:
    """Whether a text shows in which language it is written: a receipt number or "ok" does not."""
    number = (find_number(meaning.folded) or "").casefold()
    telling = (word for word in words(meaning.folded) if word not in number)
    return has_han(meaning.folded) or any(len(word) > 3 for word in telling)
