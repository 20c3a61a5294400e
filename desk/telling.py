"""Telling: what is said about a topic, by the kind of topic it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from desk import fast_lane, places
from desk.answers import (
    ANSWERS,
    COMPANIONS,
    IN_OVERVIEW,
    Subject,
    missing,
    open_instead,
    window_line,
)
from desk.asked import OVERVIEW
from desk.by_case import answer_lines, apart, window_lines
from desk.decision import NextStep, Tell
from desk.elsewhere import elsewhere_lines
from desk.following import UNTOLD
from desk.journeys import (
    in_all,
    journey_lines,
    lead_line,
    step_ends,
    step_lines,
    step_name,
)
from desk.message import Choice, Outcome
from desk.notice import notice
from desk.ranking import PLACES
from desk.said import Said
from desk.topics import Topic, Topics
from desk.wording import Wording
from facts.calendar import Calendar
from facts.counts import windows_of
from facts.model import Case, Elsewhere, Faq, Hall, Journey, Office, Station, Window
from intents.signals import Sign

NEXT = ("materials", "place", "fee", "duration", "proxy", "online")
"""What people often ask next; the first four that were not told are offered."""
NOTICE, NEAREST = "notice", "nearest"
TOLD = frozenset({*ANSWERS, NOTICE, NEAREST, *UNTOLD})
"""What can be told of a topic."""
AS_OVERVIEW = {NOTICE: "overview", UNTOLD[0]: "overview"}
"""What the contract has no word for is told as an overview."""
STEP_ON = "about:next_step"
"""The key of the button that goes on to the next step of a journey."""
STEP_TELLS = ("materials", "place")
"""What is told of a step when it is its turn."""
TOLD_OF_WHOLE = ("overview", "materials", "checklist", "steps", "place", "hours", "contact")
"""What is told of a journey as a whole, not step by step."""


def choice(say: Wording, topic: Topic, about: Iterable[str], *, with_hall: bool = False) -> Choice:
    """A topic to press, with what had been asked about it."""
    asked = "+".join(about) or OVERVIEW[0]
    label = _label(say, topic)
    if with_hall:
        label = say("choose_hall", topic=label, hall=say.text(topic.hall.name))
    return Choice(key=f"{topic.key}:{asked}"[:64], label=label, topic=topic.id, case=topic.case)


class Teller:
    """Tells of topics from the guides of the halls."""

    def __init__(self, topics: Topics, calendars: dict[str, Calendar]) -> None:
        self._topics = topics
        self._calendars = calendars

    def tell(self, say: Wording, decision: Tell) -> Said:
        """What is said about the decision's topic."""
        said = self._said(say, decision.topic, decision.about or OVERVIEW, decision.told)
        if decision.faq:
            self._answer_as_written(say, said, decision.topic, decision.faq)
        said.hall = decision.topic.hall
        said.confidence = decision.confidence
        return said

    def next_step(self, say: Wording, decision: NextStep) -> Said:
        """One step of a journey: where, and what to bring; behind the last, that all were told."""
        topic, number = decision.journey, decision.number
        journey = topic.item
        if not isinstance(journey, Journey):
            raise TypeError(topic.label)
        steps = [self._topics.within(topic.hall, step.topic) for step in journey.steps]
        places = [n for n, step in enumerate(steps, 1) if step and n >= number]
        number = next(iter(places), len(steps) + 1)
        step = steps[number - 1] if places else None
        told = self._said(say, step, STEP_TELLS, ()) if step else None
        lines = step_lines(say, topic.hall, journey, step, number)
        return Said(
            outcome=told.outcome if told else Outcome.ANSWERED,
            lines=[*lines, *(told.lines if told else ()), *step_ends(say, journey, number)],
            topic=step or topic,
            about=("steps",),
            window=told.window if told else journey.lead or topic.hall.lead_window,
            next=(*((_step_on(say),) if number < len(steps) else ()), *(told.next if told else ())),
            choices=told.choices if told else (),
            offered=told.offered if told else (),
            confidence=1.0,
            hall=topic.hall,
        )

    def fast_lane(self, say: Wording, decision: Tell, signs: Sequence[Sign]) -> list[str]:
        """The fast lane of what is told, else whom to call and the window that leads."""
        topic = decision.topic
        kinds = fast_lane.wanted(signs, topic)
        if not kinds or topic.kind in PLACES:
            return []
        subject = self._subject(say, topic) if topic.service else None
        cases = [self._subject(say, case) for case in self._topics.cases(topic)]
        if subject and (lane := fast_lane.lane(say, cases or [subject], kinds)):
            return lane
        if subject and "urgent" in decision.about:
            return []
        phone = subject.phone if subject else None
        return fast_lane.by_phone(say, topic.hall, topic, phone, kinds)

    def day(self, say: Wording, hall: Hall) -> date:
        """The day on the hall's clock."""
        return self._calendars[hall.id].local(say.at).date()

    def _answer_as_written(self, say: Wording, said: Said, topic: Topic, faq: Faq) -> None:
        """The editors' own answer in place of the facts; the window stays."""
        subject = self._subject(say, topic)
        said.lines = [say.text(faq.answer) + say("full_stop"), window_line(say, subject)]
        said.choices, said.offered = (), ()

    def _said(
        self, say: Wording, topic: Topic, about: tuple[str, ...], told: tuple[str, ...]
    ) -> Said:
        match topic.item:
            case Elsewhere():
                return self._elsewhere(say, topic, topic.item, about, told)
            case Journey():
                return self._journey(say, topic, topic.item, about, told)
            case Window():
                return self._window(say, topic, topic.item)
            case Office():
                return self._office(say, topic, topic.item)
            case Station():
                return self._station(say, topic, topic.item)
            case _:
                return self._service(say, topic, about, told)

    def _service(
        self, say: Wording, topic: Topic, about: tuple[str, ...], told: tuple[str, ...]
    ) -> Said:
        subject = self._subject(say, topic)
        cases = [] if topic.case else self._topics.cases(topic)
        subjects = [self._subject(say, case) for case in cases]
        intents = [each for each in about if each in TOLD] or list(OVERVIEW)
        ask = subject.service.status != "cancelled" and any(
            each in ANSWERS and apart(say, subject, subjects, each) for each in intents
        )
        offered = tuple(cases) if ask else ()
        choices = tuple(_case_choice(say, case, intents) for case in offered)
        cancelled = subject.service.status == "cancelled"
        lines = [
            *_before(say, subject),
            *([] if cancelled else told or _told(say, topic, subject, subjects, intents)),
            *_where(say, subject, subjects, intents),
            *_which_case(say, choices),
            *_checked(say, subject),
        ]
        untold = not cancelled and not any(
            _is_told(say, topic, subject, subjects, each) for each in intents
        )
        return Said(
            outcome=Outcome.LED if untold else Outcome.ANSWERED,
            lines=lines,
            topic=topic,
            about=tuple(dict.fromkeys(AS_OVERVIEW.get(intent, intent) for intent in intents)),
            window=subject.window.number if subject.window else None,
            choices=choices,
            next=_next(say, topic, subject, intents),
            offered=offered,
        )

    def _subject(self, say: Wording, topic: Topic) -> Subject:
        """A service or a case of it as it counts on the day of the question."""
        service, office = topic.service, topic.office
        if service is None or office is None:
            raise TypeError(topic.label)
        calendar = self._calendars[topic.hall.id]
        return Subject(
            hall=topic.hall,
            office=office,
            service=service.facts(calendar.local(say.at).date(), topic.case),
            case=topic.item if isinstance(topic.item, Case) else None,
            calendar=calendar,
            name=_label(say, topic),
        )

    def _elsewhere(
        self,
        say: Wording,
        topic: Topic,
        matter: Elsewhere,
        about: tuple[str, ...],
        told: tuple[str, ...],
    ) -> Said:
        other = next((hall for hall in self._topics.halls if hall.id == matter.hall), None)
        if told:
            matter = replace(matter, bring=())
        lines = [*told, *elsewhere_lines(say, topic.hall, matter, about, other)]
        return Said(outcome=Outcome.REFERRED, lines=lines, topic=topic, about=about)

    def _journey(
        self,
        say: Wording,
        topic: Topic,
        journey: Journey,
        about: tuple[str, ...],
        told: tuple[str, ...],
    ) -> Said:
        steps = [self._topics.within(topic.hall, step.topic) for step in journey.steps]
        today = self._calendars[topic.hall.id].local(say.at).date()
        lines = journey_lines(say, topic.hall, journey, steps, about)
        first = in_all(say, journey, steps, today) if "duration" in about else []
        if told:
            lines = [*told, *lead_line(say, topic.hall, journey)]
        return Said(
            outcome=Outcome.ANSWERED,
            lines=[*first, *self._of_steps(say, steps, about), *lines],
            topic=topic,
            about=about,
            window=journey.lead or topic.hall.lead_window,
            next=(_step_on(say), *(choice(say, step, OVERVIEW) for step in steps if step)),
        )

    def _of_steps(
        self, say: Wording, steps: Iterable[Topic | None], about: Iterable[str]
    ) -> list[str]:
        """What was asked of a journey, told of each of its services."""
        services = [step for step in steps if step and step.service]
        lines = []
        for intent in (each for each in about if each in ANSWERS and each not in TOLD_OF_WHOLE):
            for step in services:
                subject = self._subject(say, step)
                unnamed = replace(subject, name="", starts_now=False)
                told = ANSWERS[intent](say, unnamed) or [say("ask_window")]
                lines.append("· " + say("case_line", case=subject.name, text=" ".join(told)))
        return lines

    def _window(self, say: Wording, topic: Topic, window: Window) -> Said:
        return Said(
            outcome=Outcome.LED,
            lines=places.window(say, topic.hall, self._calendars[topic.hall.id], window),
            topic=topic,
            about=("window_info",),
            window=window.number,
        )

    def _office(self, say: Wording, topic: Topic, office: Office) -> Said:
        window = next(iter(windows_of(topic.hall, office)), None)
        found = self._topics.within(topic.hall, f"window/{window.number}") if window else None
        return Said(
            outcome=Outcome.LED,
            lines=places.office(say, topic.hall, self._calendars[topic.hall.id], office),
            topic=found,
            about=("window_info",),
            window=window.number if window else None,
        )

    def _station(self, say: Wording, topic: Topic, station: Station) -> Said:
        found = (self._topics.within(topic.hall, label) for label in station.services)
        names = [each.name(say.language) for each in found if each]
        lines = places.station(say, self._calendars[topic.hall.id], station, names)
        return Said(outcome=Outcome.LED, lines=lines, about=("nearest",))


