"""Letters: what citizens and clerks are told when something happens to a receipt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from desk.elsewhere import some_phone
from desk.receipts.categories import NOT_ACCEPTED, category_of
from desk.receipts.terms import GRIEVANCES, staff_key
from desk.texts import Texts
from desk.topics import Topics
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import window_phone
from facts.model import Hall
from ledger.records import Entry, Event, Notice, Receipt

STAFF = "staff:"
"""Before the key of a window's clerks in the address of a notice."""
QUOTED = 60
"""Characters of a question that a letter quotes."""
ANSWERS = ("answered", "not_ours", "refused")
"""What a clerk does that is an answer."""
EARLIER = 3
"""Turns before the question that a clerk is shown."""


class Letters:
    """Writes letters in the language of whom they are for."""

    def __init__(self, topics: Topics, calendars: Mapping[str, Calendar], texts: Texts) -> None:
        self._topics = topics
        self._calendars = calendars
        self._texts = texts
        self._halls = {hall.id: hall for hall in topics.halls}

    @property
    def language(self) -> str:
        """The first language of the first hall; Chinese without any hall."""
        return next((hall.languages[0] for hall in self._topics.halls), "zh")

    def hall(self, receipt: Receipt) -> Hall:
        """The hall of a receipt; the first where the guides have it no longer."""
        return self._halls.get(receipt.hall) or self._topics.halls[0]

    def local(self, hall: Hall, at: datetime) -> datetime:
        """A moment on the hall's clock."""
        return self._calendars[hall.id].local(at)

    def say(self, language: str, at: datetime) -> Wording:
        """The words of a language at a time."""
        known = (language, language.partition("-")[0], "en")
        return Wording(self._texts, next(each for each in known if each in self._texts), at)

    def to_citizen(
        self, receipt: Receipt, kind: str, at: datetime, **values: object
    ) -> list[Notice]:
        """What the citizen is told; nobody, where the citizen wanted to stay unknown."""
        if not receipt.session:
            return []
        say = self.say(receipt.language, at)
        key = "letter_not_accepted" if kind == "refused" and _grieves(receipt) else f"letter_{kind}"
        lines = say(key, **self._values(say, receipt), **values).splitlines()
        if kind == "refused":
            complaints = self.hall(receipt).complaints
            phone = say.phone(complaints.phone if complaints else None)
            lines.append(say("letter_remedy", phone=phone))
        lines[0] = lines[0][:1].upper() + lines[0][1:]  # a window's name may begin it
        choices: tuple[tuple[str, str], ...] = ()
        if kind in ANSWERS:
            lines.append(say("letter_settled"))
            choices = (
                (f"settled:{receipt.number}", say("next_settled")),
                (f"unsettled:{receipt.number}", say("next_unsettled")),
            )
        notice = Notice(
            to=receipt.session,
            at=at,
            kind=kind,
            text="\n".join(lines),
            receipt=receipt.number,
            choices=choices,
        )
        return [notice]

    def to_staff(
        self,
        receipt: Receipt,
        kind: str,
        at: datetime,
        turns: Sequence[Entry] = (),
        *,
        key: str | None = None,
        **values: object,
    ) -> list[Notice]:
        """What the clerks of the responsible window are told, or those with this key."""
        hall = self.hall(receipt)
        key = key or staff_key(hall, receipt.window, receipt.about)
        if key is None:
            return []
        say = self.say(hall.languages[0], at)
        lines = [say(f"staff_{kind}", **self._values(say, receipt), **values)]
        lines += self.card(say, receipt, turns)
        return [
            Notice(
                to=STAFF + key,
                at=at,
                kind=kind,
                text="\n".join(lines),
                receipt=receipt.number,
                choices=self.actions(say, receipt),
            )
        ]

    def to_head(self, receipt: Receipt, kind: str, at: datetime) -> list[Notice]:
        """What those above the responsible window are told: the lead window and the head; its own
        clerks where there is nobody above them."""
        hall = self.hall(receipt)
        own = staff_key(hall, receipt.window, receipt.about)
        lead = staff_key(hall, hall.lead_window, receipt.about)
        above = [each for each in dict.fromkeys((lead, hall.head)) if each and each != own]
        return [
            notice
            for key in above or filter(None, [own])
            for notice in self.to_staff(receipt, kind, at, key=key)
        ]

    def card(self, say: Wording, receipt: Receipt, turns: Sequence[Entry] = ()) -> list[str]:
        """What a clerk sees of a receipt, line by line."""
        told = self.facts(say, receipt, turns)
        return [say(f"card_{key}", text=text) for key, text in told.items()]

    def facts(
        self, say: Wording, receipt: Receipt, turns: Sequence[Entry] = ()
    ) -> Mapping[str, str]:
        """What a clerk is to know of a receipt: what was asked, of what, by when, and by whom it
        is dealt with."""
        hall = self.hall(receipt)
        topic = self._topics.find(receipt.topic)
        earlier = [each.text for each in turns if each.text and each.text != receipt.text]
        told = {
            "question": receipt.text,
            "earlier": say.joined(earlier[-EARLIER:]),
            "topic": topic.name(say.language) if topic else "",
            "category": category_of(say, receipt),
            "window": self._window(say, hall, receipt.window),
            "due": self._due(say, hall, receipt),
            "taker": receipt.taker or "",
        }
        return {key: text for key, text in told.items() if text}

    def question(self, say: Wording, receipt: Receipt) -> str:
        """What was asked, and of what, as it stands on the receipt."""
        topic = self._topics.find(receipt.topic)
        told = say("receipt_topic", topic=topic.name(say.language)) if topic else ""
        return say("receipt_question", question=_quoted(receipt.text), topic=told)

    def actions(self, say: Wording, receipt: Receipt) -> tuple[tuple[str, str], ...]:
        """What a clerk can press beside a receipt."""
        found = ["pass", "not_ours", "refuse"]
        if receipt.state != "taken":
            found.insert(0, "take")
        labels = {each: say(f"action_{each}") for each in found}
        if _grieves(receipt):
            labels["refuse"] = say("action_not_accept")
        return tuple((f"{each}:{receipt.number}", label) for each, label in labels.items())

    def reasons(self, language: str, at: datetime) -> Mapping[str, str]:
        """The reasons for which a complaint is not accepted, in words."""
        say = self.say(language, at)
        return {each: say(f"not_accepted_{each}") for each in NOT_ACCEPTED}

    def listed_reason(self, receipt: Receipt, text: str) -> str | None:
        """The fixed reason that is meant by its key, number or words, as the citizen reads it."""
        spoken = [self.reasons(language, receipt.at) for language in self._texts.languages]
        for place, each in enumerate(NOT_ACCEPTED, 1):
            if text in (each, str(place), *(words[each] for words in spoken)):
                return self.reasons(receipt.language, receipt.at)[each]
        return None

    def parted_at_basis(self, text: str) -> tuple[str, str]:
        """A text at the word, of any language, behind which the rule stands that it rests on."""
        known = {self._texts.say("clerk_basis_word", each) for each in self._texts.languages}
        words = "|".join(map(re.escape, sorted(known)))
        found = re.search(rf"(?:^|[\s,，;；。:：])\s*(?:{words})[\s:：]+", text, re.IGNORECASE)
        return (text[: found.start()], text[found.end() :]) if found else (text, "")

    def history(
        self, say: Wording, receipt: Receipt, events: Iterable[Event], to: str = "event"
    ) -> list[str]:
        """What happened to a receipt, line by line, in words for the citizen, who is told no
        clerk's name; in those for clerks where there are other texts, which begin with `to`."""
        calendar = self._calendars[self.hall(receipt).id]
        return [
            say("event_line", when=say.moment(calendar.local(each.at)), what=what)
            for each in events
            if (what := self._event(say, receipt, each, to))
        ]

    def _event(self, say: Wording, receipt: Receipt, event: Event, to: str) -> str:
        keys = self._texts.keys(say.language)
        key = next((each for each in _event_keys(to, event.kind) if each in keys), None)
        if key is None:
            return ""
        window = self._window(say, self.hall(receipt), event.window)
        told = say(key, window=window, text=event.text or "", by=event.by)
        return told + say("event_basis", basis=event.basis) if event.basis else told

    def _values(self, say: Wording, receipt: Receipt) -> Mapping[str, object]:
        hall = self.hall(receipt)
        found = hall.window(receipt.window)
        phone = (window_phone(hall, found) if found else None) or some_phone(hall)
        return {
            "number": receipt.number,
            "question": _quoted(receipt.text),
            "window": self._window(say, hall, receipt.window),
            "phone": say.phone(phone),
            "due": self._due(say, hall, receipt),
        }

    def _window(self, say: Wording, hall: Hall, number: str | None) -> str:
        found = hall.window(number)
        return say.window(found) if found else say.text(hall.name)

    def _due(self, say: Wording, hall: Hall, receipt: Receipt) -> str:
        if receipt.due is None:
            return say("letter_soon")
        return say.moment(self._calendars[hall.id].local(receipt.due))


def _quoted(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= QUOTED else one[:QUOTED] + "…"


def _grieves(receipt: Receipt) -> bool:
    return receipt.kind in GRIEVANCES


def _event_keys(to: str, kind: str) -> tuple[str, str]:
    return f"{to}_{kind}", f"event_{kind}"
