"""Findings: what a careful reader would want to check, each with a stable code and a remedy.

Checks here look at the finished parse; findings of readers and citations come with what they found. A finding never changes anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .model import Citation, Finding, Instrument, Node


def of(text: str, instrument: Instrument, nodes: Sequence[Node], citations: Sequence[Citation]) -> tuple[Finding, ...]:
    """The findings of a parse, in reading order as far as they have a place."""
    return tuple(sorted((*_document(text, instrument, nodes), *_numbering(nodes)), key=lambda f: f.start))


def _document(text: str, instrument: Instrument, nodes: Sequence[Node]) -> Iterator[Finding]:
    if not text.strip():
        yield Finding(
            code="document.empty", severity="error", message="Tệp không có chữ nào; kiểm tra lại tệp gốc / No text: check the original file"
        )
        return
    if not any(node.label for node in nodes):
        yield Finding(
            code="structure.none",
            severity="warning",
            message="Không nhận ra Điều, khoản, mục nào; kiểm tra xem đây có phải văn bản hành chính / "
            "No article, clause or heading was recognised: check whether this is an official document",
        )
    for field, words in (
        ("number", "số, ký hiệu / number"),
        ("type", "tên loại / type"),
        ("issuer", "cơ quan ban hành / issuer"),
        ("date", "ngày / date"),
    ):
        if getattr(instrument, field) is None:
            yield Finding(
                code=f"header.no-{field}", severity="info", message=f"Không tìm thấy {words}; bổ sung nếu biết / not found: add it if known"
            )


_SERIES = frozenset(("article", "chapter", "clause"))


def _numbering(nodes: Sequence[Node]) -> Iterator[Finding]:
    """Gaps and repeats among siblings that count 1, 2, 3 …"""
    last: dict[tuple[str | None, str], int] = {}
    quoted = {node.id for node in nodes if node.kind == "quotation"}
    for node in nodes:
        if node.kind not in _SERIES or node.parent in quoted:
            continue
        digits = "".join(c for c in node.label.split()[-1] if c.isdigit()) if node.label else ""
        if not digits:
            continue
        number = int(digits)
        # articles run through the chapters of a document; clauses start anew in each article
        series = (None if node.kind == "article" and not (node.parent or "").startswith("app") else node.parent, node.kind)
        before = last.get(series)
        if before is not None and number > before + 1:
            yield _finding(
                "structure.gap",
                node,
                f"Sau số {before} là số {number}; có thể thiếu phần ở giữa / number {number} follows {before}: a part may be missing",
            )
        elif before is not None and number == before and not any(c.isalpha() for c in node.label.rstrip(".)").split()[-1]):
            yield _finding(
                "structure.repeat", node, f"Số {number} lặp lại; kiểm tra bản gốc / number {number} occurs twice: check the original"
            )
        last[series] = number


def _finding(code: str, node: Node, message: str) -> Finding:
    return Finding(code=code, severity="warning", message=message, node=node.id, start=node.start, end=node.end)
