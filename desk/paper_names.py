"""What papers are called: the materials of the guides, and the words citizens use for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desk.by_file import ByFile, File
from desk.topics import with_synonyms
from facts.model import Hall, Material, Materials, Office, Service
from intents.fold import fold, has_han
from intents.lexicon import Lexicon
from intents.tokens import words

_ASIDE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_FORM = re.compile(r"(?:原件|复印件|正本|副本|电子版|纸质|及其?|和|与|或|、|各|\d+份|一份|两份)+$")
_COPY = re.compile(
    r"^(?:the )?(?:originals?|cop(?:y|ies))(?: and (?:a )?cop(?:y|ies))? of (?:the )?"
)
_REST = re.compile(r" (?:of|for|from|to|by|with|in|on|issued|showing|proving) | - |[,/:;]")
"""Where the head of an English name ends."""
SHORT, LONG = 5, 8
"""Letters from which a word may hold one slip, and two."""
Name = tuple[str, ...]
"""A name as its tokens."""


def bare(name: str) -> str:
    """A folded name without what form the paper takes: `身份证(原件)` is `身份证`."""
    plain = _ASIDE.sub(" ", fold(name)).strip()
    return (_COPY.sub("", _FORM.sub("", plain)) or plain).strip()


def tokens_of(name: str) -> tuple[str, ...]:
    """The tokens of a name, words of letters in the singular."""
    return tuple(singular(word) for word in words(name))


def singular(word: str) -> str:
    """`cards` is `card`; other words stay as they are."""
    plural = len(word) > 3 and word.isascii() and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def may_hold_a_slip(word: str) -> bool:
    """Whether a word in the singular is so long, and of letters, that a slip in it is made good."""
    return len(word) >= SHORT and word.isalpha() and not has_han(word)


def materials_in(file: File) -> Iterator[Material]:
    """Every material that a file names, and the members of each group."""
    for item in file.services if isinstance(file, Office) else file:
        told = _of_service(item) if isinstance(item, Service) else item.bring
        yield from _with_members(told)


def _of_service(service: Service) -> Iterator[Material]:
    yield from service.materials or ()
    for changed in (service.changes or {}).values():
        yield from changed.get("materials") or ()
    for case in service.cases:
        yield from case.add_materials
        own: Materials = case.overrides.get("materials") or ()
        yield from own


def _with_members(materials: Iterable[Material]) -> Iterator[Material]:
    for material in materials:
        yield material
        yield from material.one_of


class PaperNames:
    """Tells which words mean a material: its names, and words that mean the same.

    What is the same as `before` is taken over.
    """

    def __init__(
        self,
        halls: Sequence[Hall],
        lexicons: Iterable[Lexicon],
        before: PaperNames | None = None,
    ) -> None:
        groups = [group for lexicon in lexicons for group in lexicon.same_papers]
        self._same: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for group in groups:
            members = {tokens_of(fold(name)) for name in group}
            for member in members:
                self._same.setdefault(member, set()).update(members)
        self._synonyms = {hall.id: hall.words for hall in halls}
        known = before._by_file if before else None
        self._by_file: ByFile[frozenset[Name]] = ByFile(halls, self._names_in, known)
        self.every = frozenset(self._same).union(*self._by_file)
        """All names, as tokens."""
        same = before is not None and before.every == self.every
        self._letters: set[str] = before._letters if before and same else self._in_letters()
        self._long = sorted(word for word in self._letters if len(word) >= SHORT)

    def _in_letters(self) -> set[str]:
        return {word for name in self.every for word in name if not has_han(word)}

    def _names_in(self, file: File, hall: Hall) -> frozenset[Name]:
        return frozenset(name for each in materials_in(file) for name in self.of(each, hall))

    def of(self, material: Material, hall: Hall) -> set[tuple[str, ...]]:
        """What a material is called, one of its group, and its form."""
        found: set[tuple[str, ...]] = set()
        for each in (material, *material.one_of):
            texts = (each.name, *filter(None, [each.form]))
            names = [*(word for text in texts for word in text.words.values()), *each.also]
            for name in map(bare, filter(None, names)):
                known = (name, *with_synonyms(name, self._synonyms.get(hall.id, ())))
                for tokens in filter(None, map(tokens_of, known)):
                    found |= {tokens} | self._same.get(tokens, set())
        return found

    def tails(self, material: Material) -> list[tuple[str, ...]]:
        """The heads of a material's names: a word at the end of one may mean it."""
        names = [
            word
            for each in (material, *material.one_of)
            for word in (*each.name.words.values(), *each.also)
        ]
        heads = (bare(name) if has_han(name) else _REST.split(bare(name))[0] for name in names)
        return [tokens for tokens in map(tokens_of, heads) if tokens]

    def same(self, name: tuple[str, ...]) -> set[tuple[str, ...]]:
        """The name, and words that mean the same paper."""
        return {name} | self._same.get(name, set())

    def repaired(self, word: str) -> str:
        """A word of letters as it is written in a name, with a slip made good."""
        plain = singular(word)
        if plain in self._letters or not may_hold_a_slip(plain):
            return plain
        edits = 1 if len(plain) < LONG else 2
        found = process.extractOne(plain, self._long, scorer=OSA.distance, score_cutoff=edits)
        return found[0] if found else plain
