"""Tasks in tables: ``1 | Xây dựng kế hoạch chuyển đổi số | Sở Khoa học và Công nghệ | Các sở, ban, ngành | Quý I/2026``.

A table sets tasks when its head names a column of tasks and one of the bodies in charge. A row with a task is a mandate; its bodies and
its time limit stand in the other columns. Rows without a body and a verb are headings of the rows below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Actor, ActorRole, Deadline, Node
from ..names.bodies import Home
from . import actors, deadlines, grids, verbs
from .grids import Cell, Grid

_TASK = re.compile(r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|đề án|tên (?:dự án|văn bản)", re.IGNORECASE)
_LEAD = re.compile(
    r"chủ trì|(?:cơ quan|đơn vị|bộ phận|cá nhân) (?:chịu trách nhiệm|thực hiện|thực thi|tham mưu|chính)|phân công|trách nhiệm thực hiện",
    re.IGNORECASE,
)
_SUPPORT = re.compile(r"phối hợp", re.IGNORECASE)
_TIME = re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành|lộ trình|kỳ hạn", re.IGNORECASE)
_RESULT = re.compile(r"chỉ tiêu|mục tiêu|sản phẩm|kết quả|ghi chú|theo dõi|kinh phí|nguồn vốn|căn cứ", re.IGNORECASE)
_LIMIT = re.compile(r"^(?!Theo )(?:.*[0-9]{4}|.*[0-9]/[0-9]|.*[Tt]hường xuyên|[Hh][àằ]ng (?:năm|quý|tháng|tuần|ngày)|[Qq]uý |.*[Tt]háng )")
_BETWEEN = re.compile(r"\s?[;,+•–-]\s?|\s?và\s|\s")
_LONGEST = 12


class Task(NamedTuple):
    """A task of a table: its cell, who is charged in its row, by when; ``group`` is the heading row above it."""

    cell: Cell
    actors: tuple[Actor, ...]
    deadline: Deadline | None
    group: str


class _Head(NamedTuple):
    task: int
    lead: int
    support: int | None
    time: int | None
    columns: tuple[int, ...]


def find(text: str, nodes: Sequence[Node], home: Home, written: str | None) -> Iterator[Task]:
    """The tasks of a document's tables, in order. Actors' offsets count in the text."""
    before: _Head | None = None
    for grid in grids.of(text, nodes):
        found = _head(grid)
        if found is None:
            goes_on = before is not None and grid.rows and len(grid.rows[0]) > 2 and max(grid.rows[0]) <= max(before.columns)
            if not goes_on:
                before = None
                continue
            rows = grid.rows
        else:
            before, begins = found
            rows = grid.rows[begins:]
        if before is not None:
            yield from _tasks(rows, before, home, written)


def _head(grid: Grid) -> tuple[_Head, int] | None:
    for at, row in enumerate(grid.rows[:3]):
        heads = {column: cell.words for column, cell in row.items() if len(cell.words) < 70}
        lead = next((column for column, words in heads.items() if _LEAD.search(words) and not _SUPPORT.search(words)), None)
        if lead is None:
            continue
        task = next(
            (column for column, words in heads.items() if column != lead and _TASK.search(words) and not _RESULT.search(words)), None
        )
        if task is None:
            return None
        support = next((column for column, words in heads.items() if _SUPPORT.search(words)), None)
        time = next((column for column, words in heads.items() if _TIME.search(words) and column not in (task, lead)), None)
        return _Head(task, lead, support, time, tuple(heads)), at + 1
    return None


def _tasks(rows: Sequence[grids.Row], head: _Head, home: Home, written: str | None) -> Iterator[Task]:
    group = ""
    for printed in rows:
        row = grids.aligned(head.columns, printed)
        cell = row.get(head.task)
        if cell is None or len(cell.words) < 4:
            continue
        lead = row.get(head.lead)
        orders = verbs.pattern().match(cell.words.lstrip(" -+•"))
        if lead is None and (not orders or len(row) < 3):
            group = cell.words.strip(" .:")
            continue
        if cell.words.strip("() 0123456789") == "":
            continue  # "(1) | (2) | (3)"
        time = row.get(head.time) if head.time is not None else None
        named = [*_named(lead, "lead", home), *_named(row.get(head.support) if head.support is not None else None, "support", home)]
        first: dict[str, Actor] = {}
        for actor in named:
            first.setdefault(actor.name, actor)
        yield Task(cell, tuple(first.values()), _limit(time, written), group)


def _named(cell: Cell | None, role: ActorRole, home: Home) -> Iterator[Actor]:
    """The bodies of a cell. They stand one after another, whatever divides them; places are told where the cell is printed on one line."""
    if cell is None:
        return
    words = cell.words
    shift = cell.start if len(words) == cell.end - cell.start else None
    at = 0
    for _ in range(_LONGEST):
        while at < len(words) and words[at] in " -+•–;,.":
            at += 1
        group = actors.group(words, at, home)
        if group is None:
            break
        for name, (start, end) in zip(group.names, group.spans, strict=True):
            yield Actor(
                name=name,
                role=role,
                start=None if shift is None else shift + start,
                end=None if shift is None else shift + start + len(words[start:end].rstrip()),
            )
        joint = _BETWEEN.match(words, group.end)
        if joint is None or group.end >= len(words):
            break
        at = joint.end()


def _limit(cell: Cell | None, written: str | None) -> Deadline | None:
    """What the column of time says: the limit in it, else the whole cell where it tells a time."""
    if cell is None or not _LIMIT.search(cell.words):
        return None
    words = cell.words.strip(" .;")
    found = deadlines.find(f"trong {words[:1].lower()}{words[1:]}" if words[:4] in ("Quý ", "Thán", "Năm ") else words, written)
    if found is None:
        return Deadline(text=words, recurring="yearly" if words.lower() in ("hằng năm", "hàng năm") else None)
    if found.text in words:
        return found
    return Deadline(text=words, from_=found.from_, to=found.to, recurring=found.recurring)
