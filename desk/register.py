"""The register: how every question of a day ended, and who is responsible for what was taken down.

It proves duty Q9: no question is without an ending, and nothing that was taken down is without a
responsible window, a term and a state. What lacks one of these is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from desk.message import Outcome
from desk.receipts.categories import CATEGORIES, category_of
from desk.receipts.terms import COMPLAINT, Terms
from desk.texts import Texts
from desk.wording import Wording
from facts.calendar import Calendar
from facts.model import Duration, Hall
from ledger.records import OPEN, STATES, Entry, Ledger, Receipt

TEXTS = Texts(Path(__file__).parent / "texts")
A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
QUOTED = 40
"""Characters of a question that the register quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One hall's register of a day, seen at a moment: its questions, the receipts taken down on
    that day, and the earlier ones that were open still."""

    hall: Hall
    day: date
    at: datetime
    turns: Sequence[Entry]
    taken_down: Sequence[Receipt]
    earlier: Sequence[Receipt]

    def lacks(self, receipt: Receipt) -> list[str]:
        """What a receipt lacks of `window`, `term` and `state`."""
        has = {
            "window": self.hall.window(receipt.window) is not None,
            "term": receipt.due is not None
            or receipt.state not in OPEN
            or receipt.remind_at is not None
            or receipt.reminders > 0,
            "state": receipt.state in STATES,
        }
        return [name for name, there in has.items() if not there]

    @property
    def without_ending(self) -> list[Entry]:
        """The questions that have none of the named endings, or should have a receipt and do
        not."""
        return [each for each in self.turns if not _has_ending(each)]

    @property
    def whole(self) -> bool:
        """Whether nothing lacks an ending, a window, a term or a state."""
        receipts = (*self.taken_down, *self.earlier)
        return not self.without_ending and not any(map(self.lacks, receipts))

    def late(self, receipt: Receipt) -> bool:
        """Whether a receipt was not answered in its term."""
        return receipt.due is not None and receipt.due < (receipt.closed_at or self.at)


def registers(
    halls: Sequence[Hall], ledger: Ledger, at: datetime, day: date | None = None
) -> Iterator[Register]:
    """The register of each hall for a day (without one, today on the hall's clock).

    Raises `LedgerError`.
    """
    known = {hall.id for hall in halls}
    receipts = ledger.receipts(STATES)
    for hall in halls:
        calendar = Calendar(hall)
        wanted = day or calendar.local(at).date()
        since = datetime.combine(wanted, time(), calendar.zone)
        until = datetime.combine(wanted + A_DAY, time(), calendar.zone)

        def own(each: Entry | Receipt, hall: Hall = hall) -> bool:
            return each.hall == hall.id or (hall is halls[0] and each.hall not in known)

        mine = [each for each in receipts if own(each)]
        yield Register(
            hall=hall,
            day=wanted,
            at=at,
            turns=[each for each in ledger.turns(since, until) if own(each)],
            taken_down=[each for each in mine if since <= each.at < until],
            earlier=[
                each
                for each in mine
                if each.at < since and (each.closed_at is None or each.closed_at >= since)
            ],
        )


def lines(register: Register, language: str) -> Iterator[str]:
    """The register in words, for the head of the hall."""
    say = Wording(TEXTS, language if language in TEXTS else "en", register.at)
    hall = say.text(register.hall.name)
    yield say("register_title", hall=hall, date=say.date(register.day))
    counts = Counter(each.outcome for each in register.turns if _has_ending(each))
    told = [say("register_count", what=say(f"ending_{each}"), n=counts[each]) for each in Outcome]
    none = say("register_count", what=say("ending_none"), n=len(register.without_ending))
    yield say("register_questions", n=len(register.turns), list=say.joined([*told, none]))
    for each in register.without_ending:
        yield say("register_unended", time=_clock(register, each.at), text=_short(each.text))
    for key, receipts in (("today", register.taken_down), ("earlier", register.earlier)):
        if receipts or key == "today":
            yield ""
            yield say(f"register_{key}", n=len(receipts))
        for receipt in sorted(receipts, key=lambda each: not register.late(each)):
            yield from _receipt(say, register, receipt)
    if complaints := [each for each in register.taken_down if each.kind == COMPLAINT]:
        kinds = Counter(
            each.category if each.category in CATEGORIES else "none" for each in complaints
        )
        told = [
            say("register_count", what=say(f"category_{each}"), n=kinds[each])
            for each in (*CATEGORIES, "none")
            if kinds[each]
        ]
        yield ""
        yield say("register_complaints", n=len(complaints), list=say.joined(told))
    yield ""
    yield say("register_whole" if register.whole else "register_lacking")


def _receipt(say: Wording, register: Register, receipt: Receipt) -> Iterator[str]:
    hall, calendar = register.hall, Calendar(register.hall)
    window = hall.window(receipt.window)
    if receipt.due:
        term = say("register_by", when=say.moment(calendar.local(receipt.due)))
    else:
        within = Terms({hall.id: calendar}).of(hall, receipt.kind, receipt.at).within
        term = say("register_within", within=say.duration(within))
    known = receipt.state if receipt.state in STATES else "unknown"
    parts = (
        receipt.number,
        _kind(say, receipt),
        say.window(window) if window else say.text(hall.name),
        term,
        say(f"state_{known}"),
        say("card_taker", text=receipt.taker) if receipt.taker else "",
        say("register_age", age=_age(say, (receipt.closed_at or register.at) - receipt.at)),
    )
    mark = say("register_late") if register.late(receipt) else ""
    yield f"· {mark}" + say("register_between").join(filter(None, parts))
    yield f"  {_short(receipt.text)}"
    for lack in register.lacks(receipt):
        yield "  " + say(f"register_lacks_{lack}")


def _kind(say: Wording, receipt: Receipt) -> str:
    category = category_of(say, receipt)
    return say(f"kind_{receipt.kind}") + (say("in_brackets", text=category) if category else "")


def _has_ending(entry: Entry) -> bool:
    registered = entry.outcome == Outcome.REGISTERED
    return entry.outcome in set(Outcome) and (entry.receipt is not None or not registered)


def _age(say: Wording, age: timedelta) -> str:
    if age >= A_DAY:
        return say.duration(Duration(age // A_DAY, "days"))
    if age < AN_HOUR:
        return say("register_new")
    return say.duration(Duration(age // AN_HOUR, "hours"))


def _clock(register: Register, at: datetime) -> str:
    return f"{Calendar(register.hall).local(at):%H:%M}"


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= QUOTED else one[:QUOTED] + "…"
