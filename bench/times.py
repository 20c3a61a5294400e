"""Times as the tables give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def timed(call: Callable[..., T], *arguments: object) -> tuple[T, float]:
    """What a call gives with these arguments, and the seconds it took by the clock."""
    began = perf_counter()
    found = call(*arguments)
    return found, perf_counter() - began


def middle_and_worst(times: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile, in the unit of the times; two times at least."""
    return median(times), quantiles(times, n=100)[98]
