"""Where the cells of an HTML table stand, counting what other cells span: for pages and for tables inside Markdown."""

from __future__ import annotations

import re

from ..reading import Cell

COLUMNS = 200
"""Beyond so many columns nothing spans."""
_ROWS = 5000


class TableCells:
    """A table being read: its next cell's place. ``spans`` tells for a column the last row that a cell from above takes."""

    __slots__ = ("column", "index", "row", "spans")

    def __init__(self, index: int) -> None:
        self.index, self.row, self.column = index, -1, 0
        self.spans: dict[int, int] = {}

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0

    def next_cell(self, colspan: str | None, rowspan: str | None) -> Cell:
        """The place of the next cell, whose attributes are ``colspan`` and ``rowspan`` as printed."""
        wide, high = _span(colspan, COLUMNS), _span(rowspan, _ROWS)
        self.row = max(self.row, 0)
        while self.spans.get(self.column, -1) >= self.row:
            self.column += 1
        cell = Cell(self.index, self.row, self.column)
        until = min(self.column + wide, COLUMNS)
        if high > 1:
            self.spans.update(dict.fromkeys(range(self.column, until), self.row + high - 1))
        self.column = max(self.column + 1, until)
        return cell


def whole(value: str | None) -> int | None:
    """An attribute that is a whole number, ``None`` for all else."""
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else None


def _span(value: str | None, most: int) -> int:
    number = whole(value)
    return 1 if number is None or number < 1 else min(number, most)
