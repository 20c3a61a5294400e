"""Texts as citizens write them, and what they mean among a small set of matters."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_matters import phrases, understanding

from facts.catalogue import folder, read_catalogue
from intents.confidence import probabilities
from intents.lexicon import lexicons
from intents.scorer import Phrase
from intents.understanding import Meaning, Understanding

# The desk answers from 0.7 on; what nobody has stays clear of that.
SURE, UNSURE, DOUBTFUL = 0.7, 0.69, 0.5
LONG = """
我去年从老家搬过来的，一直在镇上的鞋厂上班，老婆孩子也跟着过来了，房东人挺好，房租也不贵。
前几天老师打电话来，说孩子明年上小学的话，我们大人都得有那个居住证才行，我也不懂这些。
想问问居住证要带什么材料？厂里白天不好请假。
"""


def meant(text: str) -> Meaning:
    return understanding().understand(text)


def topic(meaning: Meaning) -> str | None:
    return meaning.topics[0].label if meaning.topics else None


def sure(text: str) -> float:
    """The probability of the likeliest topic that answers are known for."""
    meaning = meant(text)
    every = probabilities([each.logit for each in meaning.topics], meaning.none)
    known = zip(meaning.topics, every, strict=True)
    return max((likely for score, likely in known if score.here), default=0.0)


ASKED = {
    "plainly": ("居住证要带什么", "residence", "materials"),
    "in dialect": ("居住证要好多钱嘛", "residence", "fee"),
    "with another order of words": ("要带什么去办居住证", "residence", "materials"),
    "with one character wrong": ("居主证要带什么", "residence", "materials"),
    "with one character missing": ("养老保参保要多少钱", "pension", "fee"),
    "with one character too many": ("居住住证多少钱", "residence", "fee"),
    "with two characters exchanged": ("居证住多少钱", "residence", "fee"),
    "in characters of the same sound": ("局住正多少钱", "residence", "fee"),
    "with the matter and the question in the same sound": (
        "局住证带神么",
        "residence",
        "materials",
    ),
    "in traditional characters": ("養老保險要帶什麼材料", "pension", "materials"),
    "in traditional characters with padding": ("請問居住證在哪裡辦", "residence", "place"),
    "in full-width letters": ("ｒｅｓｉｄｅｎｃｅ　ｐｅｒｍｉｔ　ｆｅｅ", "residence", "fee"),
    "in pinyin with spaces": ("ju zhu zheng duo shao qian", "residence", "fee"),
    "in pinyin without spaces": ("juzhuzheng duoshaoqian", "residence", "fee"),
    "in pinyin run together": ("juzhuzhengduoshaoqian", "residence", "fee"),
    "in pinyin with tones": ("jū zhù zhèng duō shǎo qián", "residence", "fee"),
    "in pinyin with southern sounds": ("ju zu zen duo sao qian", "residence", "fee"),
    "in English": ("how much is a residence permit", "residence", "fee"),
    "in capitals": ("HOW MUCH IS A RESIDENCE PERMIT", "residence", "fee"),
    "in English with typing errors": ("how much is a residnece permitt", "residence", "fee"),
    "in English with a plural": ("how long do tree felling licences take", "logging", "duration"),
    "in two languages": ("residence permit 要多少钱", "residence", "fee"),
    "with much courtesy": (
        "您好，不好意思打扰了，麻烦请问一下，我想知道低保需要带什么材料呢，谢谢您了",
        "allowance",
        "materials",
    ),
    "with much courtesy in English": (
        "hello, sorry to bother you, could you tell me how much the felling licence is, thanks",
        "logging",
        "fee",
    ),
    "at the end of a long story": (LONG, "residence", "materials"),
    "between emoji": ("😭居住证🙏多少钱❓", "residence", "fee"),
    "with characters that cannot be seen": ("居\u200b住\u200b证多少\u200b钱", "residence", "fee"),
    "by a question of the guide": ("外地人在这里住要办什么证啊", "residence", None),
}


@pytest.mark.parametrize(("text", "label", "intent"), ASKED.values(), ids=ASKED)
def test_a_question_is_understood(text: str, label: str, intent: str | None) -> None:
    meaning = meant(text)
    assert topic(meaning) == label
    assert intent is None or intent in meaning.intents


@pytest.mark.parametrize(
    "phrase", [each for each in phrases() if each.name], ids=lambda each: each.text
)
def test_a_matter_by_its_name_is_surely_known(phrase: Phrase) -> None:
    assert topic(meant(phrase.text)) == phrase.label
    assert sure(phrase.text) > SURE


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("居住证要带什么，低保要多少钱", ("residence", "materials"), ("allowance", "fee")),
        ("摆摊收不收费？另外宅基地多久批下来", ("stall", "fee"), ("housing", "duration")),
        (
            "how much is a residence permit? where do I go for the felling licence?",
            ("residence", "fee"),
            ("logging", "place"),
        ),
    ],
)
def test_two_questions_in_one_message_are_told_apart(
    text: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    meaning = meant(text)
    told = [(topic(each), each.intents[0]) for each in (meaning, *meaning.rest)]
    assert told == [first, second]


def test_two_questions_about_one_matter_are_one_meaning() -> None:
    meaning = meant("居住证要带什么，要多少钱")
    assert set(meaning.intents) == {"materials", "fee"}
    assert meaning.rest == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("不是低保，是居住证", "residence"),
        ("不是居住证,我说的是低保", "allowance"),
        ("不对，我问的是宅基地", "housing"),
        ("not the residence permit, I mean the felling licence", "logging"),
        ("not the felling licence, the residence permit", "residence"),
    ],
)
def test_what_is_taken_back_does_not_count(text: str, label: str) -> None:
    meaning = meant(text)
    assert meaning.corrects
    assert topic(meaning) == label


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [("不是换证,是补办", "补办", "换证"), ("not the renewal, the replacement", "new", "renewal")],
)
def test_a_correction_between_cases_keeps_the_second(text: str, kept: str, gone: str) -> None:
    cases = [Phrase("换证", "换证"), Phrase("补办", "补办")]
    cases += [Phrase("renewal", "renewal"), Phrase("new", "replacement")]
    cases += [Phrase("other", "摆摊 stall")]
    meaning = Understanding(cases, lexicons()).understand(text)
    assert meaning.corrects
    assert topic(meaning) == kept
    assert gone not in {each.label for each in meaning.topics if each.score > 0.4}


@pytest.mark.parametrize("text", ["是不是要居住证", "居住证要不要钱", "is it not free"])
def test_a_question_with_a_no_in_it_is_no_correction(text: str) -> None:
    assert not meant(text).corrects


@pytest.mark.parametrize(
    "text",
    ["要带什么证件材料", "怎么办理", "多少钱", "我想办证", "申请表在哪里下载", "how much is it"],
)
def test_what_is_asked_votes_for_no_matter(text: str) -> None:
    assert sure(text) < DOUBTFUL


@pytest.mark.parametrize(
    "text", ["证", "办理", "材料", "许可证", "登记", "证明", "a permit", "form"]
)
def test_words_of_office_tell_nothing(text: str) -> None:
    assert meant(text).content == 0
    assert sure(text) < DOUBTFUL


class Catalogue:
    """All matters of the project's catalogue, linked to nothing."""

    digest = "the whole catalogue"
    kin: Mapping[str, float] = {}

    def phrases(self) -> Iterator[Phrase]:
        for label, matter in read_catalogue(
            *filter(None, map(folder, ("zh", "en")))
        ).matters.items():
            for text in (*matter.name.words.values(), *matter.names, *matter.also):
                yield Phrase(f"matter/{label}", text)

    def phrases_of(self, topic: str) -> Iterator[Phrase]:
        return (each for each in self.phrases() if each.label == topic)


