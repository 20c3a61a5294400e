"""What was asked in vain, as a list of cards: what it may be about, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from doors.web.editors.asking import Asking
from doors.web.staff.markup import Child, Markup, element, joined
from editing.digest import FAINT, named
from editing.engine import Engine
from editing.entries import KINDS
from editing.kept_list import Part
from editing.words import Say
from editing.worklist import Item
from facts.model import Hall

VARIANTS = 4
"""Further wordings that are shown."""
OFFERED = 400
"""So many topics at most are offered by name while one types."""


class VainPage:
    """The list of one hall. `form` is what was written into a form where it could not be done."""

    def __init__(
        self,
        by: Asking,
        halls: Sequence[Hall],
        hall: Hall,
        engine: Engine,
        form: Mapping[str, str],
    ) -> None:
        self._by = by
        self._say = by.page.saying("editors")
        self._words = Say.of(by.language)
        self._halls = halls
        self._hall = hall
        self._engine = engine
        self._form = form
        self._written = set(form.get("texts", "").splitlines())
        self._start = 0

    def body(self, said: Markup | None, part: Part, start: int) -> Markup:
        """Part of the list, which begins at this group."""
        self._start = start
        cards = [self._card(place, each) for place, each in enumerate(part.items)]
        whole = not start and part.next is None
        count = str(len(part.items)) if whole else self._say("vain_about", count=part.several)
        several = self._say("vain_groups", count=count) if part.items else None
        none = None if part.items else self._words("review_none")
        return joined(
            [
                said,
                self._ways(),
                element("p", self._say("vain_hint"), class_="more"),
                element("p", several or none, class_="empty", role="status"),
                element("div", *cards, class_="cards") if cards else None,
                self._offered() if cards else None,
                self._turning(part),
            ]
        )

    def _ways(self) -> Markup | None:
        """The halls that can be chosen, where there are several."""
        if len(self._halls) < 2:
            return None
        links = [
            element("a", each.name.say(self._by.language), href=self._place(each.id, 0),
                    aria_current="page" if each is self._hall else None)
            for each in self._halls
        ]  # fmt: skip
        return element("nav", *links, class_="tools halls", aria_label=self._say("figures_hall"))

    def _turning(self, part: Part) -> Markup | None:
        ways: list[Child] = []
        if self._start:
            ways.append(element("a", self._say("vain_first"), href=self._place(self._hall.id, 0)))
        if part.next is not None:
            more = self._place(self._hall.id, part.next)
            ways.append(element("a", self._say("vain_more"), href=more))
        label = self._say("vain_pages")
        return element("nav", *ways, class_="tools turning", aria_label=label) if ways else None

    def _place(self, hall: str, start: int) -> str:
        return f"vain?{urlencode({'hall': hall, 'from': start})}"

    def _card(self, place: int, item: Item) -> Markup:
        group, own = item.group, f"v{place}"
        marks = [
            element("span", self._say("vain_people", count=group.sessions), class_="state"),
            *(element("span", f"{self._words(f'reason_{name}')} {count}", class_="kind")
              for name, count in group.reasons.items()),
        ]  # fmt: skip
        more = self._words("comma").join(group.texts[1 : 1 + VARIANTS])
        told = group.told and named(group.told, self._engine, self._words)
        return element(
            "article",
            element("header", element("h2", group.text, id=own),
                    element("p", *marks, class_="marks")),
            element("p", self._words("review_variants", texts=more), class_="also")
            if more else None,
            element("p", self._words("review_told", topic=told), class_="also") if told else None,
            element("p", self._nearest(item), class_="also"),
            element(
                "div",
                self._fold(own, "add", item, *self._add(own, item)),
                self._fold(own, "new", item, *self._new(own)),
                self._fold(own, "elsewhere", item, *self._elsewhere(own)),
                self._posted("settled", item,
                             element("button", self._say("vain_settled"), type="submit")),
                self._posted("ignore", item,
                             element("button", self._say("vain_ignore"), type="submit")),
                class_="actions",
            ),
            class_="card",
            aria_labelledby=own,
        )  # fmt: skip

    def _nearest(self, item: Item) -> str:
        """The topics it may be about, each with its probability."""
        near = (
            f"{each.topic.name(self._by.language)} {each.confidence:.0%}"
            for each in item.likely
            if each.confidence >= FAINT
        )
        told = self._words("comma").join(near)
        return self._say("vain_nearest", topics=told) if told else self._words("likely_none")

    def _fold(self, own: str, action: str, item: Item, *fields: Child) -> Markup:
        send = element("button", self._say(f"vain_{action}_send"), type="submit", class_="main")
        is_open = self._was(action, item)
        return element(
            "details",
            element("summary", self._say(f"vain_{action}")),
            self._posted(action, item, *fields, send),
            open=is_open,
            name=f"of-{own}",
        )

    def _was(self, action: str, item: Item) -> bool:
        """Whether this is the form that could not be carried out."""
        same = not self._written.isdisjoint(item.group.texts)
        return same and self._form.get("action", "").partition(":")[0] == action

    def _posted(self, action: str, item: Item, *fields: Child) -> Markup:
        hidden = {
            "form": self._by.session.form,
            "action": action,
            "hall": self._hall.id,
            "from": str(self._start),
            "texts": "\n".join(item.group.texts),
        }
        kept = (element("input", type="hidden", name=name, value=value)
                for name, value in hidden.items())  # fmt: skip
        return element("form", *kept, *fields, method="post", action="vain")

    def _add(self, own: str, item: Item) -> list[Child]:
        kept = self._form if self._was("add", item) else {}
        likely = [each for each in item.likely if each.topic.kind in KINDS]
        chosen = kept.get("topic") or (likely[0].topic.label if likely else "")
        topics = [
            _radio("topic", each.topic.label, chosen == each.topic.label,
                   element("span", each.topic.name(self._by.language), " ",
                           element("span", f"{each.topic.label} {each.confidence:.0%}",
                                   class_="more")))
            for each in likely
        ]  # fmt: skip
        phrase = kept.get("phrase", "ask")
        named_by = [
            element("legend", self._say("vain_topic")),
            *topics,
            element("label", self._say("vain_other" if topics else "vain_which"),
                    for_=f"other-{own}"),
            element("input", id=f"other-{own}", name="other", value=kept.get("other"),
                    list="topics", autocomplete="off", maxlength="200", required=not topics),
        ]  # fmt: skip
        return [
            element("fieldset", *named_by),
            element(
                "fieldset",
                element("legend", self._say("vain_phrase")),
                *(_radio("phrase", each, phrase == each, self._say(f"vain_{each}"))
                  for each in ("ask", "also")),
            ),
            element("label", self._say("vain_text"), for_=f"text-{own}"),
            element("input", id=f"text-{own}", name="text", maxlength="200", autocomplete="off",
                    value=kept.get("text") or item.group.text),
        ]  # fmt: skip

    def _new(self, own: str) -> list[Child]:
        options = [
            element("option", each.office.say(self._by.language), value=each.id)
            for each in self._hall.offices
        ]
        return [
            element("label", self._say("vain_office"), for_=f"office-{own}"),
            element("select", *options, id=f"office-{own}", name="office", required=True),
            *self._line(f"name-{own}", "name", "vain_name"),
        ]

    def _elsewhere(self, own: str) -> list[Child]:
        return [
            *self._line(f"matter-{own}", "name", "vain_matter"),
            *self._line(f"authority-{own}", "authority", "vain_authority", required=False),
        ]

    def _line(self, own: str, name: str, label: str, *, required: bool = True) -> list[Child]:
        return [
            element("label", self._say(label), for_=own),
            element("input", id=own, name=name, required=required, maxlength="200",
                    autocomplete="off"),
        ]  # fmt: skip

    def _offered(self) -> Markup | None:
        """The topics that can be typed, where they are not too many."""
        own = (each for each in self._engine.topics if each.hall.id == self._hall.id)
        topics = [each for each in own if each.kind in KINDS]
        if len(topics) > OFFERED:
            return None
        named_by = (
            element("option", each.name(self._by.language), value=each.label) for each in topics
        )
        return element("datalist", *named_by, id="topics")


def _radio(name: str, value: str, chosen: bool, told: Child) -> Markup:
    box = element("input", type="radio", name=name, value=value, checked=chosen)
    return element("label", box, told, class_="radio")
