"""Contacts: a phone number that a citizen leaves with a receipt, of free will, kept encrypted.

It is never part of a turn, and only who answers the receipt is shown it. The ledger deletes it
when the receipt is closed or its citizen erased.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Self

from ledger.records import OPEN, Ledger

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

LOG = logging.getLogger("shouwen.desk")
FEWEST, MOST = 5, 15
"""Digits of a phone number; the most are those of ITU-T E.164."""
_PHONE = re.compile(r"\+?[\d -]+")
_GAPS = re.compile(r"[^\d+-]+")


class Contacts:
    """Keeps and finds phone numbers. Every method may raise `LedgerError`."""

    def __init__(self, ledger: Ledger, cipher: Fernet | None = None) -> None:
        self._ledger = ledger
        self._cipher = cipher

    @classmethod
    def of(cls, ledger: Ledger, key: str | None) -> Self:
        """With the operator's key; none are taken without. Raises ValueError for what is none."""
        return cls(ledger, _cipher(key) if key else None)

    @property
    def taken(self) -> bool:
        """Whether a number can be left at all."""
        return self._cipher is not None

    def leave(self, session: str, receipt: str, phone: str) -> bool:
        """Keep the phone number of an open receipt of this citizen, in place of an earlier one.

        False where it is no phone number, or no such receipt.
        """
        number = read_phone(phone)
        own = session and any(
            each.number == receipt for each in self._ledger.receipts(OPEN, session)
        )
        if self._cipher is None or number is None or not own:
            return False
        self._ledger.put_contact(receipt, self._cipher.encrypt(number.encode()).decode())
        return True

    def find(self, receipt: str) -> str | None:
        """The phone number of a receipt, if one was left and this key opens it."""
        if self._cipher is None or (secret := self._ledger.contact(receipt)) is None:
            return None
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

        try:
            return self._cipher.decrypt(secret).decode()
        except InvalidToken:
            LOG.error("the phone of receipt %s was kept under another CONTACT_KEY", receipt)
            return None


def new_key() -> str:
    """A key for `CONTACT_KEY`."""
    from cryptography.fernet import Fernet  # noqa: PLC0415

    return Fernet.generate_key().decode()


def _cipher(key: str) -> Fernet:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - a hall without a key need not wait

    try:
        return Fernet(key)
    except ValueError as error:
        raise ValueError("CONTACT_KEY is no key: `bot.py key` makes one") from error


def read_phone(text: str) -> str | None:
    """A phone number as it is dialled, without what was typed between; None where it is none."""
    plain = text.strip().translate(_PLAIN)
    digits = sum(map(str.isdecimal, plain))
    if not _PHONE.fullmatch(plain) or not FEWEST <= digits <= MOST:
        return None
    return _GAPS.sub("", plain)


_PLAIN = str.maketrans("０１２３４５６７８９＋－（）()", "0123456789+-    ")
