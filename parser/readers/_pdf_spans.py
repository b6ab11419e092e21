"""What a page holds before anyone reads it: spans of text with their places, and the rules drawn between them.

Coordinates are points with ``y`` growing downwards, turned so that the page's text stands upright whatever way the page is stored.
PDF and OCR both end here, so that everything after this is one code for both.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

LOST = "\ufffd"

_COLUMN = 1.2  # in font sizes: a wider gap between two words may part columns
_WORD = 0.2  # a wider gap is a blank, though the file sets none
_TOUCH = 3.0  # points between pieces of one rule
_LOST_LETTER = 0.32  # after a lost letter: a wider gap is another one


class Style(NamedTuple):
    """How a stretch of text is set. ``size`` is the font's size on the page in points."""

    font: str = ""
    size: float = 12.0
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    quarter: int = 0  # which way the text runs: 0 right, 1 up, 2 left, 3 down, -1 aslant, -2 set by the reader


class Glyph:
    """One character: where it is set (``x``), its place with the room it takes (``x0`` to ``x1``), the line it stands on."""

    __slots__ = ("base", "char", "style", "x", "x0", "x1")

    def __init__(self, char: str, style: Style, x0: float, x1: float, x: float, base: float) -> None:
        self.char, self.style, self.x0, self.x1, self.x, self.base = char, style, x0, x1, x, base


class Piece:
    """Text of one style. ``raised`` is 1 for text set above the line (a note's mark), -1 below it (an index)."""

    __slots__ = ("raised", "style", "text")

    def __init__(self, text: str, style: Style, raised: int = 0) -> None:
        self.text, self.style, self.raised = text, style, raised


class Span:
    """Words on one line with no wide gap between them; ``base`` is the line they stand on."""

    __slots__ = ("base", "confidence", "pieces", "size", "x0", "x1")

    def __init__(self, pieces: list[Piece], x0: float, x1: float, base: float, size: float, confidence: float = 100.0) -> None:
        self.pieces, self.x0, self.x1, self.base, self.size, self.confidence = pieces, x0, x1, base, size, confidence

    @property
    def top(self) -> float:
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.2 * self.size

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def bold(self) -> bool:
        """Whether most of the letters are bold."""
        bold = sum(len(piece.text) for piece in self.pieces if piece.style.bold)
        return 2 * bold > sum(len(piece.text) for piece in self.pieces)

    def join(self, other: Span, blank: bool = True) -> None:
        """Add a span that stands to the right on the same line."""
        if blank and not self.pieces[-1].text.endswith(" ") and not other.pieces[0].text.startswith(" "):
            self.pieces[-1].text += " "
        self.pieces += other.pieces
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.confidence = min(self.confidence, other.confidence)
        if other.size > self.size:
            self.base, self.size = other.base, other.size


class Rule(NamedTuple):
    """A straight line drawn on the page: level where ``y0 == y1``, upright where ``x0 == x1``."""

    x0: float
    y0: float
    x1: float
    y1: float


class Page:
    """One page: its spans and rules, and what decides how to read it."""

    __slots__ = (
        "aside",
        "broken",
        "glyphs",
        "height",
        "hidden",
        "number",
        "objects",
        "ocr",
        "picture",
        "rules",
        "spans",
        "stamped",
        "stamps",
        "width",
    )

    def __init__(self, number: int, width: float, height: float) -> None:
        self.number, self.width, self.height = number, width, height
        self.spans: list[Span] = []
        self.rules: list[Rule] = []
        self.stamps: list[str] = []  # text of signature fields and stamps, laid over the page
        self.aside: list[str] = []  # text that runs another way than the page's: margins, watermarks
        self.stamped: int | None = None  # with such: how many characters are the page's own
        self.glyphs = self.broken = self.hidden = self.objects = 0
        self.picture = 0.0  # which part of the page its largest picture covers
        self.ocr = False


