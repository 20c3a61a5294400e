"""Makes the indexes of a folder of guides and keeps them, in a process of its own.

`python -m doors.preparing FOLDER`: whoever makes the same knowledge later only loads them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from doors.shelf import Shelf

HERE = Path(__file__).parents[1]
NICE = 10
"""How far a preparing process stands back behind those that answer."""


def started(folder: Path, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The process, which makes them from what stands in the folder now."""
    command = [sys.executable, "-m", "doors.preparing", str(folder.resolve())]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=HERE, env={**os.environ, **env}, stdin=subprocess.DEVNULL
    )


def main(folder: Path, env: Mapping[str, str] = os.environ) -> None:
    """Make and keep them."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    shelf = Shelf(folder, env)
    shelf.knowledge(shelf.read()).warm_up()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
