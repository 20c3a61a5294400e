"""What each channel of the engine is worth: a hall's own questions with one of them switched off.

The weights of confidence stay as they were fitted with all channels, so a row tells what the engine
as it stands would lose, not what one built without the channel could do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.slipped import is_english, single
from bench.slips import SEED, Slips, chinese_styles
from bench.speed import desk_on
from desk.evaluation import Case, evaluate
from desk.topics import Topics
from facts.guides import Guides, read_guides
from facts.model import Hall
from intents import confidence, understanding
from intents.encoder import installed
from intents.fold import has_han
from intents.input_method import InputMethod
from intents.ranker import Ranker
from intents.stages import NONE, Stages
from intents.understanding import Understanding
from ledger.memory import MemoryLedger

MEANING, CATALOGUE = "meaning", "catalogue of matters"
SAME_SOUND = "same sound"


def measure(folder: Path) -> None:
    """Print right and wrong of the halls' single questions, as written and slipped, by channel."""
    guides = read_guides(folder, questions=True)
    print(
        f"Channels: one switched off a row; one slip a question in the right half, seed {SEED};"
        f"\nnothing chosen\n{'hall':12}{'without':26}{'right %':>9}{'wrong %':>9}"
        f"{'slipped: right %':>19}{'wrong %':>9}"
    )
    for hall in guides.halls:
        cases = single(guides, hall)
        slipped = _slipped(hall, cases)
        for name, switched_off in _channels():
            with switched_off:
                shares = (
                    share
                    for asked in (cases, slipped)
                    for share in _right_and_wrong(guides, hall, asked, name)
                )
                row = zip(shares, (9, 9, 19, 9), strict=True)
                columns = "".join(f"{share:{width}.1f}" for share, width in row)
                print(f"{hall.id:12}{name:26}{columns}", flush=True)


def _channels() -> Iterator[tuple[str, AbstractContextManager[Any]]]:
    """The channels with what switches each off; the first row is the whole engine."""
    yield "nothing", nullcontext()
    yield MEANING, nullcontext()
    yield CATALOGUE, nullcontext()
    yield "sounds", _giving(Ranker, "_by_sound", [])
    yield "pinyin input method", _giving(InputMethod, "typed", "")
    yield "spelling", patch.object(Understanding, "_repair", lambda _, word: word)
    yield "stages", _giving(Stages, "of_text", NONE)
    yield "clauses", patch.object(understanding, "_long_clauses", lambda _: ())
    yield "alignment with names", _giving(Ranker, "_aligned", 0.0)
    yield "whole names", patch.object(confidence, "is_named", lambda _: False)
    yield "small talk by phrases", patch.object(understanding, "_talk", lambda _: ())
    yield (
        "negations",
        patch.object(Understanding, "_corrected", lambda _, __, sequence: (sequence, False)),
    )


def _giving(owner: type, method: str, value: object) -> AbstractContextManager[Any]:
    """A method that gives this value whatever it is asked."""
    given: Callable[..., object] = lambda *_: value  # noqa: E731 - a method, so that it is bound
    return patch.object(owner, method, given)


def _right_and_wrong(
    guides: Guides, hall: Hall, cases: list[Case], without: str
) -> tuple[float, float]:
    """The shares in per cent, by a desk of this hall alone."""
    encoder = None if without == MEANING else installed()
    alone = replace(guides, halls=(hall,))
    desk = desk_on(alone, MemoryLedger(), encoder, catalogue=without != CATALOGUE)
    desk.warm_up()
    verdicts = [each.verdict for each in evaluate(desk, cases)]
    whole = len(verdicts) or 1
    return 100 * verdicts.count("right") / whole, 100 * verdicts.count("wrong") / whole


def _slipped(hall: Hall, cases: list[Case]) -> list[Case]:
    """The questions mistyped: a wrong character of the same sound, or one edit."""
    chinese = [each.say[0] for each in cases if has_han(each.say[0])]
    in_use = [*(each.text for each in Topics((hall,)).phrases()), *chinese]
    sounding = chinese_styles(in_use)[SAME_SOUND]
    letters = Slips()

    def typed(text: str) -> str:
        if has_han(text):
            return sounding(text)
        return letters.letters(text, 1) if is_english(text) else text

    return [replace(each, say=(typed(each.say[0]),)) for each in cases]
