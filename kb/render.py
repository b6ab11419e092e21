"""Answers for the eye: plain text with Vietnamese labels. What was asked for stands between « »."""

from __future__ import annotations

import shlex
import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, get_args

from vanban.parser.model import Relation, Target

from .records import (
    Ambiguous,
    CitationRecord,
    CitedBy,
    CitedRecord,
    Cites,
    Counts,
    DocumentRecord,
    Documents,
    Ingest,
    Ingested,
    InstrumentRecord,
    MandateRecord,
    Mandates,
    MostCited,
    NotHeld,
    OutlineRecord,
    Search,
    Show,
    Snippet,
    Summary,
    TargetRecord,
    Targets,
    Unresolved,
    called,
    day_first,
    numbered,
)

RELATIONS = {
    "legal_basis": "Căn cứ",
    "considers": "Xem xét",
    "implements": "Thực hiện",
    "amends": "Sửa đổi",
    "supplements": "Bổ sung",
    "replaces": "Thay thế",
    "repeals": "Bãi bỏ",
    "suspends": "Đình chỉ",
    "details": "Quy định chi tiết",
    "promulgates": "Ban hành kèm theo",
    "consolidates": "Hợp nhất",
    "corrects": "Đính chính",
    "extends": "Gia hạn",
    "cites": "Viện dẫn",
}
KINDS = {"task": "nhiệm vụ", "assignment": "giao", "objective": "mục tiêu"}
ROLES = {"charged": "giao", "lead": "chủ trì", "support": "phối hợp", "oversight": "giám sát", "requested": "đề nghị"}
SIGNS = {"=": "", "<": "dưới ", "<=": "tối đa ", ">": "trên ", ">=": "từ ", "~": "khoảng "}
CHANGES = {"increase": "tăng ", "decrease": "giảm "}
OUTCOMES = {"new": "mới", "version": "bản mới", "unchanged": "không đổi", "withdrawn": "rút", "failed": "lỗi"}
_ORDER = {relation: i for i, relation in enumerate(get_args(Relation))}
_EXCERPT = 320
_OPEN = "Có thể là văn bản này, chưa xác định được"

Lines = Iterable[str]


def text(answer: Any, database: Sequence[str] = ()) -> str:
    """An answer as lines; ``database`` are the words that lead a command to the same database."""
    if isinstance(answer, Summary):
        return "\n".join(_summary(answer, database))
    return "\n".join(_WRITERS[type(answer)](answer))


def refusal(answer: Unresolved) -> tuple[str, str, str]:
    """What stands in the way, as name, problem (with the choice below it) and remedy."""
    if isinstance(answer, NotHeld):
        problem = f"kho chưa có toàn văn {called(answer.instrument)} / cited {answer.citations} times here, but its text is not held"
        return answer.query, problem, "Xem nơi viện dẫn / see who cites it: vanban cited-by; nạp văn bản / load it: vanban ingest PATH"
    choice = answer.candidates if isinstance(answer, Ambiguous) else answer.suggestions
    listed = "".join(f"\n  {_instrument(one)}\n    id: {one.id}" for one in choice)
    if isinstance(answer, Ambiguous):
        problem = f"là của {len(choice)} văn bản / {len(choice)} instruments are meant by this"
        return answer.query, problem + listed, "Chọn bằng --date, hoặc nêu id / choose one with --date, or give its id"
    dated = f" ({answer.date})" if answer.date else ""
    problem = f"không có văn bản nào như vậy{dated} / no such instrument here"
    remedy = (
        "Có phải một trong các văn bản trên? / did you mean one of these?"
        if choice
        else "Xem kho có gì / see what is held: vanban documents"
    )
    return answer.query or '""', problem + listed, remedy


def ingested(item: Ingested) -> str:
    """What became of one document of a file, on one line."""
    findings = f" · {item.findings} điểm cần xem lại" if item.findings else ""
    path, name = (numbered(item.path, item.document.part), called(item.document)) if item.document else (item.path, "")
    return f"{OUTCOMES[item.outcome]:<10}{path} · {name}{findings}"


