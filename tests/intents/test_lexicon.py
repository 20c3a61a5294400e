"""The phrase lists: how they are matched, and what stands in them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

import intents
from intents.fold import fold
from intents.lexicon import GAP, LONGEST_GAP, PhraseList, Span, lexicons, read_lexicon
from intents.tokens import words

FOLDER = Path(intents.__file__).parent
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
CONTRACT = """
overview materials steps conditions place hours fee duration validity forms proxy online
appointment result progress urgent basis contact checklist
hall_hours hall_place hall_services window_info nearest
complaint praise human receipt_status greeting thanks goodbye help language
"""
INTERNAL = frozenset(
    {
        *("danger", "notice", "settled", "unsettled", "addition", "forget", "my_data"),
        "anonymous",
    }
)
"""Intents that the desk may know besides those of the guide format."""
LISTS = ("padding", "weak", "negations", "corrections", "follow_up", "also_asked")


def found(phrases: dict[str, str], text: str) -> list[str]:
    return [span.label for span in PhraseList(phrases.items()).find(words(fold(text)))]


def data(language: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(
        (FOLDER / f"{language}.yaml").read_text("utf-8"), yaml.CBaseLoader
    )
    return read


def test_a_phrase_is_found_with_its_place() -> None:
    assert PhraseList([("多少钱", "fee")]).find(words("办证多少钱啊")) == [Span(2, 5, "fee")]


def test_the_longer_phrase_hides_the_one_inside_it() -> None:
    assert found({"窗口": "window", "哪个窗口": "place"}, "在哪个窗口办") == ["place"]


def test_phrases_side_by_side_are_all_found_in_the_order_of_the_text() -> None:
    phrases = {"多少钱": "fee", "带什么": "materials"}
    assert found(phrases, "要带什么,要多少钱") == ["materials", "fee"]


def test_a_matter_within_a_phrase_is_none_of_it() -> None:
    phrases = PhraseList([("能办~吗", "conditions"), ("低保", "matter")])
    assert phrases.find(words("能办低保吗")) == [Span(0, 2, "conditions"), Span(4, 5, "conditions")]


def test_a_word_inside_another_word_is_not_found() -> None:
    assert found({"fee": "fee"}, "a coffee") == []


def test_a_gap_may_stay_empty() -> None:
    assert found({"没有…怎么办": "materials"}, "没有怎么办") == ["materials"]


def test_a_gap_holds_a_few_characters() -> None:
    assert found({"没有…怎么办": "materials"}, "没有户口本怎么办") == ["materials"]


def test_a_gap_is_not_endless() -> None:
    text = "没有" + "甲" * (LONGEST_GAP + 1) + "怎么办"
    assert found({"没有…怎么办": "materials"}, text) == []


def test_two_gaps_in_one_phrase_both_hold() -> None:
    assert found({"带了…还…什么": "checklist"}, "带了身份证还要带什么") == ["checklist"]


def test_a_phrase_written_in_full_width_or_traditional_is_the_same() -> None:
    assert found({"多少錢": "fee", "ＡＰＰ": "online"}, "app多少钱") == ["online", "fee"]


def test_a_phrase_that_folds_to_nothing_is_never_found() -> None:
    assert found({"😀": "fee", "": "fee", GAP: "fee"}, "办证 多少 fee") == []


def test_phrases_are_found_by_their_sounds_too() -> None:
    heard = PhraseList([("多少钱", "fee")]).sounding()
    assert [span.label for span in heard.find(["duo", "sao", "qian"])] == ["fee"]


def test_merged_lists_find_what_each_finds() -> None:
    merged = PhraseList.merged([PhraseList([("多少钱", "fee")]), PhraseList([("where", "place")])])
    assert [span.label for span in merged.find(words("where 多少钱"))] == ["place", "fee"]


def test_there_is_chinese_and_english() -> None:
    assert {"zh", "en"} <= set(lexicons())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_named_by_its_language(language: str) -> None:
    assert read_lexicon(FOLDER / f"{language}.yaml").language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_intents_are_those_of_the_guide_format(language: str) -> None:
    assert set(data(language)["intents"]) - INTERNAL == set(CONTRACT.split())


def test_all_languages_have_the_same_intents() -> None:
    assert len({frozenset(data(language)["intents"]) for language in LANGUAGES}) == 1


def test_all_languages_have_the_same_lists() -> None:
    assert len({frozenset(data(language)) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_stands_under_one_intent_only(language: str) -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for intent, phrases in data(language)["intents"].items():
        for phrase in phrases:
            owners[words(fold(str(phrase)))].add(intent)
    assert {phrase: under for phrase, under in owners.items() if len(under) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_stands_once_under_its_intent(language: str) -> None:
    twice = {
        intent: sorted({str(each) for each in phrases if phrases.count(each) > 1})
        for intent, phrases in data(language)["intents"].items()
    }
    assert {intent: phrases for intent, phrases in twice.items() if phrases} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_folds_to_nothing(language: str) -> None:
    told = data(language)
    every = [str(each) for phrases in told["intents"].values() for each in phrases]
    every += [str(each) for name in LISTS for each in told[name]]
    assert [phrase for phrase in every if not words(fold(phrase))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_read_as_the_word_that_stands_in_the_file(language: str) -> None:
    file = read_lexicon(FOLDER / f"{language}.yaml")
    assert "true" not in file.vocabulary
    assert "false" not in file.vocabulary


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filler_is_either_padding_or_a_word_of_office(language: str) -> None:
    told = data(language)
    assert {str(each) for each in told["padding"]} & {str(each) for each in told["weak"]} == set()


def test_a_language_is_added_by_a_file_alone(tmp_path: Path) -> None:
    told = {**data("en"), "language": "de"}
    told["intents"] = {**told["intents"], "fee": ["was kostet"]}
    file = tmp_path / "de.yaml"
    file.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    german = read_lexicon(file)
    assert [span.label for span in german.intents.find(words("was kostet das"))] == ["fee"]
