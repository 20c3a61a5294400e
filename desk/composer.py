"""Composing: from a decision to the turn that a citizen reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatchmethod

from desk import places
from desk.answers import (
    ANSWERS,
    COMPANIONS,
    Subject,
    answer_lines,
    differs,
    missing,
    window_line,
)
from desk.decision import (
    AskBack,
    Decision,
    OfHall,
    ReceiptStatus,
    Register,
    Talk,
    Tell,
)
from desk.elsewhere import elsewhere_lines
from desk.journeys import journey_lines
from desk.message import Choice, Outcome
from desk.notice import notice
from desk.topics import Topic, Topics
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import windows_of
from facts.model import Case, Elsewhere, Hall, Journey, Office, Service, Station, Window

NEXT = ("materials", "place", "fee", "duration", "proxy", "online")
"""What people often ask next; the first four that were not told are offered."""


@dataclass(slots=True)
class Said:
    """What is said to one question, and how it ended."""

    outcome: Outcome
    lines: list[str]
    topic: Topic | None = None
    about: tuple[str, ...] = ()
    window: str | None = None
    choices: tuple[Choice, ...] = ()
    next: tuple[Choice, ...] = ()
    confidence: float = 0.0
    register: str | None = None
    offered: tuple[Topic, ...] = ()
    hall: Hall | None = field(default=None)


class Composer:
    """Puts decisions into words, from the guides of the halls."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._calendars = {hall.id: Calendar(hall) for hall in topics.halls}

    def calendar(self, hall: Hall) -> Calendar:
        """The hall's calendar."""
        return self._calendars[hall.id]

    def compose(self, say: Wording, hall: Hall, decision: Decision) -> Said:
        """What is said for a decision; `hall` is the one spoken of."""
        return self._say(decision, say, hall)

    @singledispatchmethod
    def _say(self, decision: Decision, say: Wording, hall: Hall) -> Said:
        raise TypeError(decision)

    @_say.register
    def _(self, decision: Tell, say: Wording, hall: Hall) -> Said:
        topic = decision.topic
        tell = _TELLING[type(topic.item)]
        said = tell(self, say, topic, decision.about)
        said.hall = topic.hall
        said.confidence = round(min(decision.confidence, 1.0), 3)
        return said

    @_say.register
    def _(self, decision: AskBack, say: Wording, hall: Hall) -> Said:
        if not decision.topics:
            return self._which_matter(say, hall, decision.about)
        several = len({topic.hall.id for topic in decision.topics}) > 1
        choices = tuple(
            self._choice(say, topic, decision.about, several) for topic in decision.topics
        )
        lines = [say("choose")]
        lines += [
            say("choose_line", n=n, label=choice.label) for n, choice in enumerate(choices, 1)
        ]
        return Said(
            Outcome.CHOOSE,
            [*lines, say("choose_none")],
            about=decision.about,
            choices=choices,
            confidence=round(min(decision.confidence, 1.0), 3),
            offered=decision.topics,
        )

    @_say.register
    def _(self, decision: OfHall, say: Wording, hall: Hall) -> Said:
        lines = places.ABOUT_HALL[decision.intent](say, hall, self.calendar(hall))
        return Said(
            Outcome.ANSWERED, lines, about=(decision.intent,), next=self.menu(say), confidence=0.9
        )

    @_say.register
    def _(self, decision: Talk, say: Wording, hall: Hall) -> Said:
        key = "language_set" if decision.intent == "language" else decision.intent
        lines = say(key, hall=say.text(hall.name)).splitlines()
        return Said(
            Outcome.TALK, lines, about=(decision.intent,), next=self.menu(say), confidence=0.9
        )

    @_say.register
    def _(self, decision: Register, say: Wording, hall: Hall) -> Said:
        known = decision.kind in ("complaint", "human")
        kind = decision.kind if known else "question"
        key = f"registered_{kind}" if known else "registered"
        window = self._responsible(hall, decision)
        return Said(
            Outcome.REGISTERED,
            [say(key)],
            about=(kind,) if known else (),
            window=window.number if window else None,
            register=kind,
        )

    @_say.register
    def _(self, decision: ReceiptStatus, say: Wording, hall: Hall) -> Said:
        return Said(Outcome.ANSWERED, [say("receipt_which")], about=("receipt_status",))

    def menu(self, say: Wording) -> tuple[Choice, ...]:
        """What may be pressed where no topic is spoken of."""
        return tuple(
            Choice(key=f"about:{intent}", label=say(f"next_{intent}"), about=intent)
            for intent in ("hall_services", "hall_hours", "hall_place", "human")
        )

    def _responsible(self, hall: Hall, decision: Register) -> Window | None:
        """The first-question window; a complaint goes to the window for complaints."""
        if decision.kind == "complaint" and hall.complaints and hall.complaints.window:
            return hall.window(hall.complaints.window)
        return hall.window(hall.lead_window)

    def _which_matter(self, say: Wording, hall: Hall, about: tuple[str, ...]) -> Said:
        known = [intent for intent in about if intent in ANSWERS and intent != "overview"]
        if known:
            what = say.joined(say(f"what_{intent}") for intent in known)
            line = say("which_matter_about", what=what)
        else:
            line = say("which_matter")
        return Said(Outcome.CHOOSE, [line], about=about, next=self.menu(say))

    def _choice(self, say: Wording, topic: Topic, about: Iterable[str], several: bool) -> Choice:
        asked = "+".join(about) or "overview"
        return Choice(
            key=f"{topic.key}:{asked}"[:64],
            label=self._label(say, topic, several),
            topic=topic.id,
            case=topic.case,
        )

    def _label(self, say: Wording, topic: Topic, several: bool) -> str:
        if isinstance(topic.item, Window):
            label = say.window(topic.item)
        elif isinstance(topic.item, Case) and topic.service:
            label = say(
                "case_of",
                service=say.text(topic.service.name),
                case=say.text(topic.item.name),
            )
        else:
            label = topic.name(say.language)
        return say("choose_hall", topic=label, hall=say.text(topic.hall.name)) if several else label

    def subject(self, topic: Topic, at: datetime, say: Wording) -> Subject:
        """A service or a case of it as it counts on the day of the question."""
        service, office = topic.service, topic.office
        if service is None or office is None:
            raise TypeError(topic.label)
        calendar = self.calendar(topic.hall)
        case = topic.item if isinstance(topic.item, Case) else None
        facts = service.facts(calendar.local(at).date(), topic.case)
        name = say.text(service.name)
        if case:
            name = say("case_of", service=name, case=say.text(case.name))
        return Subject(
            hall=topic.hall, office=office, service=facts, case=case, calendar=calendar, name=name
        )

    def _tell_service(self, say: Wording, topic: Topic, about: tuple[str, ...]) -> Said:
        subject = self.subject(topic, say.at, say)
        cases = [self.subject(case, say.at, say) for case in self._cases(topic)]
        intents = [intent for intent in about if intent in (*ANSWERS, "notice")] or ["overview"]
        lines = self._first(say, subject)
        lines += self._asked(say, subject, cases, intents)
        if "place" not in intents and "notice" not in intents:
            lines.append(window_line(say, subject))
        apart = cases and any(differs(say, cases, each) for each in intents if each in ANSWERS)
        choices = self._case_choices(say, topic, intents) if apart else ()
        if choices:
            lines.append(say("which_case"))
            lines += [f"{n}. {choice.label}" for n, choice in enumerate(choices, 1)]
        lines += self._checked(say, subject)
        return Said(
            Outcome.ANSWERED,
            [line for line in lines if line is not None],
            topic=topic,
            about=tuple("overview" if each == "notice" else each for each in intents),
            window=subject.window.number if subject.window else None,
            choices=choices,
            next=self._next(say, topic, subject, intents),
            offered=tuple(self._cases(topic)) if choices else (),
        )

    def _cases(self, topic: Topic) -> list[Topic]:
        return [] if topic.case else self._topics.cases(topic)

    def _first(self, say: Wording, subject: Subject) -> list[str]:
        """What is told before the answer: alerts, and that a service is not done now."""
        service = subject.service
        today = subject.calendar.local(say.at).date()
        lines = []
        if service.status != "active":
            lines.append(say(service.status, topic=say.quoted(subject.name)))
        lines += [
            say("alert", text=say.text(each.text)) for each in service.alert if each.counts(today)
        ]
        return lines

    def _asked(
        self, say: Wording, subject: Subject, cases: Sequence[Subject], intents: Sequence[str]
    ) -> list[str]:
        lines: list[str] = []
        for intent in intents:
            if intent == "notice":
                lines += notice(say, subject, cases)
                continue
            told = answer_lines(say, subject, cases, intent)
            lines += told or missing(say, subject, intent)
        for intent in dict.fromkeys(
            other for each in intents for other in COMPANIONS.get(each, ())
        ):
            if intent not in intents and "notice" not in intents:
                lines += answer_lines(say, subject, cases, intent)
        return lines

    def _checked(self, say: Wording, subject: Subject) -> list[str]:
        service = subject.service
        if service.review_by and service.review_by < subject.calendar.local(say.at).date():
            return [say("review_due")]
        return [say("verified", date=say.date(service.verified_on))] if service.verified_on else []

    def _case_choices(
        self, say: Wording, topic: Topic, intents: Sequence[str]
    ) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                key=f"{case.key}:{'+'.join(intents)}"[:64],
                label=say.text(case.item.name) if isinstance(case.item, Case) else "",
                topic=case.id,
                case=case.case,
            )
            for case in self._topics.cases(topic)
        )

    def _next(
        self, say: Wording, topic: Topic, subject: Subject, intents: Sequence[str]
    ) -> tuple[Choice, ...]:
        told = {*intents, *(("materials", "fee", "duration") if "overview" in intents else ())}
        open_ = [each for each in NEXT if each not in told and ANSWERS[each](say, subject)][:4]
        if "notice" not in intents:
            open_.append("notice")
        return tuple(
            Choice(
                key=f"{topic.key}:{intent}",
                label=say(f"next_{intent}"),
                topic=topic.id,
                case=topic.case,
                about=intent,
            )
            for intent in open_
        )

    def _tell_elsewhere(self, say: Wording, topic: Topic, about: tuple[str, ...]) -> Said:
        matter = topic.item
        if not isinstance(matter, Elsewhere):
            raise TypeError(topic.label)
        other = next((hall for hall in self._topics.halls if hall.id == matter.hall), None)
        lines = elsewhere_lines(say, topic.hall, matter, about, other)
        return Said(Outcome.REFERRED, lines, topic=topic, about=about or ("overview",))

    def _tell_journey(self, say: Wording, topic: Topic, about: tuple[str, ...]) -> Said:
        journey = topic.item
        if not isinstance(journey, Journey):
            raise TypeError(topic.label)
        steps = [self._topics.within(topic.hall, step.topic) for step in journey.steps]
        lines = journey_lines(say, topic.hall, journey, steps, about)
        return Said(
            Outcome.ANSWERED,
            lines,
            topic=topic,
            about=about or ("overview",),
            window=journey.lead or topic.hall.lead_window,
            next=tuple(
                self._choice(say, step, ("overview",), several=False) for step in steps if step
            ),
        )

    def _tell_window(self, say: Wording, topic: Topic, about: tuple[str, ...]) -> Said:
        window = topic.item
        if not isinstance(window, Window):
            raise TypeError(topic.label)
        lines = places.window(say, topic.hall, self.calendar(topic.hall), window)
        return Said(
            Outcome.ANSWERED, lines, topic=topic, about=("window_info",), window=window.number
        )

    def _tell_office(self, say: Wording, topic: Topic, about: tuple[str, ...]) -> Said:
        office = topic.item
        if not isinstance(office, Office):
            raise TypeError(topic.label)
        lines = places.office(say, topic.hall, self.calendar(topic.hall), office)
        window = next(iter(windows_of(topic.hall, office)), None)
        place = (
            self._topics.within(topic.hall, f"window/{window.number}") if window else None
        ) or topic
        return Said(
            Outcome.ANSWERED,
            lines,
            topic=place,
            about=("window_info",),
            window=window.number if window else None,
        )

    def _tell_station(self, say: Wording, topic: Topic, about: tuple[str, ...]) -> Said:
        station = topic.item
        if not isinstance(station, Station):
            raise TypeError(topic.label)
        found = (self._topics.within(topic.hall, label) for label in station.services)
        names = [each.name(say.language) for each in found if each]
        lines = places.station(say, topic.hall, station, names)
        return Said(Outcome.ANSWERED, lines, about=("nearest",))


Telling = Callable[[Composer, Wording, Topic, tuple[str, ...]], Said]

_TELLING: dict[type, Telling] = {
    Service: Composer._tell_service,  # noqa: SLF001 - the table of this class's own methods
    Case: Composer._tell_service,  # noqa: SLF001
    Elsewhere: Composer._tell_elsewhere,  # noqa: SLF001
    Journey: Composer._tell_journey,  # noqa: SLF001
    Window: Composer._tell_window,  # noqa: SLF001
    Office: Composer._tell_office,  # noqa: SLF001
    Station: Composer._tell_station,  # noqa: SLF001
}
