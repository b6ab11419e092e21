"""Findings about citations: what a careful reader would want to check before following one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import symbols
from .model import Citation, Finding


def of(citations: Iterable[Citation]) -> tuple[Finding, ...]:
    """Numbers that had to be mended to be understood, references to provisions that are not there, numbers that may mean several.

    The citations themselves keep what is printed; a finding says what was made of it.
    """
    return tuple(_findings(citations))


def _findings(citations: Iterable[Citation]) -> Iterator[Finding]:
    for c in citations:
        if c.scope == "external" and c.number and (mended := symbols.repaired(c.number)) != c.number and symbols.parts(mended):
            yield _finding(
                "citation.number-mended",
                "info",
                f"Số, ký hiệu in là {c.number}, được hiểu là {mended}; đối chiếu bản gốc / "
                f"printed {c.number}, read as {mended}: check the original",
                c,
            )
        if c.scope == "external" and c.state == "ambiguous":
            yield _finding(
                "citation.ambiguous",
                "info",
                f"{c.number or c.name} có thể là {len(c.candidates)} văn bản khác nhau trong tài liệu này; xem ngày ban hành / "
                f"may mean {len(c.candidates)} instruments cited here: look at their dates",
                c,
            )
        if c.scope == "internal" and c.target_node is None and not c.provision.startswith(("Phụ lục", "Mẫu", "Biểu")):
            yield _finding(
                "reference.not-found",
                "warning",
                f"Không thấy {c.provision} trong văn bản này; có thể viện dẫn sai hoặc thiếu phần đó / "
                f"{c.provision} is not in this document: the reference may be wrong, or the part missing",
                c,
            )


def _finding(code: str, severity: str, message: str, c: Citation) -> Finding:
    return Finding(
        code=code, severity="warning" if severity == "warning" else "info", message=message, node=c.node, start=c.start, end=c.end
    )
