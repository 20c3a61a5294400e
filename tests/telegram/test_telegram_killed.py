"""A bot that is killed again and again answers every question, and tells it once.

Between the moment at which Telegram has accepted an answer and that at which this is written down
nobody can know whether it arrived: killed just then, the bot says it again. In each chat one
answer is on its way at a time, so that a kill can make one answer a chat come twice, and only the
last one before it. `KILLED_MESSAGES=2000 pytest -s` has the figures.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from processes import BOT, process
from small_hall import write
from stand_in import StandIn

from desk.receipts.numbers import find_number
from ledger.database import DatabaseLedger, file_url

MESSAGES = int(os.environ.get("KILLED_MESSAGES") or 300)
KILLS = max(4, MESSAGES // 200)
CHATS = range(2001, 2001 + max(10, MESSAGES // 40))
REGISTERED = "村口的路灯坏了三天了"
ANSWERS = {
    "补身份证多少钱": "收费：40元",
    "补身份证要带什么": "要带：",
    "补身份证多久办好": "承诺20个工作日",
    REGISTERED: "回执号：",
}
"""What is asked, and by what its answer is known."""
LONGEST = 3.0
"""Seconds that a process lives at most once it has begun to answer."""


def questions(chance: random.Random) -> dict[int, list[str]]:
    """The questions of each chat: no two alike behind one another, every tenth taken down."""
    asked: defaultdict[int, list[str]] = defaultdict(list)
    plain = [each for each in ANSWERS if each != REGISTERED]
    for number in range(MESSAGES):
        before = asked[CHATS[number % len(CHATS)]]
        fit = [each for each in plain if before[-1:] != [each]]
        # The same question twice would stay under one receipt.
        lamp = f"{REGISTERED}，是{number}号灯"
        before.append(lamp if len(before) % 10 == 5 else chance.choice(fit))
    return asked


def answer_to(question: str) -> str:
    """By what the answer to a question is known."""
    return ANSWERS[REGISTERED if question.startswith(REGISTERED) else question]


def answers(asked: list[str], told: list[str], kills: set[int]) -> Iterator[tuple[str, bool]]:
    """Each answer, and whether it was said before. Fails where one is missing, in the wrong place,
    or said twice without a kill (`kills`: how many answers there were at each)."""
    place = 0
    for at, text in enumerate(told):
        if place < len(asked) and answer_to(asked[place]) in text:
            place += 1
            yield text, False
        else:
            assert place
            assert answer_to(asked[place - 1]) in text
            assert at in kills
            yield text, True
    assert place == len(asked)


async def test_every_question_is_answered_once_however_often_the_bot_is_killed(
    tmp_path: Path,
) -> None:
    chance, began = random.Random(MESSAGES), time.monotonic()
    output = tmp_path / "output.txt"
    command = [*BOT, "--guides", str(write(tmp_path))]
    asked = questions(chance)
    kills: defaultdict[int, set[int]] = defaultdict(set)
    at_work = 0
    async with StandIn(patience=120 + MESSAGES / 5) as api:
        api.chats |= {each: {"id": each, "type": "private", "first_name": "C"} for each in CHATS}
        for number in range(MESSAGES):
            chat = CHATS[number % len(CHATS)]
            await api.say(asked[chat][number // len(CHATS)], chat)
        for kill in range(KILLS + 1):
            told = len(api.called("sendMessage"))
            async with process(api, output, command) as running:
                await api.called_more("getMe", kill)
                # By now all has been read that the process before had written.
                for chat in CHATS:
                    kills[chat].add(len(api.messages[chat]))
                if kill == KILLS:
                    await api.polled()
                    running.terminate()
                    assert await asyncio.wait_for(running.wait(), 30) == 0
                    break
                await api.called_more("sendMessage", told)
                # A moment that no event at the server chooses.
                await asyncio.sleep(chance.uniform(0, LONGEST))
                running.kill()
            at_work += len(api.pending[:100])
            assert api.pending, "all was answered before the last kill"
        texts = {chat: [each["text"] for each in api.messages[chat]] for chat in CHATS}
    read = {chat: [*answers(asked[chat], texts[chat], kills[chat])] for chat in CHATS}
    twice = sum(again for each in read.values() for _, again in each)
    seen = {
        (find_number(text), f"telegram:{chat}")
        for chat, each in read.items()
        for text, _ in each
        if ANSWERS[REGISTERED] in text
    }
    ledger = DatabaseLedger.open(file_url(tmp_path / "ledger.db"))
    assert {(each.number, each.session) for each in ledger.receipts()} == seen
    assert len(seen) == sum(text.startswith(REGISTERED) for each in asked.values() for text in each)
    for chat in CHATS:
        turns = ledger.turns_of(f"telegram:{chat}", MESSAGES)
        assert [each.text for each in turns] == asked[chat]
        assert all(each.reply is None for each in turns)
    ledger.close()
    print(  # noqa: T201 - figures, shown with -s
        f"\n{MESSAGES} messages of {len(CHATS)} chats, {len(seen)} taken down, {KILLS} kills "
        f"with {at_work} messages unconfirmed: none lost, {twice} said twice, "
        f"{time.monotonic() - began:.0f} s"
    )
