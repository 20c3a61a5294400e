"""Keeps the bot's token and the citizens' words out of every log."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(r"\d+:[\w-]{30,}")
REDACTED = "[token]"

# httpx and httpcore log every address, and the address holds the token. At DEBUG,
# python-telegram-bot logs what citizens write and what they are told.
QUIET = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.INFO}


def redact(text: str) -> str:
    """The text without anything that looks like a bot's token."""
    return TOKEN.sub(REDACTED, text)


class RedactingFactory:
    """Makes log records without tokens, so that no handler, present or future, can show one."""

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        self._make = make

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        """The record that the former factory makes, redacted."""
        record = self._make(*args, **kwargs)
        if record.exc_info and record.exc_info[0] is not None:
            _redact_traceback(record)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        if TOKEN.search(record.getMessage()):
            _redact_message(record)
        return record


def _redact_traceback(record: logging.LogRecord) -> None:
    text = logging.Formatter().formatException(record.exc_info)  # type: ignore[arg-type]
    if TOKEN.search(text):
        record.exc_text, record.exc_info = redact(text), None


def _redact_message(record: logging.LogRecord) -> None:
    # Formatters that read single arguments (uvicorn's access log) still find them all.
    record.msg = redact(str(record.msg))
    if isinstance(record.args, tuple):
        record.args = tuple(_redact_argument(each) for each in record.args)
    if TOKEN.search(record.getMessage()):
        record.msg, record.args = redact(record.getMessage()).replace("%", "%%"), ()


def _redact_argument(argument: object) -> object:
    text = str(argument)
    return redact(text) if TOKEN.search(text) else argument


def guard_logs() -> None:
    """Redact tokens in every record made from now on; quiet the loggers that tell too much."""
    for name, level in QUIET.items():
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.getEffectiveLevel(), level))
    if not isinstance(logging.getLogRecordFactory(), RedactingFactory):
        logging.setLogRecordFactory(RedactingFactory(logging.getLogRecordFactory()))
