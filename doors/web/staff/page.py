"""The staff page in HTML: the frame, the login, and the tables; the cards are in `cards`."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desk.texts import Texts
from doors.web.staff.cards import Cards
from doors.web.staff.login import Said, Session
from doors.web.staff.markup import Markup, element, joined
from doors.web.staff.sight import Group
from doors.web.staff.users import User
from facts.model import Hall
from ledger.records import Rating

_OUTLINE = Path(__file__).parents[1] / "page" / "inside.html"
_WORDS = ("fresh", "changed", "expired", "away", "new_title", "unsaved", "checking")
LEVELS = (5, 4, 3, 2, 1)
_GUIDES = {
    "guides": "editors",
    "vain": "editors/vain",
    "figures": "editors/figures",
    "why": "editors/why",
}
_WAYS = {"head": {"receipts": "staff", "ratings": "staff/ratings", **_GUIDES}, "editor": _GUIDES}
"""What each role may go to from every page, and where that is."""


class Page:
    """Pages in one language. `up` is the way from the page's folder to the door's root."""

    def __init__(self, texts: Texts, language: str, halls: Sequence[Hall]) -> None:
        self._texts = texts
        self._language = language
        self._halls = halls

    def say(self, key: str, **values: object) -> str:
        """A text of the staff page."""
        return self._texts.say(f"staff_{key}", self._language, **values)

    @property
    def languages(self) -> Sequence[str]:
        """The languages that there are pages in."""
        return self._texts.languages

    def switch(self, language: str) -> str:
        """What the way to a language is called in it."""
        return self._texts.say("web_switch", language)

    def saying(self, part: str) -> Callable[..., str]:
        """Says the texts of another part of the door, whose keys begin with its name."""
        return lambda key, **values: self._texts.say(f"{part}_{key}", self._language, **values)

    def receipts(self, user: User, session: Session, groups: Iterable[Group]) -> str:
        """All open receipts that somebody sees."""
        said = self.said(session.said)
        kept = session.said if session.said and session.said.kept else None
        body = joined([said, self.groups(user, session, groups, kept)])
        return self.framed(self.say("receipts"), body, user, session, at="receipts")

    def groups(
        self, user: User, session: Session, groups: Iterable[Group], kept: Said | None = None
    ) -> Markup:
        """The receipts alone, as the page's script asks for them."""
        cards = Cards(self._texts, self._language, user, session.form, kept)
        return element("div", *(cards.group(each) for each in groups), id="receipts")

    def ratings(
        self, user: User, session: Session, ratings: Sequence[Rating], days: int, up: str
    ) -> str:
        """How often each level was given, by window."""
        halls = [each for each in self._halls if user.hall in (None, each.id)]
        levels = [element("th", self.say(f"rate_{level}"), scope="col") for level in LEVELS]
        head = element(
            "tr", element("th", self.say("window"), scope="col"), *levels,
            element("th", self.say("sum"), scope="col"),
        )  # fmt: skip
        rows = [row for hall in halls for row in self._rated(hall, ratings, named=len(halls) > 1)]
        table = element("table", element("thead", head), element("tbody", *rows))
        body = joined(
            [
                element("p", self.say("ratings_of", days=days), class_="empty"),
                element(
                    "div",
                    table,
                    class_="wide",
                    tabindex="0",
                    role="region",
                    aria_label=self.say("ratings"),
                ),
            ]
        )
        return self.framed(self.say("ratings"), body, user, session, up, "ratings")

    def login(self, token: str, name: str, trouble: str | None) -> str:
        """The form to log in with."""
        told = element("p", trouble, class_="said failed", role="alert") if trouble else None
        form = element(
            "form",
            element("label", self.say("name"), for_="name"),
            element("input", id="name", name="name", value=name, autocomplete="username",
                    required=True, autofocus=not name, maxlength="40"),
            element("label", self.say("password"), for_="password"),
            element("input", id="password", name="password", type="password", required=True,
                    autocomplete="current-password", autofocus=bool(name)),
            element("input", type="hidden", name="form", value=token),
            element("button", self.say("log_in"), type="submit", class_="main"),
            method="post",
            class_="login",
        )  # fmt: skip
        return self.framed(self.say("log_in"), joined([told, form]), up="../")

    def refused(
        self, text: str, user: User | None, session: Session | None, up: str, home: str = "staff"
    ) -> str:
        """Why a request was not carried out, and the way back."""
        home = "editors" if user and user.role == "editor" else home
        back = element("a", self.say(f"back_{home}"), href=f"{up}{home}")
        body = joined([element("p", text, class_="said failed", role="alert"), element("p", back)])
        return self.framed(self.say("title"), body, user, session, up=up)

    def _rated(self, hall: Hall, ratings: Sequence[Rating], *, named: bool) -> Iterable[Markup]:
        own = [each for each in ratings if each.hall == hall.id]
        numbers = [*(each.number for each in hall.windows), None]
        for number in numbers:
            of = [each.level for each in own if each.window == number]
            if number is None and not of:
                continue
            window = hall.window(number)
            name = self.say("window_number", number=number) if number else hall.name.say(
                self._language
            )  # fmt: skip
            more = window.name.say(self._language) if window and window.name else ""
            place = f"{hall.name.say(self._language)} " if named else ""
            head = element("th", f"{place}{name} ", element("span", more, class_="more"),
                           scope="row")  # fmt: skip
            counts = [element("td", str(of.count(level) or "")) for level in LEVELS]
            yield element("tr", head, *counts, element("td", str(len(of) or "")))

    def said(self, said: Said | None) -> Markup | None:
        """What was just done, or why not."""
        if said is None:
            return None
        lines = [element("p", said.text)]
        if said.kept.get("text"):
            lines.append(element("p", self.say("kept"), class_="more"))
            lines.append(element("p", said.kept["text"], class_="kept"))
        kind = "done" if said.done else "failed"
        return element("div", *lines, class_=f"said {kind}", role="alert", tabindex="-1")

    def framed(
        self,
        title: str,
        body: Markup,
        user: User | None = None,
        session: Session | None = None,
        up: str = "",
        at: str = "",
        outline: str = "staff",
    ) -> str:
        """A whole page; `at` is the tool it belongs to, `outline` what its style sheet and
        script are called."""
        tools = joined([*self._links(user, at, up), self._switch(), self._leave(session, up)])
        hall = self._hall(user)
        said = {
            "language": self._language,
            "title": f"{title} · {hall}",
            "up": up,
            "hall": hall,
            "heading": self.say("title" if outline == "staff" else f"title_{outline}"),
            "skip": self.say("skip" if outline == "staff" else f"skip_{outline}"),
            "tools_label": self.say("tools"),
            "who": self._who(user),
        }
        escaped = {key: html.escape(text) for key, text in said.items()}
        files, words = self._files(up, outline), self._words()
        return _OUTLINE.read_text("utf-8").format(
            body=body, tools=tools, files=files, words=words, **escaped
        )

    @staticmethod
    def _files(up: str, outline: str) -> Markup:
        """The style sheets and the script of a page."""
        sheets = dict.fromkeys(("staff", outline))
        return joined(
            [
                *(element("link", rel="stylesheet", href=f"{up}{each}.css") for each in sheets),
                element("script", src=f"{up}{outline}.js", defer=True),
            ]
        )

    def _words(self) -> str:
        """The words that a page's script says."""
        return "".join(
            f' data-{word.replace("_", "-")}="{html.escape(self.say(word, count="{count}"))}"'
            for word in _WORDS
        )

    def _links(self, user: User | None, at: str, up: str) -> list[Markup]:
        ways = _WAYS.get(user.role, {}) if user else {}
        return [
            element("a", self.say(key), href=up + way, aria_current="page" if key == at else None)
            for key, way in ways.items()
        ]

    def _switch(self) -> Markup:
        others = [each for each in self._texts.languages if each != self._language]
        return joined(
            element("a", self.switch(each), href=f"?language={each}", lang=each) for each in others
        )

    def _leave(self, session: Session | None, up: str) -> Markup | None:
        if session is None:
            return None
        token = element("input", type="hidden", name="form", value=session.form)
        button = element("button", self.say("log_out"), type="submit")
        return element("form", token, button, method="post", action=f"{up}staff/logout")

    def _hall(self, user: User | None) -> str:
        found = [each for each in self._halls if user is None or user.hall in (None, each.id)]
        if len(found) != 1:
            return self._texts.say("web_several_halls", self._language)
        return found[0].name.say(self._language)

    def _who(self, user: User | None) -> str:
        if user is None:
            return ""
        windows = self.say("list_comma").join(
            self.say("window_number", number=each) for each in user.windows
        )
        role = self.say(f"role_{user.role}")
        return self.say("who", name=user.name, role=windows or role)