@functools.cache
def with_the_catalogue() -> Understanding:
    return Understanding(phrases(), lexicons(), Catalogue())


@pytest.mark.parametrize(
    "text",
    [
        "出版物经营许可证",
        "出版物经营许可证要带什么",
        "烟草专卖许可证",
        "危险化学品经营许可证怎么办",
        "网络文化经营许可证多少钱",
        pytest.param("publications business permit"),
        pytest.param("fireworks sales permit"),
    ],
)
def test_a_matter_that_nobody_has_does_not_become_the_nearest_one(text: str) -> None:
    meaning = with_the_catalogue().understand(text)
    logits = [each.logit for each in meaning.topics]
    here = [
        sure
        for each, sure in zip(meaning.topics, probabilities(logits, meaning.none), strict=True)
        if each.here
    ]
    assert max(here, default=0.0) < UNSURE


@pytest.mark.parametrize("text", ["食品经营许可证", "农药经营许可证", "food business permit"])
def test_its_nearest_one_is_still_surely_known(text: str) -> None:
    assert sure(text) > SURE


@pytest.mark.parametrize(
    "text", ["今天天气真好", "what a lovely day", "红烧肉怎么做好吃", "asdfgh"]
)
def test_what_is_no_matter_at_all_is_not_sure(text: str) -> None:
    assert sure(text) < DOUBTFUL


