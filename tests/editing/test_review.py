"""The review: what was asked in vain, and what an editor does about it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from editing_hall import AT, ENTRY, NOW, asked_in_vain, url_of, written

from bot import main
from desk.topics import Topics
from editing.digest import digest
from editing.engine import Drawn, Engine
from editing.groups import Group, groups
from editing.review import COMMANDS, Review
from editing.reviewed import FOR_GOOD, NAME, put_aside, reviewed
from editing.words import Say
from editing.worklist import work_list
from facts.guides import read_guides
from facts.model import Hall
from intents.fold import fold
from ledger.connection import Database
from ledger.database import DatabaseLedger, file_url
from ledger.vain import Failed

QUESTIONS = ["优待办理", "老年证怎么办", "低保要带什么"]


@dataclass
class Place:
    """A hall's folder, its ledger, and the editor's talk."""

    home: Path
    database: Database

    @property
    def hall(self) -> Hall:
        [hall] = read_guides(self.home).halls
        return hall

    def engine(self) -> Engine:
        return Engine([self.hall])

    def groups(self) -> list[Group]:
        return list(work_list(self.database, self.hall, self.engine(), NOW))

    def texts(self) -> list[str]:
        return [each.text for each in self.groups()]

    def says(self, *typed: str, language: str = "zh") -> str:
        """What is written to an editor who types these lines."""
        out = io.StringIO()
        lines = iter([f"{each}\n" for each in typed])
        talk = Review(self.home, self.engine(), QUESTIONS, Say(language), NOW, lines, out)
        talk.run(self.hall, self.groups())
        return out.getvalue()

    def phrases(self, label: str, field: str) -> tuple[str, ...]:
        found = Topics([self.hall]).find(label)
        assert found is not None
        return tuple(getattr(found.item, field))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(written(tmp_path), asked_in_vain(tmp_path))


def test_like_questions_are_one_group_counted_by_sessions(place: Place) -> None:
    found = {each.text: (each.sessions, dict(each.reasons)) for each in place.groups()}
    assert found == {
        "房子产权怎么过户": (3, {"taken_down": 3}),
        "补贴": (2, {"asked_back": 2}),
        "楼上漏水怎么办": (1, {"taken_down": 1}),
        "低保要带什么": (1, {"unhelpful": 1}),
    }


def test_the_topic_that_was_told_is_named(place: Place) -> None:
    [told] = [each.told for each in place.groups() if each.text == "低保要带什么"]
    assert told == "welfare/allowance"


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("低保怎么办？", "低保怎么办", True),
        ("How do I get it", "how do i get it?", True),
        ("card for the old", "for the old card", True),
        ("低保怎么办", "护照在哪里", False),
    ],
)
def test_texts_are_grouped_by_letters_and_words(first: str, second: str, together: bool) -> None:
    rows = [
        Failed(at=AT, reason="taken_down", session=session, text=text, topic=None)
        for session, text in (("a", first), ("b", second))
    ]
    assert [each.sessions for each in groups(rows)] == ([2] if together else [1, 1])


@pytest.mark.parametrize("command", ["1", "also", "别名", "ALSO"])
def test_a_name_is_added_to_the_likeliest_topic(place: Place, command: str) -> None:
    told = place.says(command, "welfare/allowance", "低保户", "0")
    assert "welfare.yaml" in told
    assert place.phrases("welfare/allowance", "also") == ("低保", "低保户")
    assert "      - 低保      # 常说\n      - 低保户\n" in (place.home / "welfare.yaml").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("topic", ["welfare/card", "老年优待证", "老年优待", "elsewhere/passport"])
def test_a_topic_is_named_by_id_or_name(place: Place, topic: str) -> None:
    place.says("问法", topic, "", "是", "0")
    label = topic if "/" in topic else "welfare/card"
    assert "房子产权怎么过户" in place.phrases(label, "ask")


def test_what_has_become_a_phrase_is_not_listed_again(place: Place) -> None:
    place.says("2", "welfare/allowance", "", "0")
    assert "房子产权怎么过户" not in place.texts()


def test_a_question_that_would_be_drawn_from_elsewhere_is_shown_before(place: Place) -> None:
    told = place.says("1", "welfare/allowance", "优待办理", "否", "0")
    assert "“优待办理”原来是“老年优待证”，加了以后是“最低生活保障”" in told
    assert place.phrases("welfare/allowance", "also") == ("低保",)


def test_the_trial_leaves_the_engine_as_it_was(place: Place) -> None:
    engine = place.engine()
    topic = engine.topics.find("welfare/allowance")
    assert topic is not None
    assert engine.drawn(topic, "also", "优待办理", QUESTIONS) == [
        Drawn("优待办理", "welfare/card", "welfare/allowance")
    ]
    assert engine.taken_for("优待办理") == "welfare/card"
    assert engine.with_phrase(topic, "ask", "水管冻裂了").taken_for("水管冻裂了") == topic.label


@pytest.mark.parametrize("office", ["1", "welfare", "民政办"])
def test_a_new_service_is_begun(place: Place, office: str) -> None:
    place.says("新事项", office, "物业纠纷调解", "0")
    added = place.hall.offices[0].services[-1]
    assert (added.name.say("zh"), added.ask) == ("物业纠纷调解", ("房子产权怎么过户",))


def test_a_matter_of_another_authority_is_begun(place: Place) -> None:
    place.says("4", "物业纠纷", "住建局", "0")
    added = place.hall.elsewhere[-1]
    assert added.authority is not None
    assert (added.name.say("zh"), added.authority.say("zh")) == ("物业纠纷", "住建局")


@pytest.mark.parametrize(("command", "again"), [("忽略", False), ("改好", True)])
def test_what_is_put_aside_is_not_listed_unless_it_comes_again(
    place: Place, tmp_path: Path, command: str, again: bool
) -> None:
    place.says(command, "0")
    assert "房子产权怎么过户" not in place.texts()
    ledger = DatabaseLedger.open(url_of(tmp_path))
    later = replace(ENTRY, at=NOW + timedelta(days=1), text="房子产权怎么过户", outcome="choose")
    ledger.record(later)
    ledger.close()
    then = work_list(place.database, place.hall, place.engine(), NOW + timedelta(days=2))
    assert ("房子产权怎么过户" in [each.text for each in then]) is again


def test_what_was_answered_in_vain_rests_once_something_is_done_about_it(place: Place) -> None:
    told = place.says("跳过", "跳过", "1", "welfare/allowance", "低保材料清单", "0")
    assert told.index("低保要带什么") < told.index("写进了")
    assert place.texts() == ["房子产权怎么过户", "补贴", "楼上漏水怎么办"]


@pytest.mark.parametrize("typed", [(), ("1",), ("1", ""), ("3",), ("3", "1"), ("4", "x"), ("bla",)])
def test_the_review_ends_anywhere_and_leaves_the_guides_whole(
    place: Place, typed: tuple[str, ...]
) -> None:
    before = {file: file.read_bytes() for file in place.home.iterdir()}
    assert place.says(*typed)
    assert {file: file.read_bytes() for file in place.home.iterdir()} == before


def test_what_was_done_before_the_end_stays(place: Place) -> None:
    place.says("ignore")
    assert reviewed(place.hall) != {}


def test_a_fault_is_told_and_the_review_goes_on(place: Place) -> None:
    elsewhere = place.home / "elsewhere.yaml"
    elsewhere.write_text("id: passport\nname: 护照\n", "utf-8")
    told = place.says("4", "漏水", "住建局", "忽略", "0")
    assert "elsewhere.yaml 还是原来的样子" in told
    assert elsewhere.read_text("utf-8") == "id: passport\nname: 护照\n"
    assert (place.home / NAME).exists()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", ["?", "帮助", "help", "nonsense"])
def test_help_tells_every_command(place: Place, language: str, command: str) -> None:
    told = place.says(command, language=language)
    assert all(words[0] in told for words in COMMANDS.values() if words[0])


def test_no_word_stands_for_two_commands() -> None:
    every = [word for words in COMMANDS.values() for word in words]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_digest_is_a_few_plain_lines(place: Place, language: str) -> None:
    told = digest(place.hall, place.groups(), place.engine(), Say(language))
    first, *rest = told.splitlines()
    assert place.hall.name.say(language) in first
    assert len(rest) == 1 + len(place.groups())
    assert "房子产权怎么过户" in rest[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_week_without_is_told_so(place: Place, language: str) -> None:
    assert len(digest(place.hall, [], place.engine(), Say(language)).splitlines()) == 1


@pytest.mark.parametrize(
    "written_before", [None, "", "# mine", "别的\n", "\ufeff别的\t2026-11-01\n", "# mine\n\n\n"]
)
def test_the_list_of_what_rests_keeps_what_stands_in_it(
    place: Place, written_before: str | None
) -> None:
    file = place.home / NAME
    if written_before is not None:
        file.write_text(written_before, "utf-8")
    before = set(reviewed(place.hall))
    put_aside(place.hall, ["新的 话"], Say("zh"))
    put_aside(place.hall, ["新的 话", "Other"], Say("zh"), NOW)
    found = reviewed(place.hall)
    assert set(found) == {*before, fold("新的 话"), "other"}
    assert found[fold("新的 话")] == FOR_GOOD
    assert found["other"] == NOW
    assert file.read_text("utf-8-sig").startswith((written_before or "").lstrip("\ufeff"))


def without(texts: Iterable[str], *gone: str) -> list[str]:
    return [each for each in texts if each not in gone]


def test_a_question_that_is_answered_by_now_is_passed_over(place: Place) -> None:
    welfare = place.home / "welfare.yaml"
    told = welfare.read_text("utf-8")
    welfare.write_text(told.replace("also: [老年证]", "also: [老年证, 楼上漏水]"), "utf-8")
    shown = place.says(*[""] * 9)
    assert "楼上漏水怎么办" not in shown
    assert all(text in shown for text in without(place.texts(), "楼上漏水怎么办"))


def test_of_several_halls_each_has_its_own_list_and_phrases(tmp_path: Path) -> None:
    home = tmp_path / "halls"
    home.mkdir()
    written(home)
    (home / "second").mkdir()
    (home / "second" / "hall.yaml").write_text("name: 第二厅\n", "utf-8")
    database = asked_in_vain(tmp_path)
    halls = {each.id: each for each in read_guides(home).halls}
    engine = Engine(list(halls.values()))
    assert work_list(database, halls["second"], engine, NOW) == []
    found = work_list(database, halls["hedong"], engine, NOW)
    typed = iter(["1\n", "hedong:welfare/card\n", "产权证\n", "是\n"])
    talk = Review(home, engine, QUESTIONS, Say("zh"), NOW, typed, io.StringIO())
    assert not talk.run(halls["hedong"], found)
    assert talk.done == 1
    assert "产权证" in (home / "hedong" / "welfare.yaml").read_text("utf-8")
    assert talk.engine.taken_for("产权证") == "hedong:welfare/card"


@pytest.mark.parametrize(("sends", "reached"), [(["--send"], 1), ([], 0)])
def test_the_digest_reaches_the_editors_where_that_is_wanted(
    place: Place, tmp_path: Path, sends: list[str], reached: int
) -> None:
    url = file_url(tmp_path / "kept.db")
    env = {"DATABASE_URL": url, "ENCODER": "none", "XDG_CACHE_HOME": str(tmp_path)}
    command = ["review", "--guides", str(place.home), "--lang", "zh", "--digest", *sends]
    assert main(command, env) == 0
    ledger = DatabaseLedger.open(url)
    found = ledger.claim("staff:editors", NOW, NOW)
    ledger.close()
    assert len(found) == reached
    assert all(place.hall.name.say("zh") in each.text for each in found)
