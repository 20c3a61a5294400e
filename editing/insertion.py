"""Insertions into YAML: an item into a list, a key into a mapping, every other byte as it was.

The text is not written anew from a tree: PyYAML's parser tells where things stand, and lines are
put between those that are there. So comments, quotes, order and line ends stay by themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^:#,\[\]{}\"'\r\n]*")
_DASH = re.compile(r"[ \t]*-[ ]+")
SIMPLE = (None, "", "'", '"')
"""Styles of a scalar that ends where its last character stands."""
STEP = 2
"""Spaces of a level where the file shows none."""

Value = str | Sequence[str]


class NoPlace(ValueError):  # noqa: N818 - it is the file that has none
    """There is no place in this text where it could be put safely."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """A text that is put at a place, counted in characters."""

    at: int
    text: str


class Page:
    """A YAML text with its tree. Raises yaml.YAMLError where it is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: yaml.Node | None = yaml.compose(text, Loader=yaml.CBaseLoader)
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        found = _BREAK.search(text)
        self.newline = found[0] if found else "\n"

    def with_(self, insertion: Insertion) -> str:
        """The text with the insertion."""
        return self.text[: insertion.at] + insertion.text + self.text[insertion.at :]

    def item(self, items: yaml.Node, text: str) -> Insertion:
        """One more item for a list of texts, or for what stands in its place."""
        match items:
            case yaml.SequenceNode():
                return self._item(items, text)
            case yaml.MappingNode():  # {zh: [..], en: [..]}
                named = {key.value: value for key, value in items.value}
                wanted = "zh" if re.search("[\u4e00-\u9fff]", text) else "en"
                return self.item(named.get(wanted) or next(iter(named.values())), text)
            case yaml.ScalarNode() if not items.value.strip() and items.style in (None, ""):
                return Insertion(self._end(items), f" [{quoted(text, inline=True)}]")
        raise NoPlace

    def key(self, mapping: yaml.MappingNode, key: str, value: Value) -> Insertion:
        """One more key for a mapping, behind its simplest neighbour among the first."""
        place = next((end for _, item in mapping.value if (end := self._after(item))), None)
        if place is None:
            raise NoPlace
        if mapping.flow_style:
            return Insertion(place, f", {_inline(key, value)}")
        indent = " " * mapping.value[0][0].start_mark.column
        return self._lines(self._line_end(place), _block(indent, key, value, self._step(mapping)))

    def entry(self, items: yaml.SequenceNode, fields: Sequence[tuple[str, Value]]) -> Insertion:
        """One more mapping at the end of a list of mappings."""
        if items.flow_style:
            entry = "{" + ", ".join(_inline(key, value) for key, value in fields) + "}"
            return self._into_brackets(items, entry)
        first = items.value[0]
        prefix = self._prefix(first)
        under = " " * len(prefix)
        step = self._step(first) if isinstance(first, yaml.MappingNode) else STEP
        lines = [line for key, value in fields for line in _block(under, key, value, step)]
        lines[0] = prefix + lines[0][len(under) :]
        if self._spaced(items):
            lines.insert(0, "")
        return self._lines(self._end_of(items), lines)

    def at_the_end(self, lines: Sequence[str]) -> Insertion:
        """Lines behind everything else."""
        return self._lines(len(self.text), lines)

    def replaced(self, scalar: yaml.ScalarNode, text: str) -> str:
        """The text with a list of two in the place of a list of one that is written as a text."""
        both = ", ".join(quoted(each, inline=True) for each in (scalar.value, text))
        if scalar.style not in SIMPLE:
            raise NoPlace
        start, end = self._at(scalar.start_mark), self._end(scalar)
        return f"{self.text[:start]}[{both}]{self.text[end:]}"

    def _item(self, items: yaml.SequenceNode, text: str) -> Insertion:
        if items.flow_style:
            return self._into_brackets(items, quoted(text, inline=True))
        floor = self._at(items.start_mark)
        for item in reversed(items.value):
            if self._at(item.start_mark) >= floor and (end := self._after(item)):
                line = self._prefix(item) + quoted(text)
                return self._lines(self._line_end(end), [line])
        raise NoPlace

    def _into_brackets(self, items: yaml.SequenceNode, text: str) -> Insertion:
        start = self._at(items.start_mark)
        if not items.value:
            return Insertion(self.text.index("[", start) + 1, text)
        last = items.value[-1]
        end = self._after(last)
        if end is None or self._at(last.start_mark) < start:
            raise NoPlace
        return Insertion(end, f", {text}")

    def _after(self, node: yaml.Node) -> int | None:
        """Where a value ends; None where its end cannot be told from what follows."""
        if isinstance(node, yaml.ScalarNode):
            return self._end(node) if node.style in SIMPLE else None
        if not isinstance(node, yaml.CollectionNode):
            return None
        if node.flow_style:
            return self._end(node)
        last = node.value[-1] if node.value else None
        last = last[1] if isinstance(last, tuple) else last
        if last is None or self._at(last.start_mark) < self._at(node.start_mark):
            return None  # an alias: it stands elsewhere
        return self._after(last)

    def _end_of(self, items: yaml.SequenceNode) -> int:
        """Where the lines of a list in the root end: before the next key and its comments."""
        root = self.root
        later: Iterator[int] = iter(())
        if isinstance(root, yaml.MappingNode):
            start = self._at(items.start_mark)
            later = (
                key.start_mark.line for key, _ in root.value if self._at(key.start_mark) > start
            )
        line = next(later, None)
        if line is None:
            return len(self.text)
        while self._line(line - 1).startswith("#") or not self._line(line - 1).strip():
            line -= 1
        return self._starts[line] - len(self._break_before(line))

    def _break_before(self, line: int) -> str:
        before = self.text[self._starts[line - 1] : self._starts[line]]
        return before[len(_BREAK.sub("", before)) :]

    def _spaced(self, items: yaml.SequenceNode) -> bool:
        """Whether a blank line stands between the entries."""
        return any(not self._line(each.start_mark.line - 1).strip() for each in items.value[1:])

    def _lines(self, at: int, lines: Sequence[str]) -> Insertion:
        """Whole lines behind the line that ends at this place."""
        told = self.newline.join(lines)
        if at == len(self.text) and (not at or _BREAK.match(self.text, at - 1)):
            return Insertion(at, told + self.newline)
        return Insertion(at, self.newline + told)

    def _prefix(self, item: yaml.Node) -> str:
        """The dash of an item with what stands before and behind it."""
        mark = item.start_mark
        before = self._line(mark.line)[: mark.column]
        found = _DASH.match(before)
        if not found:
            raise NoPlace
        return found[0]

    def _step(self, node: yaml.Node) -> int:
        """How far the lists in a mapping stand behind their keys."""
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            own = self._at(value.start_mark) > self._at(key.start_mark)
            if own and isinstance(value, yaml.SequenceNode) and not value.flow_style:
                dash = len(self._prefix(value.value[0])) - len(
                    self._prefix(value.value[0]).lstrip()
                )
                return max(dash - int(key.start_mark.column), 0)
        return STEP

    def _line(self, number: int) -> str:
        if number < 0:
            return ""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else None
        return self.text[self._starts[number] : end]

    def _line_end(self, at: int) -> int:
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def _at(self, mark: yaml.Mark) -> int:
        return self._starts[mark.line] + int(mark.column)

    def _end(self, node: yaml.Node) -> int:
        return self._at(node.end_mark)


def quoted(text: str, *, inline: bool = False) -> str:
    """A text as a YAML scalar: in quotes where it needs them."""
    safe = _PLAIN.fullmatch(text) and text == text.strip()
    spare = inline and re.search("[，、]", text)
    return text if safe and not spare else json.dumps(text, ensure_ascii=False)


def _inline(key: str, value: Value) -> str:
    if isinstance(value, str):
        return f"{key}: {quoted(value, inline=True)}"
    return f"{key}: [{', '.join(quoted(each, inline=True) for each in value)}]"


def _block(indent: str, key: str, value: Value, step: int) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}{key}: {quoted(value)}"]
    under = indent + " " * step
    return [f"{indent}{key}:", *(f"{under}- {quoted(each)}" for each in value)]