@pytest.mark.parametrize("text", ["养老", "养老的事"])
def test_a_word_that_two_matters_share_leaves_both_near(text: str) -> None:
    assert {each.label for each in meant(text).topics[:2]} == {"pension", "alive"}


def test_padding_changes_no_ranking() -> None:
    plain = [each.label for each in meant("低保多少钱").topics[:3]]
    padded = [each.label for each in meant("你好请问一下低保多少钱呢谢谢").topics[:3]]
    assert plain[0] == padded[0]


@pytest.mark.parametrize("word", ["permit", "card", "loan", "plot", "seed"])
def test_a_known_english_word_is_not_repaired(word: str) -> None:
    known = [Phrase("right", f"{word} matter"), Phrase("wrong", f"{word}s other")]
    meaning = Understanding(known, lexicons()).understand(f"{word} matter")
    assert topic(meaning) == "right"


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [("how much is a permit for my son", "loan"), ("form of a cart", "card")],
)
def test_a_short_word_is_not_taken_for_another(text: str, unwanted: str) -> None:
    assert not (topic(meant(text)) == unwanted and sure(text) > DOUBTFUL)


def test_words_that_only_look_alike_stay_apart() -> None:
    known = [Phrase("car", "parking permit"), Phrase("dog", "barking dogs notice")]
    both = Understanding(known, lexicons())
    assert topic(both.understand("parking")) == "car"
    assert topic(both.understand("barking")) == "dog"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("居住证", "zh"),
        ("居住證", "zh"),
        ("juzhuzheng", "zh"),
        ("residence permit", "en"),
        ("hello", "en"),
        ("residence permit 多少钱", "zh"),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert meant(text).language == language


@pytest.mark.parametrize("text", ["那要多少钱", "那在哪办", "it costs how much", "and how long"])
def test_a_text_that_goes_on_from_the_last_is_seen(text: str) -> None:
    meaning = meant(text)
    assert meaning.follows
    assert meaning.content == 0


def test_an_intent_is_surer_the_more_words_say_it() -> None:
    long, short = meant("低保要带什么材料").asked, meant("低保材料").asked
    assert long[0].confidence > short[0].confidence
    assert all(0 < each.confidence <= 1 for each in (*long, *short))


@pytest.mark.parametrize(
    "text", ["", " ", "。。。", "?", "\x00\x01", "\u200b", "😀😀", "123456", "\ud83d"]
)
def test_a_text_without_words_means_nothing(text: str) -> None:
    meaning = meant(text)
    assert meaning.asked == ()
    assert sure(text) < DOUBTFUL


@pytest.mark.parametrize("piece", ["办", "居住证，", "permit ", "juzhuzheng", "zh", "不是", "带…"])
def test_a_hundred_thousand_characters_are_understood(piece: str) -> None:
    assert meant(piece * (100_000 // len(piece))) is not None


def test_without_any_matter_intents_are_still_understood() -> None:
    meaning = Understanding((), lexicons()).understand("要多少钱")
    assert meaning.intents == ("fee",)
    assert meaning.topics == ()


@given(
    st.text(st.characters() | st.sampled_from("居住证低保办不是那要多少钱，？permit "), max_size=80)
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_understood_without_fault(text: str) -> None:
    meaning = meant(text)
    assert 0 <= sure(text) <= 1
    assert all(0 <= each.score <= 1.0001 for each in meaning.topics)
