"""A table of figures, and the chart that is drawn of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; of nothing there is no share."""

    part: float
    whole: float

    @property
    def value(self) -> float | None:
        """From 0 to 1."""
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return "" if self.value is None else f"{100 * self.value:.1f}%"


Cell = str | int | float | Share | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars lie, columns stand. `series` are places of columns in the table."""

    kind: Literal["bars", "columns"]
    series: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under `columns`, the first of which names the row. `key` is the name of its file."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    chart: Chart | None = None


def written(cell: Cell) -> str:
    """A cell as it is read."""
    match cell:
        case None:
            return ""
        case float():
            return f"{cell:.2f}"
        case int():
            return f"{cell:,}"
        case _:
            return str(cell)


def number(cell: Cell) -> float | None:
    """A cell as it is drawn."""
    match cell:
        case Share():
            return cell.value
        case int() | float():
            return float(cell)
        case _:
            return None
