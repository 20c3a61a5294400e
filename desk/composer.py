"""Composing: from a decision to what a citizen reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desk import emergency, fast_lane, places
from desk.asked import DANGER
from desk.decision import (
    AskBack,
    AtStation,
    Check,
    Decision,
    Near,
    NextStep,
    OfHall,
    ReceiptStatus,
    Register,
    Talk,
    Tell,
    Wanted,
)
from desk.lacking import Checker
from desk.matters import Matters
from desk.message import Choice, Outcome
from desk.nearer import NEAREST, Nearer, here
from desk.receipts.terms import COMPLAINT, HUMAN, responsible
from desk.said import Said
from desk.telling import Teller, choice
from desk.topics import Topics
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import window_phone
from facts.model import Hall, Matter
from intents.signals import Sign

MENU = ("hall_services", "hall_hours", "hall_place", "human")
"""What may be pressed where no topic is spoken of."""


class Composer:
    """Puts decisions into words."""

    def __init__(self, topics: Topics, calendars: dict[str, Calendar], matters: Matters) -> None:
        self._calendars = calendars
        self._matters = matters
        self._teller = Teller(topics, calendars)
        self._nearer = Nearer(topics, calendars)
        self._checker = Checker(topics, self._teller)

    def compose(self, say: Wording, hall: Hall, decision: Decision) -> Said:
        """What is said for a decision; `hall` is the one spoken of."""
        match decision:
            case Tell() | NextStep() | Check() | Wanted() | AtStation() | Near():
                return self._of_topic(say, hall, decision)
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

    def _of_topic(
        self,
        say: Wording,
        hall: Hall,
        decision: Tell | NextStep | Check | Wanted | AtStation | Near,
    ) -> Said:
        match decision:
            case Tell():
                said = self._checker.offered(say, self._teller.tell(say, decision), decision)
                return self._led_on(say, said, decision)
            case NextStep():
                return self._teller.next_step(say, decision)
            case Check():
                return self._checker.tell(say, decision)
            case Wanted():
                return self._checker.wanted(say, decision)
            case AtStation():
                return self._nearer.at_station(say, decision)
            case Near():
                return self._nearer.near(say, hall, decision)

    def fast_lane(
        self, say: Wording, hall: Hall, decision: Decision, signs: Sequence[Sign]
    ) -> list[str]:
        """What those in a hurry, or served first, are told before all else; often nothing."""
        match decision:
            case Tell():
                return self._teller.fast_lane(say, decision, signs)
            case AskBack() | Register(kind="question" | "human"):
                kinds = fast_lane.wanted(signs, None)
                return fast_lane.by_phone(say, hall, None, None, kinds) if kinds else []
        return []

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

    def _led_on(self, say: Wording, said: Said, tell: Tell) -> Said:
        """The answer about where it is done, with the other halls, and the way to the nearest."""
        asked = set(tell.about)
        if asked & set(NEAREST):
            said.lines += self._nearer.elsewhere_lines(say, tell.topic)
        if asked & {*NEAREST, "place"} and said.outcome is Outcome.ANSWERED:
            said.next = (*said.next, here(say))
        return said

    def _of_hall(self, say: Wording, hall: Hall, intent: str) -> Said:
        calendar = self._calendars[hall.id]
        lines = places.ABOUT_HALL[intent](say, hall, calendar)
        near = (here(say),) if intent in (*NEAREST, "hall_place") else ()
        return Said(
            outcome=Outcome.LED if intent in places.LED else Outcome.ANSWERED,
            lines=lines,
            about=(intent,),
            next=(*near, *menu(say)),
            confidence=0.9,
        )


def menu(say: Wording) -> tuple[Choice, ...]:
    """What may be asked of the hall itself."""
    return tuple(
        Choice(key=f"about:{intent}", label=say(f"next_{intent}"), about=intent) for intent in MENU
    )


def _which_topic(say: Wording, decision: AskBack) -> Said:
    if not decision.topics:
        return _which_matter(say, decision.about)
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
    number = ""
    if intent == DANGER and emergency.country_of(hall) != "CN":
        key, number = "danger_elsewhere", emergency.number_of(hall)
    lines = say(key, hall=say.text(hall.name), number=number).splitlines()
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
        category=decision.category,
    )
