"""The scorer ranks known phrases by their nearness to a text, and can be exchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from known_matters import phrases
from numpy.typing import NDArray
from rapidfuzz import fuzz

from intents.features import features
from intents.fold import fold
from intents.index import Index
from intents.lexicon import lexicons
from intents.scorer import Phrase, Score, Scorer
from intents.tokens import tokens
from intents.understanding import Understanding


def featured(text: str) -> dict[str, float]:
    sequence = tokens(fold(text))
    return features(sequence, [1.0] * len(sequence))


def index() -> Index:
    return Index((each.label, each.name, featured(each.text)) for each in phrases())


@pytest.mark.parametrize("phrase", [each for each in phrases() if each.name], ids=lambda p: p.text)
def test_an_exact_name_comes_first(phrase: Phrase) -> None:
    ranked = index().rank(featured(phrase.text))
    assert ranked[0].label == phrase.label
    assert ranked[0].score > 0.8


def test_scores_are_shares_and_fall() -> None:
    ranked = index().rank(featured("养老保险怎么参保"))
    assert [each.score for each in ranked] == sorted((e.score for e in ranked), reverse=True)
    assert all(0 <= share <= 1.0001 for e in ranked for share in (e.score, e.held, e.explained))


def test_each_label_is_ranked_once() -> None:
    labels = [each.label for each in index().rank(featured("养老保险养老认证"))]
    assert len(labels) == len(set(labels))


def test_the_nearest_phrase_is_told_by_its_place_in_its_topic() -> None:
    best = index().rank(featured("砍树证"))[0]
    own = [each.text for each in phrases() if each.label == best.label]
    assert own[best.phrase] == "砍树证"


def test_a_character_that_few_topics_share_tells_more_than_one_that_many_share() -> None:
    ranked = index().rank(featured("药证"))
    assert ranked[0].label == "pesticide"


def test_a_text_of_strange_words_has_no_topic() -> None:
    assert index().rank(featured("鑫鑫")) == []


def test_an_empty_text_has_no_topic() -> None:
    assert index().rank({}) == []


def test_an_empty_index_has_no_topic() -> None:
    empty = Index(())
    assert len(empty) == 0
    assert empty.rank(featured("低保")) == []
    assert empty.familiar(featured("低保")) == 0


def test_a_phrase_without_features_does_no_harm() -> None:
    ranked = Index([("a", True, {}), ("b", True, featured("低保"))]).rank(featured("低保"))
    assert [each.label for each in ranked] == ["b"]


def test_familiar_is_the_share_of_a_text_that_stands_in_any_phrase() -> None:
    assert index().familiar(featured("低保")) == pytest.approx(1)
    assert index().familiar(featured("鑫鑫")) == 0
    assert 0 < index().familiar(featured("鑫低保鑫")) < 1


@pytest.mark.parametrize("text", ["低保", "residence permit", "养老的证", "摆摊 stall", "鑫"])
def test_a_restored_index_ranks_as_the_built_one(text: str) -> None:
    built = index()
    restored = Index.restored(built.arrays())
    assert restored.rank(featured(text)) == built.rank(featured(text))
    assert restored.familiar(featured(text)) == built.familiar(featured(text))


def test_an_empty_index_is_restored_empty() -> None:
    assert Index.restored(Index(()).arrays()).rank(featured("低保")) == []


def test_an_index_that_lacks_a_part_is_refused() -> None:
    arrays: Mapping[str, NDArray[np.generic]] = {"labels": np.zeros(0, np.uint8)}
    with pytest.raises(KeyError):
        Index.restored(arrays)


class Ratio:
    """Another scorer: the nearest phrase by edit distance."""

    def rank(self, text: str) -> Sequence[Score]:
        best: dict[str, float] = {}
        for each in phrases():
            near = fuzz.ratio(fold(text), fold(each.text)) / 100
            best[each.label] = max(near, best.get(each.label, 0.0))
        scores = [
            Score(label, near, 0, near, near, near, near, near) for label, near in best.items()
        ]
        return sorted(scores, key=lambda each: -each.score)


class Ours:
    """Ours as a scorer: the ranking of the understanding."""

    def __init__(self) -> None:
        self._understanding = Understanding(phrases(), lexicons())

    def rank(self, text: str) -> Sequence[Score]:
        return self._understanding.understand(text).topics


@pytest.mark.parametrize("scorer", [Ratio(), Ours()], ids=["edit distance", "ours"])
def test_scorers_are_exchanged_and_measured_alike(scorer: Scorer) -> None:
    right = [scorer.rank(each.text)[0].label == each.label for each in phrases() if each.name]
    assert sum(right) >= 0.9 * len(right)
