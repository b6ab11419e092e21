"""Tables in Markdown: of bars that stand each on a line of its own or one row a line, drawn with signs, and of HTML.

HTML tables are written by converters of scans and PDF files: tags are mark-up, every line of a cell is a block of it. A line of a cell
ends at ``<br>`` or at the end of a paragraph inside it; line ends of the source are blanks there, as in a page. A table inside a cell is
more lines of that cell. A table without its closing tag is none: its tags are taken off one by one by the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..reading import Cell
from ._table_cells import TableCells

_OPENS = re.compile(r"<table\b", re.IGNORECASE)
_CLOSES = re.compile(r"</table\s*>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,12})\b(?P<said>[^<>]{0,2000})>|<!--.{0,2000}?-->", re.DOTALL)
_WRAP = re.compile(r"[ \t]*\r?\n\s*")
_SPANS = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_INLINE = frozenset(
    ("a", "abbr", "b", "big", "code", "del", "em", "font", "i", "ins", "mark", "s", "small", "span", "strike", "strong", "sub", "sup", "u")
)
_BOLD, _ITALIC = frozenset(("b", "strong", "th")), frozenset(("i", "em"))


class Line(NamedTuple):
    """A line of a cell at ``source[start:end]``, which begins and ends with a printed character."""

    start: int
    end: int
    cell: Cell | None
    bold: bool
    italic: bool


class HtmlTable(NamedTuple):
    """A table at ``source[start:end]``: its lines in order, and what is mark-up (with what is printed instead): all else of it."""

    start: int
    end: int
    lines: tuple[Line, ...]
    cuts: tuple[tuple[int, int, str], ...]


def find(source: str, index: int) -> list[HtmlTable]:
    """The tables of a text in order, numbered from ``index``."""
    found: list[HtmlTable] = []
    if "<" not in source:
        return found
    at = 0
    while opened := _OPENS.search(source, at):
        end = _end(source, opened.start())
        if end < 0:
            break
        found.append(_table(source, opened.start(), end, index + len(found)))
        at = end
    return found


def _end(source: str, start: int) -> int:
    """Where the table closes that opens at ``start``, tables inside it counted; -1 where it does not."""
    depth, at = 0, start
    while True:
        closes = _CLOSES.search(source, at)
        if closes is None:
            return -1
        depth += sum(1 for _ in _OPENS.finditer(source, at, closes.start())) - 1
        at = closes.end()
        if depth <= 0:
            return at


def _table(source: str, start: int, end: int, index: int) -> HtmlTable:
    lines: list[Line] = []
    cuts: list[tuple[int, int, str]] = []
    done = start
    for line in _lines(source, start, end, TableCells(index)):
        cuts.append((done, line.start, "\n" if lines else ""))
        cuts += ((tag.start(), tag.end(), "") for tag in _TAG.finditer(source, line.start, line.end))
        cuts += ((wrap.start(), wrap.end(), " ") for wrap in _WRAP.finditer(source, line.start, line.end))
        lines.append(line)
        done = line.end
    cuts.append((done, end, ""))
    return HtmlTable(start, end, tuple(lines), tuple(sorted(cuts)))


def _lines(source: str, start: int, end: int, cells: TableCells) -> Iterator[Line]:
    cell: Cell | None = None
    depth = bold = italic = 0
    first = last = -1  # of the open line's printed characters
    styled = (False, False)
    at = start
    for tag in _TAG.finditer(source, start, end):
        words = source[at : tag.start()]
        if stripped := words.strip():
            left = at + len(words) - len(words.lstrip())
            if first < 0:
                first, styled = left, (bold > 0, italic > 0)
            last = left + len(stripped)
        at = tag.end()
        name, closing = (tag["name"] or "").lower(), bool(tag["end"])
        if name not in _INLINE and name and first >= 0:
            yield Line(first, last, cell, *styled)
            first = -1
        if name in _BOLD:
            bold = max(0, bold + (-1 if closing else 1))
        elif name in _ITALIC:
            italic = max(0, italic + (-1 if closing else 1))
        if name == "table":
            depth += -1 if closing else 1
        elif depth == 1 and name == "tr" and not closing:
            cells.next_row()
        elif depth == 1 and name in ("td", "th"):
            spans = {found[1].lower(): found[2] for found in _SPANS.finditer(tag["said"])}
            cell = None if closing else cells.next_cell(spans.get("colspan"), spans.get("rowspan"))
            if not closing:
                bold, italic = int(name == "th"), 0


class BarTable:
    """Keeps count of cells where a converter wrote each ``|`` on a line of its own, or one row a line.

    A bar alone opens a table, closes a filled cell, or, right after a closing one, opens the next row; words after a
    closing bar are the next cell of the row; a blank line after a closing bar ends the table.
    """

    def __init__(self) -> None:
        self.inside = False
        self._number, self._row, self._column = -1, 0, 0
        self._state: Literal["open", "filled", "closed"] = "open"
        self._border: Literal["", "above", "inside"] = ""

    def bar(self) -> None:
        if not self.inside:
            self._number += 1
            self._row, self._column, self._state, self.inside = 0, 0, "open", True
        elif self._state == "closed":
            self._row, self._column, self._state = self._row + 1, 0, "open"
        else:
            self._state = "closed"

    def cell(self) -> Cell | None:
        if not self.inside:
            return None
        if self._state == "closed":
            self._column += 1
        self._state = "filled"
        return Cell(self._number, self._row, self._column)

    def blank(self, more: bool) -> None:
        """A blank line; ``more`` tells whether another bar follows soon: without one an open cell cannot go on."""
        if self._state == "closed" or not more:
            self.inside, self._border = False, ""

    def row(self) -> None:
        """A line with the cells of a row; between borders (``+----+``) several lines are one row."""
        self._open()
        self._row, self._column, self._state = self._row + (self._border != "inside"), -1, "closed"
        if self._border == "above":
            self._border = "inside"

    def border(self) -> None:
        """A line between the rows of a table drawn with signs, as pandoc writes them."""
        self._open()
        self._state, self._border = "closed", "above"

    def _open(self) -> None:
        if not self.inside:
            self._number, self._row, self.inside = self._number + 1, -1, True

    def next_cell(self) -> Cell:
        self._column += 1
        return Cell(self._number, self._row, self._column)

    def skip_cell(self) -> None:
        self._column += 1
