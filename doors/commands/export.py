"""`export`: write the guides as a list, as data, or as printed notices."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from editing.exchange.commands import export_command


def command(given: Namespace, _: Mapping[str, str]) -> int:
    """Run it; the exit status."""
    return export_command(given)
