"""The schemas: an independent validator takes what the reader takes, and finds broken files."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from editing.schema import DRAFT, FILES, description, meanings, schemas, write
from facts import schema

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "guides" / "taiping"
OWN = ("hall", "elsewhere", "journeys", "questions")
GUIDES = [
    *sorted(SAMPLE.glob("*.yaml")),
    *sorted((ROOT / "tests" / "desk" / "hall").glob("*.yaml")),
    *sorted((ROOT / "matters").glob("*/*.yaml")),
]


def kind_of(file: Path) -> str:
    """Which kind of file it is."""
    if "matters" in file.parts:
        return "matters"
    return file.stem if file.stem in OWN else "office"


def plain(value: Any) -> Any:
    """A value as an editor's program has it: of dates there are only texts in JSON."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def problems(kind: str, text: str, loader: Any = yaml.CSafeLoader) -> list[str]:
    """What the validator finds in a file of this kind."""
    validator = jsonschema.Draft7Validator(schemas()[kind])
    return [each.message for each in validator.iter_errors(plain(yaml.load(text, loader)))]


@pytest.mark.parametrize("kind", FILES)
def test_every_schema_is_a_schema(kind: str) -> None:
    told = schemas()[kind]
    jsonschema.Draft7Validator.check_schema(told)
    assert told["$schema"] == DRAFT


@pytest.mark.parametrize("loader", [yaml.CSafeLoader, yaml.CBaseLoader])
@pytest.mark.parametrize("file", GUIDES, ids=[f"{each.parent.name}/{each.name}" for each in GUIDES])
def test_files_that_load_fit_their_schema(file: Path, loader: Any) -> None:
    assert problems(kind_of(file), file.read_text("utf-8"), loader) == []


SERVICE = "office: 甲\nservices:\n  - id: a\n    name: 乙\n"
BROKEN = [
    ("hall", "phone: 1\n"),
    ("hall", "name: 甲\nphones: 1\n"),
    ("hall", "name: [甲]\n"),
    ("hall", "name: {chinese: 甲}\n"),
    ("hall", "name: 甲\nwindows:\n  - name: 乙\n"),
    ("hall", "name: 甲\ncount_from: tomorrow\n"),
    ("hall", "name: 甲\nhours:\n  - days: Mon\n"),
    ("hall", "name: 甲\nclosed:\n  - date: soon\n"),
    ("hall", "name: 甲\nlocation: {lat: north, lon: 1}\n"),
    ("hall", "name: 甲\nfloor_plan: [1, 2]\n"),
    ("hall", "- name: 甲\n"),
    ("office", "services: []\n"),
    ("office", "office: 甲\nservices:\n  - name: 乙\n"),
    ("office", SERVICE + "    fees: free\n"),
    ("office", SERVICE + "    收废: 免费\n"),
    ("office", SERVICE + "    status: closed\n"),
    ("office", SERVICE + "    verified_on: yesterday\n"),
    ("office", SERVICE + "    materials:\n      - {original: 1}\n"),
    ("office", SERVICE + "    materials:\n      - {name: 证, original: many}\n"),
    ("office", SERVICE + "    materials:\n      - {name: 证, electronic: perhaps}\n"),
    ("office", SERVICE + "    time_limit: {promised: soon}\n"),
    ("office", SERVICE + "    time_limit: [5天]\n"),
    ("office", SERVICE + "    changes: {soon: {fee: free}}\n"),
    ("office", SERVICE + "    changes: {2027-01-01: {id: b}}\n"),
    ("office", SERVICE + "    cases:\n      - {id: b, name: 丙, cases: []}\n"),
    ("office", SERVICE + "    fee:\n      - {currency: CNY}\n"),
    ("elsewhere", "- {id: a}\n"),
    ("elsewhere", "- {id: a, name: 甲, window: 3}\n"),
    ("journeys", "- {id: a, name: 甲, steps: [{note: 乙}]}\n"),
    ("questions", "- {ask: 甲}\n"),
    ("questions", "- {ask: 甲, expects: talk}\n"),
    ("matters", "- {id: a, name: 甲}\n"),
]


@pytest.mark.parametrize(("kind", "text"), BROKEN)
def test_a_broken_file_does_not_fit(kind: str, text: str) -> None:
    assert problems(kind, text) != []


TAKEN = [
    ("hall", "name: 甲\nphone:\nwindows:\n"),
    ("hall", "名称: 甲\n窗口:\n  - {编号: 3, 单位: [a, b]}\n"),
    ("hall", "name: 甲\nfloor_plan: plan.svg\nwords: [[甲, 乙], 丙=丁]\n"),
    ("hall", 'name: 甲\nhours: "Mon-Fri 08:30-17:00"\nnotices: 检修\nclosed: 2026-12-31\n'),
    ("office", "单位: 甲\n窗口: 1, 2\n事项: 无\n"),
    ("office", SERVICE + "    收费: 免费\n    申请材料: 身份证\n    办结时限: {承诺: 即办}\n"),
    ("office", SERVICE + "    materials: {zh: 证, en: card}\n    ask: {zh: [甲, 乙], en: c}\n"),
    ("office", SERVICE + "    changes: {2027年1月1日: {fee: {amount: 1.5%}}}\n"),
    ("office", SERVICE + "    hours: 随时\n    visits: 1\n    owner: 张三\n"),
    ("questions", "- {say: [甲, 乙], expect: [talk, a/b|register], about: [[fee], []]}\n"),
]


@pytest.mark.parametrize(("kind", "text"), TAKEN)
def test_what_the_reader_takes_is_not_underlined(kind: str, text: str) -> None:
    assert problems(kind, text) == []
    assert problems(kind, text, yaml.CBaseLoader) == []


def test_every_key_is_explained_in_both_languages_and_nothing_else_is() -> None:
    used = set()
    for owner in schema._owners():
        for key in schema.fields(owner):
            chinese, english = description(owner, key).split("\n")
            assert re.search("[\u4e00-\u9fff]", chinese)
            assert re.search("[a-z]", english)
            used |= {key.name, f"{owner.__name__}.{key.name}"}
    assert set(meanings()) <= used


def test_keys_in_english_and_chinese_are_offered_with_what_they_mean() -> None:
    offered = schemas()["office"]["definitions"]["Service"]["properties"]
    assert offered["收费"]["description"] == offered["fee"]["description"]
    assert "免费" in offered["fee"]["description"]
    assert "free" in offered["fee"]["description"]


def test_schemas_are_written_as_json_one_file_a_kind(tmp_path: Path) -> None:
    written = write(tmp_path / "schemas")
    assert [each.name for each in written] == [f"{kind}.schema.json" for kind in FILES]
    for file in written:
        assert json.loads(file.read_text("utf-8"))["$schema"] == DRAFT
