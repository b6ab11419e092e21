"""An instrument, a document at a glance, the documents held, and the report of an ingest."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from ..records import (
    Documents,
    Ingest,
    Show,
    Summary,
    day_first,
    numbered,
)
from .lines import (
    OUTCOMES,
    Lines,
    cited_lines,
    counts_line,
    head_lines,
    instrument_line,
    meant_line,
    outline_lines,
    rest,
    times,
    wrapped,
)


def ingest(answer: Ingest) -> Lines:
    counted = [(outcome, answer.count(outcome), label) for outcome, label in OUTCOMES.items()]  # type: ignore[arg-type]
    findings = f" · {answer.counts.findings} có điểm cần xem lại" if answer.counts.findings else ""
    yield " · ".join(f"{number} {label}" for outcome, number, label in counted if number or outcome != "withdrawn") + findings


def show(answer: Show) -> Lines:
    if answer.document is None:
        if answer.instrument:
            yield from wrapped(instrument_line(answer.instrument))
            yield f"id: {answer.instrument.id}"
        yield "Kho chưa có toàn văn." + (f" Được viện dẫn {times(answer.cited)}." if answer.cited else "")
        return
    yield from head_lines(answer.document)
    yield f"id: {answer.document.id}"
    signed = "; ".join(" ".join(filter(None, (signer.role, signer.name))) for signer in answer.signers)
    facts = (
        ("Nơi ban hành", answer.place),
        ("Kỳ họp", answer.session),
        ("Thông qua", answer.adopted and day_first(answer.adopted)),
        ("Hiệu lực", answer.effective and day_first(answer.effective)),
        ("Người ký", signed),
        ("Tệp", numbered(answer.document.source, answer.document.part)),
        ("Được viện dẫn", times(answer.cited) if answer.cited and answer.cited.citations else None),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    yield counts_line(answer.counts)
    yield ""
    yield from outline_lines(answer.outline)
    if answer.findings or answer.dismissed:
        waiting = [finding for finding in answer.findings if finding not in answer.dismissed]
        left = f"; {len(answer.dismissed)} đã bỏ qua" if answer.dismissed else ""
        more = ", xem bằng --all" if left and len(waiting) == len(answer.findings) else ""
        yield f"\nĐiểm cần xem lại ({len(waiting)}{left}{more})"
        for finding in answer.findings:
            aside = " (đã bỏ qua)" if finding in answer.dismissed else ""
            yield from wrapped(f"{finding.severity}: {finding.code}: {finding.message}{aside}", "  ")
    if len(answer.versions) > 1:
        yield f"\nCác bản ({len(answer.versions)})"
        for version in answer.versions:
            current = " (hiện tại)" if version.current else ""
            yield f"  {numbered(version.source, version.part)} · sha256 {version.sha256[:12]} · vanban {version.parser}{current}"


def summary(answer: Summary, database: Sequence[str]) -> Lines:
    yield from head_lines(answer.document)
    yield counts_line(answer.counts)
    hidden = answer.outline_total - len(answer.outline)
    yield "\nBố cục" + (f" (còn {hidden} mục sâu hơn: vanban show)" if hidden else "")
    yield from outline_lines(answer.outline, "  ")
    if answer.legal_basis:
        yield f"\nCăn cứ pháp lý ({len(answer.legal_basis)})"
        for citation in answer.legal_basis:
            yield from wrapped(meant_line(citation), "  ")
    if answer.implements:
        yield f"\nThực hiện các văn bản ({len(answer.implements)})"
        for instrument in answer.implements:
            yield from wrapped(instrument_line(instrument), "  ")
    if answer.most_cited:
        yield "\nĐược viện dẫn nhiều nhất trong kho"
        yield from cited_lines(answer.most_cited)
    if answer.examples:
        yield "\nHỏi tiếp"
        for example in answer.examples:
            yield from wrapped(example.question, "  ")
            yield f"    vanban {shlex.join([*example.command, *database])}"


def documents(answer: Documents) -> Lines:
    yield f"Văn bản trong kho: {answer.total}"
    for document in answer.items:
        yield ""
        yield from head_lines(document)
        yield f"id: {document.id}"
    yield from rest(len(answer.items), answer.total, answer.undated)
