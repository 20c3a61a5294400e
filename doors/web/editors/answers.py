"""Answers as citizens read them, beside the YAML they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from doors.web.staff.markup import Markup, element
from editing.trial import Answer

Say = Callable[..., str]


def shown(say: Say, answers: Sequence[Answer], *, faulty: bool) -> Markup:
    """Each answer in each language, the first of them open."""
    note = None
    if not answers:
        note = element("p", say("no_answer"), class_="empty")
    elif faulty:
        note = element("p", say("answer_without_faults"), class_="note")
    return element(
        "section",
        element("h3", say("citizen"), id="answers-heading"),
        note,
        *(_answer(say, each, is_open=place < 2) for place, each in enumerate(answers)),
        id="answers",
        aria_labelledby="answers-heading",
    )


def _answer(say: Say, answer: Answer, *, is_open: bool) -> Markup:
    lines = [element("p", each) if each else element("p", class_="gap") for each in answer.lines]
    title = f"{say(f'about_{answer.about}')} · {say(f'language_{answer.language}')}"
    return element(
        "details",
        element("summary", title),
        element("div", *lines, class_="reply", lang=answer.language),
        open=is_open,
        data_key=f"{answer.about}-{answer.language}",
    )
