"""`user`: who may log in at the staff page."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from getpass import getpass

from doors.opening import halls_in, users_of
from doors.refusal import Refusal
from doors.web.staff import command as users_at_work
from doors.web.staff.users import UsersError


def command(given: Namespace, env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    users = users_of(env)
    try:
        if given.action == "add":
            told = users_at_work.add(given, users, halls_in(given.guides), getpass)
        else:
            told = (
                users_at_work.listed(users)
                if given.action == "list"
                else users_at_work.remove(given, users)
            )
    except EOFError as error:
        raise Refusal("no_password") from error
    except UsersError as error:
        raise SystemExit(str(error)) from error
    print("\n".join(told))
    return 0
