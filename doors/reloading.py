"""Reloading: a guide that is saved counts without a restart, once it is found to be in order.

The folder is looked at again and again: that works on every file system, also on a network drive
where no event arrives. A change is read once it has been quiet from one look to the next.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from desk.desk import Desk
from desk.knowledge import Knowledge
from doors.preparing import started
from doors.shelf import Shelf
from facts.folders import State
from facts.guides import Guides
from facts.problems import Problem, report

LOG = logging.getLogger("shouwen.guides")
LOOK = 0.2
"""Seconds between two looks at the folder; a change is quiet after as long."""
PATIENCE = 2.0
"""Seconds that an end waits for the thread: it may be making indexes, which nobody needs then."""
PAUSE = 0.001
"""Seconds between two pieces of what is known no more."""
OURS = frozenset({"desk", "intents"})
"""The packages whose objects hold what is known."""
LOGGED = 50
"""Faults that the log names."""


class Reloading:
    """Watches a desk's folder of guides from a thread of its own, while it is entered.

    A folder in which anything is wrong changes nothing: the last good set stays, and `faults`
    are what is wrong, until it is repaired.
    """

    def __init__(self, desk: Desk, shelf: Shelf, read: State) -> None:
        """`read` is the state in which the folder was read for the desk."""
        self._desk = desk
        self._shelf = shelf
        self._read = read
        self._linked = desk.knowledge
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="guides", daemon=True)
        self.faults: Sequence[Problem] = _errors(desk.guides)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)

    def _watch(self) -> None:
        try:
            with uncollected():
                self._desk.warm_up()
        except Exception:  # what could not be made now is tried again by the first question
            LOG.exception("the desk could not be warmed up")
        last = self._read
        while not self._stop.wait(LOOK):
            state = self._shelf.state()
            quiet, last = state == last, state
            if quiet and state != self._read:
                self._read = state
                try:
                    self._taken_up(state)
                except Exception:  # the last good set stays, whatever it was
                    LOG.exception("the guides could not be taken up")

    def _taken_up(self, state: State) -> None:
        with uncollected():
            guides = self._shelf.read()
            if self._shelf.state() != state:
                return  # it was read while it was written; it is read again when that is over
            is_rough = self.take_up(guides, state)
        if is_rough and self._shelf.state() == state:
            self._make_anew(guides, state)

    def take_up(self, guides: Guides, state: State | None = None) -> bool:
        """Let these guides count, if nothing is wrong in them; whether they are still to be made
        anew: because too much has changed (then they do not count yet), or to rank exactly.

        What the guides say comes first, a second before what the catalogue says of it. `state` is
        that in which the folder was read: the next save does not wait for the catalogue, which is
        then asked about both.
        """
        if errors := _errors(guides):
            self._at_fault(errors)
            return False
        catalogue = self._shelf.sources(guides).catalogue
        known = self._desk.knowledge.renewed(guides, catalogue, linking=False)
        if known is None:
            return True
        self._exchange(known)
        LOG.info("the guides were read again, and count from now on")
        if known.exact:
            self._linked = known
            return False
        if state is not None and (self._stop.wait(LOOK) or self._shelf.state() != state):
            return True
        linked = self._linked.renewed(guides, catalogue)
        if linked is not None:
            self._exchange(linked)
            self._linked = linked
        return linked is None or not linked.exact

    def _make_anew(self, guides: Guides, state: State) -> None:
        """Make knowledge from the guides beside the answering, unless they change once more."""
        process = started(self._shelf.folder, self._shelf.env)
        try:
            while process.poll() is None:
                if self._stop.wait(LOOK) or self._shelf.state() != state:
                    return
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            LOG.error("the indexes of the guides could not be made beside the answering")
        before = self._desk.knowledge
        with uncollected():
            self._linked = self._shelf.knowledge(guides, before)
            self._exchange(self._linked)
        LOG.info("the indexes of the guides were made anew")
        held = pieces(before)
        del before
        while held and not self._stop.wait(PAUSE):
            held.pop()

    def _exchange(self, known: Knowledge) -> None:
        known.warm_up()
        self._desk.exchange(known)
        if self.faults:
            self.faults = ()
            self._desk.editors.good(_language(known.guides))

    def _at_fault(self, errors: Sequence[Problem]) -> None:
        LOG.error("the guides are at fault; what stood there before still counts")
        lines = report(errors, "en")
        for line in lines[:LOGGED]:
            LOG.error("%s", line)
        if len(lines) > LOGGED:
            LOG.error("and %s more", len(lines) - LOGGED)
        if errors != self.faults:
            self.faults = errors
            self._desk.editors.at_fault(errors, _language(self._desk.guides))


def pieces(whole: object) -> list[object]:
    """What our own objects hold within a whole that is to be freed piece by piece: all at once, in
    a large hall, would hold every answer up for a tenth of a second."""
    held: list[object] = []
    waiting, seen = [whole], {id(whole)}
    while waiting:
        inside = vars(waiting.pop()).values()
        held += inside
        ours = [each for each in inside if type(each).__module__.partition(".")[0] in OURS]
        fresh = [each for each in ours if hasattr(each, "__dict__") and id(each) not in seen]
        seen.update(map(id, fresh))
        waiting += fresh
    return held


@contextmanager
def uncollected() -> Iterator[None]:
    """Make something that lasts without the rounds of Python's garbage collector, and keep it out
    of later ones: in a large hall each round would hold every answer up for a quarter second.

    What is exchanged holds no cycles, and is freed without the collector.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _errors(guides: Guides) -> Sequence[Problem]:
    return tuple(each for each in guides.problems if each.severity == "error")


def _language(guides: Guides) -> str:
    return guides.halls[0].languages[0]
