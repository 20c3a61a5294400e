"""Imports point one way: from the bot through the doors and the desk to what they stand on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

BELOW = {
    "bot": {"doors", "editing", "desk", "facts", "intents", "ledger"},
    "doors": {"editing", "desk", "facts", "intents", "ledger"},
    "editing": {"desk", "facts", "intents", "ledger"},
    "desk": {"facts", "intents", "ledger"},
    "facts": set(),
    "intents": set(),
    "ledger": set(),
}
DOORS = {"telegram", "terminal", "web"}
OUTSIDE = {"telegram", "starlette", "uvicorn"}
MAY_IMPORT_SQLALCHEMY = {
    "ledger.connection",
    "ledger.database",
    "ledger.figures",
    "ledger.schema",
    "ledger.tables",
    "ledger.vain",
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the program by its dotted name."""
    for part in BELOW:
        for file in [ROOT / f"{part}.py", *sorted((ROOT / part).rglob("*.py"))]:
            if file.is_file():
                name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), file


def imports(source: str, name: str, *, package: bool) -> set[str]:
    """The dotted names a module imports, anywhere in it, relative ones resolved."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = name.split(".")
            start = parts[: len(parts) - node.level + package] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return found


def top(name: str) -> str:
    return name.partition(".")[0]


def imports_of(name: str, file: Path) -> set[str]:
    return imports(file.read_text("utf-8"), name, package=file.name == "__init__.py")


def door(name: str) -> str | None:
    """The door a module belongs to."""
    parts = name.split(".")
    return parts[1] if parts[0] == "doors" and len(parts) > 1 and parts[1] in DOORS else None


every_module = pytest.mark.parametrize(
    ("name", "file"), [pytest.param(name, file, id=name) for name, file in modules()]
)


@every_module
def test_a_module_imports_only_what_is_below_it(name: str, file: Path) -> None:
    part = top(name)
    imported = {top(found) for found in imports_of(name, file)} & set(BELOW)
    assert imported <= BELOW[part] | {part}


@every_module
def test_a_door_does_not_import_another_door(name: str, file: Path) -> None:
    if (own := door(name)) is not None:
        assert {door(found) for found in imports_of(name, file)} <= {None, own}


@every_module
def test_only_the_doors_know_the_outside(name: str, file: Path) -> None:
    if top(name) not in {"bot", "doors"}:
        assert not {top(found) for found in imports_of(name, file)} & OUTSIDE


@every_module
def test_only_the_ledger_knows_its_database(name: str, file: Path) -> None:
    if name not in MAY_IMPORT_SQLALCHEMY and not name.startswith("ledger.migrations"):
        assert "sqlalchemy" not in {top(found) for found in imports_of(name, file)}


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("import doors.web.page", "doors.web.page"),
        ("from doors import web", "doors.web"),
        ("from ..web import page", "doors.web.page"),
        ("from . import cards", "doors.telegram.cards"),
        ("def late():\n    import telegram", "telegram"),
    ],
)
def test_every_way_to_import_is_seen(source: str, imported: str) -> None:
    assert imported in imports(source, "doors.telegram.door", package=False)


def test_an_import_inside_a_package_file_is_seen() -> None:
    assert "doors.web" in imports("from .. import web", "doors.telegram", package=True)
