"""From YAML nodes to texts, lists and single values; raises `Fault` where one is something else."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterator
from typing import Any

from facts import hours, values
from facts.model import Audience, Span, Strings, Text
from facts.nodes import Fields, Items, Node, Scalar
from facts.problems import Fault, Word
from facts.sheet import Sheet
from facts.slips import shown

Convert = Callable[[Sheet, Node], Any]

_SCRAPS = frozenset({"and", "or", "but", "nor", "和", "或", "或者", "以及", "并", "并且", "但"})
_COMMAS = re.compile("[,，、;；]")


def found(node: Node) -> str:
    """What stands here, as a problem says it."""
    if isinstance(node, Scalar):
        return Word("nothing") if node.empty else f"“{shown(node.text)}”"
    return Word("list" if isinstance(node, Items) else "mapping")


def first(key: Scalar) -> dict[str, str]:
    """Where a key stands that is written twice, as a problem says it."""
    return {"first": shown(key.text), "line": str(key.line)}


def is_left_over(node: Fields, value: Node) -> bool:
    """Whether an entry of an inline mapping has no value: what a comma in a text leaves behind."""
    return node.inline and isinstance(value, Scalar) and value.empty and value.plain


def scalar(read: Callable[[str], Any], kind: str) -> Convert:
    """A value that stands in one text; `kind` is the fault where a list or mapping stands."""

    def convert(_: Sheet, node: Node) -> Any:
        if not isinstance(node, Scalar):
            raise node.fault(kind, found=found(node))
        try:
            return read(node.text)
        except values.Misread as misread:
            raise node.fault(misread.kind, found=found(node)) from None

    return convert


def choice(words: Strings) -> Convert:
    """One word of a few."""
    written = ", ".join(f"{word} ({values.CHOICES[word][0]})" for word in words)

    def convert(_: Sheet, node: Node) -> str:
        try:
            return values.choice(node.text if isinstance(node, Scalar) else "", words)
        except values.Misread as misread:
            raise node.fault(misread.kind, found=found(node), words=written) from None

    return convert


def items(sheet: Sheet, node: Node, convert: Convert) -> Iterator[Any]:
    """The values of a list; what cannot be read is noted and left out.

    A value that is no list stands for a list of one.
    """
    if isinstance(node, Items) and node.inline:
        _doubt_commas(sheet, node)
    for each in node.nodes if isinstance(node, Items) else [node]:
        if isinstance(each, Scalar) and each.empty:
            sheet.add(each.fault("empty-item"))
            continue
        try:
            read = convert(sheet, each)
        except Fault as fault:
            sheet.add(fault)
            continue
        if read is not None:
            yield read


def _doubt_commas(sheet: Sheet, node: Items) -> None:
    """Warns where the commas of an inline list seem to belong to a sentence."""
    texts = [each for each in node.nodes if isinstance(each, Scalar) and each.plain]
    for number, each in enumerate(texts):
        opened = sum(map(each.text.count, "(（“")) > sum(map(each.text.count, ")）”"))
        if opened or (number and each.text.partition(" ")[0].lower() in _SCRAPS):
            sheet.add(each.fault("inline-comma-doubt", text=shown(each.text)))
            return


def listed(convert: Convert) -> Convert:
    """A list of such values."""

    def read(sheet: Sheet, node: Node) -> tuple[Any, ...]:
        return tuple(items(sheet, node, convert))

    return read


def flat(convert: Convert) -> Convert:
    """A list of values each of which may be several; None where none of them can be read."""

    def read(sheet: Sheet, node: Node) -> tuple[Any, ...] | None:
        parts = list(items(sheet, node, convert))
        if not parts and not (isinstance(node, Items) and not node.nodes):
            return None
        return tuple(each for some in parts for each in some)

    return read


def text(sheet: Sheet, node: Node) -> Text | None:
    """A text that citizens read, in the hall's first language or by language."""
    read = untold(sheet, node)
    for words in read.words.values() if read else ():
        sheet.doubt(node, words)
    return read


def untold(sheet: Sheet, node: Node) -> Text | None:
    """A text that citizens do not read."""
    if isinstance(node, Scalar):
        return Text({sheet.language: node.text.strip()})
    if not isinstance(node, Fields):
        raise node.fault("wrong-text", found=found(node))
    words = {sheet.language: ""} | _by_language(sheet, node)
    told = {tag: each for tag, each in words.items() if each}
    return Text(told) if told else None


