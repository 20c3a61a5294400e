"""Questions with the answer they must get, held against a desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hall_desk import open_desk

from desk.evaluation import Case, Verdict, evaluate, of_questions, read_lines, summary
from desk.message import Choice, Message, Outcome, Turn
from facts.model import Question

CHOICES = (
    Choice(key="1", label="居住证", topic="residence/permit"),
    Choice(key="2", label="延续", topic="shops/food", case="renew"),
)


def answer(
    outcome: Outcome = Outcome.ANSWERED,
    topic: str | None = None,
    case: str | None = None,
    about: tuple[str, ...] = (),
    choices: tuple[Choice, ...] = (),
) -> Turn:
    return Turn(
        session="s",
        text="",
        language="zh",
        outcome=outcome,
        reply="",
        topic=topic,
        case=case,
        about=about,
        choices=choices,
    )


PERMIT = answer(topic="residence/permit", about=("fee",))
LOST = answer(topic="shops/food", case="lost")
FOOD = answer(topic="shops/food", choices=CHOICES)
PASSPORT = answer(Outcome.REFERRED, "elsewhere/passport")
ASKED = answer(Outcome.CHOOSE, choices=CHOICES)
TAKEN = answer(Outcome.REGISTERED)
HOURS = answer(about=("hall_hours",))
THANKS = answer(Outcome.TALK, about=("thanks",))


class Desk:
    """Gives the same turn to everything, and keeps what it heard."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.heard: list[Message] = []

    def answer(self, message: Message) -> Turn:
        self.heard.append(message)
        return self.turn


def verdict(expected: str, turn: Turn) -> str:
    (found,) = evaluate(Desk(turn), [Case(("问",), (expected,))])
    return found.verdict


@pytest.mark.parametrize(
    ("expected", "turn", "judged"),
    [
        ("residence/permit", PERMIT, "right"),
        ("shops/food", PERMIT, "wrong"),
        ("shops/food|residence/permit", PERMIT, "right"),
        ("shops/food", LOST, "right"),
        ("shops/food#lost", LOST, "right"),
        ("shops/food#renew", LOST, "wrong"),
        ("shops/food#renew", FOOD, "offered"),
        ("shops/food#new", FOOD, "asked"),
        ("elsewhere/passport", PASSPORT, "right"),
        ("residence/permit", PASSPORT, "wrong"),
        ("residence/permit", ASKED, "offered"),
        ("shops/food#renew", ASKED, "offered"),
        ("shops/stall", ASKED, "asked"),
        ("residence/permit", TAKEN, "registered"),
        ("register", TAKEN, "right"),
        ("register", PERMIT, "wrong"),
        ("register", ASKED, "asked"),
        ("choose", ASKED, "right"),
        ("choose", PERMIT, "wrong"),
        ("talk", THANKS, "right"),
        ("talk", PERMIT, "wrong"),
        ("hall_hours", HOURS, "right"),
        ("hall_place", HOURS, "wrong"),
        ("choose|residence/permit", ASKED, "right"),
        ("choose|residence/permit", PERMIT, "right"),
        ("hall:residence/permit", answer(topic="hall:residence/permit"), "right"),
        ("residence/permit", THANKS, "wrong"),
    ],
)
def test_a_turn_is_judged(expected: str, turn: Turn, judged: str) -> None:
    assert verdict(expected, turn) == judged


def test_lines_are_a_question_a_tab_and_what_is_expected(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("\ufeff居住证多少钱\tresidence/permit\r\n\n路灯坏了\tregister\tseen\n", "utf-8")
    assert read_lines(file) == [
        Case(("居住证多少钱",), ("residence/permit",)),
        Case(("路灯坏了",), ("register",)),
    ]


@pytest.mark.parametrize("line", ["居住证多少钱", "居住证多少钱\t", "居住证多少钱\t "])
def test_a_line_without_expectation_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text(f"低保\ta/b\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"questions\.tsv:2.*tab"):
        read_lines(file)


def test_phrasings_are_each_a_case_and_conversations_are_whole() -> None:
    questions = [
        Question(ask=("一", "二"), expect=("a/b",), about=(("fee",),)),
        Question(say=("三", "四"), expect=("a/b", "choose"), about=(("overview",), ())),
    ]
    assert of_questions(questions) == [
        Case(("一",), ("a/b",), (("fee",),)),
        Case(("二",), ("a/b",), (("fee",),)),
        Case(("三", "四"), ("a/b", "choose"), (("overview",), ())),
    ]


def test_a_conversation_is_one_session_and_each_case_another() -> None:
    desk = Desk(PERMIT)
    cases = [Case(("一", "二"), ("a/b", "a/b")), Case(("三",), ("a/b",))]
    assert len(list(evaluate(desk, cases))) == 3
    first, second, third = (message.session for message in desk.heard)
    assert first == second
    assert third != first


@pytest.mark.parametrize(
    ("about", "checked"),
    [(("fee",), True), (("materials",), False), (("fee", "materials"), False), ((), None)],
)
def test_intents_are_held_against_what_is_expected(
    about: tuple[str, ...], checked: bool | None
) -> None:
    (found,) = evaluate(Desk(PERMIT), [Case(("问",), ("residence/permit",), (about,))])
    assert found.intents is checked


@pytest.mark.parametrize(
    ("turn", "got"),
    [(PERMIT, "residence/permit"), (LOST, "shops/food#lost"), (TAKEN, "registered")],
)
def test_what_was_got_is_told_in_the_words_of_an_expectation(turn: Turn, got: str) -> None:
    assert Verdict("问", "a/b", turn, "wrong").got == got


def told(verdicts: Sequence[Verdict]) -> str:
    return "\n".join(summary(verdicts))


def test_the_summary_tells_every_share_and_every_miss() -> None:
    verdicts = [
        *[Verdict("问", "residence/permit", PERMIT, "right", True)] * 6,
        Verdict("错", "shops/food", PERMIT, "wrong", False),
        Verdict("问回", "residence/permit", ASKED, "offered"),
        Verdict("问偏", "shops/stall", ASKED, "asked"),
        Verdict("登记", "residence/permit", TAKEN, "registered"),
    ]
    text = told(verdicts)
    for wanted in ("60.0 %", "10.0 % (1)", "20.0 % (2)", "85.7 %"):
        assert wanted in text
    misses = [line for line in text.split("\n") if "\t" in line]
    assert [line.split("\t")[1] for line in misses] == ["错", "问回", "问偏", "登记"]
    assert all("expected" in line and "got" in line for line in misses)


def test_the_summary_tells_of_each_topic_that_is_not_always_right() -> None:
    verdicts = [
        *[Verdict("问", "residence/permit", PERMIT, "right")] * 2,
        Verdict("错", "shops/food#lost", PERMIT, "wrong"),
        Verdict("问回", "shops/food|shops/stall", ASKED, "offered"),
    ]
    rows = [line.split() for line in told(verdicts).splitlines() if line.startswith("shops")]
    assert rows == [["shops/food", "2", "0", "1", "1"]]
    assert "residence/permit  " not in told(verdicts)


def test_the_summary_of_nothing_divides_by_nothing() -> None:
    assert "0" in told([])


def test_a_real_desk_is_evaluated() -> None:
    cases = [
        Case(("居住证多少钱", "要带什么"), ("residence/permit", "residence/permit"), ((), ())),
        Case(("我要办护照",), ("elsewhere/passport",)),
        Case(("谢谢",), ("talk",)),
        Case(("你们大厅几点上班",), ("hall_hours",)),
    ]
    assert {each.verdict for each in evaluate(open_desk(), cases)} == {"right"}
