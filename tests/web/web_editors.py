"""The editors' page as its tests meet it: a hall whose guides may be changed, and its editors."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from starlette.applications import Starlette
from web_hall import HALL, MORNING
from web_site import Clock
from web_staff import users_in

from desk.desk import Desk
from doors.web.application import application
from doors.web.editors.routes import Editors
from doors.web.staff.routes import Staff
from editing.guidebook import Guidebook
from facts.guides import read_guides
from ledger.connection import Database
from ledger.database import DatabaseLedger, file_url
from ledger.memory import MemoryLedger
from ledger.records import Entry

PERMIT = "editors/hall/residence/permit"
VAIN = "editors/vain"
ENTRY = Entry(
    at=MORNING - timedelta(days=3),
    hall="hall",
    door="web",
    session="s",
    language="zh",
    text="养狗证多少钱",
    outcome="answered",
    topic="residence/pets",
    case=None,
    about=("fee",),
    window="2",
    confidence=0.95,
    milliseconds=1.0,
)
ASKED = {
    "养狗证多少钱": 4,
    "蓝皮本本咋整": 3,
    "蓝皮本本咋整啊": 1,
    "<i>补贴</i>": 2,
    "楼上漏水咋个办": 1,
}
"""What citizens have asked, each in a session of its own; the first was answered."""


class OpenGuides:
    """A copy of a small hall's guides in a folder, the desk on them, and the web door."""

    def __init__(self, folder: Path, at: datetime = MORNING) -> None:
        self.at = at
        self.folder = folder / "hall"
        shutil.copytree(HALL, self.folder)
        self.ledger = MemoryLedger()
        self.desk = Desk(read_guides(self.folder), self.ledger, lambda: self.at)
        self.book = Guidebook(self.folder)
        self.url = file_url(folder / "ledger.db")
        self.database = Database(self.url, 2.0)
        self.users = users_in(folder)

    def was_asked(self, **counts: int) -> None:
        """Have citizens ask this so often: all but the first of `ASKED` in vain."""
        ledger = DatabaseLedger.open(self.url)
        in_vain = replace(ENTRY, outcome="choose", topic=None, window=None, about=())
        for text, count in (counts or ASKED).items():
            for place in range(count):
                asked = replace(ENTRY if text == ENTRY.text else in_vain, text=text)
                ledger.record(replace(asked, session=f"{text} {place}"))
        ledger.close()

    def texts(self) -> dict[str, bytes]:
        """What stands in every file of the hall."""
        return {each.name: each.read_bytes() for each in self.folder.iterdir() if each.is_file()}

    def app(self) -> Starlette:
        clock = Clock()
        staff = Staff(self.desk.handling, self.desk.guides.halls, self.users, clock=clock)
        editors = Editors(self.desk, self.book, staff.gate, self.database, lambda: self.at)
        routes = [*staff.routes(), *editors.routes()]
        return application(self.desk, clock=clock, staff=routes)

    def file(self, name: str = "residence.yaml") -> Path:
        return self.folder / name


def field_in(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]