# --- one answer each ---------------------------------------------------------------------------------------------------------


def _ingest(answer: Ingest) -> Lines:
    counted = [(outcome, answer.count(outcome), label) for outcome, label in OUTCOMES.items()]  # type: ignore[arg-type]
    yield " · ".join(f"{number} {label}" for outcome, number, label in counted if number or outcome != "withdrawn")


def _show(answer: Show) -> Lines:
    if answer.document is None:
        if answer.instrument:
            yield from _wrapped(_instrument(answer.instrument))
            yield f"id: {answer.instrument.id}"
        yield "Kho chưa có toàn văn." + (f" Được viện dẫn {_times(answer.cited)}." if answer.cited else "")
        return
    yield from _head(answer.document)
    yield f"id: {answer.document.id}"
    signed = "; ".join(" ".join(filter(None, (signer.role, signer.name))) for signer in answer.signers)
    facts = (
        ("Nơi ban hành", answer.place),
        ("Kỳ họp", answer.session),
        ("Thông qua", answer.adopted and day_first(answer.adopted)),
        ("Hiệu lực", answer.effective and day_first(answer.effective)),
        ("Người ký", signed),
        ("Tệp", numbered(answer.document.source, answer.document.part)),
        ("Được viện dẫn", _times(answer.cited) if answer.cited and answer.cited.citations else None),
    )
    yield from (f"{label}: {value}" for label, value in facts if value)
    yield _counts(answer.counts)
    yield ""
    yield from _outline(answer.outline)
    if answer.findings:
        yield f"\nĐiểm cần xem lại ({len(answer.findings)})"
        for finding in answer.findings:
            yield from _wrapped(f"{finding.severity}: {finding.code}: {finding.message}", "  ")
    if len(answer.versions) > 1:
        yield f"\nCác bản ({len(answer.versions)})"
        for version in answer.versions:
            current = " (hiện tại)" if version.current else ""
            yield f"  {numbered(version.source, version.part)} · sha256 {version.sha256[:12]} · vanban {version.parser}{current}"


def _summary(answer: Summary, database: Sequence[str]) -> Lines:
    yield from _head(answer.document)
    yield _counts(answer.counts)
    hidden = answer.outline_total - len(answer.outline)
    yield "\nBố cục" + (f" (còn {hidden} mục sâu hơn: vanban show)" if hidden else "")
    yield from _outline(answer.outline, "  ")
    if answer.legal_basis:
        yield f"\nCăn cứ pháp lý ({len(answer.legal_basis)})"
        for citation in answer.legal_basis:
            yield from _wrapped(_meant(citation), "  ")
    if answer.implements:
        yield f"\nThực hiện các văn bản ({len(answer.implements)})"
        for instrument in answer.implements:
            yield from _wrapped(_instrument(instrument), "  ")
    if answer.most_cited:
        yield "\nĐược viện dẫn nhiều nhất trong kho"
        yield from _most_cited_lines(answer.most_cited)
    if answer.examples:
        yield "\nHỏi tiếp"
        for example in answer.examples:
            yield from _wrapped(example.question, "  ")
            yield f"    vanban {shlex.join([*example.command, *database])}"


def _cites(answer: Cites) -> Lines:
    yield from _head(answer.document)
    yield f"Viện dẫn văn bản khác: {answer.total} lần"
    ranked = sorted(answer.items, key=lambda citation: _ORDER.get(citation.relation or "", len(_ORDER)))
    for relation, group in groupby(ranked, key=lambda citation: citation.relation):
        listed = list(group)
        yield f"\n{RELATIONS.get(relation or '', 'Chưa rõ quan hệ')} ({len(listed)})"
        for citation in listed:
            provision = f"{citation.provision} " if citation.provision else ""
            yield from _wrapped(provision + _meant(citation), "  ")
            yield from _wrapped(citation.path, "      ")


