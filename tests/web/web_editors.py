"""The editors' page as its tests meet it: a hall whose guides may be changed, and its editors."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
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
from ledger.database import file_url
from ledger.memory import MemoryLedger

PERMIT = "editors/hall/residence/permit"


class OpenGuides:
    """A copy of a small hall's guides in a folder, the desk on them, and the web door."""

    def __init__(self, folder: Path, at: datetime = MORNING) -> None:
        self.folder = folder / "hall"
        shutil.copytree(HALL, self.folder)
        self.ledger = MemoryLedger()
        self.desk = Desk(read_guides(self.folder), self.ledger, lambda: at)
        self.book = Guidebook(self.folder)
        self.database = Database(file_url(folder / "ledger.db"), 2.0)
        self.users = users_in(folder)
        self._at = at

    def app(self) -> Starlette:
        clock = Clock()
        staff = Staff(self.desk.handling, self.desk.guides.halls, self.users, clock=clock)
        editors = Editors(self.desk, self.book, staff.gate, self.database, lambda: self._at)
        routes = [*staff.routes(), *editors.routes()]
        return application(self.desk, clock=clock, staff=routes)

    def file(self, name: str = "residence.yaml") -> Path:
        return self.folder / name


def field_in(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]
