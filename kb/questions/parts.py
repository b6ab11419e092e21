"""Rows as the records they are answered as, in a stable order: by the document's date (latest first), then reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from vanban.parser.model import Actor, Deadline

from ..records import (
    CitationRecord,
    DocumentRecord,
    MandateRecord,
    Snippet,
    TargetRecord,
)
from ..resolution import by_id, document_record
from ..schema import (
    Candidate,
    Citation,
    Document,
    Mandate,
    MandateAction,
    MandateActor,
    MandateInstrument,
    Node,
    SourceFile,
    Target,
    portions,
)
from ..words import asked

Key = tuple[int, int]


def citations(session: Session, where: ColumnElement[bool], limit: int | None = None, offset: int = 0) -> list[CitationRecord]:
    """Citations of other instruments as records."""
    chosen = standing(Citation).where(Citation.scope == "external", where)
    rows = session.execute(chosen.limit(limit).offset(offset)).all()
    open_ones = [(citation.document_id, citation.position) for citation, *_ in rows if citation.target_id is None]
    candidates = _listed(session, open_ones, Candidate.instrument_id, Candidate.citation, Candidate.instrument_id)
    wanted = [citation.target_id for citation, *_ in rows if citation.target_id] + [one for listed in candidates.values() for one in listed]
    known = by_id(session, wanted)
    return [
        CitationRecord(
            document=document_record(document, source),
            node=citation.node,
            path=node.path if node else "",
            start=citation.start,
            end=citation.end,
            text=citation.text,
            type=citation.type,
            number=citation.number,
            name=citation.name,
            date=citation.date,
            issuer=citation.issuer,
            provision=citation.provision,
            relation=citation.relation,
            state=citation.state,
            target=known.get(citation.target_id) if citation.target_id else None,
            candidates=tuple(known[one] for one in candidates[citation.document_id, citation.position]),
            context=_context(citation, node) if node else None,
        )
        for citation, node, document, source in rows
    ]


def mandate_records(
    session: Session, where: Sequence[ColumnElement[bool]], limit: int | None = None, offset: int = 0
) -> list[MandateRecord]:
    """Mandates as records."""
    rows = session.execute(standing(Mandate).where(*where).limit(limit).offset(offset)).all()
    keys = [(mandate.document_id, mandate.position) for mandate, *_ in rows]
    actors, actions, carries = _parts(session, keys)
    known = by_id(session, (one for listed in carries.values() for one in listed))
    return [
        MandateRecord(
            document=document_record(document, source),
            node=mandate.node,
            path=node.path,
            start=mandate.start,
            end=mandate.end,
            text=mandate.text,
            kind=mandate.kind,
            actors=tuple(Actor(name=name, role=role) for name, role in actors[key] if role),
            responsible=tuple(name for name, role in actors[key] if not role),
            deadline=_deadline(mandate),
            actions=tuple(actions[key]),
            implements=tuple(known[one] for one in carries[key]),
            field=mandate.field,
        )
        for key, (mandate, node, document, source) in zip(keys, rows, strict=True)
    ]


def target_records(session: Session, where: Sequence[ColumnElement[bool]], limit: int | None = None, offset: int = 0) -> list[TargetRecord]:
    """Targets as records."""
    rows = session.execute(standing(Target).where(*where).limit(limit).offset(offset))
    return [
        TargetRecord(
            document=document_record(document, source),
            node=target.node,
            path=node.path,
            start=target.start,
            end=target.end,
            text=target.text,
            name=target.name,
            comparator=target.comparator,
            value=_plain(target.value),
            value_max=None if target.value_max is None else _plain(target.value_max),
            unit=target.unit,
            change=target.change,
            period=target.period,
            baseline=target.baseline,
        )
        for target, node, document, source in rows
    ]


def record(session: Session, document: Document) -> DocumentRecord:
    """A document's row as it is answered."""
    return document_record(document, session.get_one(SourceFile, document.source_id))


LATEST_FIRST = (Document.date.is_(None), Document.date.desc(), Document.id)


def standing(table: type[Citation] | type[Mandate] | type[Target]) -> Select[*tuple[Any, ...]]:
    """Rows of ``table`` in order, with the node they stand in, its document and file."""
    return (
        select(table, Node, Document, SourceFile)
        .join(Document, Document.id == table.document_id)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .outerjoin(Node, and_(Node.document_id == table.document_id, Node.node == table.node))
        .order_by(*LATEST_FIRST, table.position)
    )


def holding(column: InstrumentedAttribute[str], words: str | None) -> list[ColumnElement[bool]]:
    """The folded text holds every word whole. Words are letters and figures only, so no wildcard can be typed."""
    wanted = asked(words or "")
    if words and words.strip() and not wanted:
        return [column.is_(None)]  # only signs were asked for: no text holds them as words
    return [column.contains(f" {word} ") for word in wanted]


def number(session: Session, table: type[Mandate] | type[Target], where: Sequence[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def _parts(session: Session, keys: Sequence[Key]) -> tuple[dict[Key, list[Any]], dict[Key, list[Any]], dict[Key, list[Any]]]:
    bodies = func.coalesce(MandateActor.role, "")
    actors: dict[Key, list[Any]] = defaultdict(list)
    for portion in portions(keys):
        of = tuple_(MandateActor.document_id, MandateActor.mandate).in_(portion)
        chosen = select(MandateActor.document_id, MandateActor.mandate, MandateActor.name, bodies).where(of).order_by(MandateActor.position)
        for document, mandate, name, role in session.execute(chosen):
            actors[document, mandate].append((name, role))
    actions = _listed(session, keys, MandateAction.text, MandateAction.mandate, MandateAction.position)
    carried = _listed(session, keys, MandateInstrument.instrument_id, MandateInstrument.mandate, MandateInstrument.position)
    return actors, actions, carried


def _listed(
    session: Session,
    keys: Sequence[Key],
    value: InstrumentedAttribute[str],
    owner: InstrumentedAttribute[int],
    order: InstrumentedAttribute[Any],
) -> dict[Key, list[str]]:
    """The values of a table that belong to each of ``keys``, in their order."""
    document = value.class_.document_id
    listed: dict[Key, list[str]] = defaultdict(list)
    for portion in portions(keys):
        for of_document, of_owner, one in session.execute(
            select(document, owner, value).where(tuple_(document, owner).in_(portion)).order_by(document, owner, order)
        ):
            listed[of_document, of_owner].append(one)
    return listed


def _deadline(mandate: Mandate) -> Deadline | None:
    return Deadline(text=mandate.deadline, from_=mandate.deadline_from, to=mandate.deadline_to) if mandate.deadline is not None else None


def _plain(value: float) -> float | int:
    """46.0 is answered as 46, as the document has it."""
    return int(value) if value.is_integer() else value


def _context(citation: Citation, node: Node) -> Snippet:
    """The whole words of the node, with the citation marked in them."""
    words = " ".join(filter(None, (node.heading, node.text)))
    printed = " ".join(citation.text.split())
    at = words.find(printed)
    return Snippet(text=words, marks=((at, at + len(printed)),) if at >= 0 else ())