def _step_on(say: Wording) -> Choice:
    return Choice(key=STEP_ON, label=say("next_step"), about="steps")


def _label(say: Wording, topic: Topic) -> str:
    return say.window(topic.item) if isinstance(topic.item, Window) else step_name(say, topic)


def _case_choice(say: Wording, case: Topic, intents: Iterable[str]) -> Choice:
    label = say.text(case.item.name) if isinstance(case.item, Case) else ""
    key = f"{case.key}:{'+'.join(intents)}"[:64]
    return Choice(key=key, label=label, topic=case.id, case=case.case)


def _before(say: Wording, subject: Subject) -> list[str]:
    """What stands before the answer: that a service is not done now, and alerts."""
    service = subject.service
    today = subject.calendar.local(say.at).date()
    lines = [say("alert", text=say.text(each.text)) for each in service.alert if each.counts(today)]
    if service.status != "active":
        lines.insert(0, say(service.status, topic=subject.name))
    return lines


def _told(
    say: Wording,
    topic: Topic,
    subject: Subject,
    cases: Sequence[Subject],
    intents: Sequence[str],
) -> list[str]:
    lines: list[str] = []
    for intent in intents:
        if intent == NOTICE:
            lines += notice(say, subject, cases)
        elif intent in UNTOLD:
            lines += missing(say, subject, "untold")
        elif intent == NEAREST:
            lines += places.nearer(say, subject.hall, topic, subject.calendar)
        else:
            told = answer_lines(say, subject, cases, intent)
            lines += told or missing(say, subject, intent)
    for intent in dict.fromkeys(each for i in intents for each in COMPANIONS.get(i, ())):
        if not {intent, NOTICE} & set(intents) and not apart(say, subject, cases, intent):
            lines += answer_lines(say, subject, cases, intent)
    return lines


