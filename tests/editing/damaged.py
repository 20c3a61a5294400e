"""Guides damaged in the ways of editors, disks and fools, the same from the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

Damage = Callable[[bytes, random.Random], bytes]
DEEPEST = 10_000
_SCRAPS = [each.encode() for each in (
    "\0", "\t", "\r", ": ", "：", "- ", "-", "{", "}", "[", "]", "'", '"', "&a ", "*a", "!x ",
    "<<: ", "? ", "%", "|\n", ">\n", "#", ",", "...", "---\n", "\u2028", "\x85", "9" * 400,
    "null", "～", "😀", "zh: ", "id: ",
)] + [b"\xff", b"\xe4", b"\xc0\x80"]  # fmt: skip
_VALUES = ["[]", "{}", "[[[]]]", "{a: {b: c}}", "-1", "1e999", "~", "2026-02-30", "'", "是", "*x",
           "[a, b]", "0x10", "none", "{zh: a, en: [b]}", "!!str a", '"\\ud800"', "99:99-1:77",
           "99999999999个工作日", "http://[::1", "{{}}", "%s {0} {x}"]  # fmt: skip


def _flip(text: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    made = bytearray(text)
    for _ in range(chance.randint(1, 20)):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(text: bytes, chance: random.Random) -> bytes:
    """Some lines, or the end of the file, are gone."""
    lines = text.split(b"\n")
    for _ in range(chance.randint(1, 8)):
        if lines:
            del lines[chance.randrange(len(lines))]
    whole = b"\n".join(lines)
    return whole[: chance.randrange(len(whole) + 1)] if chance.random() < 0.3 else whole


def _double(text: bytes, chance: random.Random) -> bytes:
    """Some lines, or a stretch of them, stand twice or elsewhere."""
    lines = text.split(b"\n")
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(lines))
        some = lines[start : start + chance.randint(1, 12)]
        place = chance.choice([start, chance.randrange(len(lines))])
        lines[place:place] = some
    return b"\n".join(lines)


def _retype(text: bytes, chance: random.Random) -> bytes:
    """Some values are of another type."""
    places = list(re.finditer(rb"(?m)(?<=: ).+$|(?<=- ).+$|:$", text))
    for place in sorted(chance.sample(places, min(len(places), 6)), key=lambda each: -each.start()):
        value = chance.choice(_VALUES).encode("utf-8", "surrogatepass")
        text = text[: place.start()] + b": " * (place[0] == b":") + value + text[place.end() :]
    return text


def _nest(text: bytes, chance: random.Random) -> bytes:
    """Something is nested very deep."""
    depth = chance.choice([10, 63, 64, 65, 1_000, DEEPEST])
    opening, closing = chance.choice(
        [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("{", "}")]
    )
    deep = (opening * depth + closing * chance.choice([depth, 0])).encode()
    place = chance.choice([text.find(b"\n"), text.rfind(b": ") + 1, len(text)])
    return text[: place + 1] + deep + text[place + 1 :]


def _scrap(text: bytes, chance: random.Random) -> bytes:
    """Scraps of YAML stand where they do not belong."""
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice(_SCRAPS) + text[place + chance.randint(0, 4) :]
    return text


def _indent(text: bytes, chance: random.Random) -> bytes:
    """Some lines are indented otherwise."""
    lines = text.split(b"\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        lines[at] = chance.choice([b" ", b"  ", b"\t", b""]) + lines[at].lstrip(b" ")
    return b"\n".join(lines)


DAMAGES: tuple[Damage, ...] = (_flip, _cut, _double, _retype, _nest, _scrap, _indent)


def damaged(files: dict[str, bytes], count: int, seed: int) -> Iterator[dict[str, bytes]]:
    """So many copies of a hall, in each of which one file (or two) is damaged."""
    chance = random.Random(seed)
    names = sorted(files)
    for number in range(count):
        made = dict(files)
        for name in chance.sample(names, chance.choice([1, 1, 2])):
            for _ in range(chance.choice([1, 1, 1, 2, 3])):
                damage = DAMAGES[number % len(DAMAGES)] if chance.random() < 0.7 else (
                    chance.choice(DAMAGES)
                )  # fmt: skip
                made[name] = damage(made[name], chance)
        yield made
