"""A grey image of a page: the straight lines on it, found and wiped out, so that recognition sees words and the layout sees tables.

Works on plain bytes: runs of black are found by the regular-expression engine, columns by striding, so a page takes a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._pdf_spans import Rule

_DARK = bytes(1 if value < 140 else 0 for value in range(256))
_LONG = 0.32  # inches: no stroke of a letter is so long
_THICK = 0.06  # inches: a thicker bar is a picture


class Image:
    """``pixels`` row by row, 0 black to 255 white; ``dpi`` points to the inch."""

    def __init__(self, width: int, height: int, pixels: bytes, dpi: float) -> None:
        self.width, self.height, self.pixels, self.dpi = width, height, pixels, dpi

    def pgm(self) -> bytes:
        """The image in the simplest format that tesseract reads."""
        return b"P5 %d %d 255\n" % (self.width, self.height) + self.pixels

    def turned(self, quarters: int) -> Image:
        """Turned clockwise by so many quarters."""
        w, h, p = self.width, self.height, self.pixels
        match quarters % 4:
            case 1:
                return Image(h, w, b"".join(p[x::w][::-1] for x in range(w)), self.dpi)
            case 2:
                return Image(w, h, p[::-1], self.dpi)
            case 3:
                return Image(h, w, b"".join(p[x::w] for x in range(w - 1, -1, -1)), self.dpi)
        return self


def take_rules(image: Image) -> tuple[Image, list[Rule], float]:
    """The image without its straight lines, the lines in points, and how far the page is turned (rise by run)."""
    w, h = image.width, image.height
    long, thick = int(_LONG * image.dpi), int(_THICK * image.dpi)
    dark = image.pixels.translate(_DARK)
    runs = re.compile(b"\\x01{%d,}" % long)
    level = _chains(_rows(dark, w, runs), thick)
    standing = b"\0".join(dark[x::w] for x in range(w))
    upright = _chains(((y0, y1, x) for y0, y1, x in _rows(standing, h + 1, runs)), thick)
    scale = 72 / image.dpi
    skew = _skew(level)
    rules = [
        Rule(
            c.start * scale,
            (c.middle - skew * (c.start + c.end) / 2) * scale,
            c.end * scale,
            (c.middle - skew * (c.start + c.end) / 2) * scale,
        )
        for c in level
    ]
    rules += [
        Rule(
            (c.middle + skew * (c.start + c.end) / 2) * scale,
            c.start * scale,
            (c.middle + skew * (c.start + c.end) / 2) * scale,
            c.end * scale,
        )
        for c in upright
    ]
    wiped = bytearray(image.pixels)
    for chain in level:
        for x0, x1, y in chain.runs:
            for row in range(max(0, y - 2), min(h, y + 3)):
                wiped[row * w + x0 : row * w + x1] = b"\xff" * (x1 - x0)
    for chain in upright:
        for y0, y1, x in chain.runs:
            for column in range(max(0, x - 2), min(w, x + 3)):
                wiped[y0 * w + column : y1 * w + column : w] = b"\xff" * len(range(y0 * w + column, y1 * w + column, w))
    return Image(w, h, bytes(wiped), image.dpi), rules, skew


def _rows(dark: bytes, width: int, runs: re.Pattern[bytes]) -> Iterator[tuple[int, int, int]]:
    """Start, end and row of each long run of black."""
    for match in runs.finditer(dark):
        row, start = divmod(match.start(), width)
        end = start + match.end() - match.start()
        while end > width:  # black from edge to edge
            yield start, width, row
            row, start, end = row + 1, 0, end - width
        yield start, end, row


class _Chain:
    """Runs that make one line: each begins near where another lies, a little higher or lower."""

    __slots__ = ("end", "first", "last", "low", "runs", "start", "total", "weight")

    def __init__(self, start: int, end: int, row: int) -> None:
        self.start, self.end, self.first, self.last, self.low = start, end, row, row, row
        self.runs = [(start, end, row)]
        self.total, self.weight = float(row * (end - start)), float(end - start)

    @property
    def middle(self) -> float:
        return self.total / self.weight

    def take(self, start: int, end: int, row: int) -> None:
        self.start, self.end, self.last = min(self.start, start), max(self.end, end), row
        self.runs.append((start, end, row))
        self.total += row * (end - start)
        self.weight += end - start


def _chains(found: Iterator[tuple[int, int, int]], thick: int) -> list[_Chain]:
    """Runs of neighbouring rows joined; a chain thicker than a line (a picture, a dark edge of the scan) is left out."""
    live: list[_Chain] = []
    made: list[_Chain] = []
    for start, end, row in sorted(found, key=lambda run: run[2]):
        still: list[_Chain] = []
        for chain in live:
            (still if row - chain.last <= 2 else made).append(chain)
        live = still
        home = next((c for c in live if start <= c.end + 12 and end >= c.start - 12), None)
        if home is None:
            live.append(_Chain(start, end, row))
        else:
            home.take(start, end, row)
    made += live
    return [c for c in made if c.weight / (c.end - c.start) <= thick and len(c.runs) < 4000]


def _skew(level: list[_Chain]) -> float:
    """By how much level lines fall to the right: the slope of the longest."""
    longest = max(level, key=lambda c: c.end - c.start, default=None)
    if longest is None or longest.end - longest.start < 300:
        return 0.0
    points = [((start + end) / 2, row, end - start) for start, end, row in longest.runs]
    weight = sum(w for *_, w in points)
    x0, y0 = sum(x * w for x, _, w in points) / weight, sum(y * w for _, y, w in points) / weight
    spread = sum(w * (x - x0) ** 2 for x, _, w in points)
    skew = sum(w * (x - x0) * (y - y0) for x, y, w in points) / spread if spread else 0.0
    return skew if abs(skew) < 0.05 else 0.0
