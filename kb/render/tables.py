"""Tables: targets over issuers and years, coverage, statistics, two documents side by side."""

from __future__ import annotations

from collections.abc import Iterable

from ..records import CountRecord, Coverage, Statistics, TargetTable
from .lines import (
    RELATIONS,
    Lines,
    cited_lines,
    figure_text,
    measure,
    rest,
    wrapped,
)

STATES = {"resolved": "xác định được", "ambiguous": "một trong nhiều văn bản", "partial": "thiếu ngày hoặc cơ quan", "unknown": "không rõ"}
_UNKNOWN = "(không rõ)"


def target_table(answer: TargetTable) -> Lines:
    """A block an issuer, a line a target, its figures by period."""
    yield f"Chỉ tiêu: {answer.total} dòng, {len(answer.columns)} kỳ"
    issuer = None
    for row in answer.items:
        if row.issuer != issuer:
            issuer = row.issuer
            yield f"\n{issuer or _UNKNOWN}"
        figures = (
            f"{column or _UNKNOWN}: {'; '.join(measure(one) for one in cells)}"
            for column, cells in zip(answer.columns, row.cells, strict=True)
            if cells
        )
        yield from wrapped(f"{row.name}: {' | '.join(figures)}", "  ")
    yield from rest(len(answer.items), answer.total, answer.undated)


def coverage(answer: Coverage) -> Lines:
    """What is cited but not held."""
    yield f"Văn bản được viện dẫn: {figure_text(answer.instruments)}, có trong kho {figure_text(answer.held)}"
    yield f"Lần viện dẫn: {figure_text(answer.citations)}, tới văn bản có trong kho {figure_text(answer.citations_held)}"
    if answer.items:
        yield f"\nChưa có trong kho ({figure_text(answer.total)})"
        yield from cited_lines(answer.items)
    yield from rest(len(answer.items), answer.total)


def statistics(answer: Statistics) -> Lines:
    """How much is held."""
    for number, what in (
        (answer.documents, "văn bản"), (answer.files, "tệp"), (answer.versions, "bản, kể cả bản cũ"),
        (answer.instruments, "văn bản được nêu"),
        (answer.nodes, "mục"), (answer.citations, "viện dẫn văn bản khác"), (answer.mandates, "nhiệm vụ"), (answer.targets, "chỉ tiêu"),
        (answer.findings, "điểm cần xem lại"),
    ):  # fmt: skip
        yield f"{figure_text(number):>12} {what}"
    yield from _counted("Viện dẫn theo tình trạng", answer.states, STATES)
    yield from _counted("Viện dẫn theo quan hệ", answer.relations, RELATIONS)
    yield from _counted("Văn bản theo loại", answer.types, {})
    yield from _counted("Văn bản theo năm", answer.years, {})


def _counted(title: str, counts: Iterable[CountRecord], labels: dict[str, str]) -> Lines:
    if listed := list(counts):
        yield f"\n{title}"
        yield from (f"{figure_text(one.number):>12} {labels.get(one.name, one.name) or _UNKNOWN}" for one in listed)
