"""Targets in tables: a row ``1 | Tốc độ tăng trưởng GRDP | % | 8,5`` under ``STT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2025``.

Only columns that plan count (``Kế hoạch``, ``Mục tiêu``, years in a table that reports nothing), never those that report (``Thực hiện``,
``Ước thực hiện``); each gives a target of its own. The unit stands in a column of its own or behind the figure. A table that does not
head such columns has no targets here; of a table that goes on without a head (over a page), the head is the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Comparator, Node, Target
from . import grids, quantities
from .grids import Cell, Grid, Row

_NAMED = re.compile(r"chỉ tiêu|mục tiêu|nội dung|tiêu chí", re.IGNORECASE)
_AIMED = re.compile(r"chỉ tiêu|mục tiêu", re.IGNORECASE)
_UNITS = re.compile(r"đơn vị(?: tính)?|ĐVT|đvt|đv tính", re.IGNORECASE)
_PLANS = re.compile(r"kế hoạch|mục tiêu|phấn đấu|chỉ tiêu|\bKH\b|nghị quyết|dự kiến", re.IGNORECASE)
_REPORTS = re.compile(
    r"thực hiện|ước|\bU?TH\b|\bƯTH\b|so sánh|tỷ lệ|ghi chú|cùng kỳ|hiện trạng|kết quả|vốn|kinh phí|dự toán|so với", re.IGNORECASE
)
_FIGURE = re.compile(
    r"(?P<sign>[<>≥≤]=?|trên|dưới|khoảng|từ|tối thiểu|ít nhất|không quá|tối đa|còn|đạt|tăng|giảm)?\s?(?:đạt\s)?"
    r"(?P<low>[0-9][0-9.,]*)\s?%?(?:\s?(?:[-–÷]|đến)\s?(?P<high>[0-9][0-9.,]*))?\s?(?P<percent>%)?(?P<up>\s?trở lên|\s?trở xuống)?",
    re.IGNORECASE,
)
_SIGNS: dict[str, Comparator] = {"<": "<", ">": ">", "≥": ">=", "≤": "<=", ">=": ">=", "<=": "<="}
_COUNTER = re.compile(r"(?:\(?[0-9]{1,3}(?:\.[0-9]{1,2})*|\(?[IVX]{1,5}|\(?[a-zđA-ZĐ]|[-+*•]|TT|STT)[.)]?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s?[-–]\s?(?:19|20)[0-9]{2})?")
_YEAR_HEAD = re.compile(r"(?:(?:đến\s)?(?:cuối\s)?năm|giai đoạn|đến)?\s?(?:19|20)[0-9]{2}(?:\s?[-–]\s?(?:19|20)[0-9]{2})?", re.IGNORECASE)
_AGAIN = frozenset({'"', "”", "“", "''", "nt", "-nt-", "//", "“”"})
_PART = re.compile(r"[-–+•*]\s?|trong đó:?\s", re.IGNORECASE)


class _Head(NamedTuple):
    name: int
    unit: int | None
    plans: tuple[tuple[int, str | None], ...]
    """The columns that plan, with their years."""
    columns: tuple[int, ...]


def find(text: str, nodes: Sequence[Node]) -> Iterator[Target]:
    """The targets of tables, row by row in order."""
    before: _Head | None = None
    for grid in grids.of(text, nodes):
        found = _head(grid)
        if found is None:
            head, begins = before, 0
            if head is None or not _same_shape(grid, head):
                before = None
                continue
        else:
            head, begins = found
        before = head
        yield from _targets(grid.rows[begins:], head)


def _same_shape(grid: Grid, head: _Head) -> bool:
    row = grid.rows[0] if grid.rows else {}
    return len(row) > 2 and max(row) <= max(head.columns) and _COUNTER.fullmatch(next(iter(row.values())).words) is not None


def _head(grid: Grid) -> tuple[_Head, int] | None:
    """The head and where the rows below it begin."""
    for at, row in enumerate(grid.rows[:4]):
        name = next((column for column, cell in sorted(row.items()) if _NAMED.search(cell.words) and len(cell.words) < 60), None)
        if name is None:
            continue
        below = _second(grid.rows[at + 1]) if at + 1 < len(grid.rows) else {}
        heads = {column: cell.words for column, cell in row.items()}
        for column, words in below.items():
            heads[column] = f"{_over(heads, column, row)} {words}".strip()
        unit = next((column for column, words in heads.items() if _UNITS.fullmatch(words)), None)
        others = [(column, words) for column, words in sorted(heads.items()) if column > name and column != unit]
        plans = [(column, words) for column, words in others if _PLANS.search(words) and not _REPORTS.search(words)]
        if not plans and (unit is not None or _AIMED.search(heads[name])) and not any(_REPORTS.search(words) for _, words in others):
            plans = [(column, words) for column, words in others if _YEAR_HEAD.fullmatch(words)]
        if plans and (unit is not None or _AIMED.search(heads[name])):
            years = tuple((column, _years(words)) for column, words in plans)
            return _Head(name, unit, years, tuple(heads)), at + 1 + bool(below)
        return None
    return None


def _second(row: Row) -> dict[int, str]:
    """The heads of a second row: years and words that tell plans from reports, nothing else."""
    words = {column: cell.words for column, cell in row.items()}
    told = all(_YEAR_HEAD.fullmatch(cell) or _PLANS.search(cell) or _REPORTS.search(cell) for cell in words.values())
    return words if words and told and not any(cell[0].isdigit() and not _YEAR_HEAD.fullmatch(cell) for cell in words.values()) else {}


def _over(heads: dict[int, str], column: int, row: Row) -> str:
    """The head that stands over a column of the second row: its own, else the nearest to the left."""
    own = row.get(column)
    if own is not None:
        return own.words
    return next((row[left].words for left in range(column - 1, -1, -1) if left in row), "")


def _years(words: str) -> str | None:
    found = _YEAR.search(words)
    return "-".join(re.split(r"\s?[-–]\s?", found[0])) if found else None


def _targets(rows: Sequence[Row], head: _Head) -> Iterator[Target]:
    whole = unit = ""
    for printed in rows:
        row = grids.aligned(head.columns, printed)
        name = row.get(head.name)
        if name is None or _COUNTER.fullmatch(name.words):
            continue
        words = name.words.strip(" -–+:;,•*")
        counter = row.get(head.name - 1)
        part = _PART.match(name.words) is not None or (counter is not None and counter.words in "-–+•*")
        if not part:
            whole = words
        if head.unit is not None:
            told = row.get(head.unit)
            own = (_unit(told.words) or told.words.strip(" .").lower()) if told is not None and told.words not in _AGAIN else None
            if own is not None:
                unit = own
            elif told is None:
                unit = ""
        called = f"{whole}: {words}" if part and whole and whole != words else words
        for column, years in head.plans:
            cell = row.get(column)
            if cell is not None and (target := _target(cell, called, unit, years, head.unit is not None)) is not None:
                yield target


def _target(cell: Cell, name: str, unit: str, years: str | None, has_units: bool) -> Target | None:
    """The target of one cell: a bare figure where a column tells the unit, else a figure with its own."""
    figure = _FIGURE.fullmatch(cell.words)
    if figure is not None and (unit or figure["percent"] or "%" in cell.words):
        shown = unit or "%"
        sign, up = (figure["sign"] or "").lower(), (figure["up"] or "").strip().lower()
        low = quantities.number(figure["low"].rstrip(".,"))
        high = quantities.number(figure["high"].rstrip(".,")) if figure["high"] else None
        op: Comparator = (
            (">=" if up == "trở lên" else "<=") if up else _SIGNS.get(sign) or quantities.comparator(sign, "", high is not None)
        )
        if shown == "%" and low == int(low) and len(figure["low"]) == 4 and low > 1900:
            return None
        return _made(cell, name, op, low, high, shown, years)
    if has_units:
        return None
    found = list(quantities.scan(cell.words))
    if len(found) != 1:
        return None
    one = found[0]
    before, after = cell.words[: one.start], cell.words[one.end :]
    if len(before) > 30 or (after.strip(" .;,") and not after.strip().startswith("trở") and len(after) > 40):
        return None
    return _made(cell, name, quantities.comparator(before, after, one.value_max is not None), one.value, one.value_max, one.unit, years)


def _made(
    cell: Cell, name: str, comparator: Comparator, value: float | int, most: float | int | None, unit: str, years: str | None
) -> Target:
    normal, normal_unit = quantities.normal(value, unit)
    return Target(
        node=cell.node.id,
        start=cell.start,
        end=cell.end,
        text=cell.words,
        name=name,
        comparator=comparator,
        value=value,
        value_max=most,
        unit=unit,
        period=years,
        normal_value=normal,
        normal_max=quantities.normal(most, unit)[0] if most is not None else None,
        normal_unit=normal_unit,
    )


def _unit(cell: str) -> str | None:
    """The unit that a cell is, whole: ``Triệu đồng`` → ``triệu đồng``; ``None`` for other words."""
    lowered = cell if cell.isupper() else cell[:1].lower() + cell[1:]
    found = next(quantities.scan(f"1 {lowered}"), None)
    return found.unit if found is not None and found.end == len(lowered) + 2 else None
