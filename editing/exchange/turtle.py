"""Triples written as Turtle (https://www.w3.org/TR/turtle/)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROL = re.compile('["\\\\\x00-\x1f\x7f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(address: str) -> str:
    """An address as a term."""
    return f"<{_NOT_IN_IRI.sub(lambda found: f'%{ord(found[0]):02X}', address)}>"


def text(words: str, *, language: str = "", kind: str = "") -> str:
    """A text as a term, of a language or of a kind (`xsd:date`)."""
    quoted = _CONTROL.sub(lambda found: _ESCAPES.get(found[0], f"\\u{ord(found[0]):04X}"), words)
    ending = f"@{language}" if language else f"^^{kind}" if kind else ""
    return f'"{quoted}"{ending}'


@dataclass(slots=True)
class Graph:
    """Statements by their subjects, in the order in which they were made."""

    prefixes: Mapping[str, str]
    _told: dict[str, list[tuple[str, list[str]]]] = field(default_factory=dict)

    def add(self, subject: str, kind: str, **_: str) -> Subject:
        """A thing of a class (`cpsv:PublicService`), about which more can be said."""
        self._told.setdefault(subject, [("a", [kind])])
        return Subject(self, subject)

    def say(self, subject: str, predicate: str, *objects: str) -> None:
        """States what a subject has; nothing where there are no objects."""
        if objects:
            self._told.setdefault(subject, []).append((predicate, list(dict.fromkeys(objects))))

    def __str__(self) -> str:
        lines = [f"@prefix {name}: <{address}> ." for name, address in self.prefixes.items()]
        for subject, told in self._told.items():
            stated = [f"    {predicate} {', '.join(objects)}" for predicate, objects in told]
            lines += ["", iri(subject), " ;\n".join(stated) + " ."]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing in a graph."""

    graph: Graph
    address: str

    def say(self, predicate: str, *objects: str) -> None:
        """States what the thing has."""
        self.graph.say(self.address, predicate, *objects)

    @property
    def term(self) -> str:
        """The thing as an object."""
        return iri(self.address)
