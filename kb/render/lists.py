"""Lists: what is cited, ordered, aimed at and found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import get_args

from vanban.parser.model import Relation

from ..records import (
    CitationRecord,
    CitedBy,
    Cites,
    MandateRecord,
    Mandates,
    MostCited,
    Search,
    Targets,
    called,
)
from .lines import (
    KINDS,
    RELATIONS,
    ROLES,
    Lines,
    cited_lines,
    document_line,
    excerpt,
    figure,
    head_lines,
    instrument_line,
    marked,
    meant_line,
    rest,
    wrapped,
)

_ORDER = {relation: i for i, relation in enumerate(get_args(Relation))}
_OPEN = "Có thể là văn bản này, chưa xác định được"


def cites(answer: Cites) -> Lines:
    yield from head_lines(answer.document)
    yield f"Viện dẫn văn bản khác: {answer.total} lần"
    ranked = sorted(answer.items, key=lambda citation: _ORDER.get(citation.relation or "", len(_ORDER)))
    for relation, group in groupby(ranked, key=lambda citation: citation.relation):
        listed = list(group)
        yield f"\n{RELATIONS.get(relation or '', 'Chưa rõ quan hệ')} ({len(listed)})"
        for citation in listed:
            provision = f"{citation.provision} " if citation.provision else ""
            yield from wrapped(provision + meant_line(citation), "  ")
            yield from wrapped(citation.path, "      ")


def cited_by(answer: CitedBy) -> Lines:
    yield from wrapped(instrument_line(answer.instrument))
    yield f"Được viện dẫn {answer.total} lần trong {answer.documents} văn bản"
    yield from mention_lines(answer.items)
    yield from rest(len(answer.items), answer.total, answer.undated)
    if answer.open:
        yield f"\n{_OPEN} ({answer.open_total})"
        yield from mention_lines(answer.open)


def mention_lines(citations: Iterable[CitationRecord]) -> Lines:
    for citation in citations:
        yield ""
        yield from wrapped(document_line(citation.document))
        relation = RELATIONS.get(citation.relation or "", "chưa rõ quan hệ").lower()
        provision = f" {citation.provision}" if citation.provision else ""
        yield from wrapped(f"{citation.path} ({relation}{provision})", "  ")
        if citation.context:
            yield from wrapped(marked(excerpt(citation.context)), "  ")


def mandates(answer: Mandates) -> Lines:
    if answer.implements:
        yield from wrapped(f"Thực hiện {instrument_line(answer.implements)}")
    yield f"Nhiệm vụ: {answer.total}"
    yield from by_document(answer.items)
    yield from rest(len(answer.items), answer.total)
    if answer.open:
        yield f"\n{_OPEN} ({answer.open_total})"
        yield from by_document(answer.open)


def by_document(mandates: Iterable[MandateRecord]) -> Lines:
    for document, group in groupby(mandates, key=lambda mandate: mandate.document):
        yield ""
        yield from wrapped(document_line(document))
        for mandate in group:
            yield ""
            yield from mandate_lines(mandate)


def mandate_lines(mandate: MandateRecord) -> Lines:
    yield from wrapped(f"{mandate.path} ({KINDS[mandate.kind]})", "  ")
    yield from wrapped(mandate.text, "    ")
    facts = (
        ("Lĩnh vực", mandate.field),
        ("Cơ quan", "; ".join(f"{actor.name} ({ROLES[actor.role]})" for actor in mandate.actors)),
        ("Chịu trách nhiệm", "; ".join(mandate.responsible)),
        ("Thời hạn", mandate.deadline.text if mandate.deadline else ""),
        ("Thực hiện", "; ".join(called(one) for one in mandate.implements)),
    )
    for label, value in facts:
        if value:
            yield from wrapped(f"{label}: {value}", "    ")


def targets(answer: Targets) -> Lines:
    yield f"Chỉ tiêu: {answer.total}"
    for document, group in groupby(answer.items, key=lambda target: target.document):
        yield ""
        yield from wrapped(document_line(document))
        for target in group:
            yield from wrapped(f"{target.name}: {figure(target)}", "  ")
            yield from wrapped(target.path, "      ")
    yield from rest(len(answer.items), answer.total, answer.undated)


def search(answer: Search) -> Lines:
    yield f"Tìm thấy: {'hơn ' if answer.more else ''}{answer.total}"
    if not answer.words:
        yield "Chưa nêu từ nào để tìm: cần chữ cái hoặc chữ số / no words were given: letters or figures are needed"
    for hit in answer.items:
        yield ""
        yield from wrapped(document_line(hit.document))
        yield from wrapped(hit.path, "  ")
        yield from wrapped(marked(hit.snippet), "  ")
    yield from rest(len(answer.items), answer.total, answer.undated)


def most_cited(answer: MostCited) -> Lines:
    yield f"Văn bản được viện dẫn: {answer.total}"
    yield from cited_lines(answer.items)
    yield from rest(len(answer.items), answer.total)
