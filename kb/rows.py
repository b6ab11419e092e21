"""A Document's parts as rows: put in with it, taken out when a newer version takes its place.

Every row is keyed by its document and its place in it, so the same Document always makes the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from vanban.parser.model import Document as Parsed
from vanban.parser.model import Node as ParsedNode

from . import words
from .schema import (
    PARTS,
    WORDS,
    Candidate,
    Citation,
    Document,
    Finding,
    Mandate,
    MandateAction,
    MandateActor,
    MandateInstrument,
    Node,
    Target,
)

Row = dict[str, Any]

_KINDS = {
    "preamble": "phần đầu",
    "recital": "căn cứ",
    "part": "phần",
    "chapter": "chương",
    "section": "mục",
    "subsection": "tiểu mục",
    "article": "điều",
    "clause": "khoản",
    "point": "điểm",
    "bullet": "gạch đầu dòng",
    "paragraph": "đoạn",
    "heading": "đề mục",
    "quotation": "phần trích",
    "table": "bảng",
    "note": "chú thích",
    "appendix": "phụ lục",
    "closing": "phần kết",
    "recipients": "nơi nhận",
    "signature": "chữ ký",
}


def withdraw(session: Session, document: Document) -> set[str]:
    """A former version gives up its parts; the instruments it named are returned."""
    document.current = False
    own = [document.instrument_id] if document.instrument_id else []
    named = (Citation.target_id, Citation), (Candidate.instrument_id, Candidate), (MandateInstrument.instrument_id, MandateInstrument)
    for column, table in named:
        own += [one for one in session.scalars(select(column).where(table.document_id == document.id).distinct()) if one]
    session.execute(delete(WORDS).where(WORDS.c.rowid.in_(select(Node.key).where(Node.document_id == document.id))))
    for part in PARTS:
        session.execute(delete(part).where(part.document_id == document.id))
    return set(own)


def put_in(session: Session, document: int, parsed: Parsed) -> None:
    """The parts of a Document as rows of the document with that id."""
    connection = session.connection()  # rows, not objects: the session would look at each of them

    def put(table: type[Any], rows: list[Row]) -> None:
        if rows:
            connection.execute(insert(table.__table__), [{"document_id": document, **row} for row in rows])

    places = paths(parsed.nodes)
    labels = [printed_label(n) for n in parsed.nodes]
    put(
        Node,
        [
            {"position": i, "node": n.id, "parent": n.parent, "kind": n.kind, "label": labels[i], "heading": n.heading, "text": n.text}
            | {"start": n.start, "end": n.end, "page": n.page, "role": n.role, "path": places[n.id]}
            for i, n in enumerate(parsed.nodes)
        ],
    )
    keys = connection.execute(select(Node.key, Node.position).where(Node.document_id == document))
    spoken = [" ".join(filter(None, (label, n.heading, n.text))) for label, n in zip(labels, parsed.nodes, strict=True)]
    rows = [
        {"rowid": key, "folded": words.padded(spoken[position]), "exact": f" {' '.join(words.exact(spoken[position]))} "}
        for key, position in keys
    ]
    if rows:
        connection.execute(insert(WORDS), rows)
    put(
        Citation,
        [
            {"position": i, "node": c.node, "start": c.start, "end": c.end, "text": c.text, "scope": c.scope, "type": c.type}
            | {"number": c.number, "number_key": words.number_key(c.number or ""), "name": c.name, "date": c.date, "issuer": c.issuer}
            | {"provision": c.provision, "relation": c.relation, "state": c.state, "target_id": c.target, "target_node": c.target_node}
            for i, c in enumerate(parsed.citations)
        ],
    )
    put(Candidate, [{"citation": i, "instrument_id": one} for i, c in enumerate(parsed.citations) for one in sorted(set(c.candidates))])
    put(
        Mandate,
        [
            {"position": i, "node": m.node, "start": m.start, "end": m.end, "text": m.text, "kind": m.kind, "field": m.field}
            | {"folded": words.padded(m.text), "deadline": m.deadline and m.deadline.text}
            | {"deadline_from": m.deadline and m.deadline.from_, "deadline_to": m.deadline and m.deadline.to}
            for i, m in enumerate(parsed.mandates)
        ],
    )
    bodies = [
        (i, [(a.name, a.role, False) for a in m.actors] + [(name, None, True) for name in m.responsible])
        for i, m in enumerate(parsed.mandates)
    ]
    put(
        MandateActor,
        [
            {"mandate": i, "position": j, "name": name, "role": role, "inherited": inherited}
            for i, listed in bodies
            for j, (name, role, inherited) in enumerate(listed)
        ],
    )
    put(
        MandateAction,
        [{"mandate": i, "position": j, "text": text} for i, m in enumerate(parsed.mandates) for j, text in enumerate(m.actions)],
    )
    put(
        MandateInstrument,
        [
            {"mandate": i, "position": j, "instrument_id": one}
            for i, m in enumerate(parsed.mandates)
            for j, one in enumerate(dict.fromkeys(m.implements))
        ],
    )
    put(
        Target,
        [
            {"position": i, "node": t.node, "start": t.start, "end": t.end, "text": t.text, "name": t.name, "comparator": t.comparator}
            | {"value": t.value, "value_max": t.value_max, "unit": t.unit, "change": t.change, "period": t.period, "baseline": t.baseline}
            | {"folded": words.padded(f"{t.name} {t.text}")}
            for i, t in enumerate(parsed.targets)
        ],
    )
    put(
        Finding,
        [
            {"position": i, "code": f.code, "severity": f.severity, "message": f.message, "node": f.node, "start": f.start, "end": f.end}
            for i, f in enumerate(parsed.findings)
        ],
    )


def paths(nodes: Iterable[ParsedNode]) -> dict[str, str]:
    """Where each node stands, as people cite it: ``Điều 2 › II › 5 › gạch đầu dòng 1``; counted only where it has sisters alike."""
    nodes = list(nodes)
    alike = Counter((node.parent, _step(node)) for node in nodes)
    seen: Counter[tuple[str | None, str]] = Counter()
    whole: dict[str, str] = {}
    for node in nodes:
        step = _step(node)
        seen[node.parent, step] += 1
        counted = f"{step} {seen[node.parent, step]}" if alike[node.parent, step] > 1 else step
        above = whole.get(node.parent or "", "")
        whole[node.id] = f"{above} › {counted}" if above else counted
    return whole


def printed_label(node: ParsedNode) -> str:
    """The label as printed: a table's stands for itself only and is not in the text."""
    return "" if node.kind == "table" else node.label


def _step(node: ParsedNode) -> str:
    label = printed_label(node).strip().rstrip(".:)/").strip()
    if node.role == "row":
        return "dòng"
    if node.kind in ("clause", "point"):
        return f"{_KINDS[node.kind]} {label}" if label else _KINDS[node.kind]
    if node.kind == "bullet":
        return "dấu cộng" if label == "+" else _KINDS["bullet"]
    return label or _KINDS.get(node.kind, node.kind)
