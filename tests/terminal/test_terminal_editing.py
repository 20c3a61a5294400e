"""The commands for editors as they are typed: check with its options, new, schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import terminal_halls
from terminal_bot import bot


@pytest.fixture
def halls(tmp_path: Path) -> Path:
    return terminal_halls.write(tmp_path)


def test_a_hall_is_made_filled_and_checked_by_commands_alone(tmp_path: Path) -> None:
    steps = [("hall", "hexi"), ("office", "hexi/village"), ("service", "hexi/village/proof")]
    for kind, name in steps:
        made = bot(tmp_path, "new", kind, name, "--guides", tmp_path, "--lang", "zh")
        assert made.stdout.startswith("已写好：")
        assert (made.stderr, made.returncode) == ("", 0)
    again = bot(tmp_path, "new", "hall", "hexi", "--guides", tmp_path)
    assert "is there already" in again.stderr
    assert (again.stdout, again.returncode) == ("", 1)
    assert bot(tmp_path, "check", tmp_path).returncode == 0


def test_a_change_is_shown_after_what_was_is_accepted(halls: Path) -> None:
    hall = halls / "harbour"
    accepted = bot(halls.parent, "check", hall, "--accept")
    assert f"Accepted: {hall / '.accepted.yaml'}" in accepted.stdout
    file = hall / "boats.yaml"
    file.write_text(file.read_text("utf-8").replace("amount: 35", "amount: 40"), "utf-8")
    checked = bot(halls.parent, "check", hall, "--fast")
    assert "  fee of boats/mooring: 35 → 40" in checked.stdout.splitlines()
    assert (checked.stderr, checked.returncode) == ("", 0)


def test_check_writes_json_for_programs_and_annotations_for_github(halls: Path) -> None:
    (halls / "harbour" / "market.yaml").write_text(terminal_halls.UNKNOWN_KEY, "utf-8")
    machine = bot(halls.parent, "check", halls, "--fast", "--format", "json")
    assert json.loads(machine.stdout)["errors"] == 1
    github = bot(halls.parent, "check", "halls", "--fast", "--format", "github")
    assert github.stdout.startswith("::error file=halls/harbour/market.yaml,line=5,col=5,")
    assert (machine.returncode, github.returncode) == (1, 1)


def test_schemas_are_written_or_printed(tmp_path: Path) -> None:
    written = bot(tmp_path, "schema", "--out", "schemas")
    assert "schemas/office.schema.json" in written.stdout.splitlines()
    printed = json.loads(bot(tmp_path, "schema").stdout)
    office = json.loads((tmp_path / "schemas" / "office.schema.json").read_text("utf-8"))
    assert printed["office"] == office


def test_schemas_that_cannot_be_written_are_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "schemas").write_text("", "utf-8")
    told = bot(tmp_path, "schema", "--out", "schemas")
    assert "schemas" in told.stderr
    assert "Traceback" not in told.stderr
    assert told.returncode == 1
