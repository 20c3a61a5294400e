"""Fit the weights of links: `python -m bench.links GUIDES LINKS.tsv [GUIDES LINKS.tsv …]`.

Links are lines of `topic<TAB>matter,matter,…`, as somebody judged them who read what both are
called: a matter is the topic's, wholly or in part. Each hall is judged by the weights that the
others gave; then those that all of them give are written to `intents/weights.json`. Needs
scikit-learn (`pip install -e .[bench]`).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.calibrate import CACHE, WEIGHTS
from desk.linking import Figures, Linker
from desk.matters import LINKED
from desk.topics import Topics
from facts.catalogue import folders_for, read_catalogue, vectors_in
from facts.guides import read_guides
from intents.encoder import VectorStore, installed

Judged = list[tuple[Figures, bool]]
HELD_BACK = 3.0
"""The inverse of how strongly great weights are held back."""


def main(arguments: list[str]) -> None:
    """Print precision and recall of each hall, then write the weights."""
    pairs = [(Path(a), Path(b)) for a, b in zip(arguments[::2], arguments[1::2], strict=True)]
    weights = json.loads(WEIGHTS.read_text("utf-8"))
    for meaning in (False, True):
        name, halls = "", []
        for guides, links in pairs:
            name, judged = _judged(guides, links, meaning=meaning)
            halls.append(judged)
        print(name)
        for place, (guides, _) in enumerate(pairs):
            others = [each for at, hall in enumerate(halls) if at != place for each in hall]
            if others:
                _report(guides.name, halls[place], _fitted(others))
        every = [each for hall in halls for each in hall]
        weights[name] = {figure: round(w, 3) for figure, w in _fitted(every).items()}
        _report("all, fitted on all", every, weights[name])
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


def _judged(guides: Path, links: Path, *, meaning: bool) -> tuple[str, Judged]:
    halls = read_guides(guides).halls
    folders = folders_for(halls)
    encoder = installed() if meaning else None
    store = VectorStore(encoder, CACHE, vectors_in(folders)) if encoder else None
    linker = Linker(read_catalogue(*folders).matters, store)
    lines = (line.split("\t") for line in links.read_text("utf-8").splitlines() if line.strip())
    told = {topic: set(matters.split(",")) for topic, matters in lines}
    topics = [each for each in Topics(halls) if each.label in told]
    judged = [(each, matter in told[of.label]) for of, matter, each in linker.figures(topics)]
    return linker.weights, judged


def _fitted(judged: Judged) -> dict[str, float]:
    names = list(judged[0][0])
    rows = np.array([[figures[name] for name in names] for figures, _ in judged])
    model = LogisticRegression(C=HELD_BACK, max_iter=3000, fit_intercept=False)
    model.fit(rows, [right for _, right in judged])
    return dict(zip(names, model.coef_[0].tolist(), strict=True))


def _report(name: str, judged: Judged, weights: Figures) -> None:
    logits = [sum(weights[each] * figure for each, figure in of.items()) for of, _ in judged]
    linked = 1 / (1 + np.exp(-np.array(logits))) >= LINKED
    right = np.array([each for _, each in judged])
    both = (linked & right).sum()
    print(
        f"{name:20} {right.sum():4} links  precision {100 * both / max(linked.sum(), 1):5.1f} %  "
        f"recall {100 * both / max(right.sum(), 1):5.1f} %"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
