"""Labels that have no names are known by their examples, weighted so that these come out."""

from __future__ import annotations

import pytest

from intents import examples
from intents.examples import Examples
from intents.grams import Grams
from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.understanding import Understanding

EXAMPLES = {
    "card": [
        "my card has not arrived",
        "where is my new card",
        "still waiting for the card",
        "the card never came",
        "when will my card be delivered",
    ],
    "rate": [
        "what is the exchange rate today",
        "the rate for dollars",
        "how good is your rate",
        "do you have a better rate",
        "which rate do I get",
    ],
    "fee": [
        "why was I charged a fee",
        "there is a fee I do not know",
        "the fee is wrong",
        "take the fee back",
        "what is this extra fee",
    ],
}


def understanding(*, names: bool = False) -> Understanding:
    phrases = [Phrase(label, text, name=names) for label, of in EXAMPLES.items() for text in of]
    return Understanding(phrases, lexicons())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("has my card come yet", "card"),
        ("give me today's rate", "rate"),
        ("somebody took a fee", "fee"),
        ("the exchenge rate", "rate"),
    ],
)
def test_a_label_is_found_by_what_its_examples_share(text: str, label: str) -> None:
    found = understanding().rank(text)
    assert found[0].label == label
    assert found[0].logit > found[1].logit


def test_a_text_that_shares_nothing_comes_near_none() -> None:
    ranked = understanding().rank("zebra")
    assert max(each.score for each in ranked) < 0.5


def test_few_examples_are_compared_one_by_one() -> None:
    phrases = [Phrase("card", "where is my card", name=False), Phrase("fee", "the fee", name=False)]
    assert Understanding(phrases, lexicons()).rank("my card")[0].label == "card"


def test_names_are_compared_one_by_one() -> None:
    assert understanding(names=True).rank("the fee is wrong")[0].label == "fee"


def test_what_shares_nothing_with_the_examples_is_likelier_none_of_them() -> None:
    texts = [text for of in EXAMPLES.values() for text in of]
    known = Examples([label for label, of in EXAMPLES.items() for _ in of], texts, None)
    far, none = known.rank("qqq", "qqq")
    near, _ = known.rank("why was i charged a fee", "why was i charged a fee")
    assert max(each.logit for each in far) < none
    assert near[0].logit > max(each.logit for each in far)


def test_both_spellings_of_a_text_are_heard() -> None:
    texts = [text for of in EXAMPLES.values() for text in of]
    known = Examples([label for label, of in EXAMPLES.items() for _ in of], texts, None)
    typed = known.rank("zzzz", "zzzz")[0][0]
    heard = known.rank("zzzz", "dollars")[0][0]
    assert heard.label == "rate"
    assert heard.logit > typed.logit


def test_some_landmarks_stand_for_many_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "LANDMARKS", 9)
    known = understanding()
    asked = [(text, label) for label, of in EXAMPLES.items() for text in of]
    right = sum(known.rank(text)[0].label == label for text, label in asked)
    assert right >= 13


def test_a_wrong_letter_leaves_a_text_like_its_own_more_than_like_others() -> None:
    texts = ["exchange rate", "lost card", "monthly fee"]
    grams = Grams(texts, texts)
    same, typed = grams.like(["exchange rate", "exchenge rate"])
    assert same[0] == pytest.approx(1)
    assert 0.3 < typed[0] < 1
    assert typed[0] > 2 * max(typed[1:])
