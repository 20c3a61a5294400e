"""Questions by somebody who saw only the names of matters find them in the whole catalogue.

`asked.tsv` holds two questions for each of 130 matters drawn at random, written without a look at
the entries. By words alone, with the encoder left out, the least shares here are a few points
below what was measured: 97.8 % (Chinese) and 91.2 % (English) are among the first four.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from facts.catalogue import folder, read_catalogue
from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.understanding import Understanding

FIRST = 4
Asked = list[tuple[str, str]]


def asked(language: str) -> Asked:
    """The questions in this catalogue, each with its matter."""
    lines = (Path(__file__).parent / "asked.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(matter, question) for of, matter, question in rows if of == language]


@pytest.mark.parametrize(("language", "least"), [("zh", 0.93), ("en", 0.86)])
def test_a_matter_is_among_the_first_for_a_question_that_nobody_fitted(
    language: str, least: float
) -> None:
    shipped = folder(language)
    assert shipped
    matters = read_catalogue(shipped).matters
    phrases = [
        Phrase(label, text, name)
        for label, matter in matters.items()
        for texts, name in (
            ((*matter.name.words.values(), *matter.names, *matter.also), True),
            (matter.ask, False),
        )
        for text in texts
    ]
    understanding = Understanding(phrases, lexicons())
    questions = asked(language)
    assert {matter for matter, _ in questions} <= set(matters)
    found = [
        matter in [each.label for each in understanding.understand(question).topics[:FIRST]]
        for matter, question in questions
    ]
    assert sum(found) / len(found) >= least
