"""Speed and memory of the whole way, on a hall's own questions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.times import middle_and_worst, timed
from desk.desk import Desk
from desk.message import Message
from doors.reloading import uncollected
from facts.catalogue import folders_for, vectors_in
from facts.guides import Guides, read_guides
from intents.encoder import Encoder, VectorStore, installed
from ledger.database import DatabaseLedger, file_url
from ledger.memory import MemoryLedger
from ledger.records import Ledger

HERE = Path(__file__).parents[1]
BOT = [sys.executable, str(HERE / "bot.py")]
RUNS = 5


def measure(folder: Path) -> None:
    """Print reading, building, answering, starting and memory of a hall's desk."""
    reading = min(timed(read_guides, folder)[1] for _ in range(RUNS))
    guides = read_guides(folder, questions=True)
    building = timed(desk_on, guides, MemoryLedger())[1]
    questions = [text for hall in guides.questions.values() for each in hall for text in each.ask]
    services = sum(1 for hall in guides.halls for _ in hall.services())
    print(f"{services} services, {len(questions)} questions")
    print(f"reading the guides           {reading:8.3f} s   (best of {RUNS})")
    print(f"building the desk            {building:8.3f} s")
    with TemporaryDirectory() as home:
        ledger = DatabaseLedger.open(file_url(Path(home) / "bench.db"))
        _print_turns("a question, no ledger", desk_on(guides, MemoryLedger()), questions)
        _print_turns("a question, SQLite ledger", desk_on(guides, ledger), questions)
        if encoder := installed():
            desk = desk_on(guides, MemoryLedger(), encoder)
            _print_turns("a question, with meaning", desk, questions)
        ledger.close()
        ask = [*BOT, "ask", "--guides", str(folder), questions[0] if questions else "?"]
        started = sorted(timed(_quiet, ask)[1] for _ in range(RUNS))
        print(f"ask, a fresh process         {median(started):8.3f} s   (median of {RUNS})")
        print(
            f"memory of the open web door  {_memory(folder, Path(home), guides):8.1f} MB resident"
        )


def desk_on(
    guides: Guides, ledger: Ledger, encoder: Encoder | None = None, *, catalogue: bool = True
) -> Desk:
    """A desk as the bot opens it, with its catalogue, by words alone or by meaning too."""
    folders = folders_for(guides.halls) if catalogue else ()
    store = VectorStore(encoder, shipped=vectors_in(folders)) if encoder else None
    return Desk(guides, ledger, catalogue=folders, store=store)


def _print_turns(name: str, desk: Desk, questions: list[str]) -> None:
    with uncollected():  # as the bot does
        desk.warm_up()
    times = []
    for number, text in enumerate(questions):
        message = Message(text=text, session=str(number), door="bench")
        times.append(timed(desk.answer, message)[1] * 1000)
    if len(times) > 1:
        middle, worst = middle_and_worst(times)
        print(f"{name:28} {middle:8.2f} ms  p50, {worst:.2f} ms p99")


def _quiet(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program


def _memory(folder: Path, home: Path, guides: Guides) -> float:
    """Resident megabytes of the running bot after its first page and question (Linux)."""
    with running(folder, home) as (process, address):
        import httpx  # noqa: PLC0415 - only here

        with httpx.Client(base_url=address, timeout=120) as client:
            client.get("/")
            client.post("/messages", json={"text": guides.halls[0].name.say("zh")})
        return resident(str(process.pid))


def resident(process: str = "self") -> float:
    """Resident megabytes of a process by its id (Linux)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def running(folder: Path, home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The bot, open on a hall, and its address."""
    command = [*BOT, "run", "--guides", str(folder), "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        cwd=home,
        env={**os.environ, "DATABASE_URL": file_url(home / "run.db")},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+:\d+", line)
            yield process, found[0] if found else ""
        finally:
            process.terminate()
            process.wait()
