"""What became of a file that was saved: committed, or written alone, and that it counts soon."""

from __future__ import annotations

from collections.abc import Callable

from editing.commits import Commit


def committed(say: Callable[..., str], commit: Commit | None) -> str:
    """What is said of a commit; nothing where none was tried."""
    if commit is None:
        return ""
    return say("commit_failed" if commit.ended == "failed" else commit.ended, reason=commit.told)
