"""Questions that need nothing more: a list beside the hall's guides.

It stands there and not in the ledger, because it is an editor's word about the guides: it goes
with them into another place and another ledger, is read and taken back in any text editor, and
does not end with the term after which turns are forgotten. It holds questions as they are
compared, one a line, for good or, with a tab and a time behind it, as often as they were asked
until then. The reader of guides passes it by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from editing import whole
from editing.whole import ChangedMeanwhile, Unwritable, contents_of
from editing.words import Say
from editing.writing import NotWritten
from facts.model import Hall
from intents.fold import fold

NAME = "reviewed.txt"
COMMENT = "#"
FOR_GOOD = datetime.max.replace(tzinfo=UTC)


def reviewed(hall: Hall) -> Mapping[str, datetime]:
    """The folded questions that need nothing more in a hall, each with the time until which."""
    try:
        lines = _file(hall).read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return {}
    found: dict[str, datetime] = {}
    for line in lines:
        text, _, until = line.partition("\t")
        if text.strip() and not text.startswith(COMMENT):
            folded = fold(text)
            found[folded] = max(_time(until), found.get(folded, _time(until)))
    return found


def put_aside(hall: Hall, texts: Iterable[str], say: Say, until: datetime | None = None) -> Path:
    """Let these questions rest: for good, or those asked until a time. Raises `NotWritten`."""
    file, known = _file(hall), reviewed(hall)
    behind = f"\t{until.astimezone(UTC).isoformat(timespec='seconds')}" if until else ""
    new = [each for each in dict.fromkeys(map(fold, texts)) if known.get(each) != FOR_GOOD]
    try:
        had = contents_of(file)
        begun = f"{COMMENT} {say('reviewed')}\n" if had is None else had.decode("utf-8-sig")
        between = "" if begun.endswith("\n") or not begun else "\n"
        added = between + "".join(f"{each}{behind}\n" for each in new)
        whole.write({file: begun + added}, {file: had})
    except ChangedMeanwhile as error:
        raise NotWritten(say("not_written", file=NAME, why=say("changed_meanwhile"))) from error
    except Unwritable as unwritable:
        raise NotWritten(unwritable.render(say.language)) from unwritable
    except (OSError, UnicodeDecodeError) as error:
        raise NotWritten(say("not_written", file=NAME, why=str(error))) from error
    return file


def _time(text: str) -> datetime:
    """A time that is written with its zone; for good where none can be read."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return FOR_GOOD
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _file(hall: Hall) -> Path:
    if hall.folder is None:
        raise ValueError(f"the hall {hall.id} was not read from a folder")
    return hall.folder / NAME
