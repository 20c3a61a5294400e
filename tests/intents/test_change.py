"""One topic is changed while the others stay: as if all were made anew, and the old one stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_matters import phrases
from numpy.typing import NDArray

from intents import index
from intents.encoder import WIDTH, Vectors, VectorStore, scaled
from intents.features import features
from intents.fold import fold
from intents.index import Index
from intents.lexicon import lexicons
from intents.likeness import Likeness
from intents.scorer import Phrase, Score
from intents.tokens import tokens
from intents.understanding import Understanding

Said = Mapping[str, Sequence[str]]
WORDS = ("permit", "card", "renew", "dog", "stall", "water", "证", "补", "狗", "水")
TEXTS = ("dog permit", "renew card", "狗证", "补水证 card", "stall", "nothing known")
LABELS = ("a", "b", "c", "d", "e")

said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
topics = st.dictionaries(
    st.sampled_from(LABELS), st.lists(said, min_size=1, max_size=4), max_size=5
)
change = st.tuples(st.sampled_from(LABELS), st.lists(said, max_size=4))


def featured(text: str) -> dict[str, float]:
    sequence = tokens(fold(text))
    return features(sequence, [1.0] * len(sequence))


def indexed(known: Said) -> Index:
    return Index((at, len(text) > 4, featured(text)) for at, of in known.items() for text in of)


def changed(known: Said, label: str, new: Sequence[str]) -> Said:
    return {at: of for at, of in {**known, label: new}.items() if of}


def replaced(known: Index, label: str, new: Sequence[str]) -> Index:
    return known.replaced(label, ((len(text) > 4, featured(text)) for text in new))


def by_label(found: Sequence[Score]) -> dict[str, Score]:
    return {each.label: each for each in found}


def ranked(of: Index, text: str) -> dict[str, list[float]]:
    found = by_label(of.rank(featured(text)))
    return {at: [round(figure, 4) for figure in each[1:9]] for at, each in sorted(found.items())}


@settings(deadline=None)
@given(topics, st.lists(change, min_size=1, max_size=3))
def test_a_changed_index_ranks_as_one_built_anew(
    known: Said, changes: Sequence[tuple[str, Sequence[str]]]
) -> None:
    made = indexed(known)
    for label, new in changes:
        made, known = replaced(made, label, new), changed(known, label, new)
    for text in TEXTS:
        assert ranked(made, text) == ranked(indexed(known), text)
        assert made.familiar(featured(text)) == indexed(known).familiar(featured(text))


@settings(deadline=None)
@given(topics, change)
def test_an_index_stays_as_it_was_when_another_is_made_of_it(
    known: Said, one: tuple[str, Sequence[str]]
) -> None:
    first = indexed(known)
    before = [first.rank(featured(text)) for text in TEXTS]
    replaced(first, *one)
    assert [first.rank(featured(text)) for text in TEXTS] == before


MANY = {
    f"t{at}": [f"{WORDS[at % 5]} {WORDS[at % 3 + 2]} {at % 70}", f"number {at}", f"of {at // 4}"]
    for at in range(300)
}


@pytest.mark.parametrize(
    ("label", "new"),
    [
        ("t7", ["something wholly new", "stall 7"]),
        ("t299", ["dog permit", "number 299"]),
        ("t0", []),
        ("more", ["one more dog", "number 12"]),
        ("t8", MANY["t8"]),
    ],
    ids=["replaced", "last", "removed", "added", "the same again"],
)
def test_a_large_index_changes_without_counting_all_anew(
    label: str, new: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "AT_ONCE", 0)
    built, old = indexed(changed(MANY, label, new)), indexed(MANY)
    monkeypatch.setattr(Index, "_count", lambda self: pytest.fail("all counted anew"))
    made = replaced(old, label, new)
    for text in (*TEXTS, *new, "number 12", "of 3", "stall 7"):
        found, wanted = by_label(made.rank(featured(text))), by_label(built.rank(featured(text)))
        for at in {*found} & {*wanted}:
            assert found[at][3:6] == pytest.approx(wanted[at][3:6], abs=1e-4)
            assert found[at].score == pytest.approx(wanted[at].score, abs=0.01)
        first = built.rank(featured(text))[:1]
        assert [each.label for each in made.rank(featured(text))[:1]] == [e.label for e in first]


def test_a_large_index_is_counted_anew_once_much_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "AT_ONCE", 0)
    known, made = dict(MANY), indexed(MANY)
    for at in range(31):
        made = replaced(made, f"t{at}", [f"rare words {at}"])
        known[f"t{at}"] = [f"rare words {at}"]
    assert ranked(made, "rare words 3") == ranked(indexed(known), "rare words 3")


NEW = (Phrase("well", "温室大棚补助"), Phrase("well", "Greenhouse subsidy"))
CHANGES: Mapping[str, tuple[str, Sequence[Phrase]]] = {
    "replaced": ("well", NEW),
    "added": ("greenhouse", [each._replace(label="greenhouse") for each in NEW]),
    "removed": ("well", ()),
    "the same again": ("well", [each for each in phrases() if each.label == "well"]),
}
ASKED = (
    "打井要什么材料",
    "温室大棚",
    "wenshidapeng",
    "greenhuose subsidy",
    "低保",
    "吃低飽",
    "water licence",
    "shebaoka",
    "allowence",
    "取水许可",
)


def meant(of: Understanding, text: str) -> list[tuple[str, float, float]]:
    return sorted(
        (e.label, round(e.score, 4), round(e.logit, 3)) for e in of.understand(text).topics
    )


class Characters:
    """An encoder that knows characters only."""

    name = "characters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        made = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in enumerate(texts):
            for character in text:
                made[row, ord(character) % WIDTH] += 1
        return scaled(made)


@pytest.mark.parametrize(("label", "new"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("warm", [True, False], ids=["after questions", "before any"])
@pytest.mark.parametrize("store", [None, VectorStore(Characters())], ids=["words", "meaning"])
def test_a_changed_understanding_understands_as_one_made_anew(
    label: str, new: Sequence[Phrase], warm: bool, store: VectorStore | None
) -> None:
    old = Understanding(phrases(), lexicons(), store=store)
    before = [meant(old, text) for text in ASKED] if warm else []
    made = old.replaced(label, new)
    others = [each for each in phrases() if each.label != label]
    fresh = Understanding([*others, *new], lexicons(), store=store)
    assert [meant(made, text) for text in ASKED] == [meant(fresh, text) for text in ASKED]
    assert not warm or [meant(old, text) for text in ASKED] == before


PARTS = (Phrase("card#lost", "卡丢了"), Phrase("card#broken", "卡坏了"))
OTHER_PARTS = (Phrase("card#lost", "挂失"), Phrase("card#first", "第一次申领"))


def test_the_parts_of_a_changed_topic_are_the_new_ones() -> None:
    own = [Phrase("card", "社会保障卡补办"), *PARTS]
    old = Understanding([*phrases(), *own], lexicons(), parts=PARTS)
    labels = [each.label for each in OTHER_PARTS]
    old.choose("挂失", labels)
    made = old.replaced("card", [*own[:1], *OTHER_PARTS], OTHER_PARTS)
    others = [each for each in phrases() if each.label != "card"]
    fresh = Understanding([*others, *own[:1], *OTHER_PARTS], lexicons(), parts=OTHER_PARTS)
    for text in ("挂失", "第一次申领", "坏了"):
        assert made.choose(text, labels) == fresh.choose(text, labels)
    assert made.choose("挂失", labels)[0].label == "card#lost"


def vectors(count: int, seed: int) -> Vectors:
    made = np.random.default_rng(seed).normal(size=(count, WIDTH))
    return Vectors.of(scaled(made.astype(np.float32)))


def joined(several: Sequence[Vectors]) -> Vectors:
    values, scale = zip(*several, strict=True)
    return Vectors(np.concatenate(values), np.concatenate(scale))


@pytest.mark.parametrize(("label", "count"), [("a", 3), ("c", 1), ("b", 0), ("new", 2), ("x", 0)])
def test_changed_likeness_is_as_one_made_anew(label: str, count: int) -> None:
    of = {"a": vectors(2, 1), "b": vectors(3, 2), "c": vectors(1, 3)}
    old, new, asked = likeness(of), vectors(count, 4), vectors(2, 5).rows(np.arange(2))
    before = old.alike(asked, of)
    made = old.replaced(label, new)
    fresh = likeness({at: each for at, each in {**of, label: new}.items() if len(each.scale)})
    assert made.likely(asked, 9) == fresh.likely(asked, 9)
    assert made.alike(asked, [*of, label]) == fresh.alike(asked, [*of, label])
    assert old.alike(asked, of) == before


MOST = {f"t{at}": vectors(1 + at % 2, at) for at in range(600)}
ASKED_OF = vectors(20, 1000).rows(np.arange(20))


def test_among_many_topics_nearly_all_of_the_nearest_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = likeness(MOST)
    monkeypatch.setattr("intents.likeness.MANY", 500)
    many = likeness(MOST)
    again = Likeness.restored(many.arrays())
    found = 0
    for asked in ASKED_OF:
        wanted, near = every.likely(asked[None], 12), many.likely(asked[None], 12)
        assert near == again.likely(asked[None], 12)
        assert len(near) == 12
        found += len({*wanted} & {*near})
    assert found > 0.95 * 12 * len(ASKED_OF)


def test_among_many_topics_the_changed_ones_are_found_by_what_they_are_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("intents.likeness.MANY", 500)
    first, second, third = ASKED_OF[:3]
    near = likeness(MOST)
    gone, other = near.likely(first[None], 2)
    made = near.replaced(gone, Vectors.of(np.zeros((0, WIDTH), np.float32)))
    made = made.replaced(other, Vectors.of(second[None]))
    made = made.replaced("added", Vectors.of(third[None]))
    assert not {gone, other} & {*made.likely(first[None], 12)}
    assert made.likely(second[None], 1) == [other]
    assert made.likely(third[None], 1) == ["added"]
    assert near.likely(first[None], 2) == [gone, other]


def test_a_spoilt_graph_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intents.likeness.MANY", 500)
    spoilt = {**likeness(MOST).arrays(), "graph": np.zeros(50, np.uint8)}
    with pytest.raises(ValueError, match=r"."):
        Likeness.restored(spoilt)


def likeness(of: Mapping[str, Vectors]) -> Likeness:
    return Likeness([at for at, each in of.items() for _ in each.scale], joined([*of.values()]))
