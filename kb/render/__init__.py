"""Answers for the eye: plain text with Vietnamese labels. What was asked for stands between « »."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from vanban.parser.compare import Comparison

from ..records import (
    Ambiguous,
    AuditTrail,
    Chain,
    Changes,
    CitedBy,
    Cites,
    Coverage,
    Documents,
    Ingest,
    Ingested,
    Mandates,
    MostCited,
    NotHeld,
    Path,
    RegisterImport,
    Resolutions,
    Restored,
    Reviewed,
    ReviewQueue,
    Reviews,
    ReviewShown,
    Search,
    Show,
    Statistics,
    Summary,
    Targets,
    TargetTable,
    UnknownName,
    Unresolved,
    called,
    numbered,
)  # fmt: skip
from . import chains, comparison, documents, lists, tables, work
from .csv import text as csv
from .lines import OUTCOMES, Lines, figure, instrument_line

__all__ = ["csv", "figure", "ingested", "refusal", "text"]


def text(answer: Any, database: Sequence[str] = ()) -> str:
    """An answer as lines; ``database`` are the words that lead a command to the same database."""
    if isinstance(answer, Summary):
        return "\n".join(documents.summary(answer, database))
    return "\n".join(_WRITERS[type(answer)](answer))


def refusal(answer: Unresolved, option: str = "--date") -> tuple[str, str, str]:
    """What stands in the way, as name, problem (with the choice below it) and remedy; ``option`` is the one that chooses among several,
    empty where the command has none."""
    if isinstance(answer, NotHeld):
        problem = f"kho chưa có toàn văn {called(answer.instrument)} / cited {answer.citations} times here, but its text is not held"
        return answer.query, problem, "Xem nơi viện dẫn / see who cites it: vanban cited-by; nạp văn bản / load it: vanban ingest PATH"
    if isinstance(answer, UnknownName):
        return _unknown(answer)
    choice = answer.candidates if isinstance(answer, Ambiguous) else answer.suggestions
    listed = "".join(f"\n  {instrument_line(one)}\n    id: {one.id}" for one in choice)
    if isinstance(answer, Ambiguous):
        problem = f"là của {len(choice)} văn bản / {len(choice)} instruments are meant by this"
        dates = f"Chọn bằng {option}, hoặc nêu id / choose one with {option}, or give its id"
        return answer.query, problem + listed, dates if option else "Nêu id của một văn bản / give the id of one of them"
    dated = f" ({answer.date})" if answer.date else ""
    problem = f"không có văn bản nào như vậy{dated} / no such instrument here"
    remedy = (
        "Có phải một trong các văn bản trên? / did you mean one of these?"
        if choice
        else "Xem kho có gì / see what is held: vanban documents"
    )
    return answer.query or '""', problem + listed, remedy


_NAMED = {
    "body": "cơ quan / body",
    "issuer": "cơ quan ban hành / issuer",
    "place": "địa phương / place",
    "programme": "chương trình / programme",
    "kind": "loại văn bản / kind of document",
    "field": "lĩnh vực / field",
    "unit": "đơn vị tính / unit",
}


def _unknown(answer: UnknownName) -> tuple[str, str, str]:
    listed = "".join(f"\n  {one}" for one in answer.suggestions)
    problem = f"không có tên này trong kho / no such name here ({_NAMED[answer.what]})" + listed
    remedy = "Ý bạn là một trong các tên trên? / did you mean one of these?" if listed else "Kiểm tra lại tên / check the name"
    return answer.query or '""', problem, remedy


def ingested(item: Ingested) -> str:
    """What became of one document of a file, on one line."""
    findings = f" · {item.findings} điểm cần xem lại" if item.findings else ""
    path, name = (numbered(item.path, item.document.part), called(item.document)) if item.document else (item.path, "")
    return f"{OUTCOMES[item.outcome]:<10}{path} · {name}{findings}"


_WRITERS: dict[type, Callable[[Any], Lines]] = {
    Ingest: documents.ingest,
    Show: documents.show,
    Cites: lists.cites,
    CitedBy: lists.cited_by,
    Mandates: lists.mandates,
    Targets: lists.targets,
    Search: lists.search,
    MostCited: lists.most_cited,
    Documents: documents.documents,
    Comparison: comparison.comparison,
    RegisterImport: work.register,
    ReviewQueue: work.queue,
    ReviewShown: work.shown,
    Restored: work.restored,
    Reviewed: work.reviewed,
    Reviews: work.reviews,
    Resolutions: work.resolutions,
    AuditTrail: work.audit,
    Chain: chains.chain,
    Path: chains.path,
    Changes: chains.changes,
    TargetTable: tables.target_table,
    Coverage: tables.coverage,
    Statistics: tables.statistics,
}
