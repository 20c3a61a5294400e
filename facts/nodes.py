"""YAML as a tree of texts, lists and mappings that know where they stand.

A scalar is the text that stands in the file. Tags, second documents, keys that are no text, and
trees that are too deep or too large once aliases are expanded are refused with a `Fault`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from facts import slips
from facts.problems import Fault

DEEPEST = 64
"""Levels of lists and mappings in each other; a guide needs about twenty."""

LARGEST = 500_000
"""Texts, lists and mappings in one file, aliases expanded; bounds time and memory."""

_TOO_DEEP = "exceeded maximum nesting depth"
"""What PyYAML from 6.0.4 on says of a thousand levels, before an event is given out."""


@dataclass(slots=True)
class Node:
    """A place in a file: line and column, both from 1."""

    line: int
    column: int

    def fault(self, kind: str, /, **values: str) -> Fault:
        """A fault at this place."""
        return Fault(self.line, self.column, kind, **values)


@dataclass(slots=True)
class Scalar(Node):
    """A text; `plain` unless it stands in quotes or in a block."""

    text: str
    plain: bool

    @property
    def empty(self) -> bool:
        """Whether nothing stands here."""
        return not self.text.strip()


@dataclass(slots=True)
class Items(Node):
    """A list; `inline` where it is written in brackets."""

    inline: bool
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Fields(Node):
    """A mapping, its keys as often as they are written; `inline` where it is written in braces."""

    inline: bool
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


def compose(text: str) -> Node | None:
    """The tree of a YAML text, None where it is empty; raises `Fault`."""
    composer = _Composer()
    try:
        for event in yaml.parse(text, yaml.CBaseLoader):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        if error.problem == _TOO_DEEP and error.problem_mark:
            line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
            raise Fault(line, column, "too-deep", limit=str(DEEPEST)) from None
        raise slips.diagnose(text, error) from None
    return composer.root


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is not yet read."""

    node: Items | Fields
    anchor: str | None
    key: Scalar | None = None
    size: int = 1
    height: int = 1


class _Composer:
    """Takes the parser's events one by one, so that no depth of nesting can exhaust a stack."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int] | None] = {}
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        match event:
            case yaml.ScalarEvent():
                self._untagged(event.tag, line, column)
                scalar = Scalar(line, column, event.value, event.implicit[0])
                self._close(scalar, event.anchor, size=1, height=0)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._untagged(event.tag, line, column)
                kind = Items if isinstance(event, yaml.SequenceStartEvent) else Fields
                self._begin(kind(line, column, bool(event.flow_style)), event.anchor)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                closed = self._open.pop()
                self._close(closed.node, closed.anchor, closed.size, closed.height)
            case yaml.AliasEvent():
                self._alias(event.anchor, line, column)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise Fault(line, column, "documents")

    def _untagged(self, tag: str | None, line: int, column: int) -> None:
        if tag is not None:
            raise Fault(line, column, "tag", tag=slips.shown(tag))

    def _begin(self, node: Items | Fields, anchor: str | None) -> None:
        if len(self._open) >= DEEPEST:
            raise node.fault("too-deep", limit=str(DEEPEST))
        if anchor:
            self._anchors[anchor] = None
        self._open.append(_Open(node, anchor))

    def _close(self, node: Node, anchor: str | None, size: int, height: int) -> None:
        if anchor:
            self._anchors[anchor] = node, size, height
        self._put(node, size, height)

    def _alias(self, anchor: str | None, line: int, column: int) -> None:
        found = self._anchors.get(anchor or "")
        if found is None:
            raise Fault(line, column, "alias-loop", name=slips.shown(anchor or ""))
        node, size, height = found
        if len(self._open) + height > DEEPEST:
            raise Fault(line, column, "too-deep", limit=str(DEEPEST))
        self._put(node, size, height)

    def _put(self, node: Node, size: int, height: int) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if parent.size > LARGEST:
            raise node.fault("too-many", limit=f"{LARGEST:,}")
        if isinstance(parent.node, Items):
            parent.node.nodes.append(node)
        elif parent.key is not None:
            parent.node.pairs.append((parent.key, node))
            parent.key = None
        elif isinstance(node, Scalar):
            parent.key = node
        else:
            raise node.fault("key-not-text")
