"""The token and the citizens' words stay out of the logs."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from stand_in import TOKEN

from doors.telegram.secrecy import guard_logs

log = logging.getLogger("test")


class Kept(logging.Handler):
    """Keeps what a log file would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    factory = logging.getLogRecordFactory()
    handler = Kept()
    log.addHandler(handler)
    guard_logs()
    yield handler
    log.removeHandler(handler)
    logging.setLogRecordFactory(factory)


class Address:
    def __str__(self) -> str:
        return f"https://api.telegram.org/bot{TOKEN}/getMe"


@pytest.mark.parametrize(
    ("message", "arguments", "line"),
    [
        (f"token {TOKEN}", (), "token [token]"),
        ("%s of %d", (f"GET /bot{TOKEN}/getMe", 7), "GET /bot[token]/getMe of 7"),
        ("%s", (Address(),), "https://api.telegram.org/bot[token]/getMe"),
        ("%(url)s", ({"url": TOKEN},), "[token]"),
        ("%s:%s", ("4839574812", TOKEN.partition(":")[2]), "[token]"),
        ("100 % of 12:30", (), "100 % of 12:30"),
    ],
    ids=["message", "argument", "object", "mapping", "halves", "none"],
)
def test_a_token_is_redacted_wherever_a_line_has_it(
    kept: Kept, message: str, arguments: tuple[object, ...], line: str
) -> None:
    log.error(message, *arguments)
    assert kept.lines == [line]


def test_a_token_is_redacted_in_a_traceback(kept: Kept) -> None:
    try:
        raise ValueError(f"no such address: {Address()}")
    except ValueError:
        log.exception("it failed")
    assert TOKEN not in kept.lines[0]
    assert "ValueError: no such address: https://api.telegram.org/bot[token]/getMe" in kept.lines[0]


def test_a_traceback_without_a_token_is_told_as_it_is(kept: Kept) -> None:
    try:
        raise ValueError("plain")
    except ValueError:
        log.exception("it failed", stack_info=True)
    assert "ValueError: plain" in kept.lines[0]


def test_a_formatter_that_reads_the_arguments_finds_them(kept: Kept) -> None:
    kept.setFormatter(Second())
    log.error("%s %s", TOKEN, "second")
    assert kept.lines == ["second"]


class Second(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        assert isinstance(record.args, tuple)
        return str(record.args[1])


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("httpx", logging.WARNING),
        ("httpcore.http11", logging.WARNING),
        ("telegram.Bot", logging.INFO),
    ],
)
def test_loggers_that_tell_addresses_or_words_are_quiet(kept: Kept, name: str, level: int) -> None:
    assert logging.getLogger(name).getEffectiveLevel() >= level


def test_guarding_twice_is_guarding_once(kept: Kept) -> None:
    factory = logging.getLogRecordFactory()
    guard_logs()
    assert logging.getLogRecordFactory() is factory
