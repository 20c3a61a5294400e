"""The order in which updates are handled."""

from __future__ import annotations

import asyncio

from telegram import Chat, Message, Update

from doors.telegram.updates import ChatOrder


def said(chat: int) -> Update:
    now = Message.de_json({"message_id": 1, "date": 1, "chat": {"id": chat, "type": Chat.PRIVATE}})
    return Update(1, message=now)


async def test_a_chat_with_much_to_say_takes_nobody_elses_place() -> None:
    order, release, done = ChatOrder(at_once=2), asyncio.Event(), []

    async def slow(number: int) -> None:
        await release.wait()
        done.append(number)

    async def quick() -> None:
        done.append(0)

    busy = [asyncio.create_task(order.process_update(said(1), slow(each))) for each in range(1, 6)]
    await order.process_update(said(2), quick())
    assert done == [0]
    release.set()
    await asyncio.gather(*busy)
    assert done == [0, 1, 2, 3, 4, 5]


async def test_no_more_than_the_room_allows_are_at_work() -> None:
    order, release, at_work = ChatOrder(at_once=2), asyncio.Event(), []

    async def slow(number: int) -> None:
        at_work.append(number)
        await release.wait()

    tasks = [asyncio.create_task(order.process_update(said(each), slow(each))) for each in range(9)]
    await asyncio.wait(tasks, timeout=0)
    assert at_work == [0, 1]
    release.set()
    await asyncio.gather(*tasks)
    assert at_work == list(range(9))
