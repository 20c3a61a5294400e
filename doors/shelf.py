"""The shelf: where a desk's knowledge comes from, by the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from desk.knowledge import Knowledge
from facts import folders
from facts.catalogue import folders_for, vectors_in
from facts.guides import Guides, GuidesFolder
from intents.cache import Cache
from intents.encoder import VectorStore, installed


class Sources(NamedTuple):
    """What knowledge is made of besides guides."""

    catalogue: list[Path]
    cache: Cache
    store: VectorStore | None


class Shelf:
    """A folder of guides, the catalogue beside them, kept indexes, and the encoder."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder = folder
        self.env = env
        self._home = Path(env.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shouwen"
        self._encoder = None if env.get("ENCODER") == "none" else installed()
        self._files = GuidesFolder(folder)

    def state(self) -> folders.State:
        """What tells that something else stands in the folder now."""
        return folders.state(self.folder)

    def read(self) -> Guides:
        """The guides as they stand in the folder now, with all that is wrong in them."""
        return self._files.read()

    def sources(self, guides: Guides) -> Sources:
        """What these guides' knowledge is made of besides."""
        found = folders_for(guides.halls)
        encoder = self._encoder
        store = VectorStore(encoder, self._home, vectors_in(found)) if encoder else None
        return Sources(found, Cache(self._home), store)

    def knowledge(self, guides: Guides, before: Knowledge | None = None) -> Knowledge:
        """What is known from these guides, made anew; slow where its indexes are not kept yet."""
        return Knowledge(guides, *self.sources(guides), before)
