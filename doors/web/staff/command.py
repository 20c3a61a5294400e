"""The command `user`: who may log in at the staff page."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from doors.web.staff.users import User, Users, UsersError, hashed, plain
from facts.model import Hall


def add(
    given: Namespace, users: Users, halls: Sequence[Hall], ask: Callable[[str], str]
) -> list[str]:
    """Write a new user, whose password is asked for twice. Raises `UsersError`."""
    name = plain(given.name.strip())
    hall = _hall(given, halls)
    windows = tuple(each.strip() for each in (given.windows or "").split(",") if each.strip())
    if given.role == "staff":
        _check(windows, hall)
    elif windows:
        raise UsersError("only staff serve windows: leave --windows out")
    User(name=name, role=given.role, password="")  # raises where this cannot be
    if users.find(name):
        raise UsersError(f"there is a user {name} already: remove that one first")
    password = ask(f"Password for {name}: ")
    if password != ask("Once more: "):
        raise UsersError("the two passwords differ; nothing was written")
    own = hall.id if hall else None
    users.add(
        User(name=name, role=given.role, hall=own, windows=windows, password=hashed(password))
    )
    return [f"{name} may log in now"]


def listed(users: Users) -> list[str]:
    """One line a user. Raises `UsersError`."""
    return [
        "  ".join(filter(None, (user.name, user.role, user.hall, ",".join(user.windows))))
        for user in users.all().values()
    ] or ["no users yet"]


def remove(given: Namespace, users: Users) -> list[str]:
    """Take a user out, who is logged out with it. Raises `UsersError`."""
    users.remove(plain(given.name.strip()))
    return [f"{given.name} is removed"]


def _hall(given: Namespace, halls: Sequence[Hall]) -> Hall | None:
    """The hall of a new user: the one named, else the only one; a head may answer for all."""
    if given.hall is None:
        if len(halls) == 1:
            return halls[0]
        if given.role == "head":
            return None
        raise UsersError(f"which hall? --hall is one of {', '.join(each.id for each in halls)}")
    found = next((each for each in halls if each.id == given.hall), None)
    if found is None:
        known = ", ".join(each.id for each in halls)
        raise UsersError(f"there is no hall {given.hall}: there is {known}")
    return found


def _check(windows: Sequence[str], hall: Hall | None) -> None:
    numbers = [each.number for each in hall.windows] if hall else []
    if not windows:
        raise UsersError(f"which windows? --windows takes numbers of {', '.join(numbers)}")
    unknown = [each for each in windows if each not in numbers]
    if unknown:
        raise UsersError(f"there is no window {', '.join(unknown)}: there is {', '.join(numbers)}")
