"""Tables as rows of cells: what stands in which column, and which words head it.

The first row that heads columns is the table's head; a second row of heads below it (the years under ``Kế hoạch``) is read with it. A
table without a head that goes on where another ended (over a page) takes the head of that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Node


class Cell(NamedTuple):
    """A cell's ``words`` on one line, printed at ``start``…``end`` of the text, and the node that holds it."""

    words: str
    start: int
    end: int
    node: Node


Row = dict[int, Cell]


class Grid(NamedTuple):
    """A table: its first node and its rows, each by column."""

    node: Node
    rows: list[Row]


def of(text: str, nodes: Sequence[Node]) -> Iterator[Grid]:
    """The tables of a document in order. A cell of several paragraphs is one; a table that tells no cells is passed over."""
    grid: Grid | None = None
    at = -1
    for node in nodes:
        if node.kind != "table":
            continue
        if node.role != "row":
            if grid is not None:
                yield grid
            grid, at = Grid(node, []), -1
        if grid is None:
            continue
        for span in node.cells:
            if span.row != at or not grid.rows:
                at = span.row
                grid.rows.append({})
            words = " ".join(text[span.start : span.end].split())
            row = grid.rows[-1]
            known = row.get(span.column)
            if known is None:
                row[span.column] = Cell(words, span.start, span.end, node)
            elif known.node is node:
                row[span.column] = Cell(f"{known.words} {words}", known.start, span.end, node)
    if grid is not None:
        yield grid


def aligned(head: Sequence[int], row: Row) -> Row:
    """The row with its columns counted as the head counts them, where the head was set some columns further on."""
    shift = min(head) - min(row) if head and row else 0
    if shift <= 0 or max(head) - max(row) < shift:
        return row
    return {column + shift: cell for column, cell in row.items()}
