"""Reads the lexicon: the tables of forms in ``lexicon/*.tsv``.

A table is UTF-8 text, tab-separated; lines that start with ``#`` are comments; the first other line names the columns. Several values
in one cell are divided by `` | ``. The columns ``examples`` and ``counterexamples`` are what the tests collect.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicon"

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of ``lexicon/<name>.tsv`` in order; missing cells are empty strings. Read once a process; do not change them."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    body = [line for line in lines if line.strip() and not line.startswith("#")]
    columns = body[0].split("\t")
    return tuple(dict(zip(columns, [*line.split("\t"), *[""] * len(columns)], strict=False)) for line in body[1:])


def values(cell: str) -> list[str]:
    """The values of one cell: ``"a | b"`` → ``["a", "b"]``; an empty cell has none."""
    return [part for part in (piece.strip() for piece in cell.split(" | ")) if part]
