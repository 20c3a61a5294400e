"""Question sets and lists of items, read from a folder that is given by path."""

from __future__ import annotations

from pathlib import Path

Pairs = list[tuple[str, str]]

HEADER = "service_name"
"""What a list of items may begin with where its first line names the columns."""


def pairs(file: Path) -> Pairs:
    """The lines `question<TAB>label` of a file."""
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines() if "\t" in line)
    return [(row[0], row[1]) for row in rows]


def items(folder: Path, language: str) -> Pairs:
    """The names of services with who offers them, from every `*-<language>/items.tsv`.

    A line is a name first and who offers it last, parted by tabs.
    """
    found: Pairs = []
    for file in sorted(folder.glob(f"*-{language}/items.tsv")):
        rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
        found += [
            (row[0].strip(), row[-1].strip())
            for row in rows
            if len(row) > 1 and row[0].strip() and row[0] != HEADER
        ]
    return found
