"""The page of the duties: every duty stands there, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/duties.md").read_text("utf-8")
KINDS = {"Q": 14, "N": 6, "L": 5, "U": 2, "T": 2, "C": 3, "R": 4}
DUTIES = [f"{kind}{n}" for kind, most in KINDS.items() for n in range(1, most + 1)]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| [A-Z]\d", line)
]
NAMED = sorted(set(re.findall(r"tests/[\w/]+\.py::\w+", PAGE)))


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(each.name for each in tree.body if isinstance(each, kinds))


def test_every_duty_stands_on_the_page_once() -> None:
    assert [each for row in ROWS for each in row[0].split(", ")] == DUTIES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_duty_is_shown_by_a_test_or_told_to_be_open(row: list[str]) -> None:
    assert re.search(r"::test_|^open: .{10}|\(being built\)", row[2])


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_the_page_names_is_there(named: str) -> None:
    file, _, name = named.partition("::")
    assert (ROOT / file).is_file()
    assert name in names_in(file)
