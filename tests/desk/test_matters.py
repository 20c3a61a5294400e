"""Matters of the catalogue: linked to a hall's topics, or known as what the hall does not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.desk import Desk
from desk.matters import PREFIX, Matters
from desk.message import Message, Outcome, Turn
from desk.topics import Topics
from facts.guides import Guides, read_guides
from intents.cache import Cache
from intents.encoder import VectorStore, installed
from ledger.memory import MemoryLedger

HALL = """\
name: {zh: 河东镇政务服务中心, en: Hedong Hall}
phone: "0000-1"
lead_window: 1
windows:
  - number: 1
  - number: 2
"""
OFFICE = """\
office: 市场监管所
window: 2
services:
  - id: food
    name: 食品经营许可
    fee: free
  - id: card
    name: 居民身份证办理
    cases:
      - {id: first, name: 首次申领}
      - {id: lost, name: 丢失补领}
"""
CATALOGUE = """\
- id: food-permit
  name: {zh: 食品经营许可证, en: Food business permit}
  ask: [我想开个面馆, 卖麻辣烫要啥证, we want to open a noodle shop]
  authority: {zh: 市场监督管理局, en: market regulation bureau}
- id: publications
  name: {zh: 出版物经营许可证, en: Publications permit}
  also: [卖书证]
  ask: [我想开个书店, I would like to sell books]
  authority: {zh: 新闻出版部门, en: press and publications office}
- id: id-lost
  name: {zh: 居民身份证丢失补领, en: Lost identity card}
  ask: [身份证遭偷了]
  authority: {zh: 公安机关, en: police}
"""


@pytest.fixture
def guides(tmp_path: Path) -> Guides:
    folder = tmp_path / "hedong"
    folder.mkdir()
    (folder / "hall.yaml").write_text(HALL, "utf-8")
    (folder / "market.yaml").write_text(OFFICE, "utf-8")
    return read_guides(folder)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "all.yaml").write_text(CATALOGUE, "utf-8")
    return folder


def asked(desk: Desk, text: str) -> Turn:
    return desk.answer(Message(text=text, session="a", door="test"))


def test_a_topic_is_linked_to_the_matter_of_its_name(guides: Guides, catalogue: Path) -> None:
    links = Matters(Topics(guides.halls), [catalogue]).links
    assert links["all/food-permit"] == ("market/food",)
    assert "all/publications" not in links


def test_a_matter_may_be_one_case_of_a_topic(guides: Guides, catalogue: Path) -> None:
    links = Matters(Topics(guides.halls), [catalogue]).links
    assert links["all/id-lost"] == ("market/card#lost",)


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        ("matter: all/publications", {"all/publications": ("market/food",)}),
        ("matter: none", {}),
    ],
)
def test_an_editor_corrects_a_link(
    written: str, linked: dict[str, tuple[str, ...]], tmp_path: Path, catalogue: Path
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "hall.yaml").write_text(HALL, "utf-8")
    office = "office: 所\nservices:\n  - id: food\n    name: 食品经营许可\n    " + written + "\n"
    (folder / "market.yaml").write_text(office, "utf-8")
    links = Matters(Topics(read_guides(folder).halls), [catalogue]).links
    assert links == linked


def test_a_service_is_found_by_what_people_call_its_matter(guides: Guides, catalogue: Path) -> None:
    desk = Desk(guides, MemoryLedger(), catalogue=[catalogue])
    assert asked(desk, "我想开个面馆").topic == "market/food"
    assert asked(Desk(guides, MemoryLedger()), "我想开个面馆").topic is None


def test_a_matter_that_the_hall_does_not_have_is_taken_down_with_its_authority(
    guides: Guides, catalogue: Path
) -> None:
    turn = asked(Desk(guides, MemoryLedger(), catalogue=[catalogue]), "出版物经营许可证怎么办")
    assert turn.outcome is Outcome.REGISTERED
    assert turn.receipt
    assert turn.window == "1"
    assert "新闻出版部门" in turn.reply


@pytest.mark.parametrize(
    "text", ["出版物经营许可证怎么办", "卖书证呢", "publications permit, how much"]
)
def test_a_matter_that_the_hall_does_not_have_is_not_taken_for_the_one_spoken_of_before(
    guides: Guides, catalogue: Path, text: str
) -> None:
    desk = Desk(guides, MemoryLedger(), catalogue=[catalogue])
    assert asked(desk, "食品经营许可要多少钱").topic == "market/food"
    turn = asked(desk, text)
    assert (turn.outcome, turn.topic) == (Outcome.REGISTERED, None)


def test_links_that_are_kept_are_the_same(guides: Guides, catalogue: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    built = Matters(Topics(guides.halls), [catalogue], cache).links
    assert Matters(Topics(guides.halls), [catalogue], cache).links == built


def test_a_changed_catalogue_is_linked_anew(
    guides: Guides, catalogue: Path, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache")
    before = Matters(Topics(guides.halls), [catalogue], cache).links
    text = CATALOGUE.replace("食品经营许可证", "医疗器械经营许可证")
    (catalogue / "all.yaml").write_text(text, "utf-8")
    assert Matters(Topics(guides.halls), [catalogue], cache).links != before


def test_matters_that_are_linked_to_nothing_are_labels_of_their_own(
    guides: Guides, catalogue: Path
) -> None:
    matters = Matters(Topics(guides.halls), [catalogue])
    labels = {phrase.label for phrase in matters.phrases()}
    assert labels == {"market/food", "market/card#lost", f"{PREFIX}all/publications"}
    found = matters.find(f"{PREFIX}all/publications")
    assert found
    assert found.authority.words["en"] == "press and publications office"
    assert matters.find("market/food") is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("am I talking to a machine or a person", "help"),
        ("what kind of things can you help me with", "help"),
        ("恁好,吃了没", "greeting"),
        ("多谢晒，帮咗大忙", "thanks"),
        ("thanks a million, you're very good", "thanks"),
    ],
)
def test_small_talk_is_known_in_other_words_than_its_phrases(
    guides: Guides, catalogue: Path, text: str, intent: str
) -> None:
    encoder = installed()
    assert encoder
    desk = Desk(guides, MemoryLedger(), catalogue=[catalogue], store=VectorStore(encoder))
    turn = asked(desk, text)
    assert (turn.outcome, turn.about) == (Outcome.TALK, (intent,))


def test_a_matter_is_linked_to_the_case_of_its_stage(guides: Guides, catalogue: Path) -> None:
    links = Matters(Topics(guides.halls), [catalogue]).links
    assert links["all/id-lost"] == ("market/card#lost",)
