"""Figures: what the database counts of a month, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ledger_samples import ENTRY, RECEIPT

from ledger.connection import Database
from ledger.database import DatabaseLedger
from ledger.figures import Figures
from ledger.records import Entry, Event, Rating
from ledger.vain import Failed, failed

pytest_plugins = ["ledger_fixtures"]

SINCE = datetime(2026, 10, 31, 16, tzinfo=UTC)
UNTIL = datetime(2026, 11, 30, 16, tzinfo=UTC)
SPAN = ("taiping", SINCE, UNTIL)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def ledger(url: str) -> Iterator[DatabaseLedger]:
    opened = DatabaseLedger.open(url)
    yield opened
    opened.close()


@pytest.fixture
def database(url: str, ledger: DatabaseLedger) -> Iterator[Database]:
    opened = Database(url, 2.0)
    yield opened
    opened.close()


@pytest.fixture
def figures(database: Database) -> Figures:
    return Figures(database)


def take(ledger: DatabaseLedger, number: str, **values: object) -> None:
    ledger.take_down(replace(RECEIPT, number=number, **values))  # type: ignore[arg-type]


def test_turns_are_counted_by_all_that_they_are_told_apart_by(
    ledger: DatabaseLedger, figures: Figures
) -> None:
    for session in ("a", "b", "b"):
        ledger.record(replace(ENTRY, session=session))
    ledger.record(replace(ENTRY, door="telegram", outcome="talk", topic=None, window=None))
    found = figures.turns(*SPAN)
    assert {(each.door, each.outcome, each.topic, each.window): each.count for each in found} == {
        ("web", "answered", "social_card", "3"): 3,
        ("telegram", "talk", None, None): 1,
    }
    assert figures.sessions(*SPAN) == 3


@pytest.mark.parametrize(
    ("at", "counted"),
    [
        (SINCE - timedelta(microseconds=1), 0),
        (SINCE, 1),
        (UNTIL - timedelta(microseconds=1), 1),
        (UNTIL, 0),
    ],
)
def test_a_month_begins_and_ends_on_the_moment(
    ledger: DatabaseLedger, figures: Figures, at: datetime, counted: int
) -> None:
    ledger.record(replace(ENTRY, at=at))
    assert len(figures.turns(*SPAN)) == counted


def test_another_hall_and_the_erased_are_not_conversations_here(
    ledger: DatabaseLedger, figures: Figures
) -> None:
    ledger.record(replace(ENTRY, hall="elsewhere"))
    ledger.record(replace(ENTRY, session="", text=""))
    assert figures.sessions(*SPAN) == 0
    assert figures.said(*SPAN, 5, least=1) == []


def test_quarters_of_an_hour_are_told_in_utc(ledger: DatabaseLedger, figures: Figures) -> None:
    for minute in (0, 14, 15, 59):
        ledger.record(replace(ENTRY, at=datetime(2026, 11, 23, 1, minute, 59, 999999, tzinfo=UTC)))
    found = {each.at.strftime("%d %H:%M"): each.count for each in figures.quarters(*SPAN)}
    assert found == {"23 01:00": 2, "23 01:15": 1, "23 01:45": 1}


def test_what_was_asked_is_counted_by_its_intents(ledger: DatabaseLedger, figures: Figures) -> None:
    for about in (("fee",), ("fee",), ("materials", "fee"), ()):
        ledger.record(replace(ENTRY, about=about))
    assert figures.about(*SPAN) == {("fee",): 2, ("materials", "fee"): 1, (): 1}


@pytest.mark.parametrize(
    ("state", "answered", "due", "standing"),
    [
        ("answered", HOUR, 2 * HOUR, "in_time"),
        ("closed", HOUR, 2 * HOUR, "in_time"),
        ("answered", 3 * HOUR, 2 * HOUR, "late"),
        ("open", None, 2 * HOUR, "late"),
        ("taken", None, timedelta(days=300), "open"),
        ("reopened", HOUR, timedelta(days=300), "open"),
        ("open", None, None, "no_term"),
    ],
)
def test_a_receipt_stands_in_one_way(
    ledger: DatabaseLedger,
    figures: Figures,
    state: str,
    answered: timedelta | None,
    due: timedelta | None,
    standing: str,
) -> None:
    take(ledger, "AAAAA", state=state, due=due and RECEIPT.at + due)
    if answered:
        event = Event(receipt="AAAAA", at=RECEIPT.at + answered, kind="answered", by="Li")
        assert ledger.change("AAAAA", (state,), {"state": state}, event)
    [found] = figures.receipts(*SPAN, NOW)
    assert (found.standing, found.window, found.count) == (standing, "5", 1)


def test_ratings_are_counted_by_level(ledger: DatabaseLedger, figures: Figures) -> None:
    for level in (5, 5, 1):
        ledger.rate(
            Rating(at=RECEIPT.at, hall="taiping", session="s", window="3", topic="x", receipt=None,
                   level=level)
        )  # fmt: skip
    assert Counter({each.level: each.count for each in figures.ratings(*SPAN)}) == {5: 2, 1: 1}


@pytest.mark.parametrize(("sessions", "told"), [(["a", "b"], 0), (["a", "a", "b"], 0), ("abc", 1)])
def test_words_come_out_only_where_three_sessions_have_used_them(
    ledger: DatabaseLedger, figures: Figures, sessions: list[str], told: int
) -> None:
    for session in sessions:
        ledger.record(replace(ENTRY, session=session))
        ledger.record(replace(ENTRY, session=session, text="补贴", outcome="choose"))
    assert len(figures.said(*SPAN, 5)) == 2 * told
    reasons, texts = figures.vain(*SPAN, 5)
    assert reasons == {"asked_back": len(set(sessions))}
    assert [(each.text, each.sessions) for each in texts] == [("补贴", 3)] * told


ASKED_BACK = replace(ENTRY, text="补贴", outcome="choose", topic=None)
TALK = replace(ENTRY, text="谢谢", outcome="talk", topic=None)
WEAK = replace(ENTRY, confidence=0.75)


@pytest.mark.parametrize(
    ("turns", "receipt", "rating", "wanted"),
    [
        ([ENTRY], None, None, []),
        ([ASKED_BACK], None, None, [("asked_back", "补贴", None)]),
        ([ASKED_BACK, TALK], None, None, [("asked_back", "补贴", None)]),
        ([ASKED_BACK, ENTRY], None, None, []),
        ([ASKED_BACK, replace(ENTRY, outcome="led")], None, None, []),
        ([ASKED_BACK], "补贴", None, [("asked_back", "补贴", None), ("taken_down", "补贴", None)]),
        ([ENTRY], ENTRY.text, None, [("unhelpful", ENTRY.text, ENTRY.topic)]),
        ([replace(ENTRY, session="other")], ENTRY.text, None, [("taken_down", ENTRY.text, None)]),
        ([ENTRY], None, 2, [("unhelpful", ENTRY.text, ENTRY.topic)]),
        ([ENTRY], None, 3, []),
        ([WEAK], None, None, [("weak", ENTRY.text, ENTRY.topic)]),
    ],
)
def test_what_was_asked_in_vain_and_why(
    ledger: DatabaseLedger,
    database: Database,
    turns: list[Entry],
    receipt: str | None,
    rating: int | None,
    wanted: list[tuple[str, str, str | None]],
) -> None:
    for place, turn in enumerate(turns):
        ledger.record(replace(turn, at=ENTRY.at + place * HOUR))
    if receipt:
        take(ledger, "AAAAA", text=receipt, at=ENTRY.at + 5 * HOUR)
    if rating:
        at = ENTRY.at + 5 * HOUR
        ledger.rate(
            Rating(at=at, hall="taiping", session="s1", window="3", topic=ENTRY.topic,
                   receipt=None, level=rating)
        )  # fmt: skip
    found = failed(database, *SPAN, weak=(0.7, 0.8))
    assert sorted((each.reason, each.text, each.topic) for each in found) == wanted


@pytest.mark.parametrize("kind", ["complaint", "human", "rating"])
def test_a_grievance_is_no_question_in_vain(
    ledger: DatabaseLedger, database: Database, kind: str
) -> None:
    take(ledger, "AAAAA", kind=kind)
    assert failed(database, *SPAN) == []


def test_who_is_erased_is_in_no_list(ledger: DatabaseLedger, database: Database) -> None:
    take(ledger, "AAAAA")
    assert isinstance(failed(database, *SPAN)[0], Failed)
    ledger.erase(RECEIPT.session)
    assert failed(database, *SPAN) == []


def test_complaints_are_counted_by_kind_window_and_whether_they_were_accepted(
    ledger: DatabaseLedger, figures: Figures
) -> None:
    complaint = {"kind": "complaint", "about": "3", "due": NOW + HOUR}
    take(ledger, "AAAAA2", **complaint, category="manner")
    take(ledger, "AAAAA3", **complaint, category="manner")
    take(ledger, "AAAAA4", **complaint)
    take(ledger, "AAAAA5", kind="rating", about="3")
    for number, kinds in (("AAAAA3", ["refused"]), ("AAAAA4", ["refused", "answered"])):
        for place, kind in enumerate(kinds):
            event = Event(receipt=number, at=RECEIPT.at + place * HOUR, kind=kind, by="Li")
            assert ledger.change(number, ("open", "answered"), {"state": "answered"}, event)
    found = figures.complaints(*SPAN, NOW)
    assert {(e.window, e.category, e.standing, e.refused): e.count for e in found} == {
        ("3", "manner", "open", False): 1,
        ("3", "manner", "in_time", True): 1,
        ("3", None, "in_time", False): 1,
    }
