"""An entry is tried as citizens would get it, before it is saved, and nobody else notices."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from desk.desk import Desk
from desk.message import Message
from editing.guidebook import Guidebook
from editing.trial import answers, tried
from facts.guides import Guides, read_guides
from ledger.memory import MemoryLedger

HALL = Path(__file__).parents[1] / "desk" / "hall"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
PERMIT = "residence/permit"


@pytest.fixture
def book(tmp_path: Path) -> Guidebook:
    shutil.copytree(HALL, tmp_path / "hall")
    return Guidebook(tmp_path / "hall")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(read_guides(HALL), MemoryLedger(), lambda: AT)


def draft(book: Guidebook, before: str, after: str) -> Guides:
    """The guides with this in place of that."""
    now = book.open("hall", "residence", "permit")
    assert now is not None
    assert before in now.own
    return book.checked(now.exchanged(now.own.replace(before, after, 1))).guides


@pytest.mark.parametrize(("language", "told"), [("zh", "35元"), ("en", "35 yuan")])
def test_a_draft_is_told_as_the_desk_tells_it(book: Guidebook, language: str, told: str) -> None:
    guides = draft(book, "amount: 20", "amount: 35")
    found = {each.about: "\n".join(each.lines) for each in answers(guides, PERMIT, [language], AT)}
    assert set(found) == {"overview", "materials", "notice"}
    assert told in found["overview"]
    assert told in found["notice"]
    desk = Desk(guides, MemoryLedger(), lambda: AT)
    topic = next(each for each in desk.knowledge.topics if each.label == PERMIT)
    message = Message(
        text="", session="s", door="test", language=language, choice=f"{topic.key}:overview"
    )
    assert desk.answer(message).reply == found["overview"]


@pytest.mark.parametrize(
    ("label", "about"),
    [("elsewhere/passport", ["overview"]), ("journeys/eatery", ["overview", "materials"])],
)
def test_other_entries_tell_what_they_have(book: Guidebook, label: str, about: list[str]) -> None:
    guides = book.guides()
    kinds = {each.about for each in answers(guides, label, ["zh"], AT)}
    if not kinds:
        pytest.fail(f"{label} is not in {sorted(guides.halls[0].topic_ids())}")
    assert kinds == set(about)


def test_a_new_phrase_leads_to_the_draft_and_not_yet_to_the_desk(
    book: Guidebook, desk: Desk
) -> None:
    guides = draft(book, "ask: [", "ask: [蓝皮本本咋整, ")
    verdicts = {each.text: each.verdict for each in tried(desk, guides, PERMIT, ())}
    assert verdicts["蓝皮本本咋整"] == "right"
    turn = desk.answer(Message(text="蓝皮本本咋整", session="s", door="test"))
    assert turn.topic != PERMIT


def test_a_question_that_leads_elsewhere_is_told(book: Guidebook, desk: Desk) -> None:
    guides = draft(book, "ask: [", "ask: [养狗, ")
    [wrong] = [each for each in tried(desk, guides, PERMIT, ()) if each.text == "养狗"]
    assert wrong.verdict in ("wrong", "asked back")
    assert wrong.source == "ask"


def test_questions_to_check_with_are_tried_too(book: Guidebook, tmp_path: Path) -> None:
    file = tmp_path / "hall/questions.yaml"
    file.write_text(
        "- {ask: 居住证多少钱, expect: residence/permit}\n"
        "- {say: [居住证, 那要多久], expect: [residence/permit, residence/permit]}\n"
        "- {ask: 养狗, expect: residence/pets}\n",
        "utf-8",
    )
    guides = book.guides()
    desk = Desk(guides, MemoryLedger(), lambda: AT)
    found = tried(desk, guides, PERMIT, guides.questions["hall"])
    asked = [(each.text, each.verdict) for each in found if each.source == "questions"]
    assert asked == [("居住证多少钱", "right"), ("居住证", "right"), ("那要多久", "right")]


def test_nothing_is_written_down(book: Guidebook) -> None:
    ledger = MemoryLedger()
    desk = Desk(book.guides(), ledger, lambda: AT)
    assert tried(desk, book.guides(), PERMIT, ())
    assert not ledger.entries


def test_with_several_halls_each_keeps_its_own(tmp_path: Path) -> None:
    for name in ("east", "west"):
        shutil.copytree(HALL, tmp_path / name)
    book = Guidebook(tmp_path)
    now = book.open("west", "residence", "permit")
    assert now is not None
    guides = book.checked(now.exchanged(now.own.replace("amount: 20", "amount: 35"))).guides
    told = {
        hall: "\n".join(answers(guides, f"{hall}:{PERMIT}", ["zh"], AT)[0].lines)
        for hall in ("east", "west")
    }
    assert ("35元" in told["west"], "35元" in told["east"]) == (True, False)
    desk = Desk(book.guides(), MemoryLedger(), lambda: AT)
    assert tried(desk, guides, f"west:{PERMIT}", ())
