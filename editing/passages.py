"""Passages: the lines of a file that are one topic's own, found by where YAML's parser saw it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from facts.model import Elsewhere, Journey, Office, Service
from facts.nodes import Fields, Items, Node, Scalar, compose
from facts.problems import Fault
from facts.schema import keys

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML, so that lines are counted as its parser counts them."""
_IDLE = re.compile(r"(?P<indent>[ \t]*)(?P<rest>#.*)?")
_LISTS = {"elsewhere": Elsewhere, "journeys": Journey}


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a text: from one character to before another, beginning in this line (from 1)."""

    start: int
    end: int
    line: int


def find(text: str, name: str, topic: str) -> Passage | None:
    """The lines of the topic with this id in the file of this name (without its ending).

    None where there is none, or where it shares a line with something else.
    """
    return every(text, name).get(topic)


def every(text: str, name: str) -> Mapping[str, Passage]:
    """The passage of each topic in a file by its id; none where they share lines."""
    try:
        root = compose(text)
    except Fault:
        return {}
    items, after = _list(root, name)
    if not isinstance(items, Items) or items.inline:
        return {}
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]
    lines = [text[start:end] for start, end in pairwise((*starts, len(text)))]
    firsts = [first for node in items.nodes if (first := _first(lines, node))]
    ends = [*firsts[1:], after or _last(lines, firsts)]
    several = zip(firsts, ends, strict=True)
    if len(firsts) < len(items.nodes) or any(first >= end for first, end in several):
        return {}
    owner = _LISTS.get(name, Service)
    found: dict[str, Passage] = {}
    for node, first, end in zip(items.nodes, firsts, ends, strict=True):
        nearer = _without_idle(lines, first, end)
        stop = starts[nearer - 1] if nearer <= len(starts) else len(text)
        found.setdefault(_id(node, owner) or "", Passage(starts[first - 1], stop, first))
    return found


def _list(root: Node | None, name: str) -> tuple[Node | None, int | None]:
    """The list of topics in a file, and the line of what stands behind it."""
    if name in _LISTS:
        return root, None
    known = keys(Office)
    pairs = root.pairs if isinstance(root, Fields) else []
    for place, (key, value) in enumerate(pairs):
        read = known.get(key.text.strip())
        if read and read.field == "services":
            after = pairs[place + 1][0].line if place + 1 < len(pairs) else None
            return value, after
    return None, None


def _id(node: Node, owner: type) -> str | None:
    known = keys(owner)
    for key, value in node.pairs if isinstance(node, Fields) else ():
        read = known.get(key.text.strip())
        if read and read.field == "id" and isinstance(value, Scalar):
            return value.text.strip()
    return None


def _first(lines: Sequence[str], node: Node) -> int | None:
    """The line in which the dash of an item stands."""
    before = lines[node.line - 1][: node.column - 1]
    if before.lstrip().startswith("-"):
        return node.line
    if before.strip():
        return None
    for line in range(node.line - 1, 0, -1):
        written = lines[line - 1]
        if written.lstrip().startswith("-"):
            return line
        if not _idle(written):
            return None
    return None


def _last(lines: Sequence[str], firsts: Sequence[int]) -> int:
    """The line behind the last one of a document."""
    begin = firsts[-1] if firsts else 1
    marks = (line for line in range(begin, len(lines) + 1) if lines[line - 1].startswith("..."))
    return next(marks, len(lines) + 1)


def _without_idle(lines: Sequence[str], first: int, end: int) -> int:
    """The end without the empty lines, and the comments on what follows, before it."""
    indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    while end - 1 > first:
        found = _idle(lines[end - 2])
        if not found or (found["rest"] and len(found["indent"]) > indent):
            break
        end -= 1
    return end


def _idle(line: str) -> re.Match[str] | None:
    return _IDLE.fullmatch(_BREAK.sub("", line))
