"""A guide's file as it was opened: one passage of it is shown and exchanged, every other byte,
the byte order mark and the line ends stay."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from editing import passages
from editing.passages import Passage
from facts import source

MARK = b"\xef\xbb\xbf"
_BREAK = re.compile("\r\n|[\n\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file of a hall, and the topic in it that is spoken of; without a `topic` the whole file.

    `name` is the file's without its ending, `relative` where it lies in the guides. The passage is
    the whole file too where the topic's lines cannot be told from those of others.
    """

    hall: str
    name: str
    topic: str | None
    file: Path
    relative: str
    contents: bytes
    text: str
    passage: Passage

    @classmethod
    def of(cls, hall: str, topic: str | None, file: Path, root: Path) -> Opened:
        """Open a file under `root` (resolved). Raises `Fault` for what is no text there."""
        contents = source.contents_of(file, root)
        text = source.decode(contents)
        whole = Passage(0, len(text), 1)
        return cls(
            hall=hall,
            name=file.stem,
            topic=topic,
            file=file,
            relative=file.relative_to(root).as_posix(),
            contents=contents,
            text=text,
            passage=(passages.find(text, file.stem, topic) if topic else None) or whole,
        )

    @property
    def label(self) -> str:
        """The topic's full id without the hall's."""
        return f"{self.name}/{self.topic}" if self.topic else self.name

    @property
    def whole(self) -> bool:
        """Whether all of the file is shown."""
        return self.passage.end - self.passage.start == len(self.text)

    @property
    def digest(self) -> str:
        """Another one for any other file."""
        return hashlib.sha256(self.contents).hexdigest()[:32]

    @property
    def own(self) -> str:
        """The passage, its lines ended as a browser ends them."""
        return plain(self.text[self.passage.start : self.passage.end])

    @property
    def lines(self) -> range:
        """The lines of the file (from 1) in which the passage stands."""
        count = max(self.own.rstrip("\n").count("\n") + 1, 1)
        return range(self.passage.line, self.passage.line + count)

    def exchanged(self, own: str) -> Opened:
        """The file with this in place of the passage."""
        start, end = self.passage.start, self.passage.end
        before, behind = self.text[:start], self.text[end:]
        old = self.text[start:end]
        written = self._ended(old, plain(own), closed=bool(behind) or old.endswith(("\n", "\r")))
        mark = MARK if self.contents.startswith(MARK) else b""
        text = before + written + behind
        passage = replace(self.passage, end=start + len(written))
        contents = mark + text.encode("utf-8", "surrogatepass")
        return replace(self, text=text, contents=contents, passage=passage)

    def _ended(self, old: str, new: str, *, closed: bool) -> str:
        """New lines ended as the old ones; a line that stays keeps its own end."""
        if new and closed and not new.endswith("\n"):
            new += "\n"
        found = _BREAK.search(self.text)
        end = found[0] if found else "\n"
        if set(_BREAK.findall(old)) <= {end}:
            return new.replace("\n", end)
        were, are = _BREAK.split(old), new.split("\n")
        ends = [*_BREAK.findall(old), end]
        made = [end] * len(are)
        matcher = SequenceMatcher(None, were, are, autojunk=False)
        for block in matcher.get_matching_blocks():
            made[block.b : block.b + block.size] = ends[block.a : block.a + block.size]
        return "".join(line + close for line, close in zip(are[:-1], made, strict=False)) + are[-1]


def plain(text: str) -> str:
    """A text with its lines ended as browsers end them in scripts."""
    return _BREAK.sub("\n", text)
