"""The page for editors who use tools: its snippets are what they say they are, and work."""

from __future__ import annotations

import json
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from doors.arguments import parser
from editing.schema import FILES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "editing.md").read_text("utf-8")
SNIPPETS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMAND = re.compile(r"bot\.py +([^`\n]+)")


def snippets(language: str) -> list[str]:
    return [text for kind, text in SNIPPETS if kind == language]


@pytest.mark.parametrize("text", snippets("yaml"))
def test_every_yaml_snippet_is_yaml(text: str) -> None:
    assert isinstance(yaml.safe_load(text), dict)


@pytest.mark.parametrize("text", snippets("json"))
def test_every_json_snippet_is_json(text: str) -> None:
    assert isinstance(json.loads(text), dict)


def test_there_are_snippets_for_the_editor_the_hook_and_the_workflow() -> None:
    assert len(snippets("json")) == 1
    assert [next(iter(yaml.safe_load(each))) for each in snippets("yaml")] == ["repos", "name"]


@pytest.mark.parametrize("command", COMMAND.findall(PAGE))
def test_every_command_of_the_page_is_one_with_its_arguments(command: str) -> None:
    given = parser({}, Path("guides/taiping")).parse_args(shlex.split(command))
    assert given.command in {"check", "new", "schema"}


def test_the_page_tells_the_three_commands_for_editors() -> None:
    assert {each.split()[0] for each in COMMAND.findall(PAGE)} == {"check", "new", "schema"}


def test_the_settings_name_the_schema_of_every_kind_of_file() -> None:
    [settings] = map(json.loads, snippets("json"))
    named = {Path(each).name for each in settings["yaml.schemas"]}
    assert named == {f"{kind}.schema.json" for kind in FILES}


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("guides/hexi/hall.yaml", "hall"),
        ("guides/hexi/journeys.yaml", "journeys"),
        ("guides/hexi/civil.yaml", "office"),
        ("guides/hexi/matters/river.yaml", "matters"),
    ],
)
def test_each_file_of_a_hall_has_one_schema(file: str, kind: str) -> None:
    [settings] = map(json.loads, snippets("json"))
    found = []
    for schema, pattern in settings["yaml.schemas"].items():
        left_out = re.search(r"!\((.*)\)", pattern)
        plain = re.sub(r"!\(.*\)", "*", pattern)
        same_depth = file.count("/") == plain.count("/")
        out = left_out and Path(file).stem in left_out[1].split("|")
        if same_depth and fnmatch(file, plain) and not out:
            found.append(Path(schema).name)
    assert found == [f"{kind}.schema.json"]
