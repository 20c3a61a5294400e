"""Reload: seconds until a saved guide counts, and what questions asked meanwhile wait.

The hall is copied, the real bot opened on it, and one citizen after another asks over HTTP while a
guide is saved. Then the same with a generated hall: `python -m bench.reload FOLDER`.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import httpx

from bench.speed import resident, running
from bench.times import middle_and_worst
from facts.guides import read_guides
from facts.model import Hall

LARGE = 10_000
"""Services of the generated hall, a hundred an office."""
EVERY = 0.02
"""Seconds between two questions."""
PATIENCE = 900
QUIET = 200
"""Questions that are asked while nothing changes."""
THINGS = (
    "婚姻 社保 医保 养老 失业 工伤 生育 户口 居住 护照 驾驶 车辆 房屋 土地 林木 农机 餐饮 "
    "食品 药品 医疗 教师 学籍 幼儿 养殖 渔业 船舶 港口 道路 桥梁 供水 供电 燃气 排污 环境 "
    "消防 安全 建筑 规划 测绘 广告 印刷 出版 演出 体育 旅游 酒店 网吧 烟草 酒类 粮食"
)
ACTS = (
    "登记 变更 注销 补办 换发 年检 备案 审批 核准 查询 "
    "转移 恢复 认定 申领 退还 减免 续期 撤销 公示 复核"
)
PLACES = "东区 西区 南区 北区 城关 河口 山前 湖滨 新城 古镇"


def measure(folder: Path) -> None:
    """Print the table of a hall and of a large one."""
    print(
        f"{'':34}{'counts after s':>15}{'questions':>11}{'ms p50':>9}{'p99':>9}{'longest':>9}"
        f"{'MB':>7}"
    )
    with TemporaryDirectory() as home:
        hall = Path(home) / "hall"
        shutil.copytree(folder, hall)
        _measure(f"{folder.name}: ", hall, Path(home))
    with TemporaryDirectory() as home:
        hall = Path(home) / "hall"
        large(hall, LARGE)
        _measure(f"{LARGE:,} services: ", hall, Path(home))


def large(hall: Path, services: int) -> None:
    """Write a hall of so many services."""
    names = ["".join(each) for each in product(THINGS.split(), PLACES.split(), ACTS.split())]
    chance = random.Random(1)  # noqa: S311 - the same hall in every run
    chance.shuffle(names)
    hall.mkdir()
    windows = []
    for office in range(services // 100):
        windows.append(f"  - number: {office + 1}\n    office: office-{office:03d}\n")
        told = [f"office: 第{office}办公室\nwindow: {office + 1}\nservices:\n"]
        for number, name in enumerate(names[office * 100 : office * 100 + 100]):
            told.append(
                f"  - id: s{number:03d}\n    name: {{zh: {name}, en: Service {office}-{number}}}\n"
                f"    also: [办{name}, {name}证]\n    ask: [怎么办理{name}, {name}需要什么手续]\n"
                f"    materials: [身份证, 申请表, {name}证明]\n"
                "    time_limit: {statutory: 20个工作日, promised: 5个工作日}\n"
                f"    fee: [{{amount: {chance.randint(5, 300)}, for: 工本费}}]\n"
            )
        (hall / f"office-{office:03d}.yaml").write_text("".join(told), "utf-8")
    (hall / "hall.yaml").write_text(
        "name: {zh: 万事大厅, en: Large hall}\nlanguages: [zh, en]\nphone: '0'\nlead_window: 1\n"
        f"windows:\n{''.join(windows)}",
        "utf-8",
    )


def _measure(name: str, hall: Path, home: Path) -> None:
    with running(hall, home) as (process, address), _asking(address, _names(hall)) as asked:
        _quiet(asked)
        _warm(address, hall)
        asked.clear()
        while len(asked) < QUIET:
            sleep(EVERY)
        _print(f"{name}nothing changes", None, asked, process.pid)
        file = hall / "zz-trial.yaml"
        for change, contents, question, said in _changes():
            asked.clear()
            before = file.read_text("utf-8") if file.exists() else ""
            file.write_text(contents(before), "utf-8")
            seconds = _until(address, question, said)
            _print(f"{name}{change}", seconds, asked, process.pid)


def _changes() -> Iterator[tuple[str, Callable[[str], str], str, str]]:
    """What is changed, how, and what is then asked and said."""
    service = "  - id: kite\n    name: 纸鸢放飞许可\n    fee: [{amount: 701}]\n"
    office = f"office: 飞鸟办\nservices:\n{service}"
    yield "a file more", lambda _: office, "纸鸢放飞许可多少钱", "701"
    yield "a fee", lambda text: text.replace("701", "613"), "纸鸢放飞许可多少钱", "613"
    renamed = "    also: [放大风筝]\n    fee"
    yield "a name", lambda text: text.replace("    fee", renamed), "放大风筝多少钱", "613"
    again = ("613", "839")
    yield "a fee, behind the indexes", lambda text: text.replace(*again), "放大风筝多少钱", "839"


def _names(folder: Path) -> list[str]:
    halls: tuple[Hall, ...] = read_guides(folder).halls
    found = [service.name.say("zh") for hall in halls for _, service in hall.services()]
    return random.Random(1).sample(found, min(len(found), 300))  # noqa: S311


@contextmanager
def _asking(address: str, names: list[str]) -> Iterator[list[float]]:
    """Questions one after another, and the milliseconds that each one took."""
    spent: list[float] = []
    ended = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=address, timeout=PATIENCE) as client:
            number = 0
            while not ended.wait(EVERY):
                client.cookies.clear()
                number += 1
                text = f"{names[number % len(names)]}要带什么材料"
                began = perf_counter()
                client.post("/messages", json={"text": text}, headers=_from(number))
                spent.append(1000 * (perf_counter() - began))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    try:
        yield spent
    finally:
        ended.set()
        thread.join()


def _from(number: int) -> dict[str, str]:
    """Each citizen has an address of their own: the door lets no one ask this often."""
    return {"x-forwarded-for": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def _quiet(asked: list[float]) -> None:
    """Wait until the bot has warmed up: until its questions are quick for some seconds."""
    began = perf_counter()
    while perf_counter() - began < PATIENCE:
        asked.clear()
        sleep(10)
        if len(asked) > 50 and sorted(asked)[len(asked) // 2] < 100:
            return


def _warm(address: str, hall: Path) -> None:
    """Wait until guides are read again at all: a fault is told of once all indexes are made."""
    broken = hall / "zz-broken.yaml"
    for state in ("guides at fault", "ok"):
        broken.unlink() if broken.exists() else broken.write_text("- {", "utf-8")
        began = perf_counter()
        while perf_counter() - began < PATIENCE:
            told = httpx.get(f"{address}/healthz", headers={"accept": "application/json"})
            if told.json()["state"] == state:
                break
            sleep(EVERY)


def _until(address: str, question: str, said: str) -> float:
    began = perf_counter()
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        number = 1 << 20
        while perf_counter() - began < PATIENCE:
            client.cookies.clear()
            number += 1
            answer = client.post("/messages", json={"text": question}, headers=_from(number))
            if re.search(rf"(?<!\d){said}(?!\d)", answer.json().get("reply", "")):
                break
            sleep(EVERY)
    return perf_counter() - began


def _print(name: str, seconds: float | None, asked: list[float], process: int) -> None:
    times = asked[:]
    middle, worst = middle_and_worst(times) if len(times) > 1 else (0.0, 0.0)
    counts = f"{seconds:15.2f}" if seconds is not None else f"{'':15}"
    print(
        f"{name:34}{counts}{len(times):11}{middle:9.1f}{worst:9.1f}{max(times, default=0):9.1f}"
        f"{resident(str(process)):7.0f}",
        flush=True,
    )


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
