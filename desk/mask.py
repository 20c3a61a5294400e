"""Personal data is masked before anything else sees a message.

Masked are the numbers of identity cards, passports, bank cards and phones, and e-mail addresses,
in the spellings people use: with spaces, dashes or full-width digits. Where it is not clear what a
long number is, it is masked: an answer survives that, and a leak cannot be called back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

# Every pattern reads a text in time proportional to its length: repeats are bounded, or possessive
# behind a look back that lets them begin in one place only.
GAP: Final = r"[ \-]{0,3}+"
DOTTED: Final = r"[ .\-]{0,3}+"
END: Final = r"(?!\d)"
DIVISION: Final = rf"[1-9]{GAP}(?:\d{GAP}){{5}}"
CENTURY: Final = rf"(?:1{GAP}9|2{GAP}0){GAP}"
YEAR: Final = rf"\d{GAP}\d{GAP}"
MONTH: Final = rf"(?:0{GAP}[1-9]|1{GAP}[0-2]){GAP}"
DAY: Final = rf"(?:0{GAP}[1-9]|[12]{GAP}\d|3{GAP}[01]){GAP}"
NAME: Final = r"[\w.%+\-À-ɏ]"
MONEY: Final = r"(?:元|块钱|万|亿|吨|公斤|千克|[kK][gG]|%|[yY]uan|RMB|CNY|USD)"
SPOKEN: Final = "[〇零一二三四五六七八九幺]"
AFTER_PHONE: Final = "|".join(  # the word, and at most four characters between
    f"(?<={word}{'.' * between})"
    for word in ("电话", "座机", "号码", "[Pp]hone", "[Tt]el")
    for between in range(5)
)


def _sum_fits(number: str) -> bool:
    """Whether the last digit is the one Luhn's sum asks for, and no group of digits is a year."""
    digits = [int(digit) for digit in number if digit.isdecimal()][::-1]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0 and not re.search(r"\b(?:19|20)\d\d\b", number)


@dataclass(frozen=True, slots=True)
class Kind:
    """Numbers of one kind: what stands in their place (None: they stay), and how to see them."""

    label: str | None
    pattern: re.Pattern[str]
    fits: Callable[[str], bool]

    def marked(self, plain: str, mark: str) -> str:
        """The plain text with this mark in every place such a number takes."""

        def mark_one(match: re.Match[str]) -> str:
            return mark * len(match[0]) if self.fits(match[0]) else match[0]

        return self.pattern.sub(mark_one, plain)


def _kind(label: str | None, *patterns: str, fits: Callable[[str], bool] = bool) -> Kind:
    return Kind(label, re.compile("|".join(patterns), re.ASCII), fits)


def _numbers(label: str | None, *patterns: str, fits: Callable[[str], bool] = bool) -> Kind:
    """Numbers that begin where no digit stands before; looked at only where one can begin."""
    return _kind(label, rf"(?<!\d)(?=[\d+(])(?:{'|'.join(patterns)}){END}", fits=fits)