def _is_told(
    say: Wording, topic: Topic, subject: Subject, cases: Sequence[Subject], intent: str
) -> bool:
    """Whether the guide tells what is asked, so that nobody is led to the window for it."""
    if intent in UNTOLD:
        return False
    if intent == NEAREST:
        return bool(places.stations_of(subject.hall, topic))
    # The date of a term need not be counted for this.
    every = [replace(each, starts_now=False) for each in (subject, *cases)]
    if intent == "urgent":  # its answer is never empty: it may be that there is no fast lane
        limits = [each.service.time_limit for each in every]
        ways = [each.service.urgent or each.service.green_channel for each in every]
        return any(ways) or any(each.urgent for each in limits if each)
    return intent == NOTICE or any(ANSWERS[intent](say, each) for each in every)


def _where(
    say: Wording, subject: Subject, cases: Sequence[Subject], intents: Sequence[str]
) -> list[str]:
    """The window, unless it was told already or there is nothing to be done there."""
    if NOTICE in intents or subject.service.status == "cancelled":
        return []
    if "place" in intents:
        return open_instead(say, subject)
    if "hours" in intents:
        return [window_line(say, subject, with_hours=False)]
    return [*window_lines(say, subject, cases), *open_instead(say, subject)]


def _which_case(say: Wording, choices: Sequence[Choice]) -> list[str]:
    if not choices:
        return []
    return [
        say("which_case"),
        *(say("choose_line", n=n, label=each.label) for n, each in enumerate(choices, 1)),
    ]


def _checked(say: Wording, subject: Subject) -> list[str]:
    """When the facts were checked, or that they are due for a check."""
    service = subject.service
    if service.review_by and service.review_by < subject.calendar.local(say.at).date():
        return [say("review_due")]
    return [say("verified", date=say.date(service.verified_on))] if service.verified_on else []


def _next(
    say: Wording, topic: Topic, subject: Subject, intents: Sequence[str]
) -> tuple[Choice, ...]:
    told = {*intents, *(each for intent in intents for each in COMPANIONS.get(intent, ()))}
    told |= {*IN_OVERVIEW, "place"} if OVERVIEW[0] in intents else set()
    if NOTICE in told:
        return ()
    undated = replace(subject, starts_now=False)
    untold = [each for each in NEXT if each not in told and ANSWERS[each](say, undated)]
    return tuple(
        Choice(
            key=f"{topic.key}:{intent}",
            label=say(f"next_{intent}"),
            topic=topic.id,
            case=topic.case,
            about=intent,
        )
        for intent in (*untold[:4], NOTICE)
    )
