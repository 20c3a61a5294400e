"""Handling: what clerks do with a receipt. Of several who try the same at once, one succeeds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from desk.mask import mask
from desk.receipts.cards import Card, Done
from desk.receipts.contacts import Contacts
from desk.receipts.letters import Letters
from desk.receipts.terms import GRIEVANCES, Terms
from facts.model import Hall, Window
from ledger.records import OPEN, Event, Ledger, Notice, Rating, Receipt

EARLIER = 4
"""Turns of the conversation that are looked at for a card."""
NOT_TAKEN = ("open", "reopened")


class Handling:
    """What the people behind the desk see and do. Every method may raise `LedgerError`.

    `current` gives the letters and terms of the guides that count now.
    """

    def __init__(
        self,
        ledger: Ledger,
        current: Callable[[], tuple[Letters, Terms]],
        clock: Callable[[], datetime],
        contacts: Contacts,
    ) -> None:
        self._ledger = ledger
        self._current = current
        self._clock = clock
        self._contacts = contacts
        self._language: str | None = None

    @property
    def _letters(self) -> Letters:
        return self._current()[0]

    @property
    def _terms(self) -> Terms:
        return self._current()[1]

    def speaking(self, language: str) -> Self:
        """The same in another language; else each hall's first language is spoken."""
        found = copy(self)
        found._language = language
        return found

    def cards(self, windows: Mapping[str, Sequence[str]] | None = None) -> list[Card]:
        """The receipts that somebody still has to answer, those due first first.

        `windows` are the numbers of the windows wanted, by hall; all without it.
        """
        receipts = self._ledger.receipts()
        return [
            self._card(each)
            for each in receipts
            if windows is None or each.window in windows.get(each.hall, ())
        ]

    def card(self, number: str) -> Card | None:
        """One receipt, in whatever state."""
        found = self._ledger.receipt(number)
        return self._card(found) if found else None

    def take(self, number: str, who: str) -> Done:
        """Somebody deals with it from now on; the citizen is told by which window."""
        return self._do(number, who, "taken", {"state": "taken", "taker": who}, NOT_TAKEN)

    def pass_on(self, number: str, who: str, window: str, reason: str) -> Done:
        """Another window deals with it, and why; nobody has taken it there yet."""
        found = self._ledger.receipt(number)
        if found is None:
            return self._told("receipt_missing")
        hall = self._letters.hall(found)
        target = hall.window(window)
        if target is None or not reason.strip():
            key = "window_missing" if target is None else "reason_missing"
            return self._told(key, found, windows=_numbers(hall))
        if target.number == found.window:
            return self._told("window_same", found)
        if found.kind in GRIEVANCES and target.number == found.about:
            return self._told("window_complained", found)
        values = {"window": target.number, "state": "open", "taker": None}
        return self._do(number, who, "passed", values, OPEN, text=mask(_clause(reason)))

    def answer(self, number: str, who: str, text: str) -> Done:
        """The answer goes to the citizen, who is asked whether it settles the question."""
        if not text.strip():
            return self._told("answer_missing")
        return self._do(number, who, "answered", _answered(who), OPEN, text=text.strip())

    def not_ours(self, number: str, who: str, authority: str, basis: str | None = None) -> Done:
        """It belongs to another authority, which is named to the citizen with the rule that says
        so (duty Q13): that is the answer. Without `basis` it stands in the text, behind its word.
        """
        if self._ledger.receipt(number) is None:
            return self._told("receipt_missing")
        authority, basis = self._based(authority, basis)
        if not authority or not basis:
            return self._told("basis_missing" if authority else "authority_missing")
        values = _answered(who)
        return self._do(number, who, "not_ours", values, OPEN, text=authority, basis=basis)

    def refuse(self, number: str, who: str, reason: str, basis: str | None = None) -> Done:
        """It cannot be done, or a complaint is not accepted: why, by which rule, and what one can
        do against it (duty Q13). A complaint is refused for one of the fixed reasons alone."""
        found = self._ledger.receipt(number)
        if found is None:
            return self._told("receipt_missing")
        reason, basis = self._based(reason, basis)
        if found.kind in GRIEVANCES:
            listed = self._letters.listed_reason(found, reason)
            if listed is None:
                return self._told("reason_unlisted", found, reasons=self._listed(found))
            reason = listed
        if not reason or not basis:
            return self._told("basis_missing" if reason else "reason_missing", found)
        return self._do(number, who, "refused", _answered(who), OPEN, text=reason, basis=basis)

    def reasons(self, number: str) -> Mapping[str, str]:
        """The fixed reasons for which this may be refused, in words; none where any counts."""
        found = self._ledger.receipt(number)
        if found is None or found.kind not in GRIEVANCES:
            return {}
        language = self._language or self._letters.hall(found).languages[0]
        return self._letters.reasons(language, self._clock())

    def _listed(self, receipt: Receipt) -> str:
        told = self.reasons(receipt.number).values()
        return "\n".join(f"{place}. {each}" for place, each in enumerate(told, 1))

    def _based(self, text: str, basis: str | None) -> tuple[str, str]:
        """What is said, and the rule it rests on."""
        if basis is None:
            text, basis = self._letters.parted_at_basis(text)
        else:
            before, behind = self._letters.parted_at_basis(basis)
            basis = behind or before
        return _clause(text), _clause(basis)

    def extend(self, number: str, who: str, due: datetime, reason: str) -> Done:
        """A later end of the term, with a reason, told before the old one has passed (duty L4)."""
        found = self._ledger.receipt(number)
        if found is None:
            return self._told("receipt_missing")
        now = self._clock()
        late = found.due is not None and found.due <= now
        if not reason.strip() or late or due <= (found.due or now):
            key = "extension_late" if late else "extension_earlier"
            return self._told(key if reason.strip() else "reason_missing", found)
        hall = self._letters.hall(found)
        values = {"due": due, "remind_at": self._terms.half(hall, now, due), "reminders": 0}
        return self._do(number, who, "extended", values, OPEN, text=_clause(reason), due=due)

    def extend_to(self, number: str, who: str, day: date, reason: str) -> Done:
        """A later end of the term: when the hall closes on this day."""
        found = self._ledger.receipt(number)
        if found is None:
            return self._told("receipt_missing")
        return self.extend(number, who, self._terms.closing(self._letters.hall(found), day), reason)

    def ratings(self, days: int, halls: Collection[str] | None = None) -> list[Rating]:
        """What citizens thought of the last days, in these halls or in all."""
        at = self._clock()
        found = self._ledger.ratings(at - timedelta(days=days), at)
        return [each for each in found if halls is None or each.hall in halls]

    def told(self, key: str, number: str | None = None, **values: object) -> Done:
        """A word to the clerk about something that was not done."""
        return self._told(key, self._ledger.receipt(number) if number else None, **values)

    def windows(self, number: str) -> Sequence[Window]:
        """The windows that a receipt can be passed on to."""
        found = self._ledger.receipt(number)
        if found is None:
            return ()
        every = self._letters.hall(found).windows
        return [each for each in every if each.number not in (found.window, found.about)]

    def _do(
        self,
        number: str,
        who: str,
        kind: str,
        values: Mapping[str, Any],
        states: Sequence[str],
        *,
        text: str | None = None,
        due: datetime | None = None,
        basis: str | None = None,
    ) -> Done:
        before = self._ledger.receipt(number)
        if before is None:
            return self._told("receipt_missing")
        at = self._clock()
        after = replace(before, **values)
        event = Event(
            receipt=number,
            at=at,
            kind=kind,
            by=who,
            window=after.window,
            text=text,
            due=due,
            basis=basis,
        )
        notices = self._letters.to_citizen(after, kind, at, text=text or "", basis=basis or "")
        if kind == "passed":
            notices += self._to_window(after, at, text or "")
        if not self._ledger.change(number, states, values, event, notices):
            now = self._ledger.receipt(number) or before
            key = "too_late_taken" if now.state == "taken" else "too_late_answered"
            return self._told(key, now, taker=now.taker or "")
        return Done(True, self._word(kind if after.session else "unnamed", after))

    def _to_window(self, receipt: Receipt, at: datetime, reason: str) -> list[Notice]:
        turns = self._ledger.turns_of(receipt.session, EARLIER) if receipt.session else ()
        return self._letters.to_staff(receipt, "passed", at, turns, reason=reason)

    def _card(self, receipt: Receipt) -> Card:
        hall = self._letters.hall(receipt)
        at = self._clock()
        say = self._letters.say(self._language or hall.languages[0], at)
        turns = self._ledger.turns_of(receipt.session, EARLIER) if receipt.session else ()
        events = self._ledger.events(receipt.number)
        open_ = receipt.state in OPEN
        return Card(
            receipt=receipt,
            hall=hall,
            late=open_ and receipt.due is not None and receipt.due < at,
            lines=tuple(self._letters.card(say, receipt, turns)),
            facts=self._letters.facts(say, receipt, turns),
            left=receipt.due - at if receipt.due else None,
            phone=self._contacts.find(receipt.number),
            history=tuple(self._letters.history(say, receipt, events, to="clerk_event")),
            actions=self._letters.actions(say, receipt) if open_ else (),
            reasons=self._letters.reasons(say.language, at) if receipt.kind in GRIEVANCES else {},
        )

    def _told(self, key: str, receipt: Receipt | None = None, **values: object) -> Done:
        return Done(False, self._word(key, receipt, **values))

    def _word(self, key: str, receipt: Receipt | None, **values: object) -> str:
        if receipt is None:
            language = self._language or self._letters.language
            return self._letters.say(language, self._clock())(f"clerk_{key}", **values)
        hall = self._letters.hall(receipt)
        say = self._letters.say(self._language or hall.languages[0], self._clock())
        window = hall.window(receipt.window)
        told = say.window(window) if window else say.text(hall.name)
        return say(f"clerk_{key}", number=receipt.number, window=told, **values)


def _clause(text: str) -> str:
    """What a clerk writes, to stand within a sentence: without a stop of its own."""
    return text.strip().rstrip("。.；;!！ ")


def _numbers(hall: Hall) -> str:
    return " ".join(each.number for each in hall.windows)


def _answered(who: str) -> Mapping[str, Any]:
    return {"state": "answered", "taker": who, "remind_at": None}