def _cited_by(answer: CitedBy) -> Lines:
    yield from _wrapped(_instrument(answer.instrument))
    yield f"Được viện dẫn {answer.total} lần trong {answer.documents} văn bản"
    yield from _mentions(answer.items)
    yield from _rest(len(answer.items), answer.total)
    if answer.open:
        yield f"\n{_OPEN} ({len(answer.open)})"
        yield from _mentions(answer.open)


def _mentions(citations: Iterable[CitationRecord]) -> Lines:
    for citation in citations:
        yield ""
        yield from _wrapped(_document(citation.document))
        relation = RELATIONS.get(citation.relation or "", "chưa rõ quan hệ").lower()
        provision = f" {citation.provision}" if citation.provision else ""
        yield from _wrapped(f"{citation.path} ({relation}{provision})", "  ")
        if citation.context:
            yield from _wrapped(_marked(_excerpt(citation.context)), "  ")


def _mandates(answer: Mandates) -> Lines:
    if answer.implements:
        yield from _wrapped(f"Thực hiện {_instrument(answer.implements)}")
    yield f"Nhiệm vụ: {answer.total}"
    yield from _by_document(answer.items)
    yield from _rest(len(answer.items), answer.total)
    if answer.open:
        yield f"\n{_OPEN} ({len(answer.open)})"
        yield from _by_document(answer.open)


def _by_document(mandates: Iterable[MandateRecord]) -> Lines:
    for document, group in groupby(mandates, key=lambda mandate: mandate.document):
        yield ""
        yield from _wrapped(_document(document))
        for mandate in group:
            yield ""
            yield from _mandate(mandate)


def _mandate(mandate: MandateRecord) -> Lines:
    yield from _wrapped(f"{mandate.path} ({KINDS[mandate.kind]})", "  ")
    yield from _wrapped(mandate.text, "    ")
    facts = (
        ("Lĩnh vực", mandate.field),
        ("Cơ quan", "; ".join(f"{actor.name} ({ROLES[actor.role]})" for actor in mandate.actors)),
        ("Chịu trách nhiệm", "; ".join(mandate.responsible)),
        ("Thời hạn", mandate.deadline.text if mandate.deadline else ""),
        ("Thực hiện", "; ".join(called(one) for one in mandate.implements)),
    )
    for label, value in facts:
        if value:
            yield from _wrapped(f"{label}: {value}", "    ")


def _targets(answer: Targets) -> Lines:
    yield f"Chỉ tiêu: {answer.total}"
    for document, group in groupby(answer.items, key=lambda target: target.document):
        yield ""
        yield from _wrapped(_document(document))
        for target in group:
            yield from _wrapped(f"{target.name}: {figure(target)}", "  ")
            yield from _wrapped(target.path, "      ")
    yield from _rest(len(answer.items), answer.total)


def figure(target: TargetRecord | Target) -> str:
    """A target's figure as it is said: ``từ 46 % trở lên``, ``tăng 8,5 %``, ``dưới 3 %``."""
    value = _number(target.value) + (f" - {_number(target.value_max)}" if target.value_max is not None else "")
    words = f"{CHANGES.get(target.change or '', '')}{SIGNS[target.comparator]}{value} {target.unit}".rstrip()
    words += " trở lên" if target.comparator == ">=" else ""
    words += f" ({target.period})" if target.period else ""
    return words + (f", so với {target.baseline}" if target.baseline else "")


def _search(answer: Search) -> Lines:
    yield f"Tìm thấy: {answer.total}"
    for hit in answer.items:
        yield ""
        yield from _wrapped(_document(hit.document))
        yield from _wrapped(hit.path, "  ")
        yield from _wrapped(_marked(hit.snippet), "  ")
    yield from _rest(len(answer.items), answer.total)


def _most_cited(answer: MostCited) -> Lines:
    yield f"Văn bản được viện dẫn: {answer.total}"
    yield from _most_cited_lines(answer.items)
    yield from _rest(len(answer.items), answer.total)


