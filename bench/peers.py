"""Peers: other ways to find the label of a question, measured in the same run as ours.

RapidFuzz takes the nearest phrase by its letters. scikit-learn (the `bench` extra) takes n-grams
weighted by TF-IDF, of characters within words (2 to 4) and of words (1 to 2), and the nearest
phrase by their cosine or a linear classifier over them.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from rapidfuzz import fuzz, process, utils

from bench.sets import Pairs
from intents.scorer import Score, Scorer

CLASSIFIED = 10.0
"""How little great weights of the logistic regression are held back: with 1, the default, ten
phrases a label hardly move it."""
Maker = Callable[[Pairs], Scorer]


def makers() -> Iterator[tuple[str, Maker]]:
    """The peers for few phrases a label by name; says in one line where scikit-learn is missing."""
    if has_scikit_learn():
        yield "n-grams, nearest phrase", NearestGrams
        yield "n-grams, logistic", logistic
    for scorer in (fuzz.WRatio, fuzz.token_set_ratio, fuzz.ratio):
        yield f"RapidFuzz {scorer.__name__}", partial(Nearest, scorer)


def has_scikit_learn() -> bool:
    """Whether scikit-learn is installed; says so in one line where it is not."""
    found = importlib.util.find_spec("sklearn") is not None
    if not found:
        print("scikit-learn is left out: pip install -e .[bench]")
    return found


class Nearest:
    """The nearest phrase by one of RapidFuzz's scorers."""

    def __init__(self, scorer: Callable[..., float], train: Pairs) -> None:
        self._scorer = scorer
        self._phrases = [utils.default_process(text) for text, _ in train]
        self._labels = [label for _, label in train]

    def rank(self, text: str) -> Sequence[Score]:
        """The label of the nearest phrase."""
        prepared = utils.default_process(text)
        found = process.extractOne(prepared, self._phrases, scorer=self._scorer)
        return [_score(self._labels[found[2]], found[1] / 100)] if found else []


class NearestGrams:
    """The nearest phrase by the cosine of n-grams."""

    def __init__(self, train: Pairs) -> None:
        self._grams = _grams()
        self._phrases = self._grams.fit_transform([text for text, _ in train])
        self._labels = [label for _, label in train]

    def rank(self, text: str) -> Sequence[Score]:
        """The label of the nearest phrase."""
        near = (self._phrases @ self._grams.transform([text]).T).toarray().ravel()
        best = int(near.argmax())
        # The grams of characters and of words have length 1 each.
        return [_score(self._labels[best], float(near[best]) / 2)]


class Classified:
    """The likeliest label by one of scikit-learn's linear classifiers over n-grams."""

    def __init__(self, model: Any, train: Pairs) -> None:
        self._grams = _grams()
        self._model = model
        self._model.fit(
            self._grams.fit_transform([text for text, _ in train]), [label for _, label in train]
        )

    def rank(self, text: str) -> Sequence[Score]:
        """The label whose side of its margin the text is on most clearly, and how clearly."""
        margins = self._model.decision_function(self._grams.transform([text]))[0]
        best = int(margins.argmax())
        return [_score(str(self._model.classes_[best]), float(margins[best]))]


def logistic(train: Pairs) -> Scorer:
    """Logistic regression over n-grams."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - an extra

    return Classified(LogisticRegression(C=CLASSIFIED, max_iter=1000), train)


def support_vectors(train: Pairs) -> Scorer:
    """A linear support vector machine over n-grams."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - an extra

    return Classified(LinearSVC(), train)


def _grams() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - an extra
    from sklearn.pipeline import FeatureUnion  # noqa: PLC0415 - an extra

    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    return FeatureUnion([("characters", characters), ("words", words)])


def _score(label: str, nearness: float) -> Score:
    return Score(label, nearness, 0, nearness, nearness, nearness, 0.0, 0.0)
