"""Who cites whom."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from ..records import Ambiguous, CitationRecord, CitedBy, CitedRecord, Cites, InstrumentRecord, MostCited, NotFound, NotHeld, UnknownName
from ..resolution import blurred, by_id, held, resolve
from ..schema import IS_OPEN, Candidate, Citation, Document, Instrument, portions
from ..words import clean, iso_date, number_key
from . import names
from .dates import period
from .parts import CURRENT, Key, Where, among, citations, holds, number, record


def cites(
    session: Session, query: str, date: str | None = None, *, relation: str | None = None, limit: int | None = None, offset: int = 0
) -> Cites | Ambiguous | NotFound | NotHeld:
    """The other instruments that a document cites, in reading order."""
    document = held(session, query, date)
    if not isinstance(document, Document):
        return document
    where: list[ColumnElement[bool]] = [Citation.document_id == document.id]
    if relation:
        where.append(Citation.relation == relation)
    total = number(session, Citation, [Citation.scope == "external", *where])
    return Cites(document=record(session, document), total=total, items=tuple(citations(session, where, limit, offset)))


def cited_by(
    session: Session,
    query: str,
    date: str | None = None,
    limit: int | None = None,
    offset: int = 0,
    *,
    relation: str | None = None,
    provision: str | None = None,
    since: str | None = None,
    until: str | None = None,
    issuer: str | None = None,
    kind: str | None = None,
) -> CitedBy | Ambiguous | NotFound | UnknownName:
    """Where an instrument is cited. Mentions that may mean it, but are tied to no instrument, are told apart.

    ``provision`` is one of the instrument (``Điều 5``, ``khoản 2 Điều 5``) and holds those below it; ``since`` and ``until`` (inclusive),
    ``issuer`` and ``kind`` (``Nghị quyết``) are of the documents that cite it.
    """
    meant = resolve(session, query, date)
    if not isinstance(meant, InstrumentRecord):
        return meant
    narrow = _narrowed(session, relation, provision, issuer, kind)
    if isinstance(narrow, UnknownName):
        return narrow
    of_it = [Citation.target_key == meant.id, Citation.scope == "external"]
    undated = 0
    if of := period(since, until):
        untold = select(func.count(Citation.document_id.distinct())).where(*of_it, *narrow, of.untold(Citation.document_date))
        undated = session.scalar(untold) or 0
        narrow += of.within(Citation.document_date)
    of_it += narrow
    if narrow:
        total, documents = session.execute(select(func.count(), func.count(Citation.document_id.distinct())).where(*of_it)).one()
    else:
        total, documents = session.execute(select(Instrument.citations, Instrument.documents).where(Instrument.id == meant.id)).one()
    items = citations(session, of_it, limit, offset)
    open_total, open_ones = _open(session, meant, narrow, limit)
    return CitedBy(
        instrument=meant,
        total=total,
        documents=documents,
        items=tuple(items),
        open=tuple(open_ones),
        open_total=open_total,
        undated=undated,
    )


def _narrowed(
    session: Session,
    relation: str | None,
    provision: str | None,
    issuer: str | None,
    kind: str | None,
) -> list[ColumnElement[bool]] | UnknownName:
    where: list[ColumnElement[bool]] = []
    if relation:
        where.append(Citation.relation == relation)
    if provision is not None:
        where.append(_of_provision(provision))
    of_documents = documents_of(session, issuer, kind)
    if isinstance(of_documents, UnknownName):
        return of_documents
    if of_documents:
        where.append(Citation.document_id.in_(select(Document.id).where(*of_documents)))
    return where


def documents_of(session: Session, issuer: str | None, kind: str | None) -> list[Any] | UnknownName:
    """The current documents of an issuer, of a kind."""
    where: list[ColumnElement[bool]] = []
    if issuer is not None:
        found = names.meant(session, "issuer", issuer, Document.issuer_key, CURRENT)
        if isinstance(found, UnknownName):
            return found
        where.append(Document.issuer_key.in_(found))
    if kind is not None:
        found = names.meant(session, "kind", kind, Document.type, CURRENT, indexed=False)
        if isinstance(found, UnknownName):
            return found
        where.append(Document.type.in_(found))
    return [CURRENT, *where] if where else []


def last_day(date: str) -> str:
    """The last date that lies in a year or month: ``2017`` → ``2017-99``, which no date comes after."""
    iso = iso_date(date)
    return iso if len(iso) == 10 else f"{iso}-99"


_STEP = re.compile(r"(điều|khoản|điểm|phụ lục|chương|mục)\s+([0-9a-zđ]+(?:\.[0-9]+)*)", re.IGNORECASE)


def provision_path(typed: str) -> str:
    """A provision as citations write it: ``điểm a khoản 2 Điều 5``, ``Điều 5 khoản 2 điểm a``, ``Điều 5/2/a`` → ``Điều 5/2/a``."""
    text = " ".join(clean(typed).split()).rstrip("./ ")
    steps = {name.lower(): label for name, label in _STEP.findall(text)}
    if "điều" in steps and "/" not in text:
        below = [steps[name].lower() for name in ("khoản", "điểm") if name in steps]
        return "/".join([f"Điều {steps['điều'].lower()}", *below])
    return re.sub(r"^điều\b", "Điều", text, flags=re.IGNORECASE)


def _of_provision(typed: str) -> ColumnElement[bool]:
    wanted = provision_path(typed)
    if not wanted:
        return Citation.provision == ""
    listed = ("; " + Citation.provision) + ";"
    return or_(holds(listed, f"; {wanted};"), holds(listed, f"; {wanted}/"))


def _open(session: Session, meant: InstrumentRecord, narrow: Where, limit: int | None) -> tuple[int, list[CitationRecord]]:
    """Mentions that may mean it: it is one of their candidates; its number alone is cited and nobody could say whose; they mean an
    instrument that is told by less. Each is asked for by its own index."""
    found: set[Key] = set()
    key = Citation.document_id, Citation.position
    found |= _keys(session, select(Candidate.document_id, Candidate.citation).where(Candidate.instrument_key == meant.id))
    if by_number := number_key(meant.number or ""):
        own = and_(Candidate.document_id == Citation.document_id, Candidate.citation == Citation.position)
        unsaid = IS_OPEN, func.coalesce(Citation.target_key, 0) == 0, ~select(Candidate.instrument_key).where(own).exists()
        found |= _keys(session, select(*key).where(Citation.number_key == by_number, Citation.scope == "external", *unsaid))
    for portion in portions(blurred(session, meant)):
        found |= _keys(session, select(*key).where(Citation.target_key.in_(portion), Citation.scope == "external"))
    if not found:
        return 0, []
    if narrow:
        chosen = sorted(found)
        found = set()
        for part in portions(chosen):
            found |= _keys(session, select(*key).where(among(*key, part), Citation.scope == "external", *narrow))
    shown = _latest(session, found)[:limit]
    listed: list[CitationRecord] = []
    for part in portions(shown):
        listed += citations(session, [among(*key, part)])
    return len(found), listed


def _keys(session: Session, chosen: Any) -> set[Key]:
    return {(document, position) for document, position in session.execute(chosen)}


def _latest(session: Session, keys: set[Key]) -> list[Key]:
    dates: dict[int, str] = {}
    for part in portions(sorted({document for document, _ in keys})):
        dates |= {one: date or "" for one, date in session.execute(select(Document.id, Document.date).where(Document.id.in_(part)))}
    ordered = sorted(keys)
    return sorted(ordered, key=lambda key: dates[key[0]], reverse=True)


def most_cited(session: Session, limit: int | None = None, offset: int = 0, *, missing: bool = False) -> MostCited:
    """Instruments by the number of documents that cite them, then of mentions, then by id; with ``missing`` those that are not held."""
    total = sum(number(session, Instrument, cited) for cited in _cited(missing))
    return MostCited(total=total, items=leading(session, limit, offset, missing=missing))


def leading(session: Session, limit: int | None = None, offset: int = 0, *, missing: bool = False) -> tuple[CitedRecord, ...]:
    """The same, not counted."""
    order = Instrument.documents.desc(), Instrument.citations.desc(), Instrument.id
    rows = list[Any]()
    for cited in _cited(missing):
        chosen = select(Instrument.id, Instrument.citations, Instrument.documents).where(*cited).order_by(*order)
        rows += session.connection().execute(chosen.limit(None if limit is None else offset + limit))
    rows = sorted(rows, key=lambda row: (-row.documents, -row.citations, row.id))[offset:][:limit]
    known = by_id(session, (identity for identity, *_ in rows))
    return tuple(CitedRecord(instrument=known[identity], citations=n, documents=m) for identity, n, m in rows)


def _cited(missing: bool) -> list[Where]:
    """Those that are not held, then those that are: each is a stretch of the index."""
    return [(Instrument.held == here, Instrument.documents > 0) for here in ((false(),) if missing else (false(), true()))]
