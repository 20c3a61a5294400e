"""A service while it is read from a list: its data, where each fact stands, what is not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from editing.exchange.grid import Cell
from editing.exchange.remarks import Remark, shown
from editing.exchange.windows import Place

Data = dict[str, Any]
Told = Mapping[str, Sequence[Cell]]
"""The cells of an item by column; of several rows, those that tell something."""


@dataclass(slots=True)
class Item:
    """A service read from a list: its data, the cell of each key, and what is only a comment."""

    data: Data = field(default_factory=dict)
    office: str = ""
    office_id: str = ""
    origins: dict[str, Cell] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    told: Told = field(default_factory=dict)

    def unread(self, cell: Cell, column: str, advice: str = "advice-value") -> None:
        """Notes a cell that is not, or not wholly, read."""
        values = {"text": shown(cell.text), "column": column, "advice": advice}
        self.remarks.append(Remark(cell.place, "unread", values))
        self.comment(cell, column)

    def comment(self, cell: Cell, column: str) -> None:
        """Keeps a cell's text beside the service."""
        self.comments.append(f"{cell.place} {column}: {cell.text}")
