"""What all answers are written with: names, labels, excerpts and wrapped lines."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable

from vanban.parser.model import Target

from ..records import (
    CellRecord,
    CitationRecord,
    CitedRecord,
    Counts,
    DocumentRecord,
    InstrumentRecord,
    OutlineRecord,
    Snippet,
    TargetRecord,
    called,
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
_EXCERPT = 320

Lines = Iterable[str]


def head_lines(document: DocumentRecord) -> Lines:
    yield from wrapped(document_line(document))
    if document.title and document.number:
        yield from wrapped(document.title)


def document_line(document: DocumentRecord) -> str:
    return " · ".join(filter(None, (called(document), document.issuer)))


def instrument_line(instrument: InstrumentRecord) -> str:
    name = instrument.name if instrument.number else ""
    held = "có trong kho" if instrument.held else ""
    return " · ".join(filter(None, (called(instrument), instrument.issuer, name, held)))


def meant_line(citation: CitationRecord) -> str:
    """The instrument that a citation means, or the citation itself and that it is open."""
    if citation.target:
        return instrument_line(citation.target)
    choice = f": một trong {len(citation.candidates)} văn bản" if citation.candidates else ""
    return f"{' '.join(citation.text.split())} (chưa xác định được{choice})"


def times(cited: CitedRecord) -> str:
    return f"{cited.citations} lần trong {cited.documents} văn bản"


def cited_lines(cited: Iterable[CitedRecord]) -> Lines:
    for one in cited:
        yield from wrapped(f"{instrument_line(one.instrument)} ({times(one)})", "  ")


def counts_line(counts: Counts) -> str:
    parts = (
        (counts.nodes, "mục"),
        (counts.citations, "viện dẫn"),
        (counts.mandates, "nhiệm vụ"),
        (counts.targets, "chỉ tiêu"),
        (counts.findings, "điểm cần xem lại"),
    )
    return " · ".join(f"{number} {what}" for number, what in parts)


def outline_lines(lines: Iterable[OutlineRecord], indent: str = "") -> Lines:
    for line in lines:
        yield (
            f"{indent}{'  ' * line.depth}{line.label} {line.heading}".rstrip()
            if line.label
            else f"{indent}{'  ' * line.depth}{line.heading}"
        )


def rest(shown: int, total: int, undated: int = 0) -> Lines:
    if shown < total:
        yield f"\nHiện {shown} trong {total}: xem thêm với --limit, --offset (--limit 0: tất cả)"
    yield from (f"\n{line}" for line in left_out(undated))


def left_out(undated: int) -> Lines:
    """How many documents have no date to be chosen by."""
    if undated:
        english = "documents without a full date left out (--since, --until)"
        yield f"Không tính {undated} văn bản không có ngày đầy đủ / {undated} {english}"


def figure_text(value: float | int) -> str:
    """A number as it is written in Vietnam: ``19.515``, ``8,5``."""
    whole, _, part = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def excerpt(snippet: Snippet) -> Snippet:
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


def marked(snippet: Snippet) -> str:
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [snippet.text[at:start], "«", snippet.text[start:end], "»"]
        at = end
    return "".join([*parts, snippet.text[at:]])


def wrapped(line: str, indent: str = "") -> Lines:
    width = max(40, min(120, shutil.get_terminal_size((100, 24)).columns))
    hanging = indent + "  " if indent else ""
    return textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def measure(one: TargetRecord | Target | CellRecord) -> str:
    """How much, without when: ``từ 46 % trở lên``, ``tăng 8,5 %``, ``dưới 3 %``."""
    value = figure_text(one.value) + (f" - {figure_text(one.value_max)}" if one.value_max is not None else "")
    words = f"{CHANGES.get(one.change or '', '')}{SIGNS[one.comparator]}{value} {one.unit}".rstrip()
    return words + (" trở lên" if one.comparator == ">=" else "")


def figure(target: TargetRecord | Target) -> str:
    """A target's figure as it is said: ``từ 46 % trở lên``, ``tăng 8,5 %``, ``dưới 3 %``."""
    words = measure(target)
    words += f" ({target.period})" if target.period else ""
    if not target.baseline:
        return words
    return f"{words}, {target.baseline if target.baseline.lower().startswith('so với') else f'so với {target.baseline}'}"
