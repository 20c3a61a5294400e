"""Kept indexes: used again where nothing changed, built anew where anything is wrong."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from known_matters import phrases

from intents.cache import KEPT, Cache
from intents.index import Index
from intents.lexicon import lexicons
from intents.understanding import Understanding


class Building:
    """Builds an index and counts how often."""

    def __init__(self, label: str = "a") -> None:
        self.label = label
        self.times = 0

    def __call__(self) -> Index:
        self.times += 1
        return Index([(self.label, True, {"低保": 1.0})])


def labels(index: Index) -> list[str]:
    return [each.label for each in index.rank({"低保": 1.0})]


def test_an_index_is_built_once_and_used_again(tmp_path: Path) -> None:
    build = Building()
    for _ in range(3):
        assert labels(Cache(tmp_path / "new").kept(["p"], build, Index.restored)) == ["a"]
    assert build.times == 1


def test_other_parts_make_another_index(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert labels(cache.kept(["p"], Building("a"), Index.restored)) == ["a"]
    assert labels(cache.kept(["p", "q"], Building("b"), Index.restored)) == ["b"]
    assert labels(cache.kept(["pq"], Building("c"), Index.restored)) == ["c"]


def broken(file: Path) -> None:
    file.write_bytes(b"no index at all")


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILT = pytest.mark.parametrize(
    "spoil", [broken, emptied, cut, a_folder], ids=lambda spoil: spoil.__name__
)


@SPOILT
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_spoilt_file_is_built_again(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.kept(["p"], Building(), Index.restored)
    for file in tmp_path.glob("*.npz"):
        spoil(file)
    build = Building("b")
    assert labels(cache.kept(["p"], build, Index.restored)) == ["b"]
    assert build.times == 1


def test_a_spoilt_file_is_closed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.kept(["p"], Building(), Index.restored)
    for file in tmp_path.glob("*.npz"):
        cut(file)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        cache.kept(["p"], Building(), Index.restored)
        gc.collect()
    assert [each for each in warned if each.category is ResourceWarning] == []


@pytest.mark.parametrize("place", ["a file", "a file/below"])
def test_a_folder_that_cannot_be_written_does_no_harm(place: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("x")
    build = Building()
    for _ in range(2):
        assert labels(Cache(tmp_path / place).kept(["p"], build, Index.restored)) == ["a"]
    assert build.times == 2


def test_only_the_last_used_indexes_stay(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(KEPT + 5):
        cache.kept([str(number)], Building(), Index.restored)
        for file in tmp_path.glob("*.npz"):
            os.utime(file, (file.stat().st_atime, file.stat().st_mtime - 10))
    assert len(list(tmp_path.iterdir())) == KEPT
    build = Building()
    cache.kept([str(KEPT + 4)], build, Index.restored)
    assert build.times == 0


def ranked(understanding: Understanding, text: str) -> Sequence[tuple[str, float]]:
    return [(each.label, each.score) for each in understanding.understand(text).topics]


@pytest.mark.parametrize("text", ["居住证", "juzhuzheng", "residense permit", "今天"])
def test_an_understanding_from_kept_indexes_understands_the_same(text: str, tmp_path: Path) -> None:
    built = Understanding(phrases(), lexicons(), cache=Cache(tmp_path))
    built.warm_up()
    kept = Understanding(phrases(), lexicons(), cache=Cache(tmp_path))
    assert ranked(kept, text) == ranked(built, text)
    assert ranked(kept, text) == ranked(Understanding(phrases(), lexicons()), text)


def test_changed_phrases_are_understood_at_once(tmp_path: Path) -> None:
    Understanding(phrases(), lexicons(), cache=Cache(tmp_path))
    fewer = [each for each in phrases() if each.label != "residence"]
    changed = Understanding(fewer, lexicons(), cache=Cache(tmp_path))
    assert "residence" not in {each.label for each in changed.understand("居住证").topics}
