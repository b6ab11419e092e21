"""Who cites whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from vanban.parser.model import Actor, Deadline

from ..records import (
    Ambiguous,
    CitationRecord,
    CitedBy,
    CitedRecord,
    Cites,
    DocumentRecord,
    Documents,
    InstrumentRecord,
    MandateRecord,
    Mandates,
    MostCited,
    NotFound,
    NotHeld,
    Snippet,
    TargetRecord,
    Targets,
)
from ..resolution import blurred, by_id, document_record, held, resolve
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
from ..words import asked, number_key

from .parts import LATEST_FIRST, citations, holding, mandate_records, number, record, standing, target_records


def cites(session: Session, query: str, date: str | None = None) -> Cites | Ambiguous | NotFound | NotHeld:
    """The other instruments that a document cites."""
    document = held(session, query, date)
    if not isinstance(document, Document):
        return document
    found = citations(session, Citation.document_id == document.id)
    return Cites(document=record(session, document), total=len(found), items=tuple(found))


def cited_by(
    session: Session, query: str, date: str | None = None, limit: int | None = None, offset: int = 0
) -> CitedBy | Ambiguous | NotFound:
    """Where an instrument is cited. Mentions that may mean it, but are tied to no instrument, are told apart."""
    meant = resolve(session, query, date)
    if not isinstance(meant, InstrumentRecord):
        return meant
    of_it = Citation.target_id == meant.id
    total, documents = session.execute(
        select(func.count(), func.count(Citation.document_id.distinct())).where(of_it, Citation.scope == "external")
    ).one()
    own = and_(Candidate.document_id == Citation.document_id, Candidate.citation == Citation.position)
    may_be: list[ColumnElement[bool]] = [select(Candidate.instrument_id).where(own, Candidate.instrument_id == meant.id).exists()]
    if key := number_key(meant.number or ""):
        # Cited by this number alone, and nobody could say of which instrument.
        unsaid = and_(Citation.number_key == key, ~select(Candidate.instrument_id).where(own).exists())
        may_be.append(and_(Citation.target_id.is_(None), unsaid))
    may_be.append(Citation.target_id.in_(blurred(session, meant)))
    return CitedBy(
        instrument=meant,
        total=total,
        documents=documents,
        items=tuple(citations(session, of_it, limit, offset)),
        open=tuple(citations(session, or_(*may_be))),
    )


def most_cited(session: Session, limit: int | None = None, offset: int = 0) -> MostCited:
    """Instruments by the number of documents that cite them, then of mentions, then by their first mention: loaded first, read first."""
    documents, count = func.count(Citation.document_id.distinct()), func.count()
    first = func.min(cast(Citation.document_id, BigInteger) * _MOST_CITATIONS + Citation.position)
    cited = select(Citation.target_id, count, documents).where(Citation.scope == "external", Citation.target_id.is_not(None))
    cited = cited.group_by(Citation.target_id)
    total = session.scalar(select(func.count()).select_from(cited.subquery())) or 0
    rows = session.execute(cited.order_by(documents.desc(), count.desc(), first).limit(limit).offset(offset)).all()
    known = by_id(session, (target for target, *_ in rows if target))
    items = tuple(CitedRecord(instrument=known[target], citations=n, documents=m) for target, n, m in rows if target)
    return MostCited(total=total, items=items)


_MOST_CITATIONS + Citation.position)
    cited = select(Citation.target_id, count, documents).where(Citation.scope == "external", Citation.target_id.is_not(None))
    cited = cited.group_by(Citation.target_id)
    total = session.scalar(select(func.count()).select_from(cited.subquery())) or 0
    rows = session.execute(cited.order_by(documents.desc(), count.desc(), first).limit(limit).offset(offset)).all()
    known = by_id(session, (target for target, *_ in rows if target))
    items = tuple(CitedRecord(instrument=known[target], citations=n, documents=m) for target, n, m in rows if target)
    return MostCited(total=total, items=items)


def documents(session: Session, limit: int | None = None, offset: int = 0) -> Documents:
    """The current version of every document."""
    total = session.scalar(select(func.count()).select_from(Document).where(Document.current)) or 0
    rows = session.execute(
        select(Document, SourceFile)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .where(Document.current)
        .order_by(*
