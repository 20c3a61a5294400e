"""Elements of a page: every text in them is escaped, so that no citizen's word is markup."""

from __future__ import annotations

import html
from collections.abc import Iterable

_VOID = frozenset({"br", "input", "link", "meta"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | None
"""What stands in an element: markup, text that becomes it, or nothing."""


def element(tag: str, /, *children: Child, **attributes: str | bool | None) -> Markup:
    """An element. `class_` and `for_` are written so because Python has the words itself; `_` in
    an attribute is `-`; one that is None or False is left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{joined(children)}</{tag}>")


def joined(children: Iterable[Child]) -> Markup:
    """Elements and texts one after another."""
    return Markup(
        "".join(
            each if isinstance(each, Markup) else html.escape(each) for each in children if each
        )
    )


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{html.escape(value)}"'
