"""The order in which a page is read: tables, blocks of two columns (issuer and motto, recipients and signature), notes, lines.

A page's spans become :class:`Line` s. Two columns are told by a gutter that nothing crosses while text stands on both sides of it; they are
never read across. What stands below the footnote rule in small type after a raised number is a note.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice
from statistics import median

from . import _pdf_grid
from ._pdf_spans import Page, Piece, Rule, Span, in_lines

_GUTTER = 1.2  # in font sizes: how far apart two spans stand that may be columns
_TAB = 2.5  # in font sizes: a wider gap within a line is kept as a tab
_TEXT_COLUMNS = 12  # so many full lines on either side are columns of running text, not a block
_MOST_SPANS, _MOST_RULES = 1500, 50  # beyond this a page is no text in columns, no text with notes
_LABEL = re.compile(r"[-+*•–▪]|\(?\w{1,4}(?:\.\d{1,3}){0,4}[.)/:]?|(?:Phần|Chương|Mục|Điều|Khoản|Điểm)\s+\w{1,6}[.:]?")
_LABELS = 0.8  # so large a share of labels on the left of a gutter are labels with a tab after them, no column
_NOTE_MARK = re.compile(r"\d{1,4}$|[*†‡]{1,3}$")


class Line:
    """One printed line. ``left`` and ``right`` bound the column or cell it stands in."""

    __slots__ = ("cell", "indent", "left", "note", "page", "right", "span", "table")

    def __init__(self, span: Span, page: int, left: float = 0.0, right: float = 0.0) -> None:
        self.span, self.page, self.left, self.right = span, page, left, right
        self.indent = left  # where paragraphs begin
        self.table: Block | None = None
        self.cell: tuple[int, int] | None = None
        self.note = False


class Block:
    """A table of a page; ``edges`` are its column edges where it is ruled: a table that goes on overleaf has the same."""

    __slots__ = ("edges", "rows", "ruled")

    def __init__(self, edges: list[float], rows: int, ruled: bool) -> None:
        self.edges, self.rows, self.ruled = edges, rows, ruled


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in reading order, notes last."""
    notes, spans = _notes(page)
    made: list[tuple[float, list[Line]]] = []
    for grid in _pdf_grid.find(page.rules):
        held, spans = _table(grid, spans, page.number)
        if held:
            made.append((grid.top, held))
    regions, spans = _columns(spans, page)
    made += regions
    for line in in_lines(spans):
        span = _one(line)
        made.append((span.base, [Line(span, page.number)]))
    made.sort(key=lambda part: part[0])
    lines = [line for _, part in made for line in part]
    _bound([line for line in lines if not line.right], page)
    own = [Line(_one(spans_in_line), page.number) for spans_in_line in in_lines(notes)]
    for note in own:
        note.note = True
    _raise_numbers(own)
    _bound(own, page)
    return lines + own


def note_mark(span: Span) -> str | None:
    """The number with which a note begins: ``98`` raised before its text."""
    first = span.pieces[0]
    return first.text.strip() if first.raised > 0 and _NOTE_MARK.match(first.text.strip()) else None


def _raise_numbers(notes: list[Line]) -> None:
    """A note whose number was not set raised is known by counting on: ``90 Điều này …`` below note 89."""
    last = 0
    for line in notes:
        mark = note_mark(line.span)
        if mark is not None:
            last = int(mark) if mark.isdigit() else 0
        elif last and (match := re.match(r"(\d{1,4})\s+(?=\w)", line.span.text)) and int(match[1]) == last + 1:
            first = line.span.pieces[0]
            if len(first.text) > match.end():
                last += 1
                line.span.pieces[0:1] = [Piece(match[1], first.style, 1), Piece(first.text[match.end() :], first.style)]


def _one(line: list[Span]) -> Span:
    """The spans of one line made one; a tab stands for a wide gap."""
    for span in line[1:]:
        if span.x0 - line[0].x1 > _TAB * span.size:
            line[0].pieces[-1].text = line[0].pieces[-1].text.rstrip() + "\t"
        line[0].join(span, blank=not line[0].pieces[-1].text.endswith("\t"))
    return line[0]


