"""Composing: from a decision to what a citizen reads."""

from __future__ import annotations

from datetime import date

from desk import places
from desk.asked import DANGER
from desk.decision import (
    AskBack,
    Decision,
    OfHall,
    ReceiptStatus,
    Register,
    Talk,
    Tell,
)
from desk.elsewhere import has_hotline
from desk.matters import Matters
from desk.message import Choice, Outcome
from desk.receipts.terms import COMPLAINT, HUMAN, responsible
from desk.said import Said
from desk.telling import Teller, choice
from desk.topics import Topics
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import window_phone
from facts.model import Hall, Matter

MENU = ("hall_services", "hall_hours", "hall_place", "human")
"""What may be pressed where no topic is spoken of."""


class Composer:
    """Puts decisions into words."""

    def __init__(self, topics: Topics, calendars: dict[str, Calendar], matters: Matters) -> None:
        self._calendars = calendars
        self._matters = matters
        self._teller = Teller(topics, calendars)

    def compose(self, say: Wording, hall: Hall, decision: Decision) -> Said:
        """What is said for a decision; `hall` is the one spoken of."""
        match decision:
            case Tell():
                return self._teller.tell(say, decision)
            case AskBack(topics=()):
                return _which_matter(say, decision.about)
            case AskBack():
                return _which_topic(say, decision)
            case OfHall():
                return self._of_hall(say, hall, decision.intent)
            case Talk():
                return _talk(say, hall, decision.intent)
            case Register():
                return _registered(say, hall, decision, self._matters.find(decision.matter))
            case ReceiptStatus():
                return Said(outcome=Outcome.ANSWERED, lines=[], about=("receipt_status",))
            case _:
                raise TypeError(f"not for the composer: {decision}")

    def hello(self, say: Wording, hall: Hall) -> Said:
        """The greeting: who speaks, what may be asked, who stands behind, and what is kept."""
        lines = say("hello", hall=say.text(hall.name)).splitlines()
        lead = hall.window(hall.lead_window)
        phone = window_phone(hall, lead) if lead else None
        if lead and phone:
            lines.append(say("hello_behind", window=say.window(lead), phone=phone))
        lines.append(say("hello_privacy"))
        lines += places.notices(say, hall, self.today(say, hall))
        return Said(
            outcome=Outcome.TALK, lines=lines, about=("greeting",), next=menu(say), confidence=1.0
        )

    def today(self, say: Wording, hall: Hall) -> date:
        """The day on the hall's clock."""
        return self._calendars[hall.id].local(say.at).date()

    def _of_hall(self, say: Wording, hall: Hall, intent: str) -> Said:
        calendar = self._calendars[hall.id]
        lines = places.ABOUT_HALL[intent](say, hall, calendar)
        outcome = Outcome.LED if intent in places.LED else Outcome.ANSWERED
        return Said(outcome=outcome, lines=lines, about=(intent,), next=menu(say), confidence=0.9)


def menu(say: Wording) -> tuple[Choice, ...]:
    """What may be asked of the hall itself."""
    return tuple(
        Choice(key=f"about:{intent}", label=say(f"next_{intent}"), about=intent) for intent in MENU
    )


def _which_topic(say: Wording, decision: AskBack) -> Said:
    several = len({topic.hall.id for topic in decision.topics}) > 1
    choices = tuple(
        choice(say, topic, decision.about, with_hall=several) for topic in decision.topics
    )
    lines = [say("choose" if len(choices) > 1 else "choose_one")]
    lines += [say("choose_line", n=n, label=each.label) for n, each in enumerate(choices, 1)]
    return Said(
        outcome=Outcome.CHOOSE,
        lines=[*lines, say("choose_none")],
        about=decision.about,
        choices=choices,
        next=(Choice(key="about:none", label=say("next_none")),),
        offered=decision.topics,
        confidence=decision.confidence,
    )


def _which_matter(say: Wording, about: tuple[str, ...]) -> Said:
    lines = [say("which_matter")]
    return Said(outcome=Outcome.CHOOSE, lines=lines, about=about, next=menu(say))


def _talk(say: Wording, hall: Hall, intent: str) -> Said:
    key = "language_set" if intent == "language" else intent
    if intent == DANGER and not has_hotline(hall):
        key = "danger_elsewhere"
    lines = say(key, hall=say.text(hall.name)).splitlines()
    leads_back = () if intent in ("thanks", "goodbye", "praise") else menu(say)
    about = "language" if intent == "languages" else intent
    return Said(outcome=Outcome.TALK, lines=lines, about=(about,), next=leads_back, confidence=0.9)


def _registered(say: Wording, hall: Hall, decision: Register, matter: Matter | None) -> Said:
    kind = decision.kind
    own = kind in (COMPLAINT, HUMAN)
    line = say(f"registered_{kind}" if own else "registered")
    if matter:
        name, authority = say.text(matter.name), say.text(matter.authority)
        line = say("registered_matter", matter=name, authority=authority)
    numbers = {each.number.casefold(): each.number for each in hall.windows}
    complained = numbers.get((decision.complained or "").casefold())
    window = responsible(hall, kind, about=complained)
    return Said(
        outcome=Outcome.REGISTERED,
        lines=[line],
        about=(kind,) if own else (),
        window=window.number if window else None,
        register=kind,
        of_others=matter is not None,
        complained=complained,
        anonymous=decision.anonymous,
    )
