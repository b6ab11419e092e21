"""Ruled tables: from the lines drawn on a page to cells, merged cells counted once, at their first row and column."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from ._pdf_spans import Rule, Span, joined

_NEAR = 3.0  # points by which edges that mean one may differ
_MOST_PAIRS, _MOST_CELLS = 4_000_000, 40_000


class Grid:
    """One ruled table on a page: its outer box, its column edges, and :meth:`cell` to ask in which cell a point lies."""

    def __init__(self, xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> None:
        self.xs, self.ys = xs, ys
        self._columns, self._rows = len(xs) - 1, len(ys) - 1
        self._parent = list(range(self._columns * self._rows))
        walls = {(i, r) for rule in upright for i in _hit(xs, rule.x0) for r in self._covered(ys, rule.y0, rule.y1)}
        floors = {(i, c) for rule in level for i in _hit(ys, rule.y0) for c in self._covered(xs, rule.x0, rule.x1)}
        for r in range(self._rows):
            for c in range(self._columns):
                if c + 1 < self._columns and (c + 1, r) not in walls:
                    self._unite(r * self._columns + c, r * self._columns + c + 1)
                if r + 1 < self._rows and (r + 1, c) not in floors:
                    self._unite(r * self._columns + c, (r + 1) * self._columns + c)
        self._right: dict[int, int] = {}
        for k in range(len(self._parent)):
            root = self._root(k)
            self._right[root] = max(self._right.get(root, 0), k % self._columns)
        self.cells = len(self._right)

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell that holds a point; ``None`` outside the table."""
        c, r = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= c < self._columns and 0 <= r < self._rows):
            return None
        root = self._root(r * self._columns + c)
        return divmod(root, self._columns)

    def edges(self, row: int, column: int) -> tuple[float, float]:
        """Left and right edge of a cell."""
        return self.xs[column], self.xs[self._right[row * self._columns + column] + 1]

    def _root(self, k: int) -> int:
        while self._parent[k] != k:
            self._parent[k] = self._parent[self._parent[k]]
            k = self._parent[k]
        return k

    def _unite(self, a: int, b: int) -> None:
        a, b = sorted((self._root(a), self._root(b)))
        self._parent[b] = a

    @staticmethod
    def _covered(edges: list[float], low: float, high: float) -> list[int]:
        return [i for i, (a, b) in enumerate(pairwise(edges)) if low - _NEAR <= (a + b) / 2 <= high + _NEAR]


def find(rules: list[Rule]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom. A single box is a frame, not a table."""
    level = joined([rule for rule in rules if rule.y0 == rule.y1], upright=False)
    upright = joined([rule for rule in rules if rule.x0 == rule.x1], upright=True)
    if len(level) < 2 or len(upright) < 2 or len(level) * len(upright) > _MOST_PAIRS:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if h.x0 - _NEAR <= v.x0 <= h.x1 + _NEAR and v.y0 - _NEAR <= h.y0 <= v.y1 + _NEAR:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(v)
    grids = []
    for hs, vs in groups.values():
        if len(hs) < 2 or not vs:
            continue
        # a table may be open at its sides: its level lines run on beyond its last upright one
        xs = _clustered([v.x0 for v in vs] + [x for h in hs for x in (h.x0, h.x1)])
        ys = _clustered([h.y0 for h in hs])
        if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_CELLS:
            continue
        outer = [Rule(xs[0], ys[0], xs[0], ys[-1]), Rule(xs[-1], ys[0], xs[-1], ys[-1])]
        grid = Grid(xs, ys, hs, vs + outer)
        if grid.cells > 1:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.top)


def inside(grid: Grid, span: Span) -> tuple[int, int] | None:
    """The cell in which a span stands."""
    return grid.cell((span.x0 + span.x1) / 2, span.base - 0.3 * span.size)


def _clustered(values: list[float]) -> list[float]:
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > _NEAR:
            made.append(value)
    return made


def _hit(edges: list[float], at: float) -> list[int]:
    i = bisect_right(edges, at + _NEAR) - 1
    return [i] if i >= 0 and abs(edges[i] - at) <= _NEAR else []
