"""Users: the people behind the desk, in a YAML file that only its owner may read."""

from __future__ import annotations

import os
import re
import secrets
import stat
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("editor", "staff", "head")
"""What somebody does: keep the guides, answer at windows, answer for the whole hall."""
SHORTEST, LONGEST = 10, 200
"""Characters of a password; one password after another is hashed, so none is endless."""
_NAME = re.compile(r"\w[\w .'-]{0,39}")
_ONE_AT_A_TIME = threading.Lock()
"""Argon2 takes 64 MB each time: many logins at once would take a small machine's memory."""


class UsersError(Exception):
    """What is wrong with the users, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with a password. `hall` is the one they belong to, None for all of them;
    `windows` are the numbers of those that they serve there."""

    name: str
    role: str
    hall: str | None = None
    windows: tuple[str, ...] = ()
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        """Raises UsersError for what cannot be."""
        if not _NAME.fullmatch(self.name):
            raise UsersError(f"{self.name!r} is no name: letters, digits, spaces, at most 40")
        if self.role not in ROLES:
            raise UsersError(f"{self.name}: the role is one of {', '.join(ROLES)}")


class Users:
    """The users in one file. It is read anew each time, so a change counts at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> Mapping[str, User]:
        """The users by name; none where there is no file. Raises `UsersError`."""
        try:
            with self._path.open(encoding="utf-8") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                if mode & 0o077:
                    raise UsersError(f"others can read {self._path}: chmod 600 {self._path}")
                read = yaml.load(file, yaml.CSafeLoader) or {}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, yaml.YAMLError) as error:
            raise UsersError(f"{self._path} cannot be read: {error}") from error
        try:
            return {str(name): _user(str(name), told) for name, told in read.items()}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UsersError(f"{self._path}: not a file of users ({error})") from error

    def find(self, name: str) -> User | None:
        """The user with this name. Raises `UsersError`."""
        return self.all().get(name)

    def verified(self, name: str, password: str) -> User | None:
        """The user whose name and password these are. An unknown name takes as long as a known
        one. Raises `UsersError`."""
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - on use

        user = self.find(plain(name))
        written = plain(password) if len(password) <= LONGEST else ""
        with _ONE_AT_A_TIME:
            try:
                _hasher().verify(user.password if user else _nobodys(), written)
            except (InvalidHashError, VerificationError):
                return None
        return user

    def add(self, user: User) -> None:
        """Write a new user. Raises `UsersError`, also where there is one with this name."""
        users = dict(self.all())
        if user.name in users:
            raise UsersError(f"there is a user {user.name} already: remove that one first")
        self._write({**users, user.name: user})

    def remove(self, name: str) -> None:
        """Take a user out. Raises `UsersError`, also where there is none with this name."""
        users = dict(self.all())
        if users.pop(name, None) is None:
            raise UsersError(f"there is no user {name}")
        self._write(users)

    def _write(self, users: Mapping[str, User]) -> None:
        told = {name: _plain(user) for name, user in users.items()}
        text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
        draft = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise UsersError(f"{self._path} cannot be written: {error}") from error


def hashed(password: str) -> str:
    """The argon2id hash of a new password. Raises `UsersError` for one that will not do."""
    if not SHORTEST <= len(plain(password)) <= LONGEST:
        raise UsersError(f"a password has {SHORTEST} to {LONGEST} characters")
    return _hasher().hash(plain(password))


def plain(text: str) -> str:
    """A name or a password, however a keyboard has put its characters together."""
    return unicodedata.normalize("NFC", text)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415 - imported with a login

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))


def _user(name: str, told: Mapping[str, Any]) -> User:
    hall = told.get("hall")
    return User(
        name=name,
        role=str(told["role"]),
        hall=None if hall is None else str(hall),
        windows=tuple(map(str, told.get("windows") or ())),
        password=str(told["password"]),
    )


def _plain(user: User) -> dict[str, Any]:
    told = {"role": user.role, "hall": user.hall, "windows": list(user.windows)}
    return {**{key: value for key, value in told.items() if value}, "password": user.password}
