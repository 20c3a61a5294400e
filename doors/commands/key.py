"""`key`: a new key for the phone numbers that citizens leave."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from desk.receipts.contacts import new_key


def command(_given: Namespace, _env: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    print(new_key())
    return 0
