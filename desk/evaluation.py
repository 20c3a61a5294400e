"""Evaluation: questions with the answer they must get, held against a desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desk.message import Message, Outcome, Turn
from facts.model import Question

ENDINGS = {
    "register": Outcome.REGISTERED,
    "choose": Outcome.CHOOSE,
    "talk": Outcome.TALK,
}
"""Expectations that name an ending instead of a topic."""


class Answering(Protocol):
    """Anything that answers messages as a desk does."""

    def answer(self, message: Message) -> Turn:
        """The turn that answers a message."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation of one or more turns; each with what is expected, `a|b` where either is right:
    a topic, an ending, or an intent about the hall or the desk.

    `about` are the intents expected of each turn, empty where they are not checked.
    """

    say: tuple[str, ...]
    expect: tuple[str, ...]
    about: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one question: right, wrong, offered (asked back with the right one among the
    choices), asked (without it) or registered. `intents` is None where they were not checked."""

    text: str
    expected: str
    turn: Turn
    verdict: str
    intents: bool | None = None

    @property
    def got(self) -> str:
        """What the desk gave, in the words of an expectation."""
        topic = f"{self.turn.topic}#{self.turn.case}" if self.turn.case else self.turn.topic
        return topic or self.turn.outcome.contract


def read_lines(file: Path) -> list[Case]:
    """Cases from lines `question<TAB>expected`. Raises ValueError with the line that is neither."""
    cases = []
    try:
        written = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: this is not UTF-8; save it as UTF-8") from error
    for number, line in enumerate(written.splitlines(), 1):
        text, _, expected = line.partition("\t")
        if line.strip() and not expected.strip():
            raise ValueError(f"{file}:{number}: write a question, a tab, and the expected topic")
        if line.strip():
            cases.append(Case((text,), (expected.split("\t")[0].strip(),)))
    return cases


def of_questions(questions: Iterable[Question]) -> list[Case]:
    """Cases from the questions of a guide: each phrasing by itself, each conversation whole."""
    cases = []
    for each in questions:
        about = each.about[:1]
        cases += [Case((text,), each.expect[:1], about) for text in each.ask]
        if each.say and len(each.say) == len(each.expect):
            cases.append(Case(each.say, each.expect, each.about))
    return cases


def evaluate(
    desk: Answering, cases: Iterable[Case], session: Callable[[int], str] = str
) -> Iterator[Verdict]:
    """The verdict on every turn of every case, each case in a conversation of its own."""
    for number, case in enumerate(cases):
        for place, (text, expected) in enumerate(zip(case.say, case.expect, strict=True)):
            turn = desk.answer(Message(text=text, session=session(number), door="evaluate"))
            about = case.about[place] if place < len(case.about) else ()
            intents = set(about) <= set(turn.about) if about else None
            yield Verdict(text, expected, turn, _verdict(expected, turn), intents)


def _verdict(expected: str, turn: Turn) -> str:
    wanted = expected.split("|")
    if any(_fits(each, turn) for each in wanted):
        return "right"
    offered = {choice.topic for choice in turn.choices}
    offered |= {f"{choice.topic}#{choice.case}" for choice in turn.choices}
    same = any(each.partition("#")[0] == turn.topic for each in wanted)
    if turn.outcome is Outcome.CHOOSE or (same and turn.case is None):
        return "offered" if offered & set(wanted) else "asked"
    if turn.outcome is Outcome.REGISTERED:
        return "registered"
    return "wrong"


def _fits(expected: str, turn: Turn) -> bool:
    if expected in ENDINGS:
        return turn.outcome is ENDINGS[expected]
    if expected.isidentifier():
        return turn.topic is None and expected in turn.about
    topic, _, case = expected.partition("#")
    told = turn.outcome in (Outcome.ANSWERED, Outcome.LED, Outcome.REFERRED)
    return told and turn.topic == topic and case in ("", turn.case)


def _by_topic(verdicts: Sequence[Verdict]) -> list[str]:
    """A row for each topic that is not always right: questions, right, wrong, all else."""
    topics: dict[str, Counter[str]] = {}
    for each in verdicts:
        topic = each.expected.partition("|")[0].partition("#")[0]
        topics.setdefault(topic, Counter())[each.verdict] += 1
    rows = sorted(topics.items(), key=lambda row: (-row[1]["wrong"], -_missed(row[1])))
    lines = [
        f"{topic:44}{count.total():6}{count['right']:6}{count['wrong']:6}"
        f"{_missed(count) - count['wrong']:6}"
        for topic, count in rows
        if _missed(count)
    ]
    head = f"{'topics not always right':44}{'asked':>6}{'right':>6}{'wrong':>6}{'else':>6}"
    return [head, *lines] if lines else []


def _missed(count: Counter[str]) -> int:
    return count.total() - count["right"]


def summary(verdicts: Sequence[Verdict]) -> list[str]:
    """The shares in words, a table by topic, then every miss."""
    count = Counter(each.verdict for each in verdicts)
    whole = len(verdicts) or 1
    checked = [each.intents for each in verdicts if each.intents is not None]

    def share(number: int) -> str:
        return f"{100 * number / whole:.1f} % ({number})"

    lines = [
        f"questions   {len(verdicts)}",
        f"right       {share(count['right'])}",
        f"wrong       {share(count['wrong'])}",
        f"asked back  {share(count['offered'] + count['asked'])}, "
        f"the right one among the choices {share(count['offered'])}",
        f"registered  {share(count['registered'])}",
    ]
    if checked:
        right = sum(checked)
        lines.append(f"intents     {100 * right / len(checked):.1f} % of {len(checked)} checked")
    lines += ["", *_by_topic(verdicts), ""]
    lines += [
        f"{each.verdict}\t{each.text}\texpected {each.expected}\tgot {each.got}"
        for each in verdicts
        if each.verdict != "right"
    ]
    return lines