def _bound(lines: list[Line], page: Page) -> None:
    """Give lines without bounds the margins of the page's text."""
    if not lines:
        return
    lefts = sorted(line.span.x0 for line in lines)
    left = lefts[len(lefts) // 20]  # one that sticks out is no margin
    width = max(line.span.x1 - line.span.x0 for line in lines)
    wide = [line.span for line in lines if line.span.x1 - line.span.x0 > 0.6 * width]
    rights = sorted((span.x1 for span in wide), reverse=True)
    right = rights[len(rights) // 20] if rights else page.width
    if right - left < 0.6 * page.width:  # short lines only: none of them shows the margin
        right = max(right, page.width - min(left, 0.15 * page.width))
    indents = Counter(round(line.span.x0) for line in lines if line.span.x0 > left + 0.7 * line.span.size)
    indent, times = indents.most_common(1)[0] if indents else (round(left), 0)
    for line in lines:
        line.left, line.right = left, right
        line.indent = indent if times > 2 else left


def _notes(page: Page) -> tuple[list[Span], list[Span]]:
    """The notes at the foot of a page, and the rest. They begin with a raised mark, below a short rule or in smaller type."""
    spans = page.spans
    if not spans:
        return [], spans
    marked = [span for span in spans if note_mark(span)]
    left = min(span.x0 for span in spans)
    rules = [r for r in page.rules if r.y0 == r.y1 and r.y0 > 0.15 * page.height and 40 < r.x1 - r.x0 < 0.45 * page.width]
    rules += [Rule(s.x0, s.base, s.x1, s.base) for s in spans if len(s.text) > 9 and not s.text.strip("_-–—")]
    for rule in sorted(rules, key=lambda r: r.y0)[:_MOST_RULES]:
        below = [s for s in spans if s.base > rule.y0]
        if abs(rule.x0 - left) < 40 and below and len(below) < len(spans) and _only_notes(below, spans, rule):
            return _cut(below, spans)
    if marked:
        body = median(span.size for span in spans)
        for start in sorted(span.base - 0.6 * span.size for span in marked)[:_MOST_RULES]:
            below = [s for s in spans if s.base > start]
            if all(s.size <= 0.93 * body for s in below) and len(below) < len(spans):
                return _cut(below, spans)
    return [], spans


def _cut(below: list[Span], spans: list[Span]) -> tuple[list[Span], list[Span]]:
    """Notes end where larger type begins again, as in ``(Xem tiếp Công báo số 473 + 474)`` at the foot of a gazette."""
    size = median(span.size for span in below)
    end = min((s.base for s in below if s.size > 1.08 * size and not note_mark(s)), default=math.inf)
    notes = [s for s in below if s.base < end - 1]
    taken = {id(s) for s in notes}
    return notes, [s for s in spans if id(s) not in taken]


def _only_notes(below: list[Span], spans: list[Span], rule: Rule) -> bool:
    """Whether what stands below a rule is notes: marked, or smaller than what stands above (a note that goes on)."""
    above = [s.size for s in spans if s.base <= rule.y0]
    first = min(below, key=lambda s: (s.base, s.x0))
    smaller = bool(above) and max(s.size for s in below) <= 0.95 * median(above)
    return note_mark(first) is not None or (smaller and first.base - rule.y0 < 3 * first.size)


def _table(grid: _pdf_grid.Grid, spans: list[Span], number: int) -> tuple[list[Line], list[Span]]:
    cells: dict[tuple[int, int], list[Span]] = {}
    rest: list[Span] = []
    for span in spans:
        cell = _pdf_grid.inside(grid, span)
        if cell is None:
            rest.append(span)
        else:
            cells.setdefault(cell, []).append(span)
    block = Block(grid.xs, len(grid.ys) - 1, ruled=True)
    made: list[Line] = []
    for cell in sorted(cells):
        left, right = grid.edges(*cell)
        for line in in_lines(cells[cell]):
            made.append(_in_cell(_one(line), number, left, right, block, cell))
    return made, rest


def _in_cell(span: Span, number: int, left: float, right: float, block: Block, cell: tuple[int, int]) -> Line:
    line = Line(span, number, left, right)
    line.table, line.cell = block, cell
    return line


class _Region:
    """Text on both sides of a gutter ``low``–``high``, from ``top`` to ``bottom``."""

    def __init__(self, left: Span, right: Span) -> None:
        self.low, self.high = left.x1, right.x0
        self.top, self.bottom = min(left.top, right.top), max(left.bottom, right.bottom)

    def members(self, spans: list[Span]) -> tuple[list[Span], list[Span]] | None:
        """What stands left and right of the gutter within the region; ``None`` if something crosses it."""
        middle = (self.low + self.high) / 2
        lefts: list[Span] = []
        rights: list[Span] = []
        for span in spans:
            if self.top - 1 <= span.base - 0.3 * span.size <= self.bottom + 1:
                (lefts if (span.x0 + span.x1) / 2 < middle else rights).append(span)
        if not lefts or not rights:
            return None
        low, high = max(s.x1 for s in lefts), min(s.x0 for s in rights)
        if high - low < 0.5 * min(s.size for s in (*lefts, *rights)):
            return None
        return lefts, rights

    def with_pair(self, left: Span, right: Span) -> _Region:
        grown = _Region(left, right)
        grown.low, grown.high = max(self.low, left.x1), min(self.high, right.x0)
        grown.top, grown.bottom = min(self.top, grown.top), max(self.bottom, grown.bottom)
        return grown


def _columns(spans: list[Span], page: Page) -> tuple[list[tuple[float, list[Line]]], list[Span]]:
    """The blocks of columns among spans, each with its top, and the spans outside them."""
    ordered = sorted(spans, key=lambda s: (s.base, s.x0))
    if len(ordered) > _MOST_SPANS:
        return [], ordered
    made: list[tuple[float, list[Line]]] = []
    taken: set[int] = set()
    for region in _regions(ordered):
        members = region.members([s for s in ordered if id(s) not in taken])
        if members is None:
            continue
        lefts, rights = members
        _tails(region, lefts, rights, [s for s in ordered if id(s) not in taken], page)
        lines = _arranged(lefts, rights, page)
        if lines:
            taken |= {id(s) for s in (*lefts, *rights)}
            made.append((min(s.top for s in (*lefts, *rights)), lines))
    return made, [s for s in ordered if id(s) not in taken]


def _regions(ordered: list[Span]) -> list[_Region]:
    regions: list[_Region] = []
    for left, right in _pairs(ordered):
        for i in range(len(regions) - 1, max(-1, len(regions) - 4), -1):
            last = regions[i]
            if left.top - last.bottom < 8 * left.size and min(last.high, right.x0) - max(last.low, left.x1) >= 0.5 * left.size:
                grown = last.with_pair(left, right)
                if grown.members(ordered) is not None:
                    regions[i] = grown
                    break
        else:
            regions.append(_Region(left, right))
    # a gap within one column makes a region of its own: the tallest are taken first
    return sorted(regions, key=lambda region: region.top - region.bottom)


def _pairs(ordered: list[Span]) -> list[tuple[Span, Span]]:
    """Spans that stand beside each other (a third of their height or more) with a wide gap and nothing between."""
    pairs = []
    for i, one in enumerate(ordered):
        beside: list[Span] = []
        for other in islice(ordered, i + 1, None):
            if other.top > one.bottom:
                break
            overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
            if overlap > 0.33 * min(one.size, other.size) and (other.x0 >= one.x1 or one.x0 >= other.x1):
                beside.append(other)
        for other in beside[:4]:
            left, right = (one, other) if one.x0 < other.x0 else (other, one)
            gap = right.x0 - left.x1
            if gap >= _GUTTER * min(left.size, right.size) and not any(left.x1 <= b.x0 and b.x1 <= right.x0 for b in beside):
                pairs.append((left, right))
    return pairs


def _tails(region: _Region, lefts: list[Span], rights: list[Span], spans: list[Span], page: Page) -> None:
    """Add what belongs to a column above or below where both stand: the name under a signature, more recipients."""
    low, high = max(s.x1 for s in lefts), min(s.x0 for s in rights)
    edge = median(s.x0 for s in lefts)
    axis = (min(s.x0 for s in rights) + max(s.x1 for s in rights)) / 2
    held = {id(s) for s in (*lefts, *rights)}
    bottom_left, bottom_right = max(s.base for s in lefts), max(s.base for s in rights)

    def on_axis(span: Span) -> bool:
        centre = (span.x0 + span.x1) / 2
        return span.x0 >= low and abs(centre - axis) < 1.5 * span.size and abs(centre - page.width / 2) > 2 * span.size

    for span in spans:
        if id(span) in held or span.base <= max(bottom_left, bottom_right):
            continue
        if span.x1 <= high and abs(span.x0 - edge) < 1.2 * span.size and span.base - bottom_left < 1.8 * span.size:
            lefts.append(span)
            bottom_left = span.base
        elif on_axis(span) and span.base - bottom_right < 12 * span.size:
            rights.append(span)
            bottom_right = span.base
        else:
            break
    top = min(s.base for s in rights)
    for span in reversed(spans):
        if id(span) in held or span.base >= min(top, min(s.base for s in lefts)):
            continue
        if not (on_axis(span) and top - span.base < 2 * span.size):
            break
        rights.append(span)
        top = span.base


def _arranged(lefts: list[Span], rights: list[Span], page: Page) -> list[Line]:
    """The lines of a region in reading order; none where it is no block of columns (a formula, a label before a wide tab)."""
    left_lines, right_lines = in_lines(lefts), in_lines(rights)
    spans = [*lefts, *rights]
    columns = _intervals(spans)
    if len(columns) > 2:
        rows = in_lines(spans)
        if len(rows) < 3 or sum(len(row) >= 3 for row in rows) < 2:
            return []
        block = Block([column[0] for column in columns], len(rows), ruled=False)
        made = []
        for r, row in enumerate(rows):
            for span in row:
                c = max(i for i, column in enumerate(columns) if column[0] <= span.x0 + 0.1)
                made.append(_in_cell(span, page.number, *columns[c], block, (r, c)))
        return made
    labels = sum(1 for s in lefts if _LABEL.fullmatch(s.text.strip()))
    if min(len(left_lines), len(right_lines)) < 2 or labels >= _LABELS * len(lefts):
        return []
    bounds = [(min(s.x0 for s in side), max(s.x1 for s in side)) for side in (lefts, rights)]
    if min(_full(left_lines, bounds[0]), _full(right_lines, bounds[1])) >= _TEXT_COLUMNS:
        return [Line(_one(line), page.number, *b) for side, b in zip((left_lines, right_lines), bounds, strict=True) for line in side]
    by_rows = all(line[-1].text.rstrip().endswith(":") for line in left_lines)
    block = Block([bounds[0][0], bounds[1][0]], 1, ruled=False)
    made = []
    for column, side in enumerate((left_lines, right_lines)):
        for line in side:
            span = _one(line)
            at = sum(1 for other in left_lines if other[0].base <= span.base + 0.3 * span.size) - 1 if by_rows else 0
            made.append(_in_cell(span, page.number, *bounds[column], block, (max(0, at), column)))
    return sorted(made, key=lambda line: line.cell or (0, 0)) if by_rows else made


def _full(lines: list[list[Span]], bounds: tuple[float, float]) -> int:
    """How many lines reach the right edge of their column."""
    return sum(1 for line in lines if bounds[1] - line[-1].x1 < 2 * line[-1].size)


def _intervals(spans: list[Span]) -> list[tuple[float, float]]:
    """The columns that spans leave when all are looked at from above: stretches with a gap of 0.8 sizes between."""
    made: list[tuple[float, float]] = []
    for span in sorted(spans, key=lambda s: s.x0):
        if made and span.x0 - made[-1][1] < 0.8 * span.size:
            made[-1] = (made[-1][0], max(made[-1][1], span.x1))
        else:
            made.append((span.x0, span.x1))
    return made


__all__ = ["Block", "Line", "Piece", "lines_of", "note_mark"]