def joined(rules: list[Rule], *, upright: bool) -> list[Rule]:
    """Rules that go on each other made one."""
    made: list[Rule] = []
    key = (lambda r: (round(r.x0 / 2), r.y0)) if upright else (lambda r: (round(r.y0 / 2), r.x0))
    for rule in sorted(rules, key=key):
        if made:
            last = made[-1]
            if upright and abs(rule.x0 - last.x0) <= 1.5 and rule.y0 <= last.y1 + _TOUCH:
                made[-1] = Rule(last.x0, last.y0, last.x0, max(last.y1, rule.y1))
                continue
            if not upright and abs(rule.y0 - last.y0) <= 1.5 and rule.x0 <= last.x1 + _TOUCH:
                made[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0)
                continue
        made.append(rule)
    return made


class Walls:
    """The upright rules of a page, to ask quickly whether one stands between two words."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = sorted(joined([rule for rule in rules if rule.x0 == rule.x1], upright=True))
        self._xs = [rule.x0 for rule in self._rules]

    def between(self, x0: float, x1: float, y: float) -> bool:
        """Whether an upright rule crosses the line ``y`` between ``x0`` and ``x1``."""
        i = bisect_left(self._xs, x0)
        while i < len(self._xs) and self._xs[i] <= x1:
            if self._rules[i].y0 - 1 <= y <= self._rules[i].y1 + 1:
                return True
            i += 1
        return False


def spans_of(glyphs: list[Glyph], rules: list[Rule]) -> list[Span]:
    """Glyphs joined to spans: what stands on one line without a wide gap or an upright rule between.

    They are taken in drawing order, which is reading order within a line, except where letters of another font were put into the gaps of a
    line afterwards (``T NH LÂM Đ NG`` and then ``Ỉ``, ``Ồ``): such lines are read by place.
    """
    walls = Walls(rules)
    _widen_blanks(glyphs)
    held: dict[int, list[Glyph]] = {}
    spans: list[Span] = []
    for span, its in _drawn(glyphs, walls):
        spans.append(span)
        held[id(span)] = its
    made: list[Span] = []
    for line in in_lines(spans):
        for group in _tangled(line):
            if len(group) > 1:
                own = (
                    g
                    for span in group
                    for g in held[id(span)]
                    if g.char == LOST or not g.char.isspace() or g.x1 - g.x0 > 0.05 * g.style.size
                )
                placed = sorted(own, key=lambda g: g.x)
                if not _collide(placed, min(len(held[id(span)]) for span in group)):
                    made += [span for span, _ in _drawn(placed, walls)]
                    continue
            made += group
    return _merged(made, walls)


def _widen_blanks(glyphs: list[Glyph]) -> None:
    """A blank that pdfium guessed has no width and stands where the next glyph begins; where it does not, it stands for a real one."""
    for blank, glyph in pairwise(glyphs):
        if blank.char == " " and blank.x1 - blank.x0 < 0.05 * blank.style.size and blank.style.quarter != -2:
            step = glyph.x - blank.x
            if 0.12 * glyph.style.size < step < glyph.style.size and abs(glyph.base - blank.base) < 0.1 * glyph.style.size:
                blank.x1 = glyph.x


def _drawn(glyphs: list[Glyph], walls: Walls) -> list[tuple[Span, list[Glyph]]]:
    """Spans in the order of the glyphs, each with its own. A smaller character beside and above the line is a raised piece of it."""
    made: list[tuple[Span, list[Glyph]]] = []
    span: Span | None = None
    own: list[Glyph] = []
    blank = False
    before: Glyph | None = None
    for glyph in glyphs:
        char = glyph.char
        if char != LOST and (char.isspace() or char == "\0"):
            blank = True
            own.append(glyph)
            continue
        if before is not None and _again(before, glyph):
            continue
        if span is not None and unicodedata.combining(char):  # a mark belongs to the letter before it, wherever its ink stands
            span.pieces[-1].text = span.pieces[-1].text.rstrip() + char
            span.x1 = max(span.x1, glyph.x1)
            own.append(glyph)
            blank = False
            continue
        raised = None if span is None else _goes_on(span, glyph, walls)
        if span is None or raised is None:
            span, own = Span([Piece(char, glyph.style)], glyph.x0, glyph.x1, glyph.base, glyph.style.size), [glyph]
            made.append((span, own))
        else:
            _add(span, glyph, raised, blank)
            own.append(glyph)
        blank, before = False, glyph
    return made


def _add(span: Span, glyph: Glyph, raised: int, blank: bool) -> None:
    size = glyph.style.size
    gap = glyph.x0 - span.x1
    last = span.pieces[-1]
    if last.text.endswith(LOST) and not blank and gap > _WORD * size:
        last.text += LOST if gap > _LOST_LETTER * size else " "
    elif (blank and gap > 0.02 * size) or gap > _WORD * size:
        last.text += " "
    if raised == 2:  # the span began with raised text: the line is this glyph's
        for piece in span.pieces:
            piece.raised = 1
        span.base, span.size, raised = glyph.base, size, 0
    if last.style == glyph.style and last.raised == raised:
        last.text += glyph.char
    else:
        span.pieces.append(Piece(glyph.char, glyph.style, raised))
    span.x1 = max(span.x1, glyph.x1)


def _again(before: Glyph, glyph: Glyph) -> bool:
    """A character set twice at one place, to look bold."""
    near = 0.1 * glyph.style.size
    return glyph.char == before.char and abs(glyph.x - before.x) < near and abs(glyph.base - before.base) < near


def _tangled(line: list[Span]) -> list[list[Span]]:
    """The spans of a line in groups that lie over each other."""
    groups: list[list[Span]] = []
    end = 0.0
    for span in line:
        if groups and span.x0 < end - 0.3 * span.size:
            groups[-1].append(span)
            end = max(end, span.x1)
        else:
            groups.append([span])
            end = span.x1
    return groups


def _collide(placed: list[Glyph], fewest: int) -> bool:
    """Whether glyphs lie on glyphs: a name set over dots is two texts, not one."""
    inked = [g for g in placed if not g.char.isspace() and not unicodedata.combining(g.char)]
    hits = sum(1 for a, b in pairwise(inked) if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.4 * (b.x1 - b.x0) and not _again(a, b))
    return hits > max(1, 0.1 * fewest)


def _goes_on(span: Span, glyph: Glyph, walls: Walls) -> int | None:
    """How the glyph goes on the span: 0 on its line, 1 above, -1 below, 2 on a line above which the span began; ``None`` not."""
    size = max(span.size, glyph.style.size)
    gap, rise = glyph.x0 - span.x1, span.base - glyph.base
    if not -0.5 * size <= gap <= _COLUMN * size or (
        gap > _WORD * size and walls.between(span.x1 - 1, glyph.x0 + 1, span.base - 0.3 * size)
    ):
        return None
    if abs(rise) <= 0.12 * size:
        return 0
    if glyph.style.size <= 0.85 * span.size:
        if gap > 0.5 * size:
            return None
        return 1 if 0 < rise <= 0.75 * size else -1 if -0.5 * size <= rise < 0 else None
    if span.size <= 0.85 * glyph.style.size and len(span.pieces) == 1 and len(span.pieces[0].text) <= 4:
        return 2 if -0.75 * size <= rise < 0 else None
    return None


def in_lines(spans: list[Span]) -> list[list[Span]]:
    """Spans that stand on one line, lines from top to bottom, spans from left to right."""
    lines: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: (s.base, s.x0)):
        if lines and abs(span.base - lines[-1][0].base) <= 0.25 * min(span.size, lines[-1][0].size):
            lines[-1].append(span)
        else:
            lines.append([span])
    for line in lines:
        line.sort(key=lambda s: s.x0)
    return lines


def _merged(spans: list[Span], walls: Walls) -> list[Span]:
    """Join what stands close together on one line, whatever order it was drawn in."""
    made: list[Span] = []
    for line in in_lines(spans):
        last: Span | None = None
        for span in line:
            if last is not None:
                size = max(last.size, span.size)
                gap = span.x0 - last.x1
                if -0.5 * size <= gap <= _COLUMN * size and not walls.between(last.x1 - 1, span.x0 + 1, last.base - 0.3 * size):
                    last.join(span, blank=gap > _WORD * size or last.text.endswith(" "))
                    continue
            made.append(span)
            last = span
    return made