def _by_language(sheet: Sheet, node: Fields) -> dict[str, str]:
    seen: dict[str, Scalar] = {}
    words: dict[str, str] = {}
    for key, value in node.pairs:
        tag = _tag(sheet, node, key, value)
        if tag in seen:
            raise key.fault("double-key", key=shown(key.text), **first(seen[tag]))
        if not isinstance(value, Scalar):
            raise value.fault("wrong-text", found=found(value))
        seen[tag] = key
        words[tag] = value.text.strip()
    return words


def _tag(sheet: Sheet, node: Fields, key: Scalar, value: Node) -> str:
    """The language of one entry of a text, or the slip that made a mapping of a sentence."""
    if values.is_language(key.text):
        tag = values.language(key.text)
        sheet.hear(tag, key)
        return tag
    kind = "inline-comma" if is_left_over(node, value) else "colon-in-text"
    raise key.fault(kind, text=shown(key.text))


def amount(sheet: Sheet, node: Node) -> Text | None:
    """An amount of money; a number, a range and a percentage are written in one way."""
    read = text(sheet, node)
    return read and Text({tag: values.amount(words) for tag, words in read.words.items()})


def strings(sheet: Sheet, node: Node) -> Strings:
    """Words or questions; they may stand under their languages, which do not count."""
    return tuple(word for words in items(sheet, node, _words) for word in words)


def _words(sheet: Sheet, node: Node) -> Strings:
    if isinstance(node, Scalar):
        return (node.text.strip(),)
    if not isinstance(node, Fields):
        raise node.fault("wrong-string", found=found(node))
    for key, value in node.pairs:
        _tag(sheet, node, key, value)
    return tuple(word for _, value in node.pairs for word in strings(sheet, value))


def synonyms(sheet: Sheet, node: Node) -> Strings:
    """Words that mean the same, at least two."""
    words = parted(node.text.replace("=", ",")) if isinstance(node, Scalar) else None
    words = strings(sheet, node) if words is None else words
    if len(words) < 2:
        raise node.fault("wrong-words", found=found(node))
    return words


def parted(text: str) -> Strings:
    """The parts of a text with commas between them."""
    return tuple(filter(None, map(str.strip, _COMMAS.split(text))))


def _languages(text: str) -> Strings:
    return tuple(map(values.language, parted(text)))


def languages(sheet: Sheet, node: Node) -> Strings | None:
    """Languages' tags, None where there is none."""
    read: Strings | None = flat(scalar(_languages, "wrong-language"))(sheet, node)
    return read or None


def _audience(text: str) -> Strings:
    whom = typing.get_args(Audience)
    if values.plain(text) in {"both", "all", "全部"}:
        return whom
    parts = re.split(r"[,，、/;；和及]|\band\b", text)
    try:
        return tuple(dict.fromkeys(values.choice(part, whom) for part in parts))
    except values.Misread:
        raise values.Misread("wrong-audience") from None


def days(sheet: Sheet, node: Node) -> tuple[int, ...] | None:
    """Days of the week in their order."""
    read = flat(scalar(hours.days, "wrong-days"))(sheet, node)
    return read and tuple(sorted(set(read)))


def point(_: Sheet, node: Node) -> tuple[float, float]:
    """Two numbers: metres to the right and down."""
    parts = [node] if isinstance(node, Scalar) else getattr(node, "nodes", [])
    texts = [each.text for each in parts if isinstance(each, Scalar)]
    try:
        across, down = map(values.decimal, texts if len(texts) > 1 else parted("".join(texts)))
    except ValueError:
        raise node.fault("wrong-point", found=found(node)) from None
    return across, down


def spans(sheet: Sheet, node: Node) -> tuple[Span, ...] | None:
    """Spans of a day, as they stand."""
    read: tuple[Span, ...] | None = flat(scalar(hours.spans, "wrong-span"))(sheet, node)
    return read


opening = scalar(hours.opening, "wrong-opening")
string = scalar(str.strip, "wrong-string")
numbers = flat(scalar(parted, "wrong-string"))
audience = flat(scalar(_audience, "wrong-audience"))
