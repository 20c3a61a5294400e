"""Guides that change again and again: what is known is as if made from them for the first time.

Files are changed at random, also so that they are at fault; those that are not count, and are
taken up from what was known before.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hall_desk import AT, HERE, open_desk

from desk.desk import Desk
from desk.knowledge import Knowledge
from desk.message import Message
from facts.guides import GuidesFolder, read_guides
from facts.problems import has_errors

STEPS = 8
WORDS = ("渡口", "风筝", "灯塔", "养蜂", "窑洞", "茶园", "ferry", "kite", "lighthouse", "beehive")
FRAMES = ("{}", "{}要带什么", "{}多少钱", "{}在哪办", "怎么办{}", "how much is {}", "{} and {}")
ASKED = (
    "开门时间",
    "3号窗口在哪",
    "我带了身份证和照片，办居住证还差什么",
    "身份正和房产证都有，居住证够了吗",
    "开一家小吃店要怎么办",
    "护照在哪办",
    "我要投诉",
    "residence permit fee",
    "I have my identity card, what else for the residence permit",
    "juzhuzheng yao dai shenme",
    "柳树村能办高龄津贴吗",
)
Contents = dict[str, Any]


def services(contents: Contents) -> list[tuple[str, dict[str, Any]]]:
    """Every service with the name of its file."""
    offices = [name for name, told in contents.items() if "services" in told and "office" in told]
    return [(name, each) for name in offices for each in contents[name]["services"]]


def name_of(chance: random.Random) -> dict[str, str]:
    here, there = chance.sample(WORDS, 2)
    return {"zh": f"{here}{there}许可", "en": f"{there} {here} permit"}


def add(contents: Contents, chance: random.Random) -> None:
    file, _ = chance.choice(services(contents))
    fee = [{"amount": chance.randint(5, 300)}]
    made = {"id": f"s{chance.randrange(10**6)}", "name": name_of(chance), "fee": fee}
    made["materials"] = ["身份证", f"{chance.choice(WORDS)}证明"]
    contents[file]["services"].append(made)


def remove(contents: Contents, chance: random.Random) -> None:
    file, service = chance.choice(services(contents))
    contents[file]["services"].remove(service)


def move(contents: Contents, chance: random.Random) -> None:
    file, service = chance.choice(services(contents))
    other, _ = chance.choice(services(contents))
    contents[file]["services"].remove(service)
    contents[other]["services"].insert(0, service)


def rename(contents: Contents, chance: random.Random) -> None:
    chance.choice(services(contents))[1]["name"] = name_of(chance)


def call_otherwise(contents: Contents, chance: random.Random) -> None:
    service = chance.choice(services(contents))[1]
    service["also"] = [*service.get("also", [])[1:], chance.choice(WORDS)]


def charge_otherwise(contents: Contents, chance: random.Random) -> None:
    chance.choice(services(contents))[1]["fee"] = [{"amount": chance.randint(5, 300)}]


def take_longer(contents: Contents, chance: random.Random) -> None:
    promised = f"{chance.randint(1, 9)} working days"
    chance.choice(services(contents))[1]["time_limit"] = {"promised": promised}


def want_another_paper(contents: Contents, chance: random.Random) -> None:
    service = chance.choice(services(contents))[1]
    paper = f"{chance.choice(WORDS)}合格证"
    service["materials"] = [*(service.get("materials") or [])[1:], paper]


def another_case(contents: Contents, chance: random.Random) -> None:
    service = chance.choice(services(contents))[1]
    case = {"id": f"c{chance.randrange(10**6)}", "name": name_of(chance), "fee": "free"}
    service["cases"] = [case, *(service.get("cases") or [])]


def one_case_less(contents: Contents, chance: random.Random) -> None:
    with_cases = [each for _, each in services(contents) if each.get("cases")]
    if with_cases:
        del chance.choice(with_cases)["cases"][0]


def another_window(contents: Contents, chance: random.Random) -> None:
    file, _ = chance.choice(services(contents))
    contents[file]["window"] = chance.choice(("1", "2", "3", "A4"))


def elsewhere(contents: Contents, chance: random.Random) -> None:
    told = contents["elsewhere"]
    if chance.random() < 0.5:
        told.pop(chance.randrange(len(told)))
    made = {"id": f"e{chance.randrange(10**6)}", "name": name_of(chance), "authority": "县水利局"}
    told.append(made)


def journey(contents: Contents, chance: random.Random) -> None:
    chance.choice(contents["journeys"])["name"] = name_of(chance)


def close_earlier(contents: Contents, chance: random.Random) -> None:
    hours = [{"days": "Mon-Fri", "open": f"08:30-1{chance.randint(2, 8)}:30"}]
    contents["hall"]["hours"] = hours


def say_the_same(contents: Contents, chance: random.Random) -> None:
    contents["hall"]["words"] = [chance.sample(WORDS, 2), ["居住", "暂住"]]


def break_it(contents: Contents, chance: random.Random) -> None:
    chance.choice(services(contents))[1]["fees"] = "free"


CHANGES: tuple[Callable[[Contents, random.Random], None], ...] = (
    add,
    remove,
    move,
    rename,
    call_otherwise,
    charge_otherwise,
    take_longer,
    want_another_paper,
    another_case,
    one_case_less,
    another_window,
    elsewhere,
    journey,
    close_earlier,
    say_the_same,
    break_it,
)


def written(folder: Path, contents: Contents) -> None:
    """Write the files in which something else is to stand."""
    for name, told in contents.items():
        text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
        file = folder / f"{name}.yaml"
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")


def told_by(desk: Desk, asked: list[str], at: datetime) -> list[str]:
    """What is answered to each question, and to a second one that goes on about it."""
    told = []
    for text in asked:
        for each in (text, "那在哪办"):
            turn = desk.answer(Message(text=each, session=text, door="test", at=at))
            choices = [(choice.key, choice.label) for choice in (*turn.choices, *turn.next)]
            said = (each, turn.outcome, turn.topic, turn.about, turn.reply, choices)
            told.append(str(said).replace(turn.receipt or " ", " "))
    return told


@pytest.mark.parametrize("seed", range(3))
def test_after_any_change_it_answers_as_one_that_has_just_been_opened(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    files = {
        file.stem: yaml.safe_load(file.read_text("utf-8")) for file in HERE.glob("hall/*.yaml")
    }
    written(tmp_path, files)
    folder = GuidesFolder(tmp_path)
    known = Knowledge(folder.read())
    known.warm_up()
    counted = 0
    for _ in range(STEPS):
        before = yaml.safe_dump(files)
        for change in chance.sample(CHANGES, chance.randint(1, 2)):
            change(files, chance)
        written(tmp_path, files)
        guides, anew = folder.read(), read_guides(tmp_path)
        assert guides.halls == anew.halls
        if has_errors(guides.problems):
            files = yaml.safe_load(before)
            continue
        renewed = known.renewed(guides)
        assert renewed is not None
        known = renewed
        known.warm_up()
        counted += 1
        names = [each["name"]["zh"] for _, each in services(files)]
        said = [chance.choice(FRAMES).replace("{}", each) for each in (*names, *WORDS)]
        desk = open_desk(*anew.halls)
        opened = told_by(desk, [*ASKED, *said], AT)
        desk = open_desk(*anew.halls)
        desk.exchange(known)
        assert told_by(desk, [*ASKED, *said], AT) == opened
    assert counted > STEPS // 3
