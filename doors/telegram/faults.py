"""What the log tells of a fault: never what a citizen wrote."""

from __future__ import annotations

import traceback

from telegram.error import TelegramError


def described(error: BaseException) -> str:
    """An error with where it happened. What Telegram says holds no citizen's words; the text of
    any other error may, and is left out."""
    if isinstance(error, TelegramError):
        return f"{type(error).__name__}: {error}"
    trace = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{trace}"
