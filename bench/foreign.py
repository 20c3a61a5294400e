"""Questions in English to a hall whose guides are in Chinese only."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from bench.slipped import answered, is_english, print_head, print_verdicts, single
from facts.guides import read_guides
from facts.model import Text
from intents.fold import has_han

T = TypeVar("T")

SAID = ("also", "ask")
"""Fields that hold what people say, in any language."""


def measure(folder: Path) -> None:
    """Print what came of the English questions of the guides' halls, with and without English."""
    guides = read_guides(folder, questions=True)
    print("English questions, to guides as they are and in Chinese only; no chance, so no seed")
    print_head()
    for hall in guides.halls:
        asked = [each for each in single(guides, hall) if is_english(each.say[0])]
        print_verdicts(hall.id, "guides as they are", answered(guides, hall, asked))
        chinese = dataclasses.replace(in_chinese(hall), languages=("zh",))
        print_verdicts(hall.id, "guides in Chinese only", answered(guides, chinese, asked))


def in_chinese(record: T) -> T:
    """A record of the guides without what it says in other languages."""
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        return record
    told = {
        field.name: _of_field(field.name, getattr(record, field.name))
        for field in dataclasses.fields(record)
    }
    return dataclasses.replace(record, **told)


def _of_field(name: str, value: Any) -> Any:
    if name in SAID:
        return tuple(each for each in value if has_han(each))
    return _of_value(value)


def _of_value(value: Any) -> Any:
    if isinstance(value, Text):
        words = {tag: text for tag, text in value.words.items() if tag.partition("-")[0] == "zh"}
        return Text(words)
    if isinstance(value, Mapping):
        return {name: _of_field(str(name), each) for name, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_of_value(each) for each in value)
    return in_chinese(value)
