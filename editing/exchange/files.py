"""Guides as files: YAML with comments beside the services."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from editing.exchange.item import Item
from editing.exchange.remarks import Remark
from facts.nodes import Fields, Items, Node, Scalar, compose
from facts.problems import Fault

MOST_TOLD = 30
"""Lines of a difference that are told."""

_UNPRINTABLE = re.compile(
    "[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class _Dumper(yaml.SafeDumper):
    """Lists stand two spaces in, as in guides written by hand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def dump(data: Any) -> str:
    """Plain data as YAML."""
    return yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, indent=2
    )


def plain(node: Node | None) -> Any:
    """A YAML tree as plain data: texts, lists, mappings; of a key written twice the first."""
    if isinstance(node, Items):
        return [plain(each) for each in node.nodes]
    if isinstance(node, Fields):
        told: dict[str, Any] = {}
        for key, value in node.pairs:
            told.setdefault(key.text, plain(value))
        return told
    return node.text if isinstance(node, Scalar) else ""


@dataclass(slots=True)
class OfficeFile:
    """An office's file: what stands at its head, its services, and comments at its end."""

    head: dict[str, Any]
    items: list[Item] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    noted: list[Remark] = field(default_factory=list)

    def remarks(self) -> list[Remark]:
        """What is to be looked at, of its services and of those that could not be read."""
        return [*(remark for item in self.items for remark in item.remarks), *self.noted]

    def text(self, comment: str) -> str:
        """The file; `comment` is the word before what was not read."""
        lines = [dump(self.head)] if self.head else []
        if self.items:
            lines.append("services:\n")
        for item in self.items:
            lines += _comments(item.comments, comment, "  ")
            block = dump([item.data]).splitlines(keepends=True)
            lines += ["  " + each if each.strip() else each for each in block]
        lines += _comments(self.strays, comment, "")
        return "".join(lines)


def _comments(texts: Sequence[str], word: str, indent: str) -> Iterator[str]:
    for text in texts:
        lines = [_UNPRINTABLE.sub("", each) for each in text.split("\n")]
        yield f"{indent}# {word} {lines[0]}\n"
        yield from (f"{indent}#   {each}\n" for each in lines[1:])


def old(folder: Path, name: str) -> str | None:
    """What stands in a file now, None where there is none."""
    try:
        return (folder / name).read_text("utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None


def comments(text: str) -> set[str]:
    """The lines of a file that are comments."""
    return {line.strip() for line in text.splitlines() if line.lstrip().startswith("#")}


def _sorted(text: str) -> str | None:
    """A file's data in one way of writing, None where it is no YAML."""
    try:
        return yaml.dump(plain(compose(text)), Dumper=_Dumper, allow_unicode=True, width=10_000)
    except Fault:
        return None


def difference(before: str, after: str) -> list[str]:
    """What a file would lose and gain."""
    one, other = _sorted(before) or before, _sorted(after) or after
    compared = difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0)
    return [line for line in compared if not line.startswith(("---", "+++", "@@"))]
