"""The guides as a tree: halls, their files, the entries of these, and what each lacks."""

from __future__ import annotations

from urllib.parse import quote

from doors.web.editors import faults
from doors.web.editors.sight import Entry, File, Sight
from doors.web.staff.login import Said, Session
from doors.web.staff.markup import Child, Markup, element, joined
from doors.web.staff.page import Page
from facts.values import plain


class TreePage:
    """The tree; `wanted` is part of the names that are shown, all where it is empty."""

    def __init__(self, page: Page, sight: Sight, language: str, wanted: str) -> None:
        self._page = page
        self._say = page.saying("editors")
        self._sight = sight
        self._language = language
        self._wanted = wanted

    def body(self, session: Session) -> Markup:
        """All that somebody sees."""
        said, session.said = self._page.said(session.said), None
        halls = [self._hall(*each) for each in self._sight.halls()]
        if not halls:
            return joined([said, self._page.said(Said(self._say("no_hall"), done=False))])
        return joined([said, self._filter(), *halls])

    def _filter(self) -> Markup:
        return element(
            "form",
            element("label", self._say("filter"), for_="filter"),
            element("input", id="filter", name="name", type="search", value=self._wanted,
                    autocomplete="off"),
            element("button", self._say("filter_go"), type="submit"),
            element("p", class_="more", id="found", role="status"),
            class_="filter",
            role="search",
            data_found=self._say("found", count="{count}"),
        )  # fmt: skip

    def _hall(self, hall: str, name: str, files: list[File]) -> Markup:
        shown = [self._file(hall, each) for each in files]
        return element("section", element("h2", name), *shown, class_="hall-guides")

    def _file(self, hall: str, file: File) -> Markup | None:
        wanted = plain(self._wanted)
        entries = [each for each in file.entries if wanted in each.searched]
        if wanted and not entries:
            return None
        whole = element("a", self._say("open_file", file=file.name),
                        href=f"editors/{quote(hall)}/{quote(file.name)}")  # fmt: skip
        count = element("span", str(len(entries)), class_="count") if file.entries else None
        title = file.title or self._title(file.name)
        summary = element("summary", element("h3", title), " ", count)
        listed = [self._entry(hall, file.name, each) for each in entries]
        body: list[Child] = [
            faults.of_tree(self._say, self._language, file.faults),
            element("ul", *listed, class_="entries") if listed else None,
            element("p", whole, class_="whole"),
        ]
        return element("details", summary, *body, class_="file", open=bool(file.entries))

    def _title(self, name: str) -> str:
        known = name in ("hall", "elsewhere", "journeys", "questions")
        return self._say(f"file_{name}") if known else name

    def _entry(self, hall: str, file: str, entry: Entry) -> Markup:
        there = sum(entry.signs.values())
        lacking = [self._say(f"sign_{key}") for key, told in entry.signs.items() if not told]
        count = self._say("complete", there=there, count=len(entry.signs))
        if lacking:
            told = self._say("lacking", signs=self._page.say("list_comma").join(lacking))
            signs = element("span", f"{count} {told}", class_="lacks")
        else:
            signs = element("span", count, class_="whole-mark")
        return element(
            "li",
            element("a", entry.name, href=f"editors/{quote(hall)}/{quote(file)}/{quote(entry.id)}"),
            element("span", signs, *self._age(entry), class_="marks"),
            faults.of_tree(self._say, self._language, entry.faults),
            data_searched=entry.searched,
        )

    def _age(self, entry: Entry) -> list[Child]:
        told: list[Child] = []
        if entry.verified_on:
            told.append(element("span", self._say("verified", day=entry.verified_on.isoformat())))
        if entry.review_by:
            key = "overdue" if entry.overdue else "review"
            day = self._say(key, day=entry.review_by.isoformat())
            told.append(element("span", day, class_=key))
        return told
