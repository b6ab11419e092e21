"""What is to be looked at, what was decided, what changed, what was done: lists over the whole knowledge base, in a stable order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from . import review, review_places
from .records import (
    AuditRecord,
    AuditTrail,
    KnowledgeBaseError,
    ResolutionRecord,
    Resolutions,
    ReviewItem,
    ReviewQueue,
    Reviews,
    ReviewShown,
)
from .resolution import by_id, document_record
from .schema import IS_OPEN, Audit, Candidate, Citation, Document, Finding, MandateActor, Node, ResolutionChange, Review, SourceFile

OPEN = ("ambiguous", "unknown", "partial")
"""States of citations that are to be looked at."""
_IN = aliased(Node)
_TABLES = review.TABLES
_LETTER = {subject: letter for letter, subject in review_places.LETTERS.items()}
KINDS = tuple(_TABLES)
"""Kinds of places: findings and open citations wait in the queue; nodes, mandates (for their actors) and targets can be corrected."""


def queue(
    session: Session,
    kinds: Sequence[str] = ("finding", "citation"),
    document: int | None = None,
    code: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> ReviewQueue:
    """What waits: findings and citations that nobody has decided on; of the other kinds every place of the ``document``."""
    if unknown := set(kinds) - set(KINDS):
        raise KnowledgeBaseError("review", f"không có loại này / no such kind: {', '.join(unknown)}", f"Chọn / choose: {', '.join(KINDS)}")
    if document is None and (all_of := set(kinds) - {"finding", "citation"}):
        problem = f"chưa nêu văn bản / no document is named for {', '.join(sorted(all_of))}"
        raise KnowledgeBaseError("review", problem, "Nêu số của văn bản / give its number: vanban review list NUMBER --kind …")
    waiting = union_all(
        *(
            select(
                table.document_id.label("document"),
                literal(subject).label("subject"),
                table.position.label("position"),
                table.start.label("start"),
                func.coalesce(Document.date, "").label("date"),
            )
            .join(Document, Document.id == table.document_id)
            .where(*_waiting(subject, table, document, code))
            for subject, table in _TABLES.items()
            if subject in kinds
        )
    ).subquery()
    total = session.scalar(select(func.count()).select_from(waiting)) or 0
    c = waiting.c
    found = session.execute(
        select(c.document, c.subject, c.position)
        .order_by(c.date.desc(), c.document, c.start, c.subject, c.position)
        .limit(limit)
        .offset(offset)
    )
    return ReviewQueue(total=total, items=tuple(_item(session, *row) for row in found))


def _waiting(subject: str, table: Any, document: int | None, code: str | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [] if document is None else [table.document_id == document]
    if subject in ("finding", "citation"):
        where.append(~exists().where(*review.decided(table, subject)))
    if subject == "citation":
        where += [Citation.scope == "external", IS_OPEN, Citation.state.in_(OPEN)]
    if code is not None:
        where.append(Finding.code == code if subject == "finding" else Citation.state == code if subject == "citation" else literal(False))
    return where


def _item(session: Session, document: int, subject: str, position: int) -> ReviewItem:
    table = _TABLES[subject]
    row, one, source, path = session.execute(
        select(table, Document, SourceFile, _IN.path)
        .join(Document, Document.id == table.document_id)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .outerjoin(_IN, and_(_IN.document_id == table.document_id, _IN.node == table.node))
        .where(table.document_id == document, table.position == position)
    ).one()
    candidates: Sequence[str] = ()
    if subject == "citation":
        listed = select(Candidate.instrument_id).where(Candidate.document_id == document, Candidate.citation == position)
        candidates = session.scalars(listed.order_by(Candidate.instrument_id)).all()
    known = by_id(session, candidates)
    return ReviewItem(
        key=f"{document}:{_LETTER[subject]}{position}",
        subject=subject,  # type: ignore[arg-type]  # one of the tables above
        document=document_record(one, source),
        node=row.node,
        path=path or "",
        start=row.start,
        end=row.end,
        text=row.message
        if subject == "finding"
        else " ".join(f"{row.label} {row.heading} {row.text}".split())
        if subject == "node"
        else row.text,
        code=row.code
        if subject == "finding"
        else (row.state or "")
        if subject == "citation"
        else row.kind
        if subject != "target"
        else "target",
        message=row.message if subject == "finding" else _value(session, subject, row),
        candidates=tuple(known[one] for one in candidates),
    )


def _words(subject: str, row: Any) -> str:
    if subject == "finding":
        return str(row.message)
    return " ".join(f"{row.label} {row.heading} {row.text}".split()) if subject == "node" else str(row.text)


def _code(subject: str, row: Any) -> str:
    """A finding's code, a citation's state, the kind of a node or mandate."""
    columns = {"finding": "code", "citation": "state", "node": "kind", "actor": "kind"}
    return str(getattr(row, columns[subject]) or "") if subject in columns else subject


def _value(session: Session, subject: str, row: Any) -> str:
    """What can be corrected there, as it is now."""
    if subject == "citation":
        return str(row.target_id or "")
    if subject == "node":
        return str(row.label)
    if subject == "target":
        return f"{row.name}: {row.value:g} {row.unit}".strip()
    named = select(MandateActor.name).where(
        MandateActor.document_id == row.document_id, MandateActor.mandate == row.position, ~MandateActor.inherited
    )
    return "; ".join(session.scalars(named.order_by(MandateActor.position)))


def shown(session: Session, key: str) -> ReviewShown:
    """One place, with the words around it and what was decided of it before."""
    document, subject, position = review.parse_key(session, key)
    item = _item(session, document.id, subject, position)
    around = session.execute(
        select(Node.label, Node.heading, Node.text).where(Node.document_id == document.id, Node.node == item.node)
    ).first()
    source = session.get_one(SourceFile, document.source_id)
    decided = session.scalars(
        select(Review)
        .where(Review.document_id == document.id, Review.subject == subject, Review.start == item.start, Review.end == item.end)
        .order_by(Review.id.desc())
    )
    return ReviewShown(
        item=item,
        context=" ".join(" ".join(around).split()) if around else "",
        decisions=tuple(review.told(one, document, source) for one in decided),
    )


def reviews(session: Session, document: int | None = None, state: str | None = None, limit: int | None = None, offset: int = 0) -> Reviews:
    """Decisions, the latest first."""
    where = [Review.document_id == document] if document is not None else []
    where += [Review.state == state] if state is not None else []
    total = session.scalar(select(func.count()).select_from(Review).where(*where)) or 0
    found = session.execute(
        select(Review, Document, SourceFile)
        .join(Document, Document.id == Review.document_id)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .where(*where)
        .order_by(Review.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return Reviews(total=total, items=tuple(review.told(*row) for row in found))


def resolutions(session: Session, document: int | None = None, limit: int | None = None, offset: int = 0) -> Resolutions:
    """Changes of what citations mean, the latest first."""
    where = [ResolutionChange.document_id == document] if document is not None else []
    total = session.scalar(select(func.count()).select_from(ResolutionChange).where(*where)) or 0
    found = session.execute(
        select(ResolutionChange, Document, SourceFile, Citation.text)
        .join(Document, Document.id == ResolutionChange.document_id)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .outerjoin(Citation, and_(Citation.document_id == ResolutionChange.document_id, Citation.position == ResolutionChange.citation))
        .where(*where)
        .order_by(ResolutionChange.id.desc())
        .limit(limit)
        .offset(offset)
    )
    items = tuple(
        ResolutionRecord(
            id=one.id,
            document=document_record(of, source),
            citation=one.citation,
            text=text or "",
            cause=one.cause,
            before=one.before_id,
            before_state=one.before_state,
            after=one.after_id,
            after_state=one.after_state,
            because=one.because_id,
            who=one.who,
            at=one.at.isoformat(timespec="seconds"),
            undoes=one.undoes_id,
        )
        for one, of, source, text in found
    )
    return Resolutions(total=total, items=items)


def audit(session: Session, verb: str | None = None, limit: int | None = None, offset: int = 0) -> AuditTrail:
    """What was done, the latest first."""
    where = [or_(Audit.verb == verb, Audit.verb.startswith(f"{verb} ", autoescape=True))] if verb is not None else []
    total = session.scalar(select(func.count()).select_from(Audit).where(*where)) or 0
    found = session.scalars(select(Audit).where(*where).order_by(Audit.id.desc()).limit(limit).offset(offset))
    items = tuple(
        AuditRecord(
            id=one.id,
            at=one.at.isoformat(timespec="seconds"),
            who=one.who,
            verb=one.verb,
            document=one.document_id,
            instrument=one.instrument_id,
            detail=one.detail,
        )
        for one in found
    )
    return AuditTrail(total=total, items=items)
