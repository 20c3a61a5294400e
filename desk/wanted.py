"""Wanted: whether a paper that is named is on the list of what is spoken of ("户口本也要吗")."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import NamedTuple

from desk.asked import QUESTION_ENDS
from desk.paper_names import PaperNames
from desk.papers import NAME, Named, as_phrases, form_of
from intents.fold import fold
from intents.lexicon import Lexicon, PhraseList, Span
from intents.tokens import Token, tokens

WANTED, WHETHER, GLUE = "wanted", "whether", "glue"
SAID = {WANTED: "wanted", WHETHER: "whether", GLUE: "glue"}
ASKS = (*QUESTION_ENDS, "么", "嘛")


class AskedFor(NamedTuple):
    """A paper of which it is asked whether it is wanted; `name` is as the citizen wrote it."""

    name: str
    paper: Named


class Asking(NamedTuple):
    """Papers that a message asks for; `plainly` is whether it says more than their names."""

    papers: tuple[AskedFor, ...]
    plainly: bool


class WantedPapers:
    """Reads messages that ask of papers whether they are wanted, and of nothing else."""

    def __init__(self, names: PaperNames, lexicons: Iterable[Lexicon]) -> None:
        known = tuple(lexicons)
        said = [
            (phrase, kind)
            for lexicon in known
            for kind, key in SAID.items()
            for phrase in lexicon.papers[key]
        ]
        self._names = names
        self._phrases = PhraseList([*said, *as_phrases(names.every)])
        self._fillers = PhraseList.merged(each.fillers for each in known)

    def beside(self, names: PaperNames) -> WantedPapers:
        """The same with other names of papers."""
        made = copy.copy(self)
        made._names = names
        gone, more = self._names.every - names.every, names.every - self._names.every
        made._phrases = self._phrases.replaced(
            PhraseList(as_phrases(gone)), PhraseList(as_phrases(more))
        )
        return made

    def read(self, text: str) -> Asking | None:
        """The papers asked for; None where the message tells or asks of anything else."""
        folded = fold(text)
        sequence = tokens(folded)
        said = [self._names.repaired(token.text) for token in sequence]
        spans = self._phrases.find(said)
        named = [span for span in spans if span.label == NAME]
        if not named or not self._covered(said, spans):
            return None
        marks = [span for span in spans if span.label in (WANTED, WHETHER)]
        whether = any(span.label == WHETHER for span in marks)
        if marks and not (whether or _asks(folded) or named[0].start < marks[-1].start):
            return None
        return Asking(tuple(_asked(folded, sequence, span) for span in named), bool(marks))

    def _covered(self, said: list[str], spans: Iterable[Span]) -> bool:
        """Whether nothing stands in the text but these and courtesy."""
        padding = (span for span in self._fillers.find(said) if span.label == "padding")
        places = {n for span in (*spans, *padding) for n in range(span.start, span.end)}
        return len(places) == len(said)


def _asks(folded: str) -> bool:
    return folded.rstrip(" .。!").endswith(ASKS)


def _asked(folded: str, sequence: list[Token], span: Span) -> AskedFor:
    first, last = sequence[span.start], sequence[span.end - 1]
    start, end = first.start, last.start + len(last.text)
    name = tuple(token.text for token in sequence[span.start : span.end])
    return AskedFor(folded[start:end], Named(name, form_of(folded, start, end)))
