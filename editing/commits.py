"""Commits: a file that was saved goes into the history of its git repository, if it has one.

No hook of the repository runs, nothing asks for a password, and of all that is changed there only
this file is committed.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SECONDS = 30
"""After which git is not waited for."""
_SAFE = (
    "--literal-pathspecs",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "commit.gpgSign=false",
    "-c", "core.fsmonitor=false",
)  # fmt: skip
WRITER = "Shouwen <shouwen@localhost>"
"""Who commits; the author is the editor."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What became of it: there is no git, or no repository, or git refused and `told` why."""

    ended: Literal["committed", "no_git", "no_repository", "failed"]
    told: str = ""


def commit(file: Path, author: str, message: str) -> Commit:
    """Commit this file as it stands, under its author's name."""
    try:
        inside = _git(file.parent, "rev-parse", "--is-inside-work-tree")
        if inside.returncode:
            known = "not a git repository" in inside.stderr
            return Commit("no_repository") if known else _failed(inside)
        for arguments in (
            ("add", "--", file.name),
            ("commit", "--quiet", "--only", "--no-verify", "-m", message,
             f"--author={author} <editor@localhost>", "--", file.name),
        ):  # fmt: skip
            done = _git(file.parent, *arguments)
            if done.returncode:
                return _failed(done)
    except FileNotFoundError:
        return Commit("no_git")
    except (OSError, subprocess.SubprocessError) as error:
        return Commit("failed", " ".join(str(error).split())[:300])
    return Commit("committed")


def _failed(done: subprocess.CompletedProcess[str]) -> Commit:
    told = " ".join((done.stderr or done.stdout).split())
    return Commit("failed", told[:300])


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - no shell, and no argument is read as an option
        ["git", *_SAFE, *arguments],  # noqa: S607 - the git of this machine
        cwd=folder,
        env=_environment(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=SECONDS,
        check=False,
    )


def _environment(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would point git at another repository."""
    name, _, address = WRITER.partition(" <")
    own = {
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": address.rstrip(">"),
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }
    return {key: value for key, value in env.items() if not key.startswith("GIT_")} | own
