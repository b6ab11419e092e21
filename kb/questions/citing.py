"""Who cites whom."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from ..records import (
    Ambiguous,
    CitedBy,
    CitedRecord,
    Cites,
    InstrumentRecord,
    MostCited,
    NotFound,
    NotHeld,
)
from ..resolution import blurred, by_id, held, resolve
from ..schema import (
    Candidate,
    Citation,
    Document,
    Instrument,
)
from ..words import number_key
from .parts import citations, record


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
    """Instruments by the number of documents that cite them, then of mentions, then by id."""
    cited = Instrument.documents > 0
    total = session.scalar(select(func.count()).select_from(Instrument).where(cited)) or 0
    order = Instrument.documents.desc(), Instrument.citations.desc(), Instrument.id
    chosen = select(Instrument.id, Instrument.citations, Instrument.documents).where(cited).order_by(*order).limit(limit).offset(offset)
    rows = session.execute(chosen).all()
    known = by_id(session, (identity for identity, *_ in rows))
    items = tuple(CitedRecord(instrument=known[identity], citations=n, documents=m) for identity, n, m in rows)
    return MostCited(total=total, items=items)