# The order matters: what one kind has taken, the later ones do not see.
KINDS: Final = (
    _kind(
        "[e-mail]",
        rf"(?<!{NAME}){NAME}++ ?@ ?[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)++(?<![^A-Za-z]{{2}})",
    ),
    _numbers("[ID]", rf"{DIVISION}{CENTURY}{YEAR}{MONTH}{DAY}(?:\d{GAP}){{3}}[\dXx×]"),
    _numbers(
        None,  # dates, and service hotlines such as 400-123-4567
        r"(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:[12]\d|3[01]|0?[1-9])",
        rf"(?<!\d[ \-])[48]00(?:{GAP}\d){{7}}(?!{GAP}\d)",
    ),
    _numbers("[ID]", rf"{DIVISION}{YEAR}{MONTH}{DAY}(?:\d{GAP}){{2}}\d"),
    _numbers(
        "[card]",
        r"(?!(?:19|20)\d\d[ \-])[2-9]\d{3}(?:[ \-]{1,2}+\d{4}){3}(?:[ \-]{0,2}+\d{1,3})?",
        r"3\d{3}[ \-]\d{6}[ \-]\d{5}",
        r"[3-9]\d{5}[ \-]\d{10,13}",
        r"\d{16}(?:\d{3})?",
    ),
    _numbers(
        "[phone]",  # mobile phones of the mainland
        rf"(?:(?:\+|00)?86{DOTTED})?1[3-9]\d(?:(?:{GAP}\d){{8}}|\.\d{{4}}\.\d{{4}})",
        r"1[ \-][3-9](?:[ \-]\d){9}",
    ),
    _numbers(
        "[card]",
        r"(?<!\d[ \-])[3-9](?:[ \-]{0,2}+\d){12,18}+(?![ \-]{0,2}\d)",
        fits=_sum_fits,
    ),
    _numbers(
        "[phone]",  # of other countries; with an area code; in the style of North America
        r"(?:\+ ?|(?<!:)00)[1-9](?:[ ().\-]{0,3}+\d){7,14}",
        rf"\(?0\d{{2,3}}\)?{DOTTED}\d{{3,4}}{DOTTED}\d{{3,4}}{END}"
        r"(?: ?(?:转|-|ext\.?) ?\d{1,6})?",
        rf"0\d{{4}}{GAP}\d{{3}}{GAP}\d{{3}}",
        r"\(\d{3}\) ?\d{3}[ .\-]\d{4}",
        r"\d{3}([.\-])\d{3}\1\d{4}",
    ),
    _numbers("[phone]", rf"(?=(\d{{3,4}}[ \-]?\d{{4}}){END})(?:{AFTER_PHONE})\1"),
    _kind("[phone]", rf"(?<!{SPOKEN})[一幺]{SPOKEN}{{10}}(?!{SPOKEN})"),
    _kind(
        "[ID]",  # passports and travel permits; two letters and eight digits may be "on 20261123"
        rf"[A-Za-z](?:\d{{8,10}}|[A-Za-z]\d{{7}}){END}",
        rf"(?<![A-Za-z\d])[A-Z](?:[ \-]\d{{8,10}}|[A-Z][ \-]\d{{7}}){END}",
        r"(?<![A-Za-z\d])[A-Z]{1,2}\d{6} ?\([\dA]\)",
    ),
    _kind(
        None,  # amounts
        rf"(?<![\d+])(?<!\d[ .\-])[1-9]\d{{0,11}}+(?:\.\d{{1,4}})? ?{MONEY}",
    ),
    # Any other long number: social cards, accounts, a mistyped identity card.
    _numbers("[ID]", r"\d{17}[Xx×]", r"\d{9,}+"),
    _kind("[ID]", rf"(?<!{SPOKEN}){SPOKEN}{{12,}}+"),
)

# One private character for every kind marks the places it has taken.
MARKS: Final = {chr(0xE000 + place): kind for place, kind in enumerate(KINDS)}
MARKED: Final = re.compile("|".join(f"{mark}++" for mark, kind in MARKS.items() if kind.label))
WORTH_A_LOOK: Final = re.compile(rf"[\d@]|{SPOKEN}{{11}}", re.ASCII)

# Characters one by one, so that places in the plain text are places in the message.
PLAIN: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((*range(8208, 8214), 8722, 65123, 173), "-"),
    **dict.fromkeys((*range(8192, 8208), *range(8232, 8240), 8287, 8288), " "),
    **dict.fromkeys((9, 160, 12288, 65279, *range(8294, 8298)), " "),
    **{zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)},
    **{ord(mark): "?" for mark in MARKS},
}


def mask(text: str) -> str:
    """The text with `[ID]`, `[phone]`, `[card]` or `[e-mail]` in place of personal data."""
    plain = text.translate(PLAIN)
    if not WORTH_A_LOOK.search(plain):
        return text
    for mark, kind in MARKS.items():
        plain = kind.marked(plain, mark)
    pieces, end = [], 0
    for taken in MARKED.finditer(plain):
        pieces += [text[end : taken.start()], MARKS[taken[0][0]].label or ""]
        end = taken.end()
    return "".join(pieces) + text[end:]


def without_masks(text: str) -> str:
    """A masked text without the marks: they are no part of the question."""
    return LABELS.sub(" ", text)


LABELS = re.compile(r"\[(?:ID|phone|card|e-mail)\]")
