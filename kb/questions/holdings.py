"""What is held."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..records import Documents, UnknownName
from ..resolution import document_record
from ..schema import Document, SourceFile
from .citing import documents_of
from .dates import period
from .parts import CURRENT, LATEST_FIRST, number


def documents(
    session: Session,
    limit: int | None = None,
    offset: int = 0,
    *,
    issuer: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Documents | UnknownName:
    """The current version of every document; of an issuer, of a kind, of dates (both inclusive)."""
    narrow = documents_of(session, issuer, kind)
    if isinstance(narrow, UnknownName):
        return narrow
    where: list[Any] = [CURRENT, *narrow[1:]]
    of = period(since, until)
    undated = number(session, Document, [*where, of.untold(Document.date)]) if of else 0
    where += of.within(Document.date)
    total = session.scalar(select(func.count()).select_from(Document).where(*where)) or 0
    rows = session.execute(
        select(Document, SourceFile)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .where(*where)
        .order_by(*LATEST_FIRST)
        .limit(limit)
        .offset(offset)
    )
    return Documents(total=total, items=tuple(document_record(document, source) for document, source in rows), undated=undated)
