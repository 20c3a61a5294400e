"""`import`: make guides from a list of items."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from editing.exchange.commands import import_command


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    return import_command(given, given.sample)
