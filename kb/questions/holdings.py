"""What is held."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..records import (
    Documents,
)
from ..resolution import document_record
from ..schema import (
    Document,
    SourceFile,
)
from .parts import LATEST_FIRST


def documents(session: Session, limit: int | None = None, offset: int = 0) -> Documents:
    """The current version of every document."""
    total = session.scalar(select(func.count()).select_from(Document).where(Document.current)) or 0
    rows = session.execute(
        select(Document, SourceFile)
        .join(SourceFile, SourceFile.id == Document.source_id)
        .where(Document.current)
        .order_by(*LATEST_FIRST)
        .limit(limit)
        .offset(offset)
    )
    return Documents(total=total, items=tuple(document_record(document, source) for document, source in rows))