def _documents(answer: Documents) -> Lines:
    yield f"Văn bản trong kho: {answer.total}"
    for document in answer.items:
        yield ""
        yield from _head(document)
        yield f"id: {document.id}"
    yield from _rest(len(answer.items), answer.total)


_WRITERS: dict[type, Callable[[Any], Lines]] = {
    Ingest: _ingest,
    Show: _show,
    Cites: _cites,
    CitedBy: _cited_by,
    Mandates: _mandates,
    Targets: _targets,
    Search: _search,
    MostCited: _most_cited,
    Documents: _documents,
}


# --- parts -------------------------------------------------------------------------------------------------------------------


def _head(document: DocumentRecord) -> Lines:
    yield from _wrapped(_document(document))
    if document.title and document.number:
        yield from _wrapped(document.title)


def _document(document: DocumentRecord) -> str:
    return " · ".join(filter(None, (called(document), document.issuer)))


def _instrument(instrument: InstrumentRecord) -> str:
    name = instrument.name if instrument.number else ""
    held = "có trong kho" if instrument.held else ""
    return " · ".join(filter(None, (called(instrument), instrument.issuer, name, held)))


def _meant(citation: CitationRecord) -> str:
    """The instrument that a citation means, or the citation itself and that it is open."""
    if citation.target:
        return _instrument(citation.target)
    choice = f": một trong {len(citation.candidates)} văn bản" if citation.candidates else ""
    return f"{' '.join(citation.text.split())} (chưa xác định được{choice})"


def _times(cited: CitedRecord) -> str:
    return f"{cited.citations} lần trong {cited.documents} văn bản"


def _most_cited_lines(cited: Iterable[CitedRecord]) -> Lines:
    for one in cited:
        yield from _wrapped(f"{_instrument(one.instrument)} ({_times(one)})", "  ")


def _counts(counts: Counts) -> str:
    parts = (
        (counts.nodes, "mục"),
        (counts.citations, "viện dẫn"),
        (counts.mandates, "nhiệm vụ"),
        (counts.targets, "chỉ tiêu"),
        (counts.findings, "điểm cần xem lại"),
    )
    return " · ".join(f"{number} {what}" for number, what in parts)


def _outline(lines: Iterable[OutlineRecord], indent: str = "") -> Lines:
    for line in lines:
        yield (
            f"{indent}{'  ' * line.depth}{line.label} {line.heading}".rstrip()
            if line.label
            else f"{indent}{'  ' * line.depth}{line.heading}"
        )


def _rest(shown: int, total: int) -> Lines:
    if shown < total:
        yield f"\nHiện {shown} trong {total}: xem thêm với --limit, --offset (--limit 0: tất cả)"


def _number(value: float | int) -> str:
    """A number as it is written in Vietnam: ``19.515``, ``8,5``."""
    whole, _, part = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def _excerpt(snippet: Snippet) -> Snippet:
    """A long context, cut to what surrounds its first mark."""
    if len(snippet.text) <= _EXCERPT:
        return snippet
    start, end = snippet.marks[0] if snippet.marks else (0, 0)
    first = max(0, min(start - (_EXCERPT - (end - start)) // 2, len(snippet.text) - _EXCERPT))
    last = max(end, first + _EXCERPT)
    first = 0 if not first else snippet.text.rfind(" ", 0, first) + 1
    last = len(snippet.text) if " " not in snippet.text[last:] else snippet.text.index(" ", last)
    head, tail = "… " if first else "", " …" if last < len(snippet.text) else ""
    shift = len(head) - first
    marks = tuple((a + shift, b + shift) for a, b in snippet.marks if a >= first and b <= last)
    return Snippet(text=head + snippet.text[first:last] + tail, marks=marks)


def _marked(snippet: Snippet) -> str:
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [snippet.text[at:start], "«", snippet.text[start:end], "»"]
        at = end
    return "".join([*parts, snippet.text[at:]])


def _wrapped(line: str, indent: str = "") -> Lines:
    width = max(40, min(120, shutil.get_terminal_size((100, 24)).columns))
    hanging = indent + "  " if indent else ""
    return textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
