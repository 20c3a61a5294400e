"""Cards: one receipt each, with what is known of it and what can be done."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from desk.receipts.cards import Card
from desk.texts import Texts
from doors.web.staff.login import Said
from doors.web.staff.markup import Child, Markup, element, joined
from doors.web.staff.sight import Group, is_late, serves
from doors.web.staff.users import User

MOST_CHARACTERS = 2_000
SOON = timedelta(hours=2)
"""So long before the end of its term a receipt is marked."""
_FACTS = ("category", "window", "topic", "taker", "earlier")


class Cards:
    """Draws receipts for one user; what could not be done is `kept` in its form."""

    def __init__(
        self, texts: Texts, language: str, user: User, form: str, kept: Said | None = None
    ) -> None:
        self._texts = texts
        self._language = language
        self._user = user
        self._form = form
        self._kept = kept

    def group(self, group: Group) -> Markup:
        """Cards under their heading."""
        count = element("span", str(len(group.cards)), class_="count")
        empty = (
            None if group.cards else element("p", self._say(f"{group.key}_none"), class_="empty")
        )
        heading = element("h2", self._say(group.key), " ", count, id=f"{group.key}-heading")
        return element(
            "section",
            heading,
            empty,
            element("div", *map(self.card, group.cards), class_="cards"),
            id=group.key,
            aria_labelledby=f"{group.key}-heading",
        )

    def card(self, card: Card) -> Markup:
        """One receipt."""
        number = card.receipt.number
        late = is_late(card)
        marks = [
            element("span", number, class_="number"),
            element("span", self._say(f"state_{card.receipt.state}"), class_="state"),
        ]
        if card.receipt.kind != "question":
            marks.append(element("span", self._say(f"kind_{card.receipt.kind}"), class_="kind"))
        head = element(
            "header",
            element("h3", card.facts["question"], id=f"q-{number}"),
            element("p", *marks, class_="marks"),
        )
        return element(
            "article",
            head,
            self._term(card),
            self._facts(card),
            self._actions(card),
            self._history(card),
            class_=f"card {card.receipt.state}{' late' if late else ''}",
            id=f"r-{number}",
            aria_labelledby=f"q-{number}",
            data_number=number,
            data_stamp=_stamp(card, late=late),
        )

    def _term(self, card: Card) -> Markup:
        if card.left is None:
            return element("p", self._say("soon"), class_="term")
        key = "over" if is_late(card) else "left"
        kind = " late" if is_late(card) else " near" if card.left <= SOON else ""
        left = element("strong", self._say(key, time=self._duration(abs(card.left))))
        return element(
            "p", left, " ", self._say("by", when=card.facts["due"]), class_=f"term{kind}"
        )

    def _duration(self, left: timedelta) -> str:
        minutes = int(left.total_seconds() // 60)
        if minutes < 60:
            return self._say("minutes", n=minutes)
        return self._say("hours", n=minutes // 60) if minutes < 48 * 60 else self._say(
            "days", n=minutes // (24 * 60)
        )  # fmt: skip

    def _facts(self, card: Card) -> Markup:
        told: list[Child] = []
        for key in _FACTS:
            if found := card.facts.get(key):
                told += [element("dt", self._say(key)), element("dd", found)]
        if card.phone and serves(self._user, card):
            phone = element("a", card.phone, href=f"tel:{card.phone.replace('-', '')}")
            told += [element("dt", self._say("phone")), element("dd", phone, class_="phone")]
        if not card.receipt.session:
            told += [element("dt", self._say("citizen")), element("dd", self._say("nameless"))]
        return element("dl", *told)

    def _actions(self, card: Card) -> Markup:
        forms = [
            self._fold(card, "answer", self._area(card, "answer", "answer_label")),
            self._fold(card, "pass", *self._pass(card)),
            self._fold(
                card,
                "not_ours",
                self._line(card, "not_ours", "authority"),
                self._line(card, "not_ours", "basis", name="basis"),
            ),
            self._fold(card, "refuse", *self._refuse(card)),
        ]
        if not is_late(card):
            forms.append(self._fold(card, "later", *self._later(card)))
        if card.receipt.state != "taken":
            take = element("button", self._say("take"), type="submit", class_="main")
            forms.insert(0, self._posted(card, "take", take))
        return element("div", *forms, class_="actions")

    def _fold(self, card: Card, action: str, *fields: Child) -> Markup:
        send = element("button", self._say(f"{action}_send"), type="submit", class_="main")
        is_open = self._written(card, action) is not None
        fixed = action == "refuse" and card.reasons
        return element(
            "details",
            element("summary", self._say("not_accept" if fixed else action)),
            self._posted(card, action, *fields, send),
            open=is_open,
            name=f"of-{card.receipt.number}",
        )

    def _posted(self, card: Card, action: str, *fields: Child) -> Markup:
        return element(
            "form",
            element("input", type="hidden", name="form", value=self._form),
            element("input", type="hidden", name="action", value=action),
            *fields,
            method="post",
            action=f"staff/receipts/{card.receipt.number}",
        )

    def _area(self, card: Card, action: str, label: str) -> Markup:
        own = f"{action}-{card.receipt.number}"
        return joined(
            [
                element("label", self._say(label), for_=own),
                element(
                    "textarea",
                    self._text(card, action),
                    id=own,
                    name="text",
                    required=True,
                    rows="4",
                    maxlength=str(MOST_CHARACTERS),
                ),
            ]
        )

    def _line(self, card: Card, action: str, label: str, name: str = "text") -> Markup:
        own = f"{action}-{name}-{card.receipt.number}"
        return joined(
            [
                element("label", self._say(label), for_=own),
                element(
                    "input",
                    id=own,
                    name=name,
                    value=self._text(card, action, name),
                    required=True,
                    maxlength="200",
                    autocomplete="off",
                ),
            ]
        )

    def _pass(self, card: Card) -> list[Child]:
        own = f"window-{card.receipt.number}"
        chosen = (self._written(card, "pass") or {}).get("window")
        options = [
            element("option", self._window(each.number, each.name.say(self._language)
                    if each.name else ""), value=each.number, selected=each.number == chosen)
            for each in card.hall.windows
            if each.number not in (card.receipt.window, card.receipt.about)
        ]  # fmt: skip
        return [
            element("label", self._say("pass_to"), for_=own),
            element("select", *options, id=own, name="window", required=True),
            self._line(card, "pass", "reason"),
        ]

    def _refuse(self, card: Card) -> list[Child]:
        """Why it cannot be done, of a complaint one of the fixed reasons; and by which rule."""
        basis = self._line(card, "refuse", "basis", name="basis")
        if not card.reasons:
            return [self._line(card, "refuse", "refuse_reason"), basis]
        own, chosen = f"refuse-text-{card.receipt.number}", self._text(card, "refuse")
        options = [
            element("option", words, value=key, selected=key == chosen)
            for key, words in card.reasons.items()
        ]
        return [
            element("label", self._say("refuse_reason"), for_=own),
            element("select", *options, id=own, name="text", required=True),
            basis,
        ]

    def _later(self, card: Card) -> list[Child]:
        own = f"day-{card.receipt.number}"
        day = (self._written(card, "later") or {}).get("day")
        return [
            element("label", self._say("day"), for_=own),
            element("input", id=own, type="date", name="day", value=day, required=True,
                    min=_earliest(card)),
            self._line(card, "later", "reason"),
        ]  # fmt: skip

    def _window(self, number: str, name: str) -> str:
        return " ".join(filter(None, (self._say("window_number", number=number), name)))

    def _history(self, card: Card) -> Markup:
        lines = [element("li", each) for each in card.history]
        told = element("summary", self._say("history", count=len(lines)))
        return element("details", told, element("ol", *lines), class_="history")

    def _written(self, card: Card, action: str) -> dict[str, str] | None:
        """What somebody wrote into this form, where it could not be done."""
        if self._kept is None or self._kept.receipt != card.receipt.number:
            return None
        return self._kept.kept if self._kept.kept.get("action") == action else None

    def _text(self, card: Card, action: str, name: str = "text") -> str:
        return (self._written(card, action) or {}).get(name, "")

    def _say(self, key: str, **values: object) -> str:
        return self._texts.say(f"staff_{key}", self._language, **values)


def _earliest(card: Card) -> str | None:
    due: date | None = card.receipt.due.date() if card.receipt.due else None
    return due.isoformat() if due else None


def _stamp(card: Card, *, late: bool) -> str:
    """Another one whenever a card looks different, the time that is left apart."""
    seen = (card.lines, card.history, card.phone, card.receipt.state, late)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:12]
