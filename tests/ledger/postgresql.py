"""A PostgreSQL server for the time of a test run, where there is one on this machine."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name: str) -> str | None:
    """Where a program of the server is."""
    places = os.pathsep.join([*map(str, FOLDERS), os.environ.get("PATH", "")])
    return shutil.which(name, path=places)


def missing() -> str | None:
    """What of a server is not here, if anything."""
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg"
    return next((each for each in ("initdb", "pg_ctl") if program(each) is None), None)


def somebody() -> pwd.struct_passwd | None:
    """Who runs the server: it refuses to run as root, so the user `postgres` or `nobody` does."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name: each for each in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the address of its database, reached by a socket alone."""
    who = somebody()
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if who:
            os.chown(folder, who.pw_uid, who.pw_gid)
        data = folder / "data"

        def run(command: str, *arguments: str) -> None:
            with (folder / "out").open("ab") as out:
                subprocess.run(
                    [str(program(command)), *arguments],
                    cwd=folder,
                    check=True,
                    stdout=out,
                    stderr=out,
                    timeout=120,
                    user=who.pw_uid if who else None,
                    group=who.pw_gid if who else None,
                    extra_groups=[] if who else None,
                )

        run("initdb", "-D", str(data), "-U", "hall", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://hall@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
