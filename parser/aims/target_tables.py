"""Targets in tables: a row ``1 | Tốc độ tăng trưởng GRDP | % | 8,5`` under ``STT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2025``.

The unit has a column of its own. Where several columns of figures follow, only the one that plans counts (``Kế hoạch``, ``Mục tiêu``),
never the one that reports (``Thực hiện``, ``Ước thực hiện``). A table that does not head such columns has no targets here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Comparator, Node, Target
from . import quantities

_NAMED = re.compile(r"chỉ tiêu|mục tiêu|nội dung", re.IGNORECASE)
_UNITS = re.compile(r"đơn vị(?: tính)?|ĐVT|đvt", re.IGNORECASE)
_PLANS = re.compile(r"kế hoạch|mục tiêu|phấn đấu|chỉ tiêu|\bKH\b|nghị quyết", re.IGNORECASE)
_REPORTS = re.compile(r"thực hiện|ước|\bTH\b|so sánh|tỷ lệ|ghi chú|cùng kỳ", re.IGNORECASE)
_FIGURE = re.compile(
    r"(?P<sign>[<>≥≤]=?|trên|dưới|khoảng|từ|tối thiểu|ít nhất|không quá|tối đa)?\s?"
    r"(?P<low>[0-9][0-9.,]*)(?:\s?[-–]\s?(?P<high>[0-9][0-9.,]*))?\s?%?(?P<up>\s?trở lên)?",
    re.IGNORECASE,
)
_SIGNS: dict[str, Comparator] = {"<": "<", ">": ">", "≥": ">=", "≤": "<=", ">=": ">=", "<=": "<="}
_COUNTER = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[IVX]{1,5}|[a-zđA-ZĐ]|-)[.)]?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\s?[-–]\s?(?:19|20)[0-9]{2})?")


class _Head(NamedTuple):
    units: int
    """How many columns stand behind the column of units."""
    plans: tuple[int, ...]
    """Which of these plan."""
    period: str | None


def find(text: str, nodes: Sequence[Node]) -> Iterator[Target]:
    """The targets of tables with a column of units, row by row in order."""
    heads: dict[str | None, _Head | None] = {}
    for node in nodes:
        if node.kind != "table":
            continue
        cells = [" ".join(cell.split()) for cell in text[node.start : node.end].split("\n") if cell.strip()]
        table = node.id if node.label else node.parent
        head = heads.get(table)
        if head is None:
            heads[table] = _head(cells)
        elif (target := _row(text, node, cells, head)) is not None:
            yield target


def _head(cells: list[str]) -> _Head | None:
    at = next((i for i, cell in enumerate(cells) if _UNITS.fullmatch(cell)), None)
    if at is None or not any(_NAMED.search(cell) for cell in cells[:at]):
        return None
    behind = cells[at + 1 :]
    plans = tuple(i for i, cell in enumerate(behind) if _PLANS.search(cell) and not _REPORTS.search(cell))
    years = [year[0] for i in plans if (year := _YEAR.search(behind[i]))]
    return _Head(len(behind), plans, "-".join(re.split(r"\s?[-–]\s?", years[-1])) if years else None) if plans else None


def _row(text: str, node: Node, cells: list[str], head: _Head) -> Target | None:
    at = next((i for i, cell in enumerate(cells) if i and _unit(cell)), None)
    if at is None:
        return None
    figures = [_FIGURE.fullmatch(cell) for cell in cells[at + 1 :]]
    if len(figures) == head.units:
        chosen = next((figures[i] for i in head.plans if figures[i]), None)
    else:  # a cell is empty: only a single figure can be told
        told = [figure for figure in figures if figure]
        chosen = told[0] if len(told) == 1 and len(head.plans) == head.units else None
    name = " ".join(cell for cell in cells[:at] if not _COUNTER.fullmatch(cell))
    if chosen is None or not name:
        return None
    printed = chosen[0].strip()
    start = text.find(printed, text.find(cells[at], node.start + len(name)), node.end)
    if start < 0:
        return None
    sign = (chosen["sign"] or "").lower()
    comparator: Comparator = ">=" if chosen["up"] else _SIGNS.get(sign) or quantities.comparator(sign, "", chosen["high"] is not None)
    value = quantities.number(chosen["low"].rstrip(".,"))
    most = quantities.number(chosen["high"].rstrip(".,")) if chosen["high"] else None
    unit = _unit(cells[at]) or ""
    normal, normal_unit = quantities.normal(value, unit)
    return Target(
        node=node.id,
        start=start,
        end=start + len(printed),
        text=printed,
        name=name.strip(" -+:;,"),
        comparator=comparator,
        value=value,
        value_max=most,
        unit=unit,
        period=head.period,
        normal_value=normal,
        normal_max=quantities.normal(most, unit)[0] if most else None,
        normal_unit=normal_unit,
    )


def _unit(cell: str) -> str | None:
    """The unit that a cell is, whole: ``Triệu đồng`` → ``triệu đồng``; ``None`` for other words."""
    lowered = cell if cell.isupper() else cell[:1].lower() + cell[1:]
    found = next(quantities.scan(f"1 {lowered}"), None)
    return found.unit if found is not None and found.end == len(lowered) + 2 else None
