"""`bot.py run`: what it says, what it serves, and how it ends."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import terminal_halls
from terminal_bot import PATIENCE, bot, line, started

TOKEN = "123456789:AAF-this_is_no_real_token_0123456789"


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    return terminal_halls.write(tmp_path) / "harbour"


@pytest.fixture
def refusing() -> Iterator[str]:
    """An address where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


async def address(process: asyncio.subprocess.Process) -> str:
    """Where the process serves, by its first line."""
    found = re.search(r"http://\S+", await line(process.stdout))
    assert found
    return found[0]


async def ended(process: asyncio.subprocess.Process) -> tuple[str, str]:
    """The rest of what it writes, once it has ended by itself."""
    output, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    return output.decode(), errors.decode()


async def test_it_prints_its_address_the_hall_and_what_it_knows(hall: Path) -> None:
    async with started(hall.parent.parent, "run", "--port", "0", "--guides", hall) as process:
        first, second, third = [await line(process.stdout) for _ in range(3)]
    assert re.fullmatch(r"Shouwen 首问  http://127\.0\.0\.1:[1-9]\d*/\n", first)
    assert second == "Harbour Service Hall: 1 offices, 2 services, 2 windows\n"
    assert third == "Ctrl-C ends it.\n"


async def test_running_is_what_it_does_without_a_command(hall: Path) -> None:
    settings = {"PORT": "0", "HOST": "127.0.0.1", "GUIDES": str(hall)}
    async with started(hall.parent.parent, **settings) as process:
        assert "http://127.0.0.1:" in await line(process.stdout)
        assert "Harbour Service Hall" in await line(process.stdout)


async def test_it_serves_the_page_answers_and_writes_the_turn_down(hall: Path) -> None:
    home = hall.parent.parent
    async with started(home, "run", "--port", "0", "--guides", hall) as process:
        async with httpx.AsyncClient(base_url=await address(process)) as client:
            page = await client.get("/")
            answer = await client.post(
                "/messages", json={"text": "my ID 110101199003070134, berth fee"}
            )
        process.send_signal(signal.SIGTERM)
        _, errors = await ended(process)
        assert process.returncode == 0, errors
    assert page.status_code == 200
    assert "Harbour Service Hall" in page.text
    assert answer.json()["outcome"] == "answered"
    assert "35" in answer.json()["reply"]
    with closing(sqlite3.connect(home / "ledger.db")) as ledger:
        query = 'SELECT hall, door, language, outcome, topic, "window", text FROM turns'
        [(*turn, text)] = ledger.execute(query).fetchall()
    assert turn == ["harbour", "web", "en", "answered", "boats/mooring", "B2"]
    assert "berth fee" in text
    assert "110101199003070134" not in text
    assert "berth fee" not in errors


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=lambda sent: sent.name)
async def test_it_ends_in_order_when_it_is_told_to(sent: signal.Signals, hall: Path) -> None:
    async with started(hall.parent.parent, "run", "--port", "0", "--guides", hall) as process:
        await address(process)
        process.send_signal(sent)
        _, errors = await ended(process)
        assert process.returncode == 0
    assert "Traceback" not in errors


async def test_an_address_that_is_taken_is_told_in_one_line(hall: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = await asyncio.to_thread(
            bot, hall.parent.parent, "run", "--port", port, "--guides", hall
        )
    assert told.returncode == 1
    assert "Address already in use" in told.stderr
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


@pytest.mark.parametrize("command", ["run", "chat"])
@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///{home}/halls/harbour/hall.yaml/x.db",
        "sqlite:///{home}",
        "a shop",
        "oracle://u:secret@h/x",
    ],
)
def test_a_ledger_that_cannot_be_opened_is_told_in_one_line(
    url: str, command: str, hall: Path
) -> None:
    home = hall.parent.parent
    told = bot(home, command, "--guides", hall, DATABASE_URL=url.format(home=home))
    assert told.stderr.startswith("The ledger cannot be opened: ")
    assert told.stderr.count("\n") == 1
    assert "secret" not in told.stderr
    assert (told.stdout, told.returncode) == ("", 1)


async def test_the_token_is_never_printed(refusing: str, hall: Path) -> None:
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": refusing}
    arguments = ("run", "--port", "0", "--guides", hall)
    async with started(hall.parent.parent, *arguments, **settings) as process:
        first = await line(process.stdout)
        refused = ""
        while "NetworkError" not in refused:
            read = await line(process.stderr)
            assert read, "it ended before it tried to reach Telegram"
            refused += read
        process.terminate()
        output, errors = await ended(process)
    assert "Telegram" in first
    assert TOKEN not in first + refused + output + errors
    assert TOKEN.partition(":")[2] not in first + refused + output + errors
    assert process.returncode == 0


async def test_without_a_token_telegram_is_not_spoken_of(hall: Path) -> None:
    arguments = ("run", "--port", "0", "--guides", hall)
    async with started(hall.parent.parent, *arguments, TELEGRAM_BOT_TOKEN="") as process:
        assert "Telegram" not in await line(process.stdout)


@pytest.mark.parametrize("command", [["check"], ["ask", "berth fee"], ["--help"]])
def test_no_other_command_prints_the_token(command: list[str], hall: Path) -> None:
    told = bot(hall.parent.parent, *command, GUIDES=str(hall), TELEGRAM_BOT_TOKEN=TOKEN)
    assert told.returncode == 0
    assert TOKEN not in told.stdout + told.stderr


def test_a_port_that_is_no_number_is_told_without_a_traceback(hall: Path) -> None:
    told = bot(hall.parent.parent, "run", GUIDES=str(hall), PORT="eighty")
    assert "eighty" in told.stderr
    assert "Traceback" not in told.stderr
    assert told.returncode != 0
