"""Scale: a thousand to a million phrases, made of the names of real items in everyday frames.

Items stand in `*-zh/items.tsv` and `*-en/items.tsv`. Every size is measured in a process of its
own, without the encoder: `python -m bench.scale FOLDER PHRASES`.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

from rapidfuzz import fuzz

from bench.matching import understanding
from bench.peers import Nearest
from bench.sets import Pairs, items
from bench.slips import SEED, Slips
from bench.speed import HERE, resident
from bench.times import middle_and_worst, timed
from intents.fold import fold, has_han
from intents.scorer import Scorer

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
A_LABEL = 10
"""Phrases a label, where there are items enough."""
QUESTIONS = 300
SCANNED = {1_000: QUESTIONS, 10_000: QUESTIONS, 100_000: 20}
"""Questions that the peer is asked by size: it holds each against every phrase."""
FRAMES = {
    True: (
        "|请问|你好，|想办|我要办|我想问下|麻烦问一下|咨询一下|帮我看看|办理|关于|我们家要办|那个",
        "|要什么材料|在哪办|怎么弄|多少钱|要多久|找谁|几号窗口|要带啥|能网上办吗|怎么申请|要本人去吗"
        "|有什么条件",
    ),
    False: (
        "|hello, |please, |i need |i want to ask about |how about |help with |information on "
        "|question: |regarding |i am here for |we need |about ",
        "| what do i bring| where| how| how much| how long| which window| requirements"
        "| who do i ask| online| fee| form| conditions",
    ),
}
"""What stands before and behind a name, parted by bars: one in Chinese characters, one not."""


def measure(folder: Path, *, million: bool = False) -> None:
    """Print building, memory, milliseconds by the clock and share found, size by size."""
    if not items(folder, "zh") + items(folder, "en"):
        print(f"no *-zh/items.tsv or *-en/items.tsv in {folder}")
        return
    print(
        f"Scale: names in frames, {QUESTIONS} questions with a slip in the name, seed {SEED};"
        "\nwithout encoder, RapidFuzz by WRatio; nothing chosen\n"
        f"{'phrases':>9}{'labels':>8}{'build s':>9}{'MB resident':>13}{'found %':>9}{'ms p50':>9}"
        f"{'p99':>9}{'RapidFuzz found %':>19}{'ms p50':>9}{'questions':>11}",
        flush=True,
    )
    for size in (*SIZES, MILLION) if million else SIZES:
        command = [sys.executable, "-m", "bench.scale", str(folder.resolve()), str(size)]
        subprocess.run(command, check=True, cwd=HERE)  # noqa: S603 - our own program


def print_size(folder: Path, size: int) -> None:
    """Print the row of one size."""
    chance = random.Random(SEED)  # noqa: S311 - the same phrases in every run
    names = list({fold(name): name for name, _ in items(folder, "zh") + items(folder, "en")})
    chance.shuffle(names)
    names = names[: size // A_LABEL]
    phrases = phrases_of(names, size, chance)
    engine, build = timed(understanding, phrases)
    memory = resident()
    slips = Slips(names)
    questions = []
    for label in chance.choices(range(len(names)), k=QUESTIONS):
        before, after = chance.choice(_frames(names[label]))
        questions.append((f"{before}{slips.any_slip(names[label])}{after}", str(label)))
    found, times = _asked(lambda text: _first(engine, text), questions)
    middle, worst = middle_and_worst(times)
    row = (
        f"{len(phrases):9}{len(names):8}{build:9.2f}{memory:13.0f}{100 * found:9.1f}"
        f"{middle:9.2f}{worst:9.2f}"
    )
    if scanned := SCANNED.get(size):
        nearest = Nearest(fuzz.WRatio, phrases)
        found, times = _asked(lambda text: nearest.rank(text)[0].label, questions[:scanned])
        row += f"{100 * found:19.1f}{middle_and_worst(times)[0]:9.1f}{scanned:11}"
    print(row, flush=True)


def phrases_of(names: list[str], size: int, chance: random.Random) -> Pairs:
    """As many phrases as wanted, or as frames allow; each with the place of its name as label."""
    each = -(-size // len(names))
    found = [
        (f"{before}{name}{after}", str(label))
        for label, name in enumerate(names)
        for before, after in chance.sample(_frames(name), min(each, len(_frames(name))))
    ]
    return found[:size]


def _frames(name: str) -> list[tuple[str, str]]:
    before, after = FRAMES[has_han(name)]
    return list(product(before.split("|"), after.split("|")))


def _first(engine: Scorer, text: str) -> str:
    return next((each.label for each in engine.rank(text)), "")


def _asked(find: Callable[[str], str], questions: Pairs) -> tuple[float, list[float]]:
    """The share found, and the milliseconds of each question by the clock."""
    found = [timed(find, text) for text, _ in questions]
    right = sum(got == label for (got, _), (_, label) in zip(found, questions, strict=True))
    return right / len(questions), [1000 * spent for _, spent in found]


if __name__ == "__main__":
    print_size(Path(sys.argv[1]), int(sys.argv[2]))
