"""A hall's own questions as they are written and as they are mistyped, answered by its desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bench.slips import SEED, Slips, chinese_styles
from bench.speed import desk_on
from desk.evaluation import Case, Verdict, evaluate, of_questions
from desk.topics import Topics
from facts.guides import Guides, read_guides
from facts.model import Hall
from intents.encoder import installed
from intents.fold import fold, has_han
from intents.pinyin import sounds_of
from ledger.memory import MemoryLedger

VERDICTS = ("right", "wrong", "offered", "asked", "registered")


def measure(folder: Path) -> None:
    """Print what came of every single question of the guides' halls, style by style."""
    guides = read_guides(folder, questions=True)
    print(f"Slipped questions: one slip a question, seed {SEED}; nothing chosen")
    print_head()
    for hall in guides.halls:
        cases = single(guides, hall)
        for style, asked in _styles(hall, cases):
            print_verdicts(hall.id, style, answered(guides, hall, asked))


def single(guides: Guides, hall: Hall) -> list[Case]:
    """The questions of a hall that stand alone, each with its expectation."""
    return [each for each in of_questions(guides.questions[hall.id]) if len(each.say) == 1]


def is_english(text: str) -> bool:
    """Whether a question is written in letters and cannot be read as pinyin."""
    folded = fold(text)
    return not has_han(folded) and sounds_of(folded) is None


def answered(guides: Guides, hall: Hall, cases: Iterable[Case]) -> list[Verdict]:
    """The verdicts on these questions by a desk of this hall alone, with the encoder if there."""
    desk = desk_on(replace(guides, halls=(hall,)), MemoryLedger(), installed())
    desk.warm_up()
    return list(evaluate(desk, cases))


def print_head() -> None:
    """Print the names of the columns: shares in per cent."""
    print(
        f"{'hall':12}{'questions':26}{'number':>7}{'right %':>9}{'wrong %':>9}"
        f"{'right one offered %':>21}{'asked back %':>14}{'registered %':>14}"
    )


def print_verdicts(hall: str, name: str, verdicts: list[Verdict]) -> None:
    """Print one row; `asked back` is without the right one."""
    if not verdicts:
        return
    count = Counter(each.verdict for each in verdicts)
    shares = (100 * count[each] / len(verdicts) for each in VERDICTS)
    columns = zip(shares, (9, 9, 21, 14, 14), strict=True)
    row = "".join(f"{share:{width}.1f}" for share, width in columns)
    print(f"{hall:12}{name:26}{len(verdicts):7}{row}", flush=True)


def _styles(hall: Hall, cases: list[Case]) -> Iterator[tuple[str, list[Case]]]:
    chinese = [each for each in cases if has_han(each.say[0])]
    english = [each for each in cases if is_english(each.say[0])]
    in_use = [
        *(each.text for each in Topics((hall,)).phrases()),
        *(each.say[0] for each in chinese),
    ]
    letters = Slips()
    yield "Chinese, as written", chinese
    for name, typist in chinese_styles(in_use).items():
        yield f"Chinese, {name}", _retyped(chinese, typist)
    yield "English, as written", english
    yield "English, one edit", _retyped(english, lambda text: letters.letters(text, 1))
    yield "pinyin, as written", [each for each in cases if each not in (*chinese, *english)]


def _retyped(cases: list[Case], typist: Callable[[str], str]) -> list[Case]:
    return [replace(each, say=(typist(each.say[0]),)) for each in cases]
